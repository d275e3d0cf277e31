"""An article's past: its versions, its text at any moment, what changed between two of them."""

import difflib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any

from psycopg2.extras import RealDictCursor

from news.article import Article
from storage.archive.article_row import article_of
from storage.archive.rows import key_of
from storage.errors import StorageError
from storage.sql.statements import fetch_all, fetch_one, fetch_value

if TYPE_CHECKING:
    from psycopg2.extensions import connection as Connection


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """One version of an article.

    `kind`: first, edit, correction, deletion or return; `until` None: it stands. Datetimes are
    aware, UTC.
    """

    number: int
    kind: str
    since: datetime
    until: datetime | None
    title: str
    standfirst: str
    body: str
    silent: bool = False
    note: str = ""
    signed: str = ""
    changes: Mapping[str, Any] = field(default_factory=dict)

    @property
    def deleted(self) -> bool:
        """Whether the page was gone in this version's time."""
        return self.kind == "deletion"

    @property
    def lines(self) -> list[str]:
        """Title, standfirst and body as lines."""
        lines = [self.title, self.standfirst, *self.body.split("\n")]
        return [line for line in lines if line]


@dataclass(frozen=True, slots=True, kw_only=True)
class Archived:
    """An article as it stands, with what the archive knows of it. Datetimes are aware, UTC."""

    id: int
    at: datetime
    article: Article
    first_seen_at: datetime
    checked_at: datetime
    deleted_at: datetime | None
    revision: int
    edits: int


def read(connection: "Connection", url: str) -> Archived | None:
    """Return an article by its canonical URL, None when the archive has none."""
    row = _row(connection, url)
    if row is None:
        return None

    return Archived(
        id=row["id"],
        at=row["at"],
        article=article_of(row),
        first_seen_at=row["first_seen_at"],
        checked_at=row["checked_at"],
        deleted_at=row["deleted_at"],
        revision=row["revision"],
        edits=row["edits"],
    )


def _row(connection: "Connection", url: str) -> Mapping[str, Any] | None:
    with connection, connection.cursor(cursor_factory=RealDictCursor) as cursor:
        return fetch_one(cursor, "history.article", key=key_of(url).hex)


def versions(connection: "Connection", url: str) -> list[Version]:
    """Return all versions of an article, oldest first.

    Raises StorageError when the archive has none.
    """
    row = _row(connection, url)
    if row is None:
        raise StorageError(_absent(connection, url))

    with connection, connection.cursor(cursor_factory=RealDictCursor) as cursor:
        revisions = fetch_all(cursor, "history.revisions", id=row["id"])

    return list(_versions(row, revisions))


def _absent(connection: "Connection", url: str) -> str:
    """Return the sentence that says why there is no such article."""
    with connection, connection.cursor() as cursor:
        buried_at = fetch_value(cursor, "history.forgotten", key=key_of(url).hex)

    if buried_at is None:
        return f"the archive has no article {url}; `khabar search` finds what it has"

    return f"{url} was removed from the archive on {buried_at:%Y-%m-%d} and will not come back"


def _versions(
    row: Mapping[str, Any],
    revisions: Sequence[Mapping[str, Any]],
) -> Iterator[Version]:
    """Yield the versions of an article's row and its revisions, oldest first.

    Every revision keeps the text it replaced: so a version's text stands in the first later
    revision that has one, else it is the present one.
    """
    yield _version(row, revisions, number=1, kind="first", since=row["first_seen_at"])
    for index, revision in enumerate(revisions, 1):
        yield _version(
            row,
            revisions[index:],
            number=revision["number"],
            kind=revision["kind"],
            since=revision["seen_at"],
            silent=revision["silent"],
            note=revision["note"],
            signed=revision["signed"],
            changes=revision["changes"],
        )


def _version(
    row: Mapping[str, Any],
    later: Sequence[Mapping[str, Any]],
    **known: Any,
) -> Version:
    """Return a version; `later` are the revisions after it, `known` is all but text and end."""
    until = later[0]["seen_at"] if later else None
    for revision in later:
        if revision["before_title"] is not None:
            return Version(
                until=until,
                title=revision["before_title"],
                standfirst=revision["before_standfirst"],
                body=revision["before_body"],
                **known,
            )

    return Version(
        until=until,
        title=row["title"],
        standfirst=row["standfirst"],
        body=row["body"],
        **known,
    )


def version_at(versions: Sequence[Version], moment: datetime) -> Version | None:
    """Return the version that stood at a moment (aware); None before the first."""
    current = None
    for version in versions:
        if version.since <= moment:
            current = version

    return current


def version_diff(old: Version, new: Version, context: int = 1) -> list[str]:
    """Return what changed, as a unified diff by blocks.

    Each version is named by when it was first seen; `context` is in blocks.
    """
    diff = difflib.unified_diff(
        old.lines,
        new.lines,
        _name(old),
        _name(new),
        n=context,
        lineterm="",
    )

    return list(diff)


def _name(version: Version) -> str:
    return f"version {version.number}, {version.since:%Y-%m-%d %H:%M} UTC"
