"""Stage 2: pages.warc.gz to articles.jsonl and rejected.jsonl. Two passes: learn the outlet, then extract; nothing is held but the profile."""

from collections import Counter
from typing import Any

from crawlers import warc
from extract import api
from extract.profile import SiteProfile
from news import codec
from news.article import Article
from pipeline import books
from pipeline.runfolder import OutletFolder, writing


def extract(folder: OutletFolder) -> dict[str, Any]:
    """Extract one outlet's pages; return {"articles", "rejected": {reason: count}}, and "noticed": {name: detail} when its template changed."""
    outlet = books.read_outlet(folder)
    profile = _profile(folder)
    counts: Counter[str] = Counter()
    rejected: Counter[str] = Counter()
    if folder.pages.exists():
        profile = api.learn(profile, warc.read_pages(folder.pages), outlet)
    with writing(folder.rejected) as refused, writing(folder.articles) as kept:
        for page in warc.read_pages(folder.pages) if folder.pages.exists() else ():
            result = api.extract(page, outlet, profile)
            if isinstance(result, Article):
                counts["articles"] += 1
                kept.write(codec.dump(result) + "\n")
            else:
                rejected[result.reason.value] += 1
                refused.write(codec.dump(result) + "\n")
    found = {event.name: event.detail for event in profile.events()} if profile is not None else {}
    books.write_json(folder.noticed, found)
    if profile is not None:
        with writing(folder.profile) as file:
            file.write(profile.dumps())
    return {"articles": counts["articles"], "rejected": dict(sorted(rejected.items())), **({"noticed": found} if found else {})}


def _profile(folder: OutletFolder) -> SiteProfile | None:
    """Return the profile as it was before this run, so that extracting a run twice learns from it once."""
    path = folder.path / "profile.before.json"
    return SiteProfile.loads(path.read_text(encoding="utf-8")) if path.exists() else None
