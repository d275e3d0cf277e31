"""What a mail says, before it is written: the values that templates render.

Texts are as found; rendering makes them safe.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from news.watch import MatchKind
from watches.kinds import KindTraits, Template, traits


@dataclass(frozen=True, slots=True, kw_only=True)
class Copy:
    """The same report in another outlet."""

    outlet: str  # its title
    url: str
    at: datetime | None = None  # aware


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    """The same event, told in other words or another language."""

    title: str
    url: str
    language: str = "und"
    at: datetime | None = None  # aware
    outlets: tuple[str, ...] = ()  # titles of those that carry it, its own first


class PieceKind(StrEnum):
    """What happened to a piece of an edited text."""

    SAME = "same"
    REMOVED = "removed"
    ADDED = "added"
    GAP = "gap"  # unchanged text left out


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A run of words of an edited text."""

    kind: PieceKind
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Why:
    """One watch that matched, and the words that did it, as they stand in the text."""

    watch: str
    terms: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One event in a mail."""

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
    tellings: tuple[Telling, ...] = ()
    more_url: str = ""  # where all tellings stand; empty: no link
    changes: tuple[tuple[Piece, ...], ...] = ()  # per changed paragraph; the title's first
    story: int = 0
    is_retold: bool = False  # she knows the event; this says who else reports it

    @property
    def label(self) -> str:
        """The name of the label that says what happened."""
        return "retold" if self.is_retold else self.kind.value

    @property
    def is_gone(self) -> bool:
        """Whether its address leads nowhere any more: the archive's link is the one to follow."""
        return self.kind is MatchKind.DELETED

    @property
    def outlets(self) -> int:
        """How many outlets tell the event, as far as the mail names them."""
        names = {self.outlet}
        names.update(copy.outlet for copy in self.copies)
        for telling in self.tellings:
            names.update(telling.outlets)

        return len(names)

    @property
    def is_labelled(self) -> bool:
        """Whether its label stands in the subject."""
        return self.is_retold or self.traits.labelled

    @property
    def terms(self) -> tuple[str, ...]:
        """All matched words, once each, in order."""
        words: dict[str, None] = {}
        for why in self.why:
            words.update(dict.fromkeys(why.terms))

        return tuple(words)

    @property
    def traits(self) -> KindTraits:
        """What is special to mails of its kind."""
        return traits(self.kind)


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """One watch's part of a digest."""

    watch: str
    query: str
    items: tuple[Item, ...]
    more: int = 0  # stories left out because the mail would be too long
    url: str = ""  # of the page that lists them all; empty: no link

    @property
    def count(self) -> int:
        """How many stories it tells of, those left out included."""
        return len(self.items) + self.more


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """One mail to one recipient."""

    template: Template
    recipient: str
    sections: tuple[Section, ...]
    made_at: datetime  # aware
    rhythm: str = "at_once"
    language: str = "en"  # of the labels
    timezone: str = "UTC"  # the reader's, an IANA name
    unsubscribe_url: str = ""  # asks on GET, acts on POST
    unsubscribes_all: bool = False  # of whatever watch: it speaks of more than a link can name
    feed_url: str = ""
    parent: str | None = None  # Message-ID of the thread's first mail
    keys: tuple[str, ...] = ()  # what the Message-ID is made from
    is_late: bool = False  # it was held up by an outage, a pause, a mute
    is_first: bool = False  # the first that its watches say
    is_flood: bool = False  # more fell due than this address gets mails

    @property
    def heading(self) -> str:
        """The name of the label that a digest has at its head."""
        if self.is_late:
            return "late"

        if self.is_flood:
            return "flood"

        return "first" if self.is_first else self.rhythm

    @property
    def count(self) -> int:
        """How many stories it tells of, those left out included."""
        return sum(section.count for section in self.sections)

    @property
    def items(self) -> tuple[Item, ...]:
        """All stories, in order."""
        items: list[Item] = []
        for section in self.sections:
            items.extend(section.items)

        return tuple(items)

    @property
    def watches(self) -> tuple[str, ...]:
        """The names of all watches that speak in this mail, once each."""
        names: dict[str, None] = {}
        for item in self.items:
            names.update(dict.fromkeys(why.watch for why in item.why))

        if not names:
            names.update(dict.fromkeys(section.watch for section in self.sections))

        return tuple(names)
