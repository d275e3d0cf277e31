"""Where the house writes: one folder that only its owner may read, and files that only he may."""

import os
from pathlib import Path
from typing import IO

_PRIVATE_FOLDER = 0o700
_PRIVATE_FILE = 0o600


def folder(home: Path) -> Path:
    """Return the folder of the logs, made if missing; what others could read there is closed."""
    path = home / "logs"
    path.mkdir(parents=True, exist_ok=True, mode=_PRIVATE_FOLDER)
    path.chmod(_PRIVATE_FOLDER)
    return path


def log_of(home: Path, name: str) -> Path:
    """Return where a part writes."""
    return home / "logs" / f"{name}.log"


def appending(path: Path) -> IO[bytes]:
    """Open a log for appending, without a buffer, readable by its owner alone; raises OSError.

    Without a buffer: what cannot be written now must not be tried again by closing the file.
    """
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND | os.O_CLOEXEC, _PRIVATE_FILE)
    os.fchmod(handle, _PRIVATE_FILE)
    return os.fdopen(handle, "ab", buffering=0)
