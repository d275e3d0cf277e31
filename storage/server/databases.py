"""Databases of a server: whether one answers, making one."""

import contextlib
from typing import TYPE_CHECKING
from urllib.parse import quote, urlsplit, urlunsplit

import psycopg2
from psycopg2 import sql

from storage.errors import StorageError
from storage.server.launch import Server
from storage.sql.statements import execute_on, fetch_one

if TYPE_CHECKING:
    from psycopg2.extensions import connection as Connection

_WAIT = 10  # seconds for a server to answer


def responds(url: str) -> bool:
    """Return whether a server lets us in at this URL."""
    try:
        psycopg2.connect(url, connect_timeout=5).close()
    except psycopg2.Error:
        return False

    return True


def ensure_database_beside(url: str, name: str) -> tuple[str, bool]:
    """Make a database beside the one of this URL if it is missing.

    Returns its URL, and whether it was made just now. Raises StorageError.
    """
    parts = urlsplit(url)
    address = urlunsplit(parts._replace(path=f"/{quote(name)}"))

    try:
        with contextlib.closing(psycopg2.connect(url, connect_timeout=_WAIT)) as connection:
            made = _ensure(connection, name)
    except psycopg2.Error as error:
        reason = " ".join(str(error).split())
        raise StorageError(
            f"the database {name!r} cannot be made on the archive's server: {reason}"
        ) from error

    return address, made


def create_database(server: Server, name: str) -> str:
    """Create a database if it is missing; return its URL."""
    with contextlib.closing(psycopg2.connect(server.url("postgres"))) as connection:
        _ensure(connection, name)

    return server.url(name)


def _ensure(connection: "Connection", name: str) -> bool:
    """Make a database if it is missing; return whether it was made.

    Two who make it at once both go on: the second finds it there.
    """
    connection.autocommit = True  # a database is not made inside a transaction
    with connection.cursor() as cursor:
        if fetch_one(cursor, "databases.find", name=name) is not None:
            return False

        try:
            execute_on(cursor, "databases.make", name=sql.Identifier(name))
        except (psycopg2.errors.DuplicateDatabase, psycopg2.errors.UniqueViolation):
            return False

    return True
