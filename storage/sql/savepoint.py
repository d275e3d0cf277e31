"""Work that may fail alone: one item of many, in a transaction that goes on without it."""

from collections.abc import Callable
from typing import TYPE_CHECKING

import psycopg2

from storage.sql.statements import execute

if TYPE_CHECKING:
    from psycopg2.extensions import cursor as Cursor

_LIMIT = "54"  # SQLSTATE's class "program limit exceeded": a value that no index or row can hold


def in_savepoint(cursor: "Cursor", work: Callable[[], object]) -> Exception | None:
    """Do some work in the caller's transaction; return the error that undid it, else None.

    Raises what the database itself suffers from.
    """
    execute(cursor, "savepoint.set")
    try:
        work()
    except Exception as error:
        if _is_of_database(error):
            raise

        execute(cursor, "savepoint.undo")
        return error

    execute(cursor, "savepoint.keep")

    return None


def _is_of_database(error: Exception) -> bool:
    """Return whether the database itself is away, full or stopped: no item's fault."""
    if isinstance(error, psycopg2.OperationalError):
        return not (error.pgcode or "").startswith(_LIMIT)

    return isinstance(error, psycopg2.InterfaceError)
