"""A first visit: pasted feeds and articles, editions, archives, samples, lists of many outlets."""

import tomllib
from datetime import UTC, datetime

import pytest

from crawlers.discovery import explore, site_doors
from crawlers.errors import CrawlError
from crawlers.options import CrawlOptions
from news.article import Page
from news.outlet import Door, DoorKind, Outlet

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
OPTIONS = CrawlOptions(allow_loopback=True, timeout=10.0, seconds=60.0)
LINKS = [f"/news/{number}-a-long-headline-here" for number in range(1234, 1240)]


def page(body: str, url: str = "https://mavi.az/") -> Page:
    return Page(
        url=url,
        final_url=url,
        status=200,
        headers=(("Content-Type", "text/html; charset=utf-8"),),
        body=body.encode(),
        fetched_at=NOW,
    )


@pytest.fixture
def served(site):
    for link in LINKS:
        site.article(link, f"{link} " * 300)
    site.article("/terms/about-all-our-terms", "short")
    anchors = "".join(f'<a href="{link}">A headline</a>' for link in LINKS)
    home = '<link rel="alternate" type="application/rss+xml" href="/feed">'
    site.page("/", f"<html lang=en><title>Mavi</title>{home}{anchors}")
    site.feed("/feed", LINKS)
    site.page("/robots.txt", "User-agent: *\nCrawl-delay: 0.1\n", "text/plain")
    return site


@pytest.mark.parametrize("pasted", ["/", "/feed", LINKS[0]])
def test_a_pasted_feed_or_article_leads_to_the_site(served, tmp_path, pasted):
    draft = explore.visit(served.url(pasted), tmp_path, NOW, OPTIONS)
    assert draft.outlet.home == served.url("/")
    assert draft.outlet.title == "Mavi"
    assert served.url("/feed") in {door.url for door in draft.outlet.doors}
    assert {sample.url for sample in draft.samples} <= {served.url(link) for link in LINKS}
    assert served.asked("/robots.txt") == 1


def test_editions_are_found_by_their_language():
    home = page(
        '<link rel="alternate" hreflang="ru" href="https://ru.mavi.az/">'
        '<link rel="alternate" hreflang="en-US" href="/en/"><a hreflang="az" href="/">az</a>'
        '<link rel="alternate" hreflang="x-default" href="/xx/">'
        '<link rel="alternate" hreflang="de" href="https://else.example/">'
    )
    found = [(door.url, door.language) for door in site_doors.editions(home)]
    assert found == [("https://ru.mavi.az/", "ru"), ("https://mavi.az/en/", "en")]


@pytest.mark.parametrize(
    ("links", "url"),
    [
        (["/2026/11/21", "/2026/11/22"], "https://mavi.az/%Y/%m/%d"),
        (["/valyuta/2026-11-22"], None),
        (["/2019/01/01", "/2019/01/02"], None),
    ],
)
def test_an_archive_shows_several_days(links, url):
    home = page("".join(f'<a href="{link}">x</a>' for link in links))
    found = site_doors.archive(home, NOW)
    assert (found.url if found else None) == url


def test_an_outlet_file_is_toml_whatever_the_site_is_called():
    outlet = Outlet(
        name="mavi",
        region="new",
        title='Mavi "Xəbər" \\ az',
        home="https://mavi.az/",
        country="AZ",
        languages=("az", "ru"),
        timezone="Asia/Baku",
        doors=(
            Door(kind=DoorKind.FEED, url="https://mavi.az/rss"),
            Door(kind=DoorKind.LISTING, url="https://mavi.az/ru/", language="ru", pages=5),
        ),
    )
    text = explore.as_toml(outlet, ["found\nsomething"])
    held = tomllib.loads(text)
    assert held["title"] == outlet.title
    assert held["doors"][1] == {
        "kind": "listing",
        "url": "https://mavi.az/ru/",
        "language": "ru",
        "pages": 5,
    }
    assert text.startswith("# found something\n")


@pytest.mark.parametrize(
    ("name", "text"),
    [
        (
            "many.opml",
            '<opml><body><outline text="x"><outline xmlUrl="https://a.az/rss"/></outline>'
            '<outline htmlUrl="https://b.az/"/></body></opml>',
        ),
        ("many.csv", "name,url\nA,https://a.az/rss\nB,https://b.az/\nB,https://b.az/\n"),
        ("many.txt", "# ours\nhttps://a.az/rss\n\nhttps://b.az/\n"),
    ],
)
def test_lists_of_many_outlets_are_read(tmp_path, name, text):
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    assert explore.addresses(path) == ["https://a.az/rss", "https://b.az/"]


def test_a_list_of_nothing_is_said_so(tmp_path):
    path = tmp_path / "none.opml"
    path.write_text("<opml/>", encoding="utf-8")
    with pytest.raises(CrawlError, match="names no address"):
        explore.addresses(path)
