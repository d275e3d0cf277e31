"""Laws of the query language, as properties."""

from random import Random

import pytest
import querygen
from hypothesis import given, settings
from hypothesis import strategies as st

from news.query import Document, Query, QueryError, evaluate, parse, plan
from news.query.evaluate import _has
from news.query.nodes import And, Not, Or, conjunction, disjunction
from news.query.plan import holds
from news.text import index_document

SEEDS = st.integers(0, 2**32)


def agrees(query: Query, document: Document) -> bool:
    """The plan over postings answers as the naive evaluation does."""
    postings = index_document(document.title, document.text, document.language)
    answer = holds(plan(query), postings, lambda field: _has(document, field))
    return answer is (evaluate(query, document) is not None)


@settings(deadline=None)
@given(SEEDS)
def test_a_printed_query_parses_to_itself(seed: int):
    query = querygen.query(Random(seed), depth=4)
    assert parse(str(query)) == query
    assert str(parse(str(query))) == str(query)


@settings(deadline=None)
@given(SEEDS)
def test_plan_over_postings_agrees_with_the_naive_evaluation(seed: int):
    random = Random(seed)
    assert agrees(querygen.query(random), querygen.document(random))


def test_plan_and_evaluation_agree_on_a_crowd_with_many_matches():
    random = Random(11)
    documents = [querygen.document(random) for _ in range(40)]
    queries = [querygen.query(random) for _ in range(40)]
    answers = [evaluate(query, document) is not None for query in queries for document in documents]
    assert all(agrees(query, document) for query in queries for document in documents)
    assert 0.05 < sum(answers) / len(answers) < 0.8  # else the generator tests nothing


@pytest.mark.slow
def test_plan_and_evaluation_agree_on_a_large_crowd():
    random = Random(12)
    documents = [querygen.document(random) for _ in range(300)]
    assert all(agrees(querygen.query(random), random.choice(documents)) for _ in range(4_000))


@settings(deadline=None)
@given(SEEDS)
def test_boolean_laws_hold_of_every_document(seed: int):
    random = Random(seed)
    a, b = (querygen.query(random, depth=2).root for _ in range(2))
    document = querygen.document(random)

    def holds_of(node) -> bool:
        return evaluate(Query(root=node), document) is not None

    assert holds_of(Not(part=a)) is not holds_of(a)
    assert holds_of(Not(part=conjunction([a, b]))) is holds_of(
        disjunction([Not(part=a), Not(part=b)])
    )
    assert holds_of(Not(part=disjunction([a, b]))) is holds_of(
        conjunction([Not(part=a), Not(part=b)])
    )
    assert holds_of(conjunction([a, b])) is (holds_of(a) and holds_of(b))
    assert holds_of(disjunction([a, b])) is (holds_of(a) or holds_of(b))


@settings(deadline=None)
@given(SEEDS)
def test_every_hit_points_at_its_word(seed: int):
    random = Random(seed)
    document = querygen.document(random)
    evidence = evaluate(querygen.query(random), document)
    for hit in evidence.hits if evidence else ():
        assert (document.title if hit.title else document.text)[hit.start : hit.end] == hit.surface


@settings(deadline=None)
@given(SEEDS)
def test_a_larger_distance_matches_no_less(seed: int):
    random = Random(seed)
    document = querygen.document(random)
    left, right = querygen.query_text(random, depth=0), querygen.query_text(random, depth=0)
    answers = [
        evaluate(parse(f"{left} NEAR/{n} {right}"), document) is not None for n in (1, 2, 5, 50)
    ]
    assert answers == sorted(answers)
    assert [
        evaluate(parse(f"{right} NEAR/{n} {left}"), document) is not None for n in (1, 2, 5, 50)
    ] == answers


@settings(deadline=None)
@given(SEEDS)
def test_parsing_makes_conjunctions_flat(seed: int):
    def flat(node) -> bool:
        match node:
            case And():
                return all(not isinstance(part, And) and flat(part) for part in node.parts)
            case Or():
                return all(not isinstance(part, Or) and flat(part) for part in node.parts)
            case Not():
                return flat(node.part)
            case _:
                return True

    assert flat(querygen.query(Random(seed), depth=4).root)


SIGNS = [
    '"',
    "“",
    "»",
    "(",
    ")",
    "-",
    "*",
    ":",
    "OR",
    "AND",
    "NOT",
    "NEAR/3",
    "NEAR/99999",
    "NEAR",
    "title:",
    "after:",
    "lang:az",
    "is:",
    "entity:",
    "foo:",
    " ",
    "\t",
    "\n",
    "\x00",
    "\u202e",
    "\ud800",
    "a",
    "Aliyev",
    "Алиев",
    "ალიევი",
    "ʻ",
    "'",
    "İ",
    "ß",
    "ﷺ",
    "½",
    "e\u0301",
    "\u200c",
    "2026",
    "9" * 30,
    "😀",
    "＂",
    "＊",
    "!",
    "|",
    "–",
    "~3",
    "^2",
    "‘",
    "’",
    ",",
    "?",
    "AROUND(2)",
    "ANDNOT",
    "after:7d",
]
TEXTS = (
    st.text()
    | st.lists(st.sampled_from(SIGNS)).map("".join)
    | st.lists(st.sampled_from(SIGNS)).map(" ".join)
)


def parses_or_says_why(text: str) -> None:
    """Any other exception than QueryError fails the test.

    What parses prints, parses back, and can be asked.
    """
    try:
        query = parse(text)
    except QueryError as found:
        error = found
    else:
        assert parse(str(query)) == query
        plan(query)
        evaluate(query, Document(title="a title", text=text, language="az"))
        return
    assert 0 <= error.position <= len(text)
    assert str(error).splitlines()[-1].endswith("^")


@settings(max_examples=500, deadline=None)
@given(TEXTS)
def test_random_text_raises_only_the_query_error(text: str):
    parses_or_says_why(text)


@pytest.mark.slow
def test_a_hundred_thousand_random_strings_raise_only_the_query_error():
    random = Random(3)
    for _ in range(50_000):
        parses_or_says_why(
            random.choice(("", " ")).join(random.choices(SIGNS, k=random.randint(0, 30)))
        )
    for _ in range(50_000):
        limit = random.choice((0x80, 0x800, 0x3000, 0x110000))
        parses_or_says_why(
            "".join(chr(random.randrange(limit)) for _ in range(random.randint(0, 40)))
        )
