"""Addresses that do not look like an article's are judged by a page of theirs."""

import json

import pytest
from lxml import html

import crawlers
from crawlers import job as jobs
from crawlers import outlet_notes
from crawlers.discovery import listing, page_signs, pattern_record
from crawlers.discovery.page_signs import Shown
from crawlers.discovery.pattern_record import Record
from news import codec
from news.crawl import DoorState
from news.outlet import Door, DoorKind

HOME = "https://mavi.az/"
PROSE = "A sentence of an article that is long enough to be running text, and then some. " * 12


def article(site, path: str) -> None:
    site.page(
        path,
        '<html><head><meta property="og:type" content="article">'
        f"<title>{path}</title></head><body><h1>{path}</h1><p>{path} {PROSE}</p></body></html>",
    )


def front(site, *links: str, menu: str = "") -> None:
    anchors = "".join(f'<a href="{link}">A headline of some words</a>' for link in links)
    site.page("/", f"<html><body><nav>{menu}</nav><main>{anchors}</main></body></html>")


def again(job, job_of):
    later = job_of(job.outlet, now=job.now, all_doors=True)
    (later.folder / "memory.jsonl").write_text((job.folder / "crawl.jsonl").read_text())
    return later


def test_what_appears_on_a_listing_is_tried_and_teaches_the_others(site, outlet_of, job_of):
    links = ["/s/korpu", "/s/liman", "/s/bazar"]
    for link in [*links, "/s/yeni"]:
        article(site, link)
    article(site, "/2026/11/27/a-story")
    front(site, "/2026/11/27/a-story", *links)
    job = job_of(outlet_of(("listing", "/")))
    assert jobs.run(job, progress=False).new == 1
    front(site, "/2026/11/27/a-story", "/s/yeni", *links)
    report = jobs.run(again(job, job_of), progress=False)
    assert report.new == 4
    assert report.doors[0].doubtful == 4


def test_a_first_reading_without_any_article_tries_what_most_links_share(site, outlet_of, job_of):
    links = [f"/s/{name}" for name in ("korpu", "liman", "bazar", "qala", "deniz")]
    for link in links:
        article(site, link)
    front(site, *links, "/haqqimizda", "/elaqe")
    report = jobs.run(job_of(outlet_of(("listing", "/"))), progress=False)
    assert report.new == 5
    assert site.asked("/elaqe") == 0


def test_a_section_that_appears_is_asked_once_and_is_none(site, outlet_of, job_of):
    article(site, "/2026/11/27/a-story")
    many = "".join(f'<a href="/2026/11/27/x{number}">A headline</a>' for number in range(30))
    site.page("/idman", f"<html><body>{many}</body></html>")
    front(site, "/2026/11/27/a-story", "/siyaset")
    job = job_of(outlet_of(("listing", "/")))
    jobs.run(job, progress=False)
    front(site, "/2026/11/27/a-story", "/siyaset", "/idman")
    later = again(job, job_of)
    assert jobs.run(later, progress=False).new == 0
    front(site, "/2026/11/27/a-story", "/siyaset", "/idman", "/2026/11/27/b-story")
    jobs.run(again(later, job_of), progress=False)
    assert site.asked("/idman") == 1
    assert site.asked("/siyaset") == 0


def test_links_of_a_menu_are_no_articles_however_long_their_names(site, outlet_of, job_of):
    article(site, "/bakida-yeni-korpu-acilib")
    article(site, "/terms-of-use-and-privacy")
    menu = '<a href="/terms-of-use-and-privacy">Terms</a>'
    front(site, "/bakida-yeni-korpu-acilib", "/a-second-story-of-today", menu=menu)
    jobs.run(job_of(outlet_of(("listing", "/"))), progress=False)
    assert site.asked("/bakida-yeni-korpu-acilib") == 1
    assert site.asked("/terms-of-use-and-privacy") == 0


def test_a_list_of_links_at_an_address_like_an_articles_is_none(site, outlet_of, job_of):
    article(site, "/news/101-a-story")
    many = "".join(f'<a href="/news/10{number}-x">A headline here</a>' for number in range(30))
    site.page("/top-stories-of-the-week", f"<html><body>{many}</body></html>")
    front(site, "/news/101-a-story", "/top-stories-of-the-week")
    report = jobs.run(job_of(outlet_of(("listing", "/"))), progress=False)
    assert (report.new, report.faults) == (1, {"no_article": 1})


def test_patterns_that_never_brought_an_article_are_not_asked_for(site, outlet_of, job_of):
    for link in ("/news/101-a-story", "/cards/201-a-thing"):
        article(site, link)
    front(site, "/news/101-a-story", "/cards/201-a-thing")
    outlet = outlet_of(("listing", "/"))
    job = job_of(outlet)
    own = DoorState(outlet="outlet", url=outlet_notes.outlet_url(outlet))
    accepted = [site.url("/news/7-x")]
    refused = [site.url(f"/cards/{number}-thing") for number in range(3)]
    (state,) = crawlers.taught([own], outlet, accepted, refused)
    line = json.dumps({"door": codec.plain(state)})
    (job.folder / "memory.jsonl").write_text(line + "\n")
    report = jobs.run(job, progress=False)
    assert site.asked("/news/101-a-story") == 1
    assert site.asked("/cards/201-a-thing") == 0
    assert report.given_up == {"/cards/0-a": 1}
    assert report.doors[0].given_up == 1


def test_an_outlet_of_which_nothing_was_accepted_gives_nothing_up():
    records = pattern_record.enter({}, (), [f"{HOME}cards/{number}-a" for number in range(9)])
    assert not pattern_record.is_given_up(records, f"{HOME}cards/77-b")
    assert pattern_record.is_given_up(
        pattern_record.enter(records, [f"{HOME}news/1-a"]), f"{HOME}cards/77-b"
    )


def test_a_pattern_of_single_words_needs_two_articles():
    one = pattern_record.enter({}, [f"{HOME}s/korpu"])
    assert pattern_record.proved(one) == frozenset()
    assert pattern_record.proved(pattern_record.enter(one, [f"{HOME}s/liman"])) == {"/s/w"}


def test_records_survive_their_notes():
    state = DoorState(outlet="x", url=f"{HOME}#outlet")
    notes = outlet_notes.with_records(
        outlet_notes.read(state, state), {"/s/w": Record(2, 1), "/cards/0-a": Record(0, 3)}
    )
    written = outlet_notes.write(state, notes)
    assert outlet_notes.read(written, written) == notes


@pytest.mark.parametrize(
    ("page", "shown"),
    [
        (f'<meta property="og:type" content="article"><p>{PROSE}</p>', Shown.ARTICLE),
        (
            f'<script type="application/ld+json">{{"@type": "NewsArticle"}}</script><p>{PROSE}</p>',
            Shown.ARTICLE,
        ),
        (f"<time>27.11.2026</time><p>{PROSE}</p>", Shown.ARTICLE),
        (f"<p>{PROSE}</p>", Shown.UNSURE),
        ("<a href='/x'>A headline of a list that goes on and on</a>" * 20, Shown.LIST),
        ("<p>Rates</p>", Shown.UNSURE),
    ],
)
def test_a_page_is_judged_by_its_marks_and_its_links(page, shown):
    root = html.document_fromstring(f"<html><body>{page}</body></html>")
    assert page_signs.judge(page_signs.signs(root)) is shown


def test_a_list_that_holds_most_links_is_no_menu_whatever_its_name():
    links = "".join(f'<li><a href="/news/{number}-a">x</a></li>' for number in range(100, 110))
    page = f'<ul class="menu">{links}</ul><div class="main-menu"><a href="/news/999-b">x</a></div>'
    door = Door(kind=DoorKind.LISTING, url=HOME)
    reading = listing.read(page.encode(), HOME, door, frozenset({"mavi.az"}))
    assert len(reading.entries) == 10
    assert [entry.url for entry in reading.doubtful] == [f"{HOME}news/999-b"]
