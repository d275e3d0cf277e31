"""What an article's address looks like, and lists that are no plain HTML."""

import json

import pytest

from crawlers import job as jobs
from crawlers.discovery import article_shape, listing
from crawlers.discovery.article_shape import learn, looks_like_article, pattern
from crawlers.faults import FaultError
from news.outlet import Door, DoorKind

HOME = "https://mavi.az/"
HOSTS = frozenset({"mavi.az"})
DOOR = Door(kind=DoorKind.LISTING, url=HOME)


@pytest.mark.parametrize(
    "path",
    [
        "news/detail.php?ELEMENT_ID=12",
        "modules.php?name=News&sid=7",
        "index.php?news=41",
        "view.php?cid=9",
        "index.php?option=com_content&id=12:a-slug",
        "node/12",
        "az/news/7",
        "haber/9.html",
        "xeber/bir-iki-uc-dord",
        "politics/koprunun-acilisi-oldu",
        "2026/11/26/koprü",
    ],
)
def test_these_are_articles(path):
    assert looks_like_article(HOME + path)


@pytest.mark.parametrize(
    "path",
    [
        "",
        "az/",
        "news/",
        "tag/node/12",
        "page/12",
        "politics?page=2",
        "about-us",
        "video/12.mp4",
        "rss.xml",
        "xeberler/siyaset",
        "12",
    ],
)
def test_these_are_none(path):
    assert not looks_like_article(HOME + path)


def test_an_outlets_own_addresses_teach_their_form():
    learnt = frozenset(learn((), [f"{HOME}news/politics/yeni-korpu", f"{HOME}news/sport/oyun-12"]))
    assert looks_like_article(f"{HOME}news/culture/teze-film", learnt)
    assert not looks_like_article(f"{HOME}about/our-team", learnt)
    # Where the outlet is known, three words alone are no article any more.
    assert not looks_like_article(f"{HOME}services/how-we-work-here"[:-5], learnt)


def test_a_single_word_teaches_nothing():
    assert learn((), [f"{HOME}news/politics", f"{HOME}x"]) == ()
    many = learn((), [f"{HOME}s{number}/a-b" for number in range(100)])
    assert len(many) <= article_shape._LEARNT_AT_MOST
    assert many[-1] == pattern(f"{HOME}s99/a-b")


def test_a_list_wrapped_in_json_is_read():
    text = json.dumps({"ok": 1, "html": '<a href="/news/1234-a">One</a><a href="?page=2">2</a>'})
    reading = listing.read(text.encode(), HOME, DOOR, HOSTS, "application/json")
    assert [(entry.url, entry.title) for entry in reading.entries] == [
        (f"{HOME}news/1234-a", "One")
    ]


def test_objects_with_addresses_are_read():
    items = [{"title": "One", "url": "/news/1234-a"}, {"url": "/img/1.jpg"}, {"url": 7}]
    reading = listing.read(json.dumps({"data": items}).encode(), HOME, DOOR, HOSTS)
    assert [(entry.url, entry.title) for entry in reading.entries] == [
        (f"{HOME}news/1234-a", "One")
    ]


def test_a_page_that_a_script_builds_has_its_data_in_it():
    data = json.dumps({"props": {"list": [{"title": "One", "link": "/news/1234-a"}]}})
    page = f'<html><div id="__next"></div><script id="__NEXT_DATA__">{data}</script></html>'
    reading = listing.read(page.encode(), HOME, DOOR, HOSTS, "text/html")
    assert [entry.url for entry in reading.entries] == [f"{HOME}news/1234-a"]


@pytest.mark.parametrize("body", [b"{}", b"[" * 5000, b'{"a": "b"}'])
def test_json_without_links_is_no_listing(body):
    with pytest.raises(FaultError):
        listing.read(body, HOME, DOOR, HOSTS)


def test_what_a_feed_names_is_found_on_the_front_page_too(site, outlet_of, job_of):
    for name in ("/news/politics/yeni-korpu", "/news/culture/teze-film", "/about/our-team"):
        site.article(name, f"{name} " * 300)
    site.feed("/feed", ["/news/politics/yeni-korpu"])
    site.page("/", '<a href="/news/culture/teze-film">Film</a><a href="/about/our-team">Team</a>')
    job = job_of(outlet_of(("feed", "/feed"), ("listing", "/")))
    jobs.run(job, progress=False)
    later = job_of(job.outlet, now=job.now, all_doors=True)
    (later.folder / "memory.jsonl").write_text((job.folder / "crawl.jsonl").read_text())
    site.page("/", '<a href="/news/culture/teze-film">Film</a><a href="/about/our-team">Teams</a>')
    jobs.run(later, progress=False)
    assert site.asked("/news/culture/teze-film") == 1
    assert site.asked("/about/our-team") == 0
