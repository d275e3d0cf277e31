"""Where the archive is: a server of one's own by URL, or the embedded one.

That one runs while somebody needs it: every process that uses it holds a shared lock on one file
for its lifetime, and the last one to leave stops the server. A killed process loses its lock with
its life, so nothing is left to clean up.
"""

import atexit
import contextlib
import fcntl
import os
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import IO

from pipeline.settings import Settings
from storage import StorageError, upkeep

DATABASE = "khabar"


@cache
def url(settings: Settings) -> str:
    """Return the archive's URL, the embedded server started and the archive's schema up to date.

    Raises storage.errors.StorageError when a server does not start or does not answer.
    """
    if settings.database_url:
        upkeep.migrate(settings.database_url)
        return settings.database_url
    folder = settings.home / "postgres"
    folder.mkdir(
        parents=True,
        exist_ok=True,
    )
    # The lock is held as long as the process lives, hence no `with`.
    users = (folder / "users.lock").open("a+")
    with _turn(folder):
        fcntl.flock(users, fcntl.LOCK_SH)
        server = upkeep.start_server(folder)
        atexit.register(_leave, folder, users, os.getpid())
        # In the same turn: of two first commands on one fresh home both would make the database.
        address = upkeep.create_database(server, DATABASE)
        upkeep.migrate(address)
    return address


def running(settings: Settings) -> str | None:
    """Return the archive's URL if its server answers now; None otherwise. Starts nothing."""
    if settings.database_url:
        return settings.database_url if upkeep.responds(settings.database_url) else None
    port = upkeep.running_port(settings.home / "postgres")
    address = f"postgresql://khabar@127.0.0.1:{port}/{DATABASE}"
    return address if port and upkeep.responds(address) else None


def _leave(
    folder: Path,
    users: IO[str],
    owner: int,
) -> None:
    """Stop the server if nobody else uses it."""
    if os.getpid() != owner:
        return  # a forked child must not stop its parent's server
    _stop_unused(folder, users)


def release(folder: Path) -> None:
    """Stop a server that a killed process has left running, if nobody uses it."""
    with (folder / "users.lock").open("a+") as users:
        _stop_unused(folder, users)


def _stop_unused(folder: Path, users: IO[str]) -> None:
    with _turn(folder):
        try:
            fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return
        with contextlib.suppress(StorageError, OSError, subprocess.SubprocessError):
            upkeep.stop_server(folder)


@contextlib.contextmanager
def _turn(folder: Path) -> Iterator[None]:
    """Let one process at a time start or stop the server."""
    with (folder / "start.lock").open("a+") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield
