"""Housekeeping: what is kept for how long, outside the archive and inside.

Every part may run at any time, beside a run as well.
"""

import contextlib
import os
import shutil
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

from crawlers import warc
from news import run_layout
from pipeline import database, renew_prints
from pipeline.evidence.rescue import rescue
from pipeline.run import run_folder
from pipeline.settings import Settings
from storage import Archive, alerts, upkeep

_MAIL_DAYS = 90  # bodies of sent mails; that and when they were sent stays
_LOG_FOLDERS = ("tasks", "dag-processor")
_STAMP = "%Y-%m-%dT%H%M%SZ"


def keep_archive(
    settings: Settings,
    now: datetime,
    say: Callable[[str], None],
) -> dict[str, int]:
    """Do the archive's housekeeping; return counts. `say` hears of each table that is vacuumed.

    Months made ahead, retention per outlet, old fingerprints and mail bodies dropped, fingerprints
    and index terms of an older version made anew, then vacuum and fresh statistics. What is broken
    off goes on where it was; until then watches read such an article itself instead of its terms.
    """
    with Archive(database.url(settings)) as archive:
        months = upkeep.prepare_months(archive.connection, now)
        removed = upkeep.apply_retention(archive.connection, now)
        with archive.transaction() as cursor:
            days = upkeep.drop_old_fingerprints(cursor, now)
            mails = alerts.empty_old_messages(cursor, now - timedelta(days=_MAIL_DAYS))
        renewed = renew_prints.renew_prints(
            archive,
            now,
            progress=lambda count: say(f"{count} fingerprints made anew"),
        )
        compared = renew_prints.compare_renewed(
            archive,
            now,
            progress=lambda count: say(f"{count} articles compared again"),
        )
        reindexed = upkeep.reindex_terms(
            archive.connection,
            everything=False,
            progress=lambda count: say(f"{count} articles re-indexed"),
        )
        upkeep.tidy_tables(archive.connection, say)
    return {
        "months_made": len(months),
        "articles_removed": sum(removed.values()),
        "fingerprint_days_dropped": days,
        "mails_emptied": mails,
        "fingerprints_renewed": renewed,
        "articles_recompared": compared,
        "articles_reindexed": reindexed,
    }


def keep_runs(settings: Settings, now: datetime) -> dict[str, int]:
    """Remove folders of finished runs older than KHABAR_KEEP_RUNS days; return counts.

    Those of broken-off runs stay twice as long. Pages that still lie in one are looked through for
    records that outlive them.
    """
    removed = freed = 0
    for run in run_folder.all_runs(settings.runs):
        began = stamp(run.name)
        if began is None:
            continue
        days = settings.keep_runs if run.is_done else 2 * settings.keep_runs
        if now - began > timedelta(days=days):
            _rescue(settings, sorted(run.path.glob(f"*/*/{run_layout.PAGES}")), now)
            freed += size_of(run.path)
            shutil.rmtree(run.path, ignore_errors=True)
            removed += 1
    return {"runs_removed": removed, "bytes_freed": freed}


def keep_pages(settings: Settings, now: datetime) -> dict[str, int]:
    """Remove fetched pages older than KHABAR_WARC_DAYS, then the oldest beyond KHABAR_WARC_GB.

    Unfinished runs keep theirs: they are not archived. Records of articles that were edited,
    deleted, matched by a watch or are held go into the kept store first. Returns counts, the bytes
    that are left, and those that were copied.
    """
    copied = 0

    def keep(paths: Sequence[Path]) -> None:
        nonlocal copied
        copied = _rescue(settings, paths, now)

    unfinished = [run.name for run in run_folder.all_runs(settings.runs) if not run.is_done]
    pruned = warc.prune(
        settings.runs,
        now,
        age=timedelta(days=settings.warc_days),
        most=settings.warc_gb * 10**9,
        spare=frozenset(unfinished),
        rescue=keep,
    )
    return {
        "files_removed": pruned.files,
        "bytes_freed": pruned.bytes,
        "bytes_left": pruned.left,
        "bytes_copied": copied,
    }


def _rescue(settings: Settings, paths: Sequence[Path], now: datetime) -> int:
    """Copy what is wanted out of files that are to go; return how many bytes."""
    if not paths:
        return 0

    with Archive(database.url(settings)) as archive:
        return rescue(
            archive,
            settings,
            paths,
            now,
        )


def keep_logs(settings: Settings, now: datetime) -> dict[str, int]:
    """Remove tasks' logs older than KHABAR_KEEP_LOGS days, and the folders that this empties."""
    before = (now - timedelta(days=settings.keep_logs)).timestamp()
    removed = 0
    for name in _LOG_FOLDERS:
        root = settings.home / "logs" / name
        for folder, _, files in os.walk(root, topdown=False):
            for file in files:
                path = Path(folder, file)
                removed += _remove_old(path, before)

            with contextlib.suppress(OSError):
                Path(folder).rmdir()  # fails, as it should, while something is in it
    return {"logs_removed": removed}


def _remove_old(path: Path, before: float) -> bool:
    """Remove a file last written before a moment (seconds since the epoch); tell whether it was."""
    try:
        if path.stat().st_mtime >= before:
            return False
        path.unlink()
    except OSError:
        return False
    return True


def stamp(name: str) -> datetime | None:
    """Return when a run began, by its folder's name; None for a folder that is no run's."""
    with contextlib.suppress(ValueError):
        return datetime.strptime(name[:18], _STAMP).replace(tzinfo=UTC)
    return None


def size_of(folder: Path) -> int:
    """Return the bytes of all files in a folder."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
