"""The language by example: what finds what, and which character an error points at."""

from datetime import UTC, datetime

import pytest

from news.query import Document, QueryError, evaluate, parse, plan
from news.query.leaves import MAX_LEAVES
from news.query.parser import MAX_DEPTH
from news.query.plan import AnyOf, Close, width

ARTICLE = Document(
    title="Gas talks in Baku",
    language="en",
    outlet="trend",
    authors=("Ali Aliyev", "Nino Beridze"),
    country="az",
    section="Economy & Energy",
    text="Ministers agreed on a new natural gas pipeline. The U.S. said sanctions on New York "
    "banks remain. Pashinyan was not there.",
    published=datetime(2026, 2, 28, 21, 0, tzinfo=UTC),
    flags=frozenset({"revised"}),
)


@pytest.mark.parametrize(
    "query",
    [
        "gas",
        "GAS",
        "pipelines",
        "sanctioned",
        "minister",
        "gas pipeline",
        "gas AND pipeline",
        "oil OR gas",
        "gas -oil",
        "NOT oil",
        "-(oil OR coal)",
        '"natural gas"',
        '"natural gas pipelines"',
        "“natural gas”",
        "«New York»",
        "New-York",
        "U.S.",
        '"U.S. said"',
        "pipel*",
        '"natural ga* pipeline"',
        "agreed NEAR/7 pipeline",
        "pipeline NEAR/7 agreed",
        '"natural gas" NEAR/5 agreed',
        "(oil OR pipeline) NEAR/1 gas",
        "title:gas",
        "title:(Baku gas)",
        'title:"in Baku"',
        "title:tal*",
        "author:aliyev",
        'author:"Ali Aliyev"',
        "author:beridze",
        "outlet:trend",
        "outlet:TREND",
        "country:AZ",
        "lang:en",
        "lang:(ru OR en)",
        'section:"economy energy"',
        "is:revised",
        "-is:deleted",
        "after:2026",
        "after:2026-02",
        "after:2026-02-28",
        "before:2026-03",
        "after:2026-02-28T21:00",
        "after:2026-03-01T01:00+04:00",
        "before:2026-03-01",
        "Пашинян",
        "Фաշինյան OR Փաշինյան",
        "entity:baku",
        "title:(entity:baku OR x)",
        "Bakı",
        "a OR b c",
        "(gas)",
        "((gas))",
        "gas 2026 OR gas",
    ],
)
def test_it_finds(query: str):
    assert evaluate(parse(query), ARTICLE) is not None
    assert parse(str(parse(query))) == parse(query)


@pytest.mark.parametrize(
    "query",
    [
        "oil",
        "-gas",
        "gas -pipeline",
        "NOT gas",
        '"gas natural"',
        '"Baku Ministers"',
        "Baku NEAR/50 Ministers",
        "agreed NEAR/2 pipeline",
        "title:pipeline",
        'title:"gas Baku"',
        "author:ali-nino",
        "author:liyev",
        "outlet:tren",
        "lang:ru",
        "section:economy",
        "is:deleted",
        "after:2026-03",
        "before:2026-02-28",
        "before:2026-02-28T21:00",
        "after:2026-03-01T01:01+04:00",
        "gas NEAR/3 gas",
    ],
)
def test_it_does_not_find(query: str):
    assert evaluate(parse(query), ARTICLE) is None


def test_an_article_without_a_date_is_neither_after_nor_before():
    document = Document(title="gas", text="")
    assert evaluate(parse("after:1900 OR before:2100"), document) is None


@pytest.mark.parametrize(
    ("query", "position", "words"),
    [
        ("", 0, "empty"),
        ("   ", 3, "empty"),
        ("(gas", 0, "never closed"),
        ("gas)", 3, "closes nothing"),
        ("gas OR", 6, "ends where"),
        ("OR gas", 0, "not OR"),
        ("gas AND OR oil", 8, "not OR"),
        ('say "gas', 4, "never closed"),
        ("gas --oil", 4, "one dash excludes"),
        ("()", 0, "nothing between"),
        ("g*s", 0, "at the end"),
        ("*", 0, "end of a word"),
        ("a*", 0, "letters must stand"),
        ("gas NEAR oil", 4, "needs a distance"),
        ("gas NEAR/0 oil", 4, "from 1 to"),
        ("gas NEAR/51 oil", 4, "from 1 to"),
        ("a NEAR/1 b NEAR/1 c", 11, "two things"),
        ("(a -b) NEAR/1 c", 0, "NEAR takes"),
        ("a NEAR/2 lang:az", 9, "NEAR takes"),
        ("gas foo:bar", 4, 'no field "foo"'),
        ("lang:", 0, "needs a value"),
        ("lang: az", 0, "needs a value"),
        ("is:new", 3, "one of"),
        ("after:tomorrow", 6, "dates are"),
        ("after:2026-02-30", 6, "dates are"),
        ("before:10000", 7, "dates are"),
        ("lang:klingon", 5, "language code"),
        ("country:utopia", 8, "country code"),
        ("outlet:a/b", 7, "outlet"),
        ("title:lang:az", 6, "inside title"),
        ("entity:Nowhere", 7, "alias table"),
        ("…", 0, "no word"),
        ("gas\x00", 3, "control"),
        ("gas \ud800", 4, "control"),
        ("author:“”", 7, "needs a word"),
    ],
)
def test_an_error_points_at_the_character(query: str, position: int, words: str):
    with pytest.raises(QueryError) as caught:
        parse(query)
    assert words in str(caught.value)
    assert caught.value.position == position
    lines = str(caught.value).splitlines()
    assert lines[-1].index("^") - 2 == caught.value.position


def test_a_long_query_is_shown_around_the_error():
    with pytest.raises(QueryError) as caught:
        parse("word " * 100 + "foo:bar " + "word " * 100)
    sentence, shown, caret = str(caught.value).splitlines()
    assert shown.startswith("  ... ")
    assert shown.endswith(" ...")
    assert shown[caret.index("^") :].startswith("foo:bar")
    assert "character 501" in sentence


@pytest.mark.parametrize(
    "query",
    [
        "(" * (MAX_DEPTH + 1) + "a" + ")" * (MAX_DEPTH + 1),
        "-" * 5000 + "a",
        "NOT " * 4000 + "a",
        "(" * 15_000,
        "a " * (MAX_LEAVES + 1),
        "x" * 30_000,
        '"' + "a " * 40 + '"',
        "after:" + "9" * 5000,
        "a NEAR/" + "9" * 5000 + " b",
        "(" + " OR ".join(f'"a b{i}"' for i in range(200)) + ') NEAR/50 ("c d" OR "e f")',
    ],
)
def test_hostile_queries_are_refused(query: str):
    with pytest.raises(QueryError):
        parse(query)


def test_near_has_alternatives_of_equal_width():
    found = plan(parse('(a OR "b c" OR d) NEAR/2 (e OR "f g")'))
    assert isinstance(found, AnyOf)
    assert len(found.parts) == 4
    for part in found.parts:
        assert isinstance(part, Close)
        assert (
            len({width(one) for one in part.left}) == len({width(one) for one in part.right}) == 1
        )


def test_evidence_has_every_word_that_counts_and_no_other():
    evidence = evaluate(parse('"natural gas" OR (sanctions -oil) OR (remain oil)'), ARTICLE)
    assert evidence.terms == ("natural", "gas", "sanctions")
    assert [hit.title for hit in evidence.hits] == [False] * 3
    assert evaluate(parse("-oil lang:en"), ARTICLE).hits == ()


def test_the_canonical_print():
    assert str(
        parse(
            'gas (oil  or OR coal) -"a b" title:(x OR y) author:“Ali  Aliyev” '
            "after:2026-01-31t10:00 “AND”"
        )
    ) == (
        'gas AND ((oil AND or) OR coal) AND NOT "a b" AND (title:x OR title:y) AND '
        'author:"Ali Aliyev" AND after:2026-01-31T10:00:00+00:00 AND "AND"'
    )


@pytest.mark.parametrize(
    "text",
    [
        '"US"',
        '"F35"',
        'title:"US"',
        '"US" OR gas OR "U S"',
        '"U S" OR gas OR US',
        '"AND" OR "A N D"',
    ],
)
def test_a_word_in_quotation_marks_is_printed_so_that_it_is_read_the_same(text):
    query = parse(text)
    assert parse(str(query)) == query
