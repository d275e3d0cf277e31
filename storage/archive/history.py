"""An article's past: its versions, its text at any moment, what changed."""

import difflib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any

from psycopg2.extras import RealDictCursor

from news.article import Article
from storage.archive.rows import article_of, key_of
from storage.errors import StorageError
from storage.sql.statements import statement

if TYPE_CHECKING:
    from psycopg2.extensions import connection as Connection


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """One version of an article. `kind`: first, edit, correction, deletion or return; `until` None: it stands. Datetimes are aware, UTC."""

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
        return [line for line in (self.title, self.standfirst, *self.body.split("\n")) if line]


@dataclass(frozen=True, slots=True, kw_only=True)
class Archived:
    """An article as it stands, with its place in the archive."""

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
    names = ("id", "at", "first_seen_at", "checked_at", "deleted_at", "revision", "edits")
    return Archived(article=article_of(row), **{name: row[name] for name in names})


def _row(connection: "Connection", url: str) -> dict[str, Any] | None:
    with connection, connection.cursor(cursor_factory=RealDictCursor) as cursor:
        cursor.execute(statement("history", "article"), {"key": key_of(url).hex})
        row = cursor.fetchone()
    return dict(row) if row else None


def versions(connection: "Connection", url: str) -> list[Version]:
    """Return all versions of an article, oldest first; raises StorageError when the archive has none."""
    row = _row(connection, url)
    if row is None:
        raise StorageError(_absent(connection, url))
    with connection, connection.cursor(cursor_factory=RealDictCursor) as cursor:
        cursor.execute(statement("history", "revisions"), {"id": row["id"]})
        changes = [dict(change) for change in cursor.fetchall()]
    return list(_versions(row, changes))


def _absent(connection: "Connection", url: str) -> str:
    with connection, connection.cursor() as cursor:
        cursor.execute(statement("history", "forgotten"), {"key": key_of(url).hex})
        row = cursor.fetchone()
    if row is None:
        return f"the archive has no article {url}; `khabar search` finds what it has"
    return f"{url} was removed from the archive on {row[0]:%Y-%m-%d} and will not come back"


def _versions(row: Mapping[str, Any], changes: list[dict[str, Any]]) -> Iterator[Version]:
    """Every change keeps the text it replaced: so a version's text stands in the first later change that has one, else it is the present one."""
    begun: dict[str, Any] = {"number": 1, "kind": "first", "since": row["first_seen_at"]}
    for index in range(len(changes) + 1):
        kept = next(
            (change for change in changes[index:] if change["before_title"] is not None), None
        )
        title, standfirst, body = (
            (row["title"], row["standfirst"], row["body"])
            if kept is None
            else (kept["before_title"], kept["before_standfirst"], kept["before_body"])
        )
        until = changes[index]["seen_at"] if index < len(changes) else None
        yield Version(**begun, until=until, title=title, standfirst=standfirst, body=body)
        if index < len(changes):
            change = changes[index]
            begun = {
                "since": change["seen_at"],
                **{
                    name: change[name]
                    for name in ("number", "kind", "silent", "note", "signed", "changes")
                },
            }


def version_at(found: list[Version], moment: datetime) -> Version | None:
    """Return the version that stood at a moment; None before the first."""
    standing = [version for version in found if version.since <= moment]
    return standing[-1] if standing else None


def version_diff(old: Version, new: Version, context: int = 1) -> list[str]:
    """Return what changed, as a unified diff by blocks, each version named by when it was first seen."""
    before, after = (
        f"version {version.number}, {version.since:%Y-%m-%d %H:%M} UTC" for version in (old, new)
    )
    return list(difflib.unified_diff(old.lines, new.lines, before, after, n=context, lineterm=""))


def words(old: str, new: str) -> list[tuple[str, str]]:
    """Return the words of two texts in order, each with what became of it: "=", "-" or "+"."""
    left, right = old.split(), new.split()
    found: list[tuple[str, str]] = []
    for tag, i1, i2, j1, j2 in difflib.SequenceMatcher(
        None, left, right, autojunk=False
    ).get_opcodes():
        if tag == "equal":
            found.extend(("=", word) for word in left[i1:i2])
        else:
            found.extend(("-", word) for word in left[i1:i2])
            found.extend(("+", word) for word in right[j1:j2])
    return found
