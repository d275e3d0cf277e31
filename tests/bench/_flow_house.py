"""A whole house over a press of our own for the flow's benches, and a meter for what it costs.

The house is started by its command line as a person does it; the press runs beside it, so that its
clock can be turned and its access log read.
"""

import contextlib
import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request
from collections import defaultdict
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Self

import psutil
import psycopg2

from press import outlet_files
from press.rosters import roster
from service.airflow_api import GATHER, Cockpit

ROOT = Path(__file__).resolve().parents[2]
_OPENER = urllib.request.build_opener(urllib.request.ProxyHandler({}))
_ENDED = {"success", "failed"}


def free_port() -> int:
    """Return a port of 127.0.0.1 that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Press:
    """The sample press in a process of its own."""

    def __init__(self, home: Path, name: str, now: datetime) -> None:
        self.home = home
        self.port = free_port()
        self.roster = roster(name)
        home.mkdir(parents=True)
        self.process = subprocess.Popen(
            [
                *(sys.executable, "-P", "-m", "press", "serve", "--roster", name),
                *("--port", str(self.port), "--home", str(home)),
                *("--now", now.isoformat(), "--speed", "1"),
            ],
            cwd=ROOT,
            stdout=subprocess.PIPE,
        )
        assert self.process.stdout is not None
        self.process.stdout.readline()

    def tell(self, what: str, wish: dict) -> None:
        """Set the clock or switch a fault on."""
        request = urllib.request.Request(
            f"http://127.0.0.1:{self.port}/_press/{what}",
            data=json.dumps(wish).encode(),
            method="POST",
        )
        with _OPENER.open(request, timeout=30) as answer:
            answer.read()

    def log(self) -> Iterator[dict]:
        """Yield the requests that were answered, in order."""
        with (self.home / "access.jsonl").open(encoding="utf-8") as file:
            for line in file:
                yield json.loads(line)

    def close(self) -> None:
        """Stop it."""
        self.process.terminate()
        self.process.wait(20)


class House:
    """A house of its own home, driven by the command line and Airflow's API."""

    def __init__(self, home: Path, outlets: Path, **environment: str) -> None:
        self.home = home
        home.mkdir()
        (home / "kind").write_text("sample")
        clean = {
            name: value
            for name, value in os.environ.items()
            if not name.startswith(("KHABAR", "AIRFLOW", "SENTRY", "PYTHONPATH"))
        }
        self.environment = {
            **clean,
            "KHABAR_HOME": str(home),
            "KHABAR_OUTLETS": str(outlets),
            "KHABAR_ALLOW_LOOPBACK": "1",
            "KHABAR_CONTACT": "bench@localhost",
            **environment,
        }

    def khabar(self, *arguments: str) -> str:
        """Run one command; return its output."""
        done = subprocess.run(
            [sys.executable, "-P", "-m", "cli.main", *arguments],
            cwd=ROOT,
            env=self.environment,
            capture_output=True,
            text=True,
            check=False,
            timeout=900,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def up(self) -> None:
        """Start it."""
        self.khabar("up", "--detach")

    def state(self) -> dict:
        """Return what stands in state.json."""
        return json.loads((self.home / "state.json").read_text())

    @property
    def cockpit(self) -> Cockpit:
        """Airflow's API, logged in."""
        password = (self.home / "secrets" / "password").read_text().strip()
        return Cockpit(self.state()["address"], password)

    def rows(self, query: str, *values: object) -> list[tuple]:
        """Return the rows of a query on the archive."""
        status = json.loads(self.khabar("status", "--json"))
        password = (self.home / "postgres" / "password").read_text().strip()
        url = status["database"]["url"].replace("khabar@", f"khabar:{password}@")
        with contextlib.closing(psycopg2.connect(url)) as connection, connection.cursor() as cursor:
            cursor.execute(query, values or None)
            found = cursor.fetchall() if cursor.description else []
            connection.commit()
            return found

    def wait_for_run(self, run_id: str = "", *, dag: str = GATHER, seconds: float = 20_000) -> dict:
        """Return a run of a DAG when it has ended; without an id its newest."""
        deadline = time.monotonic() + seconds
        cockpit = self.cockpit
        while time.monotonic() < deadline:
            with contextlib.suppress(Exception):  # the API of a loaded house may be slow
                runs = [cockpit.run(dag, run_id)] if run_id else cockpit.runs(dag)
                if runs and runs[0]["state"] in _ENDED:
                    return runs[0]
            time.sleep(2)
        raise TimeoutError(f"{dag} {run_id} has not ended")


@contextlib.contextmanager
def opened(name: str, now: datetime, **environment: str) -> Iterator[tuple[House, Press]]:
    """Give a house that is not started yet and the press it reads; both are stopped at the end."""
    folder = Path(tempfile.mkdtemp(prefix="khabar-flow-"))
    folder.chmod(0o755)  # run by root, the database's user looks in
    press = Press(folder / "press", name, now)
    outlet_files.write(press.roster, folder / "outlets", press.port)
    house = House(folder / "home", folder / "outlets", **environment)
    try:
        yield house, press
    finally:
        with contextlib.suppress(Exception):
            house.khabar("down")
        press.close()
        if not os.environ.get("KHABAR_BENCH_KEEP"):
            shutil.rmtree(folder, ignore_errors=True)


class Meter:
    """CPU seconds by part and the most memory of a house, from its processes' own counters.

    A part is what the supervisor started, with all that it started in turn. The tasks' processes
    are the scheduler's; crawls and page readers among them are told apart by sampling, which
    misses what a process did in its last half second.
    """

    def __init__(self, house: House) -> None:
        self._house = house
        self._own: dict[tuple[str, int, float], float] = {}
        self._total: dict[tuple[int, float], tuple[str, float]] = {}
        self.most_memory = 0  # bytes, proportional share
        self.most_processes = 0
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self._stopped.set()
        self._thread.join()

    def _run(self) -> None:
        beat = 0
        while not self._stopped.wait(0.5):
            with contextlib.suppress(OSError, ValueError, KeyError):
                self._look(weighs=beat % 20 == 0)
            beat += 1

    def _look(self, *, weighs: bool) -> None:
        memory = count = 0
        for part, root in self._roots():
            with contextlib.suppress(psutil.Error):
                leader = psutil.Process(root)
                for process in [leader, *leader.children(recursive=True)]:
                    with contextlib.suppress(psutil.Error):
                        self._note(part, process)
                        count += 1
                        if weighs:
                            memory += _share(process.pid)
        self.most_memory = max(self.most_memory, memory)
        self.most_processes = max(self.most_processes, count)

    def _roots(self) -> Iterator[tuple[str, int]]:
        for name, part in self._house.state()["parts"].items():
            if part.get("process"):
                yield name, part["process"]["pid"]
        for path in (self._house.home / "postgres").rglob("postmaster.pid"):
            yield "postgres", int(path.read_text().split()[0])

    def _note(self, part: str, process: psutil.Process) -> None:
        times = process.cpu_times()
        own = times.user + times.system
        born = process.create_time()
        kind = part
        if part == "scheduler":
            words = " ".join(process.cmdline())
            if "crawlers.process" in words:
                kind = "crawls"
            elif "page_worker" in words:
                kind = "page readers"
        self._own[kind, process.pid, born] = own
        reaped = times.children_user + times.children_system
        self._total[process.pid, born] = (part, reaped)

    def seconds(self) -> dict[str, float]:
        """Return CPU seconds by part: of the parts' own processes as last seen."""
        found: dict[str, float] = defaultdict(float)
        for (kind, _pid, _born), seconds in self._own.items():
            found[kind] += seconds
        return {name: round(value, 1) for name, value in sorted(found.items())}


def _share(pid: int) -> int:
    """Return the memory of a process in bytes, what is shared divided among the sharers."""
    with contextlib.suppress(OSError):
        for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1]) * 1024
    return 0


def wait(condition: Callable[[], object], what: str, seconds: float = 900) -> object:
    """Return what a condition gives as soon as it holds."""
    deadline = time.monotonic() + seconds
    while not (found := condition()):
        if time.monotonic() > deadline:
            raise TimeoutError(f"waited in vain for {what}")
        time.sleep(4)  # a look at Airflow's API costs it some work
    return found


def moment(text: str) -> datetime:
    """Return a moment of Airflow's API, aware, UTC."""
    return datetime.fromisoformat(text).astimezone(UTC)
