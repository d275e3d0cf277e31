"""Making the data of a new embedded server: its password, initdb."""

import contextlib
import os
import secrets
import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path

from storage.errors import StorageError
from storage.server.location import ServerLocation, is_passable

_SECRET_BYTES = 24


def read_password(path: Path) -> str:
    """Return the server's password, made once, mode 0600."""
    with contextlib.suppress(FileExistsError):
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w") as file:
            file.write(secrets.token_urlsafe(_SECRET_BYTES))

    return path.read_text(encoding="ascii").strip()


def initialise(location: ServerLocation, password_file: Path) -> None:
    """Run initdb into a temporary name and rename.

    An interrupted one leaves no half data directory. Raises StorageError.
    """
    staging = location.data.with_name("data.new")
    shutil.rmtree(staging, ignore_errors=True)
    staging.mkdir(mode=0o700)

    # The server's user cannot read root's password file: it gets its own copy for this moment.
    with tempfile.NamedTemporaryFile(
        "w",
        prefix="khabar-",
        encoding="ascii",
        dir=_temporary(location),
    ) as copy:
        copy.write(password_file.read_text(encoding="ascii"))
        copy.flush()
        location.give(staging)
        location.give(Path(copy.name))
        done = _initdb(location, staging, Path(copy.name))

    if done.returncode:
        lines = (done.stderr.strip() or str(done.returncode)).splitlines()
        shutil.rmtree(staging, ignore_errors=True)
        raise StorageError(f"initdb failed in {location.data}: {advice(lines[-1], lines)}")

    staging.rename(location.data)


def _initdb(
    location: ServerLocation,
    data: Path,
    password_file: Path,
) -> "subprocess.CompletedProcess[str]":
    """Run initdb; nothing is synced, since the first start does that."""
    command = location.command(
        "initdb",
        "-D",
        str(data),
        "-U",
        "khabar",
        "--auth=scram-sha-256",
        f"--pwfile={password_file}",
        "--encoding=UTF8",
        "--locale-provider=builtin",
        "--locale=C.UTF-8",
        "--no-sync",
    )

    return subprocess.run(
        command,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
        env=server_environment(),
        cwd="/",
    )


def _temporary(location: ServerLocation) -> str | None:
    """Return a folder for temporary files that the server's user can reach; None: the usual."""
    usual = Path(tempfile.gettempdir())
    if location.owner is None or is_passable(usual / "x", location.owner):
        return None

    return str(location.data.parent)


def advice(line: str, lines: Sequence[str]) -> str:
    """Return a log's line, or what to do where we know."""
    if any("No space left on device" in item for item in lines):
        return "the disk is full; free some space and start again, nothing is lost"

    return line


def server_environment() -> dict[str, str]:
    """Return the little environment PostgreSQL needs: nothing of ours, no PG* of the caller."""
    return {"PATH": os.defpath, "LC_ALL": "C.UTF-8", "TZ": "UTC"}
