"""What goes into a package: articles, and where each exchange with them lies."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, NamedTuple
from uuid import UUID

from storage.sql.statements import execute, fetch_all, fetch_value

if TYPE_CHECKING:
    from psycopg2.extensions import cursor as Cursor


class FoundRecord(NamedTuple):
    """An exchange with an article. `key`: of its address; `path` empty: it is gone.

    `size`: of it as it lies there, compressed; `day` and `leaf` None: it is in no tree yet.
    """

    key: bytes
    fetched_at: datetime
    status: int
    is_revisit: bool
    digest: bytes
    size: int
    day: date | None
    leaf: int | None
    path: str
    at_byte: int


def records_of(cursor: "Cursor", keys: Iterable[bytes]) -> list[FoundRecord]:
    """Return all exchanges with some articles, by article and time."""
    wanted = [key.hex() for key in keys]

    return [_found(row) for row in fetch_all(cursor, "evidence.records_of", keys=wanted)]


def _found(row: Sequence[Any]) -> FoundRecord:
    key, fetched_at, status, is_revisit, digest, *rest = row

    return FoundRecord(
        UUID(key).bytes,
        fetched_at,
        status,
        is_revisit,
        bytes(digest),
        *rest,
    )


def hold(cursor: "Cursor", key: bytes, reason: str) -> None:
    """Have an article's pages kept for long; `key`: of its address."""
    execute(cursor, "evidence.hold", key=key.hex(), reason=reason)


def release(cursor: "Cursor", key: bytes) -> None:
    """Have an article's pages not kept for long any more."""
    execute(cursor, "evidence.release", key=key.hex())


def buried(cursor: "Cursor", key: bytes) -> datetime | None:
    """Return when an article was removed for good; None: it was not."""
    moment: datetime | None = fetch_value(cursor, "evidence.buried", key=key.hex())

    return moment


def story_urls(cursor: "Cursor", story: int) -> list[str]:
    """Return the addresses of a story's articles."""
    return [url for (url,) in fetch_all(cursor, "evidence.story_urls", story=story)]


def has_watch(cursor: "Cursor", name: str) -> bool:
    """Tell whether there is a watch of this name."""
    return bool(fetch_value(cursor, "evidence.has_watch", name=name))


def watch_urls(cursor: "Cursor", name: str) -> list[str]:
    """Return the addresses of the articles that a watch has matched, the newest first."""
    return [url for (url,) in fetch_all(cursor, "evidence.watch_urls", name=name)]
