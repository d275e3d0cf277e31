"""What a page says of itself to machines.

Meta elements, links, JSON-LD, its document title and language.
"""

import html
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from lxml.html import HtmlElement

from extract.page.dom import attribute
from extract.page.segments import tidy

Json = dict[str, Any]
# schema.org's Article and its subtypes that carry news.
ARTICLES = frozenset(
    {
        "article",
        "newsarticle",
        "reportagenewsarticle",
        "analysisnewsarticle",
        "opinionnewsarticle",
        "backgroundnewsarticle",
        "reviewnewsarticle",
        "askpublicnewsarticle",
        "blogposting",
        "socialmediaposting",
        "report",
        "techarticle",
        "scholarlyarticle",
        "liveblogposting",
        "advertisercontentarticle",
        "satiricalarticle",
        "interview",
    }
)
_MAX_SCRIPT = 2_000_000  # characters of one script that are still parsed
_MAX_OBJECTS = 500
_WORD = re.compile(r"\w+")
_TRAILING_COMMA = re.compile(r",(\s*[}\]])")
_OPENINGS, _CLOSINGS = ("<!--", "<![CDATA["), ("-->", "]]>")


@dataclass(slots=True)
class Head:
    """The machine-readable part of a page. Keys of `metas` are small letters."""

    metas: dict[str, list[str]] = field(default_factory=dict)
    objects: list[Json] = field(default_factory=list)
    canonical: str = ""
    amp: str = ""
    title: str = ""
    language: str = ""
    generator: str = ""
    known: tuple[list[Json], list[Json]] | None = field(default=None, repr=False)
    matched: bool = False  # the first of the articles is the page's own

    def meta(self, *names: str) -> str:
        """Return the first non-empty content of these meta elements, in this order.

        Empty for none.
        """
        for name in names:
            for value in self.metas.get(name, ()):
                if value:
                    return value

        return ""

    @property
    def articles(self) -> list[Json]:
        """The JSON-LD objects that are articles, the page's own first, the others in page order."""
        if self.known is None or len(self.known[1]) != len(self.objects):
            found = [item for item in self.objects if types(item) & ARTICLES]
            self.known = (found, list(self.objects))

        return self.known[0]

    def prefer(self, headline: str, address: str) -> None:
        """Set the article that is the page's own before the others.

        It has the page's headline, or its address.
        """
        wanted = fold(headline)
        own = []

        for item in self.articles:
            stated = item.get("headline") or item.get("name")
            called = isinstance(stated, str) and bool(wanted) and fold(stated) == wanted
            if called or _addresses(item) & {address, self.canonical}:
                own.append(item)

        if not own:
            return

        others = [item for item in self.articles if item not in own]
        self.known = (own + others, list(self.objects))
        self.matched = True


def fold(text: str) -> str:
    """Return letters and digits alone, in small letters."""
    return "".join(_WORD.findall(html.unescape(text).casefold())).replace("_", "")


def _addresses(item: Json) -> set[str]:
    """Return the addresses that a JSON-LD object gives for its page."""
    found = {item.get("url"), item.get("@id")}
    page = item.get("mainEntityOfPage")
    if isinstance(page, dict):
        found |= {page.get("url"), page.get("@id")}
    else:
        found.add(page if isinstance(page, str) else None)

    return {one for one in found if isinstance(one, str) and one}


def types(item: Json) -> set[str]:
    """Return the types of a JSON-LD object, in small letters and without prefixes."""
    value = item.get("@type")
    names = value if isinstance(value, list) else [value]
    found: set[str] = set()

    for name in names:
        if isinstance(name, str):
            bare = name.rsplit("/", 1)[-1].rsplit(":", 1)[-1]
            found.add(bare.lower())

    return found


def read(root: HtmlElement) -> Head:
    """Return what the page says of itself."""
    language = attribute(root, "lang") or attribute(root, "xml:lang")
    head = Head(language=language)

    for element in root.iter("meta", "link", "title", "script"):
        match element.tag:
            case "meta":
                _meta(element, head)
            case "link":
                _link(element, head)
            case "title":
                _title(element, head)
            case _:
                _script(element, head)

    return head


def _meta(element: HtmlElement, head: Head) -> None:
    """Take a meta element under each of its names."""
    content = attribute(element, "content").strip()
    if not content:
        return

    for name in ("property", "name", "itemprop", "http-equiv"):
        key = attribute(element, name).strip().lower()
        if key:
            head.metas.setdefault(key, []).append(content)


def _link(element: HtmlElement, head: Head) -> None:
    """Take the first address that the page calls its canonical one.

    And the first one of its AMP form.
    """
    relation = attribute(element, "rel").lower().split()
    href = attribute(element, "href").strip()
    if "canonical" in relation and not head.canonical:
        head.canonical = href
    elif "amphtml" in relation and not head.amp:
        head.amp = href


def _title(element: HtmlElement, head: Head) -> None:
    """Take the first title of the document; drawings have titles of their own."""
    parent = element.getparent()
    if not head.title and parent is not None and parent.tag != "svg":
        head.title = tidy(element.text_content())


def _script(element: HtmlElement, head: Head) -> None:
    """Take the objects of a JSON-LD script."""
    if "ld+json" not in attribute(element, "type").lower():
        return

    if len(head.objects) < _MAX_OBJECTS:
        head.objects.extend(_flatten(_load(element.text or "")))


def _load(text: str) -> Any:
    """Return the value of a JSON-LD script, its commonest faults mended.

    None when it holds none.
    """
    if not text or len(text) > _MAX_SCRIPT:
        return None

    text = _unwrapped(text)

    for attempt in (text, _TRAILING_COMMA.sub(r"\1", text), html.unescape(text)):
        try:
            return json.loads(attempt, strict=False)
        except (ValueError, RecursionError):
            continue

    return None


def _unwrapped(text: str) -> str:
    """Return a script without the comment or CDATA marks around it.

    The marks may be commented out themselves.
    """
    text = text.strip()
    bare = text.removeprefix("//").lstrip()

    for mark in _OPENINGS:
        if bare.startswith(mark):
            text = bare.removeprefix(mark)

    bare = text.removesuffix(";").rstrip()

    for mark in _CLOSINGS:
        if bare.endswith(mark):
            text = bare.removesuffix(mark).rstrip().removesuffix("//")

    return text


def _flatten(value: Any, depth: int = 0) -> Iterator[Json]:
    """Give every object that may describe the page: top level, @graph, mainEntity and the like.

    `depth` is how deep the value stands; what stands deeper than four levels is left
    alone.
    """
    if isinstance(value, list):
        for item in value[:_MAX_OBJECTS]:
            yield from _flatten(item, depth)
    elif isinstance(value, dict) and depth < 4:  # noqa: PLR2004
        yield value
        for name in ("@graph", "mainEntity", "mainEntityOfPage", "hasPart"):
            inner = value.get(name)
            if isinstance(inner, (dict, list)):
                yield from _flatten(inner, depth + 1)
