"""A kept page is found again, with the way that led to it; retention keeps to age and size."""

import os
import subprocess
import sys
from datetime import UTC, datetime, timedelta

import pytest
from warcio.archiveiterator import ArchiveIterator

from crawlers import job as jobs
from crawlers.warc import records as warc
from crawlers.warc import retention

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)


@pytest.fixture
def runs(tmp_path):
    for day in range(1, 11):
        folder = tmp_path / f"2026-11-{day:02d}T000000Z" / "caspian" / "x.az"
        folder.mkdir(parents=True)
        writer = warc.Writer(folder / retention.NAME)
        for number in (1, day):
            writer.write(
                warc.Exchange(
                    asked=f"https://www.x.az/{number}/?utm_source=a",
                    url=f"https://www.x.az/{number}",
                    status=200,
                    headers=(),
                    body=os.urandom(3000),
                    fetched_at=NOW,
                )
            )
        writer.close()
        moment = datetime(2026, 11, day, tzinfo=UTC).timestamp()
        os.utime(folder / retention.NAME, (moment, moment))
    return tmp_path


def test_a_page_is_found_in_every_run_that_has_it(runs):
    assert len(list(retention.find(runs, "https://x.az/7"))) == 1
    assert len(list(retention.find(runs, "https://x.az/1"))) == 11
    assert list(retention.find(runs, "https://x.az/99")) == []


def test_retention_by_age_then_by_size(runs):
    before = sum(path.stat().st_size for path in runs.glob("*/*/*/*.gz"))
    by_age = retention.prune(runs, NOW, age=timedelta(days=15), most=1 << 40)
    assert (by_age.files, len(list(runs.glob("*/*/*/*.gz")))) == (7, 3)
    assert by_age.bytes + by_age.left == before
    by_size = retention.prune(runs, NOW, age=timedelta(days=15), most=by_age.left // 2)
    assert 0 < by_size.left <= by_age.left // 2
    assert [path.parents[2].name for path in sorted(runs.glob("*/*/*/*.gz"))] == [
        "2026-11-10T000000Z"
    ]


def test_what_is_of_today_stays(runs):
    assert (
        retention.prune(
            runs, datetime(2026, 11, 10, 12, tzinfo=UTC), age=timedelta(0), most=0
        ).files
        == 9
    )


def records(path):
    with path.open("rb") as file:
        return [
            (
                record.rec_type,
                record.rec_headers.get_header("WARC-Target-URI"),
                record.http_headers.get_statuscode() if record.rec_type == "response" else "",
            )
            for record in ArchiveIterator(file)
        ]


def valid(path):
    done = subprocess.run(
        [sys.executable, "-m", "warcio.cli", "check", "-v", str(path)],
        capture_output=True,
        text=True,
        check=False,
    )
    return done.returncode == 0 and "digest failed" not in done.stdout


def test_every_answer_that_led_to_an_article_is_kept(site, outlet_of, job_of):
    site.page("/rss", b"moved", status=302, Location="/feed")
    site.feed("/feed", ["/go/1", "/news/2-a-long-headline"])
    site.page("/go/1", b"x" * 100_000, status=301, Location="/news/1-a-long-headline")
    site.article("/news/1-a-long-headline")
    site.article("/news/2-a-long-headline")
    job = job_of(outlet_of(("feed", "/rss")))
    assert jobs.run(job).new == 2
    pages, doors = job.folder / retention.NAME, job.folder / retention.DOORS
    assert valid(pages)
    assert valid(doors)
    answers = [(url, status) for kind, url, status in records(pages) if kind == "response"]
    assert sorted(answers) == sorted(
        [
            (site.url("/go/1"), "301"),
            (site.url("/news/1-a-long-headline"), "200"),
            (site.url("/news/2-a-long-headline"), "200"),
        ]
    )
    place = answers.index((site.url("/go/1"), "301"))
    assert answers[place + 1] == (site.url("/news/1-a-long-headline"), "200")
    assert [(url, status) for kind, url, status in records(doors) if kind == "response"] == [
        (site.url("/rss"), "302"),
        (site.url("/feed"), "200"),
    ]
    assert [kind for kind, _, _ in records(doors)] == [
        "warcinfo",
        "response",
        "request",
        "response",
        "request",
    ]
    [cut] = [held for held in warc.read(pages) if held.status == 301]
    assert (len(cut.body), cut.truncated) == (64 << 10, "length")
    assert {(page.url, page.final_url) for page in warc.read_pages(pages)} == {
        (site.url("/go/1"), site.url("/news/1-a-long-headline")),
        (site.url("/news/2-a-long-headline"), site.url("/news/2-a-long-headline")),
    }


def test_a_door_without_news_leaves_no_file(site, outlet_of, job_of):
    site.feed("/feed", [])
    job = job_of(outlet_of(("feed", "/feed")))
    jobs.run(job)
    assert (job.folder / retention.NAME).exists()
    assert not (job.folder / retention.DOORS).exists()


def test_the_way_to_a_page_is_no_page_of_its_own(tmp_path):
    folder = tmp_path / "2026-11-22T000000Z" / "caspian" / "x.az"
    folder.mkdir(parents=True)
    writer = warc.Writer(folder / retention.NAME)
    hop = warc.Exchange(
        asked="https://x.az/1",
        url="https://x.az/1",
        status=301,
        headers=(("Location", "/one"),),
        body=b"",
        fetched_at=NOW,
    )
    for exchange in (
        hop,
        warc.Exchange(
            asked="https://x.az/1",
            url="https://x.az/one",
            status=200,
            headers=(),
            body=b"<p>one</p>",
            fetched_at=NOW,
        ),
    ):
        writer.write(exchange)
    writer.close()
    assert [found.status for found in retention.find(tmp_path, "https://x.az/1")] == [200]
