"""Housekeeping: what is kept for how long outside and inside the archive. Every part may run at any time, beside a run as well."""

import contextlib
import os
import shutil
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path

from crawlers.warc import retention
from pipeline import database
from pipeline.errors import HouseError
from pipeline.run import run_record
from pipeline.run.run_folder import RunFolder
from pipeline.settings import Settings
from storage import Archive, alerts, upkeep

_RUN_DAYS = 60  # a run's papers and what was made of its pages; the pages themselves may go earlier
_LOG_DAYS = 30
_MAIL_DAYS = 90  # bodies of sent mails; that and when they were sent stays


def keep_archive(settings: Settings, now: datetime, say: Callable[[str], None]) -> dict[str, int]:
    """Months made ahead, retention per outlet, old fingerprints and mail bodies dropped, then vacuum and fresh statistics."""
    with Archive(database.url(settings)) as archive:
        months = upkeep.prepare_months(archive.connection, now)
        removed = upkeep.apply_retention(archive.connection, now)
        with archive.transaction() as cursor:
            days = upkeep.drop_old_fingerprints(cursor, now)
            mails = alerts.empty_old_messages(cursor, now - timedelta(days=_MAIL_DAYS))
        upkeep.tidy_tables(archive.connection, say)
    return {
        "months_made": len(months),
        "articles_removed": sum(removed.values()),
        "fingerprint_days_dropped": days,
        "mails_emptied": mails,
    }


def keep_runs(
    settings: Settings, now: datetime, environment: Mapping[str, str] | None = None
) -> dict[str, int]:
    """Remove folders of finished runs older than KHABAR_KEEP_RUNS days (default 60), and of broken-off ones twice as old."""
    days, removed, freed = days_of("KHABAR_KEEP_RUNS", _RUN_DAYS, environment), 0, 0
    for path in sorted(settings.runs.glob("2*")):
        began = stamp(path.name)
        if began is None or not path.is_dir():
            continue
        age = (now - began) / timedelta(days=1)
        if age > (days if run_record.done(RunFolder(path)).exists() else 2 * days):
            freed += size_of(path)
            shutil.rmtree(path, ignore_errors=True)
            removed += 1
    return {"runs_removed": removed, "bytes_freed": freed}


def keep_pages(settings: Settings, now: datetime) -> dict[str, int]:
    """Remove fetched pages older than KHABAR_WARC_DAYS (45), then the oldest beyond KHABAR_WARC_GB (20); unfinished runs keep theirs, they are not archived."""
    unfinished = frozenset(
        path.name
        for path in settings.runs.glob("2*")
        if path.is_dir() and not run_record.done(RunFolder(path)).exists()
    )
    pruned = retention.prune(
        settings.runs,
        now,
        age=timedelta(days=settings.warc_days),
        most=settings.warc_gb * 10**9,
        spare=unfinished,
    )
    return {"files_removed": pruned.files, "bytes_freed": pruned.bytes, "bytes_left": pruned.left}


def keep_logs(
    settings: Settings, now: datetime, environment: Mapping[str, str] | None = None
) -> dict[str, int]:
    """Remove tasks' logs older than KHABAR_KEEP_LOGS days (default 30), and the folders that this leaves empty."""
    days, removed = days_of("KHABAR_KEEP_LOGS", _LOG_DAYS, environment), 0
    before = (now - timedelta(days=days)).timestamp()
    for name in ("tasks", "dag-processor"):
        for folder, _, files in os.walk(settings.home / "logs" / name, topdown=False):
            for file in files:
                path = Path(folder, file)
                with contextlib.suppress(OSError):
                    if path.stat().st_mtime < before:
                        path.unlink()
                        removed += 1
            with contextlib.suppress(OSError):
                Path(folder).rmdir()  # fails, as it should, while something is in it
    return {"logs_removed": removed}


def days_of(name: str, default: int, environment: Mapping[str, str] | None) -> int:
    """Return a number of days out of the environment; raises HouseError that names the variable."""
    text = (os.environ if environment is None else environment).get(name) or str(default)
    if not text.isdecimal() or not 1 <= int(text) <= 100_000:  # noqa: PLR2004
        raise HouseError(f"{name} is {text!r}; it must be a number of days, 1 or more")
    return int(text)


def stamp(name: str) -> datetime | None:
    """Return when a run began, by its folder's name; None for a folder that is no run's."""
    with contextlib.suppress(ValueError):
        return datetime.strptime(name[:18], "%Y-%m-%dT%H%M%SZ").replace(tzinfo=UTC)
    return None


def size_of(folder: Path) -> int:
    """Return the bytes of all files in a folder."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
