"""What a query is asked about, and what it answers."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """An article as queries see it.

    `flags` are the values that `is:` takes (revised, deleted, silent).
    """

    title: str
    text: str
    language: str = "und"
    outlet: str = ""
    authors: tuple[str, ...] = ()
    country: str = ""  # of the outlet, ISO 3166-1 alpha-2
    section: str = ""
    url: str = ""
    published: datetime | None = None  # aware; without one neither after: nor before: matches
    flags: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """A word that made the query match. Offsets in characters of the title or text."""

    title: bool
    start: int
    end: int
    surface: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """Why a document matches.

    `hits` in reading order, the title's first; empty when fields or NOT alone decided.
    """

    hits: tuple[Hit, ...]

    @property
    def terms(self) -> tuple[str, ...]:
        """The words as they stand in the text, each once, in order of appearance."""
        return tuple(dict.fromkeys(hit.surface for hit in self.hits))
