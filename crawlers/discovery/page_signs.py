"""What a page shows itself to be: an article, a list, or something that cannot be told.

The crawl has no extraction; it needs a judgement only of addresses that nothing vouches for. Marks
that sites set for others (schema.org, Open Graph) count, and how much text stands in links.
"""

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

_SCHEMA = re.compile(
    r"\"@type\"\s{0,20}:\s{0,20}\[?\s{0,20}\"(?:\w{0,20}NewsArticle|Article|BlogPosting|"
    r"LiveBlogPosting)\""
)
_FEW = 3  # marks of one article; a list carries one for each entry
_PUBLISHED = (
    "//meta[@property='article:published_time' or @itemprop='datePublished' or @name='pubdate']"
)
_TIMES = "//time | //*[@itemprop='datePublished']"
_BODY = "//*[@itemprop='articleBody']"
_SCRIPTS = "//script[@type='application/ld+json']/text()"
_CARD = "//meta[@property='og:type']/@content"
_DATE_CLASS = (
    "//*[contains(@class, 'date') or contains(@class, 'time') or contains(@class, 'tarix')]"
)
_DATES_AT_MOST = 4  # of one article, and of what is named beside it
_FRAME = frozenset({"nav", "footer", "header", "script", "style", "noscript", "form", "aside"})
_RUN = 60  # letters of a text that is no label
_LEAST, _MUCH = 150, 700  # letters of running text of an article with marks, and without any


class Shown(StrEnum):
    """What a page shows itself to be."""

    ARTICLE = "article"
    LIST = "list"
    UNSURE = "unsure"


@dataclass(frozen=True, slots=True)
class Signs:
    """What can be counted on a page.

    `marks`: it is marked as an article; `dated`: it has a date, and not one for each of many
    entries; `text` and `linked` are letters of running text and of text in links, its frame left
    out.
    """

    marks: bool
    dated: bool
    text: int
    linked: int


def signs(root: Any) -> Signs:
    """Return the signs of a page's tree."""
    published = len(root.xpath(_PUBLISHED))
    dates = len(root.xpath(_TIMES)) or len(root.xpath(_DATE_CLASS))
    is_dated_once = 0 < dates <= _DATES_AT_MOST
    text, linked = _letters(root)

    return Signs(
        marks=_is_marked(root) or published == 1,
        dated=published > 0 or is_dated_once,
        text=text,
        linked=linked,
    )


def _is_marked(root: Any) -> bool:
    """Tell whether a page is marked as an article: for schema.org, for a card, by its body."""
    schemas = 0
    for text in root.xpath(_SCRIPTS):
        schemas += len(_SCHEMA.findall(str(text)))

    if 0 < schemas <= _FEW:
        return True

    cards = root.xpath(_CARD)
    first_card = str(cards[0]).strip().lower() if cards else ""

    if first_card == "article":
        return True

    return len(root.xpath(_BODY)) == 1


def _letters(root: Any) -> tuple[int, int]:
    """Return the letters of running text outside links, and of text in links."""
    text = linked = 0
    waiting = [(root, False)]

    while waiting:
        element, is_link = waiting.pop()
        if not isinstance(element.tag, str) or element.tag in _FRAME:
            continue

        is_link = is_link or element.tag == "a"
        runs = [element.text, *(child.tail for child in element)]

        for run in filter(None, runs):
            length = len(" ".join(run.split()))
            if is_link:
                linked += length
            elif length >= _RUN:
                text += length

        waiting += [(child, is_link) for child in element]

    return text, linked


def judge(found: Signs) -> Shown:
    """Return what a page with these signs shows itself to be."""
    is_text = found.text > found.linked
    if found.marks and found.text >= _LEAST:
        return Shown.ARTICLE

    if found.dated and is_text and found.text >= _MUCH:
        return Shown.ARTICLE

    is_list = found.linked > found.text * 2 and found.text < _MUCH

    return Shown.LIST if is_list and not found.marks else Shown.UNSURE
