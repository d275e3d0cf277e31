"""Why the judge thinks so, in words."""

import math

import numpy as np
import pytest

from extract.blocks import columns, evidence, model

LENGTH = columns.SECOND.index("log_length")
VOTED = columns.SECOND.index("voted")
# Two trees of one split each: long segments and voted ones are the article's.
TREES = {
    "names": list(columns.SECOND),
    "base": 0.0,
    "trees": [
        [[LENGTH, 3.0, 1, 2, 0.0], [-1, 0, 0, 0, -1.0], [-1, 0, 0, 0, 1.0]],
        [[VOTED, 0.5, 1, 2, 0.0], [-1, 0, 0, 0, -0.5], [-1, 0, 0, 0, 1.5]],
    ],
}


def row(length, voted):
    values = [0.0] * len(columns.SECOND)
    values[LENGTH] = length
    values[VOTED] = voted
    return values


def test_the_strongest_piece_comes_first_and_what_speaks_against_comes_last():
    pieces = evidence.weigh(row(2.0, 1.0), TREES)
    assert [(piece.about, piece.weight) for piece in pieces] == [
        ("the base's vote", 1.0),
        ("its length", -1.0),
    ]


@pytest.mark.parametrize("length", [2.0, 4.0])
@pytest.mark.parametrize("voted", [0.0, 1.0])
def test_the_pieces_of_all_evidence_add_up_to_the_judges_answer(length, voted):
    pieces = evidence.weigh(row(length, voted), TREES)
    start = TREES["base"] + 0.0 + 0.5  # the trees' means
    told = 1 / (1 + math.exp(-(start + sum(piece.weight for piece in pieces))))
    matrix = np.array([row(length, voted)], dtype=np.float32)
    assert model.judge(matrix, model.build(TREES))[0] == pytest.approx(told, abs=1e-6)


def test_every_column_is_about_something_that_has_words():
    assert not [name for name in columns.SECOND if evidence._about(name) == name]
