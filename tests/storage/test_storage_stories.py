"""Stories, fingerprints and events in the archive, as whoever forms stories asks for them."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from random import Random

import numpy as np
import pytest
from archivegen import HOUR, NOW, article, batch

import storage
from news.story import Doc, Edge, EdgeKind, Story, Verdict
from storage import Archive, ArchiveStoryStore, EventMethods, link_events
from storage.stories import days, filters
from storage.stories.fingerprints import ArchiveWindow
from storage.stories.stories import current_story

DAY = timedelta(days=1)


@dataclass(frozen=True)
class Print:
    """A print of some keys."""

    numbers: tuple[int, ...]
    version: int = 1

    @property
    def keys(self):
        return np.array(self.numbers, np.uint64)

    def pack(self) -> bytes:
        return self.keys.tobytes()


def unpack(packed):
    return [Print(tuple(np.frombuffer(data, np.uint64).tolist())) for data in packed]


def hashed(numbers) -> list[int]:
    """Keys as they are: spread over 64 bits."""
    spread = np.array(list(numbers), np.uint64) * np.uint64(0x9E3779B97F4A7C15)
    return sorted(set(spread.tolist()))


@pytest.fixture
def archive(database_url):
    with Archive(database_url) as opened:
        opened.load(batch(*[article(number) for number in range(1, 7)]))
        yield opened


@pytest.fixture
def cursor(archive):
    with archive.transaction() as opened:
        yield opened


@pytest.fixture
def ids(cursor):
    """The articles by number: the first is the newest."""
    cursor.execute("select id from articles order by at desc")
    return [None, *(number for (number,) in cursor.fetchall())]


def window(cursor, now=NOW):
    return ArchiveWindow(cursor, unpack, now=now)


def store(cursor, now=NOW):
    return ArchiveStoryStore(cursor, unpack, now=now)


def edge(left, right, kind=EdgeKind.COPY_OF, **fields):
    return Edge(left=left, right=right, kind=kind, score=0.9, **fields)


def story(lead, *others, **fields):
    return Story(lead=lead, members=(lead, *others), reason="first", **fields)


def test_the_faces_own_names_are_there_and_others_are_not():
    assert storage.ArchiveStoryStore is ArchiveStoryStore
    assert storage.link_events is link_events
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        _ = storage.nothing


def test_the_window_says_who_bears_a_key(cursor, ids):
    seen = window(cursor)
    seen.add({})
    low, high = 5, 2**64 - 3
    seen.add({ids[1]: Print((low, high)), ids[2]: Print((high,))})
    bearers = seen.bearers(np.array([low, high, 7], np.uint64))
    assert bearers == {low: {ids[1]}, high: {ids[1], ids[2]}}
    assert seen.prints([ids[1], ids[5]]) == {ids[1]: Print((low, high))}
    assert seen.prints([]) == {}


def test_a_text_that_changed_replaces_its_print(cursor, ids):
    seen = window(cursor)
    seen.add({ids[1]: Print((1, 2))})
    seen.add({ids[1]: Print((3,))})
    assert seen.bearers(np.array([1, 2, 3], np.uint64)) == {3: {ids[1]}}
    seen.drop([ids[1], ids[2]])
    assert seen.bearers(np.array([3], np.uint64)) == {}


def test_many_keys_are_looked_for_through_the_filters_of_finished_days(cursor, ids):
    keys = hashed(range(1, 6000))
    window(cursor, NOW - DAY).add({ids[1]: Print(tuple(keys[:3000]))})
    today = window(cursor)
    today.add({ids[2]: Print(tuple(keys[2990:3010]))})
    assert days.existing(cursor) == {(NOW - DAY).date(): True, NOW.date(): False}
    bearers = today.bearers(np.array(keys, np.uint64))
    assert bearers[keys[0]] == {ids[1]}
    assert bearers[keys[2995]] == {ids[1], ids[2]}
    assert keys[4000] not in bearers
    assert today.bearers(np.array(hashed(range(10**6, 10**6 + 2500)), np.uint64)) == {}


def test_a_filter_lets_all_its_keys_through_and_few_others():
    keys = np.array(hashed(range(1, 5000)), np.uint64)
    others = np.array(hashed(range(10**7, 10**7 + 5000)), np.uint64)
    packed = filters.make_filter(keys)
    assert np.array_equal(filters.passing(keys, packed), keys)
    assert len(filters.passing(others, packed)) < 0.02 * len(others)
    assert len(filters.passing(others, filters.make_filter(keys[:0]))) == 0


@pytest.mark.parametrize("count", [10, 3000])
def test_boilerplate_is_remembered_and_forgotten_when_nobody_bears_it(cursor, count):
    seen = window(cursor)
    keys = hashed(range(1, count))
    seen.mask([])
    assert seen.masked(np.array(keys, np.uint64)) == frozenset()
    seen.mask(keys[:4])
    assert seen.masked(np.array(keys, np.uint64)) == frozenset(keys[:4])
    later = NOW + 50 * DAY
    assert window(cursor, later).masked(np.array(keys[:1], np.uint64)) == {keys[0]}
    days.drop_old_fingerprints(cursor, NOW + 100 * DAY)
    assert window(cursor, later).masked(np.array(keys[:4], np.uint64)) == {keys[0]}


def test_days_that_no_look_back_reaches_are_dropped(cursor, ids):
    window(cursor).add({ids[1]: Print((1,))})
    window(cursor, NOW + DAY)
    assert days.drop_old_fingerprints(cursor, NOW + 15 * DAY) == 1
    assert list(days.existing(cursor)) == [(NOW + DAY).date()]


def test_edges_are_kept_with_all_their_bits(cursor, ids):
    kept = store(cursor)
    top = edge(ids[1], ids[2], left_cover=2**64 - 1, right_cover=1, share=0.5)
    assert kept.replace_edges([], [], [top]) == set()
    (read,) = kept.edges([ids[1]])
    assert (read.left_cover, read.right_cover, read.kind) == (2**64 - 1, 1, EdgeKind.COPY_OF)
    assert kept.companions([ids[1]]) == {ids[2]}
    assert kept.replace_edges([ids[1]], [], []) == {ids[1], ids[2]}
    assert kept.edges([ids[1], ids[2]]) == []


def test_texts_of_articles_are_read_as_documents(cursor, ids):
    first, second = store(cursor).docs([ids[2], ids[1]])
    assert {first.id, second.id} == {ids[1], ids[2]}
    assert first.outlet_title == "One"
    assert first.text.startswith("The council met")


def test_a_story_goes_on_under_its_id_while_members_come_and_go(cursor, ids):
    kept = store(cursor)
    made = kept.save([story(ids[3], ids[2]), story(ids[6])], [])
    first, single = made.home[ids[3]], made.home[ids[6]]
    assert set(made.new) == {first, single}
    assert kept.story_of(ids[2]) == Story(
        lead=ids[3], members=tuple(sorted((ids[2], ids[3]))), reason="first"
    )
    assert kept.story_of(ids[1]) is None

    grown = kept.save([story(ids[3], ids[2], ids[1], quoted_by=(ids[5],))], [])
    assert (grown.new, grown.grown) == ((), {first: (ids[1],)})
    assert kept.story_of(ids[3]).quoted_by == (ids[5],)

    shrunk = kept.save([story(ids[3], ids[2]), story(ids[1])], [])
    assert shrunk.shrunk == {first: (ids[1],)}

    merged = kept.save([story(ids[3], ids[2], ids[6])], [])
    assert merged.merged == {single: first}
    assert current_story(cursor, single) == first
    assert current_story(cursor, 10**6) is None
    assert merged.counts()["stories_merged"] == 1


def test_a_story_that_is_left_without_members_is_removed(cursor, ids):
    kept = store(cursor)
    home = kept.save([story(ids[1], ids[2])], []).home[ids[1]]
    assert kept.forget([ids[1], ids[2]]) == {home}
    kept.remove_stories([home])
    assert current_story(cursor, home) is None


def test_a_follow_up_leads_from_the_later_story_to_the_earlier(cursor, ids):
    kept = store(cursor)
    made = kept.save([story(ids[1]), story(ids[3])], [])
    later, earlier = made.home[ids[1]], made.home[ids[3]]
    right = edge(ids[1], ids[3], EdgeKind.UPDATES)
    wrong = edge(ids[3], ids[1], EdgeKind.UPDATES)
    links = kept.save([story(ids[1]), story(ids[3])], [right, wrong])
    assert links.follow_ups == ((later, earlier),)
    again = kept.save([story(ids[1])], [right])
    assert again.follow_ups == ()


def test_what_people_said_of_two_articles_stands(cursor, ids):
    kept = store(cursor)
    kept.say_verdicts([(ids[1], ids[2])], same=True)
    assert kept.companions([ids[1]]) == {ids[2]}
    kept.say_verdicts([(ids[2], ids[1])], same=False)
    low, high = sorted((ids[1], ids[2]))
    assert kept.verdicts([ids[1]]) == [Verdict(left=low, right=high, same=False)]
    assert kept.article_at(article(1).url) == ids[1]
    assert kept.article_at("https://nowhere.test/") is None


def test_a_story_is_matched_anew_when_somebody_says_so(cursor, ids):
    kept = store(cursor)
    home = kept.save([story(ids[1])], []).home[ids[1]]
    cursor.execute("delete from match_queue")
    kept.rematch([home])
    cursor.execute("select article_id from match_queue")
    assert cursor.fetchall() == [(ids[1],)]


@dataclass(frozen=True)
class Sketch:
    """A vector and marks, as events compare them."""

    vector: np.ndarray
    marks: frozenset[str]


METHODS = EventMethods(
    doc=Doc,
    sketch=Sketch,
    sketches=lambda docs: [Sketch(np.ones(4, np.float32), frozenset({doc.title})) for doc in docs],
    events=lambda docs, known: [tuple(sorted(doc.id for doc in docs))] if known else [],
)


def test_only_the_stories_of_articles_that_are_asked_for_get_vectors(cursor, ids):
    store(cursor).save([story(ids[1]), story(ids[2]), story(ids[3])], [])
    now = NOW + HOUR
    first = link_events(cursor, METHODS, now=now, articles=[ids[1], ids[2]])
    assert (first["vectors"], first["stories_in_events"]) == (2, 2)
    assert link_events(cursor, METHODS, now=now, articles=[ids[2]])["vectors"] == 0
    assert link_events(cursor, METHODS, now=now)["vectors"] == 1


def test_stories_of_one_happening_are_linked_into_an_event(cursor, ids):
    made = store(cursor).save([story(ids[1]), story(ids[2])], [])
    event = min(made.new)
    now = NOW + HOUR
    assert link_events(cursor, METHODS, now=now) == {
        "vectors": 2,
        "stories_in_events": 2,
        "events": 1,
    }
    cursor.execute("select distinct event_id from story_events")
    assert cursor.fetchall() == [(event,)]
    assert link_events(cursor, METHODS, now=now)["vectors"] == 0
    far = datetime(2027, 1, 1, tzinfo=UTC)
    assert link_events(cursor, METHODS, now=far) == {
        "vectors": 0,
        "stories_in_events": 0,
        "events": 0,
    }


def alike(modulus):
    """Return methods by which stories are of one event whose ids leave one remainder."""

    def events(docs, known):
        groups = {}
        for doc in docs:
            groups.setdefault(doc.id % modulus, []).append(doc.id)
        return [tuple(sorted(group)) for group in groups.values() if len(group) > 1]

    return replace(METHODS, events=events)


@pytest.mark.parametrize("seed", range(8))
def test_linking_pass_by_pass_leaves_what_one_pass_over_all_does(cursor, ids, seed):
    draw = Random(seed)
    kept = store(cursor)
    waiting = ids[1:]
    draw.shuffle(waiting)
    while waiting:
        for article_id in waiting[: draw.randint(1, 3)]:
            kept.save([story(article_id)], [])
            waiting.remove(article_id)
        methods = alike(draw.randint(1, 3))
        at_once = draw.randint(1, 3)
        while link_events(cursor, methods, now=NOW + HOUR, at_once=at_once)["vectors"] == at_once:
            pass
    cursor.execute("select story_id, event_id from story_events order by 1")
    by_passes = cursor.fetchall()
    cursor.execute("delete from story_events")
    link_events(cursor, methods, now=NOW + HOUR)
    cursor.execute("select story_id, event_id from story_events order by 1")
    assert cursor.fetchall() == by_passes


def test_events_wait_until_all_vectors_are_made_and_only_changes_are_written(cursor, ids):
    store(cursor).save([story(ids[1]), story(ids[2])], [])
    now = NOW + HOUR
    made = {"vectors": 1, "stories_in_events": 0, "events": 0}
    assert link_events(cursor, METHODS, now=now, at_once=1) == made
    assert link_events(cursor, METHODS, now=now, at_once=1) == made
    cursor.execute("select count(*) from story_events")
    assert cursor.fetchall() == [(0,)]
    assert link_events(cursor, METHODS, now=now, at_once=1)["stories_in_events"] == 2
    cursor.execute("select story_id, ctid from story_events order by 1")
    rows = cursor.fetchall()
    assert link_events(cursor, METHODS, now=now)["stories_in_events"] == 2
    cursor.execute("select story_id, ctid from story_events order by 1")
    assert cursor.fetchall() == rows
