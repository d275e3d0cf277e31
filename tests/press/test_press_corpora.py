"""Bulk articles, near-duplicate mixtures, tellings of events: seeded, honest, cheap."""

import itertools
from collections import Counter

import pytest

from press import bulk, events, mixtures
from press.lexicon import LANGUAGES


def shingles(text: str) -> set[tuple[str, ...]]:
    words = text.lower().split()
    return set(zip(words, words[1:], words[2:], strict=False))


def containment(left: str, right: str) -> float:
    one, other = shingles(left), shingles(right)
    return len(one & other) / min(len(one), len(other))


def test_bulk_articles_are_reproducible_and_in_order_of_time():
    first, second = (
        list(bulk.articles(1500, 4, ("az", "ru"))),
        list(bulk.articles(1500, 4, ("az", "ru"))),
    )
    assert first == second
    assert [article.number for article in first] == list(range(1500))
    times = [article.published for article in first]
    assert times == sorted(times)
    assert len({article.url for article in first}) == 1500
    assert first != list(bulk.articles(1500, 5, ("az", "ru")))


def test_bulk_copies_resemble_their_original_and_strangers_do_not():
    made = list(bulk.articles(3000, 4, ("en",), copies=0.2))
    by_story = {article.story: article for article in made if article.kind == "own"}
    copied = [article for article in made if article.kind != "own"]
    assert 0.15 < len(copied) / len(made) < 0.25
    for article in copied[:80]:
        assert containment(article.text, by_story[article.story].text) > 0.65
    own = [article for article in made if article.kind == "own"]
    for left, right in itertools.pairwise(own[:200]):
        assert containment(left.text, right.text) < 0.05


def test_bulk_words_follow_zipf():
    counts = Counter(
        word for article in bulk.articles(800, 1, ("tr",)) for word in article.text.lower().split()
    )
    ranked = [count for _, count in counts.most_common()]
    assert 4 < ranked[9] / ranked[99] < 16
    assert sum(count == 1 for count in ranked) > len(ranked) / 5


def test_a_mixture_has_every_kind_and_its_truth_holds():
    made = list(mixtures.near_duplicates(25, 7, languages=("en", "ru")))
    assert [variant.id for variant in made] == list(range(len(made)))
    assert {variant.kind for variant in made} == {*mixtures.KINDS, "neg", "template"}
    base = {variant.story: variant for variant in made if variant.kind == "base"}
    for variant in made:
        if variant.kind in mixtures.KINDS:
            assert containment(variant.text, base[variant.story].text) > 0.4, variant.kind
    strangers = [variant for variant in made if variant.kind in {"base", "neg"}]
    for left, right in itertools.combinations(strangers, 2):
        if left.language == right.language:
            assert containment(left.text, right.text) < 0.45


@pytest.mark.parametrize("seed", [1, 2])
def test_pairs_cover_all_languages_and_say_the_truth(seed):
    made = list(events.pairs(84, seed))
    same = [pair for pair in made if pair.same]
    assert len(same) == 84
    assert {(pair.left.language, pair.right.language) for pair in same} == set(
        itertools.permutations(LANGUAGES, 2)
    )
    assert all((pair.left.event == pair.right.event) is pair.same for pair in made)
    assert sum(pair.hard for pair in made) == 84
    assert made == list(events.pairs(84, seed))


def test_a_corpus_of_events_has_its_size_and_several_tellings():
    made = list(events.corpus(300, 3))
    assert [telling.id for telling in made] == list(range(300))
    assert max(Counter(telling.event for telling in made).values()) >= 4
