"""Which doors a site has, by what its home page and its answers say."""

import re
from collections import defaultdict
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urljoin, urlsplit

from crawlers.discovery import feed, listing, menus, sitemap, telegram, wordpress
from crawlers.discovery.article_shape import looks_like_article, may_be_section
from crawlers.discovery.reading import Reading
from crawlers.faults import FaultError
from news.article import Page
from news.outlet import Door, DoorKind
from news.urls import UrlError, host_key

# Where sites keep their doors when no page says so, by the habits of the common systems.
_GUESSES = (
    "/feed/",
    "/rss.xml",
    "/rss",
    "/atom.xml",
    "/feed.json",
    "/sitemap_index.xml",
    "/sitemap.xml",
    "/news-sitemap.xml",
    "/wp-json/wp/v2/posts",
)
_FEED_TYPES = (
    "application/rss+xml",
    "application/atom+xml",
    "application/rdf+xml",
    "application/feed+json",
)
_DAY = re.compile(r"(?P<year>20\d\d)(?P<a>[/.-]?)(?P<month>\d\d)(?P<b>[/.-]?)(?P<day>\d\d)/?$")
_SITEMAP_LINE = re.compile(r"^[ \t]*sitemap:[ \t]*(\S+)", re.IGNORECASE | re.MULTILINE)
_LANGUAGE = re.compile(r"[a-z]{2,3}")
_CHANNEL = re.compile(r"(?:https?:)?//(?:t\.me|telegram\.me)/(?:s/)?(\w{4,64})/?$")
_NO_CHANNELS = frozenset({"share", "joinchat", "addstickers", "proxy", "login"})
_SECTION_WORDS = 36  # letters
_SECTIONS = 12  # asked on a first visit
_CANDIDATES = 16  # addresses asked on a first visit
_SITEMAPS = 4
_EDITIONS = 6
_RECENT = timedelta(days=62)
_DAY_LONG = timedelta(days=1)
_FEWEST_DATED = 3  # articles with a date by which a rate is told


def candidates(home: Page, robots: str, given: str) -> list[str]:
    """Return the addresses that may be doors, the surest first."""
    found = [given, *announced(home), *named_in(robots)]
    for path in _GUESSES:
        found.append(urljoin(home.final_url, path))

    others = dict.fromkeys(found)
    others.pop(home.url, None)

    return list(others)[:_CANDIDATES]


def announced(page: Page) -> Iterator[str]:
    """Yield the feeds and the REST API that a page announces in its head."""
    root = listing.tree(page.body, content_type(page))
    if root is None:
        return

    for link in root.xpath("//link[@href]"):
        rel = (link.get("rel") or "").lower()
        kind = (link.get("type") or "").lower()
        target = urljoin(page.final_url, link.get("href"))
        is_feed = "alternate" in rel and kind in _FEED_TYPES

        if is_feed and "comments" not in target:
            yield target
        elif rel == "https://api.w.org/":
            yield urljoin(target, "wp/v2/posts")


def named_in(robots: str) -> list[str]:
    """Return the sitemaps that robots.txt names."""
    return _SITEMAP_LINE.findall(robots)[:_SITEMAPS]


def editions(home: Page) -> list[Door]:
    """Return the front pages of the site's editions in other languages, by hreflang."""
    root = listing.tree(home.body, content_type(home))
    if root is None:
        return []

    doors: dict[str, Door] = {}

    for link in root.xpath("//link[@hreflang][@href] | //a[@hreflang][@href]"):
        tag = (link.get("hreflang") or "").lower()
        language = tag.partition("-")[0]
        url = urljoin(home.final_url, link.get("href"))
        is_other_page = url.rstrip("/") != home.final_url.rstrip("/")

        # "x-default" stands for whatever the site thinks best.
        is_language = language != "x" and _LANGUAGE.fullmatch(language)

        if is_language and is_other_page and _same_site(url, home.final_url):
            door = Door(kind=DoorKind.LISTING, url=url, language=language)
            doors.setdefault(url, door)

    return list(doors.values())[:_EDITIONS]


def sections(home: Page) -> list[str]:
    """Return the addresses that may be sections: of menus, and behind other short words.

    Addresses that look like an article's come last, and only out of menus: a section may be
    `/list?id=3`.
    """
    root = listing.tree(home.body, content_type(home))
    if root is None:
        return []

    found: dict[str, None] = {}
    in_menus = menus.links_of(root)

    for anchor in root.xpath("//a[@href]"):
        url = urljoin(home.final_url, anchor.get("href").strip()).partition("#")[0]
        words = " ".join(anchor.text_content().split())
        is_short = 0 < len(words) <= _SECTION_WORDS and not looks_like_article(url)

        if anchor not in in_menus and not is_short:
            continue

        is_other_page = url.rstrip("/") != home.final_url.rstrip("/")

        if is_other_page and _same_site(url, home.final_url) and may_be_section(url):
            found[url] = None

    return sorted(found, key=looks_like_article)[:_SECTIONS]


def channels(home: Page) -> list[str]:
    """Return the public Telegram channels that the home page links to, as doors name them."""
    root = listing.tree(home.body, content_type(home))
    if root is None:
        return []

    found: dict[str, None] = {}

    for href in root.xpath("//a/@href"):
        address = str(href).strip()
        match = _CHANNEL.match(address)
        if match is None:
            continue

        name = match[1]
        if name.lower() not in _NO_CHANNELS:
            found[f"https://t.me/s/{name}"] = None

    return list(found)


def _same_site(left: str, right: str) -> bool:
    """Tell whether two addresses lie on one host or on hosts under one another."""
    try:
        one, other = host_key(left), host_key(right)
    except UrlError:
        return False

    return one == other or one.endswith(f".{other}") or other.endswith(f".{one}")


def content_type(page: Page) -> str:
    """Return the Content-Type of a page; an empty one when it has none."""
    kinds = [value for name, value in page.headers if name.lower() == "content-type"]

    return kinds[0] if kinds else ""


def of_answers(answers: list[Page], now: datetime) -> Iterator[tuple[Door, str]]:
    """Yield each answer that is a door, with a sentence on it; doubles are left out."""
    seen: set[frozenset[str]] = set()
    for page in answers:
        found = door_of(page)
        if found is None:
            continue

        door, reading = found
        links = frozenset(entry.url for entry in reading.entries)
        is_empty = not links and not reading.further
        is_double = bool(links) and links in seen

        if is_empty or is_double:
            continue

        seen.add(links)
        rate = _rate(reading, now)
        yield door, f"{door.kind} {page.url}: {len(links)} articles{rate}"


def door_of(page: Page) -> tuple[Door, Reading] | None:
    """Return an answer as a door, with what it says; None for a page that is none."""
    for kind, reader in _READERS:
        if kind is DoorKind.SITEMAP and b"<html" in page.body[:2000].lower():
            continue

        try:
            reading = reader(page)
        except FaultError:
            continue

        url = page.url.partition("?")[0] if kind is DoorKind.WORDPRESS else page.url

        return Door(kind=kind, url=url), reading

    return None


_READERS: tuple[tuple[DoorKind, Any], ...] = (
    (
        DoorKind.TELEGRAM,
        lambda page: telegram.read(page.body, page.final_url, content_type(page)),
    ),
    (DoorKind.WORDPRESS, lambda page: wordpress.read(page.body, page.url)),
    (
        DoorKind.FEED,
        lambda page: feed.read(
            page.body,
            page.final_url,
            UTC,
            content_type(page),
        ),
    ),
    (DoorKind.SITEMAP, lambda page: sitemap.read(page.body, page.final_url, UTC)),
)


def _rate(reading: Reading, now: datetime) -> str:
    """Say how fast a door's articles follow one another."""
    latest = now + _DAY_LONG
    moments = []

    for entry in reading.entries:
        if entry.published and entry.published <= latest:
            moments.append(entry.published)

    if len(moments) < _FEWEST_DATED:
        return ""

    days = (max(moments) - min(moments)) / _DAY_LONG
    if not days:
        return ""

    a_day = (len(moments) - 1) / days

    return f", about {a_day:.1f} a day"


def archive(home: Page, now: datetime) -> Door | None:
    """Return an archive by day that the front page links to; None for none.

    One dated link may be anything, a table of currencies too: an archive shows several days.
    """
    root = listing.tree(home.body, content_type(home))
    if root is None:
        return None

    days: defaultdict[str, set[str]] = defaultdict(set)

    for href in root.xpath("//a/@href"):
        link = urljoin(home.final_url, str(href))
        path = urlsplit(link).path
        match = _DAY.search(path)

        if match is None or not _is_recent(match, now):
            continue

        written = match[0].rstrip("/")
        pattern = f"%Y{match['a']}%m{match['b']}%d"
        address = link.replace(written, pattern)
        days[address].add(written)

    for url, shown in days.items():
        if len(shown) > 1:
            return Door(kind=DoorKind.ARCHIVE, url=url)

    return None


def _is_recent(match: re.Match[str], now: datetime) -> bool:
    """Tell whether the month of a dated link is this one or near it."""
    year = int(match["year"])
    month = int(match["month"])
    in_a_year = min(max(month, 1), 12)
    first = datetime(year, in_a_year, 1, tzinfo=UTC)

    return abs(first - now) < _RECENT
