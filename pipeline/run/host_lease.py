"""The hosts of an outlet, held while it is crawled: nobody else asks them meanwhile.

Other runs, tasks and machines keep off by leases in the archive. A lease is renewed by a thread as
long as this process lives. When it was killed, the lease runs out within a minute; on the same
machine that is seen at once.
"""

import contextlib
import os
import re
import socket
import threading
import time
import uuid
from collections.abc import Callable, Iterator

import psutil

from news.errors import KhabarError
from news.outlet import Outlet
from news.urls import host_key
from pipeline import database, process_identity
from pipeline.settings import Settings
from storage import (
    Archive,
    HostLease,
    StorageError,
    claim_hosts,
    release_hosts,
    renew_hosts,
    who_holds,
)

_SECONDS = 60.0  # a lease lasts without being renewed
_RENEWED = 15.0  # seconds between two renewals
_LOOK = 2.0  # seconds between two looks whether a host has become free
_ORPHAN = 60.0  # seconds at most that the crawler of a killed process takes to end
_GLANCE = 0.5  # seconds between two looks whether it has
_HOLDER_PARTS = 5
_IN_RUN = " in run "  # between the outlet and the run, in what a lease says of itself
_PATTERN = re.compile(r"\{[^{}]*\}")  # in the address of a door of pages by date or number
_PATIENCE = 90.0  # seconds that a crawl waits for its hosts; longer than a dead one's lease lasts


class HostBusyError(KhabarError):
    """Another crawl asks the outlet's host at the moment; nothing is wrong."""


def hosts_of(outlet: Outlet) -> tuple[str, ...]:
    """Return all hosts that a crawl of an outlet may ask, in order, each once."""
    addresses = [outlet.home, *[door.url for door in outlet.doors]]
    found = {
        host_key(
            _PATTERN.sub(
                "0",
                address,
            )
        )
        for address in addresses
    }
    return tuple(sorted(found | set(outlet.hosts)))


class _Renewal:
    """A thread that renews a lease until it is stopped; tells whether the lease is still held."""

    def __init__(
        self,
        settings: Settings,
        lease: HostLease,
    ) -> None:
        self._settings = settings
        self._lease = lease
        self._until = time.monotonic() + _SECONDS
        self._lost = False
        self._stopped = threading.Event()
        self._thread = threading.Thread(
            target=self._run,
            daemon=True,
        )
        self._thread.start()

    def is_held(self) -> bool:
        """Tell whether the hosts are surely ours."""
        return not self._lost and time.monotonic() < self._until

    def stop(self) -> None:
        """Renew no more."""
        self._stopped.set()
        self._thread.join()

    def _run(self) -> None:
        while not self._stopped.wait(_RENEWED):
            begun = time.monotonic()
            # A database that is away for a moment is asked again while the lease lasts.
            with (
                contextlib.suppress(StorageError),
                Archive(database.url(self._settings)) as archive,
            ):
                self._lost = not renew_hosts(
                    archive.connection,
                    self._lease,
                    _SECONDS,
                )
                self._until = begun + _SECONDS


@contextlib.contextmanager
def holding(
    settings: Settings,
    outlet: Outlet,
    run: str,
    goes_on: Callable[[], bool],
) -> Iterator[Callable[[], bool]]:
    """Hold an outlet's hosts for the time of the block, which gets what tells whether it does.

    Waits a while for hosts that somebody else holds, then raises HostBusyError.
    """
    lease = HostLease(
        hosts=hosts_of(outlet),
        holder=_holder(),
        run=f"{outlet.name}{_IN_RUN}{run}",
    )
    _claim(
        settings,
        lease,
        goes_on,
    )
    renewal = _Renewal(
        settings,
        lease,
    )
    try:
        yield renewal.is_held
    finally:
        renewal.stop()
        with contextlib.suppress(StorageError), Archive(database.url(settings)) as archive:
            release_hosts(
                archive.connection,
                lease,
            )


def _claim(
    settings: Settings,
    lease: HostLease,
    goes_on: Callable[[], bool],
) -> None:
    """Take the hosts, as soon as they are free; raises HostBusyError."""
    end = time.monotonic() + _PATIENCE
    while True:
        with Archive(database.url(settings)) as archive:
            if claim_hosts(
                archive.connection,
                lease,
                _SECONDS,
            ):
                return
            held = who_holds(
                archive.connection,
                lease.hosts,
            )
            if held is not None and _is_left_behind(held.holder):
                _await_orphan(held)
                release_hosts(
                    archive.connection,
                    held,
                )
                continue
        if time.monotonic() >= end or not goes_on():
            host = held.hosts[0] if held else lease.hosts[0]
            whom = held.run if held else "another crawl"
            raise HostBusyError(f"{host} is being asked for {whom}; the next run reads it")
        time.sleep(_LOOK)


def _await_orphan(held: HostLease) -> None:
    """Wait until no crawl is under way any more for a lease that was left behind here."""
    end = time.monotonic() + _ORPHAN
    while _is_crawled(held) and time.monotonic() < end:
        time.sleep(_GLANCE)


def _is_crawled(held: HostLease) -> bool:
    """Tell whether a crawl of the lease's outlet and run is under way on this machine."""
    outlet, _, run = held.run.partition(_IN_RUN)
    job = f"/{outlet}/job.json"
    for process in psutil.process_iter(["cmdline"]):
        words = process.info["cmdline"] or ()
        if any(word.endswith(job) and f"/{run}/" in word for word in words):
            return True
    return False


def _holder() -> str:
    """Return a name for a lease of this process that no other one has, and that tells whose it is.

    Machine, process, boot, ticks, and a number of its own.
    """
    process = process_identity.identify(os.getpid())
    boot = process.boot if process else ""
    ticks = process.ticks if process else 0
    own = uuid.uuid4().hex
    return f"{socket.gethostname()} {os.getpid()} {boot or '-'} {ticks} {own}"


def _is_left_behind(holder: str) -> bool:
    """Tell whether a lease's process ran on this machine and lives no longer."""
    parts = holder.split(" ")
    if len(parts) != _HOLDER_PARTS or parts[0] != socket.gethostname() or parts[2] == "-":
        return False
    process = process_identity.Process(
        pid=int(parts[1]),
        started=0.0,
        boot=parts[2],
        ticks=int(parts[3]),
    )
    return not process_identity.alive(process)
