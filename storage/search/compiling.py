"""A plan of news.query as PostgreSQL asks it: pure.

What the text index can answer by itself becomes one tsquery. Dates at the top of a query become
a window, which names the months to walk. Phrases and NEAR (the index has no positions) become a
second tsquery, dates deeper inside an exact condition, beside a tsquery that every answer must
meet: they are asked of candidates in the order of time, no further than a page needs.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import assert_never

from news.query import Query
from news.query import plan as make_plan
from news.query.guesses import count_words, meant, shortened
from news.query.nodes import Field, Name
from news.query.plan import AllOf, AnyOf, Chain, Close, NoneOf, Plan, Terms
from news.query.values import moment
from storage.search.tsqueries import halves, join, quoted_author, tsquery, unplaced

RANKED_BY = 128  # terms by which hits are ranked
# Bytes of a tsquery's terms that PostgreSQL takes are 1,048,575 (manual, 12.11).
_LONGEST = 1_000_000
_DATES = (Name.AFTER, Name.BEFORE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition:
    """A condition in SQL, with its values for the places in it."""

    text: str
    values: tuple[object, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Compiled:
    """A query in SQL's terms.

    `tsquery`: what every answer meets, None when that is nothing the index knows. `positional`:
    a tsquery that needs positions. `exact`: a condition. Both are None when tsquery and window
    say all. `ranked`: the tsquery by which hits are ranked, without what only guesses;
    `words`: the places at which it asks for something.
    Window: since <= at < until; `dated`: only articles that name their publication.
    """

    tsquery: str | None
    positional: str | None = None
    exact: Condition | None = None
    ranked: str | None = None
    words: int = 0
    since: datetime | None = None
    until: datetime | None = None
    dated: bool = False


def compile_query(query: Query) -> Compiled:
    """Return a query in SQL's terms."""
    return compile_plan(make_plan(query))


def compile_plan(plan: Plan) -> Compiled:
    """Return a plan in SQL's terms."""
    parts: Sequence[Plan] = plan.parts if isinstance(plan, AllOf) else (plan,)
    since, until = [], []
    rest: list[Plan] = []

    for part in parts:
        if not isinstance(part, Field) or part.name not in _DATES:
            rest.append(part)
        elif part.name is Name.AFTER:
            since.append(moment(part.value))
        else:
            until.append(moment(part.value))

    needed = _needed(rest)
    ranked = _needed([shortened(meant(part), RANKED_BY) for part in rest])
    outside = tuple(part for part in rest if has_dates(part) or not fits(tsquery_of(part)))
    placed = tuple(part for part in rest if has_positions(part) and part not in outside)

    return Compiled(
        tsquery=_within(needed),
        positional=tsquery(AllOf(parts=placed)) if placed else None,
        exact=condition(AllOf(parts=outside)) if outside else None,
        ranked=_within(ranked),
        words=sum(map(count_words, rest)),
        since=max(since, default=None),
        until=min(until, default=None),
        dated=bool(since or until),
    )


def fits(text: str) -> bool:
    """Return whether a tsquery is one that PostgreSQL takes."""
    return len(text) < _LONGEST // 4 or len(text.encode()) < _LONGEST


def tsquery_of(plan: Plan) -> str:
    """Return a plan as one tsquery, empty when it has dates, which no tsquery asks for."""
    return "" if has_dates(plan) else tsquery(plan)


def _within(parts: Sequence[str]) -> str | None:
    """Return what all parts ask for, as far as one tsquery can hold it: every answer meets it."""
    kept: list[str] = []
    size = 0
    for part in parts:
        size += len(part.encode())
        if size < _LONGEST:
            kept.append(part)

    return join(kept, "&") if kept else None


def _needed(parts: Sequence[Plan]) -> list[str]:
    """Return what the index must answer of parts, of each that it can answer anything of."""
    needed = [relaxed(part) for part in parts]
    return [text for text in needed if text is not None]


def has_dates(plan: Plan) -> bool:
    """Return whether a plan asks for dates anywhere."""
    match plan:
        case AllOf() | AnyOf():
            return any(has_dates(part) for part in plan.parts)
        case NoneOf():
            return has_dates(plan.part)
        case Field():
            return plan.name in _DATES
        case Terms() | Chain() | Close():
            return False
        case _:
            assert_never(plan)


def has_positions(plan: Plan) -> bool:
    """Return whether a plan asks anywhere where words stand."""
    match plan:
        case AllOf() | AnyOf():
            return any(has_positions(part) for part in plan.parts)
        case NoneOf():
            return has_positions(plan.part)
        case Chain() | Close():
            return True
        case Field():
            return plan.name is Name.AUTHOR and len(quoted_author(plan)) > 1
        case Terms():
            return False
        case _:
            assert_never(plan)


def relaxed(plan: Plan) -> str | None:
    """Return the tsquery that every answer to the plan meets; None when there is none."""
    if not has_dates(plan) and not has_positions(plan):
        return tsquery(plan)

    match plan:
        case Chain():
            return join([unplaced(link) for link in plan.links], "&")
        case Close():
            return join([_either(plan.left), _either(plan.right)], "&")
        case Field(name=Name.AUTHOR):
            return join(quoted_author(plan), "&")
        case AllOf():
            needed = [text for text in map(relaxed, plan.parts) if text is not None]
            return join(needed, "&") if needed else None
        case AnyOf():
            either = [text for text in map(relaxed, plan.parts) if text is not None]
            return join(either, "|") if len(either) == len(plan.parts) else None
        case Terms() | NoneOf() | Field():
            return None
        case _:
            assert_never(plan)


def _either(side: Sequence[Chain | Terms]) -> str:
    """Return the tsquery that every answer to one side of a NEAR meets."""
    return join([relaxed(part) or "" for part in side], "|")


def condition(plan: Plan) -> Condition:
    """Return the exact condition of a plan."""
    text = tsquery_of(plan)
    if text and fits(text):
        return Condition(text="terms @@ %s::tsquery", values=(text,))

    match plan:
        case AllOf():
            return _joined(plan.parts, " and ")
        case AnyOf():
            return _joined(plan.parts, " or ")
        case NoneOf():
            inner = condition(plan.part)
            return Condition(text=f"not {inner.text}", values=inner.values)
        case Close():
            return _joined(halves(plan), " or ")
        case Field():
            sign = ">=" if plan.name is Name.AFTER else "<"
            text = f"(published_at is not null and at {sign} %s)"
            return Condition(text=text, values=(moment(plan.value),))
        case _:
            raise AssertionError(plan)  # nothing else has dates


def _joined(parts: Sequence[Plan], word: str) -> Condition:
    """Return the conditions of parts, joined by a word."""
    conditions = [condition(part) for part in parts]
    values: list[object] = []
    for one in conditions:
        values.extend(one.values)

    text = word.join(one.text for one in conditions)

    return Condition(text=f"({text})", values=tuple(values))
