"""How many articles a query will find, roughly: the server's own statistics of terms decide between two ways to search."""

import time
from typing import TYPE_CHECKING

from news.query.nodes import Field, Name
from news.query.plan import AllOf, AnyOf, Chain, Close, NoneOf, Plan, Terms
from storage.archive.terms import mark
from storage.sql.statements import statement

if TYPE_CHECKING:
    from psycopg2.extensions import connection as Connection

_FRESH = 300.0  # seconds that statistics are believed
_COMMON = 0.10  # share of articles from which walking the index of times is the cheaper way to a page of 20
_RARE = 1e-4  # share of a term that the statistics do not know
_TOGETHER = 0.15  # share of the articles with all words of a phrase that have the phrase


class Commonness:
    """Shares of articles by term, read from the server when they are missing or old."""

    def __init__(self, connection: "Connection") -> None:
        self._connection = connection
        self._shares: dict[str, float] = {}
        self._read_at = float("-inf")

    def is_common(self, plan: Plan) -> bool:
        """Return whether a plan holds of so many articles that reading the newest ones in turn soon finds a page."""
        self._refresh()
        return self.share(plan) >= _COMMON

    def _refresh(self) -> None:
        if time.monotonic() - self._read_at < _FRESH:
            return
        shares: dict[str, float] = {}
        with self._connection, self._connection.cursor() as cursor:
            cursor.execute(statement("search", "common_terms"))
            rows = cursor.fetchall()
        for terms, frequencies in rows:
            # The last entries of frequencies are their least, their greatest and the share of nulls.
            for term, share in zip(terms, frequencies, strict=False):
                shares[term] = shares.get(term, 0.0) + share / len(rows)
        self._shares = shares
        self._read_at = time.monotonic()

    def share(self, plan: Plan) -> float:
        """Return the share of articles that a plan holds of, words taken as independent."""
        match plan:
            case AllOf():
                product = 1.0
                for part in plan.parts:
                    product *= self.share(part)
                return product
            case AnyOf():
                return min(1.0, sum(self.share(part) for part in plan.parts))
            case NoneOf():
                return 1.0 - self.share(plan.part)
            case Terms():
                found = sum(self._shares.get(term, _RARE) for term in plan.whole) + 0.02 * len(
                    plan.beginnings
                )
                return min(1.0, found) * (0.1 if plan.title else 1.0)
            case Chain():
                return min(self.share(link) for link in plan.links) * _TOGETHER ** (
                    len(plan.links) - 1
                )
            case Close():
                return (
                    self.share(AnyOf(parts=plan.left)) * self.share(AnyOf(parts=plan.right)) * 0.5
                )
            case _:
                return self._field(plan)

    def _field(self, field: Field) -> float:
        marks = {Name.OUTLET: "o", Name.COUNTRY: "c", Name.LANG: "l"}
        if field.name in {Name.AFTER, Name.BEFORE}:
            return 1.0
        kind = marks.get(field.name)
        return self._shares.get(mark(kind, field.value), _RARE) if kind else 0.01
