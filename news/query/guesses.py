"""Plans without what only guesses at a word typed without its marks or its capital."""

from dataclasses import replace
from typing import assert_never

from news.query.nodes import Field
from news.query.plan import AllOf, AnyOf, Chain, Close, NoneOf, Plan, Terms


def meant(found: Plan) -> Plan:
    """Return a plan without the terms that only guess, where a word has others."""
    match found:
        case AllOf():
            return AllOf(parts=tuple(map(meant, found.parts)))
        case AnyOf():
            return AnyOf(parts=tuple(map(meant, found.parts)))
        case NoneOf():
            return NoneOf(part=meant(found.part))
        case Terms():
            return _terms_meant(found)
        case Chain():
            return Chain(links=tuple(map(_terms_meant, found.links)))
        case Close() | Field():
            return found
        case _:
            assert_never(found)


def _terms_meant(found: Terms) -> Terms:
    """Return the terms of one position without those that only guess."""
    if not found.guessed:
        return found

    sure = tuple(term for term in found.whole if term not in found.guessed)

    return replace(found, whole=sure, guessed=frozenset())
