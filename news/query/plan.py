"""A query as an index sees it: terms, chains of terms at distances, fields. What storage and watches compile.

No words are left here, only index terms: whoever holds a document's postings (news.text.index_document) can answer a plan
without the analyser. `holds` is that answer in Python; it agrees with evaluate by property test.
"""

from bisect import bisect_left
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import groupby, product

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
)
from news.text import BODY_START, prefix_terms, query_terms
from news.text.aliases import Aliases


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """One position that has any of these terms, or a term that begins so. `title`: a position below BODY_START."""

    whole: tuple[str, ...]
    beginnings: tuple[str, ...] = ()
    title: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Chain:
    """Terms at successive positions; two or more."""

    links: tuple[Terms, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Close:
    """Any of `left` and any of `right`, from the end of the one to the start of the other 1 to `distance` positions.

    The alternatives of one side are all equally wide.
    """

    left: tuple[Chain | Terms, ...]
    right: tuple[Chain | Terms, ...]
    distance: int


@dataclass(frozen=True, slots=True, kw_only=True)
class All:
    """Every part holds."""

    parts: "tuple[Plan, ...]"


@dataclass(frozen=True, slots=True, kw_only=True)
class Any:
    """Some part holds."""

    parts: "tuple[Plan, ...]"


@dataclass(frozen=True, slots=True, kw_only=True)
class Nothing:
    """The part does not hold."""

    part: "Plan"


Plan = Terms | Chain | Close | All | Any | Nothing | Field


def plan(query: Query, aliases: Aliases | None = None) -> Plan:
    """Return a query in index terms; under the alias table it was parsed with, when none is given."""
    return _plan(query.root, aliases if aliases is not None else query.table())


def _plan(node: Node, aliases: Aliases) -> Plan:
    match node:
        case And():
            return All(parts=tuple(_plan(part, aliases) for part in node.parts))
        case Or():
            return Any(parts=tuple(_plan(part, aliases) for part in node.parts))
        case Not():
            return Nothing(part=_plan(node.part, aliases))
        case Field():
            return node
        case Near():
            return _near(node, aliases)
        case _:
            found = _alternatives(node, aliases)
            return found[0] if len(found) == 1 else Any(parts=found)


def _near(node: Near, aliases: Aliases) -> Plan:
    """Return one Close for each pair of widths: PostgreSQL measures from the longest alternative of an OR, so they must be equally long."""
    sides = [
        [
            tuple(group)
            for _, group in groupby(sorted(_alternatives(side, aliases), key=width), key=width)
        ]
        for side in (node.left, node.right)
    ]
    parts = tuple(
        Close(left=left, right=right, distance=node.distance) for left, right in product(*sides)
    )
    return parts[0] if len(parts) == 1 else Any(parts=parts)


def _alternatives(node: Text | Or, aliases: Aliases) -> tuple[Chain | Terms, ...]:
    """Return the ways in which a text can stand in a document; single words are joined into one Terms."""
    chains: dict[Chain | Terms, None] = {}
    singles: list[Terms] = []
    for chain in _chains(node, aliases):
        if isinstance(chain, Terms):
            singles.append(chain)
        else:
            chains[chain] = None
    return (*_joined(singles), *chains)


def _joined(singles: list[Terms]) -> Iterator[Terms]:
    for title in (False, True):
        same = [terms for terms in singles if terms.title is title]
        if same:
            whole = dict.fromkeys(term for terms in same for term in terms.whole)
            beginnings = dict.fromkeys(term for terms in same for term in terms.beginnings)
            yield Terms(whole=tuple(whole), beginnings=tuple(beginnings), title=title)


def _chains(node: Node, aliases: Aliases) -> Iterator[Chain | Terms]:
    match node:
        case Word():
            yield _word(node.text, aliases, title=node.title)
        case Prefix():
            whole, beginnings = prefix_terms(node.text)
            yield Terms(whole=whole, beginnings=beginnings, title=node.title)
        case Phrase():
            yield _chain(
                [
                    terms
                    for part in node.parts
                    for terms in _chains(part, aliases)
                    if isinstance(terms, Terms)
                ]
            )
        case Entity():
            for form in aliases.phrases(node.name):
                yield _chain([_word(word, aliases, title=node.title) for word in form])
        case Or():
            for part in node.parts:
                yield from _chains(part, aliases)


def _word(word: str, aliases: Aliases, *, title: bool) -> Terms:
    whole, beginnings = query_terms(word, aliases=aliases)
    return Terms(whole=whole, beginnings=beginnings, title=title)


def _chain(links: list[Terms]) -> Chain | Terms:
    return links[0] if len(links) == 1 else Chain(links=tuple(links))


def holds(found: Plan, postings: dict[str, list[int]], has: Callable[[Field], bool]) -> bool:
    """Return whether a plan holds of a document with these postings; `has` answers fields."""
    match found:
        case All():
            return all(holds(part, postings, has) for part in found.parts)
        case Any():
            return any(holds(part, postings, has) for part in found.parts)
        case Nothing():
            return not holds(found.part, postings, has)
        case Close():
            return _close(found, postings)
        case Terms() | Chain():
            return bool(spans(found, postings))
        case _:
            return has(found)


def spans(found: Terms | Chain, postings: dict[str, list[int]]) -> list[int]:
    """Return the first positions, ascending, at which terms or a chain stand."""
    if isinstance(found, Chain):
        starts = set(spans(found.links[0], postings))
        for offset, link in enumerate(found.links[1:], 1):
            starts &= {position - offset for position in spans(link, postings)}
        return sorted(starts)
    lists = [postings[term] for term in found.whole if term in postings]
    if found.beginnings:
        lists += [
            positions for term, positions in postings.items() if term.startswith(found.beginnings)
        ]
    return sorted(
        {
            position
            for positions in lists
            for position in positions
            if not found.title or position < BODY_START
        }
    )


def _close(found: Close, postings: dict[str, list[int]]) -> bool:
    left = [(chain, spans(chain, postings)) for chain in found.left]
    right = [(chain, spans(chain, postings)) for chain in found.right]
    pairs = [(a, b) for a in left for b in right] + [(b, a) for a in left for b in right]
    return any(
        _follows(first, width(chain), second, found.distance)
        for (chain, first), (_, second) in pairs
    )


def width(found: Terms | Chain) -> int:
    """Return how many positions it takes."""
    return len(found.links) if isinstance(found, Chain) else 1


def _follows(first: list[int], wide: int, second: list[int], distance: int) -> bool:
    for start in first:
        end = start + wide - 1
        at = bisect_left(second, end + 1)
        if at < len(second) and second[at] - end <= distance:
            return True
    return False
