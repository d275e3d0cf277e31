import json

import pytest
from archivegen import BODY, HOUR, NOW, article, batch
from click.testing import CliRunner

from cli import archive, backup, diff, export, restore, search, sql
from news.query import QueryError
from storage.archive.archive import Archive
from storage.errors import StorageError


@pytest.fixture
def call(database_url, tmp_path, monkeypatch):
    """Call a command on an archive with three articles, the first of them edited."""
    monkeypatch.setenv("KHABAR_DATABASE_URL", database_url)
    monkeypatch.setenv("KHABAR_HOME", str(tmp_path))
    with Archive(database_url) as archive:
        archive.load(batch(article(1), article(2), article(3, title="Rain = falls")))
        archive.load(batch(article(1, BODY.replace("Friday", "Monday"), seen=NOW + HOUR), run="b"))

    def run(command, *arguments, **options):
        return CliRunner().invoke(
            command, [str(argument) for argument in arguments], catch_exceptions=False, **options
        )

    return run


def test_search_prints_what_matched(call):
    done = call(search.search, "monday")
    assert "Council meets 1  [edited 1x]" in done.stdout
    assert article(1).url in done.stdout
    rows = [
        json.loads(line) for line in call(search.search, "--json", "council").stdout.splitlines()
    ]
    assert [row["url"] for row in rows] == [article(number).url for number in (1, 2, 3)]
    assert "<b>council</b>" in rows[0]["snippet"]


def test_search_pages_by_cursor(call):
    first = call(search.search, "--limit", "2", "council")
    assert first.stdout.count("https://") == 2
    cursor = first.stderr.split()[-1]
    assert call(search.search, "council", "--after", cursor).stdout.count("https://") == 1
    with pytest.raises(StorageError, match="begin again"):
        call(search.search, "council", "--after", "nonsense")


def test_a_query_that_cannot_be_read_says_where(call):
    with pytest.raises(QueryError):
        call(search.search, "(council")


def test_facets(call):
    assert json.loads(call(search.search, "council", "--facets", "--json").stdout)["outlets"] == {
        "one": 3
    }


def test_diff_shows_the_change_and_any_moment(call):
    done = call(diff.diff, article(1).url)
    assert "edit, without a word of it" in done.stdout
    assert "-The council met in Baku on Friday." in done.stdout
    assert "+The council met in Baku on Monday." in done.stdout
    assert "Friday" in call(diff.diff, article(1).url, "--at", NOW.isoformat()).stdout
    assert "Monday" in call(diff.diff, article(1).url, "--at", (NOW + 2 * HOUR).isoformat()).stdout
    assert "never changed" in call(diff.diff, article(2).url).stdout
    with pytest.raises(StorageError, match="has no article"):
        call(diff.diff, "https://one.localhost/none")


def test_export_backup_restore_and_psql(call, tmp_path, new_database, monkeypatch):
    assert "3 articles" in call(export.export, tmp_path / "a.jsonl").stdout
    assert len((tmp_path / "a.jsonl").read_text(encoding="utf-8").splitlines()) == 3
    assert call(export.export, tmp_path / "a.doc").exit_code == 2
    assert "3 articles" in call(backup.backup, tmp_path / "b.khabar").stdout
    with pytest.raises(StorageError, match="not empty"):
        call(restore.restore, tmp_path / "b.khabar")
    monkeypatch.setenv("KHABAR_DATABASE_URL", new_database())
    assert "equal" in call(restore.restore, tmp_path / "b.khabar").stdout
    assert call(sql.sql, "-Atc", "select count(*) from readable").exit_code == 0
    assert call(sql.sql, "-c", "nonsense").exit_code != 0


def test_housekeeping(call):
    assert "schema" in call(archive.archive, "migrate").stdout
    assert "create table" in call(archive.archive, "schema").stdout.lower()
    assert "3 articles re-indexed" in call(archive.archive, "reindex", "--all").stdout
    assert (
        "one: 30 days"
        in call(archive.archive, "retention", "--outlet", "one", "--days", "30").stdout
    )
    assert json.loads(call(archive.archive, "forecast", "--json").stdout)["articles"] == 3
    assert "3 articles" in call(archive.archive, "forecast").stdout
    assert "will not come back" in call(archive.archive, "forget", article(2).url, "--yes").stdout
    assert call(archive.archive, "upkeep").exit_code == 0
