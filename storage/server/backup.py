"""Backup and restore: PostgreSQL's own dump and the checksums of every table, in one file.

The dump and the checksums are taken of one snapshot; a restore counts and sums again and says whether everything is equal.
The file is a zip (stored, not compressed again): `archive.dump` in pg_dump's custom format, then `manifest.json`.
"""

import contextlib
import json
import os
import subprocess
import zipfile
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

import psycopg2
from psycopg2 import sql
from psycopg2.extensions import parse_dsn

from storage.errors import StorageError
from storage.server.embedded import binaries
from storage.sql import migrate
from storage.sql.statements import statement

if TYPE_CHECKING:
    from psycopg2.extensions import cursor as Cursor

_DUMP, _MANIFEST = "archive.dump", "manifest.json"
_PIECE = 1 << 20
_NAMES = {
    "host": "PGHOST",
    "port": "PGPORT",
    "user": "PGUSER",
    "password": "PGPASSWORD",
    "dbname": "PGDATABASE",
    "sslmode": "PGSSLMODE",
    "sslrootcert": "PGSSLROOTCERT",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """What a backup says of itself. `tables`: name -> (rows, checksum)."""

    made_at: str
    schema: int
    tables: dict[str, tuple[int, str]]


def program_environment(url: str) -> dict[str, str]:
    """Return the environment in which PostgreSQL's programs find the archive: a password on a command line would be everybody's to read."""
    said = parse_dsn(url)
    return {
        "PATH": os.defpath,
        "LC_ALL": "C.UTF-8",
        "PGTZ": "UTC",
        "PGCONNECT_TIMEOUT": "10",
        "PGAPPNAME": "khabar",
        **{_NAMES[name]: value for name, value in said.items() if name in _NAMES},
    }


def checksums(cursor: "Cursor") -> dict[str, tuple[int, str]]:
    """Return (rows, checksum) of every table."""
    cursor.execute(statement("housekeeping", "tables"))
    found = {}
    for (table,) in cursor.fetchall():
        cursor.execute(
            sql.SQL(statement("housekeeping", "checksum")).format(table=sql.Identifier(table))
        )
        rows, checksum = next(iter(cursor.fetchall()))
        found[table] = (rows, checksum)
    return found


def back_up(url: str, path: Path, now: datetime) -> Manifest:
    """Write the archive into a file, which appears under its name when it is whole; return its manifest."""
    temporary = path.with_name(f".{path.name}.part")
    try:
        with (
            contextlib.closing(migrate.connect(url)) as connection,
            connection.cursor() as cursor,
        ):
            connection.set_session(isolation_level="REPEATABLE READ", readonly=True)
            cursor.execute(statement("housekeeping", "snapshot"))
            snapshot = str(next(iter(cursor.fetchall()))[0])
            with zipfile.ZipFile(temporary, "w", zipfile.ZIP_STORED, allowZip64=True) as file:
                with file.open(_DUMP, "w", force_zip64=True) as dump:
                    _dump(url, snapshot, dump)
                cursor.execute(statement("backup", "schema"))
                schema = int(next(iter(cursor.fetchall()))[0])
                manifest = Manifest(
                    made_at=now.isoformat(), schema=schema, tables=checksums(cursor)
                )
                file.writestr(_MANIFEST, json.dumps(asdict(manifest), indent=1))
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)
    return manifest


def _dump(url: str, snapshot: str, into: IO[bytes]) -> None:
    command = [
        str(binaries() / "pg_dump"),
        "--format=custom",
        "--compress=gzip:3",
        "--no-owner",
        "--no-privileges",
        f"--snapshot={snapshot}",
    ]
    with subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=program_environment(url),
    ) as process:
        assert process.stdout is not None  # noqa: S101  # it was asked for as a pipe
        while piece := process.stdout.read(_PIECE):
            into.write(piece)
        words = process.stderr.read().decode("utf-8", "replace").strip() if process.stderr else ""
    if process.returncode:
        raise StorageError(
            f"pg_dump failed: {words.splitlines()[-1] if words else process.returncode}"
        )


def restore(url: str, path: Path) -> Manifest:
    """Read a backup into an empty archive and prove it equal; raises StorageError, and then the archive is as empty as before."""
    try:
        with zipfile.ZipFile(path) as file:
            manifest = _manifest(file)
            _make_room(url)
            with file.open(_DUMP) as dump:
                _restore(url, dump)
    except (zipfile.BadZipFile, KeyError, EOFError) as error:
        migrate.migrate(url)
        raise StorageError(f"{path} is no whole backup: {error}") from error
    except StorageError:
        with contextlib.suppress(psycopg2.Error):
            migrate.migrate(url)
        raise
    with contextlib.closing(migrate.connect(url)) as connection, connection.cursor() as cursor:
        found = checksums(cursor)
    if different := sorted(
        name for name in {*found, *manifest.tables} if found.get(name) != manifest.tables.get(name)
    ):
        raise StorageError(
            f"{path}: restored, but not equal to what was backed up: {', '.join(different)}"
        )
    return manifest


def _manifest(file: zipfile.ZipFile) -> Manifest:
    try:
        said: dict[str, Any] = json.loads(file.read(_MANIFEST))
        manifest = Manifest(
            made_at=said["made_at"],
            schema=said["schema"],
            tables={name: (rows, text) for name, (rows, text) in said["tables"].items()},
        )
    except (ValueError, TypeError) as error:
        raise StorageError(f"{file.filename} is no backup of Khabar: {error}") from error
    newest = migrate.available_migrations()[-1][0]
    if manifest.schema > newest:
        raise StorageError(
            f"{file.filename} has schema {manifest.schema}, this Khabar knows {newest}: use a newer Khabar"
        )
    return manifest


def _make_room(url: str) -> None:
    """Drop the empty schema that is there; raises StorageError when it is not empty."""
    with (
        contextlib.closing(migrate.connect(url)) as connection,
        connection,
        connection.cursor() as cursor,
    ):
        cursor.execute(statement("housekeeping", "tables"))
        if cursor.rowcount:
            cursor.execute(statement("housekeeping", "has_rows"))
            if next(iter(cursor.fetchall()))[0]:
                raise StorageError(
                    "this archive is not empty; restore into a new one: name it in KHABAR_DATABASE_URL, or set another KHABAR_HOME"
                )
        cursor.execute(statement("housekeeping", "empty_schema"))


def _restore(url: str, dump: IO[bytes]) -> None:
    command = [
        str(binaries() / "pg_restore"),
        "--no-owner",
        "--no-privileges",
        "--exit-on-error",
        "--single-transaction",
        f"--dbname={parse_dsn(url).get('dbname', '')}",
    ]
    with subprocess.Popen(
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        env=program_environment(url),
    ) as process:
        assert process.stdin is not None  # noqa: S101  # it was asked for as a pipe
        with contextlib.suppress(BrokenPipeError):
            while piece := dump.read(_PIECE):
                process.stdin.write(piece)
        with contextlib.suppress(BrokenPipeError):
            process.stdin.close()
        words = process.stderr.read().decode("utf-8", "replace").strip() if process.stderr else ""
    if process.returncode:
        raise StorageError(
            f"pg_restore failed: {words.splitlines()[-1] if words else process.returncode}"
        )
