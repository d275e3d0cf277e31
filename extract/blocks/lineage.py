"""What an element's ancestors are called, and what they hold: computed once per element of a page."""

import re
from dataclasses import dataclass

from lxml.html import HtmlElement

from extract.page.segments import Segment

_POSITIVE = re.compile(
    r"artic|content|body|story|text|entry|post|detail|main|news|paragraph|prose|rich"
)
_NEGATIVE = re.compile(
    r"relat|recomm|similar|popul|trend|most-|share|social|promo|newslet|subscri|comment|sidebar|side-bar|foot|nav|menu|bread|widget|teaser|"
    r"banner|cookie|consent|modal|popup|outbrain|taboola|more-|readmore|read-more|latest|advert|sponsor|\bads?\b|login|paywall|tag|author|byline|meta|bio|caption|credit|copyright|"
    r"date|time|card|list|carousel|slider|gallery|player|video|poll|toolbar|button|social|follow|signup|also|next|prev|topic|categ|rating|print|header|hidden|disclaimer"
)
# Words of class, id, itemprop and role by what they are used for on the web. Evidence only: never enough to remove a block.
GROUPS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (name, re.compile(words))
    for name, words in (
        (
            "related",
            r"relat|recomm|similar|popul|trend|most-|more-|readmore|read-more|latest|also|outbrain|taboola|teaser|card|carousel|slider|onward|next|promo",
        ),
        ("share", r"share|social|follow|toolbar|print|button|like|rating"),
        (
            "signup",
            r"newslet|subscri|signup|sign-up|login|paywall|cookie|consent|modal|popup|banner|advert|sponsor|\bads?\b|disclaimer",
        ),
        ("author", r"author|byline|bio\b|autor|writer|contributor"),
        ("date", r"date|time|publish|updated|meta\b"),
        ("tag", r"\btags?\b|tags|topic|categ|keyword|bread|label|kicker|section-name"),
        ("caption", r"caption|credit|copyright|figure|media|image|photo|gallery|video|player"),
        ("comment", r"comment|disqus|reply|respond|discussion"),
        (
            "lead",
            r"lead\b|intro|standfirst|teaser-text|summary|excerpt|deck|dek\b|description|subtitle|subhead|vorspann|abstract|chapeau|synopsis",
        ),
        (
            "body",
            r"article-?_?(?:body|text|content)|body-?_?(?:text|copy)|entry-?_?content|post-?_?(?:content|body|text)|story-?_?(?:body|text|content)|"
            r"news-?_?(?:text|body|content|detail)|richtext|rich-text|text-?_?(?:body|block|content)|field-?-?name-?body|node-?_?_?content|detail-?_?(?:text|content|body)",
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
    kept: int = 0  # in segments the base voted for
    count: int = 0  # segments


def _mask(element: HtmlElement) -> tuple[int, float, float]:
    attributes = element.attrib
    names = " ".join(attributes.get(name, "") for name in _ATTRIBUTES) if attributes else ""
    if len(names) <= len(_ATTRIBUTES) - 1:
        return _NONE
    found = _masks.get(names)
    if found is None:
        if len(_masks) > _CACHED:
            _masks.clear()
        small = names.lower()[:300]
        mask = sum(1 << place for place, (_, pattern) in enumerate(GROUPS) if pattern.search(small))
        found = _masks[names] = (
            mask,
            float(_POSITIVE.search(small) is not None),
            float(_NEGATIVE.search(small) is not None),
        )
    return found


def lineage(element: HtmlElement, known: dict[HtmlElement, Lineage]) -> Lineage:
    """Return an element's lineage; `known` holds those of its page already computed."""
    chain = []
    one: HtmlElement | None = element
    while one is not None and one not in known and one.tag not in {"body", "html"}:
        chain.append(one)
        one = one.getparent()
    above = known.setdefault(one, Lineage()) if one is not None else Lineage()
    for one in reversed(chain):
        own, positive, negative = _mask(one)
        above = known[one] = Lineage(
            above.tags | _TAG_BIT.get(one.tag, 0),
            own,
            above.all | own,
            positive + 0.8 * above.positive,
            negative + 0.8 * above.negative,
            above.depth + 1,
        )
    return above


def tally(segments: list[Segment], kept: frozenset[int]) -> dict[HtmlElement, Tally]:
    """Return sums for every ancestor of every segment."""
    sums: dict[HtmlElement, Tally] = {}
    for segment in segments:
        length = len(segment.text)
        long = length if length > 60 and segment.link_share < 0.4 and not segment.hidden else 0  # noqa: PLR2004
        voted = length if segment.index in kept else 0
        element: HtmlElement | None = segment.node
        while element is not None:
            found = sums.get(element)
            if found is None:
                found = sums[element] = Tally()
            found.characters += length
            found.linked += segment.linked
            found.long += long
            found.kept += voted
            found.count += 1
            element = element.getparent()
    return sums
