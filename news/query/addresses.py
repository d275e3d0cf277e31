"""What queries can ask of an article's address: its host, and the words that stand in it."""

import re
from functools import lru_cache
from urllib.parse import unquote, urlsplit

from news import urls

MOST_WORDS = 40  # of an address; further ones cannot be asked for
_LONGEST = 40  # letters of a word; what is longer is cut
_WORD = re.compile(r"[^\W_]+")
_HOST = re.compile(r"[a-z0-9_-]+(?:\.[a-z0-9_-]+)*")
_SCHEME = re.compile(r"\A(?i:https?://)?(?i:www\.)?")


def hosts(url: str) -> tuple[str, ...]:
    """Return the host of an address and the domains that it lies in, the host first.

    az.trend.az lies in trend.az; none for what is no address.
    """
    if not url:
        return ()

    parts = urlsplit(url)

    return _hosts(parts.netloc)


@lru_cache(maxsize=10_000)
def _hosts(netloc: str) -> tuple[str, ...]:
    try:
        key = urls.host_key(f"https://{netloc}/")
    except urls.UrlError:
        return ()

    host, _, _ = key.partition(":")
    domains = [host]
    _, _, parent = host.partition(".")

    while "." in parent:
        domains.append(parent)
        _, _, parent = parent.partition(".")

    return tuple(domains)


def words(url: str) -> tuple[str, ...]:
    """Return the words of an address or a part of one, folded, each once; a scheme is none."""
    bare = _without_scheme(url)
    if "%" in bare:
        bare = unquote(bare)

    written = _WORD.findall(bare.lower())
    shortened = [word[:_LONGEST] for word in written]
    each_once = dict.fromkeys(shortened)

    return tuple(each_once)[:MOST_WORDS]


def _without_scheme(url: str) -> str:
    """Return what stands after the scheme of an address and its www."""
    return _SCHEME.sub("", url, count=1)


def host_of(value: str) -> str:
    """Return the host that somebody names: trend.az, www.trend.az, *.trend.az, an address.

    Raises ValueError where there is none.
    """
    address = value.strip().removeprefix("*").removeprefix(".")
    if "://" not in address:
        address = f"https://{address}"

    try:
        key = urls.host_key(address)
    except urls.UrlError as error:
        raise ValueError(value) from error

    host, _, _ = key.partition(":")
    if not _HOST.fullmatch(host):
        raise ValueError(value)

    return host


def path_of(value: str) -> str:
    """Return what stands after the host that somebody names, empty for nothing."""
    bare = _without_scheme(value.strip())
    _, _, path = bare.partition("/")

    return path.strip("/*")
