"""What the crawl notes of a door, typed; one reader and one writer.

The archive keeps a door's notes as text by name (`DoorState.data`). The names and the forms of the
values are those of every archive made so far: only this module knows them. A note of another
version, which nobody here knows, is carried on as it is.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from crawlers.note_values import counts, lines, moment, number, pairs, whole, without
from news.crawl import DoorState


@dataclass(frozen=True, slots=True)
class Rate:
    """New articles counted over a span of days, both fading with time."""

    count: float = 0.0
    span: float = 0.0  # days

    @property
    def a_day(self) -> float:
        """Articles a day; 0 when it is not known."""
        return self.count / self.span if self.span > 0 else 0.0


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
    # Of a sitemap: whether an index below it ever led to a file of addresses, by shortened address.
    indexes: Mapping[str, str] = field(default_factory=dict)
    seen_links: tuple[str, ...] = ()  # links of unknown shape that it has shown, shortened
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
        "indexes",
        "seen_links",
    }
)


def read(state: DoorState) -> DoorNotes:
    """Return a door's notes; fresh ones for a door without any."""
    data = state.data

    return DoorNotes(
        polls=whole(data, "polls"),
        cost=number(data, "cost") if "cost" in data else None,
        size=whole(data, "size"),
        complete="complete" in data,
        recent=Rate(number(data, "count"), number(data, "span")),
        usual=Rate(number(data, "usual_count"), number(data, "usual_span")),
        last_new=moment(data, "last_new"),
        hints=whole(data, "hints"),
        hits=whole(data, "hits"),
        honest=whole(data, "honest"),
        said_304=moment(data, "said_304"),
        moved_to=data.get("moved_to", ""),
        front=lines(data, "front"),
        listed=lines(data, "urls"),
        shown=pairs(data, "shown"),
        files=data.get("files", ""),
        index=data.get("index", ""),
        indexes=pairs(data, "indexes"),
        seen_links=tuple(data.get("seen_links", "").split()),
        unknown=without(data, _DOOR_NAMES),
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

    data |= counts({"size": notes.size, "honest": notes.honest})

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
        "shown": _joined(notes.shown),
        "files": notes.files,
        "index": notes.index,
        "indexes": _joined(notes.indexes),
        "seen_links": " ".join(notes.seen_links),
    }

    data |= {name: text for name, text in texts.items() if text}

    return replace(state, data=data)


def _joined(texts: Mapping[str, str]) -> str:
    """Return texts by their keys in one line, as `pairs` reads them."""
    return " ".join(f"{key}:{text}" for key, text in texts.items())
