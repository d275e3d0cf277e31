"""state.json: what runs now, and which ports were chosen."""

import contextlib
import json
import os
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from pipeline.process_identity import Process, alive, identify
from pipeline.run import run_record

__all__ = [
    "PartState",
    "Process",
    "State",
    "alive",
    "holding",
    "identify",
    "is_written",
    "read",
    "write",
]


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


def read(home: Path) -> State:
    """Return the state.

    Where the file is absent or damaged, the house's lock still says who holds it: the supervisor,
    which writes the file anew within seconds.
    """
    try:
        text = (home / "state.json").read_text(encoding="utf-8")
        return _state(json.loads(text))
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        holder = _holder(home)
    if not alive(holder):
        return State()
    return State(phase="starting", supervisor=holder)


def write(home: Path, state: State) -> None:
    """Replace state.json in one step; raises OSError, and the old one stands."""
    temporary = home / f".state.{os.getpid()}.tmp"
    try:
        temporary.write_text(_text(state), encoding="utf-8")
        temporary.replace(home / "state.json")
    finally:
        temporary.unlink(missing_ok=True)


def is_written(home: Path, state: State) -> bool:
    """Tell whether state.json holds this very state; raises nothing."""
    try:
        return (home / "state.json").read_bytes() == _text(state).encode()
    except OSError:
        return False


def _text(state: State) -> str:
    return json.dumps(asdict(state), indent=1) + "\n"


def _state(value: dict[str, Any]) -> State:
    parts: dict[str, PartState] = {}
    for name, fields in value["parts"].items():
        parts[name] = _part(fields)

    state = dict(value)
    state["supervisor"] = _process(value["supervisor"])
    state["parts"] = parts

    return State(**state)


def _part(fields: dict[str, Any]) -> PartState:
    return PartState(**{**fields, "process": _process(fields["process"])})


def _process(value: dict[str, Any] | None) -> Process | None:
    """Return a process's identity; one that an older house wrote has its start time alone."""
    if value is None:
        return None
    return Process(
        pid=int(value["pid"]),
        started=float(value["started"]),
        boot=str(value.get("boot", "")),
        ticks=int(value.get("ticks", 0)),
    )


def _holder(home: Path) -> Process | None:
    """Return who has written itself into the house's lock, None when nobody has."""
    try:
        return _process(json.loads((home / "house.lock").read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        return None


@contextlib.contextmanager
def holding(home: Path) -> Iterator[bool]:
    """Hold the house for this process's lifetime; yields False when somebody else holds it."""
    home.mkdir(parents=True, exist_ok=True)
    lock = home / "house.lock"
    with run_record.locked(lock) as free:
        if free:
            identity = identify(os.getpid())
            text = json.dumps(asdict(identity)) if identity else ""
            # On a full disk the lock holds all the same; only its holder's name is missing.
            with contextlib.suppress(OSError):
                lock.write_text(text, encoding="utf-8")
        yield free
