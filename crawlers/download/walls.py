"""Signs that an answer is not the page that was asked for: a bot check, a parked domain.

They are shapes of products, not of sites.
"""

import re
from collections.abc import Iterator

from scrapy.http import Response

from crawlers.faults import Fault

_CHALLENGE_HEADERS = (
    (b"cf-mitigated", b"challenge"),
    (b"x-amzn-waf-action", b"challenge"),
    (b"x-datadome", b"protected"),
)
# Small letters; looked for as they stand, since every page passes here.
_CHALLENGE = (
    b"/cdn-cgi/challenge-platform/",
    b"_cf_chl_opt",
    b"cf-browser-verification",
    b"<title>just a moment...",
    b"<title>attention required! | cloudflare",
    b"ddos-guard.net/",
    b"__ddgcheck",
    b"<title>ddos-guard",
    b"/_incapsula_resource",
    b"captcha-delivery.com",
    b"_pxcaptcha",
    b"window.awswafcookie",
    b"checking your browser before accessing",
    b"sucuri_cloudproxy_js",
    b"/.well-known/sgcaptcha",
    b"anubis_challenge",
    b"smartcaptcha.yandexcloud",
    b"<title>verifying you are human",
    b"data-sitekey=",
)
_PARKED = (
    b"sedoparking.com",
    b"parkingcrew.net",
    b"bodis.com",
    b"afternic.com",
    b"dan.com/buy-domain",
    b"hugedomains.com",
    b"above.com/marketplace",
    b"domainmarket.com",
    b"domain is for sale",
    b"domain name is for sale",
    b"domain may be for sale",
    b"buy this domain",
    b"domain is parked",
    b"parked free, courtesy",
    b"window.park",
    "домен прода".encode(),
)
# Bytes: bot checks and parking pages are small, an article that speaks of them is not.
_SMALL = 60_000
_LOOKED_AT = 40_000
_FEW = 200  # words: below that a page with such a sign is no article
_PARAGRAPH = re.compile(rb"<[pP]\b[^>]{0,200}>([^<]{60,})")
_BLOCKED = frozenset({401, 403, 405, 406, 418, 423, 444, 451, 456})
_CHECKED = frozenset({202, 401, 403, 405, 503})  # statuses under which bot checks come
_FETCHED = 200
_VERY_FEW = 120  # words


def fault(response: Response, content: bytes) -> Fault | None:
    """Return the name of what this answer is instead of a page; None for an ordinary one.

    `content` is the decoded body.
    """
    status = response.status
    if _names_challenge(response):
        return Fault.CHALLENGE

    # Nearly every answer ends here: it is large, or its first paragraphs are prose.
    if status == _FETCHED and (len(content) >= _SMALL or _is_prose(content[:_LOOKED_AT])):
        return None

    head = content[:_LOOKED_AT].lower() if len(content) < _SMALL else b""

    if _has_sign(head, _CHALLENGE) and (status in _CHECKED or len(words_of(head)) < _VERY_FEW):
        return Fault.CHALLENGE

    if status in {404, 410}:
        return Fault.GONE

    if status in _BLOCKED:
        return Fault.BLOCKED

    if status >= 400:  # noqa: PLR2004
        return Fault.CLIENT_ERROR

    if _has_sign(head, _PARKED) and len(words_of(head)) < _FEW:
        return Fault.PARKED

    return None


def _names_challenge(response: Response) -> bool:
    """Tell whether a header says that this is a bot check."""
    for name, value in _CHALLENGE_HEADERS:
        if value in (response.headers.get(name) or b"").lower():
            return True

    return False


def _has_sign(head: bytes, signs: tuple[bytes, ...]) -> bool:
    """Tell whether one of the signs stands in the head of a page."""
    return any(sign in head for sign in signs)


def _is_prose(content: bytes) -> bool:
    """Tell, cheaply, whether a page has more running text than any bot check or parking page."""
    words = 0
    for paragraph in _PARAGRAPH.finditer(content):
        words += paragraph[1].count(b" ")
        if words > _FEW:
            return True

    return False


_UNREAD = re.compile(rb"<(script|style|noscript)\b", re.IGNORECASE)
_UNREAD_ENDS = {
    name: re.compile(rb"</" + name + rb"\s*>", re.IGNORECASE)
    for name in (b"script", b"style", b"noscript")
}


def words_of(content: bytes) -> list[bytes]:
    """Return the words a reader sees, roughly."""
    return b" ".join(_bare(content)).split()


def _bare(content: bytes) -> Iterator[bytes]:
    """Yield what stands between the tags, scripts and styles left out.

    One pass: what has no end is looked for once, not once for each beginning.
    """
    place = 0
    endless = set[bytes]()

    while (tag := content.find(b"<", place)) >= 0:
        end = _unread_end(content, tag, endless) or content.find(b">", tag) + 1
        if not end:
            break

        yield content[place:tag]
        place = end

    yield content[place:]


def _unread_end(content: bytes, tag: int, endless: set[bytes]) -> int:
    """Return where the script or style that begins at `tag` ends; 0 for another tag or no end."""
    opened = _UNREAD.match(content, tag)
    name = opened[1].lower() if opened else b""

    if not name or name in endless:
        return 0

    closed = _UNREAD_ENDS[name].search(content, tag)

    if closed is None:
        endless.add(name)
        return 0

    return closed.end()


_LINK = re.compile(rb"<link\b", re.IGNORECASE)
_NAMED_CANONICAL = re.compile(rb"\brel\s*=\s*[\"']?canonical\b", re.IGNORECASE)
_HREF = re.compile(rb"\bhref\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s>]+))", re.IGNORECASE)
_HEAD = 200_000  # bytes of a page in which its links are looked for


def canonical_link(content: bytes) -> str | None:
    """Return the address an HTML page names as its own, as written; None when it names none."""
    for tag in _links(content[:_HEAD]):
        if _NAMED_CANONICAL.search(tag):
            return _href(tag)

    return None


def _href(tag: bytes) -> str | None:
    """Return where a link tag leads, as written; None where it leads nowhere."""
    href = _HREF.search(tag)
    if href is None:
        return None

    value = href[1] or href[2] or href[3] or b""

    return value.decode("utf-8", "replace").replace("&amp;", "&").strip() or None


def _links(head: bytes) -> Iterator[bytes]:
    """Yield the link tags of a page, each byte looked at once; the unfinished last one is none."""
    end = 0
    while link := _LINK.search(head, end):
        end = head.find(b">", link.end()) + 1
        if not end:
            return

        yield head[link.start() : end]
