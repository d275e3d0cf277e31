"""The kinds of door: one class each, which says how a door of its kind is asked and read.

A new kind is a value of DoorKind, a class here (or beside), and a case in `of`.
"""

import zoneinfo
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Protocol, assert_never

from crawlers.discovery import feed, listing, sitemap, telegram, wordpress
from crawlers.discovery.choice import Before
from crawlers.discovery.reading import Reading
from news.outlet import Door, DoorKind

_DAYS_BACK = 2  # an archive by day is read this far back
_DAY = timedelta(days=1)


@dataclass(
    frozen=True,
    slots=True,
    kw_only=True,
)
class Asking:
    """When a door is asked, and for which days: `since` and `until` (included) of a backfill."""

    now: datetime
    last_polled: datetime | None
    zone: zoneinfo.ZoneInfo  # of the outlet
    since: date | None = None
    until: date | None = None


@dataclass(
    frozen=True,
    slots=True,
    kw_only=True,
)
class Answer:
    """What a door answered: the decoded body, the address it came from, the outlet's hosts."""

    body: bytes
    url: str
    content_type: str  # small letters
    zone: zoneinfo.ZoneInfo  # of dates without one
    hosts: frozenset[str]
    before: Before
    learnt: frozenset[str] = frozenset()  # patterns of the outlet's articles


class KindOfDoor(Protocol):
    """How doors of one kind are asked and read.

    `newest_first`: the first page shows the newest articles, whichever were shown before.
    `many_fronts`: a poll asks for several addresses of equal rank, none of which is the front.
    `has_files`: it consists of files, whose addresses are remembered.
    `is_html`: its pages may need a browser.
    `brings_articles`: its entries are whole articles, of which none has to be fetched.
    `names_articles`: what it names are articles, which teaches how their addresses are built.
    """

    newest_first: bool
    many_fronts: bool
    has_files: bool
    is_html: bool
    names_articles: bool
    brings_articles: bool

    def addresses(self, door: Door, asking: Asking) -> list[str]:
        """Return the addresses to ask in a poll."""

    def read(self, door: Door, answer: Answer) -> Reading:
        """Return what an answer says; raises FaultError naming why it says nothing."""


class FeedKind:
    """RSS, Atom, JSON Feed."""

    newest_first, many_fronts, has_files, is_html = True, False, False, False
    names_articles = True
    brings_articles = False

    def addresses(self, door: Door, asking: Asking) -> list[str]:
        """Return the feed's address."""
        del asking

        return [door.url]

    def read(self, door: Door, answer: Answer) -> Reading:
        """Return the feed's entries."""
        del door

        return feed.read(
            answer.body,
            answer.url,
            answer.zone,
            answer.content_type,
        )


class SitemapKind:
    """A sitemap or an index of sitemaps."""

    newest_first, many_fronts, has_files, is_html = False, False, True, False
    names_articles = False  # sections and tags stand beside them
    brings_articles = False

    def addresses(self, door: Door, asking: Asking) -> list[str]:
        """Return the sitemap's address."""
        del asking

        return [door.url]

    def read(self, door: Door, answer: Answer) -> Reading:
        """Return the articles of a file, or the files of an index."""
        del door

        return sitemap.read(
            answer.body,
            answer.url,
            answer.zone,
            before=answer.before,
        )


class ListingKind:
    """A page that links to articles."""

    newest_first, many_fronts, has_files, is_html = False, False, False, True
    names_articles = False
    brings_articles = False

    def addresses(self, door: Door, asking: Asking) -> list[str]:
        """Return the page's address."""
        del asking

        return [door.url]

    def read(self, door: Door, answer: Answer) -> Reading:
        """Return the page's links to articles."""
        return listing.read(
            answer.body, answer.url, door, answer.hosts, answer.content_type, learnt=answer.learnt
        )


class ArchiveKind(ListingKind):
    """A page a day, its address made from a strftime pattern."""

    many_fronts = True

    def addresses(self, door: Door, asking: Asking) -> list[str]:
        """Return the pages of the days since the last poll, the newest first."""
        today = asking.now.astimezone(asking.zone).date()
        last = min(asking.until or today, today)
        first = asking.since or self._first_day(asking, today)
        addresses = []
        day = last

        while day >= first:
            addresses.append(day.strftime(door.url))
            day -= _DAY

        return addresses

    def _first_day(self, asking: Asking, today: date) -> date:
        """Return the day of the last poll, or the last that is read at all."""
        polled = asking.last_polled or asking.now - _DAY
        day = polled.astimezone(asking.zone).date()
        earliest = today - _DAYS_BACK * _DAY

        return max(day, earliest)


class WordpressKind:
    """WordPress's REST API."""

    newest_first, many_fronts, has_files, is_html = True, False, False, False
    names_articles = True
    brings_articles = False

    def addresses(self, door: Door, asking: Asking) -> list[str]:
        """Return the request for the newest posts, or for those of a span of days."""
        if asking.since is None:
            return [wordpress.address(door.url)]

        until = (asking.until or asking.now.date()) + _DAY
        span = wordpress.address(
            door.url,
            after=_midnight(asking.since),
            before=_midnight(until),
        )

        return [span]

    def read(self, door: Door, answer: Answer) -> Reading:
        """Return the posts of a page."""
        del door

        return wordpress.read(answer.body, answer.url)


class TelegramKind:
    """A public Telegram channel."""

    newest_first, many_fronts, has_files, is_html = True, False, False, False
    names_articles = False
    brings_articles = True

    def addresses(self, door: Door, asking: Asking) -> list[str]:
        """Return the channel's preview page."""
        del asking

        return [telegram.address(door.url)]

    def read(self, door: Door, answer: Answer) -> Reading:
        """Return the posts of a page, whole."""
        del door

        return telegram.read(answer.body, answer.url, answer.content_type)


def _midnight(day: date) -> datetime:
    """Return the first moment of a day, in UTC."""
    return datetime.combine(day, time(), UTC)


def of(kind: DoorKind) -> KindOfDoor:
    """Return how doors of this kind are asked and read."""
    match kind:
        case DoorKind.FEED:
            return FeedKind()
        case DoorKind.SITEMAP:
            return SitemapKind()
        case DoorKind.LISTING:
            return ListingKind()
        case DoorKind.ARCHIVE:
            return ArchiveKind()
        case DoorKind.WORDPRESS:
            return WordpressKind()
        case DoorKind.TELEGRAM:
            return TelegramKind()
        case _:
            assert_never(kind)
