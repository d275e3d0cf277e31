"""The world of the press: aligned words, pure functions, honest truth."""

import itertools
import re
from datetime import UTC, datetime, timedelta

import pytest

from press import SAMPLE_WATCHES
from press.copies import WHOLE, Change, Copy
from press.facts import event
from press.lexicon import LANGUAGES, lexicon
from press.prose import headline, write
from press.rosters import roster
from press.world import World

START = datetime(2026, 3, 1, 6, tzinfo=UTC)
SLOT = re.compile(r"\{(\w+)\}")


@pytest.fixture(scope="module")
def tour() -> World:
    return World(roster("tour"), 3, START)


def shingles(draft) -> set[tuple[str, ...]]:
    words = " ".join(block.text for block in draft.blocks).lower().split()
    return set(zip(words, words[1:], words[2:], strict=False))


def containment(left, right) -> float:
    return len(left & right) / min(len(left), len(right))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_words_of_all_languages_are_aligned(language):
    english, other = lexicon("en"), lexicon(language)
    assert set(other.labels) == set(english.labels)
    for section, lines in english.lines.items():
        assert len(other[section]) == len(lines), section
        for place, (line, twin) in enumerate(zip(lines, other[section], strict=True)):
            differing = set(SLOT.findall(line.lower())) ^ set(SLOT.findall(twin.lower()))
            assert differing <= {"in", "place", "n", "month"}, (section, place)
            assert twin.count("[") == twin.count("]")


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_slot_and_no_choice_is_left_in_a_text(language):
    for number in range(60):
        draft = write(event(f"t{number}", START), language, "a")
        for text in (draft.title, draft.standfirst, *(block.text for block in draft.blocks)):
            assert not re.search(r"[\[\]{}|]", text), text
        assert 4 <= len(draft.blocks) <= 30
        assert draft.title == headline(event(f"t{number}", START), language, "a")


def test_the_same_world_twice_is_the_same():
    until = START + timedelta(hours=3)
    first, second = World(roster("tour"), 5, START), World(roster("tour"), 5, START)
    list(first.truth(START))  # grown in two steps
    pairs = list(zip(first.truth(until), second.truth(until), strict=True))
    assert all(one == other for one, other in pairs)
    assert all(first.draft(one, until) == second.draft(other, until) for one, other in pairs[::7])


def test_another_seed_is_another_world(tour):
    other = World(roster("tour"), 4, START)
    assert {piece.title for piece in tour.truth(START)} != {
        piece.title for piece in other.truth(START)
    }


def test_ten_articles_lie_there_at_the_start_and_one_a_minute_follows(tour):
    assert all(
        9 <= len(tour.pieces(name, START)) <= 12 or name == "hazarwire" for name in tour.sites
    )
    later = sum(1 for piece in tour.truth(START + timedelta(hours=2)) if piece.published > START)
    assert 80 <= later <= 160


def test_no_article_appears_in_the_past(tour):
    for name in tour.sites:
        times = [piece.published for piece in tour.pieces(name, START + timedelta(days=1))]
        assert times == sorted(times)


def test_addresses_are_unique():
    for name in ("tour", "month"):
        world = World(roster(name), 1, START)
        seen = [(piece.outlet, piece.path) for piece in world.truth(START + timedelta(days=2))]
        assert len(seen) == len(set(seen))


def test_copies_share_their_text_and_strangers_do_not(tour):
    pieces = [piece for piece in tour.truth(START + timedelta(hours=8)) if piece.language == "en"]
    texts = {piece: shingles(tour.draft(piece)) for piece in pieces}
    for left, right in itertools.combinations(pieces, 2):
        shared = containment(texts[left], texts[right])
        if left.story == right.story and Copy.MERGED not in {left.kind, right.kind}:
            assert shared > 0.7, (left, right)
        elif (
            not {told.seed for told in left.events} & {told.seed for told in right.events}
            and not left.updates
            and not right.updates
        ):
            assert shared < 0.45, (left, right)


def test_every_kind_of_copy_and_change_occurs(tour):
    pieces = list(tour.truth(START + timedelta(hours=30)))
    assert {piece.kind for piece in pieces} == set(Copy)
    assert {revision.change for piece in pieces for revision in piece.revisions} == set(Change)
    assert all(piece.contains for piece in pieces if piece.kind in {Copy.MERGED, Copy.EXCERPT})
    assert all(piece.story.count("/") == 1 for piece in pieces if piece.kind in WHOLE)


def test_an_edit_changes_the_text_and_a_deletion_hides_it(tour):
    for piece in tour.truth(START + timedelta(hours=30)):
        for revision in piece.revisions:
            before, after = revision.at - timedelta(seconds=1), revision.at
            if revision.change is Change.DELETED:
                assert piece.visible(before)
                assert not piece.visible(after)
            else:
                assert tour.draft(piece, before) != tour.draft(piece, after)


def test_pipelines_are_told_in_several_languages(tour):
    told = {}
    for piece in tour.truth(START):
        if piece.events[0].kind == 0:
            told.setdefault(piece.event, set()).add(piece.language)
    assert max(len(languages) for languages in told.values()) >= 5


def test_sample_watches_match_several_stories(tour):
    query = pytest.importorskip("news.query")
    for name, asked in SAMPLE_WATCHES:
        watch, stories, languages = query.parse(asked), set(), set()
        for piece in tour.truth(START):
            text = "\n".join(block.text for block in tour.draft(piece).blocks)
            document = query.Document(
                title=piece.title, text=text, language=piece.language, outlet=piece.outlet
            )
            if query.evaluate(watch, document) is not None:
                stories.add(piece.story)
                languages.add(piece.language)
        assert len(stories) >= 3, name
        assert len(languages) >= 2, name
