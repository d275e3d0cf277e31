"""Which words made a watch fit: the positions behind a plan, as news.query.evaluate finds them, from an article's postings."""

from collections.abc import Callable, Sequence

from news.query import Document
from news.query.nodes import Field
from news.query.plan import All, Any, Chain, Close, Nothing, Plan, Terms, width
from news.text import BODY_START
from watches.matching.article_terms import Read

Why = Callable[[Read, Document], list[int] | None]
Has = Callable[[Document, Field], bool]


def why(plan: Plan, has: Has) -> Why:
    """Return a function from an article to the positions of the words that are the reason why the plan holds, in no order; None when it does not."""
    match plan:
        case All(parts=parts):
            return _all([why(part, has) for part in parts])
        case Any(parts=parts):
            return _any([why(part, has) for part in parts])
        case Nothing(part=part):
            inner = why(part, has)
            return lambda read, document: [] if inner(read, document) is None else None
        case Field():
            return lambda _, document: [] if has(document, plan) else None
        case Close():
            return lambda read, _: near(plan, read) or None
        case Chain() | Terms():
            wide = width(plan)
            return lambda read, _: (
                [start + offset for start in starts(plan, read) for offset in range(wide)] or None
            )


def _all(parts: Sequence[Why]) -> Why:
    def ask(read: Read, document: Document) -> list[int] | None:
        found: list[int] = []
        for part in parts:
            places = part(read, document)
            if places is None:
                return None
            found += places
        return found

    return ask


def _any(parts: Sequence[Why]) -> Why:
    def ask(read: Read, document: Document) -> list[int] | None:
        answers = [places for part in parts if (places := part(read, document)) is not None]
        return [place for places in answers for place in places] if answers else None

    return ask


def starts(plan: Terms | Chain, read: Read) -> list[int]:
    """Return the first positions at which terms or a chain stand; in no order, and some twice."""
    if isinstance(plan, Terms):
        return _places(plan, read)
    found = _places(plan.links[0], read)
    for offset, link in enumerate(plan.links[1:], 1):
        if not found:
            break
        after = _places(link, read)
        found = [place for place in found if place + offset in after]
    return found


def near(plan: Close, read: Read) -> list[int]:
    """Return the positions of all pairs that stand close enough, in either order."""
    left, right = _spans(plan.left, read), _spans(plan.right, read)
    found: list[int] = []
    for one in left:
        for two in right:
            first, second = (one, two) if one[0] <= two[0] else (two, one)
            if 1 <= second[0] - first[1] <= plan.distance:
                found += [*range(first[0], first[1] + 1), *range(second[0], second[1] + 1)]
    return found


def _spans(plans: Sequence[Terms | Chain], read: Read) -> list[tuple[int, int]]:
    """Return the first and last positions of chains."""
    return [(start, start + width(plan) - 1) for plan in plans for start in starts(plan, read)]


def _places(terms: Terms, read: Read) -> list[int]:
    """Return where any of these terms stands; in no order, and some twice."""
    whole = terms.whole
    if len(whole) == 1 and not terms.beginnings:
        found = read.positions(whole[0])
    else:
        held = read.anywhere.intersection(whole)
        if terms.beginnings:
            held.update([term for term in read.anywhere if term.startswith(terms.beginnings)])
        found = [place for term in held for place in read.positions(term)]
    return [place for place in found if place < BODY_START] if terms.title else found
