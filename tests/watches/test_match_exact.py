"""The matcher answers as the reference does: pair by pair, and word by word."""

from random import Random

import pytest
from querygen import document, query

from news.query import Document, evaluate
from news.watch import Watch
from watches.match import Matcher, Subject, match


def named(texts: list[str]) -> list[Watch]:
    return [Watch(name=f"w{number}", query=text, recipients=()) for number, text in enumerate(texts)]


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
    fits = match(named([str(asked) for asked in queries]), [Subject(document=item) for item in documents])
    assert {(fit.subject, fit.watch): fit.terms for fit in fits} == expected


def test_the_order_and_the_size_of_batches_do_not_matter():
    random = Random(11)
    subjects = [Subject(document=document(random)) for _ in range(60)]
    watches = named([str(query(random)) for _ in range(60)])
    whole = Matcher(watches).run(subjects)
    matcher = Matcher(watches)
    single = [(place, fit.watch, fit.terms) for place, subject in enumerate(subjects) for fit in matcher.run([subject])]
    assert [(fit.subject, fit.watch, fit.terms) for fit in whole] == single


def test_outlets_regions_and_languages_restrict():
    here = Subject(document=Document(title="Transit", text="", outlet="wire", language="en"), region="caucasus")
    there = Subject(document=Document(title="Transit", text="", outlet="daily", language="ru"), region="caspian")
    asked = {"outlets": ("wire",), "regions": ("caspian",), "languages": ("en", "ru")}
    watches = [Watch(name=name, query="transit", recipients=(), **{name: value}) for name, value in asked.items()]
    assert [(fit.subject, watches[fit.watch].name) for fit in match(watches, [here, there])] == [
        (0, "outlets"), (0, "languages"), (1, "regions"), (1, "languages"),
    ]


def test_nothing_matches_nothing():
    assert match([], [Subject(document=Document(title="x", text="y"))]) == []
    assert match(named(["x"]), []) == []
