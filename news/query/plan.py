"""A query as an index sees it: terms, chains of terms at distances, fields.

It is what storage and watches compile. No words are left here, only index terms: whoever holds a
document's postings (news.text.index_document) can answer a plan without the analyser. `holds` is
that answer in Python; it agrees with evaluate by property test.
"""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from itertools import product
from typing import assert_never

from news.query.nodes import (
    And,
    Entity,
    Field,
    Near,
    Node,
    Not,
    Or,
    Phrase,
    Prefix,
    Query,
    Text,
    Word,
    named,
)
from news.query.plan_parts import (
    AllOf,
    AnyOf,
    Chain,
    Close,
    NoneOf,
    Plan,
    Terms,
    width,
)
from news.text import BODY_START, guessed_terms, prefix_terms, query_terms
from news.text.aliases import Aliases

_WORDS = 4_096  # words whose terms are kept, a few kilobytes each

__all__ = [
    "AllOf",
    "AnyOf",
    "Chain",
    "Close",
    "NoneOf",
    "Plan",
    "Terms",
    "holds",
    "plan",
    "spans",
    "width",
]


def plan(query: Query, aliases: Aliases | None = None) -> Plan:
    """Return a query in index terms, under the alias table it was parsed with if none is given."""
    table = query.table() if aliases is None else aliases
    return _plan(query.root, table)


def _plan(node: Node, aliases: Aliases) -> Plan:
    """Return one node of a query in index terms."""
    match node:
        case And():
            return AllOf(parts=_plans(node.parts, aliases))
        case Or():
            return AnyOf(parts=_plans(node.parts, aliases))
        case Not():
            return NoneOf(part=_plan(node.part, aliases))
        case Field():
            return node
        case Near():
            return _near(node, aliases)
        case Word() | Prefix() | Phrase() | Entity():
            return _one_of(_alternatives(node, aliases))
        case _:
            assert_never(node)


def _plans(nodes: Iterable[Node], aliases: Aliases) -> tuple[Plan, ...]:
    """Return several nodes in index terms, in their order."""
    plans = [_plan(node, aliases) for node in nodes]

    return tuple(plans)


def _one_of(parts: "tuple[Plan, ...]") -> Plan:
    """Return alternatives as one plan; a single one stands for itself."""
    if len(parts) == 1:
        return parts[0]
    return AnyOf(parts=parts)


def _near(node: Near, aliases: Aliases) -> Plan:
    """Return one Close for each pair of widths.

    PostgreSQL measures from the longest alternative of an OR, so they must be equally long.
    """
    left_sides = _by_width(node.left, aliases)
    right_sides = _by_width(node.right, aliases)
    parts: list[Plan] = []

    for left, right in product(left_sides, right_sides):
        parts.append(
            Close(
                left=left,
                right=right,
                distance=node.distance,
            )
        )

    return _one_of(tuple(parts))


def _by_width(side: Text | Or, aliases: Aliases) -> list[tuple[Chain | Terms, ...]]:
    """Return the ways in which one side can stand, those of one width together."""
    by_width: defaultdict[int, list[Chain | Terms]] = defaultdict(list)
    for way in _alternatives(side, aliases):
        by_width[width(way)].append(way)

    sides: list[tuple[Chain | Terms, ...]] = []
    for positions in sorted(by_width):
        ways = by_width[positions]
        sides.append(tuple(ways))

    return sides


def _alternatives(node: Text | Or, aliases: Aliases) -> tuple[Chain | Terms, ...]:
    """Return the ways in which a text can stand in a document.

    Single words are joined into one Terms.
    """
    chains: dict[Chain | Terms, None] = {}
    singles: list[Terms] = []

    for chain in _chains(node, aliases):
        if isinstance(chain, Terms):
            singles.append(chain)
        else:
            chains[chain] = None

    return (*_joined(singles), *chains)


def _joined(singles: list[Terms]) -> Iterator[Terms]:
    """Yield single words as one Terms each for the whole text and for the title."""
    for title in (False, True):
        same_place = [terms for terms in singles if terms.title is title]
        if same_place:
            yield _united(same_place, title=title)


def _united(singles: list[Terms], *, title: bool) -> Terms:
    """Return single words as one Terms: each term once, guessed where it is in all of them."""
    whole: dict[str, None] = {}
    beginnings: dict[str, None] = {}
    meant: set[str] = set()

    for terms in singles:
        whole |= dict.fromkeys(terms.whole)
        beginnings |= dict.fromkeys(terms.beginnings)
        meant |= set(terms.whole) - terms.guessed

    guessed = frozenset(whole) - meant

    return Terms(
        whole=tuple(whole),
        beginnings=tuple(beginnings),
        title=title,
        guessed=guessed,
    )


def _chains(node: Node, aliases: Aliases) -> Iterator[Chain | Terms]:
    """Yield every way in which a text can stand, a single word or a chain each."""
    match node:
        case Word():
            yield _word(node.text, aliases, title=node.title)
        case Prefix():
            whole, beginnings = prefix_terms(node.text)
            yield Terms(
                whole=whole,
                beginnings=beginnings,
                title=node.title,
            )
        case Phrase():
            yield _phrase(node, aliases)
            name = named(node, aliases)
            if name is not None:
                yield from _entity(name, aliases, title=node.title)
        case Entity():
            yield from _entity(node.name, aliases, title=node.title)
        case Or():
            for part in node.parts:
                yield from _chains(part, aliases)


def _entity(name: str, aliases: Aliases, *, title: bool) -> Iterator[Chain | Terms]:
    """Yield the forms of one thing's name."""
    for form in aliases.phrases(name):
        links: list[Terms] = []
        for word in form:
            terms = _word(word, aliases, title=title)
            links.append(terms)

        yield _chain(links)


def _phrase(node: Phrase, aliases: Aliases) -> Chain | Terms:
    """Return the words of a phrase at successive positions."""
    links: list[Terms] = []
    for part in node.parts:
        for terms in _chains(part, aliases):
            if isinstance(terms, Terms):
                links.append(terms)

    return _chain(links)


@lru_cache(maxsize=_WORDS)
def _word(word: str, aliases: Aliases, *, title: bool) -> Terms:
    """Return the terms of one word; watches ask for the same words again and again."""
    whole, beginnings = query_terms(word, aliases=aliases)
    guessed = guessed_terms(word, aliases=aliases)

    return Terms(
        whole=whole,
        beginnings=beginnings,
        title=title,
        guessed=frozenset(guessed),
    )


def _chain(links: list[Terms]) -> Chain | Terms:
    """Return successive terms; a single one stands for itself."""
    if len(links) == 1:
        return links[0]
    return Chain(links=tuple(links))


Postings = dict[str, list[int]]  # term -> ascending positions
HasValue = Callable[[Field], bool]


def holds(found: Plan, postings: Postings, has: HasValue) -> bool:
    """Return whether a plan holds of a document with these postings; `has` answers fields."""
    match found:
        case AllOf():
            return all(holds(part, postings, has) for part in found.parts)
        case AnyOf():
            return any(holds(part, postings, has) for part in found.parts)
        case NoneOf():
            return not holds(found.part, postings, has)
        case Close():
            return _close(found, postings)
        case Terms() | Chain():
            return bool(spans(found, postings))
        case Field():
            return has(found)
        case _:
            assert_never(found)


def spans(found: Terms | Chain, postings: dict[str, list[int]]) -> list[int]:
    """Return the first positions, ascending, at which terms or a chain stand."""
    if isinstance(found, Chain):
        return _chain_spans(found, postings)

    positions: set[int] = set()
    for term in found.whole:
        positions.update(postings.get(term, ()))

    if found.beginnings:
        for term, places in postings.items():
            if term.startswith(found.beginnings):
                positions.update(places)

    if found.title:
        in_title = [position for position in positions if position < BODY_START]
        return sorted(in_title)

    return sorted(positions)


def _chain_spans(chain: Chain, postings: dict[str, list[int]]) -> list[int]:
    """Return the positions of a chain's first link from which all the others follow."""
    first, *others = chain.links
    starts = set(spans(first, postings))

    for offset, link in enumerate(others, 1):
        positions = spans(link, postings)
        link_starts = {position - offset for position in positions}
        starts &= link_starts

    return sorted(starts)


def _close(found: Close, postings: dict[str, list[int]]) -> bool:
    """Return whether something of one side stands near something of the other, in any order."""
    for left, right in product(found.left, found.right):
        left_starts = spans(left, postings)
        right_starts = spans(right, postings)

        if _follows(
            left_starts,
            width(left),
            right_starts,
            found.distance,
        ):
            return True
        if _follows(
            right_starts,
            width(right),
            left_starts,
            found.distance,
        ):
            return True

    return False


def _follows(
    first: list[int],
    wide: int,
    second: list[int],
    distance: int,
) -> bool:
    """Return whether one of `second` begins within the distance after the end of one of `first`."""
    for start in first:
        end = start + wide - 1
        at = bisect_left(second, end + 1)
        if at < len(second) and second[at] - end <= distance:
            return True

    return False
