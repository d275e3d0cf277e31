"""What was received is noted, signed, kept and checked: on real runs and a real archive."""

import os
from datetime import UTC, datetime, timedelta
from io import BytesIO

import pytest
from evidencehouse import NOW, PAGES, TOMORROW, URLS, sql

from evidence.errors import EvidenceError
from evidence.exchanges import exchanges
from evidence.head import SignedHead
from evidence.leaf import address_of
from evidence.signing import fingerprint
from evidence.tree import Tree, split
from pipeline import forget, stages, upkeep
from pipeline.evidence import check, days, keys, nightly, noting, rescue
from storage import Archive
from storage import evidence as stored


@pytest.fixture
def archive(house):
    with Archive(house.database_url) as opened:
        yield opened


def warc_of(run):
    [folder] = run.outlets()
    return folder.pages


def test_a_load_notes_what_was_received_and_once(house, archive, run):
    assert sql(house, "select records, damage from evidence_files order by id") == [
        (3, ""),
        (1, ""),
    ]
    found = list(exchanges(BytesIO(warc_of(run).read_bytes())))
    rows = sql(house, "select digest, at_byte, bytes from evidence_records where file_id = 1")
    assert [(bytes(digest), at, size) for digest, at, size in rows] == [
        (item.leaf.digest, item.offset, item.length) for item in found
    ]
    stages.load(house, run.name)
    assert noting.note_missed(archive, house) == 0
    assert sql(house, "select count(*) from evidence_records") == [(4,)]


def test_what_an_earlier_khabar_loaded_is_noted_by_housekeeping(house, archive, run):
    sql(house, "truncate evidence_files, evidence_records, evidence_copies")
    assert noting.note_missed(archive, house) == 4
    assert run.is_done


def test_a_file_that_breaks_off_is_noted_as_far_as_it_goes(house, archive, run):
    sql(house, "truncate evidence_files, evidence_records, evidence_copies")
    path = warc_of(run)
    path.write_bytes(path.read_bytes()[:-20])
    assert noting.note_missed(archive, house) == 3
    assert "cut short" in sql(house, "select damage from evidence_files where id = 1 or true")[0][0]


def test_a_day_is_signed_when_it_is_over_and_every_day_follows_the_last(house, archive, run):
    assert days.close_days(archive, house, NOW) == 0
    assert days.close_days(archive, house, TOMORROW + timedelta(days=2)) == 3
    assert days.close_days(archive, house, TOMORROW + timedelta(days=2)) == 0
    with archive.transaction() as cursor:
        heads = [SignedHead.parsed(text.encode()) for text in stored.heads(cursor)]
        joined = stored.day_leaves(cursor, heads[0].head.day)
    assert [head.head.count for head in heads] == [4, 0, 0]
    assert Tree(split(joined)).root == heads[0].head.root
    assert days.listed_heads(house) == heads
    assert (keys.key_file(house).stat().st_mode & 0o777) == 0o600
    assert check.check(archive, house, TOMORROW, everything=True) == {}
    assert run.is_done


def test_without_anything_received_no_day_begins(house, archive):
    sql(house, "truncate evidence_files, evidence_records, evidence_copies")
    assert days.close_days(archive, house, TOMORROW) == 0
    assert not keys.key_file(house).exists()


def test_what_comes_late_stands_in_a_later_day(house, archive, run):
    days.close_days(archive, house, TOMORROW)
    path = warc_of(run)
    other = path.with_name("other")
    other.mkdir()
    (other / "pages.warc.gz").write_bytes(path.read_bytes())
    assert noting.note_file(archive, house, other / "pages.warc.gz") == 3
    days.close_days(archive, house, TOMORROW + timedelta(days=1))
    assert sql(house, "select count(distinct day) from evidence_files where day is not null") == [
        (2,)
    ]
    assert check.check(archive, house, TOMORROW, everything=True) == {}


@pytest.fixture
def signed(house, archive, run):
    """Three signed days, the first with records."""
    days.close_days(archive, house, TOMORROW + timedelta(days=2))
    assert check.check(archive, house, TOMORROW, everything=True) == {}
    return run


def faults(house, archive) -> str:
    found = check.check(archive, house, TOMORROW, everything=True)
    with archive.transaction() as cursor:
        assert {fault.subject: fault.said for fault in stored.faults(cursor)} == found
    return "; ".join(f"{subject}: {said}" for subject, said in found.items())


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("update evidence_records set digest = sha256('x') where place = 1", "not those that were"),
        ("update evidence_records set status = 404 where place = 0", "not those that were"),
        ("update evidence_records set fetched_at = now() where place = 0", "not those that were"),
        ("delete from evidence_records where place = 2", "not those that were"),
        ("update evidence_files set day = null, first_leaf = null where id = 2", "were signed"),
        ("update evidence_files set first_leaf = 1 where id = 1", "another place of the tree"),
        (
            "insert into evidence_records select file_id, 9, at_byte, bytes, fetched_at, key, "
            "status, revisit, digest from evidence_records where file_id = 1 and place = 0",
            "not those that were",
        ),
        ("update evidence_days set leaves = ''", "do not make the root"),
        ("update evidence_days set leaves = substr(leaves, 1, 32) where leaves <> ''", "the root"),
        ("update evidence_days set head = replace(head, 'count 4', 'count 5')", "its signature"),
        ("delete from evidence_days where day = (select min(day) from evidence_days)", "missing"),
        (
            "delete from evidence_days where day = (select min(day) + 1 from evidence_days)",
            "a day is missing",
        ),
        (
            "delete from evidence_days where day = (select max(day) from evidence_days)",
            "and the archive has not",
        ),
        ("update evidence_keys set statement = replace(statement, 'none', '00')", "key"),
        ("delete from evidence_keys", "never stated"),
        (
            "update evidence_days d set head = e.head from evidence_days e where e.day = d.day + 1",
            "its row holds the head of",
        ),
    ],
)
def test_an_archive_edited_by_hand_is_told_of(house, archive, signed, text, said):
    assert sql(house, text)
    assert said in faults(house, archive)
    assert signed.is_done


def test_a_root_replaced_and_signed_anew_with_the_houses_own_key_is_told_of(house, archive, signed):
    from evidence.head import sign_head

    key = keys.house_key(archive, house, NOW)
    with archive.transaction() as cursor:
        last = days.last_head(cursor)
    head = last.head
    again = sign_head(key, head.day, bytes(32), 0, previous=head.previous, now=NOW)
    text = again.text.decode()
    sql(house, "update evidence_days set head = %s where day = %s", text, head.day)
    assert "the archive has another head of it" in faults(house, archive)
    assert signed.is_done


def test_a_warc_that_was_cut_changed_or_is_gone_is_told_of(house, archive, signed):
    path = warc_of(signed)
    whole = path.read_bytes()
    path.write_bytes(whole[:-1])
    assert f"it has {len(whole) - 1} bytes, and had {len(whole)}" in faults(house, archive)
    bent = bytearray(whole)
    bent[len(whole) // 2] ^= 1
    path.write_bytes(bytes(bent))
    assert "records are not what was received" in faults(house, archive)
    path.write_bytes(whole)
    assert faults(house, archive) == ""
    path.unlink()
    assert "no retention has removed them: runs/" in faults(house, archive)
    assert check.accept_gone(archive, house, NOW) == 1
    assert faults(house, archive) == ""


def test_a_changed_byte_is_found_within_a_week_of_nights(house, archive, signed):
    path = warc_of(signed)
    bent = bytearray(path.read_bytes())
    bent[len(bent) // 2] ^= 1
    path.write_bytes(bytes(bent))
    nights = [TOMORROW + timedelta(days=number) for number in range(7)]
    assert sum(bool(check.check(archive, house, night)) for night in nights) == 1


def test_a_key_that_is_gone_readable_or_another_is_told_of_and_nothing_is_signed(
    house, archive, signed
):
    path = keys.key_file(house)
    text = path.read_text()
    path.chmod(0o644)
    assert "can be read by others" in faults(house, archive)
    path.unlink()
    assert "cannot be read" in faults(house, archive)
    later = TOMORROW + timedelta(days=9)
    assert nightly.keep_evidence(house, later)["days_signed"] == 0
    keys._write(path, keys.new_key())
    assert "is not the key" in faults(house, archive)
    with pytest.raises(EvidenceError, match="khabar evidence key --new"):
        days.close_days(archive, house, later)
    path.write_text(text)
    assert faults(house, archive) == ""
    assert nightly.keep_evidence(house, later)["days_signed"] > 0
    assert signed.is_done


def test_a_new_key_is_vouched_for_by_the_old_one_and_signs_from_then_on(house, archive, signed):
    old = keys.house_key(archive, house, NOW)
    stated = keys.begin_key(archive, house, NOW)
    assert stated.by_previous
    assert stated.previous == old.public
    days.close_days(archive, house, TOMORROW + timedelta(days=3))
    assert faults(house, archive) == ""
    assert len(list(keys.key_file(house).parent.glob("evidence-key.pem.until-*"))) == 1
    assert signed.is_done


def test_after_a_lost_key_the_break_is_told_for_ever(house, archive, signed):
    keys.key_file(house).unlink()
    stated = keys.begin_key(archive, house, NOW)
    name = fingerprint(stated.public)
    assert f"the key {name} is not vouched for by the key before it" in faults(house, archive)
    assert signed.is_done


def test_an_archive_older_than_its_list_of_heads_signs_no_day_twice(house, archive, signed):
    sql(house, "delete from evidence_days where day > (select min(day) from evidence_days)")
    with pytest.raises(EvidenceError, match="2 days were signed that the archive does not have"):
        days.close_days(archive, house, TOMORROW + timedelta(days=3))
    assert signed.is_done


def test_a_damaged_list_of_heads_is_told_and_written_anew_once_it_is_put_aside(
    house, archive, signed
):
    path = days.heads_file(house)
    whole = path.read_bytes()
    path.write_bytes(whole[:-40])
    assert str(path) in faults(house, archive)
    with pytest.raises(EvidenceError):
        days.close_days(archive, house, TOMORROW + timedelta(days=3))
    path.rename(path.with_name("heads.damaged.txt"))
    days.close_days(archive, house, TOMORROW + timedelta(days=3))
    assert path.read_bytes().startswith(whole)
    assert faults(house, archive) == ""


def aged(path, days_old: float) -> None:
    moment = (datetime.now(UTC) - timedelta(days=days_old)).timestamp()
    os.utime(path, (moment, moment))


def test_records_of_an_edited_article_outlive_retention_and_the_others_do_not(
    house, archive, signed
):
    path = warc_of(signed)
    url, other_url, _ = URLS
    aged(path, 50)
    done = upkeep.keep_pages(house, datetime.now(UTC))
    assert done["files_removed"] == 1
    assert 0 < done["bytes_copied"] < done["bytes_freed"]
    assert not path.exists()
    with archive.transaction() as cursor:
        found = stored.records_of(cursor, [address_of(url)])
        other = stored.records_of(cursor, [address_of(other_url)])
    assert [record.path[:5] for record in found] == ["kept/", "runs/"]
    assert [record.path for record in other] == [""]
    [copy] = rescue.kept_folder(house).iterdir()
    assert [item.page for item in exchanges(BytesIO(copy.read_bytes()))] == [url]
    assert faults(house, archive) == ""
    assert upkeep.keep_pages(house, datetime.now(UTC))["bytes_copied"] == 0
    bent = bytearray(copy.read_bytes())
    bent[-30] ^= 1
    copy.write_bytes(bytes(bent))
    assert "records are not what was received" in faults(house, archive)


def test_what_is_held_or_matched_outlives_retention_too(house, archive, signed):
    path = warc_of(signed)
    urls = URLS
    with archive.transaction() as cursor:
        stored.hold(cursor, address_of(urls[1]), "exported")
        stored.hold(cursor, address_of(urls[1]), "exported")
    sql(house, "insert into watches (name, query) values ('w', 'x')")
    sql(
        house,
        "insert into matches (watch_id, story_id, kind, article_id, at) "
        "select w.id, m.story_id, 'new', u.id, now() from watches w, article_urls u "
        "join story_members m on m.article_id = u.id where u.url = %s and m.role = 'member'",
        urls[2],
    )
    aged(path, 50)
    upkeep.keep_pages(house, datetime.now(UTC))
    [copy] = rescue.kept_folder(house).iterdir()
    assert [item.page for item in exchanges(BytesIO(copy.read_bytes()))] == urls


def test_what_somebody_has_starred_outlives_retention(house, archive, signed):
    sql(house, "insert into people (name) values ('nina')")
    sql(
        house,
        "insert into story_marks (person, story_id, starred_at) select 'nina', m.story_id, now() "
        "from article_urls u join story_members m on m.article_id = u.id where u.url = %s",
        URLS[2],
    )
    path = warc_of(signed)
    aged(path, 50)
    upkeep.keep_pages(house, datetime.now(UTC))
    kept = []
    for copy in rescue.kept_folder(house).iterdir():
        kept += [item.page for item in exchanges(BytesIO(copy.read_bytes()))]
    assert URLS[2] in kept
    assert URLS[1] not in kept


def test_a_round_that_was_killed_after_its_copies_is_made_again(house, archive, signed):
    path = warc_of(signed)
    folder = rescue.kept_folder(house)
    folder.mkdir(parents=True)
    (folder / "2026-01-01T000000.000000Z.warc.gz").write_bytes(b"left by a killed round")
    rescue.rescue(archive, house, [path], datetime.now(UTC))
    assert rescue.rescue(archive, house, [path], datetime.now(UTC)) == 0
    assert len(list(folder.iterdir())) == 1
    assert path.exists()


def test_a_runs_folder_that_goes_whole_leaves_its_wanted_records(house, archive, signed):
    later = datetime.now(UTC) + timedelta(days=100)
    assert upkeep.keep_runs(house, later)["runs_removed"] == 2
    assert len(list(rescue.kept_folder(house).iterdir())) == 2
    assert faults(house, archive) == ""


def test_a_forgotten_article_is_blanked_wherever_it_lies_and_its_leaves_stay(
    house, archive, signed
):
    path = warc_of(signed)
    url, html = URLS[0], PAGES[0][1]
    aged(path, 50)
    upkeep.keep_pages(house, datetime.now(UTC))
    [copy] = rescue.kept_folder(house).iterdir()
    assert forget.forget(house, url, "asked for")
    assert list(exchanges(BytesIO(copy.read_bytes()))) == []
    with archive.transaction() as cursor:
        found = stored.records_of(cursor, [address_of(url)])
    assert len(found) == 2
    for record in found[1:]:
        data = (house.home / record.path).read_bytes()
        assert html[:50].encode() not in b"".join(member.data for member in rescue_members(data))
    assert faults(house, archive) == ""


def rescue_members(data: bytes):
    from evidence.exchanges import members

    return list(members(BytesIO(data)))


def test_housekeeping_notes_signs_and_checks(house, run):
    done = nightly.keep_evidence(house, TOMORROW)
    assert done == {
        "records_noted": 0,
        "days_signed": 1,
        "stamped": 0,
        "upgraded": 0,
        "stamps_failed": 0,
        "evidence_faults": 0,
    }
    assert run.is_done
