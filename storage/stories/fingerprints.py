"""The look-back window of dedupe in PostgreSQL: prints and keys by their day of arrival.

It has the methods that dedupe's Window asks for; how a print is read back is handed in, since
this room does not know that one. A day has a hash index, a finished day a filter as well.
"""

import io
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Generic, TypeVar

import numpy as np
from psycopg2 import sql

from storage.sql.statements import execute, fetch_all, statement
from storage.stories import days, filters
from storage.stories.days import LOOK_BACK
from storage.stories.filters import Filter, Keys
from storage.stories.print_rows import COLUMNS, HEADER, TRAILER, Printed, key_rows, word_rows

if TYPE_CHECKING:
    from psycopg2.extensions import cursor as Cursor

_FEW = 2000  # keys: below it single probes are cheaper than reading filters, or all boilerplate
_UNSIGNED = 0xFFFFFFFFFFFFFFFF


P = TypeVar("P", bound=Printed)


class ArchiveWindow(Generic[P]):
    """The window as one transaction sees it. Opening it makes today's partitions if missing.

    `now` is aware and names the day (UTC); `unpack` makes prints of what `pack` returned;
    `look_back` is in days.
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
        self._days: dict[date, bool] = {}
        for day, has_filter in filters.prepare_days(cursor, self._today).items():
            if day >= self._since:
                self._days[day] = has_filter

        self._filters: dict[date, Filter] | None = None
        self._boilerplate: Keys | None = None

    def add(self, batch: Mapping[int, P]) -> None:
        """Take prints in under today; what was kept of the same articles is replaced."""
        if batch:
            self.drop(batch)
            self._write(batch, self._today)

    def renew(self, batch: Mapping[int, P]) -> int:
        """Put prints in the place of those an earlier version made, each under the day it has.

        Returns how many differ from what they replace: these wait to be compared.
        """
        stored: dict[int, tuple[date, bytes]] = {}
        for article, day, words in self._stored(batch):
            stored[article] = day, bytes(words)

        days_of: defaultdict[date, dict[int, P]] = defaultdict(dict)
        same = []
        for article, (day, words) in stored.items():
            if batch[article].pack() == words:
                same.append(article)
            else:
                days_of[day][article] = batch[article]

        version = max(printed.version for printed in batch.values())
        execute(self._cursor, "fingerprints.mark_made", articles=same, version=version)

        for day, changed in days_of.items():
            self.drop(changed)
            self._write(changed, day)
            execute(self._cursor, "fingerprints.mark_uncompared", articles=list(changed))
            if day < self._today:
                filters.renew_filter(self._cursor, day)

        return len(stored) - len(same)

    def outdated(self, version: int, most: int) -> list[int]:
        """Return articles whose prints an earlier version made, at most so many."""
        return self._waiting("fingerprints.outdated", version, most)

    def uncompared(self, version: int, most: int) -> list[int]:
        """Return articles that wait to be compared since their prints changed."""
        return self._waiting("fingerprints.uncompared", version, most)

    def mark_compared(self, articles: Sequence[int], version: int) -> None:
        """Remember that articles were compared with all others."""
        execute(
            self._cursor,
            "fingerprints.mark_compared",
            articles=list(articles),
            version=version,
        )

    def _waiting(self, query: str, version: int, most: int) -> list[int]:
        rows = fetch_all(self._cursor, query, version=version, since=self._since, most=most)

        return [article for (article,) in rows]

    def _stored(self, articles: Iterable[int]) -> list[tuple[int, date, bytes]]:
        """Return the day and the words that are kept of each article."""
        return fetch_all(
            self._cursor,
            "fingerprints.stored",
            articles=list(articles),
            since=self._since,
        )

    def _write(self, batch: Mapping[int, P], day: date) -> None:
        """Write prints of which nothing is kept."""
        articles = np.fromiter(
            batch,
            np.int64,
            len(batch),
        )

        counts = [len(printed.keys) for printed in batch.values()]
        keys = np.concatenate([printed.keys for printed in batch.values()])
        bearers = np.repeat(articles, counts)

        self._copy(
            days.KEYS,
            key_rows(
                keys,
                bearers,
                day,
            ),
            day,
        )

        self._copy(days.WORDS, word_rows(batch, day), day)

    def drop(self, articles: Iterable[int]) -> None:
        """Forget articles."""
        known = self.prints(articles)
        for article, printed in known.items():
            values = {
                "article": article,
                "keys": _array(printed.keys),
            }

            execute(self._cursor, "fingerprints.forget_keys", **values)

        if known:
            execute(self._cursor, "fingerprints.forget_words", articles=list(known))

    def bearers(self, keys: Keys) -> dict[int, set[int]]:
        """Return who bears each key; keys without bearers are missing.

        Articles that were removed meanwhile may be among them.
        """
        articles_by_key: dict[int, set[int]] = {}
        probe = sql.SQL(statement("fingerprints.bearers"))

        for day, has_filter in self._days.items():
            wanted = keys
            if has_filter and len(keys) >= _FEW:
                wanted = filters.passing(keys, self._filter(day))

            if not len(wanted):
                continue

            partition = sql.Identifier(days.name_of(days.KEYS, day))
            self._cursor.execute(probe.format(name=partition), {"keys": _array(wanted)})
            for key, article in self._cursor:
                articles_by_key.setdefault(key & _UNSIGNED, set()).add(article)

        return articles_by_key

    def prints(self, articles: Iterable[int]) -> dict[int, P]:
        """Return prints; those outside the window are missing."""
        wanted = list(articles)
        if not wanted:
            return {}

        execute(
            self._cursor,
            "fingerprints.prints",
            articles=wanted,
            since=self._since,
        )

        rows = self._cursor.fetchall()
        prints = self._unpack([bytes(words) for _, words in rows])

        return dict(
            zip(
                [article for article, _ in rows],
                prints,
                strict=True,
            )
        )

    def masked(self, keys: Keys) -> frozenset[int]:
        """Return the known boilerplate among the keys."""
        if len(keys) < _FEW and self._boilerplate is None:
            execute(self._cursor, "fingerprints.masked", keys=_array(keys))
            boilerplate = frozenset(key & _UNSIGNED for (key,) in self._cursor.fetchall())
        else:
            boilerplate = frozenset(np.intersect1d(keys, self._all_masked()).tolist())

        if boilerplate:
            values = {
                "keys": _array(_keys(boilerplate)),
                "day": self._today,
            }

            execute(self._cursor, "fingerprints.see_masked", **values)

        return boilerplate

    def mask(self, keys: Iterable[int]) -> None:
        """Remember boilerplate."""
        new = _keys(keys)
        if not len(new):
            return

        execute(
            self._cursor,
            "fingerprints.mask",
            keys=_array(new),
            now=self._now,
            day=self._today,
        )

        if self._boilerplate is not None:
            self._boilerplate = np.union1d(self._boilerplate, new)

    def _all_masked(self) -> Keys:
        """Return all boilerplate, read once."""
        if self._boilerplate is None:
            execute(self._cursor, "fingerprints.all_masked")
            (packed,) = self._cursor.fetchone() or (None,)
            self._boilerplate = np.frombuffer(bytes(packed or b""), ">u8").astype(np.uint64)

        return self._boilerplate

    def _filter(self, day: date) -> Filter:
        if self._filters is None:
            filtered = [day for day, has_filter in self._days.items() if has_filter]
            self._filters = filters.read_filters(self._cursor, filtered)

        return self._filters[day]

    def _copy(self, table: str, rows: bytes, day: date) -> None:
        partition = sql.Identifier(days.name_of(table, day))
        columns = sql.SQL(", ").join(map(sql.Identifier, COLUMNS[table]))
        query = sql.SQL("copy {} ({}) from stdin (format binary)").format(partition, columns)
        self._cursor.copy_expert(query, io.BytesIO(HEADER + rows + TRAILER))


def _array(keys: Keys) -> str:
    """Return keys as the literal of a bigint array: a list would be adapted one by one."""
    return "{" + ",".join(map(str, keys.view(np.int64).tolist())) + "}"


def _keys(keys: Iterable[int]) -> Keys:
    numbers = list(keys)

    return np.fromiter(
        numbers,
        np.uint64,
        len(numbers),
    )
