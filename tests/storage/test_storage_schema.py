from pathlib import Path

import psycopg2
import pytest

from storage import upkeep as postgres
from storage.archive import partitions
from storage.archive.archive import Archive
from storage.errors import StorageError
from storage.sql import migrate, schema

SCHEMA = Path(schema.__file__).with_name("schema.sql")


def test_schema_sql_equals_the_migrations(database_url):
    assert schema.dump_schema(database_url) == SCHEMA.read_text(encoding="utf-8"), (
        "run: khabar archive schema > storage/sql/schema.sql"
    )


def test_schema_sql_makes_the_same_archive(server):
    url = postgres.create_database(server, "from_schema_sql")
    with Archive(url).transaction() as cursor:
        cursor.execute(SCHEMA.read_text(encoding="utf-8"))
    assert schema.dump_schema(url) == SCHEMA.read_text(encoding="utf-8")


def test_every_table_column_and_function_is_described(database_url):
    with Archive(database_url).transaction() as cursor:
        cursor.execute("""
            select c.relname || coalesce('.' || a.attname, '') from pg_class c
            left join (select attrelid, attname, attnum from pg_attribute
                where attnum > 0 and not attisdropped
                union all select oid, null, 0 from pg_class) a on a.attrelid = c.oid
            left join pg_description d on d.objoid = c.oid and d.objsubid = a.attnum
                and d.classoid = 'pg_class'::regclass
            where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p', 'v')
                and not c.relispartition
                and c.relname <> 'schema_version' and coalesce(d.description, '') = ''
            union all
            select proname::text from pg_proc p left join pg_description d on d.objoid = p.oid
            where p.pronamespace = 'public'::regnamespace and coalesce(d.description, '') = ''
            order by 1""")
        assert [row[0] for row in cursor.fetchall()] == []


def test_migrating_twice_changes_nothing(database_url):
    assert migrate.migrate(database_url) == []


def test_an_archive_from_the_future_is_refused(database_url):
    with Archive(database_url).transaction() as cursor:
        cursor.execute("insert into schema_version (version, name) values (9999, 'future')")
    with pytest.raises(StorageError, match="use a newer Khabar"):
        migrate.migrate(database_url)


@pytest.mark.parametrize(
    "url",
    [
        "postgresql://nobody:wrong@127.0.0.1:1/none",
        "postgresql://khabar:secret-word@127.0.0.1:{port}/khabar_none",
        "postgresql://khabar:secret-word@127.0.0.1:{port}/postgres",
    ],
)
def test_a_wrong_url_is_one_sentence_without_the_password(server, url):
    with pytest.raises(StorageError, match="the database does not answer") as caught:
        Archive(url.format(port=server.port))
    assert "secret-word" not in str(caught.value)


def test_wrong_states_are_impossible(database_url):
    with Archive(database_url) as archive:
        for wrong in (
            "insert into outlets (name) values ('Not A Name')",
            "insert into article_urls (key, url, outlet_id, at, checked_at)"
            " values (gen_random_uuid(), 'http://x/', 1, now(), now())",
            "insert into revisions (article_id, number, seen_at, kind)"
            " values (1, 1, now(), 'edit')",
            "insert into runs (name, started_at, finished_at)"
            " values ('x', now(), now() - interval '1 day')",
        ):
            with pytest.raises(psycopg2.IntegrityError), archive.transaction() as cursor:
                cursor.execute(wrong)


@pytest.mark.parametrize(
    ("month", "name"),
    [
        ((1999, 12), "articles_before_2000"),
        ((2000, 1), "articles_2000_01"),
        ((2026, 11), "articles_2026_11"),
    ],
)
def test_partitions_have_a_month_in_their_name(month, name):
    assert partitions.name_of("articles", month) == name
    assert partitions.month_in(name) == (month if month >= (2000, 1) else None)


def test_months_follow_each_other():
    assert partitions.after((2026, 12)) == (2027, 1)
    assert partitions.after((2026, 1), -1) == (2025, 12)
