"""Which words made a watch fit: the positions behind a plan, from postings, as news.query.evaluate finds them from tokens."""

from collections.abc import Callable

from news.query.nodes import Field
from news.query.plan import All, Any, Chain, Close, Nothing, Plan, Terms, holds, spans, width

Postings = dict[str, list[int]]
Has = Callable[[Field], bool]


def positions(plan: Plan, postings: Postings, has: Has) -> set[int]:
    """Return the positions of the words that are the reason why a plan holds; the plan must hold."""
    match plan:
        case All(parts=parts):
            return {at for part in parts for at in positions(part, postings, has)}
        case Any(parts=parts):
            return {at for part in parts if holds(part, postings, has) for at in positions(part, postings, has)}
        case Close():
            return _near(plan, postings)
        case Terms() | Chain():
            return _covered(plan, spans(plan, postings))
        case Nothing() | Field():
            return set()


def _covered(chain: Terms | Chain, starts: list[int]) -> set[int]:
    wide = width(chain)
    return {start + offset for start in starts for offset in range(wide)}


def _near(near: Close, postings: Postings) -> set[int]:
    """Return the positions of all pairs that stand close enough, in either order."""
    left = [(start, start + width(chain) - 1) for chain in near.left for start in spans(chain, postings)]
    right = [(start, start + width(chain) - 1) for chain in near.right for start in spans(chain, postings)]
    found: set[int] = set()
    for one in left:
        for two in right:
            first, second = (one, two) if one[0] <= two[0] else (two, one)
            if 1 <= second[0] - first[1] <= near.distance:
                found.update(range(first[0], first[1] + 1), range(second[0], second[1] + 1))
    return found
