"""The application at its edges: no archive, a server that went away, what extraction left out."""

import asyncio
import json
from types import SimpleNamespace

import httpx
import pytest
from fastapi import Request

from pipeline import settings
from storage import StorageError
from ui import listings, pruned_blocks, tokens
from ui.app import create
from ui.archives import Archives
from ui.people import Person, Role


def settings_of(home, **variables: str):
    return settings.read({"KHABAR_HOME": str(home), **variables})


@pytest.fixture
def homeless(tmp_path):
    """Ask an application that has no archive."""

    async def login(request: Request) -> Person:
        del request
        return Person("analyst", Role.READER)

    read = settings_of(tmp_path, KHABAR_FEED_TOKEN="t")
    application = create(read, login=login, root="")
    transport = httpx.ASGITransport(app=application, raise_app_exceptions=False)

    async def answer(path: str) -> httpx.Response:
        headers = {"authorization": "Bearer t"}
        async with httpx.AsyncClient(transport=transport, base_url="http://khabar") as client:
            return await client.get(path, headers=headers)

    return lambda path: asyncio.run(answer(path))


def test_without_an_archive_a_page_says_what_is_missing(homeless):
    answer = homeless("/")
    assert answer.status_code == 503
    assert "KHABAR_DATABASE_URL" in answer.text


def test_without_an_archive_a_program_is_told_so_in_json(homeless):
    answer = homeless("/api/runs")
    assert answer.status_code == 503
    assert "KHABAR_DATABASE_URL" in answer.json()["error"]


def test_a_token_is_made_once_and_kept(tmp_path):
    read = settings_of(tmp_path)
    first = tokens.token(read)
    assert len(first) > 20
    assert tokens.token(read) == first


def test_connections_beyond_the_pool_are_closed(tmp_path, archive_url):
    archives = Archives(settings_of(tmp_path, KHABAR_DATABASE_URL=archive_url))
    lent = [archives.archive() for _ in range(6)]
    opened = [context.__enter__() for context in lent]
    for context in lent:
        context.__exit__(None, None, None)
    closed = [archive for archive in opened if archive.connection.closed]
    assert len(closed) == 2
    archives.close()
    assert all(archive.connection.closed for archive in opened)


def test_a_connection_whose_server_left_is_not_lent_again(tmp_path, archive_url):
    archives = Archives(settings_of(tmp_path, KHABAR_DATABASE_URL=archive_url))
    with archives.archive() as archive:
        first = archive
    first.connection.close()
    with archives.archive() as archive:
        assert archive is not first
    archives.close()


def test_a_surprise_throws_the_connection_away_and_an_expected_error_keeps_it(
    tmp_path, archive_url
):
    archives = Archives(settings_of(tmp_path, KHABAR_DATABASE_URL=archive_url))
    with pytest.raises(StorageError), archives.archive() as archive:
        raise StorageError("expected")
    assert not archive.connection.closed
    with pytest.raises(ZeroDivisionError), archives.archive() as archive:
        raise ZeroDivisionError
    assert archive.connection.closed
    archives.close()


@pytest.mark.parametrize("cursor", [None, "", "yesterday,5", "2026-03-01T00:00:00+00:00,x", "5"])
def test_a_cursor_that_is_none_opens_the_first_page(cursor):
    assert listings.read_cursor(cursor) is None


def test_a_cursor_holds_an_aware_time_and_an_id_that_the_database_can_hold():
    at, number = listings.read_cursor(f"2026-03-01T08:00:00,{10**30}")
    assert at.utcoffset().total_seconds() == 0
    assert number == 2**63 - 1


def run_with(home, *lines: str):
    """Return an article's row whose run folder holds these lines."""
    folder = home / "runs" / "2026-03-01T080000Z" / "caspian" / "bulletin"
    folder.mkdir(parents=True)
    (folder / "articles.jsonl").write_text("".join(line + "\n" for line in lines), "utf-8")
    return SimpleNamespace(run="2026-03-01T080000Z", outlet="bulletin", url="https://b.example/a")


def test_what_was_left_out_is_found_by_the_articles_own_address(tmp_path):
    pruned = [{"text": "Read also", "rule": "related", "confidence": 0.9}]
    row = run_with(
        tmp_path,
        json.dumps({"url": "https://b.example/z", "see": "https://b.example/a"}),
        json.dumps({"url": "https://b.example/a", "pruned": pruned}),
    )
    assert pruned_blocks.of(settings_of(tmp_path), row) == pruned


def test_a_run_folder_that_is_gone_or_broken_shows_nothing(tmp_path):
    row = run_with(tmp_path, '{"url": "https://b.example/a", ')
    assert pruned_blocks.of(settings_of(tmp_path), row) == []
    strange = SimpleNamespace(run="2020-01-01T000000Z", outlet="bulletin", url=row.url)
    assert pruned_blocks.of(settings_of(tmp_path), strange) == []
    other = SimpleNamespace(run=row.run, outlet="nobody", url=row.url)
    assert pruned_blocks.of(settings_of(tmp_path), other) == []
