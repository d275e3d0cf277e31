"""Stage 0: which outlets, and all that the archive knows of them, into a new run's folder."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import crawlers
from crawlers import OutletFileError, outlet_files
from news import codec
from news.crawl import DoorState, Known
from news.outlet import Outlet
from pipeline import database, home_kind
from pipeline.run import run_folder, run_record
from pipeline.run.run_folder import OutletFolder, RunFolder, writing
from pipeline.settings import Settings
from storage import Archive

# An interrupted run older than this is finished, but its news is old: a new one follows at the
# next call.
_FRESH = timedelta(days=2)


def begin(
    settings: Settings,
    *,
    names: Sequence[str],
    everything: bool,
    resume: bool,
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
        record = run_record.read_run(run)
        return _report(run, record)

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
        home_kind.claim(settings, kind or home_kind.Kind.REAL, archive.front_pages())
        run = run_folder.create(settings.runs, now)
        begun = [
            outlet.name
            for outlet in chosen
            if _prepare(
                archive,
                run,
                outlet,
                everything=poll_all,
                now=now,
            )
        ]
    record = run_record.RunRecord(
        started=now,
        outlets=tuple(begun),
        problems=tuple(problems),
        broken={} if names else named,
        everything=poll_all,
        foreground=resume,
    )
    run_record.write_run(run, record)
    return _report(run, record)


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


@dataclass(slots=True)
class _Remembered:
    """What the archive holds of one outlet: lines of memory.jsonl, its doors, its next re-check."""

    lines: list[str]
    doors: dict[str, DoorState]
    next_check: datetime | None = None

    @classmethod
    def of(
        cls,
        archive: Archive,
        outlet: str,
    ) -> "_Remembered":
        """Read it out of the archive."""
        held = cls(
            lines=[],
            doors={},
        )
        for item in archive.memory(outlet):
            if isinstance(item, Known):
                held._add_known(item)
            else:
                held.lines.append(_line("door", item))
                held.doors[item.url] = item
        return held

    def _add_known(self, item: Known) -> None:
        self.lines.append(_line("known", item))
        moment = item.next_check
        if moment is not None and (self.next_check is None or moment < self.next_check):
            self.next_check = moment


def _prepare(
    archive: Archive,
    run: RunFolder,
    outlet: Outlet,
    *,
    everything: bool,
    now: datetime,
) -> bool:
    """Write an outlet's records when something of it is due; tell whether it is."""
    held = _Remembered.of(archive, outlet.name)
    if not everything:
        checks = {outlet.name: held.next_check} if held.next_check else {}
        if not crawlers.due(
            [outlet],
            {outlet.name: held.doors},
            checks,
            now,
        ):
            return False
    folder = run.outlet(outlet.region, outlet.name)
    with writing(folder.memory) as file:
        file.writelines(held.lines)
    _write_profile(archive, folder)
    run_record.write_outlet(folder, outlet)
    return True


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
