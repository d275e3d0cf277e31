"""Leases of hosts: one crawl at a time asks a host, and a dead one's lease runs out."""

import pytest

from storage import Archive, HostLease, claim_hosts, release_hosts, renew_hosts, who_holds
from storage.errors import StorageError


@pytest.fixture
def connection(database_url):
    with Archive(database_url) as archive:
        yield archive.connection


def lease(holder: str, *hosts: str) -> HostLease:
    return HostLease(hosts=hosts, holder=holder, run=f"{holder} in run 1")


def test_a_host_is_held_by_one_at_a_time_until_it_is_given_back(connection):
    first = lease("first", "a.az", "b.az")
    assert claim_hosts(connection, first, 60.0)
    assert not claim_hosts(connection, lease("second", "b.az"), 60.0)
    held = who_holds(connection, ["b.az", "c.az"])
    assert (held.hosts, held.run) == (("b.az",), "first in run 1")
    release_hosts(connection, first)
    assert who_holds(connection, ["a.az", "b.az"]) is None
    assert claim_hosts(connection, lease("second", "b.az"), 60.0)


def test_of_several_hosts_all_are_taken_or_none(connection):
    assert claim_hosts(connection, lease("first", "b.az"), 60.0)
    assert not claim_hosts(connection, lease("second", "a.az", "b.az", "c.az"), 60.0)
    assert who_holds(connection, ["a.az", "c.az"]) is None


def test_a_lease_that_is_not_renewed_is_anybodys_and_then_lost(connection):
    dead = lease("dead", "a.az")
    assert claim_hosts(connection, dead, -1.0)
    assert who_holds(connection, ["a.az"]) is None
    assert claim_hosts(connection, lease("next", "a.az"), 60.0)
    assert not renew_hosts(connection, dead, 60.0)


def test_a_lease_that_is_renewed_stays(connection):
    mine = lease("mine", "a.az")
    assert claim_hosts(connection, mine, -1.0)
    assert renew_hosts(connection, mine, 60.0)
    assert not claim_hosts(connection, lease("next", "a.az"), 60.0)


def test_a_database_that_is_away_is_a_sentence(database_url):
    archive = Archive(database_url)
    archive.close()
    with pytest.raises(StorageError, match="leases"):
        renew_hosts(archive.connection, lease("mine", "a.az"), 60.0)
