"""What an element's ancestors are called, and what they hold.

Computed once per element of a page.
"""

import re
from dataclasses import dataclass

from lxml.html import HtmlElement

from extract.page.segments import Segment

_POSITIVE = re.compile(
    r"artic|content|body|story|text|entry|post|detail|main|news|paragraph|prose|rich"
)
_NEGATIVE = re.compile(
    r"relat|recomm|similar|popul|trend|most-|share|social|promo|newslet|subscri|comment|sidebar|"
    r"side-bar|foot|nav|menu|bread|widget|teaser|"
    r"banner|cookie|consent|modal|popup|outbrain|taboola|more-|readmore|read-more|latest|advert|"
    r"sponsor|\bads?\b|login|paywall|tag|author|byline|meta|bio|caption|credit|copyright|"
    r"date|time|card|list|carousel|slider|gallery|player|video|poll|toolbar|button|social|"
    r"follow|signup|also|next|prev|topic|categ|rating|print|header|hidden|disclaimer"
)
# Words of class, id, itemprop and role by what they are used for on the web. Evidence
# only: never enough to remove a block.
GROUPS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (name, re.compile(words))
    for name, words in (
        (
            "related",
            r"relat|recomm|similar|popul|trend|most-|more-|readmore|read-more|latest|also|"
            r"outbrain|taboola|teaser|card|carousel|slider|onward|next|promo",
        ),
        ("share", r"share|social|follow|toolbar|print|button|like|rating"),
        (
            "signup",
            r"newslet|subscri|signup|sign-up|login|paywall|cookie|consent|modal|popup|banner|"
            r"advert|sponsor|\bads?\b|disclaimer",
        ),
        ("author", r"author|byline|bio\b|autor|writer|contributor"),
        ("date", r"date|time|publish|updated|meta\b"),
        ("tag", r"\btags?\b|tags|topic|categ|keyword|bread|label|kicker|section-name"),
        ("caption", r"caption|credit|copyright|figure|media|image|photo|gallery|video|player"),
        ("comment", r"comment|disqus|reply|respond|discussion"),
        (
            "lead",
            r"lead\b|intro|standfirst|teaser-text|summary|excerpt|deck|dek\b|description|"
            r"subtitle|subhead|vorspann|abstract|chapeau|synopsis",
        ),
        (
            "body",
            r"article-?_?(?:body|text|content)|body-?_?(?:text|copy)|entry-?_?content|"
            r"post-?_?(?:content|body|text)|story-?_?(?:body|text|content)|"
            r"news-?_?(?:text|body|content|detail)|richtext|rich-text|text-?_?(?:body|block|"
            r"content)|field-?-?name-?body|node-?_?_?content|detail-?_?(?:text|content|body)",
        ),
        ("side", r"side-?bar|aside|foot|nav|menu|header|widget"),
    )
)
TAGS = (
    "nav",
    "header",
    "footer",
    "aside",
    "form",
    "figure",
    "article",
    "main",
    "table",
    "a",
    "li",
    "section",
    "blockquote",
    "button",
    "dialog",
    "ul",
)
_TAG_BIT = {tag: 1 << place for place, tag in enumerate(TAGS)}
_ATTRIBUTES = ("class", "id", "itemprop", "role")
_LONGEST = 300  # characters of an element's names that are looked at
_FADING = 0.8  # what a sign counts for one level further down
LENGTHY, LINKED = 60, 0.4  # characters and share of links between which a segment is prose
_CACHED = 20_000  # class attributes remembered between pages
_NONE = (0, 0.0, 0.0)
_masks: dict[str, tuple[int, float, float]] = {}


@dataclass(slots=True)
class Lineage:
    """What an element and its ancestors say, as bit masks over `TAGS` and `GROUPS`."""

    tags: int = 0
    own: int = 0
    all: int = 0  # class groups of the element and everything above it
    positive: float = 0.0  # good signs, each level up counting for less
    negative: float = 0.0
    depth: int = 0


@dataclass(slots=True)
class Tally:
    """Sums over the segments below one element, in characters."""

    characters: int = 0
    linked: int = 0
    long: int = 0  # in long, barely linked segments
    count: int = 0  # segments


def _mask(element: HtmlElement) -> tuple[int, float, float]:
    """Return an element's groups as a mask, and whether its names are a good and a bad sign."""
    attributes = element.attrib
    if not attributes:
        return _NONE

    names = " ".join(attributes.get(name, "") for name in _ATTRIBUTES)
    if len(names) <= len(_ATTRIBUTES) - 1:
        return _NONE

    known = _masks.get(names)
    if known is not None:
        return known

    if len(_masks) > _CACHED:
        _masks.clear()

    small = names.lower()[:_LONGEST]
    mask = 0

    for position, (_, pattern) in enumerate(GROUPS):
        if pattern.search(small):
            mask |= 1 << position

    positive = _POSITIVE.search(small) is not None
    negative = _NEGATIVE.search(small) is not None
    found = (mask, float(positive), float(negative))
    _masks[names] = found

    return found


def lineage(element: HtmlElement, known: dict[HtmlElement, Lineage]) -> Lineage:
    """Return an element's lineage.

    `known` holds those of its page already computed, and gets this one.

    Elements of a page share their ancestors, so that each is computed once.
    """
    chain = []
    one: HtmlElement | None = element

    while one is not None and one not in known and one.tag not in {"body", "html"}:
        chain.append(one)
        one = one.getparent()

    above = Lineage()
    if one is not None:
        above = known.setdefault(one, above)

    for one in reversed(chain):
        own, positive, negative = _mask(one)
        above = Lineage(
            tags=above.tags | _TAG_BIT.get(one.tag, 0),
            own=own,
            all=above.all | own,
            positive=positive + _FADING * above.positive,
            negative=negative + _FADING * above.negative,
            depth=above.depth + 1,
        )
        known[one] = above

    return above


def tally(segments: list[Segment]) -> dict[HtmlElement, Tally]:
    """Return sums for every ancestor of every segment.

    Hidden segments count as characters, never as prose.
    """
    sums: dict[HtmlElement, Tally] = {}

    for segment in segments:
        length = len(segment.text)
        prose = length > LENGTHY and segment.link_share < LINKED and not segment.hidden
        long = length if prose else 0
        element: HtmlElement | None = segment.node

        while element is not None:
            found = sums.get(element)
            if found is None:
                found = Tally()
                sums[element] = found

            found.characters += length
            found.linked += segment.linked
            found.long += long
            found.count += 1
            element = element.getparent()

    return sums
