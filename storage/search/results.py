"""What a search answers."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from news.query import Document


class Order(StrEnum):
    """How results are sorted."""

    NEWEST = "newest"
    RELEVANCE = "relevance"  # of the newest 500 hits, of fewer by a query of more than 128 words


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """One article that a query found. Datetimes are aware, UTC."""

    id: int
    at: datetime
    url: str
    outlet: str
    country: str
    language: str
    kind: str
    title: str
    standfirst: str
    body: str
    authors: tuple[str, ...]
    section: str
    published_at: datetime | None
    revision: int
    edits: int
    deleted_at: datetime | None
    words: int
    first_seen_at: datetime
    silent: bool

    def document(self) -> Document:
        """Return the article as queries see it.

        It counts as published at its own time, if it says at all when.
        """
        text = f"{self.standfirst}\n{self.body}" if self.standfirst else self.body

        return Document(
            title=self.title,
            text=text,
            language=self.language,
            outlet=self.outlet,
            authors=self.authors,
            country=self.country,
            section=self.section,
            url=self.url,
            published=self.at if self.published_at else None,
            flags=self._flags(),
        )

    def _flags(self) -> frozenset[str]:
        """Return what is: may ask for."""
        flags = set()
        if self.edits > 0:
            flags.add("revised")

        if self.deleted_at is not None:
            flags.add("deleted")

        if self.silent:
            flags.add("silent")

        return frozenset(flags)


@dataclass(frozen=True, slots=True, kw_only=True)
class Results:
    """One page of results; `cursor` opens the next one, None: this was the last.

    `ranked`: how many of the newest hits were put in order by relevance, where there are more of
    them; None: all, or they are in the order of time.
    """

    hits: tuple[Result, ...]
    cursor: str | None = None
    ranked: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Facets:
    """Counts by value over the newest hits; `complete`: over all of them."""

    outlets: Mapping[str, int] = field(default_factory=dict)
    days: Mapping[str, int] = field(default_factory=dict)
    languages: Mapping[str, int] = field(default_factory=dict)
    total: int = 0
    complete: bool = True
