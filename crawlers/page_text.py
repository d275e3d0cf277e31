"""What two pages have in common, roughly and cheaply: their titles, and runs of running text.

The crawl has no extraction. Runs of text between two tags are enough to tell whether two answers
of one outlet show the same article, the same wall, or two articles under one frame.
"""

import hashlib
import html
import re
from collections.abc import Iterator
from dataclasses import dataclass

from crawlers.download import walls

_MOST = 400  # runs of a page
_LOOKED_AT = 400_000  # bytes
_SAME = 0.8  # share of the shorter page's runs that the other has too
_SHORT = 1500  # letters of running text: what has less may be a wall or an error
_CONTINUATION = bytes(range(0x80, 0xC0))  # UTF-8: no letter begins with one of these
_LINKS = frozenset({b"<a ", b"<a\n", b"<a\t"})
_TAG = 2000  # bytes of the longest tag in front of a run
# Runs of at least 60 bytes: shorter ones are menus, labels, buttons.
_RUN = re.compile(rb"<(script|style|noscript)\b|>([^<]{60,})", re.IGNORECASE)
_CARD = re.compile(
    rb"<meta[^>]{0,200}?property\s*=\s*[\"']og:title[\"'][^>]{0,2000}>", re.IGNORECASE
)
_CONTENT = re.compile(rb"content\s*=\s*(?:\"([^\"]*)\"|'([^']*)')", re.IGNORECASE)
_TITLE = re.compile(rb"<title[^>]{0,200}>([^<]{1,2000})", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Sketch:
    """A page's title, the digests of its runs of text, and how many letters these have.

    `linked` are the runs that are links: a box of the latest headlines changes by the hour.
    `longest` are those of running text by their length, the longest first: an article's paragraphs
    come before the lines of a frame.
    """

    title: str
    runs: frozenset[bytes]
    size: int
    linked: frozenset[bytes] = frozenset()
    longest: tuple[bytes, ...] = ()

    @property
    def is_short(self) -> bool:
        """Whether there is so little text that it may be no article's."""
        return self.size < _SHORT

    @property
    def digest(self) -> str:
        """What stands for title and text together, links left out, in eight letters."""
        own = self.runs - self.linked or self.runs
        whole = self.title.encode() + b"".join(sorted(own))

        return hashlib.blake2b(whole, digest_size=4).hexdigest()


def sketch(body: bytes) -> Sketch:
    """Return the sketch of a page."""
    head = body[:_LOOKED_AT]
    runs = dict[bytes, int]()  # with their lengths
    linked = set[bytes]()
    size = 0

    for run, is_link in _runs(head):
        digest = _digest(run)
        letters = len(run.translate(None, _CONTINUATION))
        size += letters
        runs[digest] = letters
        if is_link:
            linked.add(digest)

        if len(runs) >= _MOST:
            break

    if not runs:
        # A page of a few words: all of them are one run.
        words = b" ".join(walls.words_of(head))
        runs[_digest(words)] = len(words)

    return Sketch(
        title=title(head),
        runs=frozenset(runs),
        size=size,
        linked=frozenset(linked),
        longest=_longest(runs, linked),
    )


def _longest(
    lengths: dict[bytes, int],
    linked: set[bytes],
) -> tuple[bytes, ...]:
    """Return the runs that are no links by their length, the longest first."""
    own = lengths.keys() - linked or lengths.keys()

    return tuple(sorted(own, key=lambda run: (-lengths[run], run)))


def may_be_wall(body: bytes) -> bool:
    """Tell whether a page has so little text that a crawl may still take it back as a wall."""
    return sketch(body).is_short


def _digest(run: bytes) -> bytes:
    """Return the 8 bytes that stand for a run of words."""
    return hashlib.blake2b(run, digest_size=8).digest()


def _runs(body: bytes) -> Iterator[tuple[bytes, bool]]:
    """Yield the long runs of text, and whether each is a link; scripts and styles are left out.

    Each byte is looked at once.
    """
    place = 0
    endless = set[bytes]()

    while match := _RUN.search(body, place):
        place = match.end()
        name = match[1].lower() if match[1] else b""
        if not name:
            run = b" ".join(match[2].split())
            if run:
                yield run, _is_link(body, match.start())
        elif name not in endless:
            end = body.find(b"</" + name, place)
            if end < 0:
                endless.add(name)
            else:
                place = end


def _is_link(
    body: bytes,
    end: int,
) -> bool:
    """Tell whether the tag that ends at a place opens a link."""
    earliest = max(end - _TAG, 0)
    begin = body.rfind(b"<", earliest, end)
    if begin < 0:
        return False

    name = body[begin : begin + 3]

    return name.lower() in _LINKS


def title(body: bytes) -> str:
    """Return the title that a page gives itself, in one line; an empty one when it has none."""
    card = _CARD.search(body)
    content = _CONTENT.search(card[0]) if card else None

    if content is not None:
        raw = content[1] or content[2] or b""
    else:
        named = _TITLE.search(body)
        raw = named[1] if named else b""

    return " ".join(html.unescape(raw.decode("utf-8", "replace")).split())


def is_same(
    left: Sketch,
    right: Sketch,
) -> bool:
    """Tell whether two pages show the same; False where it cannot be told.

    Two articles of one outlet share its frame, and a weather report has the same title every day:
    both titles and texts have to agree.
    """
    fewer = min(len(left.runs), len(right.runs))
    if not fewer or left.title != right.title:
        return False

    return len(left.runs & right.runs) >= _SAME * fewer
