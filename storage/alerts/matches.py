"""Matches: which watch fits which story, and what is known of the stories.

Every function takes a cursor and acts in the caller's transaction.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from news.watch import MatchKind
from storage.sql.statements import execute_many, fetch_all, fetch_many

if TYPE_CHECKING:
    from psycopg2.extensions import cursor as Cursor


@dataclass(frozen=True, slots=True, kw_only=True)
class NewMatch:
    """A match to keep."""

    watch: int
    story: int
    kind: MatchKind
    occasion: str
    article: int
    version: int
    terms: tuple[str, ...]
    excerpt: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryFacts:
    """What is known of the story of an article."""

    story: int
    follows: tuple[int, ...] = ()  # stories that the article continues


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryCopy:
    """One member of a story, as a mail lists it."""

    article: int
    outlet: str  # its title
    url: str
    at: datetime


def story_facts(cursor: "Cursor", articles: Iterable[int]) -> dict[int, StoryFacts]:
    """Return what is known of articles' stories, by article.

    An article without one is a story of its own, its id below zero.
    """
    facts = {article: StoryFacts(story=-article) for article in articles}
    rows = fetch_all(cursor, "matches.facts", articles=list(facts))

    for article, story, follows in rows:
        facts[article] = StoryFacts(
            story=story,
            follows=tuple(follows),
        )

    return facts


def prior_matches(
    cursor: "Cursor",
    stories: Iterable[int],
    kinds: Iterable[MatchKind],
) -> set[tuple[int, int]]:
    """Return (watch, story) pairs that have matched before, as one of some kinds."""
    rows = fetch_all(
        cursor,
        "matches.prior",
        stories=list(stories),
        kinds=[kind.value for kind in kinds],
    )

    return set(rows)


def story_copies(cursor: "Cursor", stories: Iterable[int]) -> dict[int, list[StoryCopy]]:
    """Return the members of stories that are not deleted, by story.

    The first of each outlet, in the order in which they came.
    """
    copies: dict[int, list[StoryCopy]] = {}
    listed: set[tuple[int, int]] = set()
    rows = fetch_all(cursor, "matches.copies", stories=list(stories))

    for story, article, outlet, title, url, at in rows:
        if (story, outlet) in listed:
            continue

        listed.add((story, outlet))

        copy = StoryCopy(
            article=article,
            outlet=title,
            url=url,
            at=at,
        )

        copies.setdefault(story, []).append(copy)

    return copies


def save_matches(
    cursor: "Cursor",
    matches: Sequence[NewMatch],
    now: datetime,
) -> dict[tuple[int, int, MatchKind, str], int]:
    """Keep matches; return (watch, story, kind, occasion) -> id of those that were new."""
    rows = [
        (
            match.watch,
            match.story,
            match.kind.value,
            match.occasion,
            match.article,
            match.version,
            list(match.terms),
            match.excerpt,
            now,
        )
        for match in matches
    ]

    template = "(%s,%s,%s,%s,%s,%s,%s::text[],%s,%s)"
    ids = {}
    for number, watch, story, kind, occasion in fetch_many(cursor, "matches.save", rows, template):
        ids[watch, story, MatchKind(kind), occasion] = number

    return ids


def record_hits(cursor: "Cursor", hits: Iterable[tuple[int, datetime]]) -> None:
    """Remember when watches (by id) last fitted anything."""
    execute_many(cursor, "matches.record_hits", sorted(hits), "(%s::bigint,%s::timestamptz)")
