"""One article of the press as a plan: when it appears, changes and goes, without its text."""

from dataclasses import dataclass, field
from datetime import datetime

from press.copies import Change, Copy
from press.facts import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class Revision:
    """One later change of an article; `at` is aware, UTC."""

    at: datetime
    change: Change


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """One article of one outlet, without its text (`World.draft` writes that).

    Stories and events are names, equal if the same.
    """

    outlet: str
    number: int
    path: str  # canonical path and query on the outlet's host
    language: str
    title: str  # as first published
    byline: str
    published: datetime  # aware, in the outlet's zone
    section: int
    kind: Copy
    event: str
    story: str  # copies of one agency text share it
    contains: tuple[str, ...] = ()  # further stories whose text stands in this article
    updates: str = ""  # the event this follows up
    revisions: tuple[Revision, ...] = ()
    events: tuple[Event, ...] = field(
        default=(), repr=False
    )  # told here: own first, then those of the agency texts

    @property
    def deleted(self) -> datetime | None:
        """When the article disappears, if it does."""
        for revision in self.revisions:
            if revision.change is Change.DELETED:
                return revision.at

        return None

    def visible(self, at: datetime) -> bool:
        """Whether the article answers at an instant."""
        return self.published <= at and (self.deleted is None or at < self.deleted)

    def modified(self, at: datetime) -> datetime:
        """When the article last changed, seen from an instant."""
        return max(
            (revision.at for revision in self.revisions if revision.at <= at),
            default=self.published,
        )
