"""Stage 1: one outlet's due pages into its folder, by a crawl in a process of its own."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import crawlers
from pipeline import home_kind, secrets
from pipeline.run import run_record
from pipeline.run.host_lease import holding
from pipeline.run.run_folder import OutletFolder
from pipeline.settings import Settings


def options(settings: Settings, **further: Any) -> crawlers.CrawlOptions:
    """Return a crawl's options: what the settings say, and `further` ones by their names."""
    return crawlers.CrawlOptions(
        contact=settings.contact,
        allow_loopback=settings.allow_loopback,
        sentry_dsn=settings.sentry_dsn,
        chromium=settings.chromium,
        **further,
    )


def crawl(
    settings: Settings,
    folder: OutletFolder,
    run: str,
    *,
    everything: bool,
    goes_on: Callable[[], bool] = lambda: True,
) -> dict[str, Any]:
    """Crawl; return {"state", "pages", "new", "rechecked", "gone", "pending", "faults", "note"}.

    A crawl that has ended is not repeated; it is stopped when `goes_on` says no. Raises HomeError
    for an outlet that is not of this home's kind: a run from before homes had kinds may hold one.
    """
    outlet = run_record.read_outlet(folder)
    home_kind.require(settings, home_kind.of([outlet]) or home_kind.Kind.REAL)
    asked = crawlers.CrawlJob(
        outlet=outlet,
        folder=folder.path,
        now=datetime.now(UTC),
        login=secrets.outlet_login(settings.home, outlet.login),
        options=options(
            settings,
            run=run,
            all_doors=everything,
        ),
    )
    report = crawlers.run(asked, progress=False, goes_on=goes_on)
    return {
        "state": report.state.value,
        "pages": report.pages,
        "new": report.new,
        "rechecked": report.rechecked,
        "gone": report.gone,
        "pending": report.pending,
        "faults": dict(report.faults),
        "note": report.note,
    }


def crawl_alone(
    settings: Settings,
    folder: OutletFolder,
    run: str,
    *,
    everything: bool,
) -> dict[str, Any]:
    """Crawl as `crawl` does, the outlet's hosts held meanwhile; raises HostBusyError."""
    outlet = run_record.read_outlet(folder)
    with holding(settings, outlet, run, lambda: True) as is_held:
        return crawl(
            settings,
            folder,
            run,
            everything=everything,
            goes_on=is_held,
        )
