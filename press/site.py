"""One sample outlet: who it is, how it looks, which doors it opens and how it misbehaves."""

from dataclasses import dataclass
from zoneinfo import ZoneInfo


@dataclass(frozen=True, slots=True, kw_only=True)
class Behaviour:
    """How an outlet behaves towards a crawler.

    Shares are 0 to 1, hours and days are counted from the world's start or from publication.
    """

    crawl_delay: float | None = None  # seconds, in robots.txt
    disallow: tuple[str, ...] = ("/search", "/admin")
    feed_items: int = 20
    full_text: bool = False  # the feed carries the whole text
    same_guid: bool = False  # every item bears one GUID
    dates: bool = True  # False: neither doors nor pages name a date
    lies_304: bool = False  # answers 304 to every conditional request, whatever changed
    validators: bool = True  # sends ETag and Last-Modified
    edits: float = 0.1  # share of articles edited about an hour after publication
    deletes: float = 0.03  # share deleted about a day after publication
    delete_status: int = 404
    per_page: int = 20  # entries of a listing page, a sitemap part, a REST page
    slash_variants: bool = False  # /x and /x/ both answer 200, doors mix them
    index_variants: bool = False  # /index.php/x answers like /x, doors mix them
    session_ids: bool = False  # links carry ?sid=... new at each request
    tracking: bool = False  # feed links carry utm_* and fbclid
    upper_case: bool = False  # slugs in mixed case; lower case is another page (404)
    amp: bool = False  # an AMP twin with rel=canonical, linked from the feed
    mobile: bool = False  # the listing links to m.<host>, which answers too
    burst: int = 1  # articles come in bursts of so many, a minute apart
    moves: tuple[float, str] | None = (
        None  # (day, new name): the old host redirects to the new one from then on
    )
    blocks: tuple[float, float] | None = None  # days between which everything answers 403
    limits: tuple[float, float] | None = (
        None  # days between which every third request answers 429 with Retry-After
    )
    meta_noise: bool = False  # og:title with site suffix, wrong modified time, publisher as author


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """A sample outlet.

    `doors` name what press.doors serves; `theme` and `url` name a template and a form of address.
    """

    name: str
    region: str
    title: str
    country: str
    languages: tuple[str, ...]
    zone: str
    theme: str
    url: str
    doors: tuple[str, ...]
    per_day: float
    backlog: int = 10  # articles already there at the start
    copies: float = 0.4  # share of articles that use an agency text
    wire: bool = False  # publishes the agency texts themselves
    charset: str = "utf-8"
    behaviour: Behaviour = Behaviour()

    @property
    def timezone(self) -> ZoneInfo:
        """The outlet's zone."""
        return ZoneInfo(self.zone)


@dataclass(frozen=True, slots=True, kw_only=True)
class Roster:
    """The outlets of one world and its pace of events.

    In minutes between two events before and after the start.
    """

    name: str
    sites: tuple[Site, ...]
    gap_before: float
    gap_after: float
