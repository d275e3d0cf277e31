"""The people who log in, as the archive knows them: choices, visits, tokens, and what they changed.

Every function takes a cursor and acts in the caller's transaction. Moments are aware, UTC.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, NamedTuple

from storage.sql.statements import execute, fetch_all, fetch_one, fetch_value

if TYPE_CHECKING:
    from psycopg2.extensions import cursor as Cursor

__all__ = [
    "PersonChange",
    "PersonRecord",
    "PersonToken",
    "StoryMark",
    "TokenHolder",
    "choose",
    "holder_of",
    "latest_changes",
    "make_token",
    "note_story",
    "person",
    "read_stories",
    "record_change",
    "revoke_token",
    "star_story",
    "story_mark",
    "tokens_of",
    "unread_story",
    "visit",
]

_PAUSE = timedelta(minutes=30)  # without a page, after which the next one opens a new visit


class PersonRecord(NamedTuple):
    """What a person chose, and when she was here."""

    name: str
    zone: str
    language: str  # of her mails
    addresses: list[str]
    visited_at: datetime | None
    previous_visit_at: datetime | None


class PersonToken(NamedTuple):
    """A token that opens; its text is not kept."""

    id: int
    label: str
    scopes: list[str]
    made_at: datetime


class TokenHolder(NamedTuple):
    """Whose a token is, and what it opens."""

    person: str
    scopes: list[str]


class PersonChange(NamedTuple):
    """One change that a person made."""

    at: datetime
    action: str
    subject: str


class StoryMark(NamedTuple):
    """A person's own marks on a story."""

    read_at: datetime | None
    starred_at: datetime | None
    note: str


def person(cursor: "Cursor", name: str) -> PersonRecord:
    """Return a person; one who is new is made known first."""
    execute(cursor, "people.know", name=name)
    row = fetch_one(cursor, "people.person", name=name)

    return PersonRecord(*(row or ()))


def choose(
    cursor: "Cursor",
    name: str,
    *,
    zone: str,
    language: str,
    addresses: Sequence[str],
) -> None:
    """Keep what a known person chose."""
    execute(
        cursor,
        "people.choose",
        name=name,
        zone=zone,
        language=language,
        addresses=list(addresses),
    )


def visit(cursor: "Cursor", name: str, now: datetime) -> datetime | None:
    """Note that a person asked for a page; return when her visit before this one ended."""
    execute(cursor, "people.know", name=name)
    ended: datetime | None = fetch_value(
        cursor,
        "people.visit",
        name=name,
        now=now,
        pause=_PAUSE,
    )

    return ended


def make_token(
    cursor: "Cursor",
    name: str,
    *,
    label: str,
    scopes: Sequence[str],
    digest: bytes,
) -> None:
    """Keep a token of a person by its SHA-256."""
    execute(cursor, "people.know", name=name)
    execute(
        cursor,
        "people.make_token",
        name=name,
        label=label,
        scopes=list(scopes),
        hash=digest,
    )


def tokens_of(cursor: "Cursor", name: str) -> list[PersonToken]:
    """Return a person's tokens that open, the newest first."""
    return [PersonToken(*row) for row in fetch_all(cursor, "people.tokens", name=name)]


def revoke_token(cursor: "Cursor", name: str, number: int) -> bool:
    """End a token of a person's own; return whether it opened until now."""
    return execute(cursor, "people.revoke_token", name=name, number=number) > 0


def holder_of(cursor: "Cursor", digest: bytes) -> TokenHolder | None:
    """Return whose the token of a SHA-256 is; None when it opens nothing."""
    row = fetch_one(cursor, "people.holder", hash=digest)

    return TokenHolder(*row) if row else None


def read_stories(cursor: "Cursor", name: str, stories: Sequence[int], until: datetime) -> None:
    """Note that a person has read stories up to a moment (aware)."""
    execute(cursor, "people.know", name=name)
    wanted = list(stories)
    execute(cursor, "people.read_stories", name=name, stories=wanted, until=until)


def unread_story(cursor: "Cursor", name: str, story: int) -> None:
    """Take a story for unread again."""
    execute(cursor, "people.unread_story", name=name, story=story)


def star_story(cursor: "Cursor", name: str, story: int, at: datetime | None) -> None:
    """Keep a story for later since a moment (aware); None: not any more."""
    execute(cursor, "people.know", name=name)
    execute(cursor, "people.star_story", name=name, story=story, at=at)


def note_story(cursor: "Cursor", name: str, story: int, note: str) -> None:
    """Keep what a person wrote to a story."""
    execute(cursor, "people.know", name=name)
    execute(cursor, "people.note_story", name=name, story=story, note=note)


def story_mark(cursor: "Cursor", name: str, story: int) -> StoryMark:
    """Return a person's marks on a story."""
    row = fetch_one(cursor, "people.story_mark", name=name, story=story)

    return StoryMark(*row) if row else StoryMark(None, None, "")


def record_change(cursor: "Cursor", name: str, action: str, subject: str) -> None:
    """Write down who changed what; neither word may hold an address or a secret."""
    execute(
        cursor,
        "people.record",
        name=name,
        action=action,
        subject=subject,
    )


def latest_changes(cursor: "Cursor", name: str, limit: int) -> list[PersonChange]:
    """Return what a person changed, the newest first."""
    rows = fetch_all(
        cursor,
        "people.latest_changes",
        name=name,
        limit=limit,
    )

    return [PersonChange(*row) for row in rows]
