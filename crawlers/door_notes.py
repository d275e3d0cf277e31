"""What the crawl notes of a door and of its outlet, typed; one reader and one writer.

The archive keeps a door's notes as text by name (`DoorState.data`). The names and the forms of the
values are those of every archive made so far: only this module knows them. A note of another
version, which nobody here knows, is carried on as it is.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from crawlers.discovery.pattern_record import Record
from news.crawl import DoorState
from news.outlet import DoorKind, Outlet


@dataclass(frozen=True, slots=True)
class Rate:
    """New articles counted over a span of days, both fading with time."""

    count: float = 0.0
    span: float = 0.0  # days

    @property
    def a_day(self) -> float:
        """Articles a day; 0 when it is not known."""
        return self.count / self.span if self.span > 0 else 0.0


@dataclass(frozen=True, slots=True)
class Ledger:
    """What an outlet cost beside first fetches and planned re-checks: requests over days."""

    at: datetime | None = None  # of the last entry
    count: float = 0.0  # requests, fading
    span: float = 0.0  # days, fading


@dataclass(
    frozen=True,
    slots=True,
    kw_only=True,
)
class DoorNotes:
    """What is remembered of one door beside its validators. Datetimes are aware, UTC."""

    polls: int = 0
    cost: float | None = None  # requests that one poll takes, on average
    size: int = 0  # articles shown at once
    complete: bool = False  # a url set: shows everything, whatever comes between two polls
    recent: Rate = field(default_factory=Rate)  # over the last days: sets the interval
    usual: Rate = field(default_factory=Rate)  # over a month: tells silence
    last_new: datetime | None = None
    hints: int = 0  # times it called an article changed and was believed
    hits: int = 0  # times that was true
    honest: int = 0  # times its validators changed together with its body
    said_304: datetime | None = None  # "unchanged", to be checked at the next answer with a body
    moved_to: str = ""  # where it redirects to for good
    front: tuple[str, ...] = ()  # the newest articles of the last poll that brought some
    listed: tuple[str, ...] = ()  # what the last reading showed, in its order
    shown: Mapping[str, str] = field(default_factory=dict)  # its words on articles, shortened
    files: str = ""  # of a sitemap: see crawlers.discovery.marks
    index: str = ""  # of a sitemap: what an index says of its files
    seen_links: tuple[str, ...] = ()  # links of unknown shape that it has shown, shortened
    unknown: Mapping[str, str] = field(default_factory=dict)


@dataclass(
    frozen=True,
    slots=True,
    kw_only=True,
)
class FoundDoor:
    """A door that answers in place of one that has died."""

    kind: DoorKind
    url: str
    instead: str  # the address of the dead one


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
    found: tuple[FoundDoor, ...] = ()  # in place of doors that have died
    searched: datetime | None = None  # when doors were looked for last
    verdict: str = ""  # on its pages, by the last crawl that asked for new ones: an OutletState
    verdict_note: str = ""
    # Under which addresses, shortened, the texts of the last pages were seen.
    texts: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    unknown: Mapping[str, str] = field(default_factory=dict)


_DOOR_NAMES = frozenset(
    {
        "polls",
        "cost",
        "size",
        "complete",
        "count",
        "span",
        "usual_count",
        "usual_span",
        "last_new",
        "hints",
        "hits",
        "honest",
        "said_304",
        "moved_to",
        "front",
        "urls",
        "shown",
        "files",
        "index",
        "seen_links",
    }
)
_OUTLET_NAMES = frozenset(
    {
        "spent_at",
        "spent_count",
        "spent_span",
        "texts",
        "verdict",
        "verdict_note",
        "patterns",
        "records",
        "found",
        "searched",
    }
)


def read(state: DoorState) -> DoorNotes:
    """Return a door's notes; fresh ones for a door without any."""
    data = state.data

    return DoorNotes(
        polls=_whole(data, "polls"),
        cost=_number(data, "cost") if "cost" in data else None,
        size=_whole(data, "size"),
        complete="complete" in data,
        recent=Rate(_number(data, "count"), _number(data, "span")),
        usual=Rate(_number(data, "usual_count"), _number(data, "usual_span")),
        last_new=_moment(data, "last_new"),
        hints=_whole(data, "hints"),
        hits=_whole(data, "hits"),
        honest=_whole(data, "honest"),
        said_304=_moment(data, "said_304"),
        moved_to=data.get("moved_to", ""),
        front=_lines(data, "front"),
        listed=_lines(data, "urls"),
        shown=_pairs(data, "shown"),
        files=data.get("files", ""),
        index=data.get("index", ""),
        seen_links=tuple(data.get("seen_links", "").split()),
        unknown=_without(data, _DOOR_NAMES),
    )


def write(state: DoorState, notes: DoorNotes) -> DoorState:
    """Return a door's state with these notes."""
    data = dict(notes.unknown)
    data["polls"] = str(notes.polls)

    if notes.cost is not None:
        data["cost"] = f"{notes.cost:.2f}"

    data["count"] = f"{notes.recent.count:.4f}"
    data["span"] = f"{notes.recent.span:.6f}"

    if notes.usual != Rate():
        data["usual_count"] = f"{notes.usual.count:.4f}"
        data["usual_span"] = f"{notes.usual.span:.6f}"

    if notes.complete:
        data["complete"] = "1"

    data |= _counts({"size": notes.size, "honest": notes.honest})

    if notes.hints:
        # A door whose hints were all wrong has noted hits too: none.
        data |= {"hints": str(notes.hints), "hits": str(notes.hits)}

    if notes.last_new:
        data["last_new"] = notes.last_new.isoformat()

    if notes.said_304:
        data["said_304"] = notes.said_304.isoformat()

    texts = {
        "moved_to": notes.moved_to,
        "front": "\n".join(notes.front),
        "urls": "\n".join(notes.listed),
        "shown": " ".join(f"{key}:{words}" for key, words in notes.shown.items()),
        "files": notes.files,
        "index": notes.index,
        "seen_links": " ".join(notes.seen_links),
    }

    data |= {name: text for name, text in texts.items() if text}

    return replace(state, data=data)


def outlet_url(outlet: Outlet) -> str:
    """Return the address under which an outlet's own notes lie among those of its doors."""
    return f"{outlet.home.partition('#')[0]}#outlet"


def read_outlet(state: DoorState, first_door: DoorState) -> OutletNotes:
    """Return an outlet's notes.

    Archives of before had no place of their own for them: the ledger was kept among the notes of
    the outlet's first door.
    """
    data = state.data or first_door.data
    ledger = Ledger(
        at=_moment(data, "spent_at"),
        count=_number(data, "spent_count"),
        span=_number(data, "spent_span"),
    )

    pairs = _pairs(state.data, "texts")
    texts = {text: tuple(addresses.split(",")) for text, addresses in pairs.items()}

    return OutletNotes(
        ledger=ledger,
        patterns=_lines(state.data, "patterns"),
        records=_records(state.data),
        found=_found(state.data),
        searched=_moment(state.data, "searched"),
        verdict=state.data.get("verdict", ""),
        verdict_note=state.data.get("verdict_note", ""),
        texts=texts,
        unknown=_without(state.data, _OUTLET_NAMES),
    )


def write_outlet(state: DoorState, notes: OutletNotes) -> DoorState:
    """Return the state under an outlet's own address with these notes."""
    data = dict(notes.unknown)
    if notes.ledger.at is not None:
        data["spent_at"] = notes.ledger.at.isoformat()

    data["spent_count"] = f"{notes.ledger.count:.4f}"
    data["spent_span"] = f"{notes.ledger.span:.6f}"

    if notes.patterns:
        data["patterns"] = "\n".join(notes.patterns)

    if notes.records:
        lines = [
            f"{record.articles} {record.others} {pattern}"
            for pattern, record in notes.records.items()
        ]
        data["records"] = "\n".join(lines)

    if notes.found:
        places = [f"{door.kind} {door.url} {door.instead}" for door in notes.found]
        data["found"] = "\n".join(places)

    if notes.searched is not None:
        data["searched"] = notes.searched.isoformat()

    if notes.verdict:
        data |= {"verdict": notes.verdict, "verdict_note": notes.verdict_note}

    if notes.texts:
        pairs = [f"{text}:{','.join(addresses)}" for text, addresses in notes.texts.items()]
        data["texts"] = " ".join(pairs)

    return replace(state, data=data)


def with_records(notes: OutletNotes, records: Mapping[str, Record]) -> OutletNotes:
    """Return an outlet's notes with other records of its patterns."""
    return replace(notes, records=records)


def _counts(counts: Mapping[str, int]) -> dict[str, str]:
    """Return the counts that are not 0, as text."""
    return {name: str(count) for name, count in counts.items() if count}


def _whole(data: Mapping[str, str], name: str) -> int:
    return int(data.get(name, 0))


def _number(data: Mapping[str, str], name: str) -> float:
    return float(data.get(name, 0))


def _moment(data: Mapping[str, str], name: str) -> datetime | None:
    text = data.get(name)
    return datetime.fromisoformat(text) if text else None


def _lines(data: Mapping[str, str], name: str) -> tuple[str, ...]:
    return tuple(line for line in data.get(name, "").split("\n") if line)


def _records(data: Mapping[str, str]) -> dict[str, Record]:
    """Return what came of the patterns of addresses: `articles others pattern`, one a line."""
    records = {}
    for line in _lines(data, "records"):
        articles, others, pattern = line.split(" ", 2)
        records[pattern] = Record(int(articles), int(others))

    return records


def _found(data: Mapping[str, str]) -> tuple[FoundDoor, ...]:
    """Return the doors that were found: `kind url instead`, one a line."""
    doors = []
    for line in _lines(data, "found"):
        kind, url, instead = line.split(" ", 2)
        doors.append(FoundDoor(kind=DoorKind(kind), url=url, instead=instead))

    return tuple(doors)


def _pairs(data: Mapping[str, str], name: str) -> dict[str, str]:
    """Return the pairs `key:words` of a note."""
    pairs = {}
    for item in data.get(name, "").split(" "):
        key, colon, words = item.partition(":")
        if colon:
            pairs[key] = words

    return pairs


def _without(data: Mapping[str, str], names: frozenset[str]) -> dict[str, str]:
    """Return the notes that have none of these names."""
    return {name: text for name, text in data.items() if name not in names}
