"""What queries can ask of an article's address: its host, and the words that stand in it."""

import re
from functools import lru_cache
from urllib.parse import unquote, urlsplit

from news import urls

MOST_WORDS = 40  # of an address; further ones cannot be asked for
_LONGEST = 40  # letters of a word; what is longer is cut
_WORD = re.compile(r"[^\W_]+")
_SCHEME = re.compile(r"(?i:https?://)?(?i:www\.)?")


def hosts(url: str) -> tuple[str, ...]:
    """Return the host of an address and the domains that it lies in, the host first.

    az.trend.az lies in trend.az; none for what is no address.
    """
    return _hosts(urlsplit(url).netloc) if url else ()


@lru_cache(maxsize=10_000)
def _hosts(netloc: str) -> tuple[str, ...]:
    try:
        host = urls.host_key(f"https://{netloc}/").partition(":")[0]
    except urls.UrlError:
        return ()

    labels = host.split(".")
    domains = [".".join(labels[start:]) for start in range(len(labels) - 1)]

    return tuple(domains) or (host,)


def words(url: str) -> tuple[str, ...]:
    """Return the words of an address or a part of one, folded, each once; a scheme is none."""
    bare = url[_SCHEME.match(url).end() :]  # type: ignore[union-attr]
    if "%" in bare:
        bare = unquote(bare)

    found = dict.fromkeys(word[:_LONGEST] for word in _WORD.findall(bare.lower()))

    return tuple(found)[:MOST_WORDS]


def host_of(value: str) -> str:
    """Return the host that somebody names: trend.az, www.trend.az, *.trend.az, an address.

    Raises ValueError where there is none.
    """
    bare = value.strip().removeprefix("*").removeprefix(".")
    address = bare if "://" in bare else f"https://{bare}"
    try:
        return urls.host_key(address).partition(":")[0]
    except urls.UrlError as error:
        raise ValueError(value) from error


def path_of(value: str) -> str:
    """Return what stands after the host that somebody names, empty for nothing."""
    bare = value.strip()
    bare = bare[_SCHEME.match(bare).end() :]  # type: ignore[union-attr]

    return bare.partition("/")[2].strip("/*")
