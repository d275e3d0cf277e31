"""Revisions as rows: what changed in an article, and the text that was replaced. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, assert_never

from news import revisions
from news.revisions import Verdict
from storage.archive.rows import json_of
from storage.archive.seen import Outcome, Seen
from storage.sql.values import clean

COLUMNS = (
    "article_id",
    "step",
    "seen_at",
    "kind",
    "silent",
    "note",
    "signed",
    "changes",
    "before_title",
    "before_standfirst",
    "before_body",
    "before_shape",
    "before_extractor",
    "page_digest",
)


class Kind(StrEnum):
    """The kinds of revisions, as `revisions.kind` keeps them."""

    EDIT = "edit"
    CORRECTION = "correction"
    DELETION = "deletion"
    RETURN = "return"


@dataclass(frozen=True, slots=True, kw_only=True)
class Revision:
    """One version that an article gains; `change` and `old` only where a text was replaced."""

    kind: Kind
    change: revisions.Change | None = None
    old: Mapping[str, Any] | None = None  # a row of load.texts

    def row(self, identity: int, step: int, item: Seen) -> tuple[Any, ...]:
        """Return the revision's row in the order of COLUMNS.

        `step` counts, from 1, the versions that one article gains in one load.
        """
        change = self.change
        note, signed, changes = "", "", "{}"

        if change is not None:
            note = change.note
            signed = clean(change.signed)
            changes = json_of(change.as_json())

        return (
            identity,
            step,
            item.item.fetched_at,
            self.kind.value,
            change is not None and change.silent,
            note,
            signed,
            changes,
            *self._before(),
            item.digest,
        )

    def _before(self) -> tuple[str | None, ...]:
        """Return the text that was replaced; a deletion or a return replaced none."""
        old = self.old
        if self.change is None or old is None:
            return (None,) * 5

        return (
            old["title"],
            old["standfirst"],
            old["body"],
            old["shape"],
            old["extractor"],
        )


def judge(change: revisions.Change, *, was_deleted: bool) -> tuple[Outcome, Kind | None]:
    """Return what becomes of a page whose text changed, and the kind of revision, if it is one."""
    unchanged = Outcome.RETURNED if was_deleted else Outcome.UNCHANGED
    match change.verdict:
        case Verdict.EDIT:
            return Outcome.REVISED, Kind.EDIT
        case Verdict.CORRECTION:
            return (unchanged if was_deleted else Outcome.CORRECTED), Kind.CORRECTION
        case Verdict.NOISE:
            return unchanged, None
        case _:
            assert_never(change.verdict)
