"""Bylines that a page states in mark-up.

JSON-LD, meta elements, elements made for authors, the state that scripts carry. Raw;
`people` reads them.
"""

import re
from collections.abc import Iterator
from itertools import islice
from typing import Any

from lxml.html import HtmlElement

from extract.page.dom import attribute
from extract.page.head import Head, types
from extract.page.segments import tidy
from extract.page.title import key

# News agencies that outlets name as the author: they wrote it, so they stand as authors.
AGENCIES = frozenset(
    (
        "afp",
        "dpa",
        "apa",
        "sda",
        "ap",
        "reuters",
        "tass",
        "interfax",
        "epa",
        "ansa",
        "efe",
        "aap",
        "pa",
        "upi",
        "kna",
        "epd",
        "sid",
        "ats",
        "ntb",
        "tt",
        "ritzau",
        "pap",
        "xinhua",
        "anadolu",
        "anadoluajansı",
        "anadoluajansi",
        "anadoluagency",
        "associatedpress",
        "deutschepresseagentur",
        "agencefrancepresse",
        "bloomberg",
        "azertac",
        "azərtac",
        "trend",
        "turan",
        "report",
        "armenpress",
        "interpressnews",
        "irna",
        "isna",
        "тасс",
        "интерфакс",
        "риановости",
        "kazinform",
        "казинформ",
        "uza",
        "kabar",
        "кабар",
        "aa",
        "dha",
        "iha",
    )
)
_HOUSES = frozenset(("organization", "newsmediaorganization", "corporation"))
_DEEPEST = 3  # levels of lists in which names are sought
MOST = 12  # names of one source that are read
LONGEST = 120  # characters of an element that can be a byline
_META = (
    "author",
    "article:author",
    "dc.creator",
    "parsely-author",
    "sailthru.author",
    "citation_author",
    "byl",
    "article:author_name",
    "dcterms.creator",
    "og:article:author",
    "cxenseparse:author",
    "twitter:creator_name",
    "articleauthor",
    "dcsext.author",
)
_LIBRARY = frozenset(
    ("dc.creator", "dcterms.creator", "citation_author")
)  # library cards: "Surname, Name"
_ADDRESS = re.compile(r"https?:|www\.|@", re.IGNORECASE)
_STRICT = (
    ".//*[@itemprop='author' or contains(concat(' ',normalize-space(@rel),' '),' author ')]",
)
_MARKED = (
    ".//*[@itemprop='author']//*[@itemprop='name']",
    ".//*[@itemprop='author']",
    ".//a[contains(concat(' ',normalize-space(@rel),' '),' author ')]",
    ".//*[contains(@class,'author') and contains(@class,'name')]",
    ".//*[contains(@class,'byline')]",
    ".//*[contains(concat(' ',normalize-space(@class),' '),' author ')]",
    ".//a[contains(@href,'/author/') or contains(@href,'/authors/') or contains(@href,'/autor/')]",
)
_STATE = re.compile(
    r"""["'](?:authors?|author_?name|article_?author|content_?author|page_?author|writer|"""
    r"""byline|journalist)["']\s*:\s*\[?\s*(["'])((?:(?!\1)[^\\<>{}\n]){3,80})\1""",
    re.IGNORECASE,
)
_COMMENT = re.compile(
    r"(?:^|[\s_-])comment(?:list|s?(?:$|[\s_-](?!open|closed|count|form)))", re.IGNORECASE
)
_COMMENT_REACH = 5  # boxes round a marked element that can make it a commenter's
_MAX_SCRIPT = 300_000  # characters of one script that are searched
_HINTS = ("uthor", "writer", "byline")  # what a script with an author in its state holds


def said(head: Head, *, houses: bool = False) -> Iterator[str]:
    """Give the authors that the page's JSON-LD names for its article.

    Where all of them are organisations, they are given when `houses` are asked for.
    References to other objects are followed.

    Raw, as the page writes them; at most `MOST` of a list.
    """
    known: dict[str, dict[str, Any]] = {}

    for item in head.objects:
        name = item.get("@id")
        if isinstance(name, str):
            known[name] = item

    for item in head.articles[: 1 if head.matched else 2]:
        for name in ("author", "creator"):
            value = item.get(name)
            if _is_house(value, known) is houses:
                yield from _names(value, known)


def _is_house(value: Any, known: dict[str, dict[str, Any]]) -> bool:
    """Tell whether a JSON-LD value names organisations alone."""
    objects = value if isinstance(value, list) else [value]
    if not objects:
        return False

    for item in objects:
        if not isinstance(item, dict):
            return False

        reference = item.get("@id")
        if "name" not in item and isinstance(reference, str):
            item = known.get(reference, item)  # noqa: PLW2901 - the object that is meant

        if not types(item) & _HOUSES:
            return False

    return True


def _names(value: Any, known: dict[str, dict[str, Any]], depth: int = 0) -> Iterator[str]:
    """Give the names in a JSON-LD value: a name, an object, or a list of either.

    `known` are the page's objects by id.
    """
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        yield from _of_object(value, known, depth)
    elif isinstance(value, list) and depth < _DEEPEST:
        for item in value[:MOST]:
            yield from _names(item, known, depth + 1)


def _of_object(
    value: dict[str, Any],
    known: dict[str, dict[str, Any]],
    depth: int,
) -> Iterator[str]:
    """Give the names of one JSON-LD object, or of the one it refers to."""
    reference = value.get("@id")
    if "name" not in value and isinstance(reference, str):
        value = known.get(reference, value)

    name = value.get("name")
    if isinstance(name, dict):
        return

    given = value.get("givenName")
    family = value.get("familyName")
    if not name and isinstance(given, str) and isinstance(family, str):
        name = f"{given} {family}"

    yield from _names(name, known, max(depth, _DEEPEST - 1) + 1)


def metas(head: Head) -> Iterator[str]:
    """Give what the first meta element made for authors says."""
    for name in _META:
        values = [value for value in head.metas.get(name, ()) if not _ADDRESS.search(value)]
        if not values:
            continue

        for value in values:
            yield _turned(value) if name in _LIBRARY else value

        return


def _turned(value: str) -> str:
    """Turn "Surname, Name" round.

    One comma, at least one side a single word and neither in capitals.
    """
    left, comma, right = value.partition(",")
    left = left.strip()
    right = right.strip()
    if not comma or "," in right or not left or not right:
        return value

    if " " in left and " " in right:
        return value

    for side in (left, right):
        if side.isupper() or len(side.split()) > 2:  # noqa: PLR2004
            return value

    return f"{right} {left}"


def marked(root: HtmlElement, near: set[str]) -> Iterator[str]:
    """Give what the first kind of author mark-up says.

    Of several, those that stand near the headline.

    `near` are the lines round the headline, as keys.
    """
    for path in _MARKED:
        texts = _texts(root, path)
        if texts:
            yield from _close(texts, near) or texts
            return


def shown(root: HtmlElement, near: set[str]) -> list[str]:
    """Return what the first author mark-up says that stands near the headline."""
    for path in _MARKED:
        close = _close(_texts(root, path), near)
        if close:
            return close

    return []


def strict(root: HtmlElement, near: set[str]) -> list[str]:
    """Return what elements say near the headline whose mark-up can only mean the author."""
    found: list[str] = []

    for path in _STRICT:
        found += _close(_texts(root, path), near)

    return found


def _texts(root: HtmlElement, path: str) -> list[str]:
    """Return what the first elements of a path say, as far as it can be a byline."""
    texts = []

    for element in root.xpath(path)[:12]:
        if _is_organisation(element) or _is_readers(element):
            continue

        content = attribute(element, "content") or " ".join(element.itertext())
        text = tidy(content)
        if text and len(text) < LONGEST:
            texts.append(text)

    return texts[:6]


def _is_readers(element: HtmlElement) -> bool:
    """Tell whether an element, or a box close round it, is called a reader's comment."""
    for one in (element, *islice(element.iterancestors(), _COMMENT_REACH)):
        named = f"{attribute(one, 'class')} {attribute(one, 'id')}"
        if _COMMENT.search(named):
            return True

    return False


def _is_organisation(element: HtmlElement) -> bool:
    """Tell whether microdata say that an element, or the one it stands in, is an organisation."""
    parent = element.getparent()

    for one in (element, parent):
        if one is not None and "organization" in attribute(one, "itemtype").lower():
            return True

    return False


def _close(texts: list[str], near: set[str]) -> list[str]:
    """Return the texts that stand in one of the lines round the headline.

    `near` are those lines as keys.
    """
    close = []

    for text in texts:
        sought = key(text)
        if len(sought) > 3 and any(sought in line for line in near):  # noqa: PLR2004
            close.append(text)

    return close


def state(root: HtmlElement, near: set[str]) -> Iterator[str]:
    """Give the authors in data layers and script state that the page also shows near the headline.

    State knows other articles' authors too.
    """
    for script in root.iter("script"):
        source = (script.text or "")[:_MAX_SCRIPT]
        if not any(hint in source for hint in _HINTS):
            continue

        shown = [match[2] for match in _STATE.finditer(source) if _is_shown(match[2], near)]
        if shown:
            yield from shown[:MOST]
            return


def _is_shown(name: str, near: set[str]) -> bool:
    """Tell whether a name is a line round the headline, or stands in one."""
    sought = key(name)
    if sought in near:
        return True

    return len(sought) > 5 and any(sought in line for line in near)  # noqa: PLR2004
