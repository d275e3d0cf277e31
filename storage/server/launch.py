"""Launching an embedded server: its port, its process, waiting until it answers."""

import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import psycopg2

from storage.errors import StorageError
from storage.server.initialise import advice, server_environment
from storage.server.location import ServerLocation
from storage.server.processes import backends_left, is_alive, postmaster

_START_SECONDS = 60
_RECOVERY_SECONDS = 900  # replaying the log after a kill
_LEFT_SECONDS = 5  # until what a killed server left is killed as well
_LOOK = 0.03  # seconds between two looks
_SAID_LINES = 20  # of a log

# A parent that ends at once: the server is nobody's child, and no zombie is left of it whoever
# dies first. It prints the server's process id.
_DETACH = (
    "import os,sys;p=os.fork();p and (print(p),sys.stdout.flush(),os._exit(0));"
    "os.setsid();os.dup2(2,1);os.execv(sys.argv[1],sys.argv[1:])"
)
_OPTIONS = {
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "",
    "max_connections": "200",
    "shared_buffers": "256MB",
    "max_wal_size": "2GB",
    "jit": "off",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "checkpoint_timeout": "15min",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Server:
    """A server and how to reach it. `folder` holds data/, password (0600) and server.log."""

    folder: Path
    port: int
    password: str

    def url(self, database: str) -> str:
        """Return the URL of a database on this server, password included."""
        return f"postgresql://khabar:{self.password}@127.0.0.1:{self.port}/{database}"


def launch(
    folder: Path,
    location: ServerLocation,
    password: str,
    port: int | None,
    settings: Mapping[str, str],
) -> Server:
    """Start a server that is known not to run; return it when it answers. Raises StorageError."""
    _clear(location.data)
    # The port of the last time, if it is free: whoever was told the URL finds the server again
    # after a restart.
    chosen = _free_port(port or _last_port(folder))
    _remember_port(folder, chosen)
    options = {**_OPTIONS, "port": str(chosen), **settings}
    arguments = [f"-c{name}={value}" for name, value in options.items()]
    command = location.command("postgres", "-D", str(location.data), *arguments)

    with (folder / "server.log").open("ab") as log:
        started = subprocess.run(
            [sys.executable, "-I", "-S", "-c", _DETACH, *command],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=log,
            start_new_session=True,
            env=server_environment(),
            check=True,
        )

    server = Server(folder=folder, port=chosen, password=password)
    _wait(server, int(started.stdout))

    return server


def _clear(data: Path) -> None:
    """Make way for a start after a kill.

    What is left of the old server is ended, a lock file whose number is a stranger's by now goes.
    A living server is left alone: raises StorageError, and nothing is touched.
    """
    alive = postmaster(data)
    if alive is not None:
        raise StorageError(
            f"the PostgreSQL server in {data} runs (process {alive}) and does not answer;"
            f" it is left alone: wait, or end it with `kill -INT {alive}`"
        )

    deadline = time.monotonic() + _LEFT_SECONDS
    while backends := backends_left(data):
        late = time.monotonic() > deadline
        for pid in backends:
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL if late else signal.SIGQUIT)

        time.sleep(_LOOK)

    (data / "postmaster.pid").unlink(missing_ok=True)


def _last_port(folder: Path) -> int | None:
    """Return the port this folder's server had when it last ran."""
    with contextlib.suppress(OSError, ValueError):
        return int((folder / "port").read_text(encoding="ascii"))

    return None


def _remember_port(folder: Path, port: int) -> None:
    """Keep the port for the next start; whole or not at all, and untouched where it is the same.

    On a full disk a file that is written anew is an empty one, and the server would move away from
    all who know its address.
    """
    if _last_port(folder) == port:
        return

    fresh = folder / "port.new"
    fresh.write_text(str(port), encoding="ascii")
    fresh.replace(folder / "port")


def _free_port(wanted: int | None) -> int:
    """Return the wanted port if it is free, else any free one."""
    for port in (wanted, 0):
        if port is None:
            continue

        with contextlib.closing(socket.socket()) as probe, contextlib.suppress(OSError):
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(("127.0.0.1", port))
            return int(probe.getsockname()[1])

    raise StorageError("no free TCP port on 127.0.0.1")


def answers(server: Server, pid: int) -> bool:
    """Wait until the server answers, through a recovery too.

    Returns False when its process ends instead, or does not answer in time. Raises StorageError
    when the password is not its own.
    """
    begun = time.monotonic()
    while time.monotonic() < begun + _RECOVERY_SECONDS:
        try:
            psycopg2.connect(server.url("postgres"), connect_timeout=5).close()
        except psycopg2.OperationalError as error:
            said = str(error)

            if "password authentication failed" in said:
                raise StorageError(
                    f"{server.folder / 'password'} does not fit the server's data;"
                    " restore that file"
                ) from error

            late = time.monotonic() > begun + _START_SECONDS
            if late and "starting up" not in said:
                return False
        else:
            return True

        if not is_alive(pid):
            return False

        time.sleep(_LOOK)

    return False


def _wait(server: Server, pid: int) -> None:
    """Wait until the server answers; say what its log says when it ends instead."""
    if answers(server, pid):
        return

    log = server.folder / "server.log"
    text = log.read_text(encoding="utf-8", errors="replace").strip()
    lines = text.splitlines()[-_SAID_LINES:] or ["no log"]
    fatal = lines[-1]
    for line in lines:
        if "FATAL" in line or "PANIC" in line:
            fatal = line

    raise StorageError(f"PostgreSQL did not start ({advice(fatal, lines)}); its log: {log}")
