"""Backup and restore: PostgreSQL's own dump and the checksums of every table, in one file.

The dump and the checksums are taken of one snapshot; a restore counts and sums again and says
whether everything is equal. The file is a zip (stored, not compressed again): `archive.dump` in
pg_dump's custom format, then `manifest.json`.
"""

import contextlib
import json
import subprocess
import zipfile
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, NamedTuple

import psycopg2
from psycopg2 import sql
from psycopg2.extensions import parse_dsn

from storage.errors import StorageError
from storage.server.embedded import binaries
from storage.server.programs import program_environment
from storage.sql import migrate
from storage.sql.statements import execute, execute_on, fetch_all, fetch_value

if TYPE_CHECKING:
    from psycopg2.extensions import cursor as Cursor

_DUMP, _MANIFEST = "archive.dump", "manifest.json"
_PIECE = 1 << 20  # bytes handed on at a time


class TableSum(NamedTuple):
    """How many rows a table has, and a sum over their hashes."""

    rows: int
    checksum: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """What a backup says of itself."""

    made_at: str  # ISO 8601
    schema: int
    tables: dict[str, TableSum]


def checksums(cursor: "Cursor") -> dict[str, TableSum]:
    """Return how much every table holds, by name."""
    sums = {}
    for (table,) in fetch_all(cursor, "housekeeping.tables"):
        execute_on(cursor, "housekeeping.checksum", table=sql.Identifier(table))
        rows, checksum = cursor.fetchone() or (0, "")
        sums[table] = TableSum(rows, checksum)

    return sums


def back_up(url: str, path: Path, now: datetime) -> Manifest:
    """Write the archive into a file, which appears under its name when it is whole.

    Returns its manifest; `now` is aware. Raises StorageError.
    """
    temporary = path.with_name(f".{path.name}.part")
    try:
        manifest = _write(url, temporary, now)
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)

    return manifest


def _write(url: str, path: Path, now: datetime) -> Manifest:
    """Write dump and manifest of one snapshot."""
    with contextlib.closing(migrate.connect(url)) as connection, connection.cursor() as cursor:
        connection.set_session(isolation_level="REPEATABLE READ", readonly=True)
        snapshot = str(fetch_value(cursor, "housekeeping.snapshot"))
        with zipfile.ZipFile(path, "w", zipfile.ZIP_STORED, allowZip64=True) as file:
            with file.open(_DUMP, "w", force_zip64=True) as dump:
                _dump(url, snapshot, dump)

            manifest = Manifest(
                made_at=now.isoformat(),
                schema=fetch_value(cursor, "migrate.version") or 0,
                tables=checksums(cursor),
            )

            file.writestr(_MANIFEST, json.dumps(asdict(manifest), indent=1))

    return manifest


def _dump(url: str, snapshot: str, into: IO[bytes]) -> None:
    """Write pg_dump's output of a snapshot."""
    command = [
        str(binaries() / "pg_dump"),
        "--format=custom",
        "--compress=gzip:3",
        "--no-owner",
        "--no-privileges",
        f"--snapshot={snapshot}",
    ]

    with (
        program_environment(url) as environment,
        subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=environment,
        ) as process,
    ):
        assert process.stdout is not None  # noqa: S101  # it was asked for as a pipe
        while piece := process.stdout.read(_PIECE):
            into.write(piece)

        said = _said(process)

    if process.returncode:
        raise StorageError(f"pg_dump failed: {said or process.returncode}")


def _said(process: "subprocess.Popen[bytes]") -> str:
    """Return the last line that a program wrote to its standard error."""
    assert process.stderr is not None  # noqa: S101  # it was asked for as a pipe
    lines = process.stderr.read().decode("utf-8", "replace").strip().splitlines()

    return lines[-1] if lines else ""


def restore(url: str, path: Path) -> Manifest:
    """Read a backup into an empty archive and prove it equal.

    Raises StorageError, and then the archive is as empty as before.
    """
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
        restored = checksums(cursor)

    different = _different(restored, manifest.tables)
    if different:
        raise StorageError(
            f"{path}: restored, but not equal to what was backed up: {', '.join(different)}"
        )

    return manifest


def _different(one: dict[str, TableSum], other: dict[str, TableSum]) -> list[str]:
    """Return the tables that are not in both, or not equal."""
    names = sorted({*one, *other})
    return [name for name in names if one.get(name) != other.get(name)]


def _manifest(file: zipfile.ZipFile) -> Manifest:
    """Return the manifest of a backup that this Khabar can read. Raises StorageError."""
    try:
        said: dict[str, Any] = json.loads(file.read(_MANIFEST))
        tables = {name: TableSum(*sums) for name, sums in said["tables"].items()}

        manifest = Manifest(
            made_at=said["made_at"],
            schema=said["schema"],
            tables=tables,
        )
    except (ValueError, TypeError, AttributeError) as error:
        raise StorageError(f"{file.filename} is no backup of Khabar: {error}") from error

    newest = migrate.newest_schema()
    if manifest.schema > newest:
        raise StorageError(
            f"{file.filename} has schema {manifest.schema}, this Khabar knows {newest}:"
            " use a newer Khabar"
        )

    return manifest


def _make_room(url: str) -> None:
    """Drop the empty schema that is there; raises StorageError when it is not empty."""
    with (
        contextlib.closing(migrate.connect(url)) as connection,
        connection,
        connection.cursor() as cursor,
    ):
        has_tables = bool(fetch_all(cursor, "housekeeping.tables"))

        if has_tables and fetch_value(cursor, "housekeeping.has_rows"):
            raise StorageError(
                "this archive is not empty; restore into a new one:"
                " name it in KHABAR_DATABASE_URL, or set another KHABAR_HOME"
            )

        execute(cursor, "housekeeping.empty_schema")


def _restore(url: str, dump: IO[bytes]) -> None:
    """Hand a dump to pg_restore, in one transaction."""
    command = [
        str(binaries() / "pg_restore"),
        "--no-owner",
        "--no-privileges",
        "--exit-on-error",
        "--single-transaction",
        f"--dbname={parse_dsn(url).get('dbname', '')}",
    ]

    with (
        program_environment(url) as environment,
        subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            env=environment,
        ) as process,
    ):
        assert process.stdin is not None  # noqa: S101  # it was asked for as a pipe
        # A program that has given up says why on its standard error.
        with contextlib.suppress(BrokenPipeError):
            while piece := dump.read(_PIECE):
                process.stdin.write(piece)

        with contextlib.suppress(BrokenPipeError):
            process.stdin.close()

        said = _said(process)

    if process.returncode:
        raise StorageError(f"pg_restore failed: {said or process.returncode}")
