"""The whole house, as a newcomer starts it.

Every part real, in a home of its own, on ports of its own.
"""

import json
import os
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from email import message_from_bytes, policy
from pathlib import Path

import psutil
import pytest

from service.airflow_api import GATHER, Cockpit

pytestmark = [pytest.mark.slow, pytest.mark.house]
_PATIENCE = 900.0  # seconds: a loaded machine takes its time, a hang is a hang


class House:
    """One house under test, driven by its command line alone."""

    def __init__(self, home: Path, sentry: str) -> None:
        self.home, self.sentry = home, sentry

    def khabar(self, *arguments: str, seconds: float = _PATIENCE) -> subprocess.CompletedProcess:
        clean = {
            name: value
            for name, value in os.environ.items()
            if not name.startswith(("KHABAR", "AIRFLOW", "SENTRY"))
        }
        return subprocess.run(
            [sys.executable, "-P", "-m", "cli.main", *arguments],
            cwd="/",
            capture_output=True,
            text=True,
            timeout=seconds,
            check=False,
            env={
                **clean,
                "KHABAR_HOME": str(self.home),
                "KHABAR_CONTACT": "tests@localhost",
                "KHABAR_SENTRY_DSN": self.sentry,
            },
        )

    def up(self) -> None:
        done = self.khabar("up", "--sample", "--detach")
        assert done.returncode == 0, done.stdout + done.stderr

    def status(self) -> dict:
        return json.loads(self.khabar("status", "--json").stdout)

    def articles(self) -> dict[str, str]:
        """What is in the archive, by address."""
        import contextlib

        import psycopg2

        state = self.status()
        url = state["database"]["url"].replace(
            "khabar@", f"khabar:{(self.home / 'postgres' / 'password').read_text().strip()}@"
        )
        with contextlib.closing(psycopg2.connect(url)) as connection, connection.cursor() as cursor:
            cursor.execute("select url, title || body from readable")
            return dict(cursor.fetchall())

    def runs(self) -> list[str]:
        """The states of the runs whose tasks are all done.

        As Airflow's own status tells of the last one.
        """
        last = self.status()["last_run"]
        return (
            []
            if last is None or last["state"] not in {"success", "failed"}
            else [f"{last['id']} {last['state']} {last['failed']}"]
        )


def wait(condition: Callable[[], object], what: str) -> object:
    deadline = time.monotonic() + _PATIENCE
    while not (found := condition()):
        assert time.monotonic() < deadline, f"waited in vain for {what}"
        time.sleep(1.0)
    return found


@pytest.fixture(scope="module")
def house(tmp_path_factory, house_sink) -> Iterator[House]:
    house = House(tmp_path_factory.mktemp("house"), house_sink.dsn)
    try:
        house.up()
        yield house
    finally:
        house.khabar("down")


def test_a_newcomer_sees_a_green_run_articles_and_a_mail(house):
    run = wait(house.runs, "the first run")
    assert " success " in run[0]
    articles = house.articles()
    assert len(articles) >= 80
    mails = wait(lambda: sorted((house.home / "mail").glob("*.eml")), "the first mail")
    message = message_from_bytes(mails[0].read_bytes(), policy=policy.default)
    assert message["To"] == "analyst@localhost"
    assert message.get_body(("plain",)) is not None
    assert message.get_body(("html",)) is not None


def test_a_planted_task_error_arrives_once_though_the_task_was_tried_twice(house, house_sink):
    wait(house.runs, "the first run")
    assert house_sink.events == []
    cockpit = Cockpit(
        house.status()["address"], (house.home / "secrets" / "password").read_text().strip()
    )
    run = cockpit.trigger(GATHER, {"outlets": ["nobody"], "all_doors": False})
    wait(lambda: cockpit.run(GATHER, run)["state"] == "failed", "the planted failure")
    assert "begin" in cockpit.failed_tasks(GATHER, run)
    assert [event["tags"]["stage"] for event in house_sink.events] == ["begin"]
    assert house_sink.events[0]["tags"]["run"] == run
    assert "nobody" in house_sink.events[0]["exception"]["values"][-1]["value"]


def test_everything_listens_on_loopback_only(house):
    pids = {part["pid"] for part in house.status()["parts"]}
    family = {
        pid
        for leader in pids
        for pid in [
            leader,
            *[child.pid for child in psutil.Process(leader).children(recursive=True)],
        ]
    }
    listening = {
        item.laddr
        for item in psutil.net_connections("inet")
        if item.status == psutil.CONN_LISTEN and item.pid in family
    }
    assert listening
    assert {address.ip for address in listening} <= {"127.0.0.1", "::1"}


def test_no_secret_stands_in_a_log_or_a_command_line(house):
    secrets = [
        path.read_text().strip()
        for path in (house.home / "secrets").iterdir()
        if path.name not in {"login", "airflow-passwords.json"}
    ]
    secrets.append((house.home / "postgres" / "password").read_text().strip())
    for log in (house.home / "logs").rglob("*.log*"):
        text = log.read_text(errors="replace")
        assert not [secret for secret in secrets if secret in text], log
    for process in psutil.process_iter(["cmdline"]):
        assert not [
            secret for secret in secrets if secret in " ".join(process.info["cmdline"] or [])
        ]


def test_the_archives_pages_want_a_login(house):
    address = house.status()["address"]
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    with opener.open(f"{address}/khabar/static/khabar.css") as answer:
        assert answer.status == 200
    with opener.open(f"{address}/khabar/") as answer:
        assert "/auth/login" in answer.url


def test_a_second_up_says_who_runs(house):
    done = house.khabar("up", "--sample")
    assert done.returncode == 1
    assert "runs already" in done.stderr
    assert house.status()["address"] in done.stderr


@pytest.mark.parametrize(
    "name",
    [
        "mailbox",
        "press",
        "api-server",
        "scheduler",
        "dag-processor",
        "triggerer",
        "postman",
        "postgres",
    ],
)
def test_any_part_that_is_killed_comes_back(house, name):
    wait(lambda: house.status()["healthy"], "a healthy house")
    if name == "postgres":
        from storage import upkeep

        pid = int(
            (upkeep.find_data(house.home / "postgres") / "postmaster.pid")
            .read_text()
            .splitlines()[0]
        )
    else:
        pid = next(part["pid"] for part in house.status()["parts"] if part["name"] == name)
    os.kill(pid, signal.SIGKILL)
    wait(lambda: not psutil.pid_exists(pid) and house.status()["healthy"], f"{name} to come back")


def test_after_the_kill_of_the_supervisor_up_finds_the_same_archive_and_the_next_run_is_green(
    house,
):
    wait(house.runs, "the first run")
    before, last = house.articles(), house.status()["last_run"]["id"]
    supervisor = json.loads((house.home / "state.json").read_text())["supervisor"]["pid"]
    os.kill(supervisor, signal.SIGKILL)
    wait(lambda: house.khabar("status").returncode == 3, "the supervisor's end")
    house.up()
    run = wait(lambda: [run for run in house.runs() if not run.startswith(last)], "the next run")
    assert " success " in run[0], run
    after = house.articles()
    assert set(before) <= set(after)
    assert len(after) >= len(before)


def test_a_run_that_is_killed_in_its_middle_is_taken_up_and_ends_green(house):
    wait(house.runs, "the run before")
    before = house.articles()
    cockpit = Cockpit(
        house.status()["address"], (house.home / "secrets" / "password").read_text().strip()
    )
    run = cockpit.trigger(GATHER, {"outlets": [], "all_doors": True})
    wait(
        lambda: [
            path
            for path in house.home.glob("runs/*/*/*/crawl.log")
            if time.time() - path.stat().st_mtime < 5
        ],
        "a crawl under way",
    )
    os.kill(
        json.loads((house.home / "state.json").read_text())["supervisor"]["pid"], signal.SIGKILL
    )
    house.up()
    wait(
        lambda: cockpit.run(GATHER, run)["state"] in {"success", "failed"},
        "the end of the interrupted run",
    )
    assert cockpit.run(GATHER, run)["state"] == "success", cockpit.failed_tasks(GATHER, run)
    assert set(before) <= set(house.articles())


def test_down_leaves_nothing(house):
    pids = [part["pid"] for part in house.status()["parts"]]
    assert house.khabar("down").returncode == 0
    assert house.khabar("status").returncode == 3
    assert not [pid for pid in pids if psutil.pid_exists(pid)]
    assert not [
        process
        for process in psutil.process_iter()
        if str(house.home) in " ".join(_command(process))
    ]


def _command(process: psutil.Process) -> list[str]:
    try:
        return process.cmdline()
    except psutil.Error:
        return []
