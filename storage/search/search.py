"""Search: a query in news.query's language, asked of the monthly partitions."""

import base64
import binascii
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from psycopg2.extras import RealDictCursor

from news.query import Document, Query, parse
from news.query import plan as make_plan
from news.text.aliases import Aliases
from storage.errors import StorageError
from storage.search.commonness import Commonness
from storage.search.compiling import Compiled, compile_query
from storage.sql.statements import statement

if TYPE_CHECKING:
    from psycopg2.extensions import connection as Connection

_EVER = datetime(1, 1, 1, tzinfo=UTC)
_NEVER = datetime(9999, 12, 31, tzinfo=UTC)
_LAST_ID = 2**63 - 1
_POOL = 500  # newest hits that are ranked by relevance
_FACET_POOL = 10_000  # newest hits that are counted
_MOST = 10_000  # hits of one page
_FOREIGN = "this cursor is not from this search; begin again without one"


class Order(StrEnum):
    """How results are sorted."""

    NEWEST = "newest"
    RELEVANCE = "relevance"  # of the newest 500 hits


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """One article found. Datetimes are aware, UTC."""

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
        """Return the article as queries see it; it counts as published at its own time, if it says at all when."""
        flags = {
            "revised": self.edits > 0,
            "deleted": self.deleted_at is not None,
            "silent": self.silent,
        }
        return Document(
            title=self.title,
            text=f"{self.standfirst}\n{self.body}" if self.standfirst else self.body,
            language=self.language,
            outlet=self.outlet,
            authors=self.authors,
            country=self.country,
            section=self.section,
            published=self.at if self.published_at else None,
            flags=frozenset(name for name, is_so in flags.items() if is_so),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Results:
    """One page of results; `cursor` opens the next one, None: this was the last."""

    hits: tuple[Result, ...]
    cursor: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Facets:
    """Counts by value over the newest hits; `complete`: over all of them."""

    outlets: Mapping[str, int] = field(default_factory=dict)
    days: Mapping[str, int] = field(default_factory=dict)
    languages: Mapping[str, int] = field(default_factory=dict)
    total: int = 0
    complete: bool = True


class Searcher:
    """Asks one connection. `now` is given by the caller, for the weight of age; `aliases` are the names that queries know (None: the package's)."""

    def __init__(self, connection: "Connection", aliases: Aliases | None = None) -> None:
        self._connection = connection
        self.aliases = aliases
        self._common = Commonness(connection)

    def parse(self, text: str) -> Query:
        """Return a query under this archive's names. Raises news.query.QueryError."""
        return parse(text, self.aliases)

    def search(
        self, text: str, *, order: Order, limit: int, cursor: str | None, now: datetime
    ) -> Results:
        """Return one page. Raises news.query.QueryError at what cannot be read, StorageError at a foreign cursor."""
        limit = max(1, min(limit, _MOST))
        keys, following = self.keys(
            self.parse(text), order=order, limit=limit, cursor=cursor, now=now
        )
        return Results(hits=tuple(self.rows(keys)), cursor=following)

    def walk(self, text: str | None, page: int = 1000) -> Iterator[Result]:
        """Yield everything that a query finds, or everything there is, newest first."""
        query = self.parse(text) if text else None
        cursor = None
        while True:
            keys, cursor = self.keys(
                query, order=Order.NEWEST, limit=page, cursor=cursor, now=_EVER
            )
            yield from self.rows(keys)
            if cursor is None:
                return

    def keys(
        self,
        query: Query | None,
        *,
        order: Order,
        limit: int,
        cursor: str | None,
        now: datetime,
    ) -> tuple[list[tuple[int, datetime]], str | None]:
        """Return (id, time) of the hits of one page, and the next page's cursor."""
        values = self.values(query)
        place = _read_cursor(cursor, order)
        if order is Order.NEWEST:
            until = datetime.fromisoformat(place["at"]) if place else _NEVER
            if until <= values["until"]:
                values.update(until=until, until_id=place["id"] if place else _LAST_ID)
            found = self._fetch("newest", {**values, "wanted": limit + 1})
            following = (
                {"at": found[limit - 1][1].isoformat(), "id": found[limit - 1][0]}
                if len(found) > limit
                else None
            )
        else:
            now = datetime.fromisoformat(place["now"]) if place else now
            offset = place["offset"] if place else 0
            values.update(
                now=now, offset=offset, wanted=limit + 1, pool=_POOL, rank=values["tsquery"] or ""
            )
            found = self._fetch("ranked", values)
            following = (
                {"now": now.isoformat(), "offset": offset + limit} if len(found) > limit else None
            )
        return [(row[0], row[1]) for row in found[:limit]], _write_cursor(following, order)

    def values(self, query: Query | None) -> dict[str, Any]:
        """Return the values that every search statement takes; no query finds everything."""
        compiled = Compiled(tsquery=None) if query is None else compile_query(query)
        return {
            "tsquery": compiled.tsquery,
            "condition": _condition(compiled),
            "places": compiled.places,
            "exact": self._exact(compiled),
            "since": compiled.since or _EVER,
            "until": compiled.until or _NEVER,
            "until_id": -_LAST_ID if compiled.until else _LAST_ID,
            "common": query is None or self._common.is_common(make_plan(query)),
        }

    def facets(self, text: str) -> Facets:
        """Return counts by outlet, day and language over the newest hits."""
        rows = self._fetch("facets", {**self.values(self.parse(text)), "pool": _FACET_POOL})
        found: dict[str, dict[str, int]] = {"outlet": {}, "day": {}, "language": {}, "all": {}}
        for facet, value, articles in sorted(rows, key=lambda row: (-row[2], row[1])):
            found[facet][value] = articles
        total = sum(found["all"].values())
        return Facets(
            outlets=found["outlet"],
            days=dict(sorted(found["day"].items())),
            languages=found["language"],
            total=total,
            complete=total < _FACET_POOL,
        )

    def rows(self, keys: Iterable[tuple[int, datetime]]) -> list[Result]:
        """Return what is shown of hits, in their order."""
        found = list(keys)
        with self._connection, self._connection.cursor(cursor_factory=RealDictCursor) as cursor:
            cursor.execute(
                statement("search", "rows"),
                {"ids": [key[0] for key in found], "ats": [key[1] for key in found]},
            )
            return [
                Result(**{**row, "authors": tuple(row["authors"])}) for row in cursor.fetchall()
            ]

    def _exact(self, compiled: Compiled) -> str | None:
        if compiled.exact is None:
            return None
        with self._connection.cursor() as cursor:
            return cursor.mogrify(*compiled.exact).decode("utf-8")

    def _fetch(self, name: str, values: Mapping[str, Any]) -> list[tuple[Any, ...]]:
        with self._connection, self._connection.cursor() as cursor:
            cursor.execute(statement("search", name), values)
            return cursor.fetchall()


def _condition(compiled: Compiled) -> str:
    parts = ["terms @@ $1"] if compiled.tsquery is not None else []
    return " and ".join([*parts, "published_at is not null"] if compiled.dated else parts) or "true"


def _write_cursor(place: Mapping[str, Any] | None, order: Order) -> str | None:
    if place is None:
        return None
    return (
        base64.urlsafe_b64encode(json.dumps({"o": order.value, **place}).encode())
        .decode("ascii")
        .rstrip("=")
    )


def _read_cursor(cursor: str | None, order: Order) -> dict[str, Any] | None:
    """Return what a cursor holds; it comes from outside, so everything in it is checked."""
    if not cursor:
        return None
    try:
        place = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
        names = ("at", "id") if order is Order.NEWEST else ("now", "offset")
        moment, number = datetime.fromisoformat(place[names[0]]), place[names[1]]
        fits = (
            place["o"] == order.value
            and moment.tzinfo is not None
            and type(number) is int
            and 0 <= number <= _LAST_ID
        )
    except (
        ValueError,
        KeyError,
        TypeError,
        binascii.Error,
        UnicodeDecodeError,
        OverflowError,
    ) as error:
        raise StorageError(_FOREIGN) from error
    if not fits:
        raise StorageError(_FOREIGN)
    return dict(place)
