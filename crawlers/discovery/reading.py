"""What a door says."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime


def gist(texts: Iterable[str]) -> str:
    """Return what stands for the texts a door carries of an article; nothing for none."""
    joined = "\n".join(text for text in texts if text)
    if not joined:
        return ""

    return hashlib.blake2b(joined.encode("utf-8", "replace"), digest_size=8).hexdigest()


@dataclass(
    frozen=True,
    slots=True,
    kw_only=True,
)
class Entry:
    """One article as a door names it.

    `url` is absolute, as written; datetimes are aware; `gist` stands for the text that the door
    carries. `content` is the whole article as HTML in UTF-8, where the door brings it.
    """

    url: str
    title: str | None = None
    published: datetime | None = None
    updated: datetime | None = None
    gist: str = ""
    content: bytes = b""


@dataclass(
    frozen=True,
    slots=True,
    kw_only=True,
)
class Further:
    """A further page or file of the same door.

    `updated` is what an index says of a child sitemap, the latest moment that its date may mean.
    """

    url: str
    updated: datetime | None = None


@dataclass(
    frozen=True,
    slots=True,
    kw_only=True,
)
class Nameless:
    """An article that a page's data describes without its address: `key` is what it is called by.

    A slug, or a number; `published` is aware.
    """

    key: str
    title: str
    published: datetime | None = None


@dataclass(
    frozen=True,
    slots=True,
    kw_only=True,
)
class Reading:
    """The articles of one reading, in the door's order, and where it goes on.

    `kind` says what the body turned out to be. `ordered`: newest first, so that a link missing in
    the middle is a hint of a deletion. `marks` stand for all addresses of a sitemap's file,
    `left_out` counts those of them that are not among the entries though nobody knows them, and
    `without_link` entries that name no address: nobody can fetch them;
    `without_text` entries of a door that brings whole articles, which have none. `doubtful` are
    links that do not look like articles and might be some, `nameless` articles without address.
    """

    kind: str
    entries: tuple[Entry, ...] = ()
    further: tuple[Further, ...] = ()
    ordered: bool = True
    marks: frozenset[int] = frozenset()
    left_out: int = 0
    without_link: int = 0
    without_text: int = 0
    doubtful: tuple[Entry, ...] = ()
    nameless: tuple[Nameless, ...] = ()
