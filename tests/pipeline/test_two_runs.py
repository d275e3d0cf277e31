"""Two runs at once over the sample press, a worker killed, a lease left behind by a machine.

Judged by the press's own log: whose crawl asked which host when is seen by the contact that each
worker puts into its User-Agent.
"""

import json
import os
import signal
import subprocess
import sys
import time
from collections import Counter, defaultdict
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path

import psutil
import pytest
from crawl_month import Press

from news.urls import canonical
from pipeline import settings, stages
from pipeline.run import run_folder
from press import outlet_files
from press.rosters import roster
from storage import Archive, HostLease, claim_hosts

pytestmark = pytest.mark.slow
ROOT = Path(__file__).resolve().parents[2]
OUTLETS = 12
NOW = datetime.now(UTC)
WORKER = """
import sys
from pipeline import settings, stages
house = settings.read()
for one in stages.read(house, sys.argv[1], sys.argv[2:], at_once=3):
    print(one.outlet, one.failure or one.skipped or "done", flush=True)
"""


@pytest.fixture
def press(tmp_path):
    served = Press(tmp_path / "press", f"fleet-{OUTLETS}", NOW)
    yield served
    served.close()


@pytest.fixture
def environment(press, tmp_path, database_url) -> dict[str, str]:
    for path in outlet_files.write(roster(f"fleet-{OUTLETS}"), tmp_path / "outlets", press.port):
        path.write_text(path.read_text().replace("delay = 0.0", "delay = 0.3"))
    return {
        "KHABAR_HOME": str(tmp_path / "home"),
        "KHABAR_DATABASE_URL": database_url,
        "KHABAR_OUTLETS": str(tmp_path / "outlets"),
        "KHABAR_ALLOW_LOOPBACK": "1",
    }


def worker(environment: dict, contact: str, run: str, names: list[str]) -> subprocess.Popen:
    """Start a process that reads outlets of a run, known by its contact."""
    return subprocess.Popen(
        [sys.executable, "-P", "-c", WORKER, run, *names],
        env={**os.environ, **environment, "KHABAR_CONTACT": f"{contact}@reader.test"},
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
    )


def crawlers_of(folder: Path) -> list[psutil.Process]:
    """The crawls that are under way in a folder of runs."""
    found = []
    for process in psutil.process_iter(["cmdline"]):
        words = " ".join(process.info["cmdline"] or ())
        if "crawlers.process" in words and str(folder) in words:
            found.append(process)
    return found


def asked(press: Press) -> dict[str, list[tuple[float, str, str, int]]]:
    """Requests by host: (when, whose, path, status), in order."""
    found = defaultdict(list)
    for line in press.log():
        whose = line["ua"].partition("+")[2].partition("@")[0]
        found[line["host"]].append((line["real"], whose, line["path"], line["status"]))
    return found


def test_no_host_is_asked_by_two_at_a_time_and_nothing_is_lost_or_doubled(press, environment):
    house = settings.read(environment)
    begun = [stages.begin(house, everything=True) for _ in range(2)]
    first, second = (one["run"] for one in begun)
    assert first != second
    names = begun[0]["outlets"]
    lease = HostLease(
        hosts=(f"{names[-1]}.localhost",), holder="elsewhere 1 - 1 x", run="a machine"
    )
    with Archive(house.database_url) as archive:
        assert claim_hosts(archive.connection, lease, 20.0)

    killed = worker(environment, "killed", first, names)
    other = worker(environment, "other", second, list(reversed(names)))
    deadline = time.monotonic() + 120
    while len(crawlers_of(house.runs / first)) < 2 and time.monotonic() < deadline:
        time.sleep(0.1)
    orphans = crawlers_of(house.runs / first)
    assert orphans
    killed.send_signal(signal.SIGKILL)
    killed.wait()
    assert killed.stdout is not None
    killed.stdout.close()
    _gone, alive = psutil.wait_procs(orphans, timeout=120)
    assert not alive, "crawlers outlived their worker"
    again = worker(environment, "again", first, names)
    said = [process.communicate(timeout=400)[0] for process in (other, again)]
    assert all(process.returncode == 0 for process in (other, again))

    log = asked(press)
    assert {f"{name}.localhost" for name in names} <= set(log)
    for host, requests in log.items():
        spans = defaultdict(list)
        for at, whose, _path, _status in requests:
            spans[whose].append(at)
        ordered = sorted((min(times), max(times)) for times in spans.values())
        assert all(one[1] < two[0] for one, two in pairwise(ordered)), (host, dict(spans))

    truth = {canonical(line["url"]) for line in press.truth(NOW) if line["reachable"]}
    with Archive(house.database_url) as archive, archive.transaction() as cursor:
        cursor.execute("select url from article_urls")
        urls = [url for (url,) in cursor.fetchall()]
        cursor.execute("select count(*) from articles")
        [articles] = cursor.fetchone()
    assert len(urls) == len(set(urls)) == articles
    known = {canonical(url) for url in urls}
    assert truth <= known, sorted(truth - known)[:5]
    # What one run has brought the other does not fetch again: only what was under way at the kill.
    fetched = Counter(
        (host, path)
        for host, requests in log.items()
        for _at, _whose, path, status in requests
        if status == 200 and canonical(f"http://{host}:{press.port}{path}") in truth
    )
    twice = sum(count - 1 for count in fetched.values())
    assert twice <= 2 * len(orphans), fetched.most_common(5)
    assert not list(house.runs.rglob("failed.json")), said
    for name in (first, second):
        folders = run_folder.find(house.runs, name).outlets()
        assert all(folder.is_over for folder in folders), json.dumps(said)
