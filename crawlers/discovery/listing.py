"""Listing pages: home, sections, tags, the page of a day.

Links that look like an article's, and where the list goes on.
"""

import re
from collections import Counter
from collections.abc import Iterator
from typing import Any
from urllib.parse import urljoin, urlsplit

from lxml import etree, html
from lxml.cssselect import CSSSelector

from crawlers.discovery import listing_json, menus, older_pages
from crawlers.discovery.offered_links import Links, is_inside
from crawlers.discovery.reading import Further, Reading
from crawlers.faults import Fault, FaultError
from news.outlet import Door

_LONGEST = 2048
_NO_PAGE = ("#", "javascript:", "mailto:", "tel:", "data:", "whatsapp:")
_NEXT_TEXT = re.compile(
    r"(?:next|older|növbəti|sonrakı|sonraki|следующая|вперед|ещё|еще|далее|հաջորդ|შემდეგი|بعدی|"
    r"keyingi|келесі|кийинки|»|›|→|>|>>)",
    re.IGNORECASE,
)
_PAGE_NUMBER = re.compile(
    r"(?P<before>(?:[?&](?:page|paged|p|pg|sayfa|str|start)=)|(?:/page/)|(?:/p))(?P<number>\d+)"
)
_CHARSET = re.compile(r"charset=[\"']?([\w-]+)", re.IGNORECASE)
_DATA = "//script[@id='__NEXT_DATA__' or @type='application/json']/text()"


def read(
    body: bytes,
    url: str,
    door: Door,
    hosts: frozenset[str],
    content_type: str = "",
    *,
    learnt: frozenset[str] = frozenset(),
) -> Reading:
    """Return a listing's article links in their order.

    `learnt` are the patterns of the outlet's articles. Raises FaultError NOT_LISTING when the page
    holds no link at all.
    """
    links = Links(door, hosts, learnt)
    data = listing_json.parse(body) if body.lstrip()[:1] in {b"{", b"["} else None

    if data is not None:
        further = _read_json(
            data,
            url,
            door,
            links,
        )
    else:
        further = _read_html(
            body,
            url,
            door,
            content_type,
            links,
        )

    pages = tuple(Further(url=link) for link in further)

    return Reading(
        kind="listing",
        entries=links.entries(),
        further=pages,
        doubtful=links.doubtful_entries(),
        nameless=tuple(links.nameless.values()),
    )


def _read_html(
    body: bytes,
    url: str,
    door: Door,
    content_type: str,
    links: Links,
) -> list[str]:
    """Take the links of an HTML page; return the addresses of following pages."""
    root = tree(body, content_type)
    if root is None:
        raise FaultError(Fault.NOT_LISTING, "no HTML")

    named = root.xpath("//base/@href")
    base = urljoin(url, str(named[0]).strip() or url) if named else url
    anchors: Any = CSSSelector(door.links)(root) if door.links else root.xpath("//a[@href]")

    # What a menu or the foot of the page names is the same every day, wherever else it stands.
    lasting = {_href(anchor, base) for anchor in menus.links_of(root)}

    for anchor in anchors:
        words = anchor.text_content() or anchor.get("title") or ""
        link = _href(anchor, base)
        links.offer(link, words, in_menu=link in lasting)

    has_links = bool(links.titles)

    # A page that a script builds has its data in it.
    for text in root.xpath(_DATA):
        held = listing_json.parse(str(text))
        links.collect_nameless(held)
        if not has_links:
            _collect_from_data(held, base, links)

    if not anchors and links.is_empty:
        words = f"nothing matches {door.links!r}" if door.links else _NO_LINKS
        raise FaultError(Fault.NOT_LISTING, words)

    return next_pages(root, base, door)


_NO_LINKS = "no links; perhaps only a browser can build this page"


def _read_json(
    data: Any,
    url: str,
    door: Door,
    links: Links,
) -> list[str]:
    """Take the links of a list wrapped in JSON; return the addresses of following pages."""
    further: list[str] = []
    for piece in listing_json.pieces_of_html(data):
        root = tree(piece.encode(), "text/html; charset=utf-8")
        if root is None:
            continue

        for anchor in root.xpath("//a[@href]"):
            links.offer(_href(anchor, url), anchor.text_content() or "")

        further = further or next_pages(root, url, door)

    _collect_from_data(data, url, links)
    links.collect_nameless(data)

    if links.is_empty:
        raise FaultError(Fault.NOT_LISTING, "JSON without links to articles")

    named = listing_json.next_address(data)

    if named is not None:
        return [urljoin(url, named)]

    return further or _numbered_on(url)


def _numbered_on(url: str) -> list[str]:
    """Return the address with its page number raised by one; nothing where it has none."""
    here = _PAGE_NUMBER.search(url)
    if here is None:
        return []

    raised = str(int(here["number"]) + 1)

    return [url[: here.start("number")] + raised + url[here.end("number") :]]


def _collect_from_data(data: Any, base: str, links: Links) -> None:
    """Offer the links that a page carries in its data instead of its mark-up."""
    for address, title in listing_json.links(data):
        links.offer(_joined(base, address), title)


def links_beside_menus(body: bytes, url: str, hosts: frozenset[str]) -> set[str]:
    """Return where the links of a page lead that stay on the outlet's hosts, menus left out."""
    root = tree(body)
    if root is None:
        return set()

    in_menus = menus.links_of(root)
    found = set()

    for anchor in root.xpath("//a[@href]"):
        link = None if anchor in in_menus else _href(anchor, url)
        if link and is_inside(link, hosts):
            found.add(link)

    return found


def tree(body: bytes, content_type: str = "") -> Any:
    """Return the root of an HTML page in its declared charset; None for what is no HTML."""
    named = _CHARSET.search(content_type)
    is_declared = re.search(rb"charset", body[:4096], re.IGNORECASE) is not None
    encoding = named[1] if named else None

    if encoding is None and not is_declared:
        encoding = "utf-8"

    try:
        parser = html.HTMLParser(
            encoding=encoding,
            huge_tree=False,
            remove_comments=True,
        )
    except LookupError:
        parser = html.HTMLParser(huge_tree=False, remove_comments=True)

    try:
        return html.document_fromstring(body, parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return None


def _href(anchor: Any, base: str) -> str | None:
    """Return where a link leads, without its fragment; None where it leads to no page."""
    if anchor.tag != "a":
        inner = anchor.xpath(".//a[@href] | ancestor::a[@href]")
        anchor = inner[0] if inner else None

    href = (anchor.get("href") or "").strip() if anchor is not None else ""

    if not href or href.startswith(_NO_PAGE):
        return None

    return _joined(base, href)


def _joined(base: str, address: str) -> str | None:
    """Return an address without its fragment, absolute; None for no page of the web."""
    try:
        link = urljoin(base, address).partition("#")[0]
    except ValueError:
        return None

    is_web = link.startswith(("http://", "https://")) and len(link) < _LONGEST

    return link if is_web else None


def next_pages(root: Any, base: str, door: Door) -> list[str]:
    """Return the address of the following page, if the page names one."""
    for element in _next_elements(root, door):
        if element.tag == "a":
            link = _href(element, base)
        else:
            link = urljoin(base, element.get("href") or "")

        if link and link.partition("#")[0] != base.partition("#")[0]:
            return [link]

    counted = _counted(root, base)
    if counted:
        return [counted]

    older = older_pages.address(root, base)
    if older is None:
        return []

    # A page may show fewer articles than a piece of the list holds: the first piece has the rest.
    first = _first_piece(older, base)

    return [first, older] if first else [older]


def _next_elements(root: Any, door: Door) -> Any:
    """Return the elements that may lead to the following page: by rule, by `rel`, by their text."""
    if door.next_page:
        return CSSSelector(door.next_page)(root)

    named = root.xpath(
        "//link[@rel='next'][@href] | //a[contains(concat(' ', @rel, ' '), ' next ')][@href]"
    )

    if named:
        return named

    anchors = root.xpath("//a[@href]")

    return [anchor for anchor in anchors if _NEXT_TEXT.fullmatch(anchor.text_content().strip())]


def _counted(root: Any, base: str) -> str | None:
    """Return the page numbered one higher than this, when the page links pages by number."""
    here = _PAGE_NUMBER.search(base)
    number = int(here["number"]) if here else 1
    counts = Counter(link for link in _numbered(root, base) if _number_of(link) == number + 1)

    return counts.most_common(1)[0][0] if counts else None


def _first_piece(second: str, base: str) -> str | None:
    """Return the first piece of a list whose second one goes on from a page at another path."""
    number = _PAGE_NUMBER.search(second)
    is_elsewhere = urlsplit(second).path != urlsplit(base).path

    if number is None or number["number"] != "2" or not is_elsewhere:
        return None

    return second[: number.start("number")] + "1" + second[number.end("number") :]


def _numbered(root: Any, base: str) -> Iterator[str]:
    """Yield the links of the same host that have a page's number."""
    for anchor in root.xpath("//a[@href]"):
        link = _href(anchor, base)
        if link and _PAGE_NUMBER.search(link) and urlsplit(link).netloc == urlsplit(base).netloc:
            yield link


def _number_of(link: str) -> int:
    """Return the page number that a link asks for; 0 for none."""
    match = _PAGE_NUMBER.search(link)
    return int(match["number"]) if match else 0
