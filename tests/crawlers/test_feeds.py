"""Feeds as they are found: charsets said wrongly, links and titles among namesakes, broken XML."""

import base64
import tarfile
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from crawlers.discovery import charsets, feed
from crawlers.faults import FaultError

BASE = "https://mavi.az/rss"
TEHRAN = ZoneInfo("Asia/Tehran")
HEADLINE = "Мост через Куру откроют весной, сообщили в министерстве"


def rss(item: str, first_line: str = '<?xml version="1.0"?>') -> str:
    return f'{first_line}<rss version="2.0"><channel><title>X</title>{item}</channel></rss>'


def item(title: str = "T", link: str = "https://mavi.az/news/1", rest: str = "") -> str:
    return f"<item><title>{title}</title><link>{link}</link>{rest}</item>"


def atom(entry: str, rest: str = "") -> str:
    return f'<feed xmlns="http://www.w3.org/2005/Atom" {rest}><entry>{entry}</entry></feed>'


def entries(text: str | bytes, content_type: str = "application/xml"):
    body = text.encode() if isinstance(text, str) else text
    return feed.read(body, BASE, UTC, content_type.lower()).entries


def only(text: str | bytes, content_type: str = "application/xml"):
    [entry] = entries(text, content_type)
    return entry


@pytest.mark.parametrize(
    ("codec", "first_line", "content_type"),
    [
        ("cp1251", '<?xml version="1.0"?>', "text/xml;charset=WINDOWS-1251"),
        ("cp1251", '<?xml version="1.0" encoding="cp-1251"?>', "text/xml"),
        ("cp1251", '<?xml version="1.0" encoding="win-1251"?>', "text/xml"),
        ("cp1251", '<?xml version="1.0" encoding="utf-8"?>', "text/xml"),
        ("cp1251", '<?xml version="1.0"?>', "text/xml"),
        ("koi8-r", '<?xml version="1.0"?>', "text/xml"),
        ("koi8-r", '<?xml version="1.0" encoding="KOI8-R"?>', "text/xml; charset=utf-8"),
        ("utf-8", '<?xml version="1.0" encoding="windows-1251"?>', "text/xml"),
        ("utf-8", '<?xml version="1.0"?>', "text/xml; charset=iso-8859-1"),
        ("utf-16", '<?xml version="1.0" encoding="utf-16"?>', "text/xml"),
        ("utf-16-le", '<?xml version="1.0" encoding="utf-16"?>', "text/xml"),
        ("utf-8-sig", '<?xml version="1.0" encoding="windows-1251"?>', "text/xml"),
        ("utf-8", "", "text/xml; charset=no-such-thing"),
    ],
)
def test_a_headline_is_read_whatever_charset_is_named(codec, first_line, content_type):
    body = rss(item(HEADLINE), first_line).encode(codec)
    assert only(body, content_type).title == HEADLINE


def test_a_turkish_page_without_a_charset_keeps_its_letters():
    headline = "Bakıda şəhər günü üçün çörək paylandı".replace("ə", "e")
    assert only(rss(item(headline)).encode("cp1254")).title == headline


def test_some_bad_bytes_do_not_change_the_charset():
    body = rss(item(HEADLINE) + item("Bad \xff byte", "https://mavi.az/2")).encode()
    broken = body.replace("\xff".encode(), b"\xff")
    assert [entry.title for entry in entries(broken)] == [HEADLINE, "Bad \ufffd byte"]


def test_names_of_code_pages_are_read_with_their_slips():
    names = ["cp-1251", "CP1251", "windows-1251", "x-windows-1251", "win1251", "Windows_1251"]
    assert {charsets.codec_of(name) for name in names} == {"cp1251"}
    assert charsets.codec_of("utf8") == "utf-8"
    assert charsets.codec_of("no-such-thing") is None


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("AT&T and R&D", "AT&T and R&D"),
        ("AT&amp;T", "AT&T"),
        ("AT&amp;amp;T", "AT&T"),
        ("1 &lt; 2", "1 < 2"),
        ("Sum &lt;b&gt;fell&lt;/b&gt; again", "Sum fell again"),
        ("Safe &lt;script&gt;run()&lt;/script&gt; text", "Safe text"),
        ("Rain &#X41; sun", "Rain A sun"),
        ("&nbsp; Blanks &nbsp;", "Blanks"),
    ],
)
def test_a_title_is_what_a_reader_sees(written, read):
    assert only(rss(item(written))).title == read


def test_an_extension_does_not_take_the_place_of_the_title():
    namespaces = 'xmlns:media="http://search.yahoo.com/mrss/"'
    text = rss(item("Own", rest="<media:title>A photo</media:title>"))
    assert only(text.replace("<rss", f"<rss {namespaces}")).title == "Own"
    before = rss(
        "<item><media:title>A photo</media:title><title>Own</title>"
        "<media:link>https://mavi.az/photo</media:link><link>https://mavi.az/1</link></item>"
    )
    entry = only(before.replace("<rss", f"<rss {namespaces}"))
    assert (entry.title, entry.url) == ("Own", "https://mavi.az/1")
    # A prefix that nobody declared is an extension's all the same.
    assert only(before).title == "Own"


def test_a_title_of_an_extension_stands_in_for_a_missing_one():
    text = '<item><dc:title xmlns:dc="x">Stands in</dc:title><link>https://mavi.az/1</link></item>'
    assert only(rss(text)).title == "Stands in"


def test_titles_in_base64_are_read():
    held = base64.b64encode(b"Bir <b>iki</b>").decode()
    link = '<link href="https://mavi.az/1"/>'
    assert only(atom(f'<title mode="base64">{held}</title>{link}')).title == "Bir iki"
    assert only(atom(f'<title type="image/png">{held}</title>{link}')).title == "Bir iki"


def test_what_is_escaped_in_markup_is_meant_to_be_read():
    div = '<div xmlns="http://www.w3.org/1999/xhtml">The &lt;br&gt; tag</div>'
    entry = only(atom(f'<title type="xhtml">{div}</title><link href="https://mavi.az/1"/>'))
    assert entry.title == "The <br> tag"


def test_of_several_alternates_the_page_for_readers_is_taken():
    links = (
        '<link rel="alternate" type="application/pdf" href="/1.pdf"/>'
        '<link rel="alternate" type="text/html" hreflang="ru" href="/ru/1"/>'
        '<link rel="enclosure" href="/1.mp3"/>'
        '<link rel="alternate" type="text/html" hreflang="az" href="/az/1"/>'
    )
    assert only(atom(links, 'xml:lang="az"')).url == "https://mavi.az/az/1"


@pytest.mark.parametrize(
    ("inside", "url"),
    [
        ("<link>/news/428087/</link>", "https://mavi.az/news/428087/"),
        ("<link>\n<![CDATA[\nhttps://mavi.az/a-b\n]]>\n</link>", "https://mavi.az/a-b"),
        (
            "<link>https://mavi.az/news.php?cat=1&id=234</link>",
            "https://mavi.az/news.php?cat=1&id=234",
        ),
        ('<guid isPermaLink="true">https://mavi.az/2</guid>', "https://mavi.az/2"),
        ("<guid>https://mavi.az/2</guid>", "https://mavi.az/2"),
        ("<guid>/news/2</guid>", "https://mavi.az/news/2"),
    ],
)
def test_the_link_of_an_item_is_found(inside, url):
    assert only(rss(f"<item><title>T</title>{inside}</item>")).url == url


def test_a_raw_ampersand_in_an_attribute_stays():
    entry = only(atom('<link href="https://mavi.az/in-May-&-June-2026.html"/>'))
    assert entry.url == "https://mavi.az/in-May-&-June-2026.html"


@pytest.mark.parametrize(
    "inside", ["", "<guid>428087</guid>", '<guid isPermaLink="false">https://mavi.az/2</guid>']
)
def test_an_item_without_an_address_is_counted(inside):
    text = rss(f"<item><title>T</title>{inside}</item>{item()}")
    reading = feed.read(text.encode(), BASE, UTC)
    assert (len(reading.entries), reading.without_link) == (1, 1)


@pytest.mark.parametrize(
    ("text", "count"),
    [
        (rss(item()) + "<br />\n<b>Warning</b>: mkdir() in <b>/x.php</b><br />", 1),
        ('<?xml version="1.0"?>\n' + rss(item()), 1),
        (rss(item() + "<div class=ad <script>x</script>" + item(link="https://mavi.az/2")), 2),
        (rss(item(rest='<media:content url="x"/>') + item(link="https://mavi.az/2")), 2),
        ("\n\n  " + rss(item()), 1),
    ],
)
def test_broken_feeds_are_read_as_far_as_they_go(text, count):
    assert len(entries(text)) == count


def test_dates_in_persian_digits_are_never_taken_for_others():
    text = atom(
        '<link href="https://e.ir/news/1"/><updated>2026-01-27T17:42:38Z</updated>'
        "<published>۱۴۰۴-۱۱-۰۷T۱۱:۳۲:۰۶Z</published>"
    )
    [entry] = feed.read(text.encode(), BASE, TEHRAN).entries
    wanted = {None, datetime(2026, 1, 27, 11, 32, 6, tzinfo=UTC)}
    assert entry.published in wanted | {datetime(2026, 1, 27, 8, 2, 6, tzinfo=UTC)}
    assert entry.updated == datetime(2026, 1, 27, 17, 42, 38, tzinfo=UTC)


def test_no_feed_of_the_outside_suites_raises_but_a_named_fault(shared):
    read = 0
    with tarfile.open(shared / "suites" / "feeds.tar.xz") as suites:
        for member in suites:
            file = suites.extractfile(member)
            if file is None or not member.name.endswith((".xml", ".json")):
                continue
            try:
                feed.read(file.read(), BASE, UTC)
                read += 1
            except FaultError:
                continue
    assert read > 3000
