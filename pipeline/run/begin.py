"""The beginning of a run: which outlets, and all that the archive knows of them, written into the run's folder."""

import json
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from crawlers import outlet_files, schedule
from crawlers.errors import OutletFileError
from news import codec
from news.crawl import DoorState, Known
from news.outlet import Outlet
from pipeline import database, home_kind
from pipeline.run import run_folder, run_record
from pipeline.run.run_folder import OutletFolder, RunFolder, writing
from pipeline.settings import Settings
from storage import Archive

# An interrupted run older than this is finished, but its news is old: a new one follows at the next call.
_FRESH = timedelta(days=2)


def begin(
    settings: Settings, *, names: Sequence[str], everything: bool, resume: bool, now: datetime
) -> dict[str, Any]:
    """Return {"run", "outlets", "problems"}; see stages.begin."""
    outlets, broken = outlet_files.load_all(settings.outlets)
    # A name that nobody has is said as such only where the folder is one for this home.
    wanted = home_kind.of(_asked(outlets, names) or _asked(outlets, ()))
    if wanted is not None:
        home_kind.require(settings, wanted)
    if resume and (run := unfinished(settings, now, wanted)) is not None:
        book = run_record.read_run(run)
        return {"run": run.name, "outlets": list(book.outlets), "problems": list(book.problems)}
    problems = [str(error) for error in broken]
    chosen = _chosen(outlets, names, problems, settings)
    with Archive(database.url(settings)) as archive:
        home_kind.claim(settings, wanted or home_kind.Kind.REAL, archive.front_pages())
        run = run_folder.create(settings.runs, now)
        begun = [
            outlet.name
            for outlet in chosen
            if _prepare(archive, run, outlet, everything=everything or bool(names), now=now)
        ]
    run_record.write_run(
        run,
        run_record.RunBook(
            started=now,
            outlets=tuple(begun),
            problems=tuple(problems),
            everything=everything or bool(names),
            foreground=resume,
        ),
    )
    return {"run": run.name, "outlets": begun, "problems": problems}


def unfinished(settings: Settings, now: datetime, kind: home_kind.Kind | None) -> RunFolder | None:
    """Return the newest run that `khabar run` began, that is not done, and nobody's at the moment.

    A run over outlets of another kind is left where it is; None: of any kind.
    """
    for path in sorted(settings.runs.glob("2*"), reverse=True):
        run = RunFolder(path)
        if not (path / "run.json").exists() or run_record.done(run).exists():
            continue
        book = run_record.read_run(run)
        if now - book.started > _FRESH:
            return None
        if not book.foreground or not _fits(run, kind):
            continue
        with run_record.working(path) as free:
            return run if free else None
    return None


def _fits(run: RunFolder, kind: home_kind.Kind | None) -> bool:
    """Tell whether all outlets of a run are of this kind."""
    read = [
        run_record.read_outlet(folder) for folder in run.outlets() if run_record.has_outlet(folder)
    ]
    return kind is None or all(home_kind.of([outlet]) is kind for outlet in read)


def _asked(outlets: Sequence[Outlet], names: Sequence[str]) -> list[Outlet]:
    """Return the outlets of these names; without names, the active ones."""
    return [outlet for outlet in outlets if (outlet.name in names if names else outlet.active)]


def _chosen(
    outlets: list[Outlet], names: Sequence[str], problems: list[str], settings: Settings
) -> list[Outlet]:
    """Return the outlets that were asked for; raises OutletFileError when there are none or a name is unknown."""
    known = {outlet.name for outlet in outlets}
    if missing := [name for name in names if name not in known]:
        hint = f" ({problems[0]})" if problems else ""
        raise OutletFileError(
            f"{settings.outlets}: there is no outlet {missing[0]!r}{hint}; `khabar outlets list` shows them"
        )
    chosen = _asked(outlets, names)
    if not chosen:
        raise OutletFileError(
            problems[0]
            if problems
            else f"{settings.outlets}: no active outlet here; `khabar outlets add URL` makes one"
        )
    return chosen


def _prepare(
    archive: Archive, run: RunFolder, outlet: Outlet, *, everything: bool, now: datetime
) -> bool:
    """Write an outlet's papers when something of it is due; tell whether it is."""
    lines, doors, check = [], dict[str, DoorState](), None
    for item in archive.memory(outlet.name):
        if isinstance(item, Known):
            lines.append(_line("known", item))
            if item.next_check is not None and (check is None or item.next_check < check):
                check = item.next_check
        else:
            lines.append(_line("door", item))
            doors[item.url] = item
    if not everything and not schedule.due(
        [outlet], {outlet.name: doors}, {outlet.name: check} if check else {}, now
    ):
        return False
    folder = run.outlet(outlet.region, outlet.name)
    with writing(folder.memory) as file:
        file.writelines(lines)
    if (profile := archive.profile(outlet.name)) is not None:
        with writing(folder.path / "profile.before.json") as file:
            file.write(profile)
    run_record.write_outlet(folder, outlet)
    return True


def _line(kind: str, noun: Known | DoorState) -> str:
    return json.dumps({kind: codec.plain(noun)}, ensure_ascii=False, separators=(",", ":")) + "\n"


def latest_profile(settings: Settings, folder: OutletFolder) -> None:
    """Put the outlet's profile of today beside a kept run, for extracting it again."""
    with Archive(database.url(settings)) as archive:
        profile = archive.profile(folder.outlet)
    if profile is not None:
        with writing(folder.path / "profile.before.json") as file:
            file.write(profile)
