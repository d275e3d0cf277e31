"""state.json: what runs now, and which ports were chosen.

Processes are named with their start times, since ids are used again.
"""

import contextlib
import json
import os
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any

import psutil

from pipeline.run import run_record


@dataclass(frozen=True, slots=True, kw_only=True)
class Process:
    """A process that cannot be taken for a later one with the same id.

    `started` is seconds since the epoch.
    """

    pid: int
    started: float


@dataclass(frozen=True, slots=True, kw_only=True)
class PartState:
    """One part as the supervisor last saw it."""

    process: Process | None = None
    port: int | None = None
    restarts: int = 0
    since: float = 0.0  # seconds since the epoch: when it was last started
    log: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """The whole of state.json. `phase` is starting, ready, stopping or stopped."""

    phase: str = "stopped"
    supervisor: Process | None = None
    sample: bool = False
    address: str = ""
    parts: dict[str, PartState] = field(default_factory=dict)
    ports: dict[str, int] = field(default_factory=dict)


def identify(pid: int) -> Process | None:
    """Return the identity of a running process; None when there is none, or it is a zombie."""
    with contextlib.suppress(psutil.Error):
        process = psutil.Process(pid)
        if process.status() != psutil.STATUS_ZOMBIE:
            return Process(pid=pid, started=process.create_time())
    return None


def alive(process: Process | None) -> bool:
    """Tell whether this very process still runs.

    Clock steps move start times a little, hence the second of tolerance.
    """
    if process is None:
        return False
    now = identify(process.pid)
    return now is not None and abs(now.started - process.started) < 1.0


def read(home: Path) -> State:
    """Return the state; an absent or damaged file is an empty state."""
    try:
        value = json.loads((home / "state.json").read_text(encoding="utf-8"))
        return _build(value)
    except (OSError, ValueError, TypeError, KeyError):
        return State()


def write(home: Path, state: State) -> None:
    """Replace state.json in one step; raises OSError, and the old one stands."""
    temporary = home / f".state.{os.getpid()}.tmp"
    text = json.dumps(asdict(state), indent=1) + "\n"
    try:
        temporary.write_text(text, encoding="utf-8")
        temporary.replace(home / "state.json")
    finally:
        temporary.unlink(missing_ok=True)


def _build(value: dict[str, Any]) -> State:
    parts = {}
    for name, fields in value["parts"].items():
        part = PartState(**{**fields, "process": None})
        parts[name] = replace(part, process=_process(fields["process"]))
    return State(**{**value, "supervisor": _process(value["supervisor"]), "parts": parts})


def _process(value: dict[str, Any] | None) -> Process | None:
    if value is None:
        return None
    return Process(pid=int(value["pid"]), started=float(value["started"]))


@contextlib.contextmanager
def holding(home: Path) -> Iterator[bool]:
    """Hold the house for this process's lifetime; yields False when somebody else holds it."""
    home.mkdir(parents=True, exist_ok=True)
    with run_record.locked(home / "house.lock") as free:
        yield free
