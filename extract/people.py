"""Who wrote it: persons, not the publisher, not "Staff"."""

import re
from collections.abc import Iterable, Iterator
from typing import Any

from lxml.html import HtmlElement

from extract.dom import attribute
from extract.head import Head
from extract.segments import tidy
from extract.title import key

_SPLIT = re.compile(
    r"\s*[,;|/•·&،՝\n]\s*|\s+-\s+|\s+(?:and|und|et|y|e|i|и|және|və|ve|և|და|va|og|och|en|a|mit|with|für|for|in|aus|و)\s+(?=\w)", re.IGNORECASE)
_PREFIX = re.compile(
    r"^(?:by|von|par|por|di|af|av|door|od|автор(?:ы)?|müəllif|yazar|yazan|հեղինակ|ავტორი|نویسنده|author|autor|written by|text|текст|posted by|"
    r"reporting by|story by|words by|interview|interview by|exclusive|opinion)\s*[:՝.\-–]?\s+|^(?:автор|müəllif|yazar|հեղինակ|ავტორი|نویسنده|author|text|текст)\s*[:՝]\s*",
    re.IGNORECASE)
# News agencies that outlets name as the author: they wrote it, so they stand as authors.
AGENCIES = frozenset((
    "afp", "dpa", "apa", "sda", "ap", "reuters", "tass", "interfax", "epa", "ansa", "efe", "aap", "pa", "upi", "kna", "epd", "sid", "ats", "ntb", "tt", "ritzau", "pap",
    "xinhua", "anadolu", "associatedpress", "deutschepresseagentur", "agencefrancepresse", "bloomberg", "azertac", "azərtac", "trend", "turan", "report", "armenpress",
    "interpressnews", "irna", "isna", "тасс", "интерфакс", "риановости", "kazinform", "казинформ", "uza", "kabar", "кабар", "aa", "dha", "iha"))
_NOBODY = re.compile(
    r"\b(?:staff|admin(?:istrator)?|editor(?:ial|s)?|redak\w*|redac\w*|rédac\w*|redaz\w*|newsroom|news ?desk|desk|team|agenc\w+|agentur|press|"
    r"correspondent|reporters?|web ?master|user|guest|unknown|anonymous|contributor|website|online|digital|редакци\w*|администратор|"
    r"корреспондент|агентств\w*|редактор|xəbər|muxbir|müxbir|agentlik|agentliy\w*|haber\w*|merkezi|ajans\w*|editör\w*|redaksiya|խմբագր\w*|რედაქცია|"
    r"news|nachrichten|tv|media|group|network|service|magazine|foundation|institute|zeitung|verlag|gmbh|ltd|inc|author|autor|автор)\b|خبرگزاری|تحریریه|سردبیر", re.IGNORECASE)
_BRACKETED = re.compile(r"\([^()]{1,40}\)|\([^()]{1,40}$")
_URLISH = re.compile(r"https?:|www\.|@|\.(?:com|net|org|az|am|ge|ru|de|tv|info|eu)\b", re.IGNORECASE)
# A line that says "by" and then a name: two or more words with capitals (where the script has them).
_BYLINE = re.compile(
    r"(?:^|[|•·\d]\s*)\W*(?i:by|von|par|por|written by|автор|müəllif|yazar|հեղինակ|ավտորი|ავტორი|نویسنده|author|text|текст)\s*[:՝.\-–]?\s+"
    r"((?:[^\W\d_a-zа-яёəığüşöç][^\W\d_]*[.'’-]?\s*(?:,|and|und|и|və|և|და|و)?\s*){2,8})(?:$|[|•·\d(,-])")
MAX_AUTHORS = 12


def find(head: Head, root: HtmlElement, sites: Iterable[str], lines: Iterable[str] = ()) -> tuple[str, ...]:
    """Return the authors as persons' names, in page order; `sites` are names of the publisher, `lines` the short lines round the headline."""
    banned = {key(name) for name in sites}
    for source in (_said, _metas, _marked):
        names = list(dict.fromkeys(name for raw in source(head, root) for name in people(raw, banned)))
        if names:
            return tuple(_distinct(names)[:MAX_AUTHORS])
    bylines = (match.group(1) for line in lines if len(line) < 120 and (match := _BYLINE.search(line)))  # noqa: PLR2004
    return tuple(_distinct([name for raw in bylines for name in people(raw, banned) if " " in name]))[:MAX_AUTHORS]


def people(raw: str, banned: set[str]) -> list[str]:
    """Return the persons' names in a byline."""
    raw = _PREFIX.sub("", _BRACKETED.sub("", tidy(raw))).strip(" .,:;-–")
    if not raw or len(raw) > 300:  # noqa: PLR2004
        return []
    return [name for part in _SPLIT.split(raw) if (name := _PREFIX.sub("", part).strip(" .,:;-–()[]\"'")) and is_person(name, banned)]


def is_person(name: str, banned: set[str]) -> bool:
    """Tell whether a string can be a person's name."""
    bare = key(name)
    if bare in AGENCIES:
        return bare not in banned
    words = name.split()
    if not bare or len(name) > 60 or len(words) > 6 or len(bare) < 2:  # noqa: PLR2004
        return False
    if _URLISH.search(name) or _NOBODY.search(name) or any(char.isdigit() for char in name):
        return False
    return bare not in banned and not any(key(word) in banned for word in words)


def _distinct(names: list[str]) -> list[str]:
    """Drop names that are the same person spelled in other case."""
    seen: dict[str, str] = {}
    for name in names:
        seen.setdefault(key(name), name)
    return list(seen.values())


def _said(head: Head, root: HtmlElement) -> Iterator[str]:
    del root
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
        yield from _names(value.get("name"), depth + 1)


_META = ("author", "article:author", "dc.creator", "parsely-author", "sailthru.author", "citation_author", "byl", "article:author_name",
         "dcterms.creator", "og:article:author", "cxenseparse:author", "twitter:creator_name")


def _metas(head: Head, root: HtmlElement) -> Iterator[str]:
    del root
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


def _marked(head: Head, root: HtmlElement) -> Iterator[str]:
    del head
    for path in _MARKED:
        found = [text for element in root.xpath(path)[:6]
                 if (text := tidy(attribute(element, "content") or " ".join(element.itertext()))) and len(text) < 120]  # noqa: PLR2004
        if found:
            yield from found
            return
