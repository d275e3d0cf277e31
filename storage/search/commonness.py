"""How many articles a query will find, roughly: it decides between two ways to search.

Shares and the length of a month are those of the server's own statistics of terms.
"""

import time
from math import sqrt
from typing import TYPE_CHECKING, assert_never

from news.query.nodes import Field, Name
from news.query.plan import AllOf, AnyOf, Chain, Close, NoneOf, Plan, Terms
from storage.archive.terms import mark
from storage.sql.statements import fetch_all

if TYPE_CHECKING:
    from psycopg2.extensions import connection as Connection

_FRESH = 300.0  # seconds that statistics are believed
# What a look at an article's terms costs, in fetches of an article that the text index names:
# 5 us to 1, and more where terms lie beside their row (docs/benchmarks.md, Search).
_LOOK = 6
_MOST_OFTEN = 0.5  # share from which the text index leaves out too little, however long the month
_MONTH = 1000  # articles of a month that the statistics do not know
_RARE = 1e-4  # share of a term that the statistics do not know
_PREFIX = 0.02  # share of the articles that have a word of some beginning
_IN_TITLE = 0.1  # share of the articles with a word that have it in the title
_TOGETHER = 0.15  # share of the articles with all words of a phrase that have the phrase
_NEAR = 0.5  # share of the articles with both words that have them near
_OTHER_FIELD = 0.01
_MARKS = {Name.OUTLET: "o", Name.COUNTRY: "c", Name.LANG: "l", Name.SITE: "h"}


class Commonness:
    """Shares of articles by term, read from the server when they are missing or old."""

    def __init__(self, connection: "Connection") -> None:
        self._connection = connection
        self._shares: dict[str, float] = {}
        self._month = _MONTH
        self._read_at = float("-inf")

    def is_common(self, plan: Plan, wanted: int) -> bool:
        """Return whether a plan holds of so many articles that `wanted` of them are soon found.

        Then looking at the newest articles in turn is the cheaper way. The other is fetching all
        of a month that the text index names: both cost the same at the root below.
        """
        self._refresh()
        often = sqrt(_LOOK * wanted / self._month)

        return self.share(plan) >= min(often, _MOST_OFTEN)

    def _refresh(self) -> None:
        """Read the server's statistics, if the ones at hand are old."""
        if time.monotonic() - self._read_at < _FRESH:
            return

        with self._connection, self._connection.cursor() as cursor:
            months = fetch_all(cursor, "search.common_terms")

        if months:
            self._month = max(_MONTH, round(sum(articles for *_, articles in months) / len(months)))

        shares: dict[str, float] = {}
        for terms, frequencies, _ in months:
            # The last of the frequencies are their least, their greatest and the share of nulls.
            for term, share in zip(terms, frequencies, strict=False):
                shares[term] = shares.get(term, 0.0) + share / len(months)

        self._shares = shares
        self._read_at = time.monotonic()

    def share(self, plan: Plan) -> float:
        """Return the share of articles (0 to 1) that a plan holds of.

        Words are taken as independent.
        """
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
                return self._terms(plan)
            case Chain():
                rarest = min(self.share(link) for link in plan.links)
                return rarest * _TOGETHER ** (len(plan.links) - 1)
            case Close():
                left = self.share(AnyOf(parts=plan.left))
                right = self.share(AnyOf(parts=plan.right))
                return left * right * _NEAR
            case Field():
                return self._field(plan)
            case _:
                assert_never(plan)

    def _terms(self, terms: Terms) -> float:
        share = _PREFIX * len(terms.beginnings)
        for term in terms.whole:
            share += self._shares.get(term, _RARE)

        share = min(1.0, share)

        return share * _IN_TITLE if terms.title else share

    def _field(self, field: Field) -> float:
        if field.name in {Name.AFTER, Name.BEFORE}:
            return 1.0

        kind = _MARKS.get(field.name)
        if kind is None:
            return _OTHER_FIELD

        return self._shares.get(mark(kind, field.value), _RARE)
