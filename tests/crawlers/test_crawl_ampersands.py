"""Feeds and sitemaps written by hand: an ampersand is an ampersand, a reference a reference."""

from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from crawlers.discovery import ampersands, feed, sitemap
from crawlers.discovery.reading import Entry

BAKU = ZoneInfo("Asia/Baku")
BASE = "https://x.az/rss"


def rss(link: str = "https://x.az/1", title: str = "One", before: str = "") -> Entry:
    item = f"<item><title>{title}</title><link>{link}</link></item>"
    [entry] = feed.read(
        f"{before}<rss><channel>{item}</channel></rss>".encode(), BASE, BAKU
    ).entries
    return entry


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("/news.php?cat=1&id=234", "/news.php?cat=1&id=234"),
        ("/news.php?cat=1&amp;id=234", "/news.php?cat=1&id=234"),
        ("/n?a=1&#38;b=2&#x26;c=3", "/n?a=1&b=2&c=3"),
        ("/n?a=1&copy=2&lt=3&reg4=5&amp=6", "/n?a=1&copy=2&lt=3&reg4=5&amp=6"),
        ("/n?a=1&b;c=2&", "/n?a=1&b;c=2&"),
        ("/n?a&&b", "/n?a&&b"),
        ("<![CDATA[/n?a=1&b=2&copy=3]]>", "/n?a=1&b=2&copy=3"),
        ("<!-- & <![CDATA[ -->/n?a=1&b=2", "/n?a=1&b=2"),
    ],
)
def test_links_keep_their_parameters(written, meant):
    assert rss(link=written).url == f"https://x.az{meant}"
    atom = f'<feed><entry><title>One</title><link href="{written}"/></entry></feed>'
    if "<" not in written:
        [entry] = feed.read(atom.encode(), BASE, BAKU).entries
        assert entry.url == f"https://x.az{meant}"
        listed = f"<urlset><url><loc>https://x.az{written}</loc></url></urlset>"
        [entry] = sitemap.read(listed.encode(), BASE, BAKU).entries
        assert entry.url == f"https://x.az{meant}"


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("AT&T and R&D", "AT&T and R&D"),
        ("AT&amp;T and R&amp;amp;D", "AT&T and R&D"),
        ("<![CDATA[AT&T and R&amp;D]]>", "AT&T and R&D"),
        ("Fish &chips; &copy 2026", "Fish &chips; &copy 2026"),
        ("&laquo;One&raquo;&nbsp;&mdash; &#8220;two&#x201d;", "«One» — “two”"),
        ("&lt;b&gt;One&lt;/b&gt; &quot;two&quot;", 'One "two"'),
        ("1 &lt; 2", "1 < 2"),
    ],
)
def test_titles_keep_their_letters(written, meant):
    assert rss(title=written).title == meant


def test_names_that_a_document_declares_are_not_expanded():
    declared = '<!DOCTYPE rss [<!ENTITY a "long"><!ENTITY b "&a;&a;"><!ENTITY c SYSTEM "f:/x">]>'
    assert "long" not in (rss(title="One &b;&c; &nbsp;two", before=declared).title or "")


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le"])
def test_a_wide_document_is_left_as_it_is(encoding):
    item = "<item><title>A &amp; B</title><link>https://x.az/1</link></item>"
    text = f'<?xml version="1.0" encoding="utf-16"?><rss><channel>{item}</channel></rss>'
    [entry] = feed.read(text.encode(encoding), BASE, BAKU).entries
    assert entry.title == "A & B"


_PIECES = st.lists(
    st.sampled_from(
        [
            "&",
            "&amp;",
            "&nbsp;",
            "&#38;",
            "&id=1",
            "<![CDATA[",
            "]]>",
            "<!--",
            "-->",
            "a" * 60,
            ";",
            "&b",
        ]
    ),
    max_size=12,
)


@given(_PIECES, st.integers(1, 70))
def test_a_document_in_pieces_is_the_document(texts, size):
    whole = "".join(texts).encode()
    pieces = [whole[place : place + size] for place in range(0, len(whole), size)]
    assert b"".join(ampersands.escaped(pieces)) == b"".join(ampersands.escaped([whole]))


@given(st.text(alphabet="&;#abx1 ", max_size=40))
def test_what_is_escaped_is_xml_that_says_the_same(text):
    held = etree.fromstring(f"<a>{ampersands.escape(text)}</a>", etree.XMLParser(recover=True)).text
    if ";" not in text:
        assert (held or "") == text
