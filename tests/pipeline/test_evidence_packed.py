"""Packages made of a real archive: whole, named where something is missing, judged without it."""

import os
import subprocess
import sys
import zipfile
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

import pytest
from click.testing import CliRunner
from evidencehouse import EDIT, TOMORROW, URLS, sql

from cli.evidence import evidence
from evidence.errors import EvidenceError
from evidence.finding import Outcome
from evidence.package import COVER, MISSING, RECORDS
from evidence.verify import verify
from news.watch import Watch
from pipeline import forget, upkeep
from pipeline.evidence import days, packing
from pipeline.evidence.selection import Kind
from storage import Archive, alerts

NOW = datetime.now(UTC)


@pytest.fixture
def archive(house):
    with Archive(house.database_url) as opened:
        days.close_days(opened, house, TOMORROW)
        yield opened


def packed(house, what, path: Path, **given):
    return packing.export(house, what, path / "x.wacz", now=NOW, **given)


def outcomes(path: Path) -> dict[str, str]:
    with (path / "x.wacz").open("rb") as file:
        return {item.part: str(item.outcome) for item in verify(file)}


def members(path: Path) -> dict[str, str]:
    with zipfile.ZipFile(path / "x.wacz") as opened:
        names = [name for name in opened.namelist() if not name.endswith(".gz")]
        return {name: opened.read(name).decode() for name in names}


def test_an_edited_article_is_packed_with_both_pages_texts_and_the_difference(
    house, archive, tmp_path
):
    counts: list[int] = []
    done = packed(house, URLS[0], tmp_path, progress=counts.append)
    assert (done.articles, done.records, done.missing, done.left) == (1, 2, 0, 0)
    assert counts == [1, 2]
    assert outcomes(tmp_path) == {
        "members": "yes",
        "signature": "yes",
        "records": "yes",
        "proofs": "yes",
        "chain of days": "yes",
        "keys": "yes",
        "stamps (RFC 3161)": "not present",
        "stamps (OpenTimestamps)": "not present",
        "missing": "yes",
    }
    found = members(tmp_path)
    assert EDIT.strip() in found["texts/0001-v2.txt"]
    assert EDIT.strip() not in found["texts/0001-v1.txt"]
    assert EDIT.strip() in found["diffs/0001-v2.diff"]
    assert sql(house, "select reason from evidence_holds") == [("exported",)]


def test_before_its_day_is_signed_a_record_is_packed_without_a_proof(house, tmp_path):
    assert packed(house, URLS[1], tmp_path).records == 1
    assert outcomes(tmp_path)["proofs"] == "not present"


def test_a_story_a_watch_and_a_query_are_packed(house, archive, tmp_path):
    [(story,)] = sql(
        house,
        "select m.story_id from story_members m join article_urls u on u.id = m.article_id "
        "where u.url = %s and m.role = 'member'",
        URLS[0],
    )
    assert packed(house, str(story), tmp_path).articles >= 1
    assert packed(house, URLS[0], tmp_path, kind=Kind.STORY).articles >= 1
    assert packed(house, "outlet:kanar", tmp_path).articles == 3
    done = packed(house, "outlet:kanar", tmp_path, most=2)
    assert (done.articles, done.left) == (2, 1)
    with archive.transaction() as cursor:
        alerts.save_watch(cursor, Watch(name="kanar watch", query="x", recipients=("a@b.test",)))
    with pytest.raises(EvidenceError, match="names no article"):
        packed(house, "kanar watch", tmp_path)
    sql(
        house,
        "insert into matches (watch_id, story_id, kind, article_id, at) "
        "select w.id, %s, 'new', u.id, now() from watches w, article_urls u where u.url = %s",
        story,
        URLS[0],
    )
    assert packed(house, "kanar watch", tmp_path).articles == 1


def test_what_is_not_there_is_said_in_a_sentence(house, archive, tmp_path):
    for what, kind, said in (
        ("http://", Kind.ARTICLE, "is no address"),
        ("nobody", Kind.WATCH, "there is no watch"),
        ("https://x.example/none", Kind.STORY, "has no article"),
        ("999999", None, "names no article"),
    ):
        with pytest.raises(EvidenceError, match=said):
            packed(house, what, tmp_path, kind=kind)
    assert list(tmp_path.glob("*.wacz")) == []
    assert list(tmp_path.glob(".*.part")) == []


def aged(house) -> None:
    moment = (NOW - timedelta(days=50)).timestamp()
    for path in house.runs.glob("*/*/*/pages.warc.gz"):
        os.utime(path, (moment, moment))


def test_what_retention_took_is_named_and_what_it_kept_is_packed(house, archive, tmp_path):
    aged(house)
    upkeep.keep_pages(house, NOW)
    done = packed(house, "outlet:kanar", tmp_path)
    assert (done.articles, done.records, done.missing) == (3, 2, 2)
    assert outcomes(tmp_path)["missing"] == "not present"
    found = members(tmp_path)
    assert found[MISSING].count("pages are kept for 45 days") == 2
    assert all(url in found[MISSING] for url in URLS[1:])
    assert all(url in found[COVER] for url in URLS)
    with (tmp_path / "x.wacz").open("rb") as file:
        [said] = [item.sentence for item in verify(file) if item.part == "missing"]
    assert "2 of them stand in signed trees" in said


def test_a_forgotten_article_leaves_the_proof_that_something_was_received(house, archive, tmp_path):
    forget.forget(house, URLS[0], "asked for")
    done = packed(house, URLS[0], tmp_path)
    assert (done.records, done.missing) == (0, 2)
    assert members(tmp_path)[MISSING].count("at somebody's request") == 2
    assert Outcome.NO not in outcomes(tmp_path).values()
    assert sql(house, "select count(*) from evidence_holds") == [(0,)]


def test_a_version_from_before_the_house_noted_pages_is_named(house, archive, tmp_path):
    sql(house, "delete from evidence_records")
    assert packed(house, URLS[0], tmp_path).missing == 2
    assert "before this house noted" in members(tmp_path)[MISSING]


def test_nothing_is_packed_of_records_that_were_changed(house, archive, tmp_path):
    sql(house, "update evidence_records set status = 500")
    with pytest.raises(EvidenceError, match="are not those that were signed"):
        packed(house, URLS[0], tmp_path)


def test_a_changed_page_is_named_and_left_out(house, archive, tmp_path):
    for path in house.runs.glob("*/*/*/pages.warc.gz"):
        data = path.read_bytes()
        path.write_bytes(data[:600] + b"\0" * (len(data) - 600))
    done = packed(house, URLS[0], tmp_path)
    assert (done.records, done.missing) == (0, 2)
    assert "does not hold any more what was received" in members(tmp_path)[MISSING]


def khabar(house, monkeypatch, *words: str, check: int = 0) -> str:
    monkeypatch.setenv("KHABAR_HOME", str(house.home))
    monkeypatch.setenv("KHABAR_DATABASE_URL", house.database_url)
    done = CliRunner().invoke(evidence, words)
    assert done.exit_code == check, done.output
    return done.stdout


def test_the_commands_export_verify_show_the_key_and_check(house, archive, tmp_path, monkeypatch):
    tell = partial(khabar, house, monkeypatch)
    file = str(tmp_path / "story.wacz")
    said = tell("export", URLS[0], "-o", file)
    assert "1 articles, 2 records as received, 0 missing" in said
    shown = tell("key").splitlines()
    assert shown[1] == "-----BEGIN PUBLIC KEY-----"
    assert "NO" not in tell("verify", file, "--key", shown[0])
    assert "which is not SHA256:x" in tell("verify", file, "--key", "SHA256:x", check=1)
    assert "0 evidence faults" in tell("check", "--all")
    sql(house, "update evidence_records set status = 500")
    assert "NO  day" in tell("check", check=1)
    new = tell("key", "--new").splitlines()
    assert new[0] != shown[0]
    assert RECORDS in members_of(file)


def members_of(file: str) -> list[str]:
    with zipfile.ZipFile(file) as opened:
        return opened.namelist()


def test_a_package_is_verified_without_archive_home_or_settings(house, archive, tmp_path):
    packed(house, URLS[0], tmp_path)
    environment = {"PATH": "/usr/bin:/bin", "HOME": "/nonexistent"}
    code = (
        "import sys; from evidence.verify import verify; "
        "print([str(f.outcome) for f in verify(open(sys.argv[1], 'rb'))]); "
        "print([m for m in sys.modules if m.split('.')[0] in ('storage', 'pipeline')])"
    )
    command = [sys.executable, "-c", code, str(tmp_path / "x.wacz")]
    done = subprocess.run(
        command, env=environment, check=True, capture_output=True, text=True, cwd=Path.cwd()
    )
    first, second = done.stdout.splitlines()
    assert "no'" not in first.replace("'not", "")
    assert second == "[]"
