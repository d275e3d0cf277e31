"""Pure: excerpts, and how times, links and bars are shown."""

from hypothesis import given
from hypothesis import strategies as st

from news.query import Document, evaluate, parse
from ui import excerpts
from ui.look import bars, link, when


@given(
    st.text(max_size=80), st.lists(st.tuples(st.integers(0, 80), st.integers(0, 80)), max_size=6)
)
def test_marking_adds_and_loses_nothing(text, spans):
    good = [
        (min(pair), min(max(pair), len(text)))
        for pair in spans
        if min(pair) < min(max(pair), len(text))
    ]
    assert "".join(piece for piece, _ in excerpts.marked(text, good)) == text


@given(st.text(alphabet="ab \n", max_size=600), st.integers(0, 500))
def test_an_excerpt_is_part_of_its_text_and_short(text, place):
    text = text[:place] + " needle " + text[place:]
    evidence = evaluate(parse("needle"), Document(title="", text=text, language="en"))
    pieces = excerpts.excerpt(text, evidence.hits, length=120)
    plain = "".join(piece for piece, _ in pieces).removeprefix("… ").removesuffix(" …")
    assert plain in text.replace("\n", " ")
    assert len(plain) <= 160
    assert ("needle", True) in pieces


def test_times_keep_the_zone_of_their_page():
    from datetime import UTC, datetime

    moment = datetime(2026, 3, 1, 8, 0, tzinfo=UTC)
    assert when(moment) == "1 Mar 2026, 08:00"
    assert when(moment, 240) == "1 Mar 2026, 12:00 +04:00"
    assert when(moment, -210) == "1 Mar 2026, 04:30 -03:30"
    assert when(None) == "not known"


def test_links_and_bars():
    assert link("https://a.example/") == "https://a.example/"
    assert link("javascript:alert(1)") == "about:blank"
    assert link("DATA:text/html,x") == "about:blank"
    assert bars([0, 1, 100]) == [0, 1, 7]
    assert bars([]) == []
