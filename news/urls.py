"""The law of canonical URLs: one article has one, two articles never share one, two outlets never do.

What is folded is what the web's own conventions call the same resource (RFC 3986 section 6, the AMP and mobile host
conventions, the front controller `index.php`, session ids, campaign parameters). What could tell two articles apart is kept:
the host's own labels, every other parameter, the case of short ids.
"""

import re
from functools import lru_cache
from urllib.parse import SplitResult, unquote_to_bytes, urljoin, urlsplit

from news.errors import KhabarError

_PORTS = {"http": 80, "https": 443}
_FOLDED_HOSTS = ("www", "m", "mobile", "amp", "wap")
# Second-level labels under which registries sell names: "m.com.tr" is a registrant, not the mobile face of com.tr.
_REGISTRIES = frozenset(
    {
        "com",
        "co",
        "org",
        "net",
        "gov",
        "gob",
        "edu",
        "ac",
        "info",
        "biz",
        "mil",
        "name",
        "web",
        "gen",
        "bel",
        "tv",
        "or",
        "ne",
        "go",
    }
)
_WWW = re.compile(r"www\d?")

# Campaign and click parameters, by their makers' documentation (Google, Meta, Microsoft, Yandex, Mailchimp, AT Internet, HubSpot...).
_TRACKING = re.compile(
    r"(?:utm_\w*|ga_\w+|pk_\w+|mtm_\w+|at_(?:medium|campaign|custom\w*|link\w*|bbc\w*|ptr\w*)|hsa_\w+|_hs\w+|oly_\w+|vero_\w+|"
    r"fbclid|fb_\w+|gclid|gclsrc|dclid|gbraid|wbraid|msclkid|twclid|ttclid|yclid|ysclid|ymclid|_openstat|igshid|igsh|mc_[ce]id|mkt_tok|"
    r"xtor|cmpid|cmp|ncid|wt_mc|_ga|_gl|s_cid|sr_share|share|smid|smtyp|trk|trkcampaign|spm|__twitter_impression|"
    r"feature|partner_?id|rss|isrss|from_rss|src_?rss|replytocom)",
)
# Names that campaigns and identities share: only dropped when the value is a word, never a number.
_VAGUE = frozenset(
    {"ref", "source", "src", "from", "via", "medium", "campaign", "referrer", "referer"}
)
_SESSION = re.compile(
    r"(?:phpsessid|jsessionid|aspsessionid\w*|session_?id|sessid|sid|cfid|cftoken|zenid|oscsid|s)"
)
_SESSION_VALUE = re.compile(r"[0-9A-Za-z]{8,128}(?:[.!-][0-9A-Za-z.!-]*)?")
# A path that says by itself which article it is: a number or a slug of words in its last part.
_SPECIFIC = re.compile(r"\d{3}|[^\W_]+(?:[-_][^\W_]+){2}")
_ALWAYS_SESSION = frozenset({"phpsessid", "jsessionid"})
_FACES = {
    "amp": None,
    "output": "amp",
    "outputtype": "amp",
    "print": None,
    "printable": None,
    "nocache": None,
    "noamp": None,
    "desktop": None,
}
_FACE_VALUES = frozenset({"", "0", "1", "true", "yes", "y", "amp", "print", "mobile"})
_PATH_SESSION = re.compile(r";jsessionid=[^/?;]*", re.IGNORECASE)
_FRONT = re.compile(r"^/index\.(?:php|cfm|asp|aspx|jsp)(?=/)", re.IGNORECASE)
_INDEX = re.compile(r"/(?:index|default)\.(?:php|html?|aspx?|jsp|shtml)$", re.IGNORECASE)
_AMP_FILE = re.compile(r"\.amp(?P<ending>\.html?)?$", re.IGNORECASE)
_SAFE = frozenset(
    b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~!$'()*,;:@&=+"
)
_QUERY_SAFE = _SAFE - frozenset(b"&=+") | frozenset(b"/?")
_SLUG_LENGTH = 16
_SLUG_WORDS = 3
_LONGEST = 8192


class UrlError(KhabarError, ValueError):
    """Not a web address: the message names it."""


@lru_cache(maxsize=65_536)
def canonical(url: str, *, base: str | None = None) -> str:
    """Return the identity of an article's address: absolute, https unless a port says otherwise; raises UrlError.

    Idempotent. `base` resolves a relative address. The result names the article and can be opened, but a crawler fetches the
    address as the outlet wrote it.
    """
    parts = _split(url, base)
    host, port = _host(parts), _port(parts)
    scheme = "https" if port is None else parts.scheme
    path = _path(parts.path)
    query = _query(parts.query, specific=bool(_SPECIFIC.search(path.rpartition("/")[2])))
    return f"{scheme}://{host}{'' if port is None else f':{port}'}{path}{f'?{query}' if query else ''}{_hash_bang(parts.fragment)}"


def host_key(url: str) -> str:
    """Return the host of an address as outlets are told apart by: small letters, IDNA, without www. or m., with an odd port."""
    parts = _split(url, None)
    port = _port(parts)
    return _host(parts) if port is None else f"{_host(parts)}:{port}"


def same_article(left: str, right: str) -> bool:
    """Tell whether two addresses are the same article's; False when one is no web address."""
    try:
        return canonical(left) == canonical(right)
    except UrlError:
        return False


def target(url: str) -> str:
    """Return the path and query of the canonical URL: what an outlet's `articles` and `never` expressions look at."""
    parts = urlsplit(canonical(url))
    return f"{parts.path}?{parts.query}" if parts.query else parts.path


def _split(url: str, base: str | None) -> SplitResult:
    """Return the parts of an absolute http address; browsers' lenience: white space around, tabs and line breaks inside, backslashes."""
    cleaned = re.sub(r"[\t\r\n]", "", url.strip(" \0\x0b\f\t\r\n\u00a0\ufeff"))
    try:
        absolute = urljoin(base, cleaned) if base else cleaned
        head, mark, tail = absolute.partition("?")
        parts = urlsplit(head.replace("\\", "/") + mark + tail)
        host = parts.hostname
    except ValueError as error:
        raise UrlError(f"{url[:200]!r} is no web address: {error}") from error
    if parts.scheme not in _PORTS or not host or len(absolute) > _LONGEST:
        raise UrlError(
            f"{url[:200]!r} is no web address: http:// or https:// and a host are needed"
        )
    return parts


def _host(parts: SplitResult) -> str:
    """Return the host folded: IDNA in ASCII, no trailing dot, the faces www., m., mobile., amp. taken off."""
    host = _ascii_host(
        unquote_to_bytes(parts.hostname or "").decode("utf-8", "replace").rstrip(".")
    )
    while True:
        first, _, rest = host.partition(".")
        if not (first in _FOLDED_HOSTS or _WWW.fullmatch(first)) or not _registrable(rest):
            return f"[{host}]" if ":" in host else host
        host = rest


def _ascii_host(host: str) -> str:
    """Return a host in ASCII: IDNA label by label, so that one odd label does not spoil the rest."""
    labels = []
    for label in host.lower().replace("。", ".").split("."):
        try:
            labels.append(label if label.isascii() else label.encode("idna").decode("ascii"))
        except UnicodeError as error:
            raise UrlError(f"{host[:200]!r} is no host name") from error
    joined = ".".join(labels)
    if not joined or re.search(r"[\x00-\x20/?#@\\<>%\"|^`{}]", joined):
        raise UrlError(f"{host[:200]!r} is no host name")
    return joined


def _registrable(host: str) -> bool:
    """Tell whether a host is more than a public suffix, as far as its shape tells."""
    labels = host.split(".")
    if len(labels) < 2 or not all(labels) or host.replace(".", "").isdigit():  # noqa: PLR2004
        return False
    return not (len(labels) == 2 and len(labels[1]) == 2 and labels[0] in _REGISTRIES)  # noqa: PLR2004


def _port(parts: SplitResult) -> int | None:
    """Return the port if it is not the scheme's own."""
    try:
        port = parts.port
    except ValueError as error:
        raise UrlError(f"{parts.netloc[:200]!r} has a port that is no number") from error
    return None if port in (None, *_PORTS.values()) else port


def _encode(text: str, safe: frozenset[int]) -> str:
    """Return text percent-encoded in one way: what may stand bare does, everything else as UTF-8 in capital hex."""
    return "".join(chr(byte) if byte in safe else f"%{byte:02X}" for byte in unquote_to_bytes(text))


def _path(path: str) -> str:
    """Return the path folded: dot segments, doubled and trailing slashes, front controller, index files, AMP's faces."""
    path = _PATH_SESSION.sub("", path)
    segments: list[str] = []
    for raw in path.split("/"):
        segment = _encode(raw, _SAFE)
        if segment == "..":
            segments[-1:] = []
        elif segment not in {"", "."}:
            segments.append(_fold_case(segment))
    return _fold_faces("/" + "/".join(segments))


def _fold_faces(path: str) -> str:
    """Return the path without front controller, index file and AMP mark, until nothing more comes off."""
    while True:
        folded = _INDEX.sub("", _FRONT.sub("", path)) or "/"
        folded = _AMP_FILE.sub(lambda match: match["ending"] or "", folded)
        pieces = folded.split("/")[1:]
        if len(pieces) > 1 and pieces[-1].lower() == "amp":
            pieces.pop()
        if len(pieces) > 1 and pieces[0].lower() == "amp":
            pieces.pop(0)
        folded = "/" + "/".join(pieces)
        if folded == path:
            return path
        path = folded


def _fold_case(segment: str) -> str:
    """Return a long slug of words in small letters: no outlet has two articles that differ there alone. Ids keep their case."""
    words = segment.split("-")
    if len(segment) < _SLUG_LENGTH or len(words) < _SLUG_WORDS or "%" in segment:
        return segment
    if all(
        not word or word.isdigit() or word.islower() or word.isupper() or word.istitle()
        for word in words
    ):
        return segment.lower()
    return segment


def _query(query: str, *, specific: bool) -> str:
    """Return the parameters that identify, sorted by name (order of equal names kept)."""
    kept = []
    for item in query.split("&"):
        name, mark, value = item.partition("=")
        name = _encode(name.replace("+", "%20"), _QUERY_SAFE)
        value = _encode(value.replace("+", "%20"), _QUERY_SAFE)
        if item and not _dropped(name.lower(), value, specific=specific):
            kept.append((name, f"{name}{mark}{value}"))
    return "&".join(item for _, item in sorted(kept, key=lambda pair: pair[0]))


def _dropped(name: str, value: str, *, specific: bool) -> bool:
    """Tell whether a parameter says nothing about which article this is."""
    if _TRACKING.fullmatch(name) or name in _ALWAYS_SESSION:
        return True
    if name in _VAGUE:
        return not re.search(r"\d{2}", value)
    if _SESSION.fullmatch(name):
        # PHP-Nuke calls the story's number sid: a bare number goes only where the path needs no number.
        return bool(_SESSION_VALUE.fullmatch(value)) and (
            specific or not (value.isdigit() or value.isalpha())
        )
    if name in _FACES:
        return value.lower() in _FACE_VALUES
    return False


def _hash_bang(fragment: str) -> str:
    """Return the fragment of the pages that put their address there; every other one is a place on the page."""
    return f"#{_encode(fragment, _SAFE | frozenset(b'/?'))}" if fragment.startswith("!") else ""
