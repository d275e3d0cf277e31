"""A plan of news.query as PostgreSQL asks it: pure.

What the text index can answer by itself becomes one tsquery. Dates at the top of a query become a window, which names the months to walk. Phrases and
NEAR (the index has no positions) become a second tsquery, dates deeper inside an exact condition, beside a tsquery that every answer must meet: they are asked
of candidates in the order of time, no further than a page needs.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from news.query import Query
from news.query import plan as make_plan
from news.query.nodes import Field, Name
from news.query.plan import AllOf, AnyOf, Chain, Close, NoneOf, Plan, Terms
from news.query.values import moment
from storage.archive.terms import author_terms, mark, quote, section_term, title_term

_MARKS = {Name.OUTLET: "o", Name.COUNTRY: "c", Name.LANG: "l", Name.IS: "is"}
_DATES = (Name.AFTER, Name.BEFORE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Compiled:
    """A query in SQL's terms.

    `tsquery`: what every answer meets, None when that is nothing the index knows. `places`: a tsquery that needs positions. `exact`: a condition
    with its values. Both are None when tsquery and window say all. Window: since <= at < until; `dated`: only articles that name their publication.
    """

    tsquery: str | None
    places: str | None = None
    exact: tuple[str, tuple[object, ...]] | None = None
    since: datetime | None = None
    until: datetime | None = None
    dated: bool = False


def compile_query(query: Query) -> Compiled:
    """Return a query in SQL's terms."""
    found = make_plan(query)
    parts: Sequence[Plan] = found.parts if isinstance(found, AllOf) else (found,)
    dates = [part for part in parts if isinstance(part, Field) and part.name in _DATES]
    rest = [part for part in parts if not (isinstance(part, Field) and part.name in _DATES)]
    since = [moment(part.value) for part in dates if part.name is Name.AFTER]
    until = [moment(part.value) for part in dates if part.name is Name.BEFORE]
    mixed = [part for part in rest if has_dates(part)]
    placed = [part for part in rest if has_places(part) and not has_dates(part)]
    needed = [text for part in rest if (text := relaxed(part)) is not None]
    return Compiled(
        tsquery=_join(needed, "&") if needed else None,
        places=tsquery(AllOf(parts=tuple(placed))) if placed else None,
        exact=condition(AllOf(parts=tuple(mixed))) if mixed else None,
        since=max(since, default=None),
        until=min(until, default=None),
        dated=bool(dates),
    )


def has_dates(plan: Plan) -> bool:
    """Return whether a plan asks for dates anywhere."""
    match plan:
        case AllOf() | AnyOf():
            return any(has_dates(part) for part in plan.parts)
        case NoneOf():
            return has_dates(plan.part)
        case Field():
            return plan.name in _DATES
        case _:
            return False


def has_places(plan: Plan) -> bool:
    """Return whether a plan asks anywhere where words stand."""
    match plan:
        case AllOf() | AnyOf():
            return any(has_places(part) for part in plan.parts)
        case NoneOf():
            return has_places(plan.part)
        case _:
            return isinstance(plan, Chain | Close) or (
                isinstance(plan, Field)
                and plan.name is Name.AUTHOR
                and len(author_terms(plan.value)) > 1
            )


def relaxed(plan: Plan) -> str | None:
    """Return the tsquery that every answer to the plan meets; None when there is none."""
    if not has_dates(plan) and not has_places(plan):
        return tsquery(plan)
    match plan:
        case Chain():
            return _join(
                [_in_title(link) if link.title else _terms(link) for link in plan.links], "&"
            )
        case Close():
            return _join(
                [
                    _join([relaxed(part) or "" for part in side], "|")
                    for side in (plan.left, plan.right)
                ],
                "&",
            )
        case Field(name=Name.AUTHOR):
            return _join([quote(term) for term in author_terms(plan.value)], "&")
        case AllOf():
            parts = [text for part in plan.parts if (text := relaxed(part)) is not None]
            return _join(parts, "&") if parts else None
        case AnyOf():
            found = [relaxed(part) for part in plan.parts]
            return (
                None if None in found else _join([text for text in found if text is not None], "|")
            )
        case _:
            return None


def condition(plan: Plan) -> tuple[str, tuple[object, ...]]:
    """Return the exact condition of a plan, in SQL with its values."""
    if not has_dates(plan):
        return "terms @@ %s::tsquery", (tsquery(plan),)
    match plan:
        case AllOf() | AnyOf():
            word = " and " if isinstance(plan, AllOf) else " or "
            found = [condition(part) for part in plan.parts]
            return f"({word.join(text for text, _ in found)})", tuple(
                value for _, values in found for value in values
            )
        case NoneOf():
            text, values = condition(plan.part)
            return f"not {text}", values
        case Field():
            sign = ">=" if plan.name is Name.AFTER else "<"
            return f"(published_at is not null and at {sign} %s)", (moment(plan.value),)
        case _:
            raise AssertionError(plan)


def tsquery(plan: Plan) -> str:
    """Return a plan without dates as a tsquery."""
    match plan:
        case AllOf():
            return _join([tsquery(part) for part in plan.parts], "&")
        case AnyOf():
            return _join([tsquery(part) for part in plan.parts], "|")
        case NoneOf():
            return f"!({tsquery(plan.part)})"
        case Terms():
            return _in_title(plan) if plan.title else _terms(plan)
        case Chain():
            return _chain(plan)
        case Close():
            return _close(plan)
        case _:
            return _field(plan)


def _join(parts: Sequence[str], sign: str) -> str:
    return parts[0] if len(parts) == 1 else "(" + f" {sign} ".join(parts) + ")"


def _chain(chain: Chain) -> str:
    """Title words are asked of the index as marks too, which spares the look at most positions."""
    marks = [_in_title(link) for link in chain.links if link.title]
    return _join([*marks, _join([_terms(link) for link in chain.links], "<->")], "&")


def _in_title(terms: Terms) -> str:
    whole = [quote(title_term(term)) for term in terms.whole]
    return _join([*whole, *(f"{quote(title_term(term))}:*" for term in terms.beginnings)], "|")


def _terms(terms: Terms) -> str:
    weight = "A" if terms.title else ""
    whole = [f"{quote(term)}:{weight}" if weight else quote(term) for term in terms.whole]
    return _join([*whole, *(f"{quote(term)}:*{weight}" for term in terms.beginnings)], "|")


def _close(close: Close) -> str:
    """Both orders, every distance. The distance after a chain counts from its last word, as PostgreSQL counts it too."""
    left, right = (
        _join([_positions(part) for part in side], "|") for side in (close.left, close.right)
    )
    return _join(
        [
            f"({one} <{distance}> {other})"
            for one, other in ((left, right), (right, left))
            for distance in range(1, close.distance + 1)
        ],
        "|",
    )


def _positions(part: Chain | Terms) -> str:
    return (
        _terms(part)
        if isinstance(part, Terms)
        else _join([_terms(link) for link in part.links], "<->")
    )


def _field(field: Field) -> str:
    if field.name is Name.AUTHOR:
        return _join([quote(term) for term in author_terms(field.value)], "<->")
    if field.name is Name.SECTION:
        return quote(section_term(field.value) or "@s:")
    return quote(mark(_MARKS[field.name], field.value))
