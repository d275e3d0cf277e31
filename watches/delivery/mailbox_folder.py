"""A local mailbox's folder: one .eml file a message, whole or not there."""

import os
import re
import secrets
import time
from pathlib import Path

_UNSAFE = re.compile(r"[^A-Za-z0-9@._+-]+")
_LONGEST_NAME = 80  # characters of the recipients in a file's name


def keep(folder: Path, recipients: list[str], raw: bytes) -> Path:
    """Write a message durably: temporary name, fsync, rename, fsync of the folder.

    Raises OSError.
    """
    readable = _UNSAFE.sub("_", ",".join(recipients))[:_LONGEST_NAME]
    name = f"{time.time_ns()}-{secrets.token_hex(3)}-{readable}.eml"
    temporary = folder / f".{name}.tmp"
    with temporary.open("wb") as file:
        file.write(raw)
        file.flush()
        os.fsync(file.fileno())

    path = folder / name
    temporary.rename(path)
    _sync_folder(folder)

    return path


def _sync_folder(folder: Path) -> None:
    """Make a rename last through a loss of power."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
