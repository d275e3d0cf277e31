"""Shards: the outlets of a run as the tasks of Airflow take them.

Up to some hundreds each outlet is a task of its own. Above that a task takes several, so that 5,000
outlets are no more than 200 tasks. Outlets that share a host are always in one shard.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from news.outlet import Outlet
from pipeline.run.host_lease import hosts_of

MOST_ALONE = 300  # outlets of a run that are tasks of their own
MOST_SHARDS = 200  # tasks of a run with more outlets than that


@dataclass(
    frozen=True,
    slots=True,
    kw_only=True,
)
class Shard:
    """Outlets that one task reads. `name` is what people see of it."""

    name: str
    outlets: tuple[str, ...]


def form_shards(outlets: Sequence[Outlet]) -> list[Shard]:
    """Return the shards of a run's outlets, as even as outlets with one host allow."""
    groups = _by_host(outlets)
    if len(outlets) <= MOST_ALONE:
        return [
            Shard(
                name=_title(group),
                outlets=tuple(group),
            )
            for group in groups
        ]
    bins: list[list[str]] = [
        []
        for _ in range(
            min(
                MOST_SHARDS,
                len(groups),
            )
        )
    ]
    # The largest groups first, each into the shard that has least so far.
    for group in sorted(
        groups,
        key=len,
        reverse=True,
    ):
        min(
            bins,
            key=len,
        ).extend(group)
    return [
        Shard(name=f"shard {number}: {_title(names)}", outlets=tuple(names))
        for number, names in enumerate(
            bins,
            1,
        )
    ]


def _title(names: Sequence[str]) -> str:
    """Return the names of a few outlets, or the first one and how many more there are."""
    if len(names) == 1:
        return names[0]
    return f"{names[0]} and {len(names) - 1} more"


def _by_host(outlets: Sequence[Outlet]) -> list[list[str]]:
    """Return names of outlets, those in one list that share a host, also by way of a third one."""
    leader: dict[str, str] = {}  # of a host: the first host of its group

    def lead(host: str) -> str:
        while leader[host] != host:
            leader[host] = leader[leader[host]]
            host = leader[host]
        return host

    for outlet in outlets:
        first, *others = hosts_of(outlet)
        leader.setdefault(
            first,
            first,
        )
        for host in others:
            leader.setdefault(
                host,
                host,
            )
            leader[lead(host)] = lead(first)
    groups: dict[str, list[str]] = {}
    for outlet in outlets:
        groups.setdefault(
            lead(hosts_of(outlet)[0]),
            [],
        ).append(outlet.name)
    return list(groups.values())
