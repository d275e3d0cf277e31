"""No outlet that announced what was not archived is said to be well."""

from datetime import timedelta

import pytest

from crawlers import job as jobs
from news.crawl import OutletState
from pipeline import outlet_health

HOUR = timedelta(hours=1)
LINKS = tuple(f"/news/{number}-a-long-headline-here" for number in range(1, 4))


def again(job_of, outlet, job, hours=1):
    later = job_of(outlet, now=job.now + hours * HOUR, all_doors=True)
    (later.folder / "memory.jsonl").write_text((job.folder / "crawl.jsonl").read_text())
    return later


def test_an_outlet_whose_announced_articles_are_not_there_is_dead(site, outlet_of, job_of):
    site.feed("/feed", list(LINKS))
    outlet = outlet_of(("feed", "/feed"))
    job = job_of(outlet)
    report = jobs.run(job, progress=False)
    assert (report.state, report.note) == ("dead", "3 of 3 articles announced are not there")
    # The next poll says 304 or the same again: that is no better news.
    after = again(job_of, outlet, job)
    assert jobs.run(after, progress=False).state == "dead"
    for link in LINKS:
        site.article(link, f"{link} " * 400)
    healed = again(job_of, outlet, after, hours=30)
    assert jobs.run(healed, progress=False).state == "ok"


def test_an_outlet_whose_pages_fail_is_unread(site, outlet_of, job_of):
    site.feed("/feed", list(LINKS))
    for link in LINKS:
        site.page(link, "")
    report = jobs.run(job_of(outlet_of(("feed", "/feed"))), progress=False)
    assert (report.state, report.note) == (
        "unread",
        "none of 3 articles announced could be fetched: empty 3",
    )


def test_an_empty_feed_names_nothing_however_often_it_says_so(site, outlet_of, job_of):
    site.feed("/feed", [])
    outlet = outlet_of(("feed", "/feed"))
    job = job_of(outlet)
    assert jobs.run(job, progress=False).state == "nothing_found"
    after = again(job_of, outlet, job)
    report = jobs.run(after, progress=False)
    assert (report.state, report.doors[0].note) == ("nothing_found", "unchanged")


def test_a_feed_of_another_house_brings_strangers_only(site, outlet_of, job_of):
    site.page(
        "/feed",
        "<rss><channel><item><title>T</title><link>https://else.example/news/1</link></item>"
        "</channel></rss>",
        "application/rss+xml",
    )
    report = jobs.run(job_of(outlet_of(("feed", "/feed"))), progress=False)
    assert report.state == "strangers"
    assert report.doors[0].strangers == 1


def test_a_feed_without_addresses_is_unread(site, outlet_of, job_of):
    site.page("/feed", "<rss><channel><item><title>T</title></item></channel></rss>", "text/xml")
    report = jobs.run(job_of(outlet_of(("feed", "/feed"))), progress=False)
    assert (report.state, report.doors[0].without_link) == ("unread", 1)


@pytest.mark.parametrize(
    ("articles", "rejected", "state"),
    [(0, {"listing": 3}, "unread"), (1, {"listing": 3}, "ok"), (0, {"gone": 9}, "ok")],
)
def test_pages_of_which_none_is_an_article_make_an_outlet_unread(articles, rejected, state):
    report = outlet_health.with_walls({"state": "ok", "note": ""}, articles, rejected)
    assert report["state"] == state


def test_every_state_of_the_crawl_has_a_condition():
    for state in OutletState:
        assert outlet_health.condition_of(state.value).value == state.value
