"""Which words made a watch fit: the positions behind a plan, from an article's postings.

They are those that news.query.evaluate finds.
"""

from collections.abc import Callable, Sequence

from news.query import Document
from news.query.nodes import Field
from news.query.plan import AllOf, AnyOf, Chain, Close, NoneOf, Plan, Terms, width
from news.text import BODY_START
from watches.matching.article_terms import ReadArticle

# From an article to the positions of the words that are the reason, in no order; None: no fit.
Reason = Callable[[ReadArticle, Document], list[int] | None]
Holds = Callable[[Document, Field], bool]


def reason_of(plan: Plan, holds: Holds) -> Reason:
    """Return what finds the words for which a plan holds; `holds` answers for fields."""
    match plan:
        case AllOf(parts=parts):
            return _all([reason_of(part, holds) for part in parts])
        case AnyOf(parts=parts):
            return _any([reason_of(part, holds) for part in parts])
        case NoneOf(part=part):
            return _nothing(reason_of(part, holds))
        case Field():
            return lambda _, document: [] if holds(document, plan) else None
        case Close():
            return lambda article, _: near(plan, article) or None
        case Chain() | Terms():
            return _words(plan)


def _all(parts: Sequence[Reason]) -> Reason:
    """Return what finds the words of parts that must all hold."""

    def ask(article: ReadArticle, document: Document) -> list[int] | None:
        places: list[int] = []
        for part in parts:
            found = part(article, document)
            if found is None:
                return None

            places += found

        return places

    return ask


def _any(parts: Sequence[Reason]) -> Reason:
    """Return what finds the words of every alternative that holds."""

    def ask(article: ReadArticle, document: Document) -> list[int] | None:
        places: list[int] = []
        is_fit = False
        for part in parts:
            found = part(article, document)
            if found is not None:
                is_fit = True
                places += found

        return places if is_fit else None

    return ask


def _nothing(part: Reason) -> Reason:
    """Return what finds no words, where a part does not hold."""

    def ask(article: ReadArticle, document: Document) -> list[int] | None:
        return [] if part(article, document) is None else None

    return ask


def _words(plan: Chain | Terms) -> Reason:
    """Return what finds the words of a phrase, wherever it stands."""
    wide = width(plan)

    def ask(article: ReadArticle, _: Document) -> list[int] | None:
        places: list[int] = []
        for start in starts(plan, article):
            places += range(start, start + wide)

        return places or None

    return ask


def starts(plan: Terms | Chain, article: ReadArticle) -> list[int]:
    """Return the first positions at which terms or a chain stand; in no order, and some twice."""
    if isinstance(plan, Terms):
        return _places(plan, article)

    begins = _places(plan.links[0], article)
    for offset, link in enumerate(plan.links[1:], 1):
        if not begins:
            break

        after = _places(link, article)
        begins = [place for place in begins if place + offset in after]

    return begins


def near(plan: Close, article: ReadArticle) -> list[int]:
    """Return the positions of all pairs that stand close enough, in either order."""
    left = _spans(plan.left, article)
    right = _spans(plan.right, article)
    places: list[int] = []
    for one in left:
        for two in right:
            if _are_close(one, two, plan.distance):
                places += one
                places += two

    return places


def _are_close(one: range, two: range, reach: int) -> bool:
    """Return whether the later begins 1 to `reach` positions after the end of the earlier."""
    first, second = (one, two) if one.start <= two.start else (two, one)
    distance = second.start - first.stop + 1

    return 1 <= distance <= reach


def _spans(chains: Sequence[Terms | Chain], article: ReadArticle) -> list[range]:
    """Return the positions that chains cover, one range for each place where one stands."""
    spans: list[range] = []
    for plan in chains:
        wide = width(plan)
        for start in starts(plan, article):
            spans.append(range(start, start + wide))

    return spans


def _places(terms: Terms, article: ReadArticle) -> list[int]:
    """Return where any of these terms stands; in no order, and some twice."""
    whole = terms.whole
    if len(whole) == 1 and not terms.beginnings:
        places = article.positions(whole[0])
    else:
        present = article.anywhere.intersection(whole)
        if terms.beginnings:
            begun = [term for term in article.anywhere if term.startswith(terms.beginnings)]
            present.update(begun)

        places = []
        for term in present:
            places += article.positions(term)

    if terms.title:
        return [place for place in places if place < BODY_START]

    return places
