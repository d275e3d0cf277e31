"""What a crawl remembers of its outlet and of each of its doors, beside their validators."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import datetime

from crawlers import door_notes, outlet_notes
from crawlers.discovery import address_rules, hints, pattern_record
from crawlers.door_notes import DoorNotes
from crawlers.download.throttle import Pacer, moment
from crawlers.memory import Memory
from crawlers.outlet_notes import OutletNotes
from news.crawl import DoorState
from news.outlet import Outlet
from news.urls import canonical


class RememberedNotes:
    """The notes of one outlet's crawl, read from its memory and written back to it."""

    def __init__(self, outlet: Outlet, memory: Memory, pacer: Pacer) -> None:
        self.outlet = outlet
        self.memory = memory
        self.pacer = pacer
        self._read: tuple[DoorState, OutletNotes] | None = None  # the notes as they stood last

    def now(self) -> datetime:
        """Return the crawl's time."""
        return moment(self.pacer.clock)

    def notes_of(self, url: str) -> DoorNotes:
        """Return the notes on a door."""
        return door_notes.read(self.memory.door(url))

    def put_notes(self, url: str, notes: DoorNotes) -> None:
        """Remember a door's notes."""
        self.memory.put_door(door_notes.write(self.memory.door(url), notes))

    def notes_of_doors(self) -> list[DoorNotes]:
        """Return the notes on the outlet's doors, in the order of its file."""
        return [self.notes_of(door.url) for door in self.outlet.doors]

    def outlet_notes(self) -> OutletNotes:
        """Return what is remembered of the outlet as a whole."""
        url = outlet_notes.outlet_url(self.outlet)
        own = self.memory.door(url)

        if self._read is not None and self._read[0] is own:
            return self._read[1]

        first_door = self.outlet.doors[0]
        first = self.memory.door(first_door.url)
        notes = outlet_notes.read(own, first)

        if own.data:
            self._read = own, notes

        return notes

    def put_outlet_notes(self, notes: OutletNotes) -> None:
        """Remember something of the outlet as a whole."""
        url = outlet_notes.outlet_url(self.outlet)
        before = self.memory.door(url)
        polled = replace(before, last_polled=self.now())
        state = outlet_notes.write(polled, notes)
        self.memory.put_door(state)

    def change_outlet_notes(self, change: Callable[[OutletNotes], OutletNotes]) -> None:
        """Remember the outlet's notes as a change leaves them; nothing is written for no change."""
        notes = self.outlet_notes()
        changed = change(notes)

        if changed != notes:
            self.put_outlet_notes(changed)

    def record_patterns(self, articles: Iterable[str] = (), others: Iterable[str] = ()) -> None:
        """Remember what came of addresses, for others that are built like them."""
        notes = self.outlet_notes()
        records = pattern_record.enter(notes.records, articles, others)
        self.put_outlet_notes(replace(notes, records=records))

    def record_proof(self, url: str, other: str, *, is_same: bool) -> None:
        """Remember whether two addresses were one article, if they differ by little."""
        rule = address_rules.between(url, other)
        if rule is None:
            return

        notes = self.outlet_notes()
        proofs = address_rules.enter(notes.proofs, rule, is_proof=is_same)
        self.put_outlet_notes(replace(notes, proofs=proofs))

    def one_name_of(self, url: str) -> str:
        """Return the address of an unknown article as it is known to be the same by."""
        notes = self.outlet_notes()
        led = notes.leads.get(hints.short(url)) if notes.leads else None

        if led is not None:
            return led

        if url in self.memory:
            return url

        proofs = notes.proofs

        return canonical(address_rules.without(url, proofs)) if proofs else url

    def learnt_patterns(self) -> frozenset[str]:
        """Return how the addresses of this outlet's articles are built."""
        notes = self.outlet_notes()

        return frozenset(notes.patterns) | pattern_record.proved(notes.records)
