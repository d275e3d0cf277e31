"""One door's poll under way, and what is read off single answers on the way."""

from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urljoin

from crawlers.discovery.marks import Files
from crawlers.faults import Fault, FaultError
from crawlers.warc import records
from news.crawl import DoorState
from news.outlet import Door, DoorKind
from news.urls import UrlError, target

_FRONT = 10  # articles of a door that tell where its last reading began


@dataclass(slots=True)
class Visit:
    """How far the door has been walked and what it brought. Belongs to one spider."""

    door: Door
    state: DoorState
    page: int = 0
    entries: int = 0
    new: int = 0
    left_out: int = 0  # of a sitemap, on purpose: see DoorReport
    unread: int = 0
    files: Files = field(default_factory=Files)
    said: dict[str, str] = field(
        default_factory=dict
    )  # of an index: see crawlers.discovery.sitemap_files
    conditional: bool = False
    depth: int = 1
    waiting: int = 0
    requests: int = 0
    front: frozenset[str] = frozenset()  # the newest articles at the last poll that brought some
    fresh: list[str] = field(default_factory=list)
    overflow: bool = False
    caught_up: bool = False
    note: str = ""
    failure: FaultError | None = None

    def size(self, reading: Any, entries: int, *, first: bool) -> dict[str, str]:
        """Return how much the door shows at once: what it can hold between two polls."""
        if not first or not reading.ordered:
            return {"complete": "1"} if reading.kind == "urlset" else {}
        return {"size": str(entries)} if self.door.kind is not DoorKind.ARCHIVE else {}

    def notes(self) -> dict[str, str]:
        """Return what the door remembers once its last answer is in: polls, their cost in requests, the newest articles."""
        data = self.state.data | self.said
        data["polls"] = str(int(data.get("polls", 0)) + 1)
        data["cost"] = f"{float(data.get('cost', self.requests)) * 0.7 + self.requests * 0.3:.2f}"
        if self.fresh:
            data["front"] = "\n".join(
                [*self.fresh, *data.get("front", "").split("\n")][:_FRONT]
            ).strip()
        if files := self.files.text():
            data["files"] = files
        if self.note != "304":
            data.pop("said_304", None)
        return data

    def never_failed(self) -> bool:
        """Tell whether other doors may stand in for this one: its first failure, and not because of us."""
        return (
            self.failure is not None
            and self.state.failures == 0
            and self.failure.fault not in {Fault.HALTED, Fault.RATE_LIMITED, Fault.BLOCKED}
        )


def headers_of(message: Any) -> records.Headers:
    """Return a request's or response's headers as text."""
    return tuple(
        (name.decode("latin-1"), value.decode("latin-1"))
        for name, values in message.headers.items()
        for value in values
    )


def leads_somewhere(url: str, base: str) -> bool:
    """Tell whether an address a page calls its own can be an article's: not the home page."""
    try:
        return target(urljoin(base, url)) != "/"
    except (UrlError, ValueError):
        return False
