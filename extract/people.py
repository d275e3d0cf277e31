"""Who wrote it: persons, not the publisher, not "Staff"."""

import re
from collections.abc import Iterable, Iterator
from typing import Any

from lxml.html import HtmlElement

from extract import bylines
from extract.dom import attribute
from extract.head import Head
from extract.segments import Segment, tidy
from extract.title import key

_SPLIT = re.compile(
    r"\s*[,;|/•·&،՝\n]\s*|\s+-\s+|\s+(?:and|und|et|y|e|i|и|және|və|ve|և|და|va|og|och|en|a|mit|with|و)\s+(?=\w)", re.IGNORECASE)
_PREFIX = re.compile(
    r"^(?:by|von|par|por|di|af|av|door|od|автор(?:ы)?|müəllif|yazar|yazan|հեղինակ|ავტორი|نویسنده|author|autor|written by|text|текст|posted by|"
    r"reporting by|story by|words by|interview|interview by|exclusive|opinion)\s*[:՝.\-–]?\s+|^(?:автор|müəllif|yazar|հեղինակ|ავტორი|نویسنده|author|text|текст)\s*[:՝]\s*",
    re.IGNORECASE)
# News agencies that outlets name as the author: they wrote it, so they stand as authors.
AGENCIES = frozenset((
    "afp", "dpa", "apa", "sda", "ap", "reuters", "tass", "interfax", "epa", "ansa", "efe", "aap", "pa", "upi", "kna", "epd", "sid", "ats", "ntb", "tt", "ritzau", "pap",
    "xinhua", "anadolu", "anadoluajansı", "anadoluajansi", "anadoluagency", "associatedpress", "deutschepresseagentur", "agencefrancepresse", "bloomberg", "azertac", "azərtac", "trend", "turan", "report", "armenpress",
    "interpressnews", "irna", "isna", "тасс", "интерфакс", "риановости", "kazinform", "казинформ", "uza", "kabar", "кабар", "aa", "dha", "iha"))
_DESKS = frozenset(("red", "agenturen", "agencies", "agences", "agentura", "агентства", "ajanslar", "agentliklər"))
_NOBODY = re.compile(
    r"\b(?:staff|admin(?:istrator)?|editor(?:ial|s)?|redak\w*|redac\w*|rédac\w*|redaz\w*|newsroom|news ?desk|desk|team|agenc\w+|agentur|press|"
    r"correspondent|reporters?|web ?master|user|guest|unknown|anonymous|contributor|website|online|digital|редакци\w*|администратор|"
    r"корреспондент|агентств\w*|редактор|xəbər|muxbir|müxbir|agentlik|agentliy\w*|haber\w*|merkezi|ajans\w*|editör\w*|redaksiya|խմբագր\w*|რედაქცია|"
    r"news|nachrichten|tv|media|group|network|service|magazine|foundation|institute|zeitung|verlag|gmbh|ltd|inc|author|autor|автор)\b|خبرگزاری|تحریریه|سردبیر", re.IGNORECASE)
_BRACKETED = re.compile(r"\([^()]{1,40}\)|\([^()]{1,40}$")
_WHERE = re.compile(r"\s+(?:in|aus|for|für)\s+(?=\w)[^,;|/]*?(?=\s+(?:and|und|et|y|i|og|och)\s|[,;|/]|$)", re.IGNORECASE)   # "in Tbilisi", "for the Harbour Post"
_ROLE = re.compile(r"\s+(?:기자|특파원|記者|记者)$")     # "reporter", written after the name
_URLISH = re.compile(r"https?:|www\.|@|\.(?:com|net|org|az|am|ge|ru|de|tv|info|eu)\b", re.IGNORECASE)
MAX_AUTHORS = 12


def find(head: Head, root: HtmlElement, sites: Iterable[str], segments: list[Segment], *, at: int = 0, last: str = "") -> tuple[str, ...]:
    """Return the authors as persons' names, in page order.

    `sites` are names of the publisher, `at` is the number of the headline's segment, `last` the text's last line.
    What is said to machines comes first, then labelled lines near the headline, elements marked as an author's, and lines
    that are nothing but a name, beside the date or at the end of the text.
    """
    banned = {key(name) for name in sites}
    near = {segment.key for segment in bylines.near(segments, at)}
    sources: tuple[Iterable[str], ...] = (_said(head), _metas(head), _full(bylines.labelled(segments, at)), _marked(root, near),
               _full(bylines.elsewhere(segments)), _full(bylines.beside_date(segments, at)), [bylines.signature(last)])
    for source in sources:
        names = _distinct([name for raw in source for name in people(raw, banned)])
        if names:
            return tuple(names[:MAX_AUTHORS])
    return ()


def _full(raw: Iterable[str]) -> Iterator[str]:
    """Give bylines of lines without their one-word parts: a place, a role, an agency's short name."""
    for line in raw:
        yield ",".join(part for part in _SPLIT.split(_PREFIX.sub("", tidy(line))) if " " in part.strip())


def people(raw: str, banned: set[str]) -> list[str]:
    """Return the persons' names in a byline."""
    raw = _ROLE.sub("", _PREFIX.sub("", _BRACKETED.sub("", tidy(raw))).strip(" .,:;-–"))
    if not raw or len(raw) > 300:  # noqa: PLR2004
        return []
    return [name for part in _SPLIT.split(_WHERE.sub("", raw)) if (name := _PREFIX.sub("", part).strip(" .,:;-–()[]\"'")) and is_person(name, banned)]


def is_person(name: str, banned: set[str]) -> bool:
    """Tell whether a string can be the name of a person, or is a news agency's."""
    bare = key(name)
    if bare.removeprefix("the") in AGENCIES:
        return bare.removeprefix("the") not in banned
    words = name.split()
    if not bare or bare in _DESKS or len(name) > 60 or len(words) > 6 or len(bare) < 2:  # noqa: PLR2004
        return False
    if _URLISH.search(name) or _NOBODY.search(name) or any(char.isdigit() for char in name):
        return False
    return not _is_house(name, bare, words, banned)


def _is_house(name: str, bare: str, words: list[str], banned: set[str]) -> bool:
    """Tell whether a name is the publisher's: equal, with the publisher's name in it, or its short form in capitals."""
    if bare in banned or any(key(word) in banned for word in words if len(word) > 3 or word.isupper()):  # noqa: PLR2004
        return True
    return any((len(site) > 5 and bare.startswith(site)) or (len(words) == 1 and name.isupper() and len(bare) > 2 and site.startswith(bare))  # noqa: PLR2004
               for site in banned)


def _distinct(names: list[str]) -> list[str]:
    """Drop names that are the same person spelled in other case."""
    seen: dict[str, str] = {}
    for name in names:
        seen.setdefault(key(name), name)
    return list(seen.values())


def _said(head: Head) -> Iterator[str]:
    for item in head.articles[:2]:
        for name in ("author", "creator"):
            yield from _names(item.get(name))


def _names(value: Any, depth: int = 0) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, list) and depth < 3:  # noqa: PLR2004
        for item in value[:MAX_AUTHORS]:
            yield from _names(item, depth + 1)
    elif isinstance(value, dict):
        given, family = value.get("givenName"), value.get("familyName")
        built = f"{given} {family}" if isinstance(given, str) and isinstance(family, str) else None
        yield from _names(value.get("name") or built, depth + 1)


_META = ("author", "article:author", "dc.creator", "parsely-author", "sailthru.author", "citation_author", "byl", "article:author_name",
         "dcterms.creator", "og:article:author", "cxenseparse:author", "twitter:creator_name", "articleauthor", "dcsext.author")


def _metas(head: Head) -> Iterator[str]:
    for name in _META:
        values = [value for value in head.metas.get(name, ()) if not _URLISH.search(value)]
        if values:
            yield from values
            return


_MARKED = (
    ".//*[@itemprop='author']//*[@itemprop='name']", ".//*[@itemprop='author']", ".//a[@rel='author']",
    ".//*[contains(@class,'author') and contains(@class,'name')]", ".//*[contains(@class,'byline')]",
    ".//a[contains(@href,'/author/') or contains(@href,'/authors/') or contains(@href,'/autor/')]",
)


def _marked(root: HtmlElement, near: set[str]) -> Iterator[str]:
    """Give what the first kind of author mark-up says; of several, those that stand near the headline."""
    for path in _MARKED:
        found = [text for element in root.xpath(path)[:6]
                 if (text := tidy(attribute(element, "content") or " ".join(element.itertext()))) and len(text) < 120]  # noqa: PLR2004
        if found:
            close = [text for text in found if len(key(text)) > 3 and any(key(text) in line for line in near)]  # noqa: PLR2004
            yield from close or found
            return
