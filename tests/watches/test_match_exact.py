"""The matcher answers as the reference does: pair by pair, and word by word."""

import contextlib
from datetime import UTC, datetime
from functools import partial
from random import Random

import psycopg2
import pytest
from querygen import document, query

from news.article import Article
from news.query import Document, evaluate, parse, plan
from news.query.plan import holds
from news.text import index_document
from news.text.aliases import Aliases
from news.watch import Watch
from storage.archive import terms
from storage.search import TermVector
from watches import checked
from watches.errors import WatchError
from watches.matching import compiled
from watches.matching.matcher import Matcher, Subject, match


def named(texts: list[str]) -> list[Watch]:
    return [
        Watch(name=f"w{number}", query=text, recipients=()) for number, text in enumerate(texts)
    ]


@pytest.mark.parametrize("seed", range(2))
def test_every_pair_agrees_with_the_reference(seed):
    random = Random(seed)
    documents = [document(random) for _ in range(50)]
    queries = [query(random) for _ in range(50)]
    expected = {
        (place, number): found.terms
        for place, item in enumerate(documents)
        for number, asked in enumerate(queries)
        if (found := evaluate(asked, item)) is not None
    }
    fits = match(
        named([str(asked) for asked in queries]), [Subject(document=item) for item in documents]
    )
    assert {(fit.subject, fit.watch): fit.terms for fit in fits} == expected


@pytest.mark.slow
def test_many_pairs_agree_with_the_plan():
    """Plans answer as the reference does (tests/query).

    They are asked here because they are faster.
    """
    random = Random(29)
    documents = [document(random) for _ in range(2000)]
    queries = [query(random) for _ in range(2000)]
    plans = [plan(asked) for asked in queries]
    matcher = Matcher(named([str(asked) for asked in queries]))
    for start in range(0, len(documents), 200):
        part = documents[start : start + 200]
        expected = []
        for place, item in enumerate(part):
            postings = index_document(item.title, item.text, item.language)
            expected += [
                (place, number)
                for number, found in enumerate(plans)
                if holds(found, postings, partial(compiled.holds, item))
            ]
        assert matcher.pairs([Subject(document=item) for item in part]) == expected


@pytest.mark.parametrize(
    "text",
    [
        "sanction " * 300 + "border",  # more occurrences than an index keeps
        "gas-pipeline " * 9000 + "border",  # more words than an index keeps
        "x " * 15_998
        + "gas-pipeline gas border",  # the last word that is kept stands inside a piece
        "– gas – – pipeline well-known U.S. border " * 40,  # pieces of no word, of two
        "gas\u2003pipeline\u200b border\u00a0talks",
    ],
)
def test_texts_at_the_edges_agree_with_the_reference(text):
    asked = [
        "border",
        "gas pipeline",
        '"gas pipeline"',
        '"pipeline gas"',
        "sanction NEAR/1 border",
        "pipeline NEAR/2 border",
        '"gas border"',
        '"pipeline well known"',
        "pipel*",
        "title:gas",
        '"talks gas"',
        "gas NEAR/50 border",
        "NOT border",
        '"known U.S. border"',
        '"pipel* border"',
    ]
    if len(text) > 20_000:  # the reference takes seconds for each
        asked = [
            "border",
            '"gas pipeline"',
            "pipeline NEAR/2 border",
            '"gas border"',
            '"pipel* border"',
        ]
    items = [
        Document(title="gas talks – gas", text=text, language="en"),
        Document(title="gas-pipeline " * 120, text=text[:5000], language="en"),
    ]
    expected = {
        (place, number): found.terms
        for place, item in enumerate(items)
        for number, query in enumerate(asked)
        if (found := evaluate(parse(query), item))
    }
    assert {
        (fit.subject, fit.watch): fit.terms
        for fit in match(named(asked), [Subject(document=item) for item in items])
    } == expected


def test_the_order_and_the_size_of_batches_do_not_matter():
    random = Random(11)
    subjects = [Subject(document=document(random)) for _ in range(60)]
    watches = named([str(query(random)) for _ in range(60)])
    whole = Matcher(watches).run(subjects)
    matcher = Matcher(watches)
    single = [
        (place, fit.watch, fit.terms)
        for place, subject in enumerate(subjects)
        for fit in matcher.run([subject])
    ]
    assert [(fit.subject, fit.watch, fit.terms) for fit in whole] == single


def test_outlets_regions_and_languages_restrict():
    here = Subject(
        document=Document(title="Transit", text="", outlet="wire", language="en"), region="caucasus"
    )
    there = Subject(
        document=Document(title="Transit", text="", outlet="daily", language="ru"), region="caspian"
    )
    asked = {"outlets": ("wire",), "regions": ("caspian",), "languages": ("en", "ru")}
    watches = [
        Watch(name=name, query="transit", recipients=(), **{name: value})
        for name, value in asked.items()
    ]
    assert [(fit.subject, watches[fit.watch].name) for fit in match(watches, [here, there])] == [
        (0, "outlets"),
        (0, "languages"),
        (1, "regions"),
        (1, "languages"),
    ]


def test_nothing_matches_nothing():
    assert match([], [Subject(document=Document(title="x", text="y"))]) == []
    assert match(named(["x"]), []) == []


def test_names_of_ones_own_make_watches_fit():
    names = Aliases.default().extended("Middle Corridor = Orta dəhliz, Срединный коридор")
    wanted = checked(Watch(name="w", query='entity:"middle corridor"', recipients=()), names)
    subject = Subject(document=Document(title="", text="Срединный коридор растёт", language="ru"))
    assert [fit.terms for fit in Matcher([wanted], names).run([subject])] == [
        ("Срединный", "коридор")
    ]
    with pytest.raises(WatchError, match="alias table"):
        checked(wanted)


def test_an_indexed_article_fits_as_its_text_does(database_url):
    """The terms that PostgreSQL keeps and prints are those of the text; words, too."""
    random = Random(5)
    documents = [document(random, longest=400 if number % 10 == 0 else 40) for number in range(60)]
    documents += [
        Document(
            title="O‘zbekiston g‘alaba' \\",
            text="sanction " * 300 + "O‘zbekiston \\ 'gas' border",
            language="uz",
        ),
        Document(title="", text=""),
    ]
    watches = named(
        [
            *(str(query(random)) for _ in range(300)),
            '"gas border"',
            "oʻzbek*",
            "sanction NEAR/2 border",
            "border",
            "title:O‘zbekiston",
        ]
    )
    indexed = [
        Subject(document=item, indexed=index)
        for item, index in zip(documents, stored(database_url, documents), strict=True)
    ]
    assert facts(Matcher(watches).run(indexed)) == facts(
        match(watches, [Subject(document=item) for item in documents])
    )


def facts(fits) -> list[tuple[int, int, tuple[str, ...]]]:
    return [(fit.subject, fit.watch, fit.terms) for fit in fits]


def stored(url: str, documents: list[Document]) -> list[TermVector]:
    """Return the terms of documents as an archive's PostgreSQL keeps and prints them."""
    when = datetime(2026, 11, 22, tzinfo=UTC)
    made = [
        Article(
            url="https://a.test/",
            outlet="a",
            title=item.title,
            blocks=(),
            language=item.language,
            fetched_at=when,
            authors=item.authors,
            section=item.section,
        )
        for item in documents
    ]
    literals = [
        terms.literal(article, ["@l:x"], body=item.text)
        for article, item in zip(made, documents, strict=True)
    ]
    with contextlib.closing(psycopg2.connect(url)) as connection, connection.cursor() as cursor:
        cursor.execute(
            "select array(select terms::tsvector::text from unnest(%s::text[]) with "
            "ordinality as given (terms, place) order by place)",
            (literals,),
        )
        return [TermVector(text) for text in cursor.fetchone()[0]]


def test_anchors_pass_over_no_article():
    """Whatever has been seen before, and however small the batches."""
    random = Random(3)
    documents = [document(random) for _ in range(250)]
    watches = named([str(query(random)) for _ in range(100)])
    matcher = Matcher(watches)
    whole = Matcher(watches).pairs([Subject(document=item) for item in documents])
    assert [
        (place, number)
        for place, item in enumerate(documents)
        for _, number in matcher.pairs([Subject(document=item)])
    ] == whole
