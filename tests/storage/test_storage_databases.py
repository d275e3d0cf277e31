"""Databases of a server: whether one answers, and making one beside another."""

import threading
from urllib.parse import urlsplit

import psycopg2
import pytest

from storage import Archive, StorageError, upkeep


def test_a_server_responds_to_its_own_url_alone(database_url):
    assert upkeep.responds(database_url)
    assert not upkeep.responds(f"{database_url}_not_there")
    assert not upkeep.responds("postgresql://nobody@127.0.0.1:1/x?connect_timeout=2")


def test_a_database_is_made_beside_another_once(server, database_url):
    url, made = upkeep.ensure_database_beside(database_url, "beside it")
    assert made
    assert urlsplit(url).path == "/beside%20it"
    assert upkeep.responds(url)
    assert upkeep.ensure_database_beside(database_url, "beside it") == (url, False)
    assert upkeep.create_database(server, "beside it").endswith("/beside it")


def test_two_who_make_one_database_at_once_both_go_on(server, database_url):
    failed = []

    def make():
        try:
            upkeep.ensure_database_beside(database_url, "raced")
        except StorageError as error:
            failed.append(error)

    makers = [threading.Thread(target=make) for _ in range(6)]
    for maker in makers:
        maker.start()
    for maker in makers:
        maker.join()
    assert failed == []


def test_a_database_that_cannot_be_made_is_one_sentence(database_url):
    with psycopg2.connect(database_url) as connection:
        connection.cursor().execute("create role poor login password 'poor'")
    parts = urlsplit(database_url)
    poor = parts._replace(netloc=f"poor:poor@{parts.hostname}:{parts.port}").geturl()
    with pytest.raises(StorageError, match="cannot be made on the archive's server"):
        upkeep.ensure_database_beside(poor, "never")
    with psycopg2.connect(database_url) as connection:
        connection.cursor().execute("drop role poor")


def test_an_archive_of_a_newer_khabar_is_left_alone(database_url):
    with Archive(database_url) as archive, archive.transaction() as cursor:
        cursor.execute("insert into schema_version (version, name) values (9999, 'future')")
    with pytest.raises(StorageError, match="use a newer Khabar"):
        upkeep.migrate(database_url)


def test_migrations_that_are_not_in_one_row_are_refused(tmp_path, monkeypatch):
    from storage.sql import migrate

    (tmp_path / "0001_a.sql").write_text("select 1")
    (tmp_path / "0003_c.sql").write_text("select 1")
    monkeypatch.setattr(migrate, "_FOLDER", tmp_path)
    with pytest.raises(StorageError, match="a gap or a double"):
        migrate.available_migrations()


def test_an_absent_server_is_one_sentence_without_the_password():
    with pytest.raises(StorageError, match="does not answer") as caught:
        Archive("postgresql://ana:secret@127.0.0.1:1/khabar")
    assert "secret" not in str(caught.value)
