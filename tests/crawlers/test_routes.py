"""Articles that a page's data names by a slug alone are reached by a route that is learnt."""

import json
from datetime import timedelta

import pytest

from crawlers import job as jobs
from crawlers.discovery import listing, nameless
from news.crawl import OutletState
from news.outlet import Door, DoorKind

BASE = "https://mavi.az/"
HOSTS = frozenset({"mavi.az"})
DOOR = Door(kind=DoorKind.LISTING, url=BASE)
HOUR = timedelta(hours=1)


def title(number: int) -> str:
    return f"Ferry number {number} leaves the harbour"


def data(*numbers: int) -> str:
    posts = [
        {
            "id": number,
            "slug": f"ferry-{number}",
            "title": title(number),
            "publishedAt": f"2026-11-22T{number % 24:02}:00:00Z",
        }
        for number in numbers
    ]
    # What describes no article: a section has no date, a person neither.
    posts += [{"slug": "politics", "name": "Politics of the country"}]
    held = json.dumps({"props": {"pageProps": {"posts": posts}}})
    return f'<script id="__NEXT_DATA__" type="application/json">{held}</script>'


def page(*numbers: int, links: str = "") -> str:
    about = '<footer><a href="/about-us">About us</a></footer>'
    return f"<html><body>{links}{about}{data(*numbers)}</body></html>"


def article(site, folder: str, number: int) -> None:
    text = f"<p>{title(number)} with many passengers and few cars on board. </p>" * 9
    site.page(
        f"/{folder}/ferry-{number}",
        f"<html><head><title>{title(number)} - Mavi</title></head><body>{text}</body></html>",
    )


def test_a_listing_tells_of_dated_articles_without_an_address():
    body = page(7, 8).encode()
    reading = listing.read(body, BASE, DOOR, HOSTS, "text/html; charset=utf-8")
    assert [one.key for one in reading.nameless] == ["ferry-7", "ferry-8"]
    assert reading.nameless[0].published is not None
    assert reading.entries == ()


@pytest.mark.parametrize(
    ("link", "key", "route"),
    [
        ("https://mavi.az/en/story/ferry-7/", "ferry-7", "/en/story/{}/"),
        ("https://mavi.az/ferry-7", "ferry-7", "/{}"),
        ("https://mavi.az/story/ferry-70", "ferry-7", None),
    ],
)
def test_a_link_that_ends_with_a_slug_shows_the_route(link, key, route):
    assert nameless.route_of(link, key) == route
    if route:
        assert nameless.address(route, "x") == route.replace("{}", "x")


def test_one_link_leads_to_all_articles_of_a_page(site, outlet_of, job_of):
    for number in range(4):
        article(site, "en/dispatches", number)
    link = '<h2><a href="/en/dispatches/ferry-0">The first of some ferries</a></h2>'
    site.page("/", page(0, 1, 2, 3, links=link))
    report = jobs.run(job_of(outlet_of(("listing", "/"))), progress=False)
    assert (report.new, report.state) == (4, OutletState.OK)


def test_common_routes_are_tried_until_the_articles_title_answers(site, outlet_of, job_of):
    for number in range(6):
        article(site, "post", number)
    # A shell answers to any address, with the site's name alone.
    site.page("/news/ferry-0", "<html><title>Mavi</title><body>Loading</body></html>")
    site.page("/", page(0, 1, 2))
    job = job_of(outlet_of(("listing", "/")), all_doors=True)
    report = jobs.run(job, progress=False)
    assert report.new == 3

    site.page("/", page(3, 4, 5, 0))
    later = job_of(job.outlet, now=job.now + HOUR, all_doors=True)
    (later.folder / "memory.jsonl").write_text((job.folder / "crawl.jsonl").read_text())
    report = jobs.run(later, progress=False)
    assert report.new == 3
    assert site.asked("/news/ferry-0") == 1
    assert site.asked("/news/ferry-3") == 0


def test_an_outlet_whose_articles_have_no_address_says_so(site, outlet_of, job_of):
    site.page("/", page(0, 1, 2))
    job = job_of(outlet_of(("listing", "/")), all_doors=True)
    report = jobs.run(job, progress=False)
    assert report.state is OutletState.UNREAD
    assert report.note == "3 entries of its doors have no address"

    site.page("/", page(1, 2, 3))
    later = job_of(job.outlet, now=job.now + HOUR, all_doors=True)
    (later.folder / "memory.jsonl").write_text((job.folder / "crawl.jsonl").read_text())
    asked = len(site.log)
    assert jobs.run(later, progress=False).state is OutletState.UNREAD
    assert len(site.log) - asked <= 2  # all guesses were tried: they are not tried once more
