"""An archive whose fingerprints an earlier version made: they are made anew, copies are found."""

from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

import numpy as np
import pytest

import dedupe
from dedupe import tokens
from news.article import Article, Block, BlockKind
from news.outlet import Outlet
from pipeline import renew_prints
from pipeline import settings as configuration
from pipeline.run.dedupe import form_hook
from storage import Archive, Batch, OutletBatch

NOW = datetime(2026, 11, 20, 9, tzinfo=UTC)
UZBEK = (
    "Тошкентда янги кўприк очилди, унинг узунлиги 340 метр. Қурилиш ишлари икки йил давом этди."
    " Шаҳар ҳокимининг айтишича, кўприк орқали ҳар куни йигирма минг автомобиль ўтади."
    " Лойиҳа қиймати ўн икки миллиард сўм бўлди, маблағ шаҳар бюджетидан ажратилди."
    " Йўлнинг иккинчи қисми келгуси йилнинг баҳорида фойдаланишга топширилади, деди у."
)
LATIN = (
    "Toshkentda yangi koʻprik ochildi, uning uzunligi 340 metr. Qurilish ishlari ikki yil davom"
    " etdi. Shahar hokimining aytishicha, koʻprik orqali har kuni yigirma ming avtomobil oʻtadi."
    " Loyiha qiymati oʻn ikki milliard soʻm boʻldi, mablagʻ shahar byudjetidan ajratildi."
    " Yoʻlning ikkinchi qismi kelgusi yilning bahorida foydalanishga topshiriladi, dedi u."
)
PLAIN = (
    "The harbour of Tamur has a new crane of 64 metres. It was brought by ship on Monday and will"
    " lift containers from spring on, the master of the port said. Two older ones are taken down."
    " Work on the quay, which began in May, goes on until the end of the year, and the port hopes"
    " to load a third more than before once the second crane stands beside the first."
)


def outlet(name):
    return Outlet(
        name=name,
        region="test",
        title=name,
        home=f"http://{name}.example/",
        country="UZ",
        languages=("uz",),
        timezone="UTC",
        doors=(),
    )


def load(archive, now, **texts):
    """Load a text for each outlet."""
    batch = Batch(
        run=f"run {now} {sorted(texts)}",
        started=now,
        outlets=tuple(
            OutletBatch(
                outlet=outlet(name),
                articles=(
                    Article(
                        url=f"http://{name}.example/{now:%d}",
                        outlet=name,
                        title=name,
                        blocks=(Block(kind=BlockKind.PARAGRAPH, text=text),),
                        language="uz",
                        fetched_at=now,
                        published=now,
                    ),
                ),
            )
            for name, text in texts.items()
        ),
    )
    archive.load(batch, hooks=[form_hook(now)])


@contextmanager
def an_earlier_version(monkeypatch):
    """Read texts as a version did that knew neither Uzbek's two alphabets nor apostrophes."""
    with monkeypatch.context() as patched:
        patched.setattr(tokens, "expand", lambda text: text.replace("ʻ", " "))
        patched.setattr("dedupe.fingerprints.VERSION", 1)
        yield


def rows(archive, query):
    with archive.transaction() as cursor:
        cursor.execute(query)
        return cursor.fetchall()


def stories(archive):
    """Return the stories as sets of outlets."""
    found = rows(
        archive,
        "select array_agg(outlets.name order by 1) from story_members join articles on"
        " articles.id = article_id join outlets on outlets.id = outlet_id group by story_id",
    )
    return {frozenset(names) for (names,) in found}


@pytest.fixture
def old(database_url, monkeypatch):
    """Return an archive that an earlier version filled over two days, opened by this one."""
    with Archive(database_url) as opened:
        with an_earlier_version(monkeypatch):
            load(opened, NOW - timedelta(days=2), first=UZBEK, plain=PLAIN)
            load(opened, NOW - timedelta(days=1), second=LATIN, quay=PLAIN)
        assert stories(opened) == {
            frozenset({"first"}),
            frozenset({"second"}),
            frozenset({"plain", "quay"}),
        }
        yield opened


def renew(archive, now=NOW):
    counts = []
    renewed = renew_prints.renew_prints(archive, now, counts.append)
    compared = renew_prints.compare_renewed(archive, now, counts.append)
    return renewed, compared, counts


def test_a_copy_of_what_an_earlier_version_took_in_is_found_once_prints_are_made_anew(old):
    assert renew(old) == (4, 2, [4, 2])
    load(old, NOW, third=LATIN.replace("ʻ", "'"))
    assert frozenset({"first", "second", "third"}) in stories(old)


def test_two_spellings_that_both_came_before_become_one_story_and_others_stay(old):
    before = dict(rows(old, "select article_id, story_id from story_members"))
    renew(old)
    assert stories(old) == {frozenset({"first", "second"}), frozenset({"plain", "quay"})}
    after = dict(rows(old, "select article_id, story_id from story_members"))
    assert set(after.values()) < set(before.values())
    gone = set(before.values()) - set(after.values())
    assert {old_id for (old_id,) in rows(old, "select old_id from story_aliases")} == gone


def test_what_is_made_anew_keeps_its_day_and_its_days_filter_lets_its_keys_through(old):
    days = rows(old, "select article_id, day from fingerprints order by 1")
    renew(old)
    assert rows(old, "select article_id, day from fingerprints order by 1") == days
    kept = dict(rows(old, "select article_id, array_agg(key) from fingerprint_keys group by 1"))
    made = dedupe.make_keys([UZBEK])[0].view(np.int64).tolist()
    assert sorted(made) in [sorted(keys) for keys in kept.values()]
    load(old, NOW, **{f"n{number}": f"{PLAIN} {number}" for number in range(3)}, third=LATIN)
    assert frozenset({"first", "second", "third"}) in stories(old)


def test_what_was_broken_off_goes_on_where_it_was_and_then_there_is_nothing_to_do(old, monkeypatch):
    class BrokenOffError(Exception):
        pass

    def stop(_):
        raise BrokenOffError

    monkeypatch.setattr(renew_prints, "_AT_ONCE", 1)
    with pytest.raises(BrokenOffError):
        renew_prints.renew_prints(old, NOW, stop)
    assert renew_prints.renew_prints(old, NOW, lambda _: None) == 3
    with pytest.raises(BrokenOffError):
        renew_prints.compare_renewed(old, NOW, stop)
    assert renew_prints.compare_renewed(old, NOW, lambda _: None) == 1
    assert renew(old) == (0, 0, [])
    assert frozenset({"first", "second"}) in stories(old)


def test_an_edge_to_what_the_look_back_left_behind_stays(old):
    later = NOW + timedelta(days=13)
    load(old, later, late=PLAIN)
    edges = "select left_id, right_id from story_edges order by 1, 2"
    with old.transaction() as cursor:
        cursor.execute("update fingerprints set version = 1, compared = 1")
    before = rows(old, edges)
    assert before
    renew(old, later)
    assert rows(old, edges) == before


def test_how_many_wait_is_told_until_none_does(old, database_url, monkeypatch):
    monkeypatch.setattr(renew_prints, "_AT_ONCE", 3)
    settings = configuration.read({"KHABAR_DATABASE_URL": database_url})
    assert renew_prints.look(settings, NOW) == {"made_anew": 4, "compared": 0}
    (line,) = renew_prints.waiting_lines(renew_prints.look(settings, NOW))
    assert "4 wait to be made anew" in line
    assert renew_prints.renew_prints(old, NOW, lambda _: None) == 4
    assert renew_prints.look(settings, NOW) == {"made_anew": 0, "compared": 2}
    renew_prints.compare_renewed(old, NOW, lambda _: None)
    assert renew_prints.waiting_lines(renew_prints.look(settings, NOW)) == []
    assert renew_prints.look(settings, NOW + timedelta(days=40)) == {"made_anew": 0, "compared": 0}


def test_an_archive_that_does_not_answer_has_nothing_to_tell():
    silent = configuration.read({"KHABAR_DATABASE_URL": "postgresql://someone@127.0.0.1:1/none"})
    assert renew_prints.look(silent, NOW) is None


def test_prints_of_texts_that_are_gone_are_dropped(old):
    with old.transaction() as cursor:
        cursor.execute(
            "insert into fingerprints (article_id, day, words) values (99, %s, '')",
            (NOW.date() - timedelta(days=1),),
        )
    assert renew(old)[0] == 5
    assert rows(old, "select count(*) from fingerprints where article_id = 99") == [(0,)]
