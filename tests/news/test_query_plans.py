"""What a plan asks of an index, how long it is, and what is said about a query's characters."""

import pytest

from news.query import QueryError, parse
from news.query.guesses import count_words, meant, narrowed, shortened, whole_terms
from news.query.plan import holds, plan, spans
from news.query.plan_parts import AllOf, AnyOf, Chain, Close, NoneOf, Terms
from news.text import index_document

TEXT = "The port of Poti opened a second terminal on Monday"


def asks(query: str, text: str = TEXT) -> bool:
    """Return whether a query holds of a text, by its plan alone."""
    postings = index_document("", text, "en")

    return holds(plan(parse(query)), postings, lambda _: False)


@pytest.mark.parametrize(
    ("query", "fits"),
    [
        ("port", True),
        ("harbour", False),
        ("port AND terminal", True),
        ("port AND harbour", False),
        ("harbour OR terminal", True),
        ("port NOT terminal", False),
        ("port NOT harbour", True),
        ('"second terminal"', True),
        ('"terminal second"', False),
        ("port NEAR/7 terminal", True),
        ("terminal NEAR/7 port", True),
        ("port NEAR/6 terminal", True),
        ("port NEAR/5 terminal", False),
        ('port NEAR/5 "second terminal"', True),
        ('port NEAR/4 "second terminal"', False),
        ("(harbour OR port) NEAR/6 terminal", True),
        ("term*", True),
        ("title:port", False),
    ],
)
def test_a_plan_holds_as_its_query_says(query, fits):
    assert asks(query) is fits


def one(*terms: str) -> Terms:
    return Terms(whole=terms)


def test_a_chain_stands_where_all_its_links_follow_one_another():
    postings = {"a": [1, 5, 9], "b": [2, 6, 11], "c": [3, 7, 12]}
    assert spans(Chain(links=(one("a"), one("b"), one("c"))), postings) == [1, 5]
    assert spans(Chain(links=(one("b"), one("a"))), postings) == []


def test_two_alternatives_stand_near_at_their_distance_and_no_further():
    postings = {"a": [1], "b": [5]}
    near = Close(left=(one("a"),), right=(one("b"),), distance=4)
    far = Close(left=(one("a"),), right=(one("b"),), distance=3)
    assert holds(near, postings, lambda _: False)
    assert not holds(far, postings, lambda _: False)


FIVE = AllOf(
    parts=(
        one("a", "b", "c", "d"),
        AnyOf(parts=(one("e", "f", "g"), one("h"))),
        NoneOf(part=Chain(links=(one("i", "j"), one("k")))),
    )
)


def test_a_plan_counts_the_places_at_which_it_asks():
    assert count_words(FIVE) == 5
    assert count_words(Close(left=(one("a"),), right=(one("b"), one("c")), distance=2)) == 3


def test_a_plan_is_shortened_to_its_share_of_terms_a_place_and_one_at_least():
    first, some, excluded = shortened(FIVE, 10).parts
    assert first == one("a", "b")
    assert some == AnyOf(parts=(one("e", "f"), one("h")))
    assert excluded == NoneOf(part=Chain(links=(one("i", "j"), one("k"))))
    assert shortened(FIVE, 1).parts[0] == one("a")


def test_a_note_points_at_its_character():
    notes = parse("port ANDNOT terminal").notes
    assert [note.position for note in notes] == [5]


@pytest.mark.parametrize(
    ("query", "position"),
    [
        ("port (", 6),
        ("port AND ((terminal)", 9),
        ("port field:x", 5),
    ],
)
def test_a_refusal_points_at_its_character(query, position):
    with pytest.raises(QueryError) as refused:
        parse(query)

    assert refused.value.position == position


_FORMS = Terms(whole=("gas", "gasi", "Bgas"), guessed=frozenset({"Bgas"}))


def test_a_narrowed_place_asks_for_known_terms_alone():
    assert narrowed(_FORMS, {"gas", "Bgas", "oil"}) == Terms(
        whole=("gas", "Bgas"), guessed=frozenset({"Bgas"})
    )
    assert narrowed(NoneOf(part=_FORMS), {"gasi"}) == NoneOf(part=one("gasi"))


def test_a_narrowed_place_keeps_one_term_that_was_meant():
    assert narrowed(_FORMS, set()) == one("gas")
    only_guessed = narrowed(_FORMS, {"Bgas"})
    assert only_guessed.whole == ("gas", "Bgas")
    assert meant(only_guessed) == one("gas")
    begun = Terms(whole=("gas",), beginnings=("ga",))
    assert narrowed(begun, set()) == Terms(whole=(), beginnings=("ga",))


@pytest.mark.parametrize(
    "query",
    [
        "port",
        "harbour OR Terminals",
        '"second terminal" NOT harbour',
        "Poti NEAR/5 (terminal OR harbour)",
        "title:port OR term*",
        "-(harbour Monday)",
    ],
)
def test_a_narrowed_plan_holds_where_the_whole_one_does(query):
    postings = index_document("", TEXT, "en")
    whole = plan(parse(query))
    assert len(whole_terms(whole)) >= len(whole_terms(narrowed(whole, postings)))
    assert holds(narrowed(whole, postings), postings, lambda _: False) is asks(query)
