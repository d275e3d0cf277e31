"""Sender, matcher, database and mail server are killed at random while articles come in.

Every alert arrives; a mail that comes again has the Message-ID that it had, at most once a kill.

The slow test plays rounds, each in a new world. KHABAR_KILLS and KHABAR_ALERTS set its size; with
KHABAR_KILLS_FILE its rounds are kept there, and a test that was stopped goes on after the last
one. Its figures stand in docs/benchmarks.md.
"""

import contextlib
import email
import json
import math
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

import psycopg2
import pytest
from watchworld import World, free_port

from storage import StorageError, upkeep

MATCHER = """
import sys, time
from datetime import UTC, datetime
from pipeline.alerts import match as alerting
from pipeline.alerts.mail_context import MailContext
from storage import Archive
office = MailContext(
    sender="Khabar <khabar@news.test>",
    base="https://khabar.test",
    secret=b"0123456789abcdef",
)
while True:
    try:
        with Archive(sys.argv[1]) as archive:
            print("ready", flush=True)
            while True:
                if not alerting.match_once(archive, office, datetime.now(UTC), limit=5).changes:
                    time.sleep(.02)
    except Exception:
        time.sleep(.1)
"""
SENDER = """
import sys, time
from pipeline.alerts.send import Sender
from storage import Archive
from watches.delivery.smtp import Mailer
from watches.delivery.smtp_account import account
sender = Sender(Mailer(account(sys.argv[2]), "khabar@news.test"))
while True:
    try:
        with Archive(sys.argv[1]) as archive:
            print("ready", flush=True)
            while True:
                sender.send_all(archive)
                time.sleep(.02)
    except Exception:
        time.sleep(.1)
"""
KILLS_A_ROUND = 20
# An article is a mail to each; one address gets no more than the hour's limit in a round.
READERS = tuple(f"reader{number}@reader.test" for number in range(8))
FAST = {"fsync": "off", "full_page_writes": "off", "shared_buffers": "64MB"}


class Stage:
    """The four parts, any of which may be killed."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir(exist_ok=True)
        self.mail = folder / "mail"
        self.server = upkeep.start_server(folder / "pg", settings=FAST)
        self.url = upkeep.create_database(self.server, "kill")
        upkeep.migrate(self.url)
        self.smtp_port = free_port()
        self.commands = {
            "matcher": ["-c", MATCHER, self.url],
            "sender": ["-c", SENDER, self.url, f"smtp://127.0.0.1:{self.smtp_port}"],
            "mailbox": [
                "-m",
                "watches.delivery.mailbox",
                "--port",
                str(self.smtp_port),
                "--folder",
                str(self.mail),
            ],
        }
        self.processes = {name: self.launch(name) for name in self.commands}

    def launch(self, name: str) -> subprocess.Popen:
        root = Path(__file__).resolve().parents[2]
        with self.said(name).open("wb") as said:
            return subprocess.Popen(
                [sys.executable, *self.commands[name]],
                cwd=root,
                stdout=said,
                stderr=subprocess.DEVNULL,
                env={**os.environ, "PYTHONPATH": str(root)},
            )

    def said(self, name: str) -> Path:
        return self.folder / f"{name}.out"

    def await_work(self, name: str) -> None:
        """Wait until a part that was started works: killed before, it is no test."""
        deadline = time.monotonic() + 60
        while not self.said(name).stat().st_size:
            if time.monotonic() > deadline:
                pytest.fail(f"{name} does not come back")
            time.sleep(0.02)

    def kill(self, name: str) -> None:
        if name != "database":
            self.processes[name].kill()
            self.processes[name].wait()
            self.processes[name] = self.launch(name)
            return
        with contextlib.suppress(ProcessLookupError, FileNotFoundError):
            os.kill(
                int((self.folder / "pg" / "data" / "postmaster.pid").read_text().split()[0]),
                signal.SIGKILL,
            )
        for _ in range(100):  # the killed server's own processes need a moment to notice
            with contextlib.suppress(StorageError):
                upkeep.start_server(self.folder / "pg", port=self.server.port, settings=FAST)
                return
            time.sleep(0.1)
        pytest.fail("the database does not come back")

    def close(self) -> None:
        for process in self.processes.values():
            process.kill()
            process.wait()
        with contextlib.suppress(Exception):
            upkeep.stop_server(self.folder / "pg")

    def ask(self, query: str):
        for _ in range(200):
            with (
                contextlib.suppress(psycopg2.Error),
                contextlib.closing(psycopg2.connect(self.url)) as connection,
                connection,
                connection.cursor() as cursor,
            ):
                cursor.execute(query)
                return cursor.fetchall() if cursor.description else []
            time.sleep(0.1)
        pytest.fail("the database does not answer")

    def waiting(self) -> int:
        self.ask(
            "update alerts set next_try_at = now() where state = 'waiting'"
        )  # the pauses of a day, in a moment
        return self.ask(
            "select (select count(*) from match_queue) + (select count(*) from deliveries "
            "where state = 'waiting') + (select count(*) from alerts where state = 'waiting')"
        )[0][0]


def publish(stage: Stage, number: int) -> None:
    """Publish one article, until the database has it."""
    for _ in range(200):
        try:
            world = World(
                stage.url, stage.folder / "unused", now=datetime.now(UTC), first_run=number
            )
            with contextlib.closing(world.archive):
                world.publish(title=f"Transit number {number}", path=str(number))
        except (psycopg2.Error, StorageError):
            time.sleep(0.1)
        else:
            return
    pytest.fail("nothing can be published")


def run(folder: Path, kills: int, articles: int, seed: int = 4) -> dict[str, int]:
    """Publish articles, each a mail to every reader, while kills happen; return the counts."""
    chance = random.Random(seed)
    stage = Stage(folder)
    try:
        world = World(stage.url, folder / "unused")
        world.watch(to=READERS)
        world.introduce()
        world.archive.close()
        done = 0
        for number in range(articles):
            publish(stage, number)
            while done < kills * (number + 1) // articles:
                victim = chance.choice(("sender", "sender", "matcher", "mailbox", "database"))
                if victim != "database":
                    stage.await_work(victim)
                time.sleep(chance.random() * 0.4)
                stage.kill(victim)
                done += 1
            if number % 10 == 0:
                stage.waiting()
        deadline = time.monotonic() + 120
        while stage.waiting() and time.monotonic() < deadline:
            time.sleep(0.2)
        expected = {row[0] for row in stage.ask("select message_id from alerts")}
        arrived = Counter(
            str(email.message_from_bytes(path.read_bytes())["message-id"])
            for path in stage.mail.glob("*.eml")
        )
        return {
            "kills": done,
            "articles": articles,
            "alerts": len(expected),
            "missing": len(expected - arrived.keys()),
            "unknown": len(arrived.keys() - expected),
            "repeated": sum(arrived.values()) - len(arrived),
        }
    finally:
        stage.close()


def check(found: dict[str, int]) -> None:
    assert found["alerts"] == found["articles"] * len(READERS)
    assert (found["missing"], found["unknown"]) == (0, 0)
    assert found["repeated"] <= found["kills"]


@pytest.fixture
def folder():
    made = Path(tempfile.mkdtemp(prefix="khabar-kill-"))
    yield made
    shutil.rmtree(made, ignore_errors=True)


@pytest.mark.filterwarnings(
    "ignore:.*subprocess:ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning"
)
def test_a_few_kills_lose_nothing(folder):
    check(run(folder, kills=5, articles=4))


@pytest.mark.slow
@pytest.mark.filterwarnings(
    "ignore:.*subprocess:ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning"
)
def test_many_kills_lose_nothing(folder):
    kills = int(os.environ.get("KHABAR_KILLS", "60"))
    alerts = int(os.environ.get("KHABAR_ALERTS", "240"))
    articles = alerts / len(READERS)
    kept = Path(os.environ.get("KHABAR_KILLS_FILE", folder / "rounds.jsonl"))
    rounds = [json.loads(line) for line in kept.read_text().splitlines()] if kept.exists() else []
    while sum(found["kills"] for found in rounds) < kills:
        share = min(KILLS_A_ROUND, kills - sum(found["kills"] for found in rounds))
        found = run(
            folder / str(len(rounds)), share, math.ceil(articles * share / kills), seed=len(rounds)
        )
        rounds.append(found)
        with kept.open("a") as file:
            file.write(json.dumps(found) + "\n")
    total = Counter()
    for found in rounds:
        check(found)
        total.update(found)
    print(dict(total))
