"""What `load` is given and what it answers."""

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, fields
from datetime import datetime
from functools import cache
from operator import attrgetter
from typing import TYPE_CHECKING, Any

from news import codec
from news.article import Article, Rejected
from news.crawl import DoorState, Known
from news.outlet import Outlet

if TYPE_CHECKING:
    from psycopg2.extensions import cursor as Cursor


@dataclass(frozen=True, slots=True, kw_only=True)
class OutletBatch:
    """One outlet's part of a run: all that its folder holds.

    `profile` is SiteProfile.dumps(); None: nothing learnt. `report` is the crawl's report.json,
    of which "state" and "fetched" become columns. `partial`: the crawl still goes on, and how the
    outlet fared is said by a later batch.
    """

    outlet: Outlet
    articles: tuple[Article, ...] = ()
    rejected: tuple[Rejected, ...] = ()
    known: tuple[Known, ...] = ()
    doors: tuple[DoorState, ...] = ()
    profile: str | None = None
    report: Mapping[str, Any] = field(default_factory=dict)
    partial: bool = False

    @property
    def fetched(self) -> int:
        """How many pages came in, as the crawl says, else as the batch shows."""
        said = self.report.get("fetched", self.report.get("pages"))
        if isinstance(said, int):
            return said

        return len(self.articles) + len(self.rejected)


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """What one load writes, in one transaction. `run` is the run folder's name."""

    run: str
    started: datetime  # aware
    outlets: tuple[OutletBatch, ...]

    def digest(self) -> bytes:
        """Return SHA-256 over everything in the batch: the same batch again is known by it."""
        digest = hashlib.sha256(f"{self.run}\n{self.started.isoformat()}\n".encode())
        for part in self.outlets:
            for noun in _nouns(part):
                digest.update(_encode(noun).encode("utf-8", "surrogatepass") + b"\n")

            rest = f"{part.profile}\n{sorted(part.report.items())}\n"
            digest.update(rest.encode("utf-8", "surrogatepass"))

        return digest.digest()


def _nouns(part: OutletBatch) -> Iterator[Any]:
    """Yield everything in an outlet's part that is a noun of the ground floor, in order."""
    yield part.outlet
    yield from part.articles
    yield from part.rejected
    yield from part.known
    yield from part.doors


@cache
def _values(kind: Any) -> Callable[[Any], Any]:
    """Return what gives the values of a dataclass in the order of its fields."""
    return attrgetter(*[item.name for item in fields(kind)])


def _plain(value: Any) -> Any:
    """Return a noun's values in their order, another value as news.codec writes it."""
    kind: Any = type(value)
    if hasattr(kind, "__dataclass_fields__"):
        return _values(kind)(value)

    return codec.plain(value)


# Names of fields are left out, and lists are JSON's own work: several times faster than
# news.codec, and nobody reads it again.
_encode = json.JSONEncoder(
    ensure_ascii=False,
    check_circular=False,
    separators=(",", ":"),
    default=_plain,
).encode


@dataclass(frozen=True, slots=True, kw_only=True)
class OutletCounts:
    """What became of one outlet's pages."""

    outlet: str
    fetched: int = 0
    new: int = 0
    revised: int = 0  # edited by the outlet
    corrected: int = 0  # other text because our extraction changed
    unchanged: int = 0  # noise counts as unchanged
    deleted: int = 0
    returned: int = 0
    forgotten: int = 0  # under a tombstone: not loaded
    doubles: int = 0  # the same article a second time in this batch
    rejected: Mapping[str, int] = field(default_factory=dict)  # by reason


@dataclass(frozen=True, slots=True, kw_only=True)
class LoadReport:
    """What a load did.

    `extra` holds the hooks' counts (stories, copies); `repeated`: the batch was there already.
    """

    run: str
    outlets: tuple[OutletCounts, ...]
    extra: Mapping[str, int] = field(default_factory=dict)
    repeated: bool = False

    def total(self, name: str) -> int:
        """Return one count over all outlets, such as `total("new")`."""
        return sum(getattr(counts, name) for counts in self.outlets)


@dataclass(frozen=True, slots=True, kw_only=True)
class Loaded:
    """What a hook sees inside the transaction: ids of articles by what became of them.

    `articles` holds new, revised and corrected ones as they read now.
    """

    run: str
    run_id: int
    new: tuple[int, ...]
    revised: tuple[int, ...]  # edits by the outlet
    corrected: tuple[int, ...]
    deleted: tuple[int, ...]
    returned: tuple[int, ...]
    articles: Mapping[int, Article]


# A hook runs inside the load's transaction, after the articles; what it raises undoes the load.
# It returns counts for the report.
Hook = Callable[["Cursor", Loaded], Mapping[str, int]]
