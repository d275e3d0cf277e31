"""Stage 2: pages.warc.gz to articles.jsonl and rejected.jsonl.

Two passes: learn the outlet, then extract; nothing is held but the profile. Pages are read by a
process apart, see page_reader: one that it cannot read to the end is among the rejected, and the
rest goes on.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from crawlers import warc
from extract import Sighting, SiteProfile
from news import codec
from news.article import PUT_ASIDE, Article, Page, Rejected
from news.outlet import Outlet
from pipeline.run import run_record
from pipeline.run.page_reader import PageReader
from pipeline.run.run_folder import OutletFolder, writing


@dataclass(slots=True)
class _Counts:
    """How many articles there are, and how many rejected pages by reason."""

    articles: int = 0
    rejected: Counter[str] = field(default_factory=Counter)


def extract(folder: OutletFolder, reader: PageReader) -> dict[str, Any]:
    """Extract one outlet's pages; return {"articles", "rejected": {reason: count}}.

    "put_aside" is there when some of the rejected could not be read to the end: how many;
    "noticed", {name: detail}, when the outlet's template changed.
    """
    outlet = run_record.read_outlet(folder)
    profile = _profile(folder)
    aside: dict[int, Rejected] = {}
    if folder.pages.exists():
        sightings = _sightings(
            folder,
            outlet,
            reader,
            aside,
        )
        profile = (profile or SiteProfile()).merged(sightings)
    reader.use(profile)
    counts = _write_articles(
        folder,
        outlet,
        reader,
        aside,
    )

    noticed: dict[str, str] = {}
    if profile is not None:
        noticed = {event.name: event.detail for event in profile.events()}
    run_record.write_json(folder.noticed, noticed)
    if profile is not None:
        with writing(folder.profile) as file:
            file.write(profile.dumps())
    return _report(counts, noticed)


def _write_articles(
    folder: OutletFolder,
    outlet: Outlet,
    reader: PageReader,
    aside: Mapping[int, Rejected],
) -> _Counts:
    """Write articles and rejections; pages that were put aside before are not tried again."""
    counts = _Counts()
    with writing(folder.rejected) as rejected, writing(folder.articles) as articles:
        for number, page in enumerate(_pages(folder)):
            result = aside.get(number) or reader.extract(page, outlet)
            if isinstance(result, Article):
                counts.articles += 1
                articles.write(codec.dump(result) + "\n")
            else:
                counts.rejected[result.reason.value] += 1
                rejected.write(codec.dump(result) + "\n")
    return counts


def _report(counts: _Counts, noticed: dict[str, str]) -> dict[str, Any]:
    report: dict[str, Any] = {
        "articles": counts.articles,
        "rejected": dict(sorted(counts.rejected.items())),
    }
    put_aside = sum(counts.rejected[reason.value] for reason in PUT_ASIDE)
    if put_aside:
        report["put_aside"] = put_aside
    if noticed:
        report["noticed"] = noticed
    return report


def _pages(folder: OutletFolder) -> Iterator[Page]:
    if folder.pages.exists():
        yield from warc.read_pages(folder.pages)


def _sightings(
    folder: OutletFolder,
    outlet: Outlet,
    reader: PageReader,
    aside: dict[int, Rejected],
) -> Iterator[Sighting]:
    """Yield what the pages teach.

    Those that could not be read to the end go into `aside`, by their number.
    """
    for number, page in enumerate(_pages(folder)):
        seen = reader.sight(page, outlet)
        if isinstance(seen, Rejected):
            aside[number] = seen
        elif seen is not None:
            yield seen


def _profile(folder: OutletFolder) -> SiteProfile | None:
    """Return the profile of before this run: extracting a run twice learns from it once."""
    if not folder.profile_before.exists():
        return None
    return SiteProfile.loads(folder.profile_before.read_text(encoding="utf-8"))
