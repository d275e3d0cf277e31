"""Entries that bring their article with them: nothing has to be fetched for it.

A later reading that shows another text is an edit; a reading that shows the articles before and
after one, and not that one, is a deletion.
"""

import re
from dataclasses import replace

from crawlers.discovery.reading import Entry, Reading
from crawlers.session import GONE, Session
from crawlers.warc import records
from news.crawl import Known
from news.urls import canonical

_NUMBERED = re.compile(r"(.*/)(\d{1,12})$")
_SPAN = 400  # numbers between the first and the last entry of one reading


def keep(
    session: Session,
    known: Known,
    entry: Entry,
    base: str,
) -> bool:
    """Keep an entry's article unless it is kept so already; tell whether it was."""
    if known.digest == records.digest(entry.content) and known.status not in GONE:
        return False

    session.keep(
        known,
        _exchange(
            session,
            known.url,
            base,
            entry.content,
        ),
        entry.content,
    )

    _never_ask(session, known)

    return True


def _never_ask(session: Session, known: Known) -> None:
    """Take an article off the plan: its door shows its edits."""
    kept = session.memory.get(known.url)
    if kept is not None:
        session.memory.put(replace(kept, next_check=None))


def keep_deletions(session: Session, reading: Reading, base: str) -> int:
    """Mark the known articles that are missing between those of a reading; return how many."""
    numbers = {}
    stem = ""

    for entry in reading.entries:
        numbered = _NUMBERED.fullmatch(canonical(entry.url))
        if entry.content and numbered:
            stem = numbered[1]
            numbers[int(numbered[2])] = entry

    if not numbers or max(numbers) - min(numbers) > _SPAN:
        return 0

    deleted = 0

    for number in range(min(numbers) + 1, max(numbers)):
        known = session.memory.get(f"{stem}{number}") if number not in numbers else None
        if known is not None and known.last_fetched is not None and known.status not in GONE:
            exchange = _exchange(
                session,
                known.url,
                base,
                b"",
            )

            gone = replace(exchange, gone="not in the channel any more")
            session.keep(known, gone, b"")
            _never_ask(session, known)
            deleted += 1

    return deleted


def _exchange(
    session: Session,
    url: str,
    base: str,
    content: bytes,
) -> records.Exchange:
    """Return an article as if it had answered; its headers say what it was made of."""
    return records.Exchange(
        asked=url,
        url=url,
        status=200,
        headers=(("Content-Type", "text/html; charset=utf-8"), ("Khabar-Made-From", base)),
        body=content,
        fetched_at=session.now(),
    )
