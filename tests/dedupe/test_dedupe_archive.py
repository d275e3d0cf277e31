"""Stories in a real archive: the same as in memory, whatever the batches; ids that last.

Nothing left behind.
"""

import itertools
from datetime import UTC, datetime, timedelta

import formgen
import numpy as np
import pytest
import storygen

import dedupe
from news.article import Article, Block, BlockKind
from news.outlet import Outlet
from news.story import Doc
from pipeline.run.dedupe import form_hook
from storage import Archive, Batch, EventMethods, OutletBatch, link_events
from storage.stories import filters
from storage.stories.fingerprints import ArchiveWindow
from storage.stories.stories import ArchiveStoryStore, current_story
from storage.upkeep import drop_old_fingerprints

NOW = datetime(2026, 11, 20, 9, tzinfo=UTC)
OUTLET = Outlet(
    name="one",
    region="test",
    title="One",
    home="http://one.example/",
    country="GE",
    languages=("en",),
    timezone="UTC",
    doors=(),
)
_numbers = itertools.count()


def article(key, text, at=NOW):
    return Article(
        url=f"http://one.example/{key}",
        outlet="one",
        title=f"Title {key}",
        blocks=(Block(kind=BlockKind.PARAGRAPH, text=text),),
        language="en",
        fetched_at=at,
        published=at,
    )


def load(archive, articles, now=NOW):
    changes = []
    batch = Batch(
        run=f"run{next(_numbers)}",
        started=now,
        outlets=(OutletBatch(outlet=OUTLET, articles=tuple(articles)),),
    )
    archive.load(batch, hooks=[form_hook(now, changes.append)])
    return changes[0]


def forget(cursor, articles):
    store = ArchiveStoryStore(cursor, dedupe.unpack_prints, now=NOW)
    return dedupe.forget_articles(store, articles)


def rows(archive, query):
    with archive.transaction() as cursor:
        cursor.execute(query)
        return cursor.fetchall()


def grouping(archive):
    """Return the stories as sets of URL keys."""
    found = {}
    for story, url in rows(
        archive,
        "select story_id, url from story_members join article_urls on id = article_id "
        "where role = 'member'",
    ):
        found.setdefault(story, set()).add(url.rpartition("/")[2])
    return {frozenset(keys) for keys in found.values()}


def in_memory(samples):
    window = dedupe.MemoryWindow()
    prints = dict(enumerate(dedupe.make_prints([sample.text for sample in samples])))
    docs = [
        Doc(
            id=number,
            text=sample.text,
            title=f"Title {number}",
            outlet="one",
            url=str(number),
            published=NOW,
        )
        for number, sample in enumerate(samples)
    ]
    return {
        frozenset(map(str, story.members))
        for story in dedupe.form_stories(
            docs, dedupe.decide_edges(docs, dedupe.relate_batch(prints, window).edges)
        )
    }


@pytest.fixture
def archive(database_url):
    with Archive(database_url) as opened:
        yield opened


@pytest.mark.parametrize("size", [1, 7, 1000])
def test_the_archive_forms_the_same_stories_as_memory_whatever_the_batches(archive, size):
    samples = storygen.mixture(size, 2, alone=8)
    articles = [article(number, sample.text) for number, sample in enumerate(samples)]
    for start in range(0, len(articles), size):
        load(archive, articles[start : start + size])
    assert grouping(archive) == in_memory(samples)


def test_every_article_has_one_story_and_every_story_a_lead_among_its_members(archive):
    load(
        archive,
        [
            article(number, sample.text)
            for number, sample in enumerate(storygen.mixture(5, 5, alone=5))
        ],
    )
    assert rows(
        archive,
        "select count(*) from article_urls u where 1 <> (select count(*) from "
        "story_members where article_id = u.id and role = 'member')",
    ) == [(0,)]
    assert rows(
        archive,
        "select count(*) from stories s where not exists (select from story_members where "
        "story_id = s.id and article_id = lead_id)",
    ) == [(0,)]


def test_a_copy_joins_the_story_that_is_there_and_the_story_keeps_its_id(archive):
    report = storygen.Writer(1).report()
    first = load(archive, [article("a", report)])
    second = load(archive, [article("b", f"Baku, 3 May. {report}", NOW + timedelta(hours=1))])
    assert len(first.new) == 1
    assert second.new == ()
    assert list(second.grown) == list(first.new)
    assert second.counts() == {
        "stories_new": 0,
        "stories_grown": 1,
        "stories_merged": 0,
        "copies": 1,
        "follow_ups": 0,
    }


@pytest.mark.parametrize("size", [1, 6])
def test_each_filling_of_a_form_is_a_new_story_whatever_the_batches(archive, size):
    reports = formgen.family("en", "decree", 3)
    articles = [
        article(number, report.text, NOW + timedelta(hours=number))
        for number, report in enumerate(reports)
    ]
    new = 0
    for start in range(0, len(articles), size):
        new += len(load(archive, articles[start : start + size]).new)
    assert new == len(reports)
    assert len(grouping(archive)) == len(reports)
    assert rows(archive, "select count(*) from story_follow_ups") == [(0,)]
    copied = load(archive, [article("copy", f"BAKU, Nov 21 (Hazar Wire) - {reports[2].text}")])
    assert copied.new == ()
    assert frozenset({"2", "copy"}) in grouping(archive)


def test_a_late_whole_report_joins_two_halves_and_the_old_id_leads_to_the_new(archive):
    writer = storygen.Writer(2)
    lines = writer.sentences(24)
    early, late = storygen.join(lines[:14]), storygen.join(lines[9:])
    first = load(archive, [article("early", early)])
    second = load(archive, [article("late", late)])
    assert len(second.new) == 1
    report = storygen.join(lines)
    changes = load(archive, [article(key, report) for key in ("w1", "w2", "w3")])
    assert len(grouping(archive)) == 1
    assert list(changes.merged) == list(second.new)
    with archive.transaction() as cursor:
        assert current_story(cursor, second.new[0]) == first.new[0]


def test_a_corrected_article_leaves_the_story_it_was_in(archive):
    writer = storygen.Writer(3)
    report, other = writer.report(), writer.report()
    load(archive, [article("a", report), article("b", report)])
    changes = load(
        archive, [article("b", other, NOW + timedelta(hours=2))], NOW + timedelta(hours=2)
    )
    assert grouping(archive) == {frozenset("a"), frozenset("b")}
    assert len(changes.new) == 1
    assert list(map(len, changes.shrunk.values())) == [1]
    assert rows(archive, "select count(*) from story_edges") == [(0,)]


def test_a_removed_article_takes_its_bridge_with_it(archive):
    writer = storygen.Writer(4)
    lines = writer.sentences(24)
    load(
        archive,
        [article("early", storygen.join(lines[:14])), article("late", storygen.join(lines[9:]))],
    )
    load(archive, [article(f"w{number}", storygen.join(lines)) for number in range(3)])
    assert len(grouping(archive)) == 1
    ids = [row[0] for row in rows(archive, "select id from article_urls where url like '%/w_'")]
    with archive.transaction() as cursor:
        changes = forget(cursor, ids)
        cursor.execute("delete from article_urls where id = any (%s)", (ids,))
    assert grouping(archive) == {frozenset({"early"}), frozenset({"late"})}
    assert len(changes.new) == 1
    assert rows(archive, "select count(*) from fingerprints") == [(2,)]


def test_removing_a_story_whole_leaves_nothing_of_it(archive):
    load(archive, [article("a", storygen.Writer(6).report())])
    ids = [row[0] for row in rows(archive, "select id from article_urls")]
    with archive.transaction() as cursor:
        forget(cursor, ids)
        cursor.execute("delete from article_urls where id = any (%s)", (ids,))
    for table in ("stories", "story_members", "fingerprints", "fingerprint_keys", "story_edges"):
        assert rows(archive, f"select count(*) from {table}") == [(0,)], table  # noqa: S608


def test_the_same_batch_again_changes_nothing(archive):
    samples = [article(number, sample.text) for number, sample in enumerate(storygen.mixture(9, 3))]
    load(archive, samples)
    before = (
        rows(archive, "select story_id, article_id, role from story_members order by 1, 2"),
        rows(archive, "select * from stories order by 1"),
    )
    texts = dict(rows(archive, "select id, body from articles"))
    with archive.transaction() as cursor:
        changes = dedupe.form_batch(ArchiveStoryStore(cursor, dedupe.unpack_prints, now=NOW), texts)
    assert (changes.new, changes.grown, changes.shrunk, changes.merged) == ((), {}, {}, {})
    assert before == (
        rows(archive, "select story_id, article_id, role from story_members order by 1, 2"),
        rows(archive, "select * from stories order by 1"),
    )
    assert rows(archive, "select count(*) from fingerprints") == rows(
        archive, "select count(*) from article_urls"
    )


def test_an_article_deleted_outright_leaves_keys_that_are_passed_over(archive):
    report = storygen.Writer(14).report()
    load(archive, [article("a", report), article("b", report)])
    with archive.transaction() as cursor:
        cursor.execute("delete from article_urls where url like '%/a'")
    changes = load(archive, [article("c", report, NOW + timedelta(hours=1))])
    assert grouping(archive) == {frozenset({"b", "c"})}
    assert list(map(len, changes.grown.values())) == [1]
    assert rows(archive, "select count(*) from stories where lead_id is null") == [(0,)]


def test_a_digest_is_listed_with_every_story_it_carries(archive):
    writer = storygen.Writer(11)
    first, second = writer.report(), writer.report(10)
    load(archive, [article("a", first), article("b", second), article("both", f"{first} {second}")])
    assert grouping(archive) == {frozenset({"a", "both"}), frozenset({"b"})}
    quoting = rows(
        archive,
        "select url from story_members join article_urls on id = article_id where role = 'quotes'",
    )
    assert quoting == [("http://one.example/both",)]


def test_a_follow_up_is_linked_to_the_earlier_story(archive):
    writer = storygen.Writer(12)
    lines = writer.sentences(20)
    first = load(archive, [article("day1", storygen.join(lines))])
    later = storygen.join(writer.sentences(16) + lines[:5])
    second = load(
        archive, [article("day2", later, NOW + timedelta(days=1))], NOW + timedelta(days=1)
    )
    assert second.follow_ups == ((second.new[0], first.new[0]),)


def test_no_two_stories_follow_each_other(archive):
    writer = storygen.Writer(12)
    lines = writer.sentences(20)
    report = storygen.join(lines)
    sequel = storygen.join(writer.sentences(16) + lines[:5])
    load(archive, [article("report", report)])
    load(archive, [article("sequel", sequel, NOW + timedelta(hours=3))])
    load(archive, [article("late copy", report, NOW + timedelta(hours=9))])
    assert len(grouping(archive)) == 2
    assert len(rows(archive, "select * from story_follow_ups")) == 1


def test_copies_are_found_days_later_through_the_filters_and_not_after_the_look_back(archive):
    writer = storygen.Writer(13)
    report = writer.report()
    load(archive, [article("first", report)])
    load(
        archive,
        [article(f"n{number}", writer.report(), NOW + timedelta(days=1)) for number in range(120)],
        NOW + timedelta(days=1),
    )
    after = NOW + timedelta(days=3)
    crowd = [article(f"m{number}", writer.report(), after) for number in range(120)]
    changes = load(archive, [article("copy", report, after), *crowd], after)
    assert sum(map(len, changes.grown.values())) == 1
    late = NOW + timedelta(days=40)
    assert len(load(archive, [article("late", report, late)], late).new) == 1
    assert rows(archive, "select count(*) from fingerprints") == [(1,)]


def test_a_filter_lets_every_key_of_its_own_through_and_few_others():
    random = np.random.default_rng(7)
    own, others = (random.integers(0, 2**64 - 1, 20_000, np.uint64) for _ in range(2))
    packed = filters.make_filter(own)
    assert np.array_equal(filters.passing(own, packed), own)
    assert len(filters.passing(others, packed)) < 0.02 * len(others)
    assert len(filters.passing(others, filters.make_filter(own[:0]))) == 0


def test_the_window_gives_back_what_it_took(archive):
    prints = dict(
        zip(
            (11, 12),
            dedupe.make_prints(["one two three four five six", "one two three four nine ten"]),
            strict=True,
        )
    )
    with archive.transaction() as cursor:
        window = ArchiveWindow(cursor, dedupe.unpack_prints, now=NOW)
        window.add(prints)
        window.add({11: prints[11]})
        assert {key: value.pack() for key, value in window.prints([11, 12, 13]).items()} == {
            key: value.pack() for key, value in prints.items()
        }
        assert window.bearers(prints[11].keys) == {int(key): {11} for key in prints[11].keys}
        window.mask([int(prints[11].keys[0])])
        window.mask([int(prints[11].keys[0])])
        assert window.masked(prints[11].keys) == {int(prints[11].keys[0])}
        drop_old_fingerprints(cursor, NOW + timedelta(days=100))
        assert (
            ArchiveWindow(cursor, dedupe.unpack_prints, now=NOW).masked(prints[11].keys)
            == frozenset()
        )


EVENT_METHODS = EventMethods(
    doc=Doc,
    sketch=dedupe.Sketch,
    sketches=lambda docs: dedupe.sketch_docs(docs, encode),
    events=dedupe.find_events,
)
_ASKED = []


def encode(texts):
    """Return a vector by the language of the first word.

    What is tested here is what the archive keeps, not the encoder.
    """
    _ASKED.extend(texts)
    return np.array(
        [[1.0, 0.0] if "Orvela" in text or "Орвела" in text else [0.0, 1.0] for text in texts],
        np.float32,
    )


def test_stories_of_one_event_share_its_number_and_stay_apart_as_stories(archive):
    _ASKED.clear()
    load(
        archive,
        [
            article("en", "Orvela signed a contract on 450 million dollars in Batumi."),
            article("ru", "Компания Орвела подписала в Батуми договор на 450 млн долларов."),
            article("other", "Rain fell in Kutaisi on 12 villages."),
        ],
    )
    with archive.transaction() as cursor:
        assert link_events(cursor, EVENT_METHODS, now=NOW) == {
            "vectors": 3,
            "stories_in_events": 2,
            "events": 1,
        }
    told = rows(archive, "select story_id, event_id from story_events order by 1")
    assert len({event for _, event in told}) == 1
    assert len(grouping(archive)) == 3
    with archive.transaction() as cursor:
        assert link_events(cursor, EVENT_METHODS, now=NOW)["vectors"] == 0
    assert rows(archive, "select story_id, event_id from story_events order by 1") == told
    assert len(_ASKED) == 3
    with archive.transaction() as cursor:
        link_events(cursor, EVENT_METHODS, now=NOW + timedelta(days=30))
    assert rows(archive, "select count(*) from story_vectors") == [(0,)]
    assert rows(archive, "select story_id, event_id from story_events order by 1") == told


def test_a_load_that_fails_leaves_no_story(archive):
    def fail(changes):
        raise RuntimeError(changes.new)

    batch = Batch(
        run="broken",
        started=NOW,
        outlets=(
            OutletBatch(outlet=OUTLET, articles=(article("a", storygen.Writer(8).report()),)),
        ),
    )
    with pytest.raises(RuntimeError):
        archive.load(batch, hooks=[form_hook(NOW, fail)])
    for table in ("stories", "story_members", "fingerprints", "fingerprint_keys"):
        assert rows(archive, f"select count(*) from {table}") == [(0,)], table  # noqa: S608
