"""A planted error inside the crawl's own process arrives once, tagged.

Without the page and without secrets.
"""

import os
import subprocess
import sys
import threading
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from crawlers import job
from crawlers.options import CrawlJob, CrawlOptions
from news.outlet import Door, DoorKind, Outlet, Pace

SECRET = "s3cr3t-planted-value"
TEXT = "A sentence of somebody's article that must stay at home. " * 20
PLANTED = f"""
import sys
from crawlers import page_walk
from crawlers.process import main

def broken(self, response):
    held = response.text
    raise RuntimeError("planted: password={SECRET} " + held)

page_walk.PageWalk.on_page = broken
sys.argv = ["crawl", sys.argv[1], "--quiet"]
main()
"""


@pytest.fixture
def site():
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            port = self.server.server_address[1]
            pages = {
                "/feed": (
                    "application/rss+xml",
                    '<?xml version="1.0"?><rss version="2.0"><channel><title>F</title>'
                    "<item><title>T</title>"
                    f"<link>http://outlet.localhost:{port}/2026/planted-article.html</link>"
                    "</item></channel></rss>",
                ),
                "/2026/planted-article.html": (
                    "text/html; charset=utf-8",
                    f"<html><body><p>{TEXT}</p></body></html>",
                ),
            }
            kind, body = pages.get(self.path, ("text/plain", ""))
            self.send_response(200 if body else 404)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body.encode())))
            self.end_headers()
            self.wfile.write(body.encode())

        def log_message(self, *arguments: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield server.server_address[1]
    server.shutdown()
    server.server_close()
    thread.join()


def test_a_planted_spider_error_arrives_once(sink, site, tmp_path):
    outlet = Outlet(
        name="planted",
        region="caspian",
        title="Planted",
        home=f"http://outlet.localhost:{site}/",
        country="AZ",
        languages=("en",),
        timezone="UTC",
        doors=(Door(kind=DoorKind.FEED, url=f"http://outlet.localhost:{site}/feed"),),
        pace=Pace(delay=0.0),
    )
    options = CrawlOptions(
        contact="tests@localhost",
        allow_loopback=True,
        run="2026-01-01T000000Z",
        sentry_dsn=sink.dsn,
    )
    path = job.save(
        CrawlJob(outlet=outlet, folder=tmp_path / "planted", now=datetime.now(UTC), options=options)
    )
    done = subprocess.run(
        [sys.executable, "-P", "-c", PLANTED, str(path)],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
        env={"PATH": os.environ["PATH"], "PYTHONUTF8": "1"},
    )
    assert done.returncode == 0, done.stderr
    assert len(sink.events) == 1, [event.get("exception") for event in sink.events]
    event = sink.events[0]
    assert {name: event["tags"].get(name) for name in ("outlet", "stage", "run")} == {
        "outlet": "planted",
        "stage": "crawl",
        "run": "2026-01-01T000000Z",
    }
    assert event["exception"]["values"][-1]["type"] == "RuntimeError"
    everything = b"".join(sink.raw)
    assert SECRET.encode() not in everything
    assert TEXT[:600].encode() not in everything


CRASH = f"""
import sys
from crawlers import engine
from crawlers.process import main

def broken(job, clock=None):
    held = {TEXT!r}
    raise RuntimeError("planted crash: password={SECRET} " + held)

engine.prepare = broken
sys.argv = ["crawl", sys.argv[1], "--quiet"]
main()
"""
TASK = """
import subprocess, sys
from pathlib import Path
from crawlers import job as jobs
from crawlers.errors import CrawlError
from pipeline import sentry, settings

start = subprocess.Popen

def planted(command, **options):
    if "crawlers.process" in command:
        command = [sys.executable, "-P", "-c", sys.argv[2], command[4]]
    return start(command, **options)

jobs.subprocess.Popen = planted
held = jobs.load(Path(sys.argv[1]))
try:
    with sentry.stage(settings.read(), "crawl", outlet="planted", run="r"):
        try:
            jobs.run(held)
        except CrawlError as error:
            # As a task does it: the sentence without its chain.
            raise ValueError(str(error)) from None
except ValueError as error:
    print(error)
"""


def crash(sink, folder, code: str) -> str:
    """Run a task whose crawl's process is this program; return the task's sentence."""
    outlet = Outlet(
        name="planted",
        region="caspian",
        title="Planted",
        home="http://outlet.localhost:1/",
        country="AZ",
        languages=("en",),
        timezone="UTC",
        doors=(Door(kind=DoorKind.FEED, url="http://outlet.localhost:1/feed"),),
    )
    path = job.save(
        CrawlJob(
            outlet=outlet,
            folder=folder / "planted",
            now=datetime.now(UTC),
            options=CrawlOptions(sentry_dsn=sink.dsn),
        )
    )
    done = subprocess.run(
        [sys.executable, "-P", "-c", TASK, str(path), code],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
        env={
            "PATH": os.environ["PATH"],
            "PYTHONUTF8": "1",
            "KHABAR_SENTRY_DSN": sink.dsn,
            "KHABAR_HOME": str(folder),
        },
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_a_crash_of_the_crawl_arrives_once_and_not_from_the_task_as_well(sink, tmp_path):
    said = crash(sink, tmp_path, CRASH)
    assert "the crawl of planted broke down: RuntimeError: planted crash" in said
    assert len(sink.events) == 1, [event.get("exception") for event in sink.events]
    event = sink.events[0]
    assert (event["tags"]["stage"], event["exception"]["values"][-1]["type"]) == (
        "crawl",
        "RuntimeError",
    )
    assert event["exception"]["values"][-1]["stacktrace"]["frames"][-1]["function"] == "broken"
    everything = b"".join(sink.raw)
    assert SECRET.encode() not in everything
    assert TEXT[:600].encode() not in everything
    assert os.uname().nodename.encode() not in everything or len(os.uname().nodename) < 4
    crash(sink, tmp_path, CRASH)
    assert len(sink.events) == 1, "a retry that breaks down in the same way says nothing new"


def test_a_crawl_that_could_not_report_is_reported_by_its_task(sink, tmp_path):
    said = crash(sink, tmp_path, "import os, signal; os.kill(os.getpid(), signal.SIGKILL)")
    assert "ended with -9 and without a report" in said
    assert len(sink.events) == 1
    assert sink.events[0]["tags"]["stage"] == "crawl"
