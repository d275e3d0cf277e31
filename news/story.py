"""Copies, excerpts and follow-ups: what dedupe finds and storage keeps."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum


class EdgeKind(StrEnum):
    """How two articles' texts are related. An edge goes from the later or smaller to the other."""

    COPY_OF = "copy_of"
    CONTAINS = "contains"  # left quotes the whole or a large part of right
    # Left is a follow-up of right; with a copy's score and no cover: one form, other facts.
    UPDATES = "updates"
    # The same event in other words or another language; never merges stories.
    SAME_EVENT = "same_event"


@dataclass(frozen=True, slots=True, kw_only=True)
class Doc:
    """An article as far as telling stories apart needs it.

    `published` is aware; None when nobody knows.
    """

    id: int
    text: str
    title: str = ""
    outlet: str = ""
    language: str = "und"
    published: datetime | None = None
    url: str = ""
    credit: str = ""  # the agency the text names as its source; empty: it will be looked for
    outlet_title: str = ""  # the outlet's name as people write it
    withdrawn: bool = False  # the outlet has deleted it: it does not lead


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Edge:
    """One relation of two articles, by their ids."""

    left: int
    right: int
    kind: EdgeKind
    score: float  # 0 to 1: the share of the smaller text's shingles that stand in the larger
    share: float = 0.0  # 0 to 1: the share of the larger text that the common passages make up
    # 64 bits, the text's beginning lowest: which parts of the left text stand in the right one.
    left_cover: int = 0
    right_cover: int = 0  # the same of the right text


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """The same report in N outlets.

    `members` includes the lead; `reason` says why the lead leads. `quoted_by` are articles that
    carry this report among others (digests, merged wires) and have their place in another story.
    """

    lead: int
    members: tuple[int, ...]
    reason: str
    quoted_by: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What a person has said of two articles.

    One report, or not, whatever their texts look like.
    """

    left: int
    right: int
    same: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryChanges:
    """What a batch of articles changed about the archive's stories, all by the archive's ids."""

    new: tuple[int, ...] = ()  # stories that were not there before
    grown: Mapping[int, tuple[int, ...]] = field(default_factory=dict)  # story -> who joined it
    shrunk: Mapping[int, tuple[int, ...]] = field(default_factory=dict)  # story -> who left it
    merged: Mapping[int, int] = field(default_factory=dict)  # story gone -> the one it went into
    follow_ups: tuple[tuple[int, int], ...] = ()  # (later, earlier story), new links only
    home: Mapping[int, int] = field(default_factory=dict)  # article -> its story, of all formed

    def counts(self) -> dict[str, int]:
        """Return the figures for a report."""
        return {
            "stories_new": len(self.new),
            "stories_grown": len(self.grown),
            "stories_merged": len(self.merged),
            "copies": sum(map(len, self.grown.values())),
            "follow_ups": len(self.follow_ups),
        }
