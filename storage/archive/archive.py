"""The archive: everything that was ever published and seen, in PostgreSQL.

`Archive` is the one object that the floor above opens.
"""

import contextlib
from collections.abc import Iterator, Sequence
from datetime import datetime
from types import TracebackType
from typing import TYPE_CHECKING, Self

from news.crawl import DoorState, Known
from news.query import Query
from news.text.aliases import Aliases
from storage.archive import history, memory
from storage.archive import load as loading
from storage.archive.batch import Batch, Hook, LoadReport
from storage.archive.history import Archived, Version
from storage.search.results import Facets, Order, Result, Results
from storage.search.search import Searcher
from storage.sql import migrate

if TYPE_CHECKING:
    from psycopg2.extensions import connection as Connection
    from psycopg2.extensions import cursor as Cursor


class Archive:
    """An open archive: one connection, for one thread. A context manager; or close it.

    `url` reads postgresql://user:password@host:port/database; `aliases` are the names that
    queries know, None: the package's. Raises StorageError when the server does not answer.
    """

    def __init__(self, url: str, aliases: Aliases | None = None) -> None:
        self._connection: Connection = migrate.connect(url)
        self._searcher = Searcher(self._connection, aliases)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the connection; what was not committed is undone."""
        self._connection.close()

    @property
    def connection(self) -> "Connection":
        """The connection, for the functions of this room that want one."""
        return self._connection

    @contextlib.contextmanager
    def transaction(self) -> Iterator["Cursor"]:
        """Give a cursor in a transaction that is committed when the block ends well."""
        with self._connection, self._connection.cursor() as cursor:
            yield cursor

    def load(self, batch: Batch, hooks: Sequence[Hook] = ()) -> LoadReport:
        """Write a batch in one transaction, the hooks' work included.

        A batch that is there already changes nothing. Raises StorageError.
        """
        return loading.load(self._connection, batch, hooks)

    def memory(self, outlet: str) -> Iterator[Known | DoorState]:
        """Yield what the crawl knows of an outlet: its doors, then its URLs.

        Nothing for an unknown one.
        """
        return memory.read(self._connection, outlet)

    def doors_of(self, outlets: Sequence[str]) -> dict[str, dict[str, DoorState]]:
        """Return what the crawl knows of the doors of some outlets: by outlet, by address."""
        with self.transaction() as cursor:
            return memory.doors_of(cursor, outlets)

    def next_checks(self, outlets: Sequence[str]) -> dict[str, datetime]:
        """Return when an article of each outlet is to be looked at again first."""
        with self.transaction() as cursor:
            return memory.next_checks(cursor, outlets)

    def front_pages(self) -> list[str]:
        """Return the addresses of the front pages of all outlets that were ever loaded."""
        with self.transaction() as cursor:
            return memory.front_pages(cursor)

    def profile(self, outlet: str, version: int | None = None) -> str | None:
        """Return an outlet's site profile, the one in use or an earlier version; None: none."""
        with self.transaction() as cursor:
            kept = memory.profile(cursor, outlet, version)

        return kept[0] if kept else None

    def save_profile(self, outlet: str, text: str) -> int | None:
        """Store a profile set by hand as the next version; return its number.

        None when nothing changed, or when the archive never saw the outlet.
        """
        with self.transaction() as cursor:
            number = memory.outlet_number(cursor, outlet)
            if number is None:
                return None

            return memory.save_profile(cursor, number, text)

    @property
    def aliases(self) -> Aliases | None:
        """The names that queries of this archive know; None: the package's."""
        return self._searcher.aliases

    def parse(self, query: str) -> Query:
        """Return a query as this archive reads it, for snippets and evidence.

        Raises news.query.QueryError.
        """
        return self._searcher.parse(query)

    def search(
        self,
        query: str,
        *,
        now: datetime,
        order: Order = Order.NEWEST,
        limit: int = 20,
        cursor: str | None = None,
    ) -> Results:
        """Return one page of the articles that a query finds.

        `now` (aware) is for the weight of age. Raises news.query.QueryError with the position of
        what cannot be read, StorageError at a foreign cursor.
        """
        return self._searcher.search(
            query,
            order=order,
            limit=limit,
            cursor=cursor,
            now=now,
        )

    def walk(self, query: str | None = None) -> Iterator[Result]:
        """Yield everything that a query finds, newest first, page by page.

        None: everything there is.
        """
        return self._searcher.walk(query)

    def facets(self, query: str) -> Facets:
        """Return counts by outlet, day and language over a query's newest 1,000 articles."""
        return self._searcher.facets(query)

    def article(self, url: str) -> Archived | None:
        """Return the article at a canonical URL as it stands, None when the archive has none."""
        return history.read(self._connection, url)

    def versions(self, url: str) -> list[Version]:
        """Return every version of an article, oldest first.

        Raises StorageError when the archive has none.
        """
        return history.versions(self._connection, url)

    def text_at(self, url: str, moment: datetime) -> Version | None:
        """Return the version that stood at a moment (aware); None before the first.

        Raises StorageError when the archive has none.
        """
        return history.version_at(self.versions(url), moment)
