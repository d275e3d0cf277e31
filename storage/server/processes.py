"""A server's processes, as the system shows them: which are alive, which are ours."""

import contextlib
import os
import time
from pathlib import Path

_LOOKS, _LOOK = 100, 0.05  # how often, and seconds between two, for a lock file to be whole
_PORT_LINE = 3  # of postmaster.pid, counted from 0


def backends_left(data: Path) -> list[int]:
    """Return the processes that stand in this data directory.

    They are the backends of a killed server, for the moment until they notice.
    """
    pids = []
    for entry in Path("/proc").glob("[0-9]*"):
        pid = int(entry.name)
        with contextlib.suppress(OSError):
            if (entry / "cwd").samefile(data) and not _is_zombie(pid):
                pids.append(pid)

    return pids


def postmaster(data: Path) -> int | None:
    """Return the postmaster's process id if it is alive and still a postgres of this folder.

    The folder may be spelled in any way: links and bind mounts lead to the same server.
    """
    try:
        lines = (data / "postmaster.pid").read_text(encoding="utf-8").splitlines()
        pid = int(lines[0])
        os.kill(pid, 0)
    except PermissionError:
        return pid if _is_ours(pid, data) else None
    except (OSError, ValueError, IndexError):
        return None

    return pid if _is_ours(pid, data) and not _is_zombie(pid) else None


def _is_ours(pid: int, data: Path) -> bool:
    """Return whether a process is a server of this data directory.

    A server stands in its data directory. Where we may not see where a process of another user
    stands, its command line names the directory; without /proc the lock file is believed.
    """
    directory = Path(f"/proc/{pid}/cwd")
    with contextlib.suppress(OSError):
        return directory.samefile(data) or _is_named(pid, data)

    with contextlib.suppress(OSError):
        return _is_named(pid, data)

    return not Path("/proc/self").exists()


def _is_named(pid: int, data: Path) -> bool:
    """Return whether the directory after -D in a process's command line is this one."""
    words = Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")
    if b"-D" not in words[:-1]:
        return False

    named = Path(os.fsdecode(words[words.index(b"-D") + 1]))

    return named.is_absolute() and named.exists() and named.samefile(data)


def _is_zombie(pid: int) -> bool:
    with contextlib.suppress(OSError):
        status = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8", errors="replace")
        # The program's name stands in parentheses and may hold anything.
        _, _, after_name = status.rpartition(")")
        return after_name.split()[0] == "Z"

    return False


def is_alive(pid: int) -> bool:
    """Return whether a process runs; a zombie does not."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True

    return not _is_zombie(pid)


def port_of(data: Path) -> int | None:
    """Return the port of the server that runs on this data directory, if one does."""
    if postmaster(data) is None:
        return None

    for _ in range(_LOOKS):
        with contextlib.suppress(OSError, ValueError, IndexError):
            lines = (data / "postmaster.pid").read_text(encoding="utf-8").splitlines()
            return int(lines[_PORT_LINE])

        time.sleep(_LOOK)

    return None
