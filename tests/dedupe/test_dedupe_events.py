"""Events: another level than stories, by meaning, names and numbers.

The filter on the command line.
"""

import json
from datetime import UTC, datetime, timedelta

import numpy as np
import pytest
import storygen
from click.testing import CliRunner

import dedupe
from cli.cluster import cluster
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
    assert find_marks(Doc(id=1, text="цена 1 250,5 и ۱۲۵۰", language="ru")) == {
        "#12505",
        "#1250",
    }


def sketch(*marks, angle=0.0):
    return dedupe.Sketch(np.array([np.cos(angle), np.sin(angle)], np.float32), frozenset(marks))


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
