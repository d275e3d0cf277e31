"""Bylines that a page states in mark-up: JSON-LD, meta elements, elements made for authors, the state that scripts carry. Raw; `people` reads them."""

import re
from collections.abc import Iterator
from typing import Any

from lxml.html import HtmlElement

from extract.page.dom import attribute
from extract.page.head import Head
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
# Accounts that are not a person's: what content systems call the one who set the site up.
_MAYBE = re.compile("/(?:author|autor|user|profile)")
_ACCOUNT = re.compile(
    r"/(?:author|autor|user|users|profile)s?/(?:\w*admin|administrator|editor|redaktor|redaksiya|redakcia|redaction|news|webmaster)/?$",
    re.IGNORECASE,
)


def said(head: Head) -> Iterator[str]:
    """Give the authors that the page's JSON-LD names for its article; references to other objects are followed."""
    known = {item["@id"]: item for item in head.objects if isinstance(item.get("@id"), str)}
    for item in head.articles[:2]:
        for name in ("author", "creator"):
            yield from _names(item.get(name), known)


def _names(value: Any, known: dict[str, dict[str, Any]], depth: int = 0) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, list) and depth < 3:  # noqa: PLR2004
        for item in value[:MOST]:
            yield from _names(item, known, depth + 1)
    elif isinstance(value, dict):
        yield from _of_object(value, known, depth)


def _of_object(
    value: dict[str, Any], known: dict[str, dict[str, Any]], depth: int
) -> Iterator[str]:
    reference = value.get("@id")
    if "name" not in value and isinstance(reference, str):
        value = known.get(reference, value)
    given, family = value.get("givenName"), value.get("familyName")
    built = f"{given} {family}" if isinstance(given, str) and isinstance(family, str) else None
    yield from (
        _names(value.get("name") or built, known, max(depth, 2) + 1)
        if not isinstance(value.get("name"), dict)
        else ()
    )


def accounts(root: HtmlElement, head: Head) -> Iterator[str]:
    """Give the keys of names that belong to an account which is nobody's in person, by the page's links and JSON-LD."""
    for link in root.iter("a"):
        href = link.get("href") or ""
        if (
            _MAYBE.search(href)
            and _ACCOUNT.search(href)
            and (name := key(" ".join(link.itertext())))
        ):
            yield name
    for item in (*head.articles[:2], *head.objects):
        for author in (
            item,
            *(value if isinstance(value := item.get("author"), list) else [value]),
        ):
            if (
                isinstance(author, dict)
                and isinstance(author.get("name"), str)
                and any(
                    _ACCOUNT.search(one)
                    for one in (author.get("url"), author.get("@id"))
                    if isinstance(one, str)
                )
            ):
                yield key(author["name"])


def metas(head: Head) -> Iterator[str]:
    """Give what the first meta element made for authors says."""
    for name in _META:
        values = [value for value in head.metas.get(name, ()) if not _ADDRESS.search(value)]
        if values:
            yield from (_turned(value) if name in _LIBRARY else value for value in values)
            return


def _turned(value: str) -> str:
    """Turn "Surname, Name" round: one comma, at least one side a single word and neither in capitals."""
    left, comma, right = (part.strip() for part in value.partition(","))
    sides = (left, right)
    if (
        not comma
        or "," in right
        or not all(sides)
        or not any(" " not in side for side in sides)
        or any(side.isupper() or len(side.split()) > 2 for side in sides)  # noqa: PLR2004
    ):
        return value
    return f"{right} {left}"


_STRICT = (
    ".//*[@itemprop='author' or contains(concat(' ',normalize-space(@rel),' '),' author ')]",
)
_MARKED = (
    ".//*[@itemprop='author']//*[@itemprop='name']",
    ".//*[@itemprop='author']",
    ".//a[contains(concat(' ',normalize-space(@rel),' '),' author ')]",
    ".//*[contains(@class,'author') and contains(@class,'name')]",
    ".//*[contains(@class,'byline')]",
    ".//a[contains(@href,'/author/') or contains(@href,'/authors/') or contains(@href,'/autor/')]",
)


def marked(root: HtmlElement, near: set[str]) -> Iterator[str]:
    """Give what the first kind of author mark-up says; of several, those that stand near the headline."""
    for path in _MARKED:
        found = _texts(root, path)
        if found:
            yield from _close(found, near) or found
            return


def strict(root: HtmlElement, near: set[str]) -> list[str]:
    """Return what elements say near the headline whose mark-up can only mean the author."""
    return [text for path in _STRICT for text in _close(_texts(root, path), near)]


def _texts(root: HtmlElement, path: str) -> list[str]:
    found = (
        tidy(attribute(element, "content") or " ".join(element.itertext()))
        for element in root.xpath(path)[:6]
    )
    return [text for text in found if text and len(text) < LONGEST]


def _close(found: list[str], near: set[str]) -> list[str]:
    return [
        text
        for text in found
        if len(key(text)) > 3 and any(key(text) in line for line in near)  # noqa: PLR2004
    ]


_STATE = re.compile(
    r"""["'](?:author|authors|author_?name|article_?author|content_?author|page_?author|writer|byline|journalist)["']\s*:\s*\[?\s*(["'])((?:(?!\1)[^\\<>{}\n]){3,80})\1""",
    re.IGNORECASE,
)
_MAX_SCRIPT = 300_000  # characters of one script that are searched


def state(root: HtmlElement, near: set[str]) -> Iterator[str]:
    """Give the authors in data layers and script state that the page also shows near the headline; state knows other articles' authors too."""
    for script in root.iter("script"):
        source = script.text or ""
        if (
            "uthor" not in source[:_MAX_SCRIPT]
            and "writer" not in source[:_MAX_SCRIPT]
            and "byline" not in source[:_MAX_SCRIPT]
        ):
            continue
        shown = [
            match[2]
            for match in _STATE.finditer(source[:_MAX_SCRIPT])
            if any(
                key(match[2]) == line or (len(key(match[2])) > 5 and key(match[2]) in line)  # noqa: PLR2004
                for line in near
            )
        ]
        if shown:
            yield from shown[:MOST]
            return
