"""Both feed writers say the same, keep to their standards and pass on no page's mark-up."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from xml.etree import ElementTree as ET

import feedparser
import pytest
from hypothesis import given
from hypothesis import strategies as st

from news import feeds
from news.feeds import Entry, Feed

AT = datetime(2026, 3, 14, 10, 25, tzinfo=timezone(timedelta(hours=4)))
ENTRY = Entry(
    identity="tag:khabar.example,2026:match/7",
    title="Bridge <opens> & closes",
    updated=AT,
    published=AT - timedelta(hours=1),
    url="https://outlet.example/a?b=1&c=2",
    archive_url="https://khabar.example/khabar/article/7",
    author="Outlet",
    summary="The bridge <b>opens</b>.",
    language="az",
    tags=("new",),
)
FEED = Feed(
    identity="https://khabar.example/khabar/watch/3",
    title="Khabar: bridges",
    entries=(ENTRY,),
    page_url="https://khabar.example/khabar/watch/3",
    feed_url="https://khabar.example/khabar/watch/3.atom",
)


def parsed(feed):
    return feedparser.parse(feeds.atom(feed))


def test_a_reader_finds_in_atom_what_was_put_in():
    document = parsed(FEED)
    assert document.bozo == 0
    assert document.feed.title == "Khabar: bridges"
    assert document.feed.updated == "2026-03-14T06:25:00Z"
    links = {link.rel: link.href for link in document.feed.links}
    assert links == {"self": FEED.feed_url, "alternate": FEED.page_url}
    (entry,) = document.entries
    assert entry.id == ENTRY.identity
    assert entry.link == ENTRY.url
    assert entry.published == "2026-03-14T05:25:00Z"
    assert entry.updated == "2026-03-14T06:25:00Z"
    assert entry.author == "Outlet"
    assert entry.tags[0].term == "new"
    assert entry.title_detail.language == "az"


def test_json_feed_says_the_same():
    document = json.loads(json.dumps(feeds.json_feed(FEED)))
    assert document["version"] == "https://jsonfeed.org/version/1.1"
    assert document["home_page_url"] == FEED.page_url
    assert document["feed_url"] == FEED.feed_url
    assert document["items"] == [
        {
            "id": ENTRY.identity,
            "url": ENTRY.url,
            "title": ENTRY.title,
            "content_text": ENTRY.summary,
            "date_published": "2026-03-14T05:25:00Z",
            "date_modified": "2026-03-14T06:25:00Z",
            "authors": [{"name": "Outlet"}],
            "language": "az",
            "tags": ["new"],
        }
    ]


def test_what_is_not_known_is_left_out():
    bare = Entry(identity="tag:x,2026:1", title="", updated=AT, language="und")
    item = feeds.json_feed(replace(FEED, entries=(bare,)))["items"][0]
    assert item == {
        "id": "tag:x,2026:1",
        "date_modified": "2026-03-14T06:25:00Z",
        "content_text": "",
    }
    # our own document)
    entry = ET.fromstring(feeds.atom(replace(FEED, entries=(bare,))))[-1]  # noqa: S314
    names = [child.tag.rpartition("}")[2] for child in entry]
    assert names == ["id", "title", "updated", "content"]
    assert entry.attrib == {}


@pytest.mark.parametrize("url", ["javascript:alert(1)", "data:text/html,x", "http://[", "ftp://a/"])
def test_only_links_to_the_web_are_links(url):
    feed = replace(FEED, entries=(replace(ENTRY, url=url, archive_url=url),))
    assert url.encode() not in feeds.atom(feed)
    assert "url" not in feeds.json_feed(feed)["items"][0]


def test_an_empty_feed_is_a_feed():
    empty = replace(FEED, entries=())
    assert parsed(empty).feed.updated == "1970-01-01T00:00:00Z"
    assert feeds.json_feed(empty)["version"] == feeds.json_feed(FEED)["version"]
    assert replace(empty, updated=AT).changed_at == AT


def test_a_feed_changed_when_its_newest_entry_did():
    older = replace(ENTRY, updated=datetime(2020, 1, 1, tzinfo=UTC))
    assert replace(FEED, entries=(older, ENTRY)).changed_at == AT


@given(st.text(), st.text(), st.text())
def test_any_text_makes_a_document_that_can_be_read(title, summary, url):
    entry = replace(ENTRY, title=title, summary=summary, url=url, author=title, tags=(title,))
    document = parsed(replace(FEED, title=title, entries=(entry,)))
    assert document.bozo == 0
    assert len(document.entries) == 1
