"""One page as an outlet's profile takes it: hashes of its texts, of their slots, of who it is."""

import re
import zlib
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from lxml.html import HtmlElement

from extract.page.segments import Segment
from extract.page.title import key

MAINS = 3  # slots with most prose that a page names as its body's
LEAST = 20  # characters: shorter texts recur by chance
PATH = 6  # elements of a path that tell one slot of a template from another
NAMES = 6  # class words of an element that are part of its path
LINKED = 0.6  # share of a line that is link from which on it never passes for an article
Witness = tuple[int, int]  # hashes of an article's address and headline
Entry = tuple[int, int]  # hashes of slot and text
_DIGITS = re.compile(r"\d")


def fingerprint(text: str) -> int:
    """Return a 32-bit hash that is the same in every process."""
    return zlib.crc32(text.encode("utf-8", "surrogatepass"))


def slot(node: HtmlElement, *, in_card: bool) -> int:
    """Return the hash of where an element stands in its template.

    Tags and classes of the nearest ancestors.

    Digits are dropped from class words, since page builders number them. A teaser
    card's text has slots of its own.
    """
    parts = ["card" if in_card else "text"]
    element: HtmlElement | None = node

    for _ in range(PATH):
        if element is None or element.tag in {"body", "html"}:
            break

        parts.append(f"{element.tag}.{_class_names(element)}")
        element = element.getparent()

    return fingerprint("/".join(parts))


def _class_names(element: HtmlElement) -> str:
    """Return an element's class words in alphabetical order, without digits."""
    words = (element.get("class") or "").split()[:NAMES]
    plain = [_DIGITS.sub("", word) for word in words]

    return " ".join(sorted(plain))


def witness(address: str, headline: str) -> Witness:
    """Return a page's article as a witness.

    Their hashes: `address` is canonical, and of the headline only letters and digits
    count.
    """
    return fingerprint(address), fingerprint(key(headline))


@dataclass(frozen=True, slots=True)
class Sighting:
    """One page as the sketch takes it.

    Who it is, when it was seen, its texts with their slots, and its main slots.
    """

    who: Witness
    week: int
    entries: tuple[Entry, ...]
    mains: tuple[int, ...]  # the slots with most prose


def same(one: Witness, two: Witness) -> bool:
    """Tell whether two witnesses are of one article: the same address, or the same headline."""
    return one[0] == two[0] or one[1] == two[1]


def different(who: Iterable[Witness]) -> int:
    """Return how many articles witnesses stand for, at least.

    By addresses or by headlines, whichever is fewer.
    """
    addresses: set[int] = set()
    headlines: set[int] = set()

    for address, headline in who:
        addresses.add(address)
        headlines.add(headline)

    return min(len(addresses), len(headlines))


def week(at: datetime) -> int:
    """Return the number of a moment's week, counted from year 1."""
    return at.toordinal() // 7


def sight(
    segments: list[Segment],
    cards: Iterable[int],
    address: str,
    headline: str,
    at: datetime,
) -> Sighting:
    """Return a page as the sketch takes it.

    `cards` are the numbers of segments in teaser cards, `at` is when the page was
    fetched. Linked lines (menus, tickers) are left out: they never pass for an article.
    """
    carded = frozenset(cards)
    entries: set[Entry] = set()
    prose: Counter[int] = Counter()

    for segment in segments:
        if len(segment.text) < LEAST or segment.link_share > LINKED:
            continue

        in_card = segment.index in carded
        where = slot(segment.node, in_card=in_card)
        entries.add((where, fingerprint(segment.key)))
        if not in_card:
            prose[where] += len(segment.text)

    by_prose = sorted(sorted(prose), key=lambda where: prose[where], reverse=True)

    return Sighting(
        who=witness(address, headline),
        week=week(at),
        entries=tuple(sorted(entries)),
        mains=tuple(by_prose[:MAINS]),
    )
