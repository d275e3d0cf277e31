"""Leases of hosts: a host is asked by one crawl at a time, over all runs and machines.

A lease is held for a time and renewed meanwhile; that of a crawl that was killed runs out. The
archive's clock alone counts.
"""

import contextlib
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

import psycopg2

from storage.errors import StorageError
from storage.sql.statements import execute, fetch_one

if TYPE_CHECKING:
    from psycopg2.extensions import connection as Connection
    from psycopg2.extensions import cursor as Cursor


@dataclass(
    frozen=True,
    slots=True,
    kw_only=True,
)
class HostLease:
    """Hosts of one crawl. `holder` is unique among all crawls; `run` says for whom, in words."""

    hosts: tuple[str, ...]
    holder: str
    run: str


@contextlib.contextmanager
def _asking(connection: "Connection") -> "Iterator[Cursor]":
    """Give a cursor in a transaction; a database that is away is a StorageError."""
    try:
        with connection, connection.cursor() as cursor:
            yield cursor
    except psycopg2.Error as error:
        reason = " ".join(str(error).split())
        raise StorageError(f"the leases of hosts cannot be asked for: {reason}") from error


def claim_hosts(
    connection: "Connection",
    lease: HostLease,
    seconds: float,
) -> bool:
    """Take all hosts of a lease for so many seconds, or none; return whether they are taken."""
    with _asking(connection) as cursor:
        taken = execute(
            cursor,
            "host_leases.claim",
            hosts=list(lease.hosts),
            holder=lease.holder,
            run=lease.run,
            seconds=seconds,
        )
        is_whole = taken == len(lease.hosts)
        if not is_whole:
            connection.rollback()

    return is_whole


def who_holds(connection: "Connection", hosts: Collection[str]) -> HostLease | None:
    """Return the lease of one of the hosts that is held; None when all are free."""
    with _asking(connection) as cursor:
        held = fetch_one(
            cursor,
            "host_leases.held_by",
            hosts=list(hosts),
        )

    if held is None:
        return None

    host, holder, run = held
    return HostLease(
        hosts=(host,),
        holder=holder,
        run=run,
    )


def renew_hosts(
    connection: "Connection",
    lease: HostLease,
    seconds: float,
) -> bool:
    """Hold on to a lease for so many seconds more; False when it was lost."""
    with _asking(connection) as cursor:
        kept = execute(
            cursor,
            "host_leases.renew",
            holder=lease.holder,
            seconds=seconds,
        )

    return kept == len(lease.hosts)


def release_hosts(connection: "Connection", lease: HostLease) -> None:
    """Give the hosts of a lease back."""
    with _asking(connection) as cursor:
        execute(
            cursor,
            "host_leases.release",
            holder=lease.holder,
        )
        execute(cursor, "host_leases.drop_expired")
