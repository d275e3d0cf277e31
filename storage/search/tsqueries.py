"""Plans of news.query as tsqueries of PostgreSQL: pure."""

from collections.abc import Sequence
from dataclasses import replace
from typing import assert_never

from news.query.nodes import Field, Name
from news.query.plan import AllOf, AnyOf, Chain, Close, NoneOf, Plan, Terms
from storage.archive.terms import author_terms, mark, quote, section_term, title_term

_MARKS = {Name.OUTLET: "o", Name.COUNTRY: "c", Name.LANG: "l", Name.IS: "is", Name.SITE: "h"}
_NO_SECTION = "@s:"  # no article has it


def tsquery(plan: Plan) -> str:
    """Return a plan without dates as a tsquery."""
    match plan:
        case AllOf():
            return join([tsquery(part) for part in plan.parts], "&")
        case AnyOf():
            return join([tsquery(part) for part in plan.parts], "|")
        case NoneOf():
            return f"!({tsquery(plan.part)})"
        case Terms():
            return unplaced(plan)
        case Chain():
            return _chain(plan)
        case Close():
            return _close(plan)
        case Field():
            return _field(plan)
        case _:
            assert_never(plan)


def join(parts: Sequence[str], sign: str) -> str:
    """Return tsqueries joined by & or | or <->, in parentheses where there are several."""
    if len(parts) == 1:
        return parts[0]

    return "(" + f" {sign} ".join(parts) + ")"


def unplaced(terms: Terms) -> str:
    """Return the tsquery of one position's terms, wherever they stand.

    Title words have marks of their own in the index, which spare the look at positions.
    """
    return _in_title(terms) if terms.title else _terms(terms)


def quoted_author(field: Field) -> list[str]:
    """Return the terms of a name that author: looks for, quoted, in order."""
    return [quote(term) for term in author_terms(field.value)]


def _chain(chain: Chain) -> str:
    """Return successive positions; title words are asked of the index as marks too."""
    marks = [_in_title(link) for link in chain.links if link.title]
    links = [_terms(link) for link in chain.links]

    return join([*marks, join(links, "<->")], "&")


def _in_title(terms: Terms) -> str:
    whole = [quote(title_term(term)) for term in terms.whole]
    prefixes = [f"{quote(title_term(term))}:*" for term in terms.beginnings]
    return join(whole + prefixes, "|")


def _terms(terms: Terms) -> str:
    weight = "A" if terms.title else ""
    suffix = f":{weight}" if weight else ""
    whole = [f"{quote(term)}{suffix}" for term in terms.whole]
    prefixes = [f"{quote(term)}:*{weight}" for term in terms.beginnings]

    return join(whole + prefixes, "|")


def _close(close: Close) -> str:
    """Return both orders at every distance.

    The distance after a chain counts from its last word, as PostgreSQL counts it too.
    """
    left, right = _close_side(close.left), _close_side(close.right)
    distances = range(close.least, close.distance + 1)
    forwards = [f"({left} <{distance}> {right})" for distance in distances]
    backwards = [f"({right} <{distance}> {left})" for distance in distances]

    return join(forwards + backwards, "|")


def halves(close: Close) -> tuple[Close, Close]:
    """Return two that hold together where one does: of the small distances, of the large.

    Of one distance alone: of one half of what stands on its larger side, and of the other.
    """
    middle = (close.least + close.distance) // 2
    if middle < close.distance:
        return replace(close, distance=middle), replace(close, least=middle + 1)

    left, right = _halved(close.left), _halved(close.right)
    if len(_close_side(close.left)) >= len(_close_side(close.right)):
        return replace(close, left=left[0]), replace(close, left=left[1])

    return replace(close, right=right[0]), replace(close, right=right[1])


def _halved(side: Sequence[Chain | Terms]) -> tuple[tuple[Chain | Terms, ...], ...]:
    """Return two halves of the alternatives of a side, or of the terms of its only one."""
    if len(side) > 1 or isinstance(side[0], Chain):
        middle = (len(side) + 1) // 2
        return tuple(side[:middle]), tuple(side[middle:])

    terms = side[0]
    middle = (len(terms.whole) + 1) // 2
    first = replace(terms, whole=terms.whole[:middle])
    second = replace(terms, whole=terms.whole[middle:], beginnings=())

    return (first,), (second,)


def _close_side(side: Sequence[Chain | Terms]) -> str:
    return join([_positions(part) for part in side], "|")


def _positions(part: Chain | Terms) -> str:
    if isinstance(part, Terms):
        return _terms(part)

    return join([_terms(link) for link in part.links], "<->")


def _field(field: Field) -> str:
    if field.name is Name.AUTHOR:
        return join(quoted_author(field), "<->")

    if field.name is Name.URL:
        return join([quote(mark("u", word)) for word in field.value.split()], "&")

    if field.name is Name.SECTION:
        return quote(section_term(field.value) or _NO_SECTION)

    return quote(mark(_MARKS[field.name], field.value))
