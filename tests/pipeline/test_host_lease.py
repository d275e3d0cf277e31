"""A crawl holds its outlet's hosts; what was left behind by a killed one is taken over."""

import os
import socket
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest
from kept_runs import OUTLET

from news.outlet import Door, DoorKind
from pipeline import process_identity, settings
from pipeline.run import host_lease
from pipeline.run.host_lease import HostBusyError, holding, hosts_of
from storage import Archive, HostLease, claim_hosts, renew_hosts, who_holds

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def house(database_url, tmp_path, monkeypatch):
    monkeypatch.setattr(host_lease, "_PATIENCE", 0.0)
    monkeypatch.setattr(host_lease, "_ORPHAN", 0.0)
    return settings.read({"KHABAR_HOME": str(tmp_path), "KHABAR_DATABASE_URL": database_url})


def always() -> bool:
    return True


def test_all_hosts_of_an_outlet_count_its_doors_too():
    archive = Door(kind=DoorKind.ARCHIVE, url="http://old.kanar.localhost/{year}/{month}/")
    outlet = replace(OUTLET, doors=(*OUTLET.doors, archive), hosts=("m2.kanar.localhost",))
    assert hosts_of(outlet) == ("kanar.localhost", "m2.kanar.localhost", "old.kanar.localhost")


def test_a_second_crawl_of_an_outlet_waits_and_then_says_who_is_there(house):
    with holding(house, OUTLET, "2026-01-01T000000Z", always) as is_held:
        assert is_held()
        with pytest.raises(HostBusyError, match="kanar in run 2026-01-01"):
            holding(house, OUTLET, "another", always).__enter__()
    with holding(house, OUTLET, "another", always) as is_held:
        assert is_held()


def test_another_outlet_on_the_host_waits_too(house):
    cousin = replace(OUTLET, name="cousin")
    with holding(house, OUTLET, "one", always), pytest.raises(HostBusyError):
        holding(house, cousin, "one", always).__enter__()


def test_what_a_killed_process_of_this_machine_held_is_taken_over_at_once(house):
    code = (
        "import sys, time; from kept_runs import OUTLET; from pipeline import settings;"
        "from pipeline.run.host_lease import holding\n"
        "with holding(settings.read(), OUTLET, 'killed', lambda: True):\n"
        "    print('held', flush=True); time.sleep(600)"
    )
    child = subprocess.Popen(
        [sys.executable, "-c", code],
        stdout=subprocess.PIPE,
        env={
            **os.environ,
            "PYTHONPATH": f"{ROOT}:{ROOT / 'tests'}",
            "KHABAR_HOME": str(house.home),
            "KHABAR_DATABASE_URL": house.database_url,
        },
    )
    assert child.stdout is not None
    assert child.stdout.readline() == b"held\n"
    with pytest.raises(HostBusyError, match="killed"):
        holding(house, OUTLET, "next", always).__enter__()
    child.kill()
    child.wait()
    child.stdout.close()
    begun = time.monotonic()
    with holding(house, OUTLET, "next", always) as is_held:
        assert is_held()
    assert time.monotonic() - begun < 20


def test_a_lease_of_another_machine_is_left_until_it_runs_out(house):
    own = process_identity.identify(os.getpid())
    foreign = f"elsewhere 1 {own.boot} {own.ticks} x"
    here = f"{socket.gethostname()} 4194304 {own.boot} 1 x"
    assert not host_lease._is_left_behind(foreign)
    assert host_lease._is_left_behind(here)
    assert not host_lease._is_left_behind("a name of a later version")


def test_a_lease_that_somebody_took_meanwhile_stops_the_crawl(house, monkeypatch):
    monkeypatch.setattr(host_lease, "_RENEWED", 0.05)
    with holding(house, OUTLET, "slept", always) as is_held:
        with Archive(house.database_url) as archive:
            held = who_holds(archive.connection, hosts_of(OUTLET))
            renew_hosts(archive.connection, held, -1.0)
            thief = HostLease(hosts=hosts_of(OUTLET), holder="thief", run="thief")
            with archive.transaction() as cursor:
                cursor.execute("update host_leases set expires = now() - interval '1 second'")
            taken = claim_hosts(archive.connection, thief, 60.0)
        deadline = time.monotonic() + 20
        while taken and is_held() and time.monotonic() < deadline:
            time.sleep(0.05)
        assert is_held() is not taken
