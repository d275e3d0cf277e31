"""A house with two archived runs, played once for a test process and copied for each test.

An article of three is edited in the second run, and gone in the third.
"""

import contextlib
import itertools
import os
import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path

import psycopg2
import pytest
from kept_runs import kept, pages, passed

from news.urls import canonical
from pipeline import settings
from pipeline.run.run_folder import RunFolder

NOW = datetime.now(UTC)
TOMORROW = NOW + timedelta(days=1)
PAGES = pages("broad", 3, 3)
URLS = [canonical(url) for url, _ in PAGES]
EDIT = " It was said that nobody had seen it there."
_NAME = f"evidence_{os.getpid()}"
_numbers = itertools.count()


def _database(server, name: str, template: str) -> str:
    with contextlib.closing(psycopg2.connect(server.url("postgres"))) as connection:
        connection.autocommit = True
        connection.cursor().execute(f'create database "{name}" template "{template}"')
    return server.url(name)


def _settings(home: Path, url: str) -> settings.Settings:
    return settings.read({"KHABAR_HOME": str(home), "KHABAR_DATABASE_URL": url})


@pytest.fixture(scope="session")
def played(server, template, tmp_path_factory) -> Path:
    """The home of the house that was played."""
    home = tmp_path_factory.mktemp("evidence") / "home"
    house = _settings(home, _database(server, _NAME, template))
    passed(house, kept(house, NOW - timedelta(hours=3), PAGES))
    url, html = PAGES[0]
    edited = html.replace("</p>", f"{EDIT}</p>")
    passed(house, kept(house, NOW - timedelta(hours=2), [(url, edited)]))
    # Midnight may have come since: the day of all is that of NOW.
    sql(house, "update evidence_files set noted_at = %s", NOW)
    return home


@pytest.fixture
def house(played, server, tmp_path):
    """A copy of it with an archive of its own."""
    home = tmp_path / "home"
    shutil.copytree(played, home)
    name = f"{_NAME}_{next(_numbers)}"
    yield _settings(home, _database(server, name, _NAME))
    with contextlib.closing(psycopg2.connect(server.url("postgres"))) as connection:
        connection.autocommit = True
        connection.cursor().execute(f'drop database "{name}" with (force)')


@pytest.fixture
def run(house) -> RunFolder:
    """The first of its runs."""
    return RunFolder(min(house.runs.iterdir()))


def sql(house, text, *values):
    """Run a statement on a house's archive; return its rows, or how many it touched."""
    with (
        contextlib.closing(psycopg2.connect(house.database_url)) as connection,
        connection,
        connection.cursor() as cursor,
    ):
        cursor.execute(text, values)
        return cursor.fetchall() if cursor.description else cursor.rowcount
