"""Relations and stories.

What counts as the same report, what does not, and that order and batches have no say.
"""

import itertools
import random
from datetime import UTC, datetime, timedelta

import pytest
import storygen
from hypothesis import given, settings
from hypothesis import strategies as st

import dedupe
from dedupe.digests import is_digest
from news.story import Doc, Edge, EdgeKind

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
SAME = {"report", "same", "dateline", "trimmed", "boxed", "inserted", "reworded", "merged"}


def related(texts, batches=None, order=None):
    """Return the edges of texts taken in as batches of these sizes, in this order.

    The last word on each pair counts.
    """
    window, found = dedupe.MemoryWindow(), {}
    prints = dedupe.make_prints(texts)
    docs = [Doc(id=number, text=text) for number, text in enumerate(texts)]
    order = list(order or range(len(texts)))
    for part in cut(order, batches or [len(order)]):
        relations = dedupe.relate_batch({number: prints[number] for number in part}, window)
        found = {pair: edge for pair, edge in found.items() if not relations.touched & set(pair)}
        decided = dedupe.decide_edges(docs, relations.edges)
        found |= {frozenset((edge.left, edge.right)): edge for edge in decided}
    return list(found.values())


def cut(order, sizes):
    sizes = itertools.cycle(sizes)
    rest = list(order)
    while rest:
        size = next(sizes)
        yield rest[:size]
        rest = rest[size:]


def groups(texts, edges, **fields):
    docs = [Doc(id=number, text=text, **fields) for number, text in enumerate(texts)]
    return {frozenset(story.members) for story in dedupe.form_stories(docs, edges)}


@pytest.fixture(scope="module")
def mixture():
    return storygen.mixture(20, 4, alone=12)


@pytest.fixture(scope="module")
def whole(mixture):
    texts = [sample.text for sample in mixture]
    return groups(texts, related(texts))


@pytest.mark.parametrize("seed", range(20))
def test_twenty_shuffles_give_the_same_stories(mixture, whole, seed):
    order = list(range(len(mixture)))
    random.Random(seed).shuffle(order)
    texts = [sample.text for sample in mixture]
    assert groups(texts, related(texts, order=order)) == whole


@pytest.mark.parametrize("batches", [[1], [2], [13], [1, 40, 3], [5000]])
def test_the_size_of_batches_does_not_matter(mixture, whole, batches):
    texts = [sample.text for sample in mixture]
    assert groups(texts, related(texts, batches)) == whole


@given(st.integers(0, 10**6), st.lists(st.integers(1, 20), min_size=1, max_size=4))
@settings(max_examples=5, deadline=None)
def test_no_mixture_depends_on_order_or_batches(seed, batches):
    texts = [sample.text for sample in storygen.mixture(seed, 2, alone=7, language="az")]
    order = list(range(len(texts)))
    random.Random(seed).shuffle(order)
    assert groups(texts, related(texts, batches, order)) == groups(texts, related(texts))


@given(st.integers(0, 10**6))
@settings(max_examples=5, deadline=None)
def test_ids_given_by_order_of_arrival_have_no_say(seed):
    texts = sorted({sample.text for sample in storygen.mixture(seed, 2, alone=3)})
    order = list(range(len(texts)))
    random.Random(seed).shuffle(order)
    shuffled = [texts[number] for number in order]
    named = {
        frozenset(order[member] for member in group)
        for group in groups(shuffled, related(shuffled))
    }
    assert named == groups(texts, related(texts))


@pytest.mark.parametrize("language", sorted(storygen.SYLLABLES))
def test_copies_of_all_kinds_are_one_story_in_every_script(language):
    samples = storygen.mixture(31, 4, language=language, alone=12)
    texts = [sample.text for sample in samples]
    home = {member: group for group in groups(texts, related(texts)) for member in group}
    report = {
        sample.story: home[number]
        for number, sample in enumerate(samples)
        if sample.kind == "report"
    }
    missed = [
        (sample.kind, sample.story)
        for number, sample in enumerate(samples)
        if sample.kind in SAME and home[number] != report[sample.story]
    ]
    assert missed == []


def test_no_story_holds_two_unrelated_reports(mixture, whole):
    for group in whole:
        assert (
            len(
                {
                    mixture[member].story
                    for member in group
                    if mixture[member].kind in {"report", "alone"}
                }
            )
            <= 1
        )


def test_an_outlets_standing_paragraphs_join_nothing():
    writer = storygen.Writer(2)
    texts = [f"{writer.report(7)} {' '.join(storygen.BOILERPLATE)}" for _ in range(40)]
    assert len(groups(texts, related(texts))) == 40


def test_a_wire_in_forty_outlets_is_no_boilerplate():
    writer = storygen.Writer(3)
    report = writer.report()
    texts = [f"{writer.sentence()} {report}" for _ in range(40)]
    assert len(groups(texts, related(texts))) == 1


def test_fillings_of_one_form_are_different_reports():
    draw = random.Random(4)
    lines = (
        "The rate of the {0} was set at {1}.{2} on {3} May. It had been {4}.{2} a day before, "
        "the bank said. Brent stood at {1}.{4} dollars, gold at {5}. "
    )
    texts = [
        " ".join(
            lines.format(currency, *(draw.randint(10, 99) for _ in range(5)))
            for currency in ("dollar", "euro", "lira", "rouble")
        )
        for _ in range(6)
    ]
    assert len(groups(texts, related(texts))) == 6


def test_the_same_statements_in_another_order_are_another_report():
    writer = storygen.Writer(5)
    lines = writer.sentences(20)
    mine, theirs = lines[:14] + writer.sentences(6), lines[:14] + writer.sentences(6)
    writer.random.shuffle(theirs)
    texts = [storygen.join(mine), storygen.join(theirs)]
    assert len(groups(texts, related(texts))) == 2


def test_two_short_texts_are_copies_only_when_they_are_the_same():
    texts = [
        "Strong earthquake shakes Tbilisi, no victims so far.",
        "STRONG EARTHQUAKE shakes Tbilisi: no victims so far",
        "Strong earthquake shakes Yerevan.",
    ]
    assert groups(texts, related(texts)) == {frozenset({0, 1}), frozenset({2})}


def test_a_digest_belongs_to_each_of_its_stories_and_joins_none():
    writer = storygen.Writer(6)
    reports = [writer.report(8) for _ in range(3)]
    texts = [*reports, *reports, " ".join(reports)]
    docs = [Doc(id=number, text=text) for number, text in enumerate(texts)]
    found = dedupe.form_stories(docs, related(texts))
    assert {frozenset(story.members) for story in found} == {
        frozenset({0, 3, 6}),
        frozenset({1, 4}),
        frozenset({2, 5}),
    }
    assert [story.quoted_by for story in found if 6 not in story.members] == [(6,), (6,)]


def edge(left, right, score=0.99):
    return Edge(
        left=left,
        right=right,
        kind=EdgeKind.COPY_OF,
        score=score,
        share=score,
        left_cover=2**64 - 1,
        right_cover=2**64 - 1,
    )


@given(st.integers(4, 9), st.integers(4, 9), st.integers(0, 8), st.integers(0, 8))
def test_one_false_edge_does_not_chain_two_stories(first, second, a, b):
    edges = [edge(x, y) for x, y in itertools.combinations(range(first), 2)]
    edges += [edge(first + x, first + y) for x, y in itertools.combinations(range(second), 2)]
    edges.append(edge(min(a, first - 1), first + min(b, second - 1)))
    assert groups([f"text {number}" for number in range(first + second)], edges) == {
        frozenset(range(first)),
        frozenset(range(first, first + second)),
    }


@given(
    st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9), st.floats(0.5, 1)), max_size=30),
    st.randoms(),
)
def test_every_article_is_in_one_story_and_the_order_of_edges_does_not_matter(triples, draw):
    edges = list(
        {frozenset((a, b)): edge(a, b, score) for a, b, score in triples if a != b}.values()
    )
    texts = [f"text {number}" for number in range(10)]
    found = groups(texts, edges)
    assert sorted(member for group in found for member in group) == list(range(10))
    draw.shuffle(edges)
    assert groups(texts, edges) == found


def test_many_copies_of_one_text_are_one_story():
    texts = [storygen.Writer(7).report(6)] * 200
    assert len(groups(texts, related(texts))) == 1


def doc(number, text, **fields):
    return Doc(id=number, text=text, **fields)


def test_the_first_to_publish_leads_and_the_reason_says_by_how_much():
    docs = [
        doc(1, "one two", published=NOON),
        doc(2, "one two", published=NOON - timedelta(minutes=12)),
        doc(3, "one two"),
    ]
    (story,) = dedupe.form_stories(docs, [edge(1, 2), edge(2, 3), edge(1, 3)])
    assert (story.lead, story.reason) == (2, "the first, 12 minutes before the next")


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("az", "Bu barədə Hazar Wire agentliyinə istinadən məlumat verilir."),
        ("ru", "Баку. Со ссылкой на Hazar Wire."),
        ("en", "The road is open, Hazar Wire reports."),
        ("tr", "Hazar Wire haberine göre yol açıldı."),
        ("ka", "ამის შესახებ იუწყება Hazar Wire."),
        ("hy", "Այս մասին հաղորդում է Hazar Wire գործակալությունը։"),
        ("fa", "این خبر به نقل از Hazar Wire منتشر شد."),
        ("en", "BAKU (Hazar Wire) - The road is open."),
    ],
)
def test_the_outlet_that_is_named_as_the_source_leads_though_it_came_later(language, line):
    docs = [
        doc(1, line, language=language, outlet="copyist", outlet_title="Copyist", published=NOON),
        doc(
            2,
            "The road is open.",
            language=language,
            outlet="hazarwire",
            outlet_title="Hazar Wire",
            published=NOON + timedelta(hours=1),
        ),
    ]
    (story,) = dedupe.form_stories(docs, [edge(1, 2)])
    assert (story.lead, story.reason) == (2, "named as the source by 1 of 1 other article")


def test_a_withdrawn_article_leads_only_where_there_is_nothing_else():
    docs = [
        doc(1, "a", published=NOON, withdrawn=True),
        doc(2, "a", published=NOON + timedelta(days=1)),
    ]
    assert dedupe.form_stories(docs, [edge(1, 2)])[0].lead == 2
    assert dedupe.form_stories(docs[:1], [])[0].lead == 1


def test_follow_ups_point_from_the_later_to_the_earlier_and_leave_out_the_same_hour():
    link = Edge(
        left=1,
        right=2,
        kind=EdgeKind.UPDATES,
        score=0.3,
        share=0.2,
        left_cover=0b111,
        right_cover=0b11,
    )
    docs = [doc(1, "a", published=NOON), doc(2, "b", published=NOON + timedelta(days=1))]
    (found,) = dedupe.find_follow_ups(docs, [link])
    assert (found.left, found.right, found.left_cover) == (2, 1, 0b11)
    assert (
        dedupe.find_follow_ups(
            [docs[0], doc(2, "b", published=NOON + timedelta(minutes=5))], [link]
        )
        == []
    )
    assert dedupe.find_follow_ups([docs[0], doc(2, "b")], [link]) == []


def _held(other, kind, cover, theirs):
    return {
        other: Edge(
            left=1,
            right=other,
            kind=kind,
            score=0.9,
            share=0.5,
            left_cover=cover,
            right_cover=theirs,
        )
    }


def test_an_excerpt_and_a_worse_copy_of_the_same_text_do_not_make_it_a_digest():
    whole, opening, rest = (1 << 64) - 1, (1 << 12) - 1, ((1 << 64) - 1) ^ ((1 << 12) - 1)
    excerpted = {
        1: {
            **_held(2, EdgeKind.CONTAINS, opening, whole),
            **_held(3, EdgeKind.COPY_OF, whole ^ 0b1011, whole),
        },
        2: {},
        3: {},
    }
    digest = {
        1: {
            **_held(2, EdgeKind.CONTAINS, opening, whole),
            **_held(3, EdgeKind.CONTAINS, rest, whole),
        },
        2: {},
        3: {},
    }
    assert not is_digest(1, excerpted)
    assert is_digest(1, digest)
