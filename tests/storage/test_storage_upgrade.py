"""Every archive that a release could have left is taken on, and nothing of it is lost.

Those archives lie in schemas/.
"""

import re
from pathlib import Path

import pytest

from storage import upkeep as postgres
from storage.archive.archive import Archive
from storage.server import backup as backups
from storage.sql import migrate, schema
from storage.upkeep.housekeeping import reindex_terms

ROOT = Path(__file__).resolve().parents[2]
KEPT = sorted(Path(__file__).with_name("schemas").glob("*.sql"))
DIFFERS = (
    "a released schema is changed by a new migration only"
    " (before the first release: python -P tests/storage/schemas/keep.py)"
)


def columns(cursor):
    """Return table -> its columns, partitions and the list of migrations left out."""
    cursor.execute("""
        select c.relname, array_agg(a.attname::text order by a.attnum) from pg_class c
        join pg_attribute a on a.attrelid = c.oid
        where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p')
        and not c.relispartition and c.relname <> 'schema_version'
            and a.attnum > 0 and not a.attisdropped group by 1""")
    return dict(cursor.fetchall())


def contents(cursor, of):
    """Return every row of those columns as text."""
    found = {}
    for table, names in of.items():
        cursor.execute(f"select ({', '.join(names)})::text from {table} order by 1")  # noqa: S608 - names of the catalogue
        found[table] = [row[0] for row in cursor.fetchall()]
    return found


def test_every_release_has_its_archive_here():
    released = re.findall(
        r"^## (\d+\.\d+\.\d+) (?!\(unreleased\))",
        (ROOT / "CHANGELOG.md").read_text(encoding="utf-8"),
        re.MULTILINE,
    )
    assert set(released) <= {file.stem for file in KEPT}
    assert KEPT


@pytest.mark.parametrize("file", KEPT, ids=lambda file: file.stem)
def test_a_released_archive_is_taken_on_without_loss(server, file, tmp_path, new_database):
    url = postgres.create_database(server, f"released_{file.stem}")
    with Archive(url).transaction() as cursor:
        cursor.execute(file.read_text(encoding="utf-8"))
    with Archive(url).transaction() as cursor:
        there = columns(cursor)
        before = contents(cursor, there)
    assert sum(map(bool, before.values())) >= 25, "hardly anything in it"
    migrate.migrate(url)
    with Archive(url).transaction() as cursor:
        assert contents(cursor, there) == before
    assert schema.dump_schema(url) == Path(schema.__file__).with_name("schema.sql").read_text(
        encoding="utf-8"
    ), DIFFERS
    with Archive(url) as archive:
        hits = list(archive.walk())
        assert len(hits) == len(before["articles"])
        assert all(len(archive.versions(hit.url)) == hit.revision for hit in hits)
        assert reindex_terms(archive.connection, everything=True, progress=lambda _: None) == len(
            hits
        )
    made = backups.back_up(url, tmp_path / "all.khabar", hits[0].at)
    assert made.tables["match_queue"][0] > 0
    assert (
        backups.restore(
            postgres.create_database(server, f"restored_{file.stem}"), tmp_path / "all.khabar"
        )
        == made
    )
