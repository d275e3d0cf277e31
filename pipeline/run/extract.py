"""Stage 2: pages.warc.gz to articles.jsonl and rejected.jsonl.

Two passes: learn the outlet, then extract; nothing is held but the profile. Pages are read by a process apart, see
page_reader: one that it cannot read to the end is among the rejected, and the rest goes on.
"""

from collections import Counter
from collections.abc import Iterator
from typing import Any

from crawlers.warc import records
from extract import Sighting, SiteProfile
from news import codec
from news.article import PUT_ASIDE, Article, Page, Rejected
from news.outlet import Outlet
from pipeline.run import run_record
from pipeline.run.page_reader import PageReader
from pipeline.run.run_folder import OutletFolder, writing


def extract(folder: OutletFolder, reader: PageReader) -> dict[str, Any]:
    """Extract one outlet's pages.

    Return {"articles", "rejected": {reason: count}}; "put_aside", how many of the rejected could not be read to the end, when
    there are any; and "noticed": {name: detail} when the outlet's template changed.
    """
    outlet = run_record.read_outlet(folder)
    profile = _profile(folder)
    articles = 0
    rejected: Counter[str] = Counter()
    aside: dict[int, Rejected] = {}
    if folder.pages.exists():
        profile = (profile or SiteProfile()).merged(_sightings(folder, outlet, reader, aside))
    reader.use(profile)
    with writing(folder.rejected) as refused, writing(folder.articles) as kept:
        for number, page in enumerate(_pages(folder)):
            result = aside.get(number) or reader.extract(page, outlet)
            if isinstance(result, Article):
                articles += 1
                kept.write(codec.dump(result) + "\n")
            else:
                rejected[result.reason.value] += 1
                refused.write(codec.dump(result) + "\n")
    found = {event.name: event.detail for event in profile.events()} if profile is not None else {}
    run_record.write_json(folder.noticed, found)
    if profile is not None:
        with writing(folder.profile) as file:
            file.write(profile.dumps())
    made: dict[str, Any] = {"articles": articles, "rejected": dict(sorted(rejected.items()))}
    if count := sum(rejected[reason.value] for reason in PUT_ASIDE):
        made["put_aside"] = count
    if found:
        made["noticed"] = found
    return made


def _pages(folder: OutletFolder) -> Iterator[Page]:
    if folder.pages.exists():
        yield from records.read_pages(folder.pages)


def _sightings(
    folder: OutletFolder,
    outlet: Outlet,
    reader: PageReader,
    aside: dict[int, Rejected],
) -> Iterator[Sighting]:
    """Give what the pages teach; those that could not be read to the end go into `aside`, by their number."""
    for number, page in enumerate(_pages(folder)):
        seen = reader.sight(page, outlet)
        if isinstance(seen, Rejected):
            aside[number] = seen
        elif seen is not None:
            yield seen


def _profile(folder: OutletFolder) -> SiteProfile | None:
    """Return the profile as it was before this run, so that extracting a run twice learns from it once."""
    path = folder.path / "profile.before.json"
    return SiteProfile.loads(path.read_text(encoding="utf-8")) if path.exists() else None
