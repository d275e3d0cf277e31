import csv
import json
from datetime import timedelta

import psycopg2
import pyarrow.parquet as pq
import pytest
from archivegen import BODY, HOUR, NOW, article, batch, gone

from news.crawl import Known
from storage import upkeep as postgres
from storage.archive import partitions
from storage.archive.archive import Archive
from storage.errors import StorageError
from storage.search import export
from storage.search.export import ExportFormat
from storage.server import backup as backups
from storage.upkeep import housekeeping
from storage.upkeep.forecasts import forecast


@pytest.fixture
def archive(database_url):
    with Archive(database_url) as opened:
        known = Known(
            outlet="one",
            url=article(1).url,
            address=article(1).url,
            first_seen=NOW,
            last_fetched=NOW,
            digest="d",
            next_check=NOW + HOUR,
        )
        opened.load(
            batch(
                *[article(number, authors=("Ə. Əliyev", "B")) for number in range(12)],
                known=(known,),
                profile="p",
            )
        )
        opened.load(
            batch(
                article(1, BODY.replace("Friday", "Monday"), seen=NOW + HOUR),
                gone(2, seen=NOW + HOUR),
                run="b",
            )
        )
        yield opened


def one(archive, query, *values):
    with archive.transaction() as cursor:
        cursor.execute(query, values)
        return cursor.fetchone()[0]


def test_a_forgotten_article_never_comes_back(archive):
    url = article(1).url
    assert housekeeping.forget_article(archive.connection, url, "owner asked")
    assert archive.article(url) is None
    assert [
        one(archive, f"select count(*) from {table}")  # noqa: S608  # two names of our own
        for table in ("revisions", "tombstones")
    ] == [1, 1]
    known = Known(
        outlet="one",
        url=url,
        address=url,
        first_seen=NOW,
        last_fetched=NOW + 2 * HOUR,
        digest="d2",
        next_check=NOW + 5 * HOUR,
    )
    report = archive.load(
        batch(article(1, seen=NOW + 2 * HOUR), article(99), run="again", known=(known,))
    )
    assert (report.total("new"), report.total("forgotten")) == (1, 1)
    assert archive.article(url) is None
    assert [item.next_check for item in archive.memory("one") if isinstance(item, Known)] == [None]
    with pytest.raises(StorageError, match="was removed from the archive"):
        archive.versions(url)
    assert not housekeeping.forget_article(archive.connection, url, "twice")


def test_retention_removes_what_is_older(archive):
    archive.load(
        batch(
            article(50, published=NOW - timedelta(days=40)),
            article(51, published=NOW - timedelta(days=20)),
            run="old",
        )
    )
    housekeeping.set_retention(archive.connection, "one", 30)
    assert housekeeping.apply_retention(archive.connection, NOW) == {"one": 1}
    assert archive.article(article(50).url) is None
    assert archive.article(article(51).url) is not None
    assert (
        one(archive, "select count(*) from articles")
        == one(archive, "select count(*) from article_urls")
        == 13
    )
    with pytest.raises(StorageError, match="no outlet"):
        housekeeping.set_retention(archive.connection, "nobody", 30)


def test_old_months_of_page_records_are_dropped(archive):
    assert partitions.existing(archive.connection, "pages") == ["pages_2026_11"]
    housekeeping.apply_retention(archive.connection, NOW + timedelta(days=500))
    assert partitions.existing(archive.connection, "pages") == []


def test_months_are_made_ahead(archive):
    made = housekeeping.prepare_months(archive.connection, NOW)
    assert {"articles_2026_12", "articles_2027_02", "pages_2027_01"} <= set(made)
    assert housekeeping.prepare_months(archive.connection, NOW) == []


def test_reindexing_gives_the_terms_that_loading_gave(archive):
    query = "select string_agg(id || ' ' || terms::text, E'\\n' order by id) from articles"
    before = one(archive, query)
    with archive.transaction() as cursor:
        cursor.execute("update articles set terms = '', analyser = 0 where id % 2 = 0")
    counts = []
    assert (
        housekeeping.reindex_terms(archive.connection, everything=False, progress=counts.append)
        == 6
    )
    assert one(archive, query) == before
    assert (
        housekeeping.reindex_terms(archive.connection, everything=False, progress=counts.append)
        == 0
    )
    assert (
        housekeeping.reindex_terms(archive.connection, everything=True, progress=counts.append)
        == 12
    )
    assert one(archive, query) == before


def test_reindexing_that_was_broken_off_goes_on_where_it_was(archive, monkeypatch):
    monkeypatch.setattr(housekeeping, "_AT_ONCE", 5)
    with archive.transaction() as cursor:
        cursor.execute("update articles set terms = '', analyser = 0")

    def stop(_):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        housekeeping.reindex_terms(archive.connection, everything=False, progress=stop)
    counts = []
    housekeeping.reindex_terms(archive.connection, everything=False, progress=counts.append)
    assert counts == [5, 7]
    assert archive.search("council", now=NOW).hits


def test_upkeep_runs_beside_open_readers(archive, database_url):
    with Archive(database_url) as reader:
        reader.search("council", now=NOW)
        seen = []
        housekeeping.tidy_tables(archive.connection, seen.append)
    assert "articles" in seen
    assert archive.search("council", now=NOW).hits


def test_the_forecast_follows_from_what_came(archive):
    found = forecast(archive.connection, NOW + timedelta(days=10), free=10**9)
    assert (found.articles, found.revisions) == (12, 2)
    assert found.articles_per_day == pytest.approx(1.2, rel=0.1)
    assert found.full_on > NOW
    assert forecast(archive.connection, NOW, free=None).full_on is None


def test_exports_hold_every_article(archive, tmp_path):
    counts = []
    for form in ExportFormat:
        assert (
            export.export_results(archive.walk(), tmp_path / f"all.{form}", form, counts.append)
            == 12
        )
    rows = [
        json.loads(line)
        for line in (tmp_path / "all.jsonl").read_text(encoding="utf-8").splitlines()
    ]
    with (tmp_path / "all.csv").open(encoding="utf-8-sig", newline="") as file:
        cells = list(csv.DictReader(file))
    table = pq.read_table(tmp_path / "all.parquet").to_pylist()
    assert (
        [row["url"] for row in rows]
        == [row["url"] for row in cells]
        == [row["url"] for row in table]
    )
    assert rows[0]["authors"] == table[0]["authors"] == ["Ə. Əliyev", "B"]
    assert cells[0]["authors"] == "Ə. Əliyev; B"
    assert table[0]["at"] == archive.article(rows[0]["url"]).at
    assert counts == [12, 12, 12]
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "all.csv",
        "all.jsonl",
        "all.parquet",
    ]


def test_a_spreadsheet_gets_no_formulas(archive, tmp_path):
    archive.load(batch(article(70, title="=HYPERLINK(1)", authors=("@x",)), run="c"))
    export.export_results(
        archive.walk("title:hyperlink"), tmp_path / "x.csv", ExportFormat.CSV, lambda _: None
    )
    with (tmp_path / "x.csv").open(encoding="utf-8-sig", newline="") as file:
        row = next(csv.DictReader(file))
    assert (row["title"], row["authors"]) == ("'=HYPERLINK(1)", "'@x")


def test_a_restored_backup_is_equal(archive, database_url, server, tmp_path):
    file = tmp_path / "all.khabar"
    made = backups.back_up(database_url, file, NOW)
    empty = postgres.create_database(server, "restored")
    restored = backups.restore(empty, file)
    assert restored == made
    assert restored.tables["articles"][0] == 12
    with Archive(empty) as copy:
        assert [version.body for version in copy.versions(article(1).url)] == [
            version.body for version in archive.versions(article(1).url)
        ]
        assert len(copy.search("council", now=NOW).hits) == 12
        assert copy.load(batch(article(100), run="new")).total("new") == 1
    with pytest.raises(StorageError, match="not empty"):
        backups.restore(empty, file)


def test_a_broken_backup_leaves_the_archive_empty(new_database, archive, database_url, tmp_path):
    file = tmp_path / "all.khabar"
    backups.back_up(database_url, file, NOW)
    data = bytearray(file.read_bytes())
    for place in range(len(data) // 3, len(data) // 3 + 200):
        data[place] ^= 0xFF
    file.write_bytes(data)
    empty = new_database()
    with pytest.raises(StorageError):
        backups.restore(empty, file)
    with Archive(empty) as copy:
        assert copy.load(batch(article(1))).total("new") == 1
    (tmp_path / "no.khabar").write_bytes(b"no zip")
    with pytest.raises(StorageError, match="no whole backup"):
        backups.restore(new_database(), tmp_path / "no.khabar")


def test_the_password_stands_on_no_command_line(database_url):
    with backups.program_environment(database_url) as said:
        assert said["PGPASSWORD"] == psycopg2.extensions.parse_dsn(database_url)["password"]
        assert "KHABAR" not in " ".join(said)
