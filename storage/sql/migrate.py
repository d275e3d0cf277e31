"""Forward-only migrations: storage/sql/migrations/NNNN_words.sql.

Each is applied once, in order, in its own transaction.
"""

import contextlib
from pathlib import Path
from typing import TYPE_CHECKING

import psycopg2

from storage.errors import StorageError
from storage.sql.statements import execute, fetch_value

if TYPE_CHECKING:
    from psycopg2.extensions import connection as Connection
    from psycopg2.extensions import cursor as Cursor

_FOLDER = Path(__file__).parent / "migrations"
_LOCK = 0x6B68616261  # "khaba": two migrators at once take turns
_WAIT = 10  # seconds for a server to answer


def available_migrations() -> list[tuple[int, Path]]:
    """Return the migrations in order: (number, file)."""
    migrations = []
    for path in _FOLDER.glob("[0-9]*_*.sql"):
        number, _, _ = path.name.partition("_")
        migrations.append((int(number), path))

    migrations.sort()

    numbers = [number for number, _ in migrations]
    if numbers != list(range(1, len(numbers) + 1)):
        raise StorageError(f"{_FOLDER}: the migrations' numbers have a gap or a double")

    return migrations


def newest_schema() -> int:
    """Return the number of the schema that this Khabar makes."""
    return available_migrations()[-1][0]


def migrate(url: str, *, upto: int | None = None) -> list[str]:
    """Bring an archive up to date (or up to one version); return the names of what was applied."""
    newest = newest_schema()
    applied = []

    with contextlib.closing(connect(url)) as connection, connection.cursor() as cursor:
        connection.autocommit = True
        execute(cursor, "migrate.lock", lock=_LOCK)
        execute(cursor, "migrate.make_versions")
        current = fetch_value(cursor, "migrate.version") or 0

        if current > newest:
            raise StorageError(
                f"the archive has schema {current}, this Khabar knows {newest}: use a newer Khabar"
            )

        for number, path in available_migrations():
            if current < number <= (upto or newest):
                _apply(cursor, number, path)
                applied.append(path.stem)

    return applied


def _apply(cursor: "Cursor", number: int, path: Path) -> None:
    """Apply one migration and note it, in one transaction."""
    execute(cursor, "migrate.begin")
    cursor.execute(path.read_text(encoding="utf-8"))
    execute(cursor, "migrate.note", number=number, name=path.stem)
    execute(cursor, "migrate.commit")


def connect(url: str) -> "Connection":
    """Open a connection in UTC.

    A wrong URL or an absent server is one clear sentence (StorageError), without the password.
    The zone is set by a statement: a pooler such as pgbouncer refuses it among the options.
    """
    try:
        connection = psycopg2.connect(url, connect_timeout=_WAIT, application_name="khabar")
        with connection, connection.cursor() as cursor:
            execute(cursor, "migrate.use_utc")
    except psycopg2.Error as error:
        reason = " ".join(str(error).split())
        raise StorageError(
            f"the database does not answer: {reason}."
            " Is KHABAR_DATABASE_URL right, and the server running?"
        ) from error

    return connection
