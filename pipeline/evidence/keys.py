"""The house's key: made once, its private part in one file that nobody else may read."""

import os
import stat
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from evidence.errors import EvidenceError
from evidence.key_statement import KeyStatement, state_key
from evidence.signing import Key, fingerprint, new_key, read_key
from pipeline.settings import Settings
from storage import Archive
from storage import evidence as kept

if TYPE_CHECKING:
    from psycopg2.extensions import cursor as Cursor

_OTHERS = stat.S_IRWXG | stat.S_IRWXO


def key_file(settings: Settings) -> Path:
    """Return the file of the private key."""
    return settings.evidence_key or settings.home / "secrets" / "evidence-key.pem"


def stated_keys(cursor: "Cursor") -> list[KeyStatement]:
    """Return what the house has stated of its keys, oldest first; raises EvidenceError."""
    return [KeyStatement.parsed(text.encode()) for text in kept.keys(cursor)]


def house_key(archive: Archive, settings: Settings, now: datetime) -> Key:
    """Return the key that signs; the first is made.

    Raises EvidenceError when the file is gone, readable by others, or of another key than the
    last that was stated: only a person can say that a new key begins.
    """
    with archive.transaction() as cursor:
        statements = stated_keys(cursor)

    path = key_file(settings)
    if not statements and not path.exists():
        _write(path, new_key())

    key = _read(path)
    if not statements:
        _state(archive, key, None, now)
    elif key.public != statements[-1].public:
        name = fingerprint(statements[-1].public)
        raise EvidenceError(
            f"{path} is not the key {name} that signs here; bring it back, or "
            "`khabar evidence key --new` begins with a new one"
        )

    return key


def begin_key(archive: Archive, settings: Settings, now: datetime) -> KeyStatement:
    """Make a new key and state it, vouched for by the old one if it is still there."""
    path = key_file(settings)
    with archive.transaction() as cursor:
        statements = stated_keys(cursor)

    old = _old_key(path, statements)
    key = new_key()
    if path.exists():
        path.replace(path.with_name(f"{path.name}.until-{now:%Y-%m-%dT%H%M%SZ}"))

    _write(path, key)

    return _state(archive, key, old, now)


def _old_key(path: Path, statements: list[KeyStatement]) -> Key | None:
    """Return the key that signs until now; None when it is lost."""
    try:
        old = _read(path)
    except EvidenceError:
        return None

    is_last = bool(statements) and old.public == statements[-1].public

    return old if is_last else None


def _state(archive: Archive, key: Key, old: Key | None, now: datetime) -> KeyStatement:
    with archive.transaction() as cursor:
        kept.lock_days(cursor)
        statements = stated_keys(cursor)
        previous = statements[-1].public if statements else b""
        statement = state_key(
            key,
            previous=previous,
            old=old,
            now=now,
        )
        if previous != key.public:
            kept.add_key(cursor, statement.text.decode("ascii"))

    return statement


def _read(path: Path) -> Key:
    try:
        mode = path.stat().st_mode
        text = path.read_text(encoding="ascii")
    except (OSError, ValueError) as error:
        raise EvidenceError(
            f"the key in {path} cannot be read: {error}; bring it back from a copy, or "
            "`khabar evidence key --new` begins with a new one"
        ) from error

    if mode & _OTHERS:
        raise EvidenceError(f"{path} can be read by others: chmod 600 it")

    try:
        return read_key(text)
    except EvidenceError as error:
        raise EvidenceError(f"{path}: {error}") from error


def _write(path: Path, key: Key) -> None:
    """Write a key under a temporary name, then under its own; one that is there stays."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    temporary = path.with_name(f".{path.name}.{os.getpid()}")
    handle = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(key.pem)
        file.flush()
        os.fsync(file.fileno())

    try:
        os.link(temporary, path)
    except FileExistsError:
        return
    finally:
        temporary.unlink()
