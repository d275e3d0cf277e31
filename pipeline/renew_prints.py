"""Fingerprints of an earlier version made anew, in small transactions beside all else.

A copy is found by the words and keys that its text is made of. When dedupe reads texts in another
way, those kept in the archive's window would not meet the new ones for the days of the look-back.
"""

from collections.abc import Callable
from datetime import datetime

from dedupe import VERSION, make_prints, recompare, unpack_prints
from pipeline import database
from pipeline.settings import Settings
from storage import Archive, ArchiveStoryStore, StorageError, in_savepoint, upkeep

_AT_ONCE = 500  # articles in one transaction, which keeps others from forming stories

Progress = Callable[[int], None]


def renew_prints(archive: Archive, now: datetime, progress: Progress) -> int:
    """Make the prints of earlier versions anew; return of how many articles.

    What is broken off goes on where it was. `now` is aware; `progress` hears how many are done.
    """
    count = 0
    while True:
        with archive.transaction() as cursor:
            store = ArchiveStoryStore(cursor, unpack_prints, now=now)
            articles = store.window.outdated(VERSION, _AT_ONCE)
            if not articles:
                return count

            docs = store.docs(articles)
            prints = make_prints([doc.text for doc in docs])
            store.window.renew(dict(zip([doc.id for doc in docs], prints, strict=True)))
            store.window.drop(set(articles) - {doc.id for doc in docs})

        count += len(articles)
        progress(count)


def compare_renewed(archive: Archive, now: datetime, progress: Progress) -> int:
    """Compare articles whose prints were made anew with all others; return how many.

    Two spellings of one text that both came before the change become one story. To be called
    when all prints are of this version: an article must not be told apart from a copy of it
    because only one of the two has been made anew.
    """
    count = 0
    while True:
        with archive.transaction() as cursor:
            store = ArchiveStoryStore(cursor, unpack_prints, now=now)
            articles = store.window.uncompared(VERSION, _AT_ONCE)
            if not articles:
                return count

            recompare(store, articles)
            store.window.mark_compared(articles, VERSION)

        count += len(articles)
        progress(count)


def look(settings: Settings, now: datetime) -> dict[str, int] | None:
    """Return how many articles wait for the upkeep; None when there is no archive to ask.

    It starts nothing. `made_anew` counts fingerprints of an earlier version, by which copies that
    come now are not found in every spelling; `compared` those that are new and wait to be compared
    with the others. `now` is aware.
    """
    url = database.running(settings)
    if url is None:
        return None

    found: list[tuple[int, int]] = []

    try:
        with Archive(url) as archive, archive.transaction() as cursor:
            # An archive that no command has opened yet has no tables.
            in_savepoint(
                cursor,
                lambda: found.append(upkeep.count_waiting_fingerprints(cursor, VERSION, now)),
            )
    except StorageError:
        return None

    if not found:
        return None

    old, changed = found[0]

    return {"made_anew": old, "compared": changed}


def waiting_lines(found: dict[str, int]) -> list[str]:
    """Return what waits, for a terminal: a line, or none where nothing does."""
    if not any(found.values()):
        return []

    made_anew = f"{found['made_anew']} wait to be made anew"
    compared = f"{found['compared']} to be compared again"

    return [
        f"fingerprints of an earlier version: {made_anew}, {compared} (`khabar upkeep` does it)"
    ]
