"""Listing pages: home, sections, tags, the page of a day. Links that look like an article's, and where the list goes on.

What an article's address looks like is a matter of shape, the same across the web: a number, a date or a long slug in it; not
the names that sites give to sections, tags, people and files.
"""

import re
from collections import Counter
from typing import Any
from urllib.parse import parse_qsl, urljoin, urlsplit

from lxml import etree, html
from lxml.cssselect import CSSSelector

from crawlers.discovery.reading import Entry, Further, Reading
from crawlers.faults import Fault, FaultError
from news.outlet import Door
from news.urls import UrlError, host_key

_MOST = 2000
_NEVER_SEGMENT = re.compile(
    r"(?:tags?|categor(?:y|ies)|cat|authors?|topics?|sections?|rubrics?|search|login|signin|signup|register|subscribe|about|contacts?|privacy|terms|"
    r"feeds?|rss|wp-(?:admin|content|json|includes|login\.php)|cdn-cgi|user|users|profile|cart|shop|advert\w*|reklam\w*|page|share|print|amp|static|"
    r"assets|media|images?|video-archive|archive|arxiv|calendar|sitemap|cookies?|policy|gallery|comments?|javascript)",
    re.IGNORECASE,
)
_FILE = re.compile(
    r"\.(?:jpe?g|png|gif|webp|svg|pdf|docx?|xlsx?|zip|mp3|mp4|avi|css|js|xml|rss|ico|apk|txt|json)$",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"\d{3,}")
_DATE = re.compile(r"(?:19|20)\d{2}[/-]?(?:0?[1-9]|1[0-2])(?:[/-]?[0-3]?\d)?")
_ID_NAMES = frozenset(
    {"id", "p", "newsid", "news_id", "nid", "aid", "article", "article_id", "post", "item", "n"}
)
_SLUG_WORDS = 4
_NEXT_TEXT = re.compile(
    r"(?:next|older|növbəti|sonrakı|sonraki|следующая|вперед|ещё|еще|далее|հաջորդ|შემდეგი|بعدی|keyingi|келесі|кийинки|»|›|→|>|>>)",
    re.IGNORECASE,
)
_PAGE_NUMBER = re.compile(
    r"(?P<before>(?:[?&](?:page|paged|p|pg|sayfa|str|start)=)|(?:/page/)|(?:/p))(?P<number>\d+)"
)


def read(
    body: bytes, url: str, door: Door, hosts: frozenset[str], content_type: str = ""
) -> Reading:
    """Return a listing's article links in their order; raises FaultError NOT_LISTING when the page holds no link at all."""
    root = tree(body, content_type)
    if root is None:
        raise FaultError(Fault.NOT_LISTING, "no HTML")
    base = urljoin(url, next(iter(root.xpath("//base/@href")), url).strip() or url)
    anchors: Any = CSSSelector(door.links)(root) if door.links else root.xpath("//a[@href]")
    found: dict[str, str] = {}
    for anchor in anchors:
        link = _href(anchor, base)
        if (
            link
            and _inside(link, hosts)
            and (door.links or door.articles or looks_like_article(link))
        ):
            title = " ".join((anchor.text_content() or anchor.get("title") or "").split())[:1000]
            found[link] = max(found.get(link, ""), title, key=len)
        if len(found) >= _MOST:
            break
    if not anchors:
        raise FaultError(
            Fault.NOT_LISTING,
            f"nothing matches {door.links!r}"
            if door.links
            else "no links; perhaps only a browser can build this page",
        )
    return Reading(
        kind="listing",
        entries=tuple(Entry(url=link, title=title or None) for link, title in found.items()),
        further=tuple(Further(url=link) for link in next_pages(root, base, door)),
    )


def tree(body: bytes, content_type: str = "") -> Any:
    """Return the root of an HTML page in its declared charset; None for what is no HTML."""
    match = re.search(r"charset=[\"']?([\w-]+)", content_type, re.IGNORECASE)
    try:
        encoding = (
            match[1]
            if match
            else None
            if re.search(rb"charset", body[:4096], re.IGNORECASE)
            else "utf-8"
        )
        parser = html.HTMLParser(encoding=encoding, huge_tree=False, remove_comments=True)
    except LookupError:
        parser = html.HTMLParser(huge_tree=False, remove_comments=True)
    try:
        root = html.document_fromstring(body, parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return None
    return root


def _href(anchor: Any, base: str) -> str | None:
    """Return where a link leads, without its fragment; None where it leads to no page."""
    if anchor.tag != "a":
        anchor = next(iter(anchor.xpath(".//a[@href] | ancestor::a[@href]")), None)
    href = (anchor.get("href") or "").strip() if anchor is not None else ""
    if not href or href.startswith(("#", "javascript:", "mailto:", "tel:", "data:", "whatsapp:")):
        return None
    try:
        link = urljoin(base, href).partition("#")[0]
    except ValueError:
        return None
    return link if link.startswith(("http://", "https://")) and len(link) < 2048 else None  # noqa: PLR2004


def _inside(link: str, hosts: frozenset[str]) -> bool:
    try:
        return host_key(link) in hosts
    except UrlError:
        return False


def looks_like_article(link: str) -> bool:
    """Tell by its shape whether an address is an article's."""
    parts = urlsplit(link)
    segments = [segment for segment in parts.path.split("/") if segment]
    if any(_NEVER_SEGMENT.fullmatch(segment) for segment in segments) or (
        segments and _FILE.search(segments[-1])
    ):
        return False
    if any(name.lower() in _ID_NAMES and value.isdigit() for name, value in parse_qsl(parts.query)):
        return True
    if not segments:
        return False
    last = re.sub(r"\.(?:html?|php|aspx?)$", "", segments[-1])
    words = [word for word in re.split(r"[-_]", last) if word]
    dated = bool(_DATE.search(parts.path)) and bool(re.search(r"[^\d/.-]", last))
    return len(words) >= _SLUG_WORDS or dated or bool(_NUMBER.search(last))


def next_pages(root: Any, base: str, door: Door) -> list[str]:
    """Return the address of the following page, if the page names one."""
    if door.next_page:
        found: Any = CSSSelector(door.next_page)(root)
    else:
        found = root.xpath(
            "//link[@rel='next'][@href] | //a[contains(concat(' ', @rel, ' '), ' next ')][@href]"
        )
        found = found or [
            anchor
            for anchor in root.xpath("//a[@href]")
            if _NEXT_TEXT.fullmatch((anchor.text_content() or "").strip())
        ]
    for element in found:
        link = (
            _href(element, base) if element.tag == "a" else urljoin(base, element.get("href") or "")
        )
        if link and link.partition("#")[0] != base.partition("#")[0]:
            return [link]
    return [following] if (following := _counted(root, base)) else []


def _counted(root: Any, base: str) -> str | None:
    """Return the page numbered one higher than this one, when the page links pages by number."""
    here = _PAGE_NUMBER.search(base)
    number = int(here["number"]) if here else 1
    links = [
        link
        for anchor in root.xpath("//a[@href]")
        if (link := _href(anchor, base)) and _PAGE_NUMBER.search(link)
    ]
    wanted = [
        link
        for link in links
        if (match := _PAGE_NUMBER.search(link))
        and int(match["number"]) == number + 1
        and urlsplit(link).netloc == urlsplit(base).netloc
    ]
    return Counter(wanted).most_common(1)[0][0] if wanted else None
