"""Kept runs made by hand: pages of the press in WARC files, with the papers that stages read."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from crawlers.warc import records
from news import codec
from news.crawl import DoorState, Known
from news.outlet import Door, DoorKind, Layout, Outlet
from pipeline import stages
from pipeline.run import begin, run_folder, run_record
from pipeline.run.run_folder import RunFolder
from pipeline.settings import Settings
from press.templates import render, samples

OUTLET = Outlet(
    name="kanar",
    region="tests",
    title="Kanar",
    home="http://kanar.localhost/",
    country="AZ",
    languages=("en",),
    timezone="Asia/Baku",
    doors=(Door(kind=DoorKind.FEED, url="http://kanar.localhost/rss"),),
)


def pages(theme: str, seed: int, count: int = 6) -> list[tuple[str, str]]:
    """Return addresses and pages of articles of one theme; other seeds, other articles."""
    articles = samples(seed, "en", count + 3)
    made = []
    for place, article in enumerate(articles[:count]):
        html, _ = render(
            article, [other for other in articles if other is not article], theme=theme
        )
        made.append((f"http://kanar.localhost/{seed}/{place}", html))
    return made


def kept(
    settings: Settings,
    at: datetime,
    held: list[tuple[str, str]],
    outlet: Outlet = OUTLET,
    *,
    status: int = 200,
) -> RunFolder:
    """Return a run whose crawl has just ended: every page answered with a status.

    WARC, the crawl's memory, its report, and what the archive knew of the outlet.
    """
    run = run_folder.create(settings.runs, at)
    folder = run.outlet(outlet.region, outlet.name)
    begin.latest_profile(settings, folder)
    lines = [
        '{"door":'
        + codec.dump(
            DoorState(
                outlet=outlet.name,
                url=outlet.doors[0].url,
                last_polled=at,
                next_poll=at + timedelta(hours=1),
            )
        )
        + "}\n"
    ]
    writer = records.Writer(folder.pages)
    for number, (url, html) in enumerate(held):
        moment, body = at + timedelta(seconds=number), html.encode()
        writer.write(
            records.Exchange(
                asked=url,
                url=url,
                status=status,
                headers=(("Content-Type", "text/html; charset=utf-8"),),
                body=body,
                fetched_at=moment,
            )
        )
        known = Known(
            outlet=outlet.name,
            url=url,
            address=url,
            first_seen=moment,
            last_fetched=moment,
            status=status,
            digest=records.digest(body),
        )
        lines.append('{"known":' + codec.dump(known) + "}\n")
    writer.close()
    folder.crawled.write_text("".join(lines), encoding="utf-8")
    run_record.write_json(folder.report, {"state": "ok", "pages": len(held)})
    run_record.write_outlet(folder, outlet)
    run_record.write_run(run, run_record.RunRecord(started=at, outlets=(outlet.name,)))
    return run


def passed(settings: Settings, run: RunFolder) -> dict[str, Any]:
    """Run the stages after the crawl; return the closing report."""
    for folder in run.outlets():
        stages.extract(settings, run.name, folder.outlet)
    stages.dedupe(settings, run.name)
    stages.load(settings, run.name)
    return stages.finish(settings, run.name)


def with_layout(**rules: Any) -> Outlet:
    """Return the outlet with one layout."""
    return replace(OUTLET, layouts=(Layout(**rules),))
