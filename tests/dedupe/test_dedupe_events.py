"""Events: another level than stories, by meaning, names and numbers.

The filter on the command line.
"""

import json
import time
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from random import Random

import eventgen
import numpy as np
import pytest
import storygen
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

import dedupe
from cli.cluster import cluster
from dedupe import events
from dedupe.event_pairs import Agreement
from dedupe.events import SAME, find_contradictions
from dedupe.sketches import find_marks
from news.story import Doc
from pipeline.cluster_filter import ClusterError

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
TRANSIT = (
    (
        "en",
        "Orvela and Kaspera sign a gas transit deal",
        "The companies Orvela and Kaspera signed a contract on 450 million dollars in "
        "Batumi, minister Leyla Zerandi said.",
    ),
    (
        "ru",
        "«Орвела» и «Каспера» подписали договор о транзите газа",
        "Компании «Орвела» и «Каспера» подписали в Батуми договор на 450 млн долларов, "
        "сообщила министр Лейла Зеранди.",
    ),
    (
        "az",
        "Orvela və Kaspera qaz tranziti müqaviləsi imzalayıb",
        "Orvela və Kaspera şirkətləri Batumidə 450 milyon dollarlıq müqavilə imzalayıb, "
        "nazir Leyla Zerandi bildirib.",
    ),
    (
        "tr",
        "Orvela ile Kaspera doğal gaz geçişi için anlaştı",
        "Orvela ve Kaspera şirketleri Batum'da 450 milyon dolarlık sözleşme imzaladı, dedi "
        "bakan Leyla Zerandi.",
    ),
)
OTHERS = (
    (
        "en",
        "Flood cuts off three villages near Kutaisi",
        "Rain has cut off 3 villages near Kutaisi, 1250 people were taken away, the rescue "
        "service said.",
    ),
    (
        "ru",
        "В Алматы открылась выставка ковров",
        "Выставка 87 старинных ковров открылась в Алматы, сообщила куратор Зарина Исматова.",
    ),
    (
        "az",
        "Naxçıvanda futbol üzrə kubok oynanılıb",
        "Kubokun finalında 23 min tamaşaçı olub, hesab 2:1.",
    ),
    ("tr", "Trabzon limanında yeni vinç", "Trabzon limanına 64 metrelik yeni vinç kuruldu."),
    (
        "en",
        "Central bank keeps the rate",
        "The central bank of Georgia kept its rate at 11 percent.",
    ),
)


def docs_of(rows):
    return [
        Doc(id=number, language=language, title=title, text=text, published=NOON)
        for number, (language, title, text) in enumerate(rows)
    ]


@pytest.fixture(scope="module")
def encode():
    return dedupe.load_encoder()


@pytest.fixture(scope="module")
def known(encode):
    return dict(enumerate(dedupe.sketch_docs(docs_of((*TRANSIT, *OTHERS)), encode)))


def test_one_event_in_four_languages_is_found_and_nothing_else(known):
    docs = docs_of((*TRANSIT, *OTHERS))
    assert (
        dedupe.find_events(docs, known) == dedupe.find_events(docs[::-1], known) == [(0, 1, 2, 3)]
    )


def test_names_and_numbers_are_the_same_marks_in_every_script():
    common = frozenset.intersection(*(find_marks(doc) for doc in docs_of(TRANSIT)))
    assert "#450" in common
    assert len([mark for mark in common if mark.startswith("~")]) >= 3
    numbers = find_marks(Doc(id=1, text="цена 1 250,5 и ۱۲۵۰", language="ru")) - {"^"}
    assert numbers == {"#12505", "#1250"}


@pytest.mark.parametrize("language", eventgen.LANGUAGES)
def test_names_are_the_same_marks_as_in_english_whatever_the_script(language):
    event = eventgen.happening(Random(3), "meeting")
    told, english = (eventgen.tell(event, name, 0, 1) for name in (language, "en"))
    common = find_marks(told) & find_marks(english)
    assert len([mark for mark in common if mark.startswith("~")]) >= 3


@pytest.mark.parametrize("language", eventgen.LANGUAGES)
def test_days_and_scores_are_the_same_marks_in_every_language(language):
    event = eventgen.happening(Random(4), "match")
    told, english = (find_marks(eventgen.tell(event, name, 1, 1)) for name in (language, "en"))
    assert {mark for mark in told if mark[0] in "%@"} == {
        mark for mark in english if mark[0] in "%@"
    }
    assert len({mark for mark in told if mark[0] in "%@"}) == 2


@pytest.fixture(scope="module")
def confusable(encode):
    """Return pairs of tellings in all pairs of languages, and which of them are told as one."""
    return judged(encode, "match")


def judged(encode, kind):
    pairs = eventgen.pairs(date.today().toordinal(), kinds=(kind,))  # noqa: DTZ011
    docs = {doc.id: doc for pair in pairs for doc in (pair.left, pair.right)}
    order = list(docs.values())
    known = dict(zip(docs, dedupe.sketch_docs(order, encode), strict=True))
    row = {doc.id: number for number, doc in enumerate(order)}
    together = (dedupe.score_pairs(order, known) >= SAME) & ~find_contradictions(order, known)
    return [(pair, together[row[pair.left.id], row[pair.right.id]]) for pair in pairs]


def test_matches_of_one_club_within_days_are_told_apart_in_seven_languages(confusable):
    told = [pair.same for pair, together in confusable if together]
    found = [together for pair, together in confusable if pair.same]
    assert sum(told) >= 0.92 * len(told)
    assert sum(found) >= 0.85 * len(found)


@pytest.mark.slow  # half a minute of vectors; a match of one club stands for it in each run
def test_kinds_of_events_that_nothing_was_set_by_are_told_apart_as_well(encode):
    kind = eventgen.KINDS_APART[date.today().toordinal() % len(eventgen.KINDS_APART)]  # noqa: DTZ011
    pairs = judged(encode, kind)
    told = [pair.same for pair, together in pairs if together]
    found = [together for pair, together in pairs if pair.same]
    assert sum(told) >= 0.85 * len(told), kind
    assert sum(found) >= 0.85 * len(found), kind


def test_a_persian_telling_is_found_like_the_others(confusable):
    found = [
        together
        for pair, together in confusable
        if pair.same and "fa" in {pair.left.language, pair.right.language}
    ]
    assert sum(found) >= 0.8 * len(found)


def test_two_scores_keep_apart_what_else_is_the_same(encode):
    text = "Orvela beat Kaspera {} in Batumi on 2 November before 21,394 fans, coach Leyla Zerandi."
    docs = [
        Doc(id=number, title="Orvela beat Kaspera", text=text.format(score), published=NOON)
        for number, score in enumerate(("3–1", "3:1", "2–0"))
    ]
    docs += [replace(doc, id=doc.id + 3) for doc in docs_of(OTHERS)]
    known = dict(zip((doc.id for doc in docs), dedupe.sketch_docs(docs, encode), strict=True))
    assert dedupe.find_events(docs, known) == [(0, 1)]


def score_pair(one, other, cosine, weights, languages=("", "")):
    agreement = Agreement([one, other], languages, weights)
    return agreement.sums(0, np.array([1]), np.array([cosine]))[0]


def test_one_language_makes_vectors_alike_and_counts_for_less():
    weights = dict.fromkeys(("~a", "#77"), 1.0)
    two = sketch("~a", "#77"), sketch("~a", "#77")
    across = score_pair(*two, 0.9, weights, ("en", "az"))
    assert score_pair(*two, 0.9, weights, ("az", "az")) < across
    assert score_pair(*two, 0.9, weights, ("und", "und")) == across


def test_another_day_counts_against_one_event():
    same, other = (sketch("~a", "~b", "#77", day) for day in ("%11-02", "%11-05"))
    weights = dict.fromkeys(("~a", "~b", "#77"), 1.0)
    assert score_pair(same, other, 0.9, weights) < score_pair(
        same, sketch("~a", "~b", "#77"), 0.9, weights
    )
    assert score_pair(same, same, 0.9, weights) > score_pair(
        same, sketch("~a", "~b", "#77"), 0.9, weights
    )


def test_other_numbers_count_against_one_event_and_no_numbers_do_not():
    weights = dict.fromkeys(("~a", "~b", "#77", "#78"), 1.0)
    numbered = sketch("~a", "~b", "#77")
    silent = score_pair(numbered, sketch("~a", "~b"), 0.9, weights)
    assert score_pair(numbered, sketch("~a", "~b", "#78"), 0.9, weights) < silent
    assert score_pair(numbered, numbered, 0.9, weights) > silent


def test_where_there_are_no_capitals_names_are_looked_for_among_all_words():
    words = [f"~{letter}" for letter in "abcdefgh"]
    weights = dict.fromkeys(words, 1.0)
    names = sketch("~a", "~b")
    uncased = score_pair(names, sketch(*words, "^"), 0.8, weights)
    assert uncased == score_pair(names, names, 0.8, weights)
    assert score_pair(names, sketch(*words), 0.8, weights) < uncased
    assert score_pair(names, sketch("~x", "^"), 0.8, weights | {"~x": 1.0}) == 0.8


def test_two_languages_without_capitals_have_names_in_common_and_hardly_a_word():
    names, ours, theirs = ({f"~{sign}{place}" for place in range(4)} for sign in "nkf")
    weights = dict.fromkeys(names | ours | theirs, 1.0)
    two = sketch(names | ours, "^"), sketch(names | theirs, "^")
    across = score_pair(*two, 0.8, weights, ("ka", "fa"))
    assert across > score_pair(*two, 0.8, weights, ("ka", "ka"))
    assert across <= 0.8 + 0.3
    assert score_pair(*two, 0.8, weights, ("ka", "")) == score_pair(*two, 0.8, weights)


@pytest.mark.parametrize("month", ["November", "Ноября", "Kasım", "noyabr"])
def test_a_month_is_no_name(month):
    marks = find_marks(Doc(id=1, text=f"On {month} the 12th Tamur said", language="en"))
    assert not any(mark.startswith(("~n", "~ks")) for mark in marks)


@pytest.mark.parametrize("language", eventgen.LANGUAGES)
def test_georgian_and_persian_are_known_to_have_no_capitals(language):
    told = eventgen.tell(eventgen.happening(Random(3), "deal"), language, 0, 1)
    assert ("^" in find_marks(told)) == (language in {"ka", "fa"})


def sketch(*marks, angle=0.0):
    """Return a sketch of some marks, or of one set of them."""
    own = frozenset().union(*({mark} if isinstance(mark, str) else mark for mark in marks))
    return dedupe.Sketch(np.array([np.cos(angle), np.sin(angle)], np.float32), own)


def test_what_lies_days_apart_is_not_one_event():
    known = {
        1: sketch("~a", "#77"),
        2: sketch("~a", "#77"),
        3: sketch("~b"),
        4: sketch("~c", "#78"),
    }
    docs = [Doc(id=number, text="", published=NOON) for number in (1, 2, 3, 4)]
    assert dedupe.find_events(docs, known) == [(1, 2)]
    late = [docs[0], Doc(id=2, text="", published=NOON + timedelta(days=9)), *docs[2:]]
    assert dedupe.find_events(late, known) == []


MARKS = ("~a", "~b", "~c", "#10", "#11", "%11-02", "%11-03", "@1-0", "@2-0", "^")
SKETCHES = st.builds(
    sketch,
    st.frozensets(st.sampled_from(MARKS)),
    angle=st.integers(0, 90).map(np.radians),
)


def agreement_by_the_book(one, other, weights):
    """Return the sum of two stories, mark by mark."""

    def weigh(marks):
        return sum(weights[mark] for mark in sorted(marks))

    def disjoint(sign):
        marks, others = one.by_sign[sign], other.by_sign[sign]
        return bool(marks and others and not marks & others)

    def likeness(sign, whole):
        marks, others = one.by_sign[sign], other.by_sign[sign]
        common = weigh(marks & others)
        return common / whole(weigh(marks), weigh(others)) if common else 0.0

    def mean(mass, another):
        return (mass * another) ** 0.5

    uncased = "^" in one.marks | other.marks
    total = float(one.vector @ other.vector)
    total += 0.3 * likeness("~", min if uncased else mean) + 0.5 * likeness("#", mean)
    total -= 0.08 * disjoint("#") + 0.1 * disjoint("%")
    return total + 0.03 * bool(one.by_sign["%"] & other.by_sign["%"])


@given(st.lists(SKETCHES, min_size=1, max_size=9))
def test_all_at_once_are_compared_as_two_by_two(sketches):
    known = dict(enumerate(sketches))
    docs = [Doc(id=number, text="") for number in known]
    weights = {mark: 1.0 + place for place, mark in enumerate(MARKS)}
    sums = dedupe.score_pairs(docs, known, weights)
    apart = find_contradictions(docs, known)
    for row, one in enumerate(sketches):
        for column in range(row):
            other = sketches[column]
            expected = agreement_by_the_book(one, other, weights)
            assert sums[row, column] == sums[column, row] == pytest.approx(expected, abs=1e-6)
            scores, others = one.by_sign["@"], other.by_sign["@"]
            assert apart[row, column] == bool(scores and others and not scores & others)


def test_what_chains_very_many_stories_together_is_parted(monkeypatch):
    monkeypatch.setattr(events, "LARGEST", 3)
    known = {number: sketch("~a", "#77") for number in range(5)}
    known |= {number: sketch(f"~{number}", angle=2.0) for number in range(5, 9)}
    docs = [Doc(id=number, text="", published=NOON) for number in known]
    assert dedupe.find_events(docs, known) == [(0, 1, 2), (3, 4)]


def test_five_thousand_stories_that_names_chain_together_take_seconds():
    draw = Random(8)
    known = {}
    for number in range(5_000):
        names = {f"~{draw.randrange(400)}" for _ in range(4)}
        numbers = {f"#{draw.randrange(400)}" for _ in range(2)}
        known[number] = sketch(names | numbers, angle=0.4 * draw.random())
    docs = [Doc(id=number, text="", published=NOON) for number in known]
    began = time.process_time()
    groups = dedupe.find_events(docs, known)
    assert time.process_time() - began < 30  # it takes 3, on a machine with nothing else to do
    assert len(groups) > 100


def test_nothing_to_tell_is_no_error(encode):
    assert dedupe.sketch_docs([], encode) == []
    assert dedupe.find_events([], {}) == []
    odd = [Doc(id=1, text=""), Doc(id=2, text="\0")]
    assert (
        dedupe.find_events(odd, dict(zip((1, 2), dedupe.sketch_docs(odd, encode), strict=True)))
        == []
    )


def run(lines, *options):
    return CliRunner().invoke(
        cluster, ["--jsonl", *options], input="".join(f"{line}\n" for line in lines)
    )


def test_the_filter_keeps_order_and_ids_and_names_a_story_by_its_lead():
    text = storygen.Writer(1).report(6)
    lines = [
        {"id": "x", "text": f"{text} More on our site."},
        {"id": 7, "text": "Something else."},
        {"id": "y", "text": text, "published": "2026-01-01T00:00:00+00:00"},
    ]
    done = run(map(json.dumps, lines))
    assert [json.loads(line) for line in done.output.splitlines()] == [
        {"id": "x", "story": "y"},
        {"id": 7, "story": 7},
        {"id": "y", "story": "y"},
    ]


def test_the_filter_tells_events_when_asked():
    lines = [
        {"id": number, "language": language, "title": title, "text": text}
        for number, (language, title, text) in enumerate((*TRANSIT[:2], *OTHERS[:2]))
    ]
    found = [
        json.loads(line)["event"]
        for line in run(map(json.dumps, lines), "--events").output.splitlines()
    ]
    assert found == [0, 0, 2, 3]


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ("{", "line 1 is not JSON"),
        ('["a"]', "line 1: an object"),
        ('{"id":1}', "line 1: an object"),
        ('{"id":null,"text":""}', "line 1: an object"),
        ('{"id":1,"text":"a"}\n{"id":1,"text":"b"}', "line 2: the id 1"),
        ('{"id":1,"text":"","published":"soon"}', "no ISO 8601"),
    ],
)
def test_a_wrong_line_is_named(line, sentence):
    done = run([line])
    assert isinstance(done.exception, ClusterError)
    assert sentence in str(done.exception)


def test_no_lines_give_no_lines():
    assert run([]).output == ""
