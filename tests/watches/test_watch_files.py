"""Watches as people write them, and what they are told before saving."""

import json
from datetime import UTC, datetime, time
from io import BytesIO, StringIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from news.watch import MatchKind, Rhythm, Watch
from pipeline.alerts import feed, filter, preview  # noqa: A004
from storage import alerts
from watches import checked, files
from watches.delivery.edit_view import changes
from watches.delivery.letter import PieceKind
from watches.errors import WatchError
from watches.matching.excerpts import excerpt

NAMES = st.text(st.characters(categories=("L", "N", "P", "S")), min_size=1, max_size=40)


def test_tables_may_be_named_in_the_plural():
    text = '[[watches]]\nname = "a"\nquery = "transit"\n'
    assert files.loads(text, "x") == files.loads(text.replace("watches", "watch"), "x")
    with pytest.raises(WatchError):
        files.loads(text + text.replace("watches", "watch").replace('"a"', '"b"'), "x")


@given(
    st.builds(
        Watch,
        name=NAMES,
        query=st.sampled_from(
            ["transit", '"middle corridor" OR baku', "title:газ -нефть", "a NEAR/3 b"]
        ),
        recipients=st.just(("ana@reader.test", "slack://a/b/c")),
        rhythm=st.sampled_from(list(Rhythm)),
        hour=st.integers(0, 23),
        weekday=st.integers(0, 6),
        kinds=st.lists(
            st.sampled_from([kind for kind in MatchKind if kind is not MatchKind.PICKED_UP]),
            min_size=1,
            unique=True,
        ).map(tuple),
        timezone=st.sampled_from(["UTC", "Asia/Baku"]),
        quiet=st.sampled_from([None, (time(22), time(7, 30))]),
        paused=st.booleans(),
        expires=st.sampled_from([None, datetime(2027, 1, 1, tzinfo=UTC)]),
        outlets=st.lists(NAMES, max_size=2).map(tuple),
        settle=st.integers(0, 500),
    )
)
def test_toml_gives_back_what_it_was_made_of(watch):
    held = checked(watch)
    assert files.loads(files.dumps([held]), "x") == [held]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[[watch]]\nname = 'x'", "'query' is missing"),
        ("[[watch]]\nname = 'x'\nquery = 'a'\ncolour = 1", "no field 'colour'"),
        ("[[watch]]\nname = 'x'\nquery = 'a AND'", "ends where a word was expected"),
        ("[[watch]]\nname = 'x'\nquery = 'a'\nrhythm = 'often'", "'often' is none of at_once"),
        ("[[watch]]\nname = 'x'\nquery = 'a'\nhour = 'noon'", "hour must be a number"),
        ("[[watch]]\nname = 'x'\nquery = 'a'\nexpires = 2026-01-01T00:00:00", "needs its zone"),
        ("[[watch]]\nname = 'x'\nquery = 'a'\nquiet = '25:00-07:00'", "no quiet hours"),
        ("[[watch]]\nname = 'x'\nquery = 'a'\ntimezone = 'Mars/Base'", "no time zone"),
        ("[[watch]]\nname = 'x'\nquery = 'a'\nkinds = ['picked_up']", "needs picked_up_by"),
        (
            "[[watch]]\nname = 'x'\nquery = 'a'\n[[watch]]\nname = 'x'\nquery = 'b'",
            "two watches are named 'x'",
        ),
        ("[watches]\nx = 1", "only tables [[watch]]"),
        ("[[watch", "x.toml: "),
    ],
)
def test_what_is_wrong_is_named(text, said):
    with pytest.raises(WatchError, match=r"x\.toml") as error:
        files.loads(text, "x.toml")
    assert said in str(error.value)


def test_an_imported_watch_respects_who_unsubscribed(world):
    number = world.watch()
    with world.archive.transaction() as cursor:
        alerts.unsubscribe(cursor, "ana@reader.test", [number], world.now)
        saved = Watch(name="Transit", query="transit", recipients=("ana@reader.test",))
        alerts.save_watch(cursor, saved, resubscribe=False)
        assert alerts.load_watches(cursor)[0].watch.recipients == ()
        alerts.save_watch(cursor, saved)
        assert alerts.load_watches(cursor)[0].watch == saved


def test_a_preview_counts_stories_words_and_idle_parts(world):
    world.publish(title="Transit talks", story="a")
    world.publish("daily", title="Transit talks again", story="a")
    world.publish(title="Railways", text="A railway opens.")
    with world.archive.transaction() as cursor:
        watch = checked(
            Watch(
                name="w",
                query="transit OR railway OR nosuchword",
                recipients=(),
                outlets=("nowhere",),
            )
        )
        assert preview.preview(cursor, watch, world.now).fitting == 0
        watch = checked(Watch(name="w", query="transit OR railway OR nosuchword", recipients=()))
        found = preview.preview(cursor, watch, world.now)
        broad = preview.lines(
            preview.preview(
                cursor, checked(Watch(name="w", query="nosuchword", recipients=())), world.now
            )
        )
    assert (found.fitting, found.stories, found.mails) == (3, 2, 2)
    assert dict(found.terms)["transit"] == 2
    assert [part.articles for part in found.parts] == [2, 1, 0]
    assert "never matched: nosuchword" in found.warnings
    assert "nothing of the last" in broad[-1]


def test_a_feed_lists_matches_and_keeps_their_identity(world):
    world.watch()
    world.publish(title="Transit <b>talks</b>", text="\x0bMinisters & transit.")
    world.match()
    with world.archive.transaction() as cursor:
        one, two = (
            feed.feed(cursor, alerts.load_watches(cursor)[0], world.context) for _ in range(2)
        )
    assert one == two
    assert b"Transit &lt;b&gt;talks&lt;/b&gt;" in one
    assert b"tag:khabar.test,2026:match/" in one


def test_the_filter_writes_matches_in_order():
    held = [
        Watch(name="One", query="transit", recipients=()),
        Watch(name="Two", query="lang:ru OR outlet:wire", recipients=()),
    ]
    lines = [
        {"id": 1, "title": "Transit", "text": "No transit."},
        {"id": "b", "title": "", "text": "x", "outlet": "wire", "published": "2026-01-01"},
    ]
    out = StringIO()
    filter.run(held, BytesIO("\n".join(map(json.dumps, lines)).encode()), out)
    assert [json.loads(line) for line in out.getvalue().splitlines()] == [
        {"id": 1, "watch": "One", "terms": ["Transit", "transit"]},
        {"id": "b", "watch": "Two", "terms": []},
    ]


@pytest.mark.parametrize(
    "line",
    [
        "{",
        "[]",
        '{"title": "x"}',
        '{"id": 1, "text": 5}',
        '{"id": 1, "published": "soon"}',
        '{"id": 1, "published": 7}',
    ],
)
def test_a_wrong_line_is_named(line):
    with pytest.raises(WatchError, match="line 1"):
        filter.run([], BytesIO(line.encode()), StringIO())


@given(st.text("ab \n", max_size=60), st.text("ab \n", max_size=60))
def test_changes_add_up_to_both_texts(old, new):
    for change in changes(("", old), ("", new)):
        removed = " ".join(piece.text for piece in change if piece.kind is PieceKind.REMOVED)
        assert all(word in old.split() for word in removed.split())
        added = " ".join(piece.text for piece in change if piece.kind is PieceKind.ADDED)
        assert all(word in new.split() for word in added.split())


def shown(old, new):
    """Return what a mail shows as removed and as added."""
    pieces = [piece for change in changes(("", old), ("", new)) for piece in change]
    kinds = (PieceKind.REMOVED, PieceKind.ADDED)
    return tuple([piece.text for piece in pieces if piece.kind is kind] for kind in kinds)


def test_an_edit_late_in_a_long_paragraph_is_shown():
    words = [f"word{number}" for number in range(1_000)]
    assert shown(" ".join(words), " ".join([*words[:900], "new", *words[901:]])) == (
        ["word900"],
        ["new"],
    )


def test_an_edit_late_in_a_long_text_is_shown():
    lines = [f"Line {number} tells of ships." for number in range(1_000)]
    edited = [*lines[:900], "Line 900 tells of trains.", *lines[901:]]
    assert shown("\n".join(lines), "\n".join(edited)) == (["ships."], ["trains."])


def test_more_than_eight_changed_paragraphs_end_in_a_gap():
    old = "\n".join(f"Line {number} of old." for number in range(9))
    new = old.replace("old", "new")
    found = changes(("Old title", old), ("New title", new))
    assert len(found) == 9
    assert [piece.kind for piece in found[-1]] == [PieceKind.GAP]
    assert len(changes(("", old), ("", new.replace("8 of new", "8 of old")))) == 8


def test_a_long_unchanged_stretch_is_cut_between_two_changes_and_at_the_ends():
    same = [f"w{number}" for number in range(40)]
    old = ["a", *same, "b", *same]
    new = ["A", *same, "B", *same]
    (change,) = changes(("", " ".join(old)), ("", " ".join(new)))
    assert [(piece.kind.value, piece.text) for piece in change] == [
        ("removed", "a"),
        ("added", "A"),
        ("same", " ".join(same[:8])),
        ("gap", "…"),
        ("same", " ".join(same[-8:])),
        ("removed", "b"),
        ("added", "B"),
        ("same", " ".join(same[:8])),
        ("gap", "…"),
    ]
    (change,) = changes(("", " ".join([*same, "x"])), ("", " ".join([*same, "y"])))
    assert [piece.kind.value for piece in change] == ["gap", "same", "removed", "added"]


def test_a_short_unchanged_stretch_stays_whole():
    same = [f"w{number}" for number in range(19)]
    old, new = ["a", *same, "b"], ["A", *same, "B"]
    (change,) = changes(("", " ".join(old)), ("", " ".join(new)))
    assert [piece.text for piece in change if piece.kind is PieceKind.SAME] == [" ".join(same)]


def test_the_excerpt_holds_the_most_words():
    text = "Nothing here. " * 40 + "The transit of gas was agreed in Baku. " + "Nothing more. " * 40
    found = excerpt(text, ["gas", "Baku", "transit"])
    assert all(word in found for word in ("transit", "gas", "Baku"))
    assert len(found) < 300
