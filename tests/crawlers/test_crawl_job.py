"""Whole crawls in their own process, over a server whose every answer the test decides."""

import json
from datetime import timedelta

from crawlers import job as jobs
from crawlers.warc.records import read_pages
from news import codec
from news.crawl import Known, OutletState


def lines(path):
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def knowns(folder):
    return {
        line["known"]["url"]: codec.build(Known, line["known"], "")
        for line in lines(folder / "crawl.jsonl")
        if "known" in line
    }


def carry(old, new):
    """Hand one crawl's memory to the next, as the archive does."""
    held = {}
    for name in ("memory.jsonl", "crawl.jsonl"):
        if (old / name).exists():
            for line in lines(old / name):
                ((kind, value),) = line.items()
                held[kind, value["url"]] = line
    new.mkdir(parents=True, exist_ok=True)
    (new / "memory.jsonl").write_text(
        "".join(json.dumps(line) + "\n" for line in held.values()), encoding="utf-8"
    )


def test_a_feed_and_its_articles(site, outlet_of, job_of):
    site.feed("/rss", [f"/news/{number}-a-long-headline" for number in range(8)])
    for number in range(8):
        site.article(f"/news/{number}-a-long-headline")
    job = job_of(outlet_of(("feed", "/rss")))
    report = jobs.run(job)
    assert report.state is OutletState.OK, report
    assert report.new == 8
    assert report.faults == {}
    pages = list(read_pages(job.folder / "pages.warc.gz"))
    assert {page.url for page in pages} == {
        site.url(f"/news/{number}-a-long-headline") for number in range(8)
    }
    assert all(page.status == 200 and page.hint_title for page in pages)
    assert len(knowns(job.folder)) == 8
    assert site.asked("/robots.txt") == 1


def test_the_second_crawl_asks_only_what_is_new(site, outlet_of, job_of, tmp_path):
    site.feed("/rss", ["/news/1-a-long-headline"])
    site.article("/news/1-a-long-headline")
    site.article("/news/2-a-long-headline")
    outlet = outlet_of(("feed", "/rss"))
    first = job_of(outlet)
    jobs.run(first)
    site.feed("/rss", ["/news/2-a-long-headline", "/news/1-a-long-headline"])
    second = job_of(outlet, now=first.now + timedelta(minutes=70), all_doors=True)
    carry(first.folder, second.folder)
    report = jobs.run(second)
    assert report.new == 1
    assert site.asked("/news/1-a-long-headline") == 1
    assert site.asked("/robots.txt") == 1


def test_the_same_folder_twice_is_the_same_crawl(site, outlet_of, job_of):
    site.feed("/rss", ["/news/1-a-long-headline"])
    site.article("/news/1-a-long-headline")
    job = job_of(outlet_of(("feed", "/rss")))
    assert jobs.run(job) == jobs.run(job)
    assert site.asked("/rss") == 1


def test_robots_are_obeyed(site, outlet_of, job_of):
    site.page("/robots.txt", "User-agent: *\nDisallow: /news/2\n", "text/plain")
    site.feed("/rss", ["/news/1-a-long-headline", "/news/2-a-long-headline"])
    site.article("/news/1-a-long-headline")
    report = jobs.run(job_of(outlet_of(("feed", "/rss"))))
    assert report.faults == {"disallowed": 1}
    assert site.asked("/news/2-a-long-headline") == 0


def test_an_unreachable_outlet_is_a_report(outlet_of, job_of, site):
    outlet = outlet_of(("feed", "/rss"))
    site.page("/robots.txt", "", "text/plain")
    site.page("/rss", "<html><body>no feed</body></html>")
    report = jobs.run(job_of(outlet))
    assert report.state is OutletState.BROKEN
    assert report.faults == {"not_feed": 1}
