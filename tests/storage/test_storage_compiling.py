"""Queries as PostgreSQL is asked them: none is larger than it takes."""

import pytest

from news.query import parse
from storage.search.compiling import RANKED_BY, compile_query
from storage.search.search import _pool

_MOST = 1_048_575  # bytes of a tsquery (PostgreSQL manual, 12.11)
_LETTERS = "abcdefghijklmno"
_WORDS = " OR ".join(f"Word{one}{other}" for one in _LETTERS for other in _LETTERS)


@pytest.mark.parametrize(
    "query",
    [
        '("New York" OR "European Union" OR Baku) NEAR/50 ("United States" OR "New York" OR Kyiv)',
        " OR ".join(f'"New York" NEAR/50 Baku{number}' for number in range(20)),
        f"({_WORDS}) NEAR/1 ({_WORDS})",
        f"-(({_WORDS}) NEAR/20 gas)",
        " OR ".join(f"Əliyev{number}" for number in range(490)),
    ],
)
def test_no_part_of_a_query_is_more_than_the_server_takes(query: str):
    compiled = compile_query(parse(query))
    parts = [compiled.tsquery, compiled.positional, compiled.ranked]
    if compiled.exact is not None:
        parts += compiled.exact.values
        assert compiled.exact.text.count("%s") == len(compiled.exact.values)

    assert all(len(part.encode()) < _MOST for part in parts if part is not None)


def test_what_fits_is_asked_as_one():
    compiled = compile_query(parse("Baku NEAR/50 Tbilisi"))
    assert compiled.positional
    assert compiled.exact is None


def test_guesses_count_for_nothing_where_hits_are_ranked():
    compiled = compile_query(parse("cumhurbaskani"))
    assert "'Bcumhurbask" in compiled.tsquery
    assert "'Bcumhurbask" not in compiled.ranked


def test_a_query_of_many_words_is_ranked_by_few_terms_of_each():
    few = compile_query(parse("Əliyev"))
    assert few.ranked == few.tsquery  # all of them, as long as ranking bears it

    many = compile_query(parse(_WORDS))
    assert many.words == 225
    assert many.ranked.count("|") == 224
    assert many.ranked.count("|") < many.tsquery.count("|")


def test_the_more_words_the_fewer_hits_are_ranked():
    assert _pool(500, 1) == _pool(500, RANKED_BY) == 500
    assert 100 < _pool(500, 225) < 500
    assert _pool(500, 100_000) == 100
