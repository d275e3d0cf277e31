"""What a home page says of sections, channels and editions, and which pages are good samples."""

from datetime import UTC, datetime

from crawlers import CrawlOptions
from crawlers.discovery import explore, site_doors
from news.article import Page

NOW = datetime(2026, 11, 27, tzinfo=UTC)
HOME = "https://mavi.az/"
PROSE = "A sentence of an article that is long enough to be running text, and then some. " * 12


def page(body: str) -> Page:
    return Page(
        url=HOME,
        final_url=HOME,
        status=200,
        headers=(("Content-Type", "text/html; charset=utf-8"),),
        body=body.encode(),
        fetched_at=NOW,
    )


STORIES = "".join(f'<a href="/news/{number}-a">x</a>' for number in range(100, 120))


def test_sections_are_what_menus_name_and_forms_are_not():
    menu = (
        '<nav><a href="/siyaset">S</a><a href="/category/idman">I</a><a href="/contact">C</a>'
        '<a href="/news/101-a-story">A</a><a href="https://else.az/x">E</a>'
        '<a href="/siyaset#top">S</a><a href="/search?q=1">Q</a><a href="/cat?id=3">K</a>'
        '<a href="/category">C</a>'
        '<a href="/archive/">L</a></nav>'
    )
    found = site_doors.sections(page(menu + STORIES))
    # An archive may be the list of everything, the latest first.
    lists = ["siyaset", "category/idman", "cat?id=3", "archive/"]
    assert found == [HOME + path for path in [*lists, "news/101-a-story"]]
    assert site_doors.sections(page("")) == []


def test_public_channels_are_named_and_links_to_share_are_not():
    links = (
        '<a href="https://t.me/mavi_news">T</a><a href="//t.me/s/mavi_sport/">S</a>'
        '<a href="https://t.me/share?url=x">+</a><a href="https://t.me/joinchat/abc">J</a>'
        '<a href="https://t.me/mavi_news/12">post</a>'
    )
    assert site_doors.channels(page(links)) == [
        "https://t.me/s/mavi_news",
        "https://t.me/s/mavi_sport",
    ]


def test_a_first_visit_offers_sections_and_shows_articles(site, tmp_path):
    def story(path: str) -> None:
        mark = '<meta property="og:type" content="article">'
        site.page(path, f"<html><head>{mark}</head><body><p>{path} {PROSE}</p></body></html>")

    for number in range(101, 112):
        story(f"/news/{number}-a")
    site.page("/terms-of-use-today", f"<html><body><p>Terms {PROSE * 5}</p></body></html>")
    menu = '<nav><a href="/siyaset">S</a><a href="/idman">I</a><a href="/son">L</a></nav>'
    front = "".join(f'<a href="/news/{number}-a">x</a>' for number in range(101, 109))
    terms = '<a href="/terms-of-use-today">Terms</a><a href="https://t.me/mavi_news">T</a>'
    site.page("/", f"<html><body>{menu}{front}{terms}</body></html>")
    more = "".join(f'<a href="/news/{number}-a">x</a>' for number in range(105, 112))
    site.page("/siyaset", f"<html><body>{menu}{more}</body></html>")
    site.page("/idman", f"<html><body>{menu}{front}</body></html>")
    # It names what the front page names, and goes on where that one ends.
    further = '<a rel="next" href="/son?page=2">2</a>'
    site.page("/son", f"<html><body>{menu}{front}{further}</body></html>")
    options = CrawlOptions(allow_loopback=True)
    draft = explore.visit(site.url("/"), tmp_path, NOW, options)
    doors = [door.url for door in draft.outlet.doors]
    assert site.url("/siyaset") in doors
    assert site.url("/idman") not in doors
    assert site.url("/son") in doors
    assert any("https://t.me/s/mavi_news" in note for note in draft.notes)
    assert len(draft.samples) == 5
    assert all("/news/" in sample.url for sample in draft.samples)


def test_a_menu_without_a_name_is_told_by_its_short_links():
    menu = "".join(
        f'<li><a href="/{name}/">{name}</a></li>' for name in ("siyaset", "idman", "hava")
    )
    story = "A headline of as many words as headlines have these days"
    cards = "".join(
        f'<div class="x9"><a href="/news/{number}-a">{story}</a></div>' for number in range(20)
    )
    short = "".join(f'<a href="/news/{number}-b">{story}</a>' for number in range(30, 33))
    found = site_doors.sections(page(f'<div class="q7"><ul>{menu}</ul></div>{cards}{short}'))
    assert found == [f"{HOME}siyaset/", f"{HOME}idman/", f"{HOME}hava/"]
