"""Copies, excerpts and follow-ups: what dedupe finds and storage keeps."""

from dataclasses import dataclass
from enum import StrEnum


class EdgeKind(StrEnum):
    """How two articles' texts are related. An edge goes from the later or smaller to the earlier or larger."""

    COPY_OF = "copy_of"
    CONTAINS = "contains"  # left quotes the whole or a large part of right
    # Left is a follow-up of right; with a copy's score and no cover: one form, other facts.
    UPDATES = "updates"
    SAME_EVENT = (
        "same_event"  # the same event in other words or another language; never merges stories
    )


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Edge:
    """One found relation. Ids are the archive's article ids, or negative ones inside a batch not yet loaded."""

    left: int
    right: int
    kind: EdgeKind
    score: float  # 0 to 1: the share of the smaller text's shingles that stand in the larger
    share: float = 0.0  # 0 to 1: the share of the larger text that the common passages make up
    left_cover: int = 0  # 64 bits, the text's beginning lowest: which parts of the left text stand in the right one
    right_cover: int = 0  # the same of the right text


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """The same report in N outlets. `members` includes the lead; `reason` says why the lead leads.

    `quoted_by` are articles that carry this report among others (digests, merged wires) and have their place in another story.
    """

    lead: int
    members: tuple[int, ...]
    reason: str
    quoted_by: tuple[int, ...] = ()
