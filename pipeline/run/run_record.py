"""The run's own records: what was begun, what was reported of it, who works on it."""

import contextlib
import fcntl
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from news import codec, run_layout
from news.outlet import Outlet
from pipeline.run.run_folder import OutletFolder, RunError, RunFolder, writing


@dataclass(frozen=True, slots=True, kw_only=True)
class RunRecord:
    """run.json: when a run began (aware, UTC), over which outlets, and wrong files in sentences.

    `broken` has those of the wrong files whose outlets this run would have read.
    """

    started: datetime
    outlets: tuple[str, ...]
    problems: tuple[str, ...] = ()
    broken: dict[str, str] = field(default_factory=dict)  # outlet whose file is wrong -> sentence
    everything: bool = False  # doors are polled, due or not
    # Begun by `khabar run`, which takes it up again; Airflow retries its own.
    foreground: bool = False
    # Between two daily runs: what is due is read, and nobody judges how much came.
    light: bool = False


def write_run(run: RunFolder, record: RunRecord) -> None:
    """Write run.json; from now on the run exists."""
    with writing(run.record) as file:
        file.write(codec.dump(record) + "\n")


def read_run(run: RunFolder) -> RunRecord:
    """Return run.json; raises RunError."""
    try:
        return codec.load(RunRecord, run.record.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise RunError(f"{run.path}: not a run folder, it has no {run_layout.RUN}") from error


def write_outlet(folder: OutletFolder, outlet: Outlet) -> None:
    """Keep the outlet as it was when the run began: a later change of its file changes no run."""
    with writing(folder.record) as file:
        file.write(codec.dump(outlet) + "\n")


def has_outlet(folder: OutletFolder) -> bool:
    """Tell whether a folder is one of a run that has begun."""
    return folder.record.exists()


def read_outlet(folder: OutletFolder) -> Outlet:
    """Return the outlet of a folder; raises RunError."""
    try:
        return codec.load(Outlet, folder.record.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        name = run_layout.OUTLET
        raise RunError(f"{folder.path}: the run has no {name} for this outlet") from error


def begun_outlets(run: RunFolder) -> list[OutletFolder]:
    """Return the folders of a run's outlets whose records are there."""
    return [folder for folder in run.outlets() if has_outlet(folder)]


def write_json(path: Path, value: dict[str, Any]) -> None:
    """Write a small report, whole or not at all."""
    with writing(path) as file:
        json.dump(
            value,
            file,
            ensure_ascii=False,
            indent=1,
            sort_keys=True,
        )
        file.write("\n")


def read_json(path: Path) -> dict[str, Any]:
    """Return a small report; an absent one is empty."""
    try:
        return dict(json.loads(path.read_text(encoding="utf-8")))
    except FileNotFoundError:
        return {}


@contextlib.contextmanager
def working(folder: Path) -> Iterator[bool]:
    """Hold a run's folder for this process; gives False when somebody else holds it."""
    with locked(folder / run_layout.LOCK) as free:
        yield free


@contextlib.contextmanager
def working_alone(run: RunFolder) -> Iterator[None]:
    """Hold a run's folder for this process; raises RunError when somebody else holds it."""
    with working(run.path) as free:
        if not free:
            sentence = f"run {run.name} is being worked on by another process"
            raise RunError(f"{sentence}; try again when it is done")
        yield


@contextlib.contextmanager
def locked(path: Path) -> Iterator[bool]:
    """Hold a file's lock until the block or the process ends; False when somebody else holds it."""
    with path.open("a") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
        else:
            yield True
