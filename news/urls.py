"""The law of canonical URLs: one article has one, two articles or two outlets never share one.

What is folded is what the web's own conventions call the same resource (RFC 3986 section 6, the AMP
and mobile host conventions, the front controller `index.php`, session ids, campaign parameters).
What could tell two articles apart is kept: the host's own labels, every other parameter, the case
of short ids.
"""

import re
from functools import lru_cache
from urllib.parse import SplitResult, unquote_to_bytes, urljoin, urlsplit

from news.errors import KhabarError
from news.url_parameters import SAFE, encode, identifying

_PORTS = {"http": 80, "https": 443}
_FOLDED_HOSTS = ("www", "m", "mobile", "amp", "wap")
# Second-level labels under which registries sell names: "m.com.tr" is a registrant, not the
# mobile face of com.tr.
_REGISTRY_LABELS = "ac bel biz co com edu gen go gob gov info mil name ne net or org tv web"
_COUNTRY = 2  # letters of a country code
_REGISTRIES = frozenset(_REGISTRY_LABELS.split())
_WWW = re.compile(r"www\d?")
# A path that says by itself which article it is: a number or a slug of words in its last part.
_SPECIFIC = re.compile(r"\d{3}|[^\W_]+(?:[-_][^\W_]+){2}")
_PATH_SESSION = re.compile(r";jsessionid=[^/?;]*", re.IGNORECASE)
_FRONT = re.compile(r"^/index\.(?:php|cfm|asp|aspx|jsp)(?=/)", re.IGNORECASE)
_INDEX = re.compile(r"/(?:index|default)\.(?:php|html?|aspx?|jsp|shtml)$", re.IGNORECASE)
_AMP_FILE = re.compile(r"[.~]amp(?P<ending>\.html?)?$", re.IGNORECASE)
_NOT_IN_HOSTS = re.compile(r"[\x00-\x20/?#@\\<>%\"|^`{}]")
_SLUG_LENGTH = 16
_SLUG_WORDS = 3
_LONGEST = 8192


class UrlError(KhabarError, ValueError):
    """Not a web address: the message names it."""


@lru_cache(maxsize=65_536)
def canonical(url: str, *, base: str | None = None) -> str:
    """Return the identity of an article's address: absolute, https unless a port says otherwise.

    Idempotent. `base` resolves a relative address. The result names the article and can be opened,
    but a crawler fetches the address as the outlet wrote it. Raises UrlError.
    """
    parts = _split(url, base)
    path = _path(parts.path)
    last = path.rpartition("/")[2]
    query = identifying(parts.query, specific=_SPECIFIC.search(last) is not None)
    address = _origin(parts) + path

    if query:
        address += f"?{query}"

    return address + _hash_route(parts.fragment, is_bare=path == "/" and not query)


def _origin(parts: SplitResult) -> str:
    """Return scheme, folded host and odd port; an address with an odd port keeps its scheme."""
    host = _host(parts)
    port = _port(parts)
    if port is None:
        return f"https://{host}"

    return f"{parts.scheme}://{host}:{port}"


def host_key(url: str) -> str:
    """Return the host of an address as outlets are told apart by.

    Small letters, IDNA, without www. or m., with an odd port. Raises UrlError.
    """
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
    """Return the path and query of the canonical URL.

    It is what an outlet's `articles` and `never` expressions look at. Raises UrlError.
    """
    parts = urlsplit(canonical(url))
    if not parts.query:
        return parts.path

    return f"{parts.path}?{parts.query}"


def _split(url: str, base: str | None) -> SplitResult:
    """Return the parts of an absolute http address; raises UrlError.

    As lenient as browsers: white space around, tabs and line breaks inside, backslashes.
    """
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
    """Return the host folded: IDNA in ASCII, no trailing dot, without www., m., mobile., amp."""
    named = unquote_to_bytes(parts.hostname or "").decode("utf-8", "replace")
    host = _ascii_host(named.rstrip("."))
    first, _, rest = host.partition(".")

    while _is_face(first) and _registrable(rest):
        host = rest
        first, _, rest = host.partition(".")

    if ":" in host:  # an address of IPv6
        return f"[{host}]"

    return host


def _is_face(label: str) -> bool:
    """Tell whether a host's first label is one of the faces of the same site."""
    return label in _FOLDED_HOSTS or _WWW.fullmatch(label) is not None


def _ascii_host(host: str) -> str:
    """Return a host in ASCII.

    IDNA label by label, so that one odd label does not spoil the rest.
    """
    labels = host.lower().replace("。", ".").split(".")
    try:
        joined = ".".join(map(_ascii_label, labels))
    except UnicodeError as error:
        raise UrlError(f"{host[:200]!r} is no host name") from error

    if not joined or _NOT_IN_HOSTS.search(joined):
        raise UrlError(f"{host[:200]!r} is no host name")

    return joined


def _ascii_label(label: str) -> str:
    """Return one label of a host in ASCII; raises UnicodeError where it has no such form."""
    if label.isascii():
        return label
    return label.encode("idna").decode("ascii")


def _registrable(host: str) -> bool:
    """Tell whether a host is more than a public suffix, as far as its shape tells."""
    labels = host.split(".")
    if len(labels) == 1 or not all(labels):
        return False

    is_number = host.replace(".", "").isdigit()
    if is_number:
        return False

    *further, name, country = labels
    of_a_registry = len(country) == _COUNTRY and name in _REGISTRIES

    return bool(further) or not of_a_registry


def _port(parts: SplitResult) -> int | None:
    """Return the port if it is not the scheme's own."""
    try:
        port = parts.port
    except ValueError as error:
        raise UrlError(f"{parts.netloc[:200]!r} has a port that is no number") from error

    if port in _PORTS.values():
        return None

    return port


def _path(path: str) -> str:
    """Return the path folded.

    Dot segments, doubled and trailing slashes, front controller, index files and AMP's faces go.
    """
    path = _PATH_SESSION.sub("", path)
    segments: list[str] = []

    for raw in path.split("/"):
        segment = encode(raw, SAFE)
        if segment == "..":
            segments[-1:] = []
        elif segment not in {"", ".", "&"}:  # an `&` of no parameters, without its `?`
            segments.append(_fold_case(segment))

    return _fold_faces("/" + "/".join(segments))


def _fold_faces(path: str) -> str:
    """Return the path without front controller.

    Index file and AMP mark, until nothing more comes off.
    """
    folded = _fold_face(path)
    while folded != path:
        path = folded
        folded = _fold_face(path)

    return path


def _fold_face(path: str) -> str:
    """Return the path with one layer of such marks taken off."""
    without_front = _FRONT.sub("", path)
    without_index = _INDEX.sub("", without_front) or "/"
    without_mark = _AMP_FILE.sub(_ending_of, without_index)
    pieces = without_mark.split("/")[1:]

    for end in (-1, 0):
        if len(pieces) > 1 and pieces[end].lower() == "amp":
            pieces.pop(end)

    joined = "/".join(pieces)

    return f"/{joined}"


def _ending_of(match: re.Match[str]) -> str:
    """Return what stays of an AMP file's name: its ending, if it has one."""
    return match["ending"] or ""


def _fold_case(segment: str) -> str:
    """Return a long slug of words in small letters; ids keep their case.

    No outlet has two articles that differ in the case of such a slug alone.
    """
    words = segment.split("-")
    if len(segment) < _SLUG_LENGTH or len(words) < _SLUG_WORDS or "%" in segment:
        return segment
    if all(map(_is_word, words)):
        return segment.lower()

    return segment


def _is_word(piece: str) -> bool:
    """Tell a word or a number of a slug from an id, which mixes capitals and small letters."""
    if not piece or piece.isdigit():
        return True
    return piece.islower() or piece.isupper() or piece.istitle()


def _hash_route(fragment: str, *, is_bare: bool) -> str:
    """Return the fragment of the pages that put their address there.

    Every other fragment is a place on the page and goes; `#/news/1` is an address where nothing
    else is one.
    """
    is_route = is_bare and fragment.startswith("/") and len(fragment) > 1
    if not fragment.startswith("!") and not is_route:
        return ""

    return "#" + encode(fragment, SAFE | frozenset(b"/?"))
