"""Shorter plans: without what only guesses, without what no article has, with fewer terms.

By the first and the last hits are ranked; the second finds the same.
"""

from collections.abc import Callable, Container, Iterable
from dataclasses import replace
from typing import assert_never

from news.query.nodes import Field
from news.query.plan_parts import AllOf, AnyOf, Chain, Close, NoneOf, Plan, Terms

_Change = Callable[[Terms], Terms]


def meant(found: Plan) -> Plan:
    """Return a plan without the terms that only guess at a word typed without marks or capital."""
    return _mapped(found, _sure)


def shortened(found: Plan, most: int) -> Plan:
    """Return a plan of about `most` terms: of each word the first ones, one at least."""
    words = count_words(found)
    each = max(1, most // max(1, words))

    return _mapped(found, lambda terms: _first(terms, each))


def whole_terms(found: Plan) -> set[str]:
    """Return the whole terms that a plan asks for anywhere."""
    asked: set[str] = set()

    def note(terms: Terms) -> Terms:
        asked.update(terms.whole)
        return terms

    _mapped(found, note)

    return asked


def narrowed(found: Plan, known: Container[str]) -> Plan:
    """Return a plan without the whole terms that are not known, which no article has.

    A place that asks for nothing else, or for guesses alone, keeps one term that was meant.
    """
    return _mapped(found, lambda terms: _known(terms, known))


def count_words(found: Plan) -> int:
    """Return at how many places a plan asks for terms."""
    match found:
        case AllOf() | AnyOf():
            return sum(map(count_words, found.parts))
        case NoneOf():
            return count_words(found.part)
        case Terms():
            return 1
        case Chain():
            return len(found.links)
        case Close():
            return sum(map(count_words, (*found.left, *found.right)))
        case Field():
            return 0
        case _:
            assert_never(found)


def _mapped(found: Plan, change: _Change) -> Plan:
    """Return a plan with the terms of each place changed."""
    match found:
        case AllOf():
            every = [_mapped(part, change) for part in found.parts]
            return AllOf(parts=tuple(every))
        case AnyOf():
            some = [_mapped(part, change) for part in found.parts]
            return AnyOf(parts=tuple(some))
        case NoneOf():
            excluded = _mapped(found.part, change)
            return NoneOf(part=excluded)
        case Terms():
            return change(found)
        case Chain():
            return _mapped_chain(found, change)
        case Close():
            left = _side(found.left, change)
            right = _side(found.right, change)
            return replace(found, left=left, right=right)
        case Field():
            return found
        case _:
            assert_never(found)


def _side(parts: Iterable[Chain | Terms], change: _Change) -> tuple[Chain | Terms, ...]:
    """Return one side of a NEAR with the terms of each place changed."""
    changed: list[Chain | Terms] = []
    for part in parts:
        if isinstance(part, Chain):
            chain = _mapped_chain(part, change)
            changed.append(chain)
        else:
            terms = change(part)
            changed.append(terms)

    return tuple(changed)


def _mapped_chain(chain: Chain, change: _Change) -> Chain:
    """Return a chain with the terms of each link changed."""
    links = map(change, chain.links)

    return Chain(links=tuple(links))


def _sure(terms: Terms) -> Terms:
    """Return the terms of one place without those that only guess."""
    if not terms.guessed:
        return terms

    sure = tuple(term for term in terms.whole if term not in terms.guessed)

    return replace(terms, whole=sure, guessed=frozenset())


def _known(terms: Terms, known: Container[str]) -> Terms:
    """Return the terms of one place that are known."""
    kept = [term for term in terms.whole if term in known]
    only_guesses = terms.guessed.issuperset(kept)

    if only_guesses and not terms.beginnings:
        meant_term = _first_meant(terms)
        kept.insert(0, meant_term)

    guessed = terms.guessed.intersection(kept)

    return replace(
        terms,
        whole=tuple(kept),
        guessed=guessed,
    )


def _first_meant(terms: Terms) -> str:
    """Return the first term of one place that is no guess."""
    for term in terms.whole:
        if term not in terms.guessed:
            return term

    return terms.whole[0]


def _first(terms: Terms, most: int) -> Terms:
    """Return the first terms of one place."""
    whole = terms.whole[:most]
    beginnings = terms.beginnings[:most]

    return replace(terms, whole=whole, beginnings=beginnings)
