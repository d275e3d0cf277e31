"""A world drawn from a seed, drafted by `outlets add` alone and read by the real pipeline."""

import crawl_world
import pytest
import worldjudge

from press.drawn.kinds import KINDS


def test_a_small_drawn_world_is_read_whole_and_without_strangers():
    figures = crawl_world.run(4, 0.4, ["ampersand", "identifying"], seconds=300)
    totals = worldjudge.totals(figures)
    assert totals["owed"] > 25
    assert totals["recall"] >= 0.98
    assert totals["strangers"] <= 0.01
    assert totals["doubles"] == 0
    assert totals["requests"] <= totals["allowed"]
    assert totals["lies"] == 0


def test_the_judge_counts_an_outlet_that_hides_what_it_lost():
    row = {"lies": True, "owed": 10, "missed": 4, "rows": 8, "strangers": ["x"], "double": 1}
    row |= {"deletions": {"soft planned missed": 1}, "requests": 9, "allowed": 40}
    totals = worldjudge.totals({"one": row})
    assert totals["recall"] == pytest.approx(0.6)
    assert totals["strangers"] == pytest.approx(1 / 8)
    assert (totals["doubles"], totals["planned missed"], totals["lies"]) == (1, 1, 1)


@pytest.mark.slow
@pytest.mark.xfail(
    reason="seeds 61 and 62 reach this in 2.2 days (docs/benchmarks.md); these three days of seed 5"
    " have not been played since small sections are read every seven hours",
    strict=False,
)
def test_a_drawn_world_of_all_kinds_is_read():
    figures = crawl_world.run(5, 3, [])
    totals = worldjudge.totals(figures)
    assert len(figures) == len(KINDS) >= 20
    assert totals["recall"] >= 0.98
    assert totals["strangers"] <= 0.01
    assert totals["doubles"] == 0
    assert totals["planned missed"] == 0
    assert totals["requests"] <= totals["allowed"]
    assert totals["lies"] == 0
