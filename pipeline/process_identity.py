"""A process's identity, which no other process has before or after it, whatever the clock does.

Process numbers are used again, and the time at which a process began moves when the clock is set:
where the system tells, an identity is the boot's number and the ticks since that boot.
"""

import contextlib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import psutil

_BOOT_ID = Path("/proc/sys/kernel/random/boot_id")
_TICKS_FIELD = 19  # of /proc/PID/stat behind the name in brackets: starttime, field 22 in proc(5)
_TOLERANCE = 1.0  # seconds: start times told through a clock that has been set move a little


@dataclass(frozen=True, slots=True, kw_only=True)
class Process:
    """A process that cannot be taken for a later one with the same number."""

    pid: int
    started: float  # seconds since the epoch by the clock of then: for people, and the last resort
    boot: str = ""  # the boot it belongs to, empty where the system does not tell
    ticks: int = 0  # clock ticks between that boot and its start


def identify(pid: int) -> Process | None:
    """Return the identity of a running process; None when there is none, or it is a zombie."""
    with contextlib.suppress(psutil.Error):
        process = psutil.Process(pid)
        if process.status() == psutil.STATUS_ZOMBIE:
            return None
        ticks = _ticks(pid)
        return Process(
            pid=pid,
            started=process.create_time(),
            boot=_boot_id() if ticks else "",
            ticks=ticks,
        )
    return None


def alive(process: Process | None) -> bool:
    """Tell whether this very process still runs."""
    if process is None:
        return False
    now = identify(process.pid)
    if now is None:
        return False
    if process.boot and now.boot:
        return (process.boot, process.ticks) == (now.boot, now.ticks)
    return abs(now.started - process.started) < _TOLERANCE


@cache
def _boot_id() -> str:
    try:
        return _BOOT_ID.read_text(encoding="ascii").strip()
    except OSError:
        return ""


def _ticks(pid: int) -> int:
    """Return the ticks between boot and a process's start; 0 where the system does not tell."""
    try:
        stat = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8", errors="replace")
        return int(stat.rpartition(")")[2].split()[_TICKS_FIELD])
    except (OSError, ValueError, IndexError):
        return 0
