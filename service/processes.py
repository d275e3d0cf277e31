"""Stopping parts with all they started.

TERM to the leaders, some seconds, then KILL for whatever is left.

Every part leads a session of its own and carries the house's mark in its environment. Its
descendants are found by session or by mark, so that the workers of a part that was itself killed
are found too.
"""

import contextlib
import os
import signal
import time
from collections.abc import Iterable
from pathlib import Path

import psutil

from pipeline.house_state import PartState, alive

MARK = "KHABAR_HOUSE"


def mark(home: Path) -> str:
    """Return the mark's value: it names this house among several of one user."""
    return str(home)


def members(home: Path, sessions: Iterable[int]) -> list[psutil.Process]:
    """Return the processes of this house.

    Those that are marked, or in one of the sessions whose leader was ours.
    """
    wanted = set(sessions)
    own = os.getpid()
    found = []
    for process in psutil.process_iter():
        if process.pid != own and _belongs(process, home, wanted):
            found.append(process)
    return found


def _belongs(process: psutil.Process, home: Path, sessions: set[int]) -> bool:
    try:
        if process.status() == psutil.STATUS_ZOMBIE:
            return False
        if os.getsid(process.pid) in sessions:
            return True
        return _is_marked(process.environ().get(MARK), home)
    except (psutil.Error, OSError):
        return False


def _is_marked(found: str | None, home: Path) -> bool:
    """Tell whether a mark is this home's; one of an older house may spell it through a link."""
    if found is None:
        return False
    return os.path.realpath(found) == os.path.realpath(mark(home))


def sessions_of(parts: Iterable[PartState]) -> set[int]:
    """Return the session ids that are certainly still ours.

    Those whose leader is the very process we started: where the leader is dead, its id may have
    been given to a stranger; those left behind are found by their mark.
    """
    sessions = set()
    for part in parts:
        if part.process is not None and alive(part.process):
            sessions.add(part.process.pid)
    return sessions


def stop_all(home: Path, parts: Iterable[PartState], *, grace: float = 10.0) -> int:
    """Stop everything of this house; return how many processes there were."""
    sessions = sessions_of(parts)
    found = members(home, sessions)
    stop(found, leaders=sessions, grace=grace)
    # Whatever was started while we were stopping.
    late = members(home, sessions)
    stop(late, leaders=set(), grace=0.0)
    return len(found)


def stop(processes: list[psutil.Process], *, leaders: set[int], grace: float) -> None:
    """TERM, wait, KILL.

    Only leaders get the TERM, they stop their own workers; orphans get it themselves.
    """
    pids = {process.pid for process in processes}
    for process in processes:
        with contextlib.suppress(psutil.Error, OSError):
            if process.pid in leaders or process.ppid() not in pids:
                process.send_signal(signal.SIGTERM)

    deadline = time.monotonic() + grace
    left = processes
    while left and time.monotonic() < deadline:
        time.sleep(0.1)
        left = [process for process in left if _is_running(process)]

    for process in left:
        with contextlib.suppress(psutil.Error, OSError):
            process.kill()
    psutil.wait_procs(left, timeout=5.0)


def _is_running(process: psutil.Process) -> bool:
    try:
        return process.is_running() and process.status() != psutil.STATUS_ZOMBIE
    except psutil.Error:
        return False
