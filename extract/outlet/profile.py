"""What recurs on an outlet's pages: a sketch that any order of pages, and any order of merging, ends in alike.

For every place of the template (an element's path of tags and class words) and every text seen there, the sketch keeps on which
articles' pages it stood. Two pages are of one article when they share address or headline, so that an article crawled fifty
times, or answering at two addresses, is one witness. Bounded: per week the `TEXTS` entries with the smallest hashes stay (bottom-k:
an entry that is among them at the end was never pushed out before), `WITNESSES` articles per entry, and the newest `WEEKS` weeks.
"""

import json
import zlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import Any

from lxml.html import HtmlElement

from extract.page.segments import Segment
from extract.page.title import key

FORMAT = 1
WEEKS, TEXTS, WITNESSES = 3, 8_000, 5
MAINS = 3  # places with most prose that a page names as its body's
LEAST = 20  # characters: shorter texts recur by chance
RECURRING = 0.3  # share of recurring texts from which on a place is not a body's
PATH = 6  # elements of a path that tell one place of a template from another

Witness = tuple[int, int]  # hashes of an article's address and headline
Entry = tuple[int, int]  # hashes of place and text


def fingerprint(text: str) -> int:
    """Return a 32-bit hash that is the same in every process."""
    return zlib.crc32(text.encode("utf-8", "surrogatepass"))


def place(node: HtmlElement, *, in_card: bool) -> int:
    """Return the hash of where an element stands in its template: tags and classes of the nearest ancestors.

    Digits are dropped from class words, since page builders number them.
    """
    parts = ["card" if in_card else "text"]
    element: HtmlElement | None = node
    for _ in range(PATH):
        if element is None or element.tag in {"body", "html"}:
            break
        names = " ".join(
            sorted(
                "".join(char for char in word if not char.isdigit())
                for word in (element.get("class") or "").split()[:6]
            )
        )
        parts.append(f"{element.tag}.{names}")
        element = element.getparent()
    return fingerprint("/".join(parts))


def witness(address: str, headline: str) -> Witness:
    """Return a page's article as a witness."""
    return fingerprint(address), fingerprint(key(headline))


@dataclass(frozen=True, slots=True)
class Sighting:
    """One page as the sketch takes it: who it is, when it was seen, its texts with their places, and its main place."""

    who: Witness
    week: int
    entries: tuple[Entry, ...]
    mains: tuple[int, ...]  # the places with most prose


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the profile says of one text at one place: the rule, 0 to 1 how surely, and how many other articles showed it."""

    rule: str
    confidence: float
    others: int


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened to the outlet's template."""

    name: str
    detail: str


@dataclass(frozen=True)
class SiteProfile:
    """An outlet's sketch. `weeks`: ISO week number since year 0 -> entries -> witnesses; `mains`: week -> main place -> witnesses."""

    weeks: dict[int, dict[Entry, tuple[Witness, ...]]] = field(default_factory=dict)
    mains: dict[int, dict[int, tuple[Witness, ...]]] = field(default_factory=dict)

    def merged(self, sightings: Iterable[Sighting]) -> "SiteProfile":
        """Return the profile after these pages too; self stays as it is."""
        weeks = {week: dict(entries) for week, entries in self.weeks.items()}
        mains = {week: dict(places) for week, places in self.mains.items()}
        for one in sightings:
            entries, places = weeks.setdefault(one.week, {}), mains.setdefault(one.week, {})
            for entry in one.entries:
                entries[entry] = _with(entries.get(entry, ()), one.who, WITNESSES)
            for where in one.mains:
                places[where] = _with(places.get(where, ()), one.who, 4 * WITNESSES)
            if len(entries) > 2 * TEXTS:
                weeks[one.week] = _smallest(entries)
            for old in sorted(weeks)[:-WEEKS]:
                del weeks[old], mains[old]
        return SiteProfile({week: _smallest(entries) for week, entries in weeks.items()}, mains)

    @cached_property
    def seen(self) -> dict[Entry, tuple[Witness, ...]]:
        """All entries of all weeks."""
        total: dict[Entry, tuple[Witness, ...]] = {}
        for entries in self.weeks.values():
            for entry, who in entries.items():
                total[entry] = tuple(sorted({*total.get(entry, ()), *who}))
        return total

    @cached_property
    def places(self) -> dict[int, tuple[int, int, int]]:
        """For each place: its texts, how many of them recur on pages of different articles, and its articles."""
        texts: dict[int, int] = {}
        recurring: dict[int, int] = {}
        articles: dict[int, set[Witness]] = {}
        for (where, _), who in self.seen.items():
            texts[where] = texts.get(where, 0) + 1
            recurring[where] = recurring.get(where, 0) + (different(who) > 1)
            articles.setdefault(where, set()).update(who)
        return {
            where: (count, recurring[where], different(articles[where]))
            for where, count in texts.items()
        }

    @cached_property
    def elsewhere(self) -> dict[int, set[tuple[int, Witness]]]:
        """For each text: the places and articles it was seen at."""
        found: dict[int, set[tuple[int, Witness]]] = {}
        for (where, text), who in self.seen.items():
            found.setdefault(text, set()).update((where, one) for one in who)
        return found

    @cached_property
    def main_places(self) -> frozenset[int]:
        """The places that carry articles' own bodies: much prose on several articles' pages, little of it on more than one."""
        return frozenset(where for where in self._prose_places if not self._recurs(where))

    @cached_property
    def own_places(self) -> frozenset[int]:
        """The places with much prose where each article brings, on average, a text that no other has."""
        found: set[int] = set()
        for where in self._prose_places:
            count, recurring, articles = self.places.get(where, (0, 0, 0))
            if articles and count - recurring >= articles:
                found.add(where)
        return frozenset(found)

    @cached_property
    def _prose_places(self) -> frozenset[int]:
        """The places with much prose on the pages of several articles."""
        found: set[int] = set()
        for places in self.mains.values():
            found.update(where for where, who in places.items() if different(who) > 1)
        return frozenset(found)

    def _recurs(self, where: int) -> bool:
        count, recurring, _ = self.places.get(where, (0, 0, 0))
        return recurring >= RECURRING * max(1, count)

    def judge(self, where: int, text: int, who: Witness) -> Verdict | None:
        """Return why a text at a place of this article's page is not the article's, or None.

        Not to be asked of the place where the page's body stands: there, what recurs is the article's all the same.
        """
        others = different(
            other for other in self.seen.get((where, text), ()) if not same(other, who)
        )
        count, recurring, articles = self.places.get(where, (0, 0, 0))
        share = recurring / count if count else 0.0
        if others >= (1 if share >= RECURRING else 2):
            return Verdict("recurs on other articles' pages", 1 - 0.5 ** (others + 1), others)
        if articles >= 3 and count >= 4 and share >= 0.5:  # noqa: PLR2004
            return Verdict("stands where texts of other articles recur", share * 0.9, 0)
        owners = {
            other
            for owned, other in self.elsewhere.get(text, ())
            if owned in self.main_places and not same(other, who)
        }
        if owners:
            return Verdict("is the body of another article", 0.95, len(owners))
        return None

    @property
    def articles(self) -> int:
        """How many different articles the sketch has seen, at most counted."""
        return different(
            {one for places in self.mains.values() for who in places.values() for one in who}
        )

    def events(self) -> tuple[Event, ...]:
        """Return what the newest week tells of the template: a redesign, when most bodies stand in places unknown before."""
        if len(self.mains) < 2:  # noqa: PLR2004
            return ()
        *old, newest = sorted(self.mains)
        known = {where for week in old for where in self.mains[week]}
        bodies = {
            where: who for where, who in self.mains[newest].items() if where in self.main_places
        }
        settled = {one for where, who in bodies.items() if where in known for one in who}
        total = {one for who in bodies.values() for one in who}
        fresh = total - settled
        if different(total) >= 3 and different(fresh) > 0.6 * different(total):  # noqa: PLR2004
            return (
                Event(
                    "redesign",
                    f"{different(fresh)} of {different(total)} articles stand in a place unknown before",
                ),
            )
        return ()

    def dumps(self) -> str:
        """Return the profile as one line of JSON, the same for the same content."""
        weeks = {
            str(week): [
                [*entry, *(part for one in who for part in one)]
                for entry, who in sorted(entries.items())
            ]
            for week, entries in sorted(self.weeks.items())
        }
        mains = {
            str(week): [
                [where, *(part for one in who for part in one)]
                for where, who in sorted(places.items())
            ]
            for week, places in sorted(self.mains.items())
        }
        return json.dumps({"format": FORMAT, "weeks": weeks, "mains": mains}, separators=(",", ":"))

    @classmethod
    def loads(cls, text: str) -> "SiteProfile":
        """Return the profile that a text holds; one of another format is forgotten, since pages teach it again."""
        stored: dict[str, Any] = json.loads(text)
        if stored.get("format") != FORMAT:
            return cls()
        weeks = {
            int(week): {(row[0], row[1]): _pairs(row[2:]) for row in rows}
            for week, rows in stored["weeks"].items()
        }
        mains = {
            int(week): {row[0]: _pairs(row[1:]) for row in rows}
            for week, rows in stored["mains"].items()
        }
        return cls(weeks, mains)


def _pairs(flat: list[int]) -> tuple[Witness, ...]:
    return tuple(zip(flat[::2], flat[1::2], strict=True))


def _with(known: tuple[Witness, ...], who: Witness, most: int) -> tuple[Witness, ...]:
    return known if who in known else tuple(sorted((*known, who))[:most])


def _smallest(entries: dict[Entry, tuple[Witness, ...]]) -> dict[Entry, tuple[Witness, ...]]:
    if len(entries) <= TEXTS:
        return entries
    # By the text's own hash: all places of a text stay or go together.
    return {
        entry: entries[entry]
        for entry in sorted(entries, key=lambda entry: (entry[1], entry[0]))[:TEXTS]
    }


def same(one: Witness, two: Witness) -> bool:
    """Tell whether two witnesses are of one article: the same address, or the same headline."""
    return one[0] == two[0] or one[1] == two[1]


def different(who: Iterable[Witness]) -> int:
    """Return how many articles witnesses stand for, at least: by addresses or by headlines, whichever is fewer."""
    members = set(who)
    return min(len({one[0] for one in members}), len({one[1] for one in members}))


def week(at: datetime) -> int:
    """Return the number of a moment's week, counted from year 1."""
    return at.toordinal() // 7


def sight(
    segments: list[Segment], cards: Iterable[int], address: str, headline: str, at: datetime
) -> Sighting:
    """Return a page as the sketch takes it. Linked lines (menus, tickers) are left out: they never pass for an article."""
    inside = frozenset(cards)
    entries: set[Entry] = set()
    prose: dict[int, int] = {}
    for segment in segments:
        if len(segment.text) < LEAST or segment.link_share > 0.6:  # noqa: PLR2004
            continue
        where = place(segment.node, in_card=segment.index in inside)
        entries.add((where, fingerprint(segment.key)))
        if segment.index not in inside:
            prose[where] = prose.get(where, 0) + len(segment.text)
    mains = sorted(sorted(prose), key=lambda where: prose[where], reverse=True)[:MAINS]
    return Sighting(witness(address, headline), week(at), tuple(sorted(entries)), tuple(mains))
