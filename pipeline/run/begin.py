"""Stage 0: which outlets, and all that the archive knows of them, into a new run's folder."""

import json
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import crawlers
from crawlers import OutletFileError, outlet_files
from news import codec, run_layout
from news.crawl import DoorState, Known
from news.outlet import Outlet
from pipeline import database, home_kind
from pipeline.run import run_folder, run_record
from pipeline.run.run_folder import OutletFolder, RunFolder, writing
from pipeline.settings import Settings
from storage import Archive, begin_run, last_load

# An interrupted run older than this is finished, but its news is old: a new one follows at the
# next call.
_FRESH = timedelta(days=2)
# What a run has begun and not read after this time, nobody is about to read.
_ABOUT_TO = timedelta(hours=3)
_SKEW = timedelta(minutes=1)  # between this machine's clock and the archive's


def begin(
    settings: Settings,
    *,
    names: Sequence[str],
    everything: bool,
    resume: bool,
    light: bool,
    now: datetime,
) -> dict[str, Any]:
    """Return {"run", "outlets", "problems"}; see stages.begin."""
    outlets, broken = outlet_files.load_all(settings.outlets)
    # A name that nobody has is told as such only where the folder is one for this home.
    kind = home_kind.of(_asked(outlets, names) or _asked(outlets, ()))
    if kind is not None:
        home_kind.require(settings, kind)
    run = unfinished(settings, now, kind) if resume else None
    if run is not None:
        return _report(run, run_record.read_run(run))

    problems = [str(error) for error in broken]
    named = outlet_files.names_of_broken(outlets, broken)
    chosen = _chosen(
        outlets,
        names,
        problems,
        settings,
    )
    poll_all = everything or bool(names)
    with Archive(database.url(settings)) as archive:
        home_kind.claim(
            settings,
            kind or home_kind.Kind.REAL,
            archive.front_pages(),
        )
        due = chosen
        if not poll_all:
            due = _due(
                settings,
                archive,
                chosen,
                now,
                light=light,
            )
        if light and not due:
            return {"run": "", "outlets": [], "problems": problems}
        run = run_folder.create(settings.runs, now)
        for outlet in due:
            _prepare(archive, run, outlet)
        _record_start(archive, run, now)
    record = run_record.RunRecord(
        started=now,
        outlets=tuple(outlet.name for outlet in due),
        problems=tuple(problems),
        broken={} if names else named,
        everything=poll_all,
        foreground=resume,
        light=light,
    )
    run_record.write_run(run, record)
    return _report(run, record)


def _record_start(archive: Archive, run: RunFolder, now: datetime) -> None:
    """Let the archive know of a run that has not loaded anything yet."""
    with archive.transaction() as cursor:
        begin_run(cursor, run.name, now)


def _report(run: RunFolder, record: run_record.RunRecord) -> dict[str, Any]:
    return {
        "run": run.name,
        "outlets": list(record.outlets),
        "problems": list(record.problems),
    }


def unfinished(
    settings: Settings,
    now: datetime,
    kind: home_kind.Kind | None,
) -> RunFolder | None:
    """Return the newest run that `khabar run` began, that is not done, and nobody's at the moment.

    A run over outlets of another kind is left where it is; None: of any kind.
    """
    for run in reversed(run_folder.all_runs(settings.runs)):
        if not run.record.exists() or run.is_done:
            continue
        record = run_record.read_run(run)
        if now - record.started > _FRESH:
            return None
        if not record.foreground or not _is_of_kind(run, kind):
            continue
        with run_record.working(run.path) as free:
            return run if free else None
    return None


def _is_of_kind(run: RunFolder, kind: home_kind.Kind | None) -> bool:
    """Tell whether all outlets of a run are of this kind."""
    if kind is None:
        return True
    outlets = [run_record.read_outlet(folder) for folder in run_record.begun_outlets(run)]
    return all(home_kind.of([outlet]) is kind for outlet in outlets)


def _asked(outlets: Sequence[Outlet], names: Sequence[str]) -> list[Outlet]:
    """Return the outlets of these names; without names, the active ones."""
    if names:
        return [outlet for outlet in outlets if outlet.name in names]
    return [outlet for outlet in outlets if outlet.active]


def _chosen(
    outlets: list[Outlet],
    names: Sequence[str],
    problems: list[str],
    settings: Settings,
) -> list[Outlet]:
    """Return the outlets that were asked for.

    Raises OutletFileError when there are none or a name is unknown.
    """
    known = {outlet.name for outlet in outlets}
    missing = [name for name in names if name not in known]
    if missing:
        hint = f" ({problems[0]})" if problems else ""
        sentence = f"{settings.outlets}: there is no outlet {missing[0]!r}{hint}"
        raise OutletFileError(f"{sentence}; `khabar outlets list` shows them")
    chosen = _asked(outlets, names)
    if chosen:
        return chosen
    if problems:
        raise OutletFileError(problems[0])
    sentence = f"{settings.outlets}: no active outlet here"
    raise OutletFileError(f"{sentence}; `khabar outlets add URL` makes one")


def _due(
    settings: Settings,
    archive: Archive,
    outlets: Sequence[Outlet],
    now: datetime,
    *,
    light: bool,
) -> list[Outlet]:
    """Return the outlets of which a door or an article is due, as the archive remembers them.

    A `light` run leaves those alone that another run is about to read.
    """
    taken = _under_way(settings, now) if light else set()
    free = [outlet for outlet in outlets if outlet.name not in taken]
    names = [outlet.name for outlet in free]
    doors = archive.doors_of(names)
    checks = archive.next_checks(names)
    return crawlers.due(
        free,
        doors,
        checks,
        now,
    )


def _prepare(
    archive: Archive,
    run: RunFolder,
    outlet: Outlet,
) -> None:
    """Write an outlet's records: what the archive knows of it, and itself."""
    folder = run.outlet(outlet.region, outlet.name)
    _write_memory(archive, folder)
    _write_profile(archive, folder)
    run_record.write_outlet(folder, outlet)


def _write_memory(archive: Archive, folder: OutletFolder) -> None:
    with writing(folder.memory) as file:
        for item in archive.memory(folder.outlet):
            kind = "known" if isinstance(item, Known) else "door"
            file.write(_line(kind, item))


def renew_memory(settings: Settings, folder: OutletFolder) -> None:
    """Let a crawl that has not begun know what other runs have loaded since its own began.

    Whoever calls this keeps the others off the outlet meanwhile.
    """
    if folder.report.exists() or (folder.path / run_layout.JOURNAL).exists():
        return
    with Archive(database.url(settings)) as archive:
        with archive.transaction() as cursor:
            loaded = last_load(cursor, folder.outlet)
        if loaded is None:
            return
        if folder.memory.exists():
            written = datetime.fromtimestamp(folder.memory.stat().st_mtime, UTC)
            if loaded < written - _SKEW:
                return
        _write_memory(archive, folder)
        _write_profile(archive, folder)


def _under_way(settings: Settings, now: datetime) -> set[str]:
    """Return the outlets that another run has begun and is about to read."""
    taken: set[str] = set()
    for run in reversed(run_folder.all_runs(settings.runs)):
        if run.is_done or not run.record.exists():
            continue
        if now - run_record.read_run(run).started > _ABOUT_TO:
            break
        for folder in run_record.begun_outlets(run):
            if not folder.is_over and not folder.failed.exists():
                taken.add(folder.outlet)
    return taken


def _line(kind: str, noun: Known | DoorState) -> str:
    line = {kind: codec.plain(noun)}
    return (
        json.dumps(
            line,
            ensure_ascii=False,
            separators=(",", ":"),
        )
        + "\n"
    )


def _write_profile(archive: Archive, folder: OutletFolder) -> None:
    profile = archive.profile(folder.outlet)
    if profile is not None:
        with writing(folder.profile_before) as file:
            file.write(profile)


def latest_profile(settings: Settings, folder: OutletFolder) -> None:
    """Put the outlet's profile of today beside a kept run, for extracting it again."""
    with Archive(database.url(settings)) as archive:
        _write_profile(archive, folder)
