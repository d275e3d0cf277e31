"""What a mail says, before it is written: the values that templates render. Texts are as found; rendering makes them safe."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from news.watch import MatchKind


class Template(StrEnum):
    """The folders of watches/delivery/templates."""

    STORY = "story"  # new, follow-up, picked up, first mention
    EDIT = "edit"
    DELETION = "deletion"
    DIGEST = "digest"


@dataclass(frozen=True, slots=True, kw_only=True)
class Copy:
    """The same report in another outlet."""

    outlet: str  # its title
    url: str
    at: datetime | None = None  # aware


class Fate(StrEnum):
    """What happened to a piece of an edited text."""

    SAME = "same"
    REMOVED = "removed"
    ADDED = "added"
    GAP = "gap"  # unchanged text left out


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A run of words of an edited text."""

    fate: Fate
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Why:
    """One watch that matched, and the words that did it, as they stand in the text."""

    watch: str
    terms: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One story in a mail."""

    kind: MatchKind
    title: str
    outlet: str  # its title
    url: str  # at the source
    archive_url: str = ""  # in the archive; empty: no link
    language: str = "und"  # of the article
    at: datetime | None = None  # published, or first seen; aware
    excerpt: str = ""
    why: tuple[Why, ...] = ()
    copies: tuple[Copy, ...] = ()
    changes: tuple[tuple[Piece, ...], ...] = ()  # per changed paragraph; the title's first
    story: int = 0

    @property
    def terms(self) -> tuple[str, ...]:
        """All matched words, once each, in order."""
        return tuple(dict.fromkeys(term for why in self.why for term in why.terms))


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """One watch's part of a digest."""

    watch: str
    query: str
    items: tuple[Item, ...]
    more: int = 0  # stories left out because the mail would be too long


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """One mail to one recipient. `language` is that of the labels; `timezone` an IANA name, the reader's."""

    template: Template
    recipient: str
    sections: tuple[Section, ...]
    made_at: datetime  # aware
    rhythm: str = "at_once"
    language: str = "en"
    timezone: str = "UTC"
    unsubscribe_url: str = ""  # asks on GET, acts on POST
    feed_url: str = ""
    parent: str | None = None  # Message-ID of the thread's first mail
    keys: tuple[str, ...] = field(default=())  # what the Message-ID is made from

    @property
    def items(self) -> tuple[Item, ...]:
        """All stories, in order."""
        return tuple(item for section in self.sections for item in section.items)

    @property
    def watches(self) -> tuple[str, ...]:
        """The names of all watches that speak in this mail, once each."""
        named = [why.watch for item in self.items for why in item.why] or [
            section.watch for section in self.sections
        ]
        return tuple(dict.fromkeys(named))
