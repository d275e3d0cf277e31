"""An outlet as the rest of the house sees it.

`crawlers.outlet_files` makes it from a TOML file, strictly.
"""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum


class DoorKind(StrEnum):
    """The ways into an outlet's articles."""

    # RSS 0.9x/1.0/2.0, Atom, JSON Feed: told apart by what is in them, not by their name
    FEED = "feed"
    SITEMAP = "sitemap"  # sitemaps.org protocol, news extension, indexes, gzip
    LISTING = "listing"  # a home, section or tag page, with or without further pages
    ARCHIVE = "archive"  # one page per day, its URL made from a strftime pattern
    WORDPRESS = "wordpress"  # the REST API at /wp-json/wp/v2/posts
    TELEGRAM = "telegram"  # a public channel's preview page, t.me/s/NAME


@dataclass(frozen=True, slots=True, kw_only=True)
class Door:
    """One way into an outlet.

    `articles` and `never` are regular expressions over the canonical URL's path and query.
    """

    kind: DoorKind
    url: str
    language: str | None = None
    links: str | None = (
        # listing: CSS selector of the article links; None: every link that looks like an article
        None
    )
    next_page: str | None = None  # listing: CSS selector of the link to the following page
    pages: int = 1  # listing: how many pages at most in a normal run
    articles: str | None = None  # only URLs that match are articles
    never: str | None = None  # URLs that match are not


@dataclass(frozen=True, slots=True, kw_only=True)
class Pace:
    """How fast an outlet may be read. Seconds and counts; robots.txt can only make it slower."""

    delay: float = 2.0  # seconds between two requests to one host
    concurrency: int = 1  # requests under way at once to one host
    budget: int = 500  # pages at most in one run
    shortest: float = 600.0  # seconds: a door is never polled more often
    longest: float = 86_400.0  # seconds: nor less often


@dataclass(frozen=True, slots=True, kw_only=True)
class Expectation:
    """What a normal day brings.

    Below `least` the outlet's leaf turns red, above `most` it warns.
    """

    least: int = 0  # articles a day, new ones
    most: int | None = None
    quiet_days: tuple[str, ...] = ()  # "sat", "sun": days on which nothing is expected


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """Extraction rules for one look of the site.

    Valid from `since` up to and including `until` (publication date).
    """

    since: date | None = None
    until: date | None = None
    body: tuple[str, ...] = ()  # CSS selectors of what holds the body, in order
    drop: tuple[str, ...] = ()  # CSS selectors of what is never part of it
    title: str | None = None  # CSS selectors
    author: str | None = None
    published: str | None = None
    date_format: str | None = None  # strptime format of what `published` selects


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlet:
    """One news outlet: name = file stem, region = folder of the file."""

    name: str
    region: str
    title: str
    home: str  # absolute URL
    country: str  # ISO 3166-1 alpha-2, or a region's name where the outlet has no country
    languages: tuple[str, ...]  # ISO 639-1
    timezone: str  # IANA name; the zone of dates without one
    doors: tuple[Door, ...]
    hosts: tuple[
        str, ...
    ] = ()  # further hosts whose articles are this outlet's (mobile, AMP, language editions)
    pace: Pace = field(default_factory=Pace)
    expects: Expectation = field(default_factory=Expectation)
    layouts: tuple[Layout, ...] = ()
    render: bool = False  # pages that only a browser can build
    active: bool = True
    must_have: bool = False  # a run in which it ails is red, whatever the others bring
    find_doors: bool = False  # doors found in place of dead ones are asked without a person's word
    spider: str = ""  # name of the spider that reads it; empty: the one for any outlet
    login: str = ""  # name of the secret by which its hosts know us; never the secret
    source: str = ""  # where the doors are known from
    verified: str = ""  # how far, and when, they were seen to work
