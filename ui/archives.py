"""A small pool of open archives: a page needs a database connection for some milliseconds only."""

import contextlib
import os
from collections.abc import Iterator
from queue import Empty, Full, LifoQueue
from typing import Any

from news.errors import KhabarError
from pipeline import aliases
from pipeline.settings import Settings
from storage import Archive, StorageError, pages

_KEPT = 4  # idle connections; more are opened while many pages are asked at once


class Archives:
    """The pool. Connections that failed are thrown away: a restarted server is found again."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._idle: LifoQueue[Archive] = LifoQueue(_KEPT)

    @contextlib.contextmanager
    def archive(self) -> Iterator[Archive]:
        """Lend an archive for the block.

        Raises StorageError when no address of an archive is set. After an error of ours the
        connection is good and kept; after any other its state is unknown, so it is closed.
        """
        archive = self._borrow()
        try:
            yield archive
        except KhabarError:
            self._give_back(archive)
            raise
        except BaseException:
            archive.close()
            raise

        self._give_back(archive)

    @contextlib.contextmanager
    def reading(self) -> Iterator[Any]:
        """Lend a cursor that cannot write."""
        with self.archive() as archive, pages.reading(archive) as cursor:
            yield cursor

    def close(self) -> None:
        """Close every idle archive."""
        while not self._idle.empty():
            self._idle.get_nowait().close()

    def _borrow(self) -> Archive:
        """Return an idle archive whose server still answers, else a new one."""
        while True:
            try:
                archive = self._idle.get_nowait()
            except Empty:
                return Archive(self._url(), aliases.table(self._settings))

            if pages.is_alive(archive):
                return archive

            archive.close()

    def _give_back(self, archive: Archive) -> None:
        try:
            self._idle.put_nowait(archive)
        except Full:
            archive.close()

    def _url(self) -> str:
        if self._settings.database_url is None:
            raise StorageError(
                "the pages need the archive's address (KHABAR_DATABASE_URL);"
                f" `khabar up` sets it (process {os.getpid()})"
            )

        return self._settings.database_url
