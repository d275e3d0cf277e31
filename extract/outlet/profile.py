"""What recurs on an outlet's pages.

A sketch that any order of pages, and any order of merging, ends in alike.

For every slot of the template (an element's path of tags and class words) and every
text seen there, the sketch keeps on which articles' pages it stood. Two pages are of
one article when they share address or headline, so that an article crawled fifty times,
or answering at two addresses, is one witness.

Bounded: per week the `TEXTS` entries with the smallest hashes stay (bottom-k: an entry
that is among them at the end was never pushed out before), `WITNESSES` articles per
entry, and the newest `WEEKS` weeks. The stored form calls a slot a place.
"""

import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from extract.outlet.sketch import Entry, Sighting, Witness, different, same
from extract.outlet.verdicts import Event, Usage, Verdict

FORMAT = 1
WEEKS, TEXTS, WITNESSES = 3, 8_000, 5
RECURRING = 0.3  # share of recurring texts from which on a slot is not a body's

Entries = dict[Entry, tuple[Witness, ...]]


@dataclass(frozen=True)
class SiteProfile:
    """An outlet's sketch.

    `weeks`: week number -> entries -> witnesses; `mains`: week number -> main slot ->
    witnesses.
    """

    weeks: dict[int, Entries] = field(default_factory=dict)
    mains: dict[int, dict[int, tuple[Witness, ...]]] = field(default_factory=dict)

    def merged(self, sightings: Iterable[Sighting]) -> "SiteProfile":
        """Return the profile after these pages too; self stays as it is.

        The order of the pages, and of several calls, does not matter.
        """
        weeks = {number: dict(entries) for number, entries in self.weeks.items()}
        mains = {number: dict(slots) for number, slots in self.mains.items()}

        for one in sightings:
            entries = weeks.setdefault(one.week, {})
            slots = mains.setdefault(one.week, {})

            for entry in one.entries:
                entries[entry] = _with(entries.get(entry, ()), one.who, WITNESSES)

            for where in one.mains:
                slots[where] = _with(slots.get(where, ()), one.who, 4 * WITNESSES)

            if len(entries) > 2 * TEXTS:
                weeks[one.week] = _smallest(entries)

            for old in sorted(weeks)[:-WEEKS]:
                del weeks[old], mains[old]

        bounded = {number: _smallest(entries) for number, entries in weeks.items()}

        return SiteProfile(bounded, mains)

    @cached_property
    def seen(self) -> Entries:
        """All entries of all weeks.

        Witnesses of the same entry in several weeks are joined.
        """
        total: Entries = {}

        for entries in self.weeks.values():
            for entry, who in entries.items():
                known = total.get(entry, ())
                total[entry] = tuple(sorted({*known, *who}))

        return total

    @cached_property
    def slots(self) -> dict[int, Usage]:
        """For each slot, how it is used.

        Counted over all weeks.
        """
        texts: Counter[int] = Counter()
        recurring: Counter[int] = Counter()
        articles: dict[int, set[Witness]] = {}

        for (where, _), who in self.seen.items():
            texts[where] += 1
            recurring[where] += different(who) > 1
            articles.setdefault(where, set()).update(who)

        found: dict[int, Usage] = {}

        for where, count in texts.items():
            found[where] = Usage(count, recurring[where], different(articles[where]))

        return found

    @cached_property
    def elsewhere(self) -> dict[int, set[tuple[int, Witness]]]:
        """For each text: the slots and articles it was seen at."""
        found: dict[int, set[tuple[int, Witness]]] = {}

        for (where, text), who in self.seen.items():
            sightings = found.setdefault(text, set())
            for one in who:
                sightings.add((where, one))

        return found

    @cached_property
    def main_slots(self) -> frozenset[int]:
        """The slots that carry articles' own bodies.

        There is much prose in them on several articles' pages, and little of it on more than one.
        """
        return frozenset(where for where in self._prose_slots if not self._recurs(where))

    @cached_property
    def own_slots(self) -> frozenset[int]:
        """The slots with much prose where each article brings a text of its own.

        On average: as many texts that no other article has as there are articles.
        """
        found: set[int] = set()

        for where in self._prose_slots:
            usage = self.slots.get(where, Usage())
            own = usage.texts - usage.recurring
            if usage.articles and own >= usage.articles:
                found.add(where)

        return frozenset(found)

    @cached_property
    def _prose_slots(self) -> frozenset[int]:
        """The slots with much prose on the pages of several articles."""
        found: set[int] = set()

        for slots in self.mains.values():
            for where, who in slots.items():
                if different(who) > 1:
                    found.add(where)

        return frozenset(found)

    def _recurs(self, where: int) -> bool:
        """Tell whether so many of a slot's texts recur that it is no body's."""
        usage = self.slots.get(where, Usage())
        return usage.recurring >= RECURRING * max(1, usage.texts)

    def judge(self, where: int, text: int, who: Witness) -> Verdict | None:
        """Return why a text in a slot of this article's page is not the article's, or None.

        Not to be asked of the slot where the page's body stands: there, what recurs is
        the article's all the same.

        `where` and `text` are hashes of slot and text, `who` is the page's own article.
        """
        others = self._other_articles(where, text, who)
        usage = self.slots.get(where, Usage())
        enough = 1 if usage.share >= RECURRING else 2
        if others >= enough:
            return Verdict("recurs on other articles' pages", 1 - 0.5 ** (others + 1), others)

        if usage.articles >= 3 and usage.texts >= 4 and usage.share >= 0.5:  # noqa: PLR2004
            return Verdict("stands where texts of other articles recur", usage.share * 0.9, 0)

        owners = self._owners(text, who)
        if owners:
            return Verdict("is the body of another article", 0.95, owners)

        return None

    def _other_articles(self, where: int, text: int, who: Witness) -> int:
        """Return how many other articles showed a text in this slot."""
        witnesses = self.seen.get((where, text), ())
        return different(other for other in witnesses if not same(other, who))

    def _owners(self, text: int, who: Witness) -> int:
        """Return how many other articles have a text in their body's slot."""
        owners: set[Witness] = set()

        for where, other in self.elsewhere.get(text, ()):
            if where in self.main_slots and not same(other, who):
                owners.add(other)

        return len(owners)

    @property
    def articles(self) -> int:
        """How many different articles the sketch has seen, at most counted."""
        members: set[Witness] = set()

        for slots in self.mains.values():
            for who in slots.values():
                members.update(who)

        return different(members)

    def events(self) -> tuple[Event, ...]:
        """Return what the newest week tells of the template.

        A redesign, when most bodies stand in slots unknown before.

        Told by the articles of the newest week whose bodies stand in slots that no
        earlier week knew.
        """
        if len(self.mains) < 2:  # noqa: PLR2004 - a week and the one before it
            return ()

        *old, newest = sorted(self.mains)
        known: set[int] = set()

        for number in old:
            known.update(self.mains[number])

        total: set[Witness] = set()
        at_home: set[Witness] = set()

        for where, who in self.mains[newest].items():
            if where not in self.main_slots:
                continue

            total.update(who)
            if where in known:
                at_home.update(who)

        fresh = different(total - at_home)
        count = different(total)
        if count < 3 or fresh <= 0.6 * count:  # noqa: PLR2004
            return ()

        detail = f"{fresh} of {count} articles stand in a place unknown before"

        return (Event("redesign", detail),)

    def dumps(self) -> str:
        """Return the profile as one line of JSON, the same for the same content."""
        weeks: dict[str, list[list[int]]] = {}

        for number, entries in sorted(self.weeks.items()):
            rows = [[*entry, *_flat(who)] for entry, who in sorted(entries.items())]
            weeks[str(number)] = rows

        mains: dict[str, list[list[int]]] = {}

        for number, slots in sorted(self.mains.items()):
            rows = [[where, *_flat(who)] for where, who in sorted(slots.items())]
            mains[str(number)] = rows

        stored = {"format": FORMAT, "weeks": weeks, "mains": mains}

        return json.dumps(stored, separators=(",", ":"))

    @classmethod
    def loads(cls, text: str) -> "SiteProfile":
        """Return the profile that a text holds.

        One of another format is forgotten, since pages teach it again.
        """
        stored: dict[str, Any] = json.loads(text)
        if stored.get("format") != FORMAT:
            return cls()

        weeks: dict[int, Entries] = {}

        for number, rows in stored["weeks"].items():
            weeks[int(number)] = {(row[0], row[1]): _pairs(row[2:]) for row in rows}

        mains: dict[int, dict[int, tuple[Witness, ...]]] = {}

        for number, rows in stored["mains"].items():
            mains[int(number)] = {row[0]: _pairs(row[1:]) for row in rows}

        return cls(weeks, mains)


def _flat(who: Iterable[Witness]) -> list[int]:
    """Return witnesses as one list of numbers."""
    numbers: list[int] = []

    for one in who:
        numbers.extend(one)

    return numbers


def _pairs(flat: list[int]) -> tuple[Witness, ...]:
    """Return the witnesses that a list of numbers holds."""
    return tuple(zip(flat[::2], flat[1::2], strict=True))


def _with(known: tuple[Witness, ...], who: Witness, most: int) -> tuple[Witness, ...]:
    """Return witnesses with one more; of too many, the smallest stay."""
    if who in known:
        return known

    return tuple(sorted((*known, who))[:most])


def _smallest(entries: Entries) -> Entries:
    """Return the `TEXTS` entries with the smallest hashes.

    By the text's own hash, so that all slots of a text stay or go together.
    """
    if len(entries) <= TEXTS:
        return entries

    ordered = sorted(entries, key=lambda entry: (entry[1], entry[0]))

    return {entry: entries[entry] for entry in ordered[:TEXTS]}
