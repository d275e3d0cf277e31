"""Addresses that only lead on to an article are learnt, and cost no request then."""

import json
from datetime import timedelta

import pytest

from crawlers import job as jobs
from crawlers import redirectors
from crawlers.warc import read_pages

HOUR = timedelta(hours=1)
FIRST, SECOND, THIRD = range(101, 111), range(111, 114), range(114, 117)


def headline(number: int) -> str:
    return f"What was said of bridge {number} in the town"


def story(site, number: int) -> str:
    words = f"Story {number} is told here in as many words as it takes. " * 40
    path = f"/news/{number}-a-story"
    site.page(path, f"<html><title>{headline(number)}</title><p>{words}</p></html>")
    site.page(f"/go?to={number}", "", status=302, Location=site.url(path))
    return path


def feed(site, numbers) -> None:
    items = ""
    for number in numbers:
        items += f"<item><title>{headline(number)}</title>"
        items += f"<link>{site.url(f'/go?to={number}')}</link></item>"
    site.page("/feed", f"<rss version='2.0'><channel>{items}</channel></rss>", "text/xml")


def front(site, numbers) -> None:
    cards = ""
    for number in numbers:
        cards += f'<div><a href="/news/{number}-a-story">{headline(number)}</a></div>'
    site.page("/", f"<html><title>Front</title>{cards}</html>")


def again(job_of, outlet, job, hours, **options):
    later = job_of(outlet, now=job.now + hours * HOUR, **options)
    held = {}
    for name in ("memory.jsonl", "crawl.jsonl"):
        path = job.folder / name
        for line in path.read_text().splitlines() if path.exists() else []:
            [(kind, value)] = json.loads(line).items()
            held[kind, value["url"]] = line
    (later.folder / "memory.jsonl").write_text("".join(f"{line}\n" for line in held.values()))
    return later


def make_due(job, url: str) -> None:
    """Let one door be due, and no other."""
    path = job.folder / "memory.jsonl"
    lines = []
    for line in map(json.loads, path.read_text().splitlines()):
        if "next_poll" in line.get("door", {}):
            is_due = line["door"]["url"] == url
            at = job.now - HOUR if is_due else job.now + 9 * HOUR
            line["door"]["next_poll"] = at.isoformat()
        lines.append(json.dumps(line) + "\n")
    path.write_text("".join(lines))


def test_articles_of_learnt_redirectors_are_known_by_their_headlines(site, outlet_of, job_of):
    for number in (*FIRST, *SECOND, *THIRD):
        story(site, number)
    feed(site, FIRST)
    front(site, [])
    site.page("/", "<html><title>Front</title><a href='/about'>About us</a></html>")
    outlet = outlet_of(("feed", "/feed"), ("listing", "/"))
    job = job_of(outlet)
    assert jobs.run(job, progress=False).new == len(FIRST)
    # The front page names the new ones too: nobody asks where their addresses in the feed lead.
    feed(site, [*SECOND, *FIRST])
    front(site, SECOND)
    job = again(job_of, outlet, job, 2, all_doors=True)
    report = jobs.run(job, progress=False)
    assert (report.new, report.doubles) == (len(SECOND), len(SECOND))
    assert [site.asked(f"/go?to={number}") for number in SECOND] == [0, 0, 0]
    assert [site.asked(f"/news/{number}-a-story") for number in SECOND] == [1, 1, 1]
    # The front page is asked for the sake of what only the feed has named, though it is not due.
    feed(site, [*THIRD, *SECOND, *FIRST])
    front(site, THIRD)
    asked = site.asked("/")
    job = again(job_of, outlet, job, 2)
    make_due(job, site.url("/feed"))
    report = jobs.run(job, progress=False)
    assert site.asked("/") - asked == 1
    assert report.new == len(THIRD)
    assert [site.asked(f"/go?to={number}") for number in THIRD] == [0, 0, 0]
    pages = [page.url for page in read_pages(job.folder / "pages.warc.gz")]
    assert set(pages) == {site.url(f"/news/{number}-a-story") for number in THIRD}


def test_an_edit_that_the_feed_tells_of_is_looked_at_where_the_article_lies(
    site, outlet_of, job_of
):
    for number in (*FIRST, *SECOND):
        story(site, number)
    feed(site, FIRST)
    site.page("/", "<html><title>Front</title><a href='/about'>About us</a></html>")
    outlet = outlet_of(("feed", "/feed"), ("listing", "/"))
    job = job_of(outlet)
    jobs.run(job, progress=False)
    feed(site, [*SECOND, *FIRST])
    front(site, SECOND)
    job = again(job_of, outlet, job, 2, all_doors=True)
    jobs.run(job, progress=False)
    for hours in (1, 2):
        # The feed calls one of them otherwise.
        told = site.pages["/feed"]
        fresh = told[2].replace(headline(111).encode(), b"Bridge 111 is open to everybody again")
        site.pages["/feed"] = (told[0], told[1], fresh if hours == 2 else told[2])
        job = again(job_of, outlet, job, hours, all_doors=True)
        report = jobs.run(job, progress=False)
    assert report.new == 0
    assert site.asked("/go?to=111") == 0
    assert site.asked("/news/111-a-story") == 2


@pytest.mark.parametrize(("led", "shown", "known"), [(1, 0, False), (2, 0, True), (2, 1, False)])
def test_a_way_leads_on_when_it_always_did(led, shown, known):
    counts = {}
    for number in range(led):
        counts = redirectors.enter(counts, f"https://x.az/go?to={number}", leads_on=True)
    for number in range(shown):
        counts = redirectors.enter(counts, f"https://x.az/go?to=9{number}", leads_on=False)
    counts = redirectors.enter(counts, "https://x.az/news/1-a-story", leads_on=False)
    assert redirectors.leads_on(counts, "https://x.az/go?to=17") is known
    assert len(counts) == 1


def test_a_short_headline_tells_nothing():
    assert redirectors.headline("Weather") == ""
    assert redirectors.headline("  What was   SAID today ") == redirectors.headline(
        "what was said today"
    )


def test_a_redirect_to_an_article_told_by_a_parameter_leads_to_no_home_page(
    site, outlet_of, job_of
):
    words = "Story 101 is told here in as many words as it takes. " * 40
    site.page("/index.php?newsid=101", f"<html><title>A story</title><p>{words}</p></html>")
    site.page("/go?to=101", "", status=302, Location=site.url("/index.php?newsid=101"))
    feed(site, [101])
    report = jobs.run(job_of(outlet_of(("feed", "/feed"))), progress=False)
    assert (report.new, report.faults) == (1, {})
