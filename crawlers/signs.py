"""Signs that an answer is not the page that was asked for: a bot check, a parked domain. Shapes of products, not of sites."""

import re

from scrapy.http import Response

from crawlers.faults import Fault

_CHALLENGE_HEADERS = ((b"cf-mitigated", b"challenge"), (b"x-amzn-waf-action", b"challenge"), (b"x-datadome", b"protected"))
# Small letters; looked for as they stand, since every page passes here.
_CHALLENGE = (
    b"/cdn-cgi/challenge-platform/", b"_cf_chl_opt", b"cf-browser-verification", b"<title>just a moment...", b"<title>attention required! | cloudflare",
    b"ddos-guard.net/", b"__ddgcheck", b"<title>ddos-guard", b"/_incapsula_resource", b"captcha-delivery.com", b"_pxcaptcha", b"window.awswafcookie",
    b"checking your browser before accessing", b"sucuri_cloudproxy_js", b"/.well-known/sgcaptcha", b"anubis_challenge", b"smartcaptcha.yandexcloud",
    b"<title>verifying you are human", b"data-sitekey=",
)
_PARKED = (
    b"sedoparking.com", b"parkingcrew.net", b"bodis.com", b"afternic.com", b"dan.com/buy-domain", b"hugedomains.com", b"above.com/marketplace",
    b"domainmarket.com", b"domain is for sale", b"domain name is for sale", b"domain may be for sale", b"buy this domain", b"domain is parked",
    b"parked free, courtesy", b"window.park", "домен прода".encode(),
)
_SMALL = 60_000           # bytes: bot checks and parking pages are small, an article that speaks of them is not
_LOOKED_AT = 40_000
_FEW = 200                # words: below that a page with such a sign is no article
_PARAGRAPH = re.compile(rb"<[pP]\b[^>]{0,200}>([^<]{60,})")
_BLOCKED = frozenset({401, 403, 405, 406, 418, 423, 444, 451, 456})


def fault(response: Response, content: bytes) -> Fault | None:
    """Return the name of what this answer is instead of a page; None for an ordinary one. `content` is the decoded body."""
    status = response.status
    if any(value in (response.headers.get(name) or b"").lower() for name, value in _CHALLENGE_HEADERS):
        return Fault.CHALLENGE
    if status == 200 and (len(content) >= _SMALL or _is_prose(content[:_LOOKED_AT])):  # noqa: PLR2004
        return None
    head = content[:_LOOKED_AT].lower() if len(content) < _SMALL else b""
    if any(sign in head for sign in _CHALLENGE) and (status in {202, 401, 403, 405, 503} or len(_words(head)) < 120):  # noqa: PLR2004
        return Fault.CHALLENGE
    if status in {404, 410}:
        return Fault.GONE
    if status in _BLOCKED:
        return Fault.BLOCKED
    if status >= 400:  # noqa: PLR2004
        return Fault.CLIENT_ERROR
    if any(sign in head for sign in _PARKED) and len(_words(head)) < _FEW:
        return Fault.PARKED
    return None


def _is_prose(content: bytes) -> bool:
    """Tell, cheaply, whether a page has more running text than any bot check or parking page."""
    words = 0
    for paragraph in _PARAGRAPH.finditer(content):
        words += paragraph[1].count(b" ")
        if words > _FEW:
            return True
    return False


def _words(content: bytes) -> list[bytes]:
    """Return the words a reader sees, roughly."""
    bare = re.sub(rb"(?is)<(script|style|noscript)\b.*?</\1\s*>|<[^>]*>", b" ", content)
    return bare.split()


_CANONICAL = re.compile(rb"<link\b[^>]*\brel\s*=\s*[\"']?canonical\b[^>]*>", re.IGNORECASE)
_HREF = re.compile(rb"\bhref\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s>]+))", re.IGNORECASE)


def canonical_link(content: bytes) -> str | None:
    """Return the address an HTML page names as its own, as written; None when it names none."""
    head = content[:200_000]
    near = head.find(b"canonical")
    tag = _CANONICAL.search(head, max(0, head.rfind(b"<", 0, near) - 300)) if near >= 0 else None
    href = _HREF.search(tag[0]) if tag else None
    if href is None:
        return None
    value = next(group for group in href.groups() if group is not None)
    return value.decode("utf-8", "replace").replace("&amp;", "&").strip() or None
