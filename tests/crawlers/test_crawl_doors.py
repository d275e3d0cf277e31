"""What doors say: every dialect, gzip and nesting, hostile ones too."""

import gzip
import json
import time
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawlers.discovery import dates, feed, listing, sitemap, wordpress
from crawlers.faults import Fault, FaultError
from news.outlet import Door, DoorKind

BAKU = ZoneInfo("Asia/Baku")
BASE = "https://x.az/rss"
RSS = """<?xml version="1.0"?><rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>X</title><link>https://x.az/</link>
<item><title>One &amp;amp; <![CDATA[<b>two</b>]]></title><link> https://x.az/1 </link><pubDate>Sun, 22 Nov 2026 10:00:00 +0400</pubDate></item>
<item><title>No link</title><guid isPermaLink="true">https://x.az/2</guid><dc:date>2026-11-22T05:00:00Z</dc:date></item>
<item><title>Relative</title><link>/3</link></item><item><title>Nothing</title></item></channel></rss>"""  # noqa: E501
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://x.az/a/"><title>X</title><link rel="next" href="?page=2"/>
<entry><title type="html">&lt;i&gt;One&lt;/i&gt;</title><link rel="replies" href="/no"/><link href="1"/><id>tag:1</id>
<published>2026-11-22T10:00:00+04:00</published><updated>2026-11-22T12:00:00+04:00</updated></entry></feed>"""  # noqa: E501
RDF = """<rdf:RDF xmlns="http://purl.org/rss/1.0/" xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel rdf:about="https://x.az/"><title>X</title><link>https://x.az/</link></channel>
<item rdf:about="https://x.az/1"><title>One</title><link>https://x.az/1</link><dc:date>2026-11-22</dc:date></item></rdf:RDF>"""  # noqa: E501
JSON = json.dumps(
    {
        "version": "https://jsonfeed.org/version/1.1",
        "next_url": "/feed.json?page=2",
        "items": [
            {
                "id": "1",
                "url": "https://x.az/1",
                "title": "One",
                "date_published": "2026-11-22T10:00:00+04:00",
            },
            {"id": "https://x.az/2"},
            {"id": 3},
            "rubbish",
        ],
    }
)
BOMB = """<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;">
<!ENTITY d "&c;&c;&c;&c;&c;&c;&c;&c;&c;&c;"><!ENTITY e "&d;&d;&d;&d;&d;&d;&d;&d;&d;&d;"><!ENTITY f "&e;&e;&e;&e;&e;&e;&e;&e;&e;&e;"><!ENTITY g SYSTEM "file:///etc/passwd">]>
<rss><channel><item><title>&f;&g;</title><link>https://x.az/1</link></item></channel></rss>"""  # noqa: E501


def test_rss():
    read = feed.read(RSS.encode(), BASE, BAKU)
    assert [entry.url for entry in read.entries] == [
        "https://x.az/1",
        "https://x.az/2",
        "https://x.az/3",
    ]
    assert read.entries[0].title == "One & two"
    assert read.entries[0].published == datetime(2026, 11, 22, 6, tzinfo=UTC)
    assert read.entries[1].published == datetime(2026, 11, 22, 5, tzinfo=UTC)


def test_atom():
    read = feed.read(ATOM.encode(), BASE, BAKU)
    assert (read.kind, read.entries[0].url, read.entries[0].title) == (
        "atom",
        "https://x.az/a/1",
        "One",
    )
    assert read.entries[0].updated == datetime(2026, 11, 22, 8, tzinfo=UTC)
    assert [page.url for page in read.further] == ["https://x.az/rss?page=2"]


def test_rdf_and_json():
    assert [entry.url for entry in feed.read(RDF.encode(), BASE, BAKU).entries] == [
        "https://x.az/1"
    ]
    read = feed.read(JSON.encode(), BASE, BAKU)
    assert [entry.url for entry in read.entries] == ["https://x.az/1", "https://x.az/2"]
    assert read.further[0].url == "https://x.az/feed.json?page=2"


@pytest.mark.parametrize("encoding", ["utf-8", "windows-1251", "utf-16"])
def test_a_feed_in_its_declared_charset(encoding):
    text = (
        f'<?xml version="1.0" encoding="{encoding}"?><rss><channel><item><title>Новости</title>'
        "<link>https://x.az/1</link></item></channel></rss>"
    )
    assert feed.read(text.encode(encoding), BASE, BAKU).entries[0].title == "Новости"


@pytest.mark.parametrize(
    "broken",
    [
        "\n\n  " + RSS,
        RSS.replace("&amp;amp;", "& "),
        RSS.replace("</channel></rss>", ""),
        RSS.replace("<title>X", "<title>\x0b X &nbsp;"),
        "\ufeff" + RSS,
    ],
)
def test_broken_feeds_are_read_all_the_same(broken):
    assert feed.read(broken.encode(), BASE, BAKU).entries[0].url == "https://x.az/1"


@pytest.mark.parametrize(
    "body",
    [
        "<html><body>no</body></html>",
        "{}",
        '{"items": 5}',
        "[" * 100_000,
        "not at all",
        "<?xml version='1.0'?><opml/>",
    ],
)
def test_what_is_no_feed_is_said_so(body):
    with pytest.raises(FaultError) as caught:
        feed.read(body.encode(), BASE, BAKU)
    assert caught.value.fault is Fault.NOT_FEED


def test_entities_are_not_expanded():
    begun = time.process_time()
    read = feed.read(BOMB.encode(), BASE, BAKU)
    assert time.process_time() - begun < 5
    assert all(
        len(entry.title or "") < 200 and "root:" not in (entry.title or "")
        for entry in read.entries
    )


MAP = """<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"
xmlns:image="http://www.google.com/schemas/sitemap-image/1.1"><url><image:image><image:loc>https://x.az/i.jpg</image:loc></image:image><loc>https://x.az/1</loc>
<lastmod>2026-11-22T10:00:00+04:00</lastmod><news:news><news:publication><news:name>X</news:name></news:publication>
<news:publication_date>2026-11-21</news:publication_date><news:title>One</news:title></news:news></url><url><loc>https://x.az/2</loc></url></urlset>"""


def test_a_news_sitemap():
    read = sitemap.read(MAP.encode(), BASE, BAKU)
    by_url = {entry.url: entry for entry in read.entries}
    assert set(by_url) == {"https://x.az/1", "https://x.az/2"}
    assert by_url["https://x.az/1"].title == "One"
    assert by_url["https://x.az/1"].published == datetime(2026, 11, 20, 20, tzinfo=UTC)


def test_an_index_and_gzip_and_text():
    index = (
        '<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><sitemap><loc>'
        "/a.xml.gz</loc><lastmod>2026-11-22</lastmod></sitemap></sitemapindex>"
    )
    assert (
        sitemap.read(gzip.compress(index.encode()), BASE, BAKU).further[0].url
        == "https://x.az/a.xml.gz"
    )
    assert len(sitemap.read(b"https://x.az/1\nhttps://x.az/2\n", BASE, BAKU).entries) == 2
    assert sitemap.read(b"<?xml version='1.0'?><urlset/>", BASE, BAKU).entries == ()


@pytest.mark.parametrize(
    "body",
    [b"", b"<html><body><p>hi</p></body></html>", b"hello", gzip.compress(b"hello", mtime=0)],
)
def test_what_is_no_sitemap_is_said_so(body):
    with pytest.raises(FaultError) as caught:
        sitemap.read(body, BASE, BAKU)
    assert caught.value.fault is Fault.NOT_SITEMAP


def test_a_large_sitemap_keeps_the_newest_and_little_memory():
    import tracemalloc

    rows = b"".join(
        b"<url><loc>https://x.az/%d</loc><lastmod>2026-%02d-01</lastmod></url>"
        % (number, number % 12 + 1)
        for number in range(20_000)
    )
    body = gzip.compress(b"<urlset>" + rows + b"</urlset>", 1)
    del rows
    tracemalloc.start()
    read = sitemap.read(body, BASE, BAKU, most=1000)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert len(read.entries) == 1000
    assert all(entry.updated and entry.updated.month in {11, 12} for entry in read.entries)
    assert peak < 8 << 20


def test_a_sitemap_bomb_has_its_name():
    with pytest.raises(FaultError) as caught:
        sitemap.read(gzip.compress(b"<urlset>" + b" " * (300 << 20), 1), BASE, BAKU)
    assert caught.value.fault is Fault.BOMB


PAGE = """<html><head><link rel="stylesheet" href="/a.css"></head><body><nav><a href="/">Home</a><a href="/tag/gas">gas</a><a href="/about">About</a></nav>
<h2><a href="/news/123456-slug#c">First headline</a></h2><a href="https://m.x.az/2026/11/22/a-town">Second</a><a href="http://elsewhere.az/news/999999">x</a>
<a href="/a-long-slug-of-words">Third</a><a href="javascript:void(0)">no</a><a href="/photo/123456.jpg">p</a><a href="?page=2">2</a></body></html>"""  # noqa: E501


def test_a_listing_finds_what_looks_like_an_article():
    door = Door(kind=DoorKind.LISTING, url="https://x.az/")
    read = listing.read(PAGE.encode(), "https://x.az/", door, frozenset({"x.az"}))
    assert [entry.url for entry in read.entries] == [
        "https://x.az/news/123456-slug",
        "https://m.x.az/2026/11/22/a-town",
        "https://x.az/a-long-slug-of-words",
    ]
    assert read.entries[0].title == "First headline"
    assert [page.url for page in read.further] == ["https://x.az/?page=2"]


def test_a_listing_by_selector():
    door = Door(kind=DoorKind.LISTING, url="https://x.az/", links="h2 a", next_page="nav a")
    assert [
        entry.url
        for entry in listing.read(PAGE.encode(), "https://x.az/", door, frozenset({"x.az"})).entries
    ] == ["https://x.az/news/123456-slug"]
    with pytest.raises(FaultError):
        listing.read(
            PAGE.encode(),
            "https://x.az/",
            Door(kind=DoorKind.LISTING, url="https://x.az/", links="h9 a"),
            frozenset({"x.az"}),
        )


def test_wordpress():
    posts = [
        {
            "id": 1,
            "link": "https://x.az/1",
            "date_gmt": "2026-11-22T06:00:00",
            "modified_gmt": "2026-11-22T07:00:00",
            "title": {"rendered": "A &#8220;b&#8221;"},
        }
    ]
    read = wordpress.read(
        json.dumps(posts).encode(), wordpress.address("https://x.az/", per_page=1)
    )
    assert read.entries[0].updated == datetime(2026, 11, 22, 7, tzinfo=UTC)
    assert read.entries[0].title == "A \u201cb\u201d"
    assert "page=2" in read.further[0].url
    with pytest.raises(FaultError):
        wordpress.read(b"<html>", "https://x.az/wp-json/wp/v2/posts")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Sun, 22 Nov 2026 10:00:00 +0400", (6, 0)),
        ("2026-11-22T10:00:00+04:00", (6, 0)),
        ("2026-11-22 10:00", (6, 0)),
        ("2026-11-22T10:00:00Z", (10, 0)),
        ("22 Nov 2026 10:00 GMT", (10, 0)),
        ("Sun, 22 Nov 2026 10:00:00", (6, 0)),
        ("2026-11-22T10:00:00.123+0400", (6, 0)),
    ],
)
def test_dates_of_doors(text, expected):
    found = dates.read(text, BAKU)
    assert found is not None
    assert (found.astimezone(UTC).hour, found.minute) == expected


@settings(deadline=None)
@given(st.text(max_size=60))
def test_no_date_text_raises(text):
    found = dates.read(text, BAKU)
    assert found is None or found.tzinfo is not None


@settings(deadline=None)
@given(st.binary(max_size=400))
def test_no_body_raises_but_a_named_fault(body):
    for reader in (
        lambda: feed.read(body, BASE, BAKU),
        lambda: sitemap.read(body, BASE, BAKU),
        lambda: wordpress.read(body, BASE),
        lambda: listing.read(
            body, BASE, Door(kind=DoorKind.LISTING, url=BASE), frozenset({"x.az"})
        ),
    ):
        try:
            reader()
        except FaultError:
            continue
