"""Which articles a package is about: one, a story's, a watch's, a query's."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import islice

from evidence.errors import EvidenceError
from news.urls import UrlError, canonical
from storage import Archive, pages
from storage import evidence as kept


class Kind(StrEnum):
    """What a package is asked for by."""

    ARTICLE = "article"
    STORY = "story"
    WATCH = "watch"
    QUERY = "query"


@dataclass(frozen=True, slots=True)
class Selection:
    """The articles' canonical addresses, what they are together, and how many were left out."""

    title: str
    urls: tuple[str, ...]
    left: int = 0


def kind_of(archive: Archive, what: str) -> Kind:
    """Return what a text names: an address, a story's number, a watch by its name, else a query."""
    if what.startswith(("http://", "https://")):
        return Kind.ARTICLE

    if what.isascii() and what.isdigit():
        return Kind.STORY

    with archive.transaction() as cursor:
        is_watch = kept.has_watch(cursor, what)

    return Kind.WATCH if is_watch else Kind.QUERY


def select(archive: Archive, what: str, kind: Kind, most: int) -> Selection:
    """Return the articles that are asked for, so many at most; raises EvidenceError for none."""
    match kind:
        case Kind.ARTICLE:
            found = _article(what)
        case Kind.STORY:
            found = _story(archive, what)
        case Kind.WATCH:
            found = _watch(archive, what)
        case Kind.QUERY:
            found = _query(archive, what, most)

    if not found.urls:
        raise EvidenceError(f"{what!r} names no article of the archive")

    left = found.left + max(0, len(found.urls) - most)

    return Selection(found.title, found.urls[:most], left)


def _article(url: str) -> Selection:
    try:
        address = canonical(url)
    except UrlError as error:
        raise EvidenceError(f"{url!r} is no address: {error}") from error

    return Selection(f"Article {address}", (address,))


def _story(archive: Archive, what: str) -> Selection:
    """Return a story's articles: by its number, or by the address of one of them."""
    number = int(what) if what.isascii() and what.isdigit() else _story_of(archive, what)
    with archive.transaction() as cursor:
        urls = kept.story_urls(cursor, number)

    return Selection(f"Story {number}", tuple(urls))


def _story_of(archive: Archive, url: str) -> int:
    [address] = _article(url).urls
    article = archive.article(address)
    if article is None:
        raise EvidenceError(f"the archive has no article {url}")

    with pages.reading(archive) as cursor:
        lines = pages.stories_of(cursor, [article.id])

    if not lines:
        raise EvidenceError(f"{url} is in no story")

    return lines[article.id]


def _watch(archive: Archive, name: str) -> Selection:
    with archive.transaction() as cursor:
        if not kept.has_watch(cursor, name):
            raise EvidenceError(f"there is no watch {name!r}; `khabar watch list` shows all")

        urls = kept.watch_urls(cursor, name)

    return Selection(f"Watch {name}", tuple(urls))


def _query(archive: Archive, query: str, most: int) -> Selection:
    urls = _urls(archive, query)
    first = tuple(islice(urls, most))
    left = sum(1 for _ in urls)

    return Selection(f"Query {query}", first, left)


def _urls(archive: Archive, query: str) -> Iterator[str]:
    for result in archive.walk(query):
        yield result.url
