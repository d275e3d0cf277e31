"""The look-back window of dedupe in PostgreSQL: prints and keys by day of arrival, a hash index a day, a filter a finished day.

It has the methods that dedupe's Window asks for; how a print is read back is handed in, since this room does not know that one.
"""

import io
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Generic, Protocol, TypeVar

import numpy as np
from numpy.typing import NDArray
from psycopg2 import sql

from storage.sql.statements import statement
from storage.stories import days

if TYPE_CHECKING:
    from psycopg2.extensions import cursor as Cursor  # noqa: N812

Keys = NDArray[np.uint64]

LOOK_BACK = 14  # days
BOILERPLATE = 90  # days without a bearer until boilerplate is forgotten
_FEW = 2000  # keys: below it single probes are cheaper than reading filters, or all boilerplate
_HEADER = b"PGCOPY\n\xff\r\n\0" + b"\0" * 8
_TRAILER = b"\xff\xff"


class Printed(Protocol):
    """A print, as far as storage knows it."""

    @property
    def keys(self) -> Keys:
        """Its keys, sorted, unique."""

    def pack(self) -> bytes:
        """Return what is stored of it."""


P = TypeVar("P", bound=Printed)


class ArchiveWindow(Generic[P]):
    """The window as one transaction sees it. Opening it makes today's partitions if they are missing.

    `now` is aware and names the day; `unpack` makes prints of what `pack` returned.
    """

    def __init__(
        self,
        cursor: "Cursor",
        unpack: Callable[[Sequence[bytes]], list[P]],
        *,
        now: datetime,
        look_back: int = LOOK_BACK,
    ) -> None:
        self._cursor = cursor
        self._unpack = unpack
        self._now = now
        self._today = now.astimezone(UTC).date()
        self._since = self._today - timedelta(days=look_back)
        self._days = {
            day: sealed
            for day, sealed in days.prepare(cursor, self._today).items()
            if day >= self._since
        }
        self._filters: dict[date, days.Filter] | None = None
        self._boilerplate: Keys | None = None

    def add(self, batch: Mapping[int, P]) -> None:
        """Take prints in under today; what was kept of the same articles is replaced."""
        if not batch:
            return
        self.drop(batch)
        articles = np.fromiter(batch, np.int64, len(batch))
        counts = [len(printed.keys) for printed in batch.values()]
        keys = np.concatenate([printed.keys for printed in batch.values()])
        self._copy("fingerprint_keys", _key_rows(keys, np.repeat(articles, counts), self._today))
        self._copy("fingerprints", _word_rows(batch, self._today))

    def drop(self, articles: Iterable[int]) -> None:
        """Forget articles."""
        wanted = list(articles)
        known = self.prints(wanted)
        for article, printed in known.items():
            self._cursor.execute(
                statement("fingerprints", "forget_keys"),
                {"article": article, "keys": _array(printed.keys)},
            )
        if known:
            self._cursor.execute(
                statement("fingerprints", "forget_words"), {"articles": list(known)}
            )

    def bearers(self, keys: Keys) -> dict[int, set[int]]:
        """Return who bears each key; keys without bearers are missing. Articles removed meanwhile may be among them."""
        found: dict[int, set[int]] = {}
        for day, sealed in self._days.items():
            wanted = (
                keys if not sealed or len(keys) < _FEW else days.passing(keys, self._filter(day))
            )
            if not len(wanted):
                continue
            query = sql.SQL(statement("fingerprints", "bearers")).format(
                name=sql.Identifier(days.name_of("fingerprint_keys", day))
            )
            self._cursor.execute(query, {"keys": _array(wanted)})
            for key, article in self._cursor:
                found.setdefault(key & 0xFFFFFFFFFFFFFFFF, set()).add(article)
        return found

    def prints(self, articles: Iterable[int]) -> dict[int, P]:
        """Return prints; those outside the window are missing."""
        wanted = list(articles)
        if not wanted:
            return {}
        self._cursor.execute(
            statement("fingerprints", "prints"), {"articles": wanted, "since": self._since}
        )
        rows = self._cursor.fetchall()
        return dict(
            zip(
                [row[0] for row in rows], self._unpack([bytes(row[1]) for row in rows]), strict=True
            )
        )

    def masked(self, keys: Keys) -> frozenset[int]:
        """Return the known boilerplate among the keys."""
        if len(keys) < _FEW and self._boilerplate is None:
            self._cursor.execute(statement("fingerprints", "masked"), {"keys": _array(keys)})
            found = frozenset(key & 0xFFFFFFFFFFFFFFFF for (key,) in self._cursor.fetchall())
        else:
            if self._boilerplate is None:
                self._boilerplate = self._all_masked()
            found = frozenset(np.intersect1d(keys, self._boilerplate).tolist())
        if found:
            self._cursor.execute(
                statement("fingerprints", "see_masked"),
                {"keys": _array(_keys(found)), "day": self._today},
            )
        return found

    def mask(self, keys: Iterable[int]) -> None:
        """Remember boilerplate."""
        new = _keys(keys)
        if len(new):
            self._cursor.execute(
                statement("fingerprints", "mask"),
                {"keys": _array(new), "now": self._now, "day": self._today},
            )
            if self._boilerplate is not None:
                self._boilerplate = np.union1d(self._boilerplate, new)

    def _all_masked(self) -> Keys:
        self._cursor.execute(statement("fingerprints", "all_masked"))
        row = self._cursor.fetchone()
        return np.frombuffer(bytes(row[0] or b"") if row else b"", ">u8").astype(np.uint64)

    def _filter(self, day: date) -> days.Filter:
        if self._filters is None:
            self._filters = days.filters(
                self._cursor, [when for when, sealed in self._days.items() if sealed]
            )
        return self._filters[day]

    def _copy(self, table: str, rows: bytes) -> None:
        query = sql.SQL("copy {} from stdin (format binary)").format(
            sql.Identifier(days.name_of(table, self._today))
        )
        self._cursor.copy_expert(query, io.BytesIO(_HEADER + rows + _TRAILER))


def housekeeping(cursor: "Cursor", now: datetime, *, look_back: int = LOOK_BACK) -> int:
    """Drop the days that no look-back reaches, and boilerplate that is out of use; return how many days went."""
    today = now.astimezone(UTC).date()
    cursor.execute(
        statement("fingerprints", "unmask"), {"since": today - timedelta(days=BOILERPLATE)}
    )
    return len(days.drop(cursor, today - timedelta(days=look_back)))


def _key_rows(keys: Keys, articles: NDArray[np.int64], day: date) -> bytes:
    """Return rows of fingerprint_keys in COPY's binary format (PostgreSQL manual, "COPY, Binary Format")."""
    rows = np.empty(
        len(keys),
        [
            ("fields", ">i2"),
            ("a", ">i4"),
            ("key", ">u8"),
            ("b", ">i4"),
            ("article", ">i8"),
            ("c", ">i4"),
            ("day", ">i4"),
        ],
    )
    rows["fields"], rows["a"], rows["b"], rows["c"] = 3, 8, 8, 4
    rows["key"], rows["article"], rows["day"] = keys, articles, (day - days.EPOCH).days
    return rows.tobytes()


def _word_rows(batch: Mapping[int, Printed], day: date) -> bytes:
    """Return rows of fingerprints in the same format."""
    when = (4).to_bytes(4, "big") + (day - days.EPOCH).days.to_bytes(4, "big", signed=True)
    parts = []
    for article, printed in batch.items():
        words = printed.pack()
        head = (
            (3).to_bytes(2, "big")
            + (8).to_bytes(4, "big")
            + article.to_bytes(8, "big", signed=True)
        )
        parts.append(head + when + len(words).to_bytes(4, "big") + words)
    return b"".join(parts)


def _array(keys: Keys) -> str:
    """Return keys as the literal of a bigint array: a list of numbers would be adapted one by one."""
    return "{" + ",".join(map(str, keys.view(np.int64).tolist())) + "}"


def _keys(keys: Iterable[int]) -> Keys:
    held = list(keys)
    return np.fromiter(held, np.uint64, len(held))
