"""A drawn outlet's article, as the truth knows it."""

from dataclasses import dataclass
from datetime import datetime

from press.copies import Change
from press.drawn.shape import Gone
from press.facts import Event


@dataclass(
    frozen=True,
    slots=True,
    kw_only=True,
)
class Edit:
    """A change of an article; `path` is its new address, empty when that stays."""

    at: datetime
    change: Change
    path: str = ""


@dataclass(
    frozen=True,
    slots=True,
    kw_only=True,
)
class Story:
    """An article: its first address, and all that happens to it. Times are aware, UTC."""

    outlet: str
    number: int  # unique in the outlet, growing with time
    language: str
    section: int
    event: Event
    title: str
    byline: str
    published: datetime
    path: str
    edits: tuple[Edit, ...] = ()
    deleted: datetime | None = None
    gone: Gone = Gone.NOT_FOUND
    hidden: bool = False  # only its section links it
    edition_of: int | None = None  # number of the article that this one is a language edition of

    def visible(self, at: datetime) -> bool:
        """Tell whether it is published and not yet taken away."""
        return self.published <= at and (self.deleted is None or at < self.deleted)

    def path_at(self, at: datetime) -> str:
        """Return its address as the outlet links it at an instant."""
        path = self.path
        for edit in self.edits:
            if edit.path and edit.at <= at:
                path = edit.path
        return path

    def modified(self, at: datetime) -> datetime:
        """Return when it was last changed by then."""
        return max([self.published, *(edit.at for edit in self.edits if edit.at <= at)])

    @property
    def paths(self) -> tuple[str, ...]:
        """All its addresses, first to last."""
        return (self.path, *(edit.path for edit in self.edits if edit.path))
