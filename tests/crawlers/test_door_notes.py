"""What is remembered of a door is read as every archive so far has it, and written so."""

from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from crawlers import door_notes, outlet_notes, robots_notes
from crawlers.door_notes import DoorNotes, Rate
from crawlers.outlet_notes import Ledger, OutletNotes
from crawlers.robots_notes import RobotsNotes
from news.crawl import DoorState

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
DOOR = DoorState(outlet="x", url="https://x.az/feed")
# As an archive of before holds it: the outlet's ledger among the notes of its first door.
OLD = {
    "polls": "12",
    "cost": "1.30",
    "size": "20",
    "count": "3.5000",
    "span": "1.250000",
    "usual_count": "40.0000",
    "usual_span": "20.000000",
    "last_new": NOW.isoformat(),
    "hints": "4",
    "hits": "0",
    "honest": "3",
    "front": "https://x.az/2\nhttps://x.az/1",
    "urls": "https://x.az/2\nhttps://x.az/1",
    "shown": "0a1b2c3d:deadbeef",
    "spent_at": NOW.isoformat(),
    "spent_count": "17.5000",
    "spent_span": "2.000000",
    "cursor": "of a later version",
}


def with_data(data: dict[str, str]) -> DoorState:
    return DoorState(outlet="x", url="https://x.az/feed", data=data)


def test_notes_of_an_old_archive_are_read():
    notes = door_notes.read(with_data(OLD))
    assert (notes.polls, notes.cost, notes.size, notes.honest) == (12, 1.3, 20, 3)
    assert (notes.recent, notes.usual) == (Rate(3.5, 1.25), Rate(40.0, 20.0))
    assert (notes.last_new, notes.hints, notes.hits) == (NOW, 4, 0)
    assert notes.front == notes.listed == ("https://x.az/2", "https://x.az/1")
    assert notes.shown == {"0a1b2c3d": "deadbeef"}
    assert (notes.complete, notes.moved_to, notes.index, notes.said_304) == (False, "", "", None)


def test_what_is_written_has_the_old_names_and_forms():
    assert door_notes.write(DOOR, door_notes.read(with_data(OLD))).data == OLD


def test_the_ledger_of_an_old_archive_is_found_at_the_first_door():
    own = DoorState(outlet="x", url="https://x.az/#outlet")
    notes = outlet_notes.read(own, with_data(OLD))
    assert notes.ledger == Ledger(NOW, 17.5, 2.0)
    moved = outlet_notes.write(own, notes)
    assert outlet_notes.read(moved, DOOR) == notes


TEXT = st.text(st.characters(codec="ascii", exclude_characters=" \n:,"), min_size=1, max_size=8)


@given(
    st.builds(
        DoorNotes,
        polls=st.integers(0, 999),
        size=st.integers(0, 999),
        complete=st.booleans(),
        hints=st.integers(1, 99),
        hits=st.integers(0, 99),
        front=st.lists(TEXT, max_size=3).map(tuple),
        shown=st.dictionaries(TEXT, TEXT, max_size=3),
        moved_to=TEXT,
        said_304=st.just(NOW),
    )
)
def test_what_is_written_is_read_again(notes):
    assert door_notes.read(door_notes.write(DOOR, notes)) == notes


@given(
    st.builds(
        OutletNotes,
        patterns=st.lists(TEXT, max_size=3).map(tuple),
        verdict=st.sampled_from(["", "dead"]),
        texts=st.dictionaries(TEXT, st.tuples(TEXT, TEXT), max_size=3),
    )
)
def test_an_outlets_own_notes_are_read_again(notes):
    state = outlet_notes.write(DOOR, notes)
    assert outlet_notes.read(state, with_data(OLD)) == notes


def test_a_robots_file_is_text_or_a_fault():
    for notes in (RobotsNotes(text=""), RobotsNotes(fault="dns")):
        assert robots_notes.read(robots_notes.write(DOOR, notes)) == notes
