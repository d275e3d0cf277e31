"""SQL in files: every statement has a name and a sentence, and somebody who runs it."""

import ast
import contextlib
import re
from dataclasses import dataclass, fields
from itertools import takewhile
from pathlib import Path

import psycopg2
import pytest

from storage.archive import article_row
from storage.archive.article_row import ArticleRow
from storage.pages.rows import HIDDEN, ArticlePage
from storage.sql.statements import execute_many, fetch_as, fetch_many, fetch_value, statements

ROOM = Path(__file__).resolve().parents[2] / "storage"
QUERIES = ROOM / "sql" / "queries"
# Set by the database or by later revisions, not by a page that was read.
MANAGED = {"id", "run_id", "revision", "edits", "deleted_at"}


def written() -> set[str]:
    """Every statement that is written down, as file.name."""
    return {
        f"{path.stem}.{name}" for path in QUERIES.glob("*.sql") for name in statements(path.stem)
    }


def named() -> set[str]:
    """Every text in the room's code that reads as a statement's file and name."""
    texts = set()
    for path in ROOM.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                texts.add(node.value)
    stems = {path.stem for path in QUERIES.glob("*.sql")}
    return {
        text for text in texts if re.fullmatch(r"\w+\.\w+", text) and text.split(".")[0] in stems
    }


def test_every_statement_is_run_by_somebody_and_none_is_missing():
    assert written() == named()


@pytest.mark.parametrize("path", sorted(QUERIES.glob("*.sql")), ids=lambda path: path.stem)
def test_every_statement_has_a_sentence_under_its_name(path):
    for name, text in statements(path.stem).items():
        lines = list(takewhile(lambda line: line.startswith("-- "), text.splitlines()))
        assert lines, name
        assert lines[-1].endswith("."), name


def test_no_statement_stands_in_the_code():
    words = re.compile(r"^\s*(select|insert|update|delete|create|drop|alter)\s+\w")
    for path in ROOM.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                assert not words.match(node.value), (path, node.value)


@pytest.fixture
def cursor(database_url):
    with contextlib.closing(psycopg2.connect(database_url)) as connection:
        yield connection.cursor()


def columns(cursor, table: str) -> set[str]:
    cursor.execute(
        "select column_name from information_schema.columns where table_name = %s", (table,)
    )
    return {name for (name,) in cursor.fetchall()}


def test_a_load_writes_every_column_of_an_article(cursor):
    sent = {column.name for column in fields(ArticleRow)}
    assert sent | MANAGED == columns(cursor, "articles")
    assert set(article_row.NEW) == sent | {"id", "run_id"}


def test_a_changed_article_has_every_column_written_anew(cursor):
    sent = {column.name for column in fields(ArticleRow)}
    assert set(article_row.CHANGING) == sent - {"outlet_id", "first_seen_at", "terms"}
    cursor.execute(statements("load")["stage_articles"])
    assert set(article_row.STAGED) <= columns(cursor, "staged_articles")


def test_an_articles_page_shows_every_column_that_is_not_hidden(cursor):
    shown = {field.name for field in fields(ArticlePage)}
    assert columns(cursor, "articles") - shown == HIDDEN


@dataclass(frozen=True, kw_only=True)
class One:
    """A row of one column."""

    version: int


@dataclass(frozen=True, kw_only=True)
class Other:
    """A row of another column."""

    number: int


def test_a_row_has_the_columns_of_its_class_and_no_others(cursor):
    cursor.execute("create temporary table kept (version int)")
    cursor.execute("insert into kept values (3)")
    with pytest.raises(TypeError, match="version"):
        fetch_as(cursor, Other, "migrate.version")
    with pytest.raises(TypeError, match="coalesce"):
        fetch_as(cursor, One, "migrate.version")


def test_over_no_rows_nothing_is_run(cursor):
    execute_many(cursor, "stories.add_edges", [])
    assert fetch_many(cursor, "matches.save", []) == []
    assert cursor.query is None


def test_no_row_is_no_value(cursor):
    assert fetch_value(cursor, "memory.outlet_number", name="nobody") is None
