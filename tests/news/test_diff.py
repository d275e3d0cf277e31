"""The one diff.

Nothing that changed goes unseen, whatever its length, and the cost stays bounded.
"""

import random
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from news import diff
from news.diff import Kind, Paragraph, Run

WORDS = st.lists(st.sampled_from(list("abcdefg")), max_size=40)


def old_of(runs):
    return [word for run in runs if run.kind is not Kind.ADDED for word in run.words]


def new_of(runs):
    return [word for run in runs if run.kind is not Kind.REMOVED for word in run.words]


@given(WORDS, WORDS)
def test_both_texts_can_be_read_back_from_the_runs(old, new):
    runs = diff.runs(old, new)
    assert old_of(runs) == old
    assert new_of(runs) == new


@given(WORDS, WORDS)
def test_runs_are_never_empty_and_same_ones_never_touch(old, new):
    runs = diff.runs(old, new)
    assert all(run.words for run in runs)
    kinds = [run.kind for run in runs]
    assert all(one is not other for one, other in pairwise(kinds))


@given(WORDS)
def test_equal_texts_are_one_run_that_is_the_same(words):
    assert diff.runs(words, words) == ([Run(Kind.SAME, tuple(words))] if words else [])


@pytest.mark.parametrize("place", [0, 399, 400, 401, 2_000, 9_999])
def test_an_edit_shows_however_far_into_a_paragraph_it_stands(place):
    old = [f"word{number % 700}" for number in range(10_000)]
    new = [*old[:place], "otherwise", *old[place + 1 :]]
    changed = [run for run in diff.words(" ".join(old), " ".join(new)) if run.kind is not Kind.SAME]
    assert changed == [Run(Kind.REMOVED, (old[place],)), Run(Kind.ADDED, ("otherwise",))]


def test_two_far_edits_show_as_two_although_no_word_occurs_once():
    old = ["one", "two", "three"] * 3_000
    new = [*old]
    new[500] = "first"
    new[8_500] = "second"
    added = [run.words for run in diff.runs(old, new) if run.kind is Kind.ADDED]
    words = [word for run in added for word in run]
    assert words[0] == "first"
    assert words[-1] == "second"


@pytest.mark.parametrize("place", [0, 399, 400, 450, 1_999])
def test_an_edit_shows_however_many_lines_stand_before_it(place):
    old = [f"line {number} of the list" for number in range(2_000)]
    new = [*old]
    new[place] = f"line {place} of the register"
    changed = [pair for pair in diff.paragraphs(old, new) if not pair.same]
    assert changed == [Paragraph(old[place], new[place])]


def test_an_edited_paragraph_stands_beside_what_it_was_although_one_came_before_it():
    old = ["The bridge opens in May.", "Talks went on all night in Baku."]
    new = ["A tender was called.", "The bridge opens in June.", "Talks went on all night in Baku."]
    assert diff.paragraphs(old, new) == [
        Paragraph("", "A tender was called."),
        Paragraph("The bridge opens in May.", "The bridge opens in June."),
        Paragraph(old[1], old[1]),
    ]


def test_paragraphs_that_share_nothing_came_and_went():
    assert diff.paragraphs(["one two", "three four"], ["five six", "seven eight"]) == [
        Paragraph("one two", ""),
        Paragraph("three four", ""),
        Paragraph("", "five six"),
        Paragraph("", "seven eight"),
    ]


@given(
    st.lists(st.text(alphabet="ab ", min_size=1, max_size=9), max_size=12),
    st.lists(st.text(alphabet="ab ", min_size=1, max_size=9), max_size=12),
)
def test_both_texts_can_be_read_back_from_the_paragraphs(old, new):
    pairs = diff.paragraphs(old, new)
    assert [pair.old for pair in pairs if pair.old] == old
    assert [pair.new for pair in pairs if pair.new] == new


def test_many_changed_paragraphs_are_still_paired_line_by_line():
    old = [f"the price of good {number} was ten" for number in range(120)]
    new = [f"the price of good {number} was twelve" for number in range(120)]
    assert diff.paragraphs(old, new) == [
        Paragraph(one, other) for one, other in zip(old, new, strict=True)
    ]


def test_likeness_is_the_share_of_the_longer_text():
    assert diff.likeness("", "") == 1.0
    assert diff.likeness("a b c d", "a b") == 0.5
    assert diff.likeness("a b", "c d") == 0.0


class Counted(str):
    """A word that counts how often it is compared."""

    __slots__ = ()
    compared = 0

    def __eq__(self, other):
        Counted.compared += 1
        return str.__eq__(self, other)

    __hash__ = str.__hash__


def test_the_cost_grows_with_the_text_and_not_with_its_square():
    def cost(size):
        chance = random.Random(3)
        vocabulary = [f"w{number}" for number in range(400)]
        old = [Counted(chance.choice(vocabulary)) for _ in range(size)]
        new = [Counted(chance.choice(vocabulary)) for _ in range(size)]
        Counted.compared = 0
        diff.runs(old, new)
        return Counted.compared

    assert cost(16_000) < 12 * cost(4_000)
