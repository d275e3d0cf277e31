"""Pages and what becomes of them.

The nouns that crawlers hand to extract, and extract to everybody.
"""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One fetched response.

    Body as received after transfer decoding and content decoding (charset untouched).

    `fetched_at` is aware, UTC. `status` 404 and 410 pages are kept too: that is how a deletion is
    seen. `hint_*` is what the
    door said of the article (a feed's title and date), a fallback for pages that say nothing.
    """

    url: str  # as asked for
    final_url: str  # after redirects
    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes
    fetched_at: datetime
    gone: str = ""  # how the crawl saw that the article is gone, where the status does not say so
    hint_title: str | None = None
    hint_published: datetime | None = None  # aware


class Kind(StrEnum):
    """What an archived article is."""

    ARTICLE = "article"
    BRIEF = "brief"  # a few lines, whole
    INTERVIEW = "interview"
    OPINION = "opinion"


class Reason(StrEnum):
    """Why a page did not become an article. An expected outcome, counted per run and shown."""

    GONE = "gone"  # 404 or 410: a known article has been deleted
    HTTP_ERROR = "http_error"
    NOT_HTML = "not_html"
    EMPTY = "empty"  # no text at all
    TOO_SHORT = "too_short"
    PAYWALL = "paywall"
    LISTING = "listing"
    VIDEO = "video"
    GALLERY = "gallery"
    LIVE_BLOG = "live_blog"
    ERROR_PAGE = "error_page"  # a "not found" served as 200
    LOGIN = "login"  # a form that lets members in, and nothing else
    CHALLENGE = "challenge"  # a bot check
    UNDECODABLE = "undecodable"
    NEEDS_BROWSER = "needs_browser"
    TOO_LARGE = "too_large"
    BROKEN = "broken"  # the extractor could not cope: a defect of ours, shown as one
    OVER_BUDGET = "over_budget"  # put aside: it took more processor time than a page may have
    CRASHED = "crashed"  # put aside: the process that read it ended


# What a known article's page has become when it is deleted, honestly or with status 200.
DELETED = frozenset({Reason.GONE, Reason.ERROR_PAGE})
# Pages that were put aside so that the others could be read.
PUT_ASIDE = frozenset({Reason.OVER_BUDGET, Reason.CRASHED})


class BlockKind(StrEnum):
    """The structure that text keeps."""

    PARAGRAPH = "p"
    HEADING = "h"
    ITEM = "li"
    QUOTE = "quote"
    ROW = "row"  # a table's row, cells joined by " | "
    CAPTION = "caption"  # kept as data, not part of the text


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """One block of text: single spaces, no line breaks."""

    kind: BlockKind
    text: str
    level: int = 0  # heading level or list depth


@dataclass(frozen=True, slots=True, kw_only=True)
class Pruned:
    """A block that was on the page and is not in the article, with the rule that took it out."""

    text: str
    rule: str
    confidence: float  # 0 to 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """A clean article. Datetimes are aware, in the zone the page names (or the outlet's).

    Storage keeps UTC and the offset.
    """

    url: str  # canonical, by news.urls
    outlet: str
    title: str
    blocks: tuple[Block, ...]
    language: str  # ISO 639-1, "und" when unknown
    fetched_at: datetime  # aware, UTC
    kind: Kind = Kind.ARTICLE
    standfirst: str = ""
    authors: tuple[str, ...] = ()
    section: str = ""
    tags: tuple[str, ...] = ()
    published: datetime | None = None
    published_raw: str = ""  # as it stood on the page
    published_source: str = (
        ""  # "json-ld", "meta:article:published_time", "time", "text", "url", "door"
    )
    modified: datetime | None = None
    lead_image: str = ""
    links: tuple[str, ...] = ()  # absolute URLs inside the body
    images: tuple[str, ...] = ()
    credit: str = ""  # the agency the text itself names as its source
    confidence: float = 1.0  # 0 to 1
    extractor: str = ""  # version of the rules that made this
    chosen: str = ""  # which candidate won and why
    pruned: tuple[Pruned, ...] = field(default=(), repr=False)
    # All lines of its page, in the article or not, by news.page_lines: an edit changes the page,
    # not our reading of it alone.
    page_lines: bytes = field(default=b"", repr=False, compare=False)

    @property
    def text(self) -> str:
        """The body, one block a line."""
        return "\n".join(block.text for block in self.blocks if block.kind is not BlockKind.CAPTION)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rejected:
    """A page that is no article, and why. `Reason.GONE` for a known URL is a deletion."""

    url: str  # canonical
    outlet: str
    reason: Reason
    fetched_at: datetime
    detail: str = ""
    title: str = ""
    text: str = ""  # what text there was (a live blog, a page behind a wall); never archived
    authors: tuple[str, ...] = ()
    published: datetime | None = None  # aware, as the page says
