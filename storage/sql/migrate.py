"""Forward-only migrations: storage/sql/migrations/NNNN_words.sql, each applied once, in order, in its own transaction."""

import contextlib
from pathlib import Path

import psycopg2

from storage.errors import StorageError

_FOLDER = Path(__file__).parent / "migrations"
_LOCK = 0x6B68616261  # "khaba": two migrators at once take turns


def available_migrations() -> list[tuple[int, Path]]:
    """Return the migrations in order."""
    found = sorted(
        (int(path.name.partition("_")[0]), path) for path in _FOLDER.glob("[0-9]*_*.sql")
    )
    if [number for number, _ in found] != list(range(1, len(found) + 1)):
        raise StorageError(f"{_FOLDER}: the migrations' numbers have a gap or a double")
    return found


def migrate(url: str, *, upto: int | None = None) -> list[str]:
    """Bring an archive up to date (or up to one version); return the names of what was applied."""
    applied = []
    with contextlib.closing(connect(url)) as connection, connection.cursor() as cursor:
        connection.autocommit = True
        cursor.execute("select pg_advisory_lock(%s)", (_LOCK,))
        cursor.execute(
            "create table if not exists schema_version (version int primary key, name text not null, applied_at timestamptz not null default now())"
        )
        cursor.execute("select coalesce(max(version), 0) from schema_version")
        row = cursor.fetchone()
        current = row[0] if row else 0
        newest = available_migrations()[-1][0] if available_migrations() else 0
        if current > newest:
            raise StorageError(
                f"the archive has schema {current}, this Khabar knows {newest}: use a newer Khabar"
            )
        for number, path in available_migrations():
            if current < number <= (upto or newest):
                cursor.execute("begin")
                cursor.execute(path.read_text(encoding="utf-8"))
                cursor.execute(
                    "insert into schema_version (version, name) values (%s, %s)",
                    (number, path.stem),
                )
                cursor.execute("commit")
                applied.append(path.stem)
    return applied


def connect(url: str) -> "psycopg2.extensions.connection":
    """Open a connection in UTC; a wrong URL or an absent server is one clear sentence, without the password."""
    try:
        connection = psycopg2.connect(
            url, connect_timeout=10, application_name="khabar", options="-c timezone=UTC"
        )
    except psycopg2.Error as error:
        parts = " ".join(str(error).split())
        raise StorageError(
            f"the database does not answer: {parts}. Is KHABAR_DATABASE_URL right, and the server running?"
        ) from error
    return connection
