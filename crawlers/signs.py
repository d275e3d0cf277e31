"""Signs that an answer is not the page that was asked for: a bot check, a parked domain. Shapes of products, not of sites."""

import re

from scrapy.http import Response

from crawlers.faults import Fault

_CHALLENGE_HEADERS = ((b"cf-mitigated", b"challenge"), (b"x-amzn-waf-action", b"challenge"), (b"x-datadome", b"protected"))
_CHALLENGE = re.compile(
    rb"/cdn-cgi/challenge-platform/|_cf_chl_opt|cf-browser-verification|<title>\s*Just a moment\.\.\.|<title>\s*Attention Required! \| Cloudflare|"
    rb"ddos-guard\.net/|__ddg\w*check|/_Incapsula_Resource|captcha-delivery\.com|_pxCaptcha|window\.awsWafCookie|"
    rb"Checking your browser before accessing|<title>\s*DDoS-Guard|sucuri_cloudproxy_js|/\.well-known/sgcaptcha|anubis_challenge|"
    rb"smartcaptcha\.yandexcloud|<title>\s*Verifying you are human|data-sitekey=",
    re.IGNORECASE,
)
_PARKED = re.compile(
    rb"sedoparking\.com|parkingcrew\.net|bodis\.com|afternic\.com|dan\.com/buy-domain|hugedomains\.com|above\.com/marketplace|domainmarket\.com|"
    rb"this domain (?:name )?(?:is|may be) for sale|buy this domain|domain is parked|parked free, courtesy|window\.park\s*=|"
    rb"(?:\xd0\xb4\xd0\xbe\xd0\xbc\xd0\xb5\xd0\xbd|\xd0\x94\xd0\xbe\xd0\xbc\xd0\xb5\xd0\xbd) (?:\xd0\xbf\xd1\x80\xd0\xbe\xd0\xb4\xd0\xb0\xd1\x91?\xd0\xb5?\xd1\x82\xd1\x81\xd1\x8f)",
    re.IGNORECASE,
)
_SMALL = 60_000           # bytes: bot checks and parking pages are small, an article that speaks of them is not
_LOOKED_AT = 40_000
_BLOCKED = frozenset({401, 403, 405, 406, 418, 423, 444, 451, 456})


def fault(response: Response, content: bytes) -> Fault | None:
    """Return the name of what this answer is instead of a page; None for an ordinary one. `content` is the decoded body."""
    status = response.status
    head = content[:_LOOKED_AT] if len(content) < _SMALL else b""
    if any(value in (response.headers.get(name) or b"").lower() for name, value in _CHALLENGE_HEADERS):
        return Fault.CHALLENGE
    if _CHALLENGE.search(head) and (status in {202, 401, 403, 405, 503} or len(_words(head)) < 120):  # noqa: PLR2004
        return Fault.CHALLENGE
    if status in {404, 410}:
        return Fault.GONE
    if status in _BLOCKED:
        return Fault.BLOCKED
    if status >= 400:  # noqa: PLR2004
        return Fault.CLIENT_ERROR
    if _PARKED.search(head) and len(_words(head)) < 200:  # noqa: PLR2004
        return Fault.PARKED
    return None


def _words(content: bytes) -> list[bytes]:
    """Return the words a reader sees, roughly."""
    bare = re.sub(rb"(?is)<(script|style|noscript)\b.*?</\1\s*>|<[^>]*>", b" ", content)
    return bare.split()


_CANONICAL = re.compile(rb"<link\b[^>]*\brel\s*=\s*[\"']?canonical\b[^>]*>", re.IGNORECASE)
_HREF = re.compile(rb"\bhref\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s>]+))", re.IGNORECASE)


def canonical_link(content: bytes) -> str | None:
    """Return the address an HTML page names as its own, as written; None when it names none."""
    tag = _CANONICAL.search(content[:200_000])
    href = _HREF.search(tag[0]) if tag else None
    if href is None:
        return None
    value = next(group for group in href.groups() if group is not None)
    return value.decode("utf-8", "replace").replace("&amp;", "&").strip() or None
