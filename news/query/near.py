"""What may stand on the sides of NEAR, and how a NEAR of several things is one of pairs."""

from typing import cast

from news.query.nodes import (
    And,
    Entity,
    Near,
    Node,
    Or,
    Phrase,
    Prefix,
    Text,
    Word,
    conjunction,
    disjunction,
    named,
)
from news.text.aliases import Aliases

MAX_DISTANCE = 50  # words
MAX_COST = 10_000  # pairs of alternatives times distance, of all pairs of one NEAR


def can_stand(node: Node) -> bool:
    """Return whether a node is made of texts, with OR and AND alone."""
    match node:
        case Word() | Prefix() | Phrase() | Entity():
            return True
        case And() | Or():
            return all(can_stand(part) for part in node.parts)
        case _:
            return False


def pairs(left: Node, right: Node) -> int:
    """Return how many pairs `distributed` would make."""
    return _sides(left) * _sides(right)


def _sides(node: Node) -> int:
    if _is_side(node) or not isinstance(node, And | Or):
        return 1

    return sum(map(_sides, node.parts))


def distributed(left: Node, right: Node, distance: int) -> Node:
    """Return a NEAR whose sides have no AND: (a AND b) NEAR/5 c is a near c and b near c."""
    if not _is_side(left):
        parts = [distributed(part, right, distance) for part in _parts(left)]
        return _rejoined(left, parts)

    if not _is_side(right):
        parts = [distributed(left, part, distance) for part in _parts(right)]
        return _rejoined(right, parts)

    return Near(
        left=cast("Text | Or", left),
        right=cast("Text | Or", right),
        distance=distance,
    )


def _rejoined(side: Node, parts: list[Node]) -> Node:
    """Return parts joined as those of a side were: by AND or by OR."""
    if isinstance(side, And):
        return conjunction(parts)

    return disjunction(parts)


def _parts(node: Node) -> tuple[Node, ...]:
    if isinstance(node, And | Or):
        return node.parts

    return (node,)


def _is_side(node: Node) -> bool:
    """Return whether a node can be a side as it is: a text, or texts with OR."""
    if isinstance(node, Or):
        return all(isinstance(part, Text) for part in node.parts)

    return isinstance(node, Text)


def cost(node: Node, aliases: Aliases) -> int:
    """Return how many pairs of alternatives times distances a node asks for."""
    match node:
        case Near():
            left = 1 + _phrases(node.left, aliases)
            right = 1 + _phrases(node.right, aliases)

            return left * right * node.distance
        case And() | Or():
            return sum(cost(part, aliases) for part in node.parts)
        case _:
            return 0


def _phrases(node: Node, aliases: Aliases) -> int:
    """Return how many alternatives of several words a side has; single words are asked together."""
    match node:
        case Or():
            return sum(_phrases(part, aliases) for part in node.parts)
        case Entity():
            forms = aliases.phrases(node.name)
            return sum(len(form) > 1 for form in forms)
        case Phrase():
            name = named(node, aliases)
            if name is None:
                return 1

            thing = Entity(name=name)
            return 1 + _phrases(thing, aliases)
        case _:
            return 0
