"""How a run's outlets are dealt out to tasks."""

from collections import Counter
from dataclasses import replace

from kept_runs import OUTLET

from pipeline.run.shards import MOST_ALONE, MOST_SHARDS, form_shards


def outlets(count: int) -> list:
    return [
        replace(OUTLET, name=f"o{number}", home=f"http://o{number}.localhost/", doors=())
        for number in range(count)
    ]


def test_some_hundreds_are_a_task_each_by_name():
    shards = form_shards(outlets(MOST_ALONE))
    assert [shard.name for shard in shards] == [f"o{number}" for number in range(MOST_ALONE)]
    assert all(shard.outlets == (shard.name,) for shard in shards)


def test_five_thousand_are_at_most_two_hundred_tasks_even_ones_and_none_is_lost():
    shards = form_shards(outlets(5000))
    assert len(shards) == MOST_SHARDS
    assert {len(shard.outlets) for shard in shards} == {25}
    names = Counter(name for shard in shards for name in shard.outlets)
    assert names == Counter(f"o{number}" for number in range(5000))
    assert shards[0].name == "shard 1: o0 and 24 more"


def test_outlets_that_share_a_host_are_in_one_shard_also_by_way_of_a_third():
    many = outlets(1100)
    many[7] = replace(many[7], hosts=("shared.localhost",))
    many[900] = replace(many[900], hosts=("shared.localhost", "other.localhost"))
    many[1050] = replace(many[1050], hosts=("other.localhost",))
    shards = form_shards(many)
    [held] = [shard for shard in shards if "o7" in shard.outlets]
    assert {"o7", "o900", "o1050"} <= set(held.outlets)
    assert max(len(shard.outlets) for shard in shards) <= 6


def test_no_outlets_are_no_task():
    assert form_shards([]) == []
