"""Queries as people write them elsewhere: understood as meant, or refused with the right spelling.

tests/news/queries.tsv says of each what it means; none is misread without a word.
"""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from cli import query_notes
from news.query import Document, QueryError, evaluate, parse

NOW = datetime(2026, 11, 27, 1, tzinfo=UTC)
TABLE = [
    line.split("\t")
    for line in (Path(__file__).parent / "queries.tsv").read_text(encoding="utf-8").splitlines()
    if not line.startswith("# ")
]


@pytest.mark.parametrize(("kind", "query", "meaning"), TABLE)
def test_a_query_from_elsewhere_means_what_it_should(kind, query, meaning):
    if kind == "!":
        position, _, sentence = meaning.partition(" ")
        with pytest.raises(QueryError) as caught:
            parse(query, now=NOW)
        assert caught.value.sentence == sentence
        assert caught.value.position == int(position)
        return
    read = parse(query, now=NOW)
    assert str(read) == meaning
    assert bool(read.notes) is (kind == "~")


def test_the_table_is_long_enough_to_be_worth_its_name():
    assert len(TABLE) >= 250
    assert len({query for _, query, _ in TABLE}) == len(TABLE)


def test_notes_say_where_and_come_once():
    read = parse("!gas !oil | coal", now=NOW)
    assert [str(note) for note in read.notes] == [
        "! was read as NOT (character 1)",
        "| was read as OR (character 11)",
        "OR binds least: read as (NOT gas AND NOT oil) OR coal; brackets say it otherwise"
        " (character 1)",
    ]
    assert parse(str(read), now=NOW).notes == ()
    assert parse(str(read), now=NOW) == read


def test_a_distance_after_quotation_marks_asks_for_nearness_in_any_order():
    near = parse('"pipeline gas"~3')
    assert evaluate(near, Document(title="", text="gas for the pipeline", language="en"))
    assert not evaluate(near, Document(title="", text="gas one two three pipeline", language="en"))


def test_a_prefix_of_digits_goes_on_in_letters_of_any_script():
    assert evaluate(parse("F-16*"), Document(title="", text="an F-16C landed", language="en"))
    assert evaluate(parse("7604*"), Document(title="", text="flight 7604NI", language="en"))
    assert evaluate(parse("7604*"), Document(title="", text="рейс 7604НИ", language="ru"))
    assert not evaluate(parse("7604*"), Document(title="", text="flight 76NI", language="en"))


def test_relative_dates_count_from_now():
    document = Document(title="gas", text="", published=datetime(2026, 11, 21, tzinfo=UTC))
    assert evaluate(parse("gas after:7d", now=NOW), document)
    assert not evaluate(parse("gas after:5d", now=NOW), document)
    assert parse("after:today", now=NOW).root == parse("after:2026-11-27").root
    with pytest.raises(QueryError, match="needs a day to count from"):
        parse("after:7d")


@example("'a' \"b\"~3")
@example("=“")
@example("a:-")
@example("(a)~2")
@given(st.text(alphabet="ab’'\"“”«()|&!-–—+~^*?/:,;.=[]{}<>\\ NEARORT0129#@ə", max_size=30))
def test_whatever_is_typed_is_read_or_refused_and_what_is_read_prints_back(text):
    try:
        read = parse(text, now=NOW)
    except QueryError as found:
        error = found
    else:
        assert parse(str(read), now=NOW) == read
        assert all(0 <= note.position <= len(text) for note in read.notes)
        return
    assert 0 <= error.position <= len(text)


def test_the_notes_are_printed_for_whoever_typed_the_query(capsys):
    query_notes.show(parse("gas or !oil", now=NOW))
    assert capsys.readouterr().err.splitlines() == [
        "note: or was read as a word: the operator is OR, in capitals (character 5)",
        "note: ! was read as NOT (character 8)",
    ]


@pytest.mark.parametrize(
    ("query", "text"),
    [
        ("US", "the U.S. said"),
        ("U.S.", "the US said"),
        ("F-35", "an F35 landed"),
        ("F35", "an F-35 landed"),
        ("COVID19", "COVID-19 cases"),
        ("1000", "some 1,000 people"),
        ("1,000", "some 1000 people"),
        ("e-mail", "an email came"),
        ("email", "an e-mail came"),
        ("email", "two e-mails came"),
    ],
)
def test_one_thing_written_two_ways_is_found_in_both(query, text):
    assert evaluate(parse(query), Document(title="", text=text, language="en"))
    assert not evaluate(parse(query), Document(title="", text="nothing of it", language="en"))
