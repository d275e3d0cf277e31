"""The run's own papers: what was begun, what was said of it, whether it is done."""

import contextlib
import fcntl
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from news import codec, run_layout
from news.outlet import Outlet
from pipeline.run.run_folder import OutletFolder, RunError, RunFolder, writing


@dataclass(frozen=True, slots=True, kw_only=True)
class RunBook:
    """run.json: when a run began (aware, UTC), which outlets it reads, and the sentences about outlet files that were wrong."""

    started: datetime
    outlets: tuple[str, ...]
    problems: tuple[str, ...] = ()
    everything: bool = False  # doors are polled, due or not
    foreground: bool = (
        False  # begun by `khabar run`, which takes it up again; Airflow retries its own
    )


def write_run(run: RunFolder, book: RunBook) -> None:
    """Write run.json; from now on the run exists."""
    with writing(run.path / "run.json") as file:
        file.write(codec.dump(book) + "\n")


def read_run(run: RunFolder) -> RunBook:
    """Return run.json; raises RunError."""
    try:
        return codec.load(RunBook, (run.path / "run.json").read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise RunError(f"{run.path}: not a run folder, it has no run.json") from error


def write_outlet(folder: OutletFolder, outlet: Outlet) -> None:
    """Keep the outlet as it was when the run began: a later change of its file does not change a run."""
    with writing(folder.path / "outlet.json") as file:
        file.write(codec.dump(outlet) + "\n")


def has_outlet(folder: OutletFolder) -> bool:
    """Tell whether a folder is one of a run that has begun."""
    return (folder.path / "outlet.json").exists()


def read_outlet(folder: OutletFolder) -> Outlet:
    """Return the outlet of a folder; raises RunError."""
    try:
        return codec.load(Outlet, (folder.path / "outlet.json").read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise RunError(f"{folder.path}: the run has no outlet.json for this outlet") from error


def write_json(path: Path, value: dict[str, Any]) -> None:
    """Write a small report, whole or not at all."""
    with writing(path) as file:
        json.dump(value, file, ensure_ascii=False, indent=1, sort_keys=True)
        file.write("\n")


def read_json(path: Path) -> dict[str, Any]:
    """Return a small report; an absent one is empty."""
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    return dict(found)


def done(run: RunFolder) -> Path:
    """Return the mark of a run that needs nothing more."""
    return run.path / run_layout.DONE


def is_done(run: RunFolder) -> bool:
    """Tell whether a run needs nothing more."""
    return done(run).exists()


@contextlib.contextmanager
def working(folder: Path) -> Iterator[bool]:
    """Hold a folder for this process; gives False when somebody else holds it."""
    with held(folder / ".working") as free:
        yield free


@contextlib.contextmanager
def held(path: Path) -> Iterator[bool]:
    """Hold a file's lock for this process; gives False when somebody else holds it. The hold ends with the process."""
    with path.open("a") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
        else:
            yield True
