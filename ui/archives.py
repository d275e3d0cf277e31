"""Open archives, kept and given again: a page needs a connection for some milliseconds only."""

import contextlib
import os
from collections.abc import Iterator
from queue import Empty, Full, LifoQueue
from typing import Any

from news.errors import KhabarError
from pipeline import aliases
from pipeline.settings import Settings
from storage import Archive, StorageError, pages

_KEPT = 4


class Archives:
    """A small pool. Connections that failed are thrown away, so that a restarted server is found again."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._idle: LifoQueue[Archive] = LifoQueue(_KEPT)

    @contextlib.contextmanager
    def archive(self) -> Iterator[Archive]:
        """Lend an archive for the block."""
        archive = self._take()
        try:
            yield archive
        except KhabarError:
            self._give(archive)
            raise
        except BaseException:
            archive.close()
            raise
        self._give(archive)

    @contextlib.contextmanager
    def reading(self) -> Iterator[Any]:
        """Lend a cursor with named rows that cannot write."""
        with self.archive() as archive, pages.rows(archive) as cursor:
            yield cursor

    def close(self) -> None:
        """Close every idle archive."""
        while not self._idle.empty():
            self._idle.get_nowait().close()

    def _take(self) -> Archive:
        while True:
            try:
                archive = self._idle.get_nowait()
            except Empty:
                return Archive(self._url(), aliases.table(self._settings))
            if pages.alive(archive):
                return archive
            archive.close()

    def _give(self, archive: Archive) -> None:
        try:
            self._idle.put_nowait(archive)
        except Full:
            archive.close()

    def _url(self) -> str:
        if self._settings.database_url is None:
            raise StorageError(
                f"the pages need the archive's address (KHABAR_DATABASE_URL); `khabar up` sets it (process {os.getpid()})"
            )
        return self._settings.database_url
