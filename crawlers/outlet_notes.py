"""What the crawl notes of an outlet as a whole, typed; one reader and one writer.

The archive keeps the notes as text by name, under an address of the outlet's own.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from crawlers import look_notes
from crawlers.discovery.pattern_record import Record
from crawlers.look_notes import NO_LOOKS, Looks
from crawlers.note_values import lines, moment, number, pairs, whole, without
from crawlers.wall_watch import NO_WALL, Wall
from news.crawl import DoorState
from news.outlet import DoorKind, Outlet


@dataclass(frozen=True, slots=True)
class Ledger:
    """What an outlet cost beside first fetches and planned re-checks: requests over days."""

    at: datetime | None = None  # of the last entry
    count: float = 0.0  # requests, fading
    span: float = 0.0  # days, fading
    debt: float = 0.0  # requests beyond what the outlet may be asked; negative: left over


@dataclass(
    frozen=True,
    slots=True,
    kw_only=True,
)
class FoundDoor:
    """A door that was found: in place of one that has died, or beside the others."""

    kind: DoorKind
    url: str
    instead: str  # the address of the dead one; its own where it stands beside the doors

    @property
    def is_beside(self) -> bool:
        """Whether it names what no other door names, and stands in no door's place."""
        return self.instead == self.url


@dataclass(
    frozen=True,
    slots=True,
    kw_only=True,
)
class OutletNotes:
    """What is remembered of an outlet as a whole."""

    ledger: Ledger = field(default_factory=Ledger)
    patterns: tuple[str, ...] = ()  # how the addresses of its articles are built
    records: Mapping[str, Record] = field(default_factory=dict)  # by pattern: what came of it
    # By what addresses of one article differ: see crawlers.discovery.address_rules.
    proofs: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    found: tuple[FoundDoor, ...] = ()  # in place of doors that have died
    searched: datetime | None = None  # when doors were looked for last
    verdict: str = ""  # on its pages, by the last crawl that asked for new ones: an OutletState
    verdict_note: str = ""
    # Under which addresses, shortened, the texts of the last pages were seen.
    texts: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    traces: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # see crawlers.moves
    # Addresses that lead on: see crawlers.redirectors. Headlines are of articles named otherwise.
    redirectors: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    headlines: Mapping[str, str] = field(default_factory=dict)
    leads: Mapping[str, str] = field(default_factory=dict)  # where they lead, by shortened address
    wall: Wall = NO_WALL  # in front of the articles
    looks: Looks = NO_LOOKS  # at sections that are no doors
    route: str = ""  # by which articles are reached that are named without an address
    route_tries: int = 0  # guesses of it that led to no article
    gap: datetime | None = None  # when a list last ran over, and no door reached back
    gap_at: str = ""  # the list
    unknown: Mapping[str, str] = field(default_factory=dict)


_OUTLET_NAMES = frozenset(
    {
        "spent_at",
        "spent_count",
        "spent_span",
        "spent_debt",
        "texts",
        "verdict",
        "verdict_note",
        "patterns",
        "records",
        "found",
        "searched",
        "traces",
        "proofs",
        "redirectors",
        "headlines",
        "leads",
        "wall_looks",
        "wall_until",
        "route",
        "route_tries",
        "gap",
        "gap_at",
        *look_notes.NAMES,
    }
)


def outlet_url(outlet: Outlet) -> str:
    """Return the address under which an outlet's own notes lie among those of its doors."""
    return f"{outlet.home.partition('#')[0]}#outlet"


def read(state: DoorState, first_door: DoorState) -> OutletNotes:
    """Return an outlet's notes.

    Archives of before had no place of their own for them: the ledger was kept among the notes of
    the outlet's first door.
    """
    data = state.data or first_door.data
    ledger = Ledger(
        at=moment(data, "spent_at"),
        count=number(data, "spent_count"),
        span=number(data, "spent_span"),
        debt=number(data, "spent_debt"),
    )

    texts = _texts(state.data)

    return OutletNotes(
        ledger=ledger,
        patterns=lines(state.data, "patterns"),
        records=_records(state.data),
        proofs=_proofs(state.data, "proofs"),
        found=_found(state.data),
        searched=moment(state.data, "searched"),
        verdict=state.data.get("verdict", ""),
        verdict_note=state.data.get("verdict_note", ""),
        texts=texts,
        traces=_traces(state.data),
        redirectors=_proofs(state.data, "redirectors"),
        headlines=_addresses(state.data, "headlines"),
        leads=_addresses(state.data, "leads"),
        wall=wall_of(state),
        looks=look_notes.read(state.data),
        route=state.data.get("route", ""),
        route_tries=whole(state.data, "route_tries"),
        gap=moment(state.data, "gap"),
        gap_at=state.data.get("gap_at", ""),
        unknown=without(state.data, _OUTLET_NAMES),
    )


def wall_of(state: DoorState) -> Wall:
    """Return what is remembered of the wall in front of an outlet's articles."""
    looks = int(number(state.data, "wall_looks"))
    until = moment(state.data, "wall_until")

    return Wall(looks, until)


def write(state: DoorState, notes: OutletNotes) -> DoorState:
    """Return the state under an outlet's own address with these notes."""
    data = dict(notes.unknown)
    _enter_ledger(data, notes.ledger)

    for name, text in _written_notes(notes):
        if text:
            data[name] = text

    if notes.wall.until is not None:
        data["wall_looks"] = str(notes.wall.looks)
        data["wall_until"] = notes.wall.until.isoformat()

    if notes.gap is not None:
        data["gap"] = notes.gap.isoformat()
        data["gap_at"] = notes.gap_at

    if notes.route_tries:
        data["route_tries"] = str(notes.route_tries)

    if notes.verdict:
        data["verdict"] = notes.verdict
        data["verdict_note"] = notes.verdict_note

    return replace(state, data=data)


def _enter_ledger(data: dict[str, str], ledger: Ledger) -> None:
    """Enter what an outlet cost."""
    if ledger.at is not None:
        data["spent_at"] = ledger.at.isoformat()

    data["spent_count"] = f"{ledger.count:.4f}"
    data["spent_span"] = f"{ledger.span:.6f}"
    data["spent_debt"] = f"{ledger.debt:.2f}"


def _written_notes(notes: OutletNotes) -> Iterator[tuple[str, str]]:
    """Yield each note that is a text by its name; empty ones are not kept."""
    yield "patterns", "\n".join(notes.patterns)
    yield "records", _written_records(notes.records)
    yield "proofs", _written(notes.proofs)
    yield "redirectors", _written(notes.redirectors)
    yield "found", _written_doors(notes.found)

    if notes.searched:
        yield "searched", notes.searched.isoformat()

    traces = _rows(notes.traces, " ")
    texts = _rows(notes.texts, ":")
    yield "traces", "\n".join(traces)
    yield "texts", " ".join(texts)
    yield "route", notes.route
    yield "headlines", _written_addresses(notes.headlines)
    yield "leads", _written_addresses(notes.leads)
    yield from look_notes.written(notes.looks)


def _rows(lists: Mapping[str, tuple[str, ...]], between: str) -> Iterator[str]:
    """Yield each key, what stands `between`, and its texts with commas."""
    for key, texts in lists.items():
        joined = ",".join(texts)
        yield f"{key}{between}{joined}"


def _written_records(records: Mapping[str, Record]) -> str:
    """Return what came of the patterns of addresses, as `_records` reads it."""
    counts = {}
    for pattern, record in records.items():
        counts[pattern] = (record.articles, record.others)

    return _written(counts)


def _written_doors(doors: Iterable[FoundDoor]) -> str:
    """Return the doors that were found, as `_found` reads them."""
    rows = []
    for door in doors:
        row = f"{door.kind} {door.url} {door.instead}"
        rows.append(row)

    return "\n".join(rows)


def _written_addresses(addresses: Mapping[str, str]) -> str:
    """Return addresses by what stands for them, as `_addresses` reads them."""
    rows = []
    for key, url in addresses.items():
        row = f"{key} {url}"
        rows.append(row)

    return "\n".join(rows)


def _written(counts: Mapping[str, tuple[int, int]]) -> str:
    """Return two counts of each key: `first second key`, one a line."""
    rows = []
    for key, (first, second) in counts.items():
        row = f"{first} {second} {key}"
        rows.append(row)

    return "\n".join(rows)


def with_records(notes: OutletNotes, records: Mapping[str, Record]) -> OutletNotes:
    """Return an outlet's notes with other records of its patterns."""
    return replace(notes, records=records)


def _texts(data: Mapping[str, str]) -> dict[str, tuple[str, ...]]:
    """Return under which addresses the texts of the last pages were seen."""
    texts = {}
    for text, urls in pairs(data, "texts").items():
        addresses = urls.split(",")
        texts[text] = tuple(addresses)

    return texts


def _records(data: Mapping[str, str]) -> dict[str, Record]:
    """Return what came of the patterns of addresses: `articles others pattern`, one a line."""
    records = {}
    for line in lines(data, "records"):
        articles, others, pattern = line.split(" ", 2)
        records[pattern] = Record(int(articles), int(others))

    return records


def _addresses(data: Mapping[str, str], name: str) -> dict[str, str]:
    """Return addresses by what stands for them: `key url`, one a line."""
    addresses = {}
    for line in lines(data, name):
        key, _, url = line.partition(" ")
        addresses[key] = url

    return addresses


def _proofs(data: Mapping[str, str], name: str) -> dict[str, tuple[int, int]]:
    """Return what was proved of addresses: `pro contra rule`, one a line."""
    proofs = {}
    for line in lines(data, name):
        pro, contra, rule = line.split(" ", 2)
        counts = (int(pro), int(contra))
        proofs[rule] = counts

    return proofs


def _found(data: Mapping[str, str]) -> tuple[FoundDoor, ...]:
    """Return the doors that were found: `kind url instead`, one a line."""
    doors = []
    for line in lines(data, "found"):
        kind, url, instead = line.split(" ", 2)
        doors.append(FoundDoor(kind=DoorKind(kind), url=url, instead=instead))

    return tuple(doors)


def _traces(data: Mapping[str, str]) -> dict[str, tuple[str, ...]]:
    """Return what is remembered of the texts of the last articles: `url run,run`, one a line."""
    traces = {}
    for line in lines(data, "traces"):
        url, _, runs = line.partition(" ")
        traces[url] = tuple(runs.split(","))

    return traces
