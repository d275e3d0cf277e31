"""Named SQL statements out of storage/sql/queries/*.sql, and the ways to run them.

A statement begins with a line `-- name: words_and_underscores`; the comment lines under it say
in a sentence what it does. It is asked for by its file and name, such as "outbox.claim".
"""

import re
from collections.abc import Collection, Sequence
from dataclasses import fields
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from psycopg2 import sql
from psycopg2.extras import execute_values

from storage.sql.values import holdable

if TYPE_CHECKING:
    from psycopg2.extensions import cursor as Cursor

Row = tuple[Any, ...]
R = TypeVar("R")

_FOLDER = Path(__file__).parent / "queries"
_NAME = re.compile(r"^-- name: (\w+)\s*$", re.MULTILINE)
_PAGE = 1000  # rows of one statement of many


@cache
def statements(stem: str) -> dict[str, str]:
    """Return the statements of one file by name."""
    source = (_FOLDER / f"{stem}.sql").read_text(encoding="utf-8")
    _, *parts = _NAME.split(source)

    texts = {}
    for name, text in zip(parts[::2], parts[1::2], strict=True):
        texts[name] = text.strip()

    return texts


def statement(path: str) -> str:
    """Return the statement "file.name"."""
    stem, _, name = path.partition(".")
    return statements(stem)[name]


def execute(cursor: "Cursor", path: str, /, **values: Any) -> int:
    """Run a statement with its values; return how many rows it found or touched."""
    cursor.execute(statement(path), holdable(values))
    return cursor.rowcount


def execute_on(cursor: "Cursor", path: str, /, **names: sql.Composable) -> None:
    """Run a statement whose {places} are names of tables or literals, which cannot be values."""
    text = sql.SQL(statement(path))
    cursor.execute(text.format(**names))


def fetch_all(cursor: "Cursor", path: str, /, **values: Any) -> list[Any]:
    """Run a statement; return its rows, as the cursor makes them."""
    cursor.execute(statement(path), holdable(values))
    return cursor.fetchall()


def fetch_one(cursor: "Cursor", path: str, /, **values: Any) -> Any | None:
    """Run a statement; return its first row, as the cursor makes it, None when there is none."""
    cursor.execute(statement(path), holdable(values))
    return cursor.fetchone()


def fetch_value(cursor: "Cursor", path: str, /, **values: Any) -> Any | None:
    """Run a statement; return the first value of its first row, None when there is no row."""
    row = fetch_one(cursor, path, **values)
    return None if row is None else row[0]


def fetch_as(
    cursor: "Cursor",
    kind: type[R],
    path: str,
    /,
    hidden: Collection[str] = (),
    **values: Any,
) -> list[R]:
    """Run a statement; return its rows as a dataclass whose fields have the columns' names.

    A column without a field and a field without a column are errors, so that neither is lost
    quietly; but for the columns in `hidden`, which nobody shows.
    """
    rows = fetch_all(cursor, path, **values)
    columns = [column.name for column in cursor.description or ()]
    expected = [field.name for field in fields(kind)]  # type: ignore[arg-type]
    if sorted(columns) != sorted([*expected, *hidden]):
        raise TypeError(f"{path} has the columns {columns}, {kind.__name__} wants {expected}")

    shown = []
    for row in rows:
        by_name = dict(zip(columns, row, strict=True))
        shown.append(kind(**{name: by_name[name] for name in expected}))
    return shown


def execute_many(
    cursor: "Cursor",
    path: str,
    rows: Sequence[Row],
    template: str | None = None,
) -> None:
    """Run a statement of `values %s` over rows, however many; over none, nothing is run."""
    if rows:
        execute_values(cursor, statement(path), rows, template=template, page_size=_PAGE)


def fetch_many(
    cursor: "Cursor",
    path: str,
    rows: Sequence[Row],
    template: str | None = None,
) -> list[Row]:
    """Run a statement of `values %s` over rows; return what it returns of all of them."""
    if not rows:
        return []

    returned: list[Row] = execute_values(
        cursor,
        statement(path),
        rows,
        template=template,
        fetch=True,
        page_size=_PAGE,
    )

    return returned
