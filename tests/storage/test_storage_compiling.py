"""Queries as PostgreSQL is asked them: none is larger than it takes."""

import pytest

from news.query import parse
from storage.search.compiling import compile_query

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
