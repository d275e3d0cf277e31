"""The kinds of match, and all that their mails differ in: the one place that a new kind must enter.

A kind that is left out of `traits` fails the type checker.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import assert_never

from news.watch import MatchKind, Watch


class Template(StrEnum):
    """The folders of watches/delivery/templates."""

    STORY = "story"
    EDIT = "edit"
    DELETION = "deletion"
    DIGEST = "digest"


class Tone(StrEnum):
    """The colour of a kind's badge in the HTML part; templates/_parts.html gives its shades."""

    BLUE = "blue"
    GREEN = "green"
    AMBER = "amber"
    VIOLET = "violet"
    RED = "red"


@dataclass(frozen=True, slots=True, kw_only=True)
class KindTraits:
    """What the mails of one kind of match have of their own."""

    template: Template  # of a mail about one story
    rank: int  # of several kinds about one story, the lowest heads the mail
    tone: Tone
    counts_as: MatchKind  # who was told of the one was told of the other
    labelled: bool = True  # its label stands in the subject
    notice: str = ""  # the label of a sentence that its mail adds; empty: none
    weight: int = 2  # what it adds to a story's weight in a digest
    opens_story: bool = False  # further articles of the story are copies
    adds_up: bool = False  # several of one article, meanwhile, are told as one change
    waits_for_copies: bool = False  # its mail goes when the copies have stopped coming
    may_be_old: bool = False  # worth telling however old the article is
    comes_with: MatchKind | None = None  # whoever wants that kind wants this one


def traits(kind: MatchKind) -> KindTraits:
    """Return what is special to a kind."""
    match kind:
        case MatchKind.NEW:
            return _NEW
        case MatchKind.FIRST_MENTION:
            return _FIRST_MENTION
        case MatchKind.FOLLOW_UP:
            return _FOLLOW_UP
        case MatchKind.PICKED_UP:
            return _PICKED_UP
        case MatchKind.EDITED:
            return _EDITED
        case MatchKind.DELETED:
            return _DELETED
        case MatchKind.RETURNED:
            return _RETURNED
        case MatchKind.SPIKE:
            return _SPIKE
        case _:
            assert_never(kind)


def wants(watch: Watch, kind: MatchKind) -> bool:
    """Return whether a kind is news to a watch: one that it names, or that comes with one."""
    return kind in watch.kinds or traits(kind).comes_with in watch.kinds


def story_opening_kinds() -> tuple[MatchKind, ...]:
    """Return the kinds after which further articles of the same story are copies."""
    return tuple(kind for kind in MatchKind if traits(kind).opens_story)


_PICKED_UP = KindTraits(
    template=Template.STORY,
    rank=0,
    tone=Tone.VIOLET,
    counts_as=MatchKind.PICKED_UP,
    waits_for_copies=True,
)
_FIRST_MENTION = KindTraits(
    template=Template.STORY,
    rank=1,
    tone=Tone.GREEN,
    counts_as=MatchKind.NEW,
    opens_story=True,
)
_NEW = KindTraits(
    template=Template.STORY,
    rank=2,
    tone=Tone.BLUE,
    counts_as=MatchKind.NEW,
    labelled=False,
    weight=0,
    opens_story=True,
)
_FOLLOW_UP = KindTraits(
    template=Template.STORY,
    rank=3,
    tone=Tone.BLUE,
    counts_as=MatchKind.FOLLOW_UP,
    opens_story=True,
)
_EDITED = KindTraits(
    template=Template.EDIT,
    rank=4,
    tone=Tone.AMBER,
    counts_as=MatchKind.EDITED,
    adds_up=True,
    may_be_old=True,
)
_DELETED = KindTraits(
    template=Template.DELETION,
    rank=5,
    tone=Tone.RED,
    counts_as=MatchKind.DELETED,
    notice="kept",
    may_be_old=True,
)
_RETURNED = KindTraits(
    template=Template.STORY,
    rank=6,
    tone=Tone.GREEN,
    counts_as=MatchKind.RETURNED,
    may_be_old=True,
    comes_with=MatchKind.DELETED,
)
_SPIKE = KindTraits(
    template=Template.STORY,
    rank=7,
    tone=Tone.VIOLET,
    counts_as=MatchKind.SPIKE,
    weight=6,
)
