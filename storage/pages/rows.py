"""The rows that pages show, one class for a statement of reading.sql.

A field is a column of its statement, of the same name; moments are aware, UTC.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from news.article import Block
from storage.archive.article_row import FoundColumns
from storage.archive.rows import blocks_of

# Columns of `articles` that no page shows.
HIDDEN = frozenset({"outlet_id", "run_id", "text_key", "meta_key", "terms", "analyser"})


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleLine:
    """An article in a list."""

    id: int
    at: datetime
    title: str
    standfirst: str
    opening: str  # the first 400 characters of the body
    language: str
    published_at: datetime | None
    published_offset: int | None  # minutes east of UTC
    first_seen_at: datetime
    edits: int
    deleted_at: datetime | None
    credit: str
    words: int
    kind: str
    outlet: str
    outlet_title: str
    country: str
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticlePage(FoundColumns):
    """One article, whole: what was found on its page, and what the archive knows of it."""

    id: int
    details: Mapping[str, Any]
    revision: int
    edits: int
    deleted_at: datetime | None
    outlet: str
    outlet_title: str
    country: str
    region: str
    timezone: str
    url: str
    checked_at: datetime
    page_digest: str
    run: str

    @property
    def blocks(self) -> tuple[Block, ...]:
        """The body in blocks, without captions."""
        return blocks_of(self.body, self.shape)


@dataclass(frozen=True, slots=True, kw_only=True)
class Revision:
    """A change of an article, with the text it replaced (None where it replaced none)."""

    number: int
    seen_at: datetime
    kind: str
    silent: bool
    note: str
    signed: str
    changes: Mapping[str, Any]
    before_title: str | None
    before_standfirst: str | None
    before_body: str | None
    before_shape: str | None
    before_extractor: str | None
    run: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleEvent:
    """Something that the journal says of an article."""

    at: datetime
    kind: str
    detail: Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class OutletHealth:
    """An outlet, how its last run went, and what it brought on each of the last fourteen days.

    What is None has not been yet: no run, no article.
    """

    name: str
    title: str
    region: str
    country: str
    languages: list[str]
    home: str
    active: bool
    first_seen_at: datetime
    state: str | None
    fetched: int | None
    new: int | None
    revised: int | None
    deleted: int | None
    rejected: Mapping[str, int] | None
    loaded_at: datetime | None
    run: str | None
    days: list[int]  # the oldest first
    newest: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class OutletRun:
    """How one outlet fared in one run."""

    run: str
    outlet: str
    outlet_title: str
    state: str
    fetched: int
    new: int
    revised: int
    corrected: int
    unchanged: int
    deleted: int
    returned: int
    rejected: Mapping[str, int]  # by reason
    report: Mapping[str, Any]
    loaded_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class OutletDoor:
    """A feed, sitemap or listing of an outlet, as the crawl remembers it."""

    url: str
    state: str
    last_polled: datetime | None
    next_poll: datetime | None
    interval_seconds: float
    failures: int
    lies: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RunSums:
    """A run with its sums. `report` is its closing report, empty before; `ailing`: outlets."""

    name: str
    started_at: datetime
    finished_at: datetime | None
    report: Mapping[str, Any]
    outlets: int
    fetched: int
    new: int
    revised: int
    deleted: int
    ailing: int


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryLine:
    """A story in a list: its lead, and the lead's own time."""

    id: int
    lead: int
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class StorySize:
    """How many articles and which outlets tell a story."""

    story_id: int
    members: int
    outlets: list[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryPage:
    """One story."""

    id: int
    lead_id: int
    reason: str
    formed_at: datetime
    changed_at: datetime
    event_id: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryMember:
    """An article of a story; `score` is its likeness to the lead, None: not compared."""

    id: int
    role: str
    at: datetime
    score: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryRelation:
    """Another story: a later or an earlier one of the thread, or one of the same event."""

    relation: str  # later, earlier, event
    id: int
    lead_id: int
    score: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryMatch:
    """A watch that a story has matched."""

    name: str
    kind: str
    terms: list[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Happening:
    """What was told since a moment: an event, or a story that is in none, with a person's marks."""

    story_id: int  # the story that most of its articles tell
    lead_id: int | None
    articles: int
    outlets: int
    stories: int
    languages: list[str]
    newest: datetime
    read_at: datetime | None
    starred_at: datetime | None
    note: str

    @property
    def is_unread(self) -> bool:
        """Whether something came since she read it."""
        return self.read_at is None or self.read_at < self.newest


@dataclass(frozen=True, slots=True, kw_only=True)
class AddressTrace:
    """What the crawl and the archive know of an address; None where nobody has met it."""

    url: str  # canonical
    outlet: str | None
    outlet_title: str | None
    door: str | None  # URL of the door that named it first; "" where no door did
    first_seen: datetime | None
    last_fetched: datetime | None
    status: int | None
    failures: int | None
    next_check: datetime | None
    published: datetime | None  # by the door
    article: int | None
    buried_at: datetime | None  # removed on request
    buried_for: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PageTrace:
    """What became of one page: a word of the archive's, or the reason of a rejection."""

    fetched_at: datetime
    status: int | None
    outcome: str
    detail: str
    run: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MatchTrace:
    """One match of an article's story, and one of its deliveries; None where it has none."""

    watch: str
    kind: str
    at: datetime
    terms: list[str]
    article_id: int
    address: str | None
    state: str | None  # waiting, written or skipped
    reason: str | None
    due_at: datetime | None
    mail: str | None  # waiting, sent or dropped
    sent_at: datetime | None
    last_outcome: str | None
