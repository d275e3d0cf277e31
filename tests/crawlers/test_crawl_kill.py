"""A crawl killed at any moment loses nothing that it had fetched and fetches nothing twice."""

import json
import os
import signal
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest

from crawlers import job as jobs
from crawlers.warc.records import read_pages
from news.outlet import Pace

LINKS = [f"/news/{number}-a-long-headline" for number in range(40)]


@pytest.fixture
def slow_job(site, outlet_of, job_of):
    site.feed("/rss", LINKS)
    for link in LINKS:
        site.article(link)
    return job_of(outlet_of(("feed", "/rss"), pace=Pace(delay=0.05, concurrency=1)))


def start(job) -> subprocess.Popen:
    path = jobs.save(job)
    return subprocess.Popen(
        [sys.executable, "-P", "-m", "crawlers.process", str(path), "--quiet"],
        env=jobs.environment(),
        cwd=Path(__file__).parents[2],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


def wait_for(site, count: int) -> None:
    deadline = time.monotonic() + 30
    while sum(item[1] in LINKS for item in site.log) < count:
        assert time.monotonic() < deadline
        time.sleep(0.01)


@pytest.mark.parametrize("sign", [signal.SIGKILL, signal.SIGTERM])
def test_what_was_fetched_before_the_kill_is_kept(site, slow_job, sign):
    child = start(slow_job)
    wait_for(site, 12)
    child.send_signal(sign)
    child.wait(15)
    before = [item[1] for item in site.log if item[1] in LINKS]
    report = jobs.run(slow_job, progress=False)
    asked = [item[1] for item in site.log if item[1] in LINKS]
    pages = [page.url for page in read_pages(slow_job.folder / "pages.warc.gz")]
    assert len(pages) == len(set(pages))
    if sign == signal.SIGKILL:
        assert sorted(pages) == sorted(site.url(link) for link in LINKS)
        # One had come and was not written down yet; the next was under way.
        assert len(asked) <= len(LINKS) + 2
        assert report.finished == "done"
    else:
        # A stop that was asked for ends the crawl: what is left stays wanted for the next one.
        assert len(pages) in {len(before), len(before) - 1}
        assert report.finished == "stopped"
        assert report.pending == len(LINKS) - len(pages)
        assert len(asked) == len(before)
    assert not list(slow_job.folder.glob(".*"))


def test_a_torn_warc_is_cut_back(site, slow_job):
    child = start(slow_job)
    wait_for(site, 10)
    child.kill()
    child.wait(10)
    part = slow_job.folder / ".pages.warc.gz.part"
    with part.open("r+b") as file:
        file.truncate(part.stat().st_size - 7)
    journal = slow_job.folder / ".crawl.jsonl.part"
    with journal.open("r+b") as file:
        file.truncate(journal.stat().st_size - 3)
    jobs.run(slow_job, progress=False)
    assert {page.url for page in read_pages(slow_job.folder / "pages.warc.gz")} == {
        site.url(link) for link in LINKS
    }


@pytest.mark.parametrize("gone", [["report.json"], ["report.json", "crawl.jsonl"]])
def test_a_crawl_killed_before_its_report_loses_nothing(site, slow_job, gone):
    slow_job = replace(slow_job, outlet=replace(slow_job.outlet, pace=Pace(delay=0.0)))
    jobs.run(slow_job, progress=False)
    if "crawl.jsonl" in gone:  # the files as they stand between the WARC's name and the journal's
        (slow_job.folder / "crawl.jsonl").rename(slow_job.folder / ".crawl.jsonl.part")
    (slow_job.folder / "report.json").unlink()
    before = len(site.log)
    jobs.run(slow_job, progress=False)
    assert len(site.log) == before
    assert len(list(read_pages(slow_job.folder / "pages.warc.gz"))) == len(LINKS)
    assert len(list(read_pages(slow_job.folder / "doors.warc.gz"))) == 1
    assert not list(slow_job.folder.glob(".*"))


def test_a_crawl_ends_when_its_parent_dies(site, slow_job):
    code = (
        "import sys,subprocess,time;p=subprocess.Popen([sys.executable,'-P','-m',"
        "'crawlers.process',sys.argv[1],'--quiet']);"
        "print(p.pid,flush=True);time.sleep(60)"
    )
    path = jobs.save(slow_job)
    parent = subprocess.Popen(
        [sys.executable, "-c", code, str(path)],
        stdout=subprocess.PIPE,
        cwd=Path(__file__).parents[2],
        env=jobs.environment(),
    )
    child = int(parent.stdout.readline())
    wait_for(site, 3)
    parent.kill()
    parent.wait()
    parent.stdout.close()
    deadline = time.monotonic() + 12
    while time.monotonic() < deadline:
        try:
            if Path(f"/proc/{child}/stat").read_text().rpartition(")")[2].split()[0] == "Z":
                return
        except FileNotFoundError:
            return
        time.sleep(0.1)
    os.kill(child, signal.SIGKILL)
    pytest.fail("the crawl outlived its parent")


def test_a_crawl_whose_parent_died_while_it_started_does_not_crawl_on(site, slow_job):
    path = jobs.save(slow_job)
    gone = subprocess.Popen([sys.executable, "-c", ""])
    gone.wait()
    done = subprocess.run(
        [
            *(sys.executable, "-P", "-m", "crawlers.process", str(path)),
            *(f"--parent={gone.pid}", "--quiet"),
        ],
        cwd=Path(__file__).parents[2],
        env=jobs.environment(),
        timeout=60,
        check=False,
    )
    assert done.returncode == 143 or not (slow_job.folder / "report.json").exists()
    assert len(site.log) < len(LINKS)


def test_the_child_sees_no_secret(site, outlet_of, job_of, monkeypatch):
    monkeypatch.setenv("AIRFLOW__API_AUTH__JWT_SECRET", "planted")
    monkeypatch.setenv("KHABAR_DATABASE_URL", "postgresql://u:planted@h/d")
    assert "planted" not in json.dumps(jobs.environment())


def test_a_crawl_that_is_to_go_on_no_longer_is_stopped_and_keeps_what_it_has(site, slow_job):
    def goes_on() -> bool:
        return sum(item[1] in LINKS for item in site.log) < 5

    report = jobs.run(slow_job, progress=False, goes_on=goes_on)
    pages = [page.url for page in read_pages(slow_job.folder / "pages.warc.gz")]
    assert 1 <= len(pages) < len(LINKS)
    assert report.finished == "stopped"
    assert report.pending == len(LINKS) - len(pages)
