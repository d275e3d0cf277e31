"""Search: a query in news.query's language, asked of the monthly partitions."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, assert_never

from psycopg2.extras import RealDictCursor

from news.query import Query, parse
from news.query import plan as make_plan
from news.query.guesses import narrowed, whole_terms
from news.query.plan import Plan
from news.text.aliases import Aliases
from storage.search.commonness import Commonness
from storage.search.compiling import RANKED_BY, Compiled, compile_plan
from storage.search.cursors import (
    LAST_ID,
    AfterCount,
    AfterHit,
    read_after_count,
    read_after_hit,
    write_cursor,
)
from storage.search.results import Facets, Order, Result, Results
from storage.sql.statements import fetch_all

if TYPE_CHECKING:
    from psycopg2.extensions import connection as Connection

_WHOLE = "@whole"  # stands in a vocabulary that has the terms of every article
_EVER = datetime(1, 1, 1, tzinfo=UTC)
_NEVER = datetime(9999, 12, 31, tzinfo=UTC)
_POOL = 500  # newest hits that are ranked by relevance
_LEAST_POOL = 100  # of them by a query of very many words
_FACET_POOL = 1000  # newest hits that are counted
_MOST = 10_000  # hits of one page
_WALKED = 1000  # hits read at a time

Key = tuple[int, datetime]  # an article's id and its own time


@dataclass(frozen=True, slots=True, kw_only=True)
class Keys:
    """The hits of one page, the next page's cursor, and of how many hits it is the best."""

    keys: Sequence[Key]
    cursor: str | None
    ranked: int | None = None  # where there are more


class Searcher:
    """Asks one connection. `aliases` are the names that queries know, None: the package's."""

    def __init__(self, connection: "Connection", aliases: Aliases | None = None) -> None:
        self._connection = connection
        self.aliases = aliases
        self._common = Commonness(connection)

    def parse(self, text: str) -> Query:
        """Return a query under this archive's names; relative dates count from this moment.

        Raises news.query.QueryError.
        """
        return parse(text, self.aliases, now=datetime.now(UTC))

    def search(
        self,
        text: str,
        *,
        order: Order,
        limit: int,
        cursor: str | None,
        now: datetime,
    ) -> Results:
        """Return one page; `now` (aware) is for the weight of age.

        Raises news.query.QueryError at what cannot be read, StorageError at a foreign cursor.
        """
        limit = max(1, min(limit, _MOST))
        query = self.parse(text)

        match order:
            case Order.NEWEST:
                page = self.newest(query, limit, cursor)
            case Order.RELEVANCE:
                page = self._ranked(query, limit, cursor, now)
            case _:
                assert_never(order)

        hits = self._results(page.keys)

        return Results(hits=tuple(hits), cursor=page.cursor, ranked=page.ranked)

    def walk(self, text: str | None) -> Iterator[Result]:
        """Yield everything that a query finds, or everything there is, newest first."""
        query = self.parse(text) if text else None
        cursor = None

        while True:
            page = self.newest(query, _WALKED, cursor)
            cursor = page.cursor
            yield from self._results(page.keys)
            if cursor is None:
                return

    def newest(self, query: Query | None, limit: int, cursor: str | None) -> Keys:
        """Return a page in the order of time; no query finds everything."""
        values = self._values(query, limit + 1)
        after = read_after_hit(cursor)
        until = after.at if after else _NEVER
        if until <= values["until"]:
            values["until"] = until
            values["until_id"] = after.id if after else LAST_ID

        # One more than is asked for tells whether there is a next page.
        rows = self._fetch("search.newest", {**values, "wanted": limit + 1})
        following = None
        if len(rows) > limit:
            number, at = rows[limit - 1]
            following = write_cursor(AfterHit(at=at, id=number))

        return Keys(keys=rows[:limit], cursor=following)

    def facets(self, text: str) -> Facets:
        """Return counts by outlet, day and language over the newest hits."""
        values = self._values(self.parse(text), _FACET_POOL)
        pool = _pool(_FACET_POOL, values["words"])
        rows = self._fetch("search.facets", {**values, "pool": pool})
        # The most frequent first, equals by name.
        rows.sort(key=lambda row: (-row[2], row[1]))

        counts: dict[str, dict[str, int]] = {"outlet": {}, "day": {}, "language": {}, "all": {}}
        for facet, value, articles in rows:
            counts[facet][value] = articles

        total = sum(counts["all"].values())

        return Facets(
            outlets=counts["outlet"],
            days=dict(sorted(counts["day"].items())),
            languages=counts["language"],
            total=total,
            complete=total < pool,
        )

    def _ranked(self, query: Query, limit: int, cursor: str | None, now: datetime) -> Keys:
        """Return a page in the order of relevance."""
        values = self._values(query, _POOL)
        after = read_after_count(cursor) or AfterCount(now=now, offset=0)

        pool = _pool(_POOL, values["words"])
        asked = {
            **values,
            "now": after.now,
            "offset": after.offset,
            "wanted": limit + 1,
            "pool": pool,
            "rank": values["ranked"] or "",
        }

        rows = self._fetch("search.ranked", asked)
        following = None
        if len(rows) > limit:
            next_page = AfterCount(now=after.now, offset=after.offset + limit)
            following = write_cursor(next_page)

        keys = [(row[0], row[1]) for row in rows[:limit]]
        bounded = bool(rows) and rows[0][3] >= pool

        return Keys(keys=keys, cursor=following, ranked=pool if bounded else None)

    def _values(self, query: Query | None, wanted: int) -> dict[str, Any]:
        """Return the values that every search statement wants; no query finds everything.

        `wanted`: hits that are fetched at most.
        """
        plan = None if query is None else self._known(make_plan(query))
        compiled = Compiled(tsquery=None) if plan is None else compile_plan(plan)
        common = plan is None or self._common.is_common(plan, wanted)

        return {
            "tsquery": compiled.tsquery,
            "condition": _condition(compiled),
            "positional": compiled.positional,
            "exact": self._exact(compiled),
            "ranked": compiled.ranked,
            "words": compiled.words,
            "since": compiled.since or _EVER,
            "until": compiled.until or _NEVER,
            "until_id": -LAST_ID if compiled.until else LAST_ID,
            "common": common,
        }

    def _known(self, plan: Plan) -> Plan:
        """Return a plan without terms that no article has; a word has dozens of possible forms."""
        terms = whole_terms(plan)
        if not terms:
            return plan

        known = {term for (term,) in self._fetch("search.known_terms", {"terms": list(terms)})}

        return narrowed(plan, known) if _WHOLE in known else plan

    def _results(self, keys: Sequence[Key]) -> list[Result]:
        """Return what is shown of hits, in their order."""
        ids = [number for number, _ in keys]
        times = [at for _, at in keys]
        with self._connection, self._connection.cursor(cursor_factory=RealDictCursor) as cursor:
            rows = fetch_all(cursor, "search.rows", ids=ids, ats=times)

        for row in rows:
            row["authors"] = tuple(row["authors"])

        return [Result(**row) for row in rows]

    def _exact(self, compiled: Compiled) -> str | None:
        """Return the exact condition with its values written into it."""
        exact = compiled.exact
        if exact is None:
            return None

        with self._connection.cursor() as cursor:
            return cursor.mogrify(exact.text, exact.values).decode("utf-8")

    def _fetch(self, path: str, values: Mapping[str, Any]) -> list[tuple[Any, ...]]:
        with self._connection, self._connection.cursor() as cursor:
            return fetch_all(cursor, path, **values)


def _pool(most: int, words: int) -> int:
    """Return how many hits are ranked or counted: fewer by a query of very many words."""
    return max(_LEAST_POOL, most * RANKED_BY // max(RANKED_BY, words))


def _condition(compiled: Compiled) -> str:
    """Return the condition that the index answers, in SQL; $1 is the tsquery."""
    parts = []
    if compiled.tsquery is not None:
        parts.append("terms @@ $1")

    if compiled.dated:
        parts.append("published_at is not null")

    return " and ".join(parts) or "true"
