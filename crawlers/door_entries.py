"""What a door's entries mean for the crawl: new articles, hints of edits, hints of deletions."""

from dataclasses import replace

from crawlers import schedule, weak_entries, whole_entries
from crawlers.discovery import hints
from crawlers.discovery.choice import Before
from crawlers.discovery.reading import Entry, Reading
from crawlers.session import GONE, Session
from crawlers.visit import Visit
from crawlers.weak_entries import Taken
from news.crawl import Known
from news.outlet import Door
from news.urls import canonical

_LYING_SHARE = 0.3  # of known articles "updated" in one reading: the dates are not to be believed
_LYING_LEAST = 3  # articles: below that a share means nothing
_REMEMBERED = 120  # articles of a door kept, to see one vanish or be described otherwise
_HINTS_AT_MOST = 10  # re-checks in one reading for the sake of a hint
_VANISHED_AT_MOST = 3
_NOTHING = Before()


def enter_reading(
    session: Session,
    visit: Visit,
    reading: Reading,
    base: str,
    *,
    is_first: bool,
    before: Before = _NOTHING,
) -> Taken:
    """Enter a reading's entries into the crawl, and what the door says of them into its notes.

    `is_first`: this is the first page of the door, not one behind it. `before`: what was known of
    the file that was read.
    """
    taken = Taken()
    is_front = is_first and visit.kind.newest_first
    shown = visit.notes.shown

    for entry in reading.entries:
        url = _identify(session, entry, base, visit.door)

        if url is None:
            taken.strangers += 1
            continue

        if url in taken.words:
            continue

        if weak_entries.is_passed_over(session, visit, url, entry, taken, before=before):
            continue

        taken.words[url] = hints.words_of(entry)

        if entry.content:
            _enter_whole(session, url, entry, taken, door=visit.door, base=base)
        else:
            _enter_entry(session, visit, url, entry, taken)

    if visit.kind.is_html and is_first:
        weak_entries.enter_doubtful(session, visit, reading, base, taken)

    _follow_hints(session, visit, taken)

    if visit.kind.brings_articles:
        taken.kept += whole_entries.keep_deletions(session, reading, base)
    elif is_front and reading.ordered:
        _look_for_vanished(session, visit, taken.urls)

    if taken.words:
        remembered = hints.remember(taken.words, shown, _REMEMBERED)
        visit.notes = replace(visit.notes, shown=remembered)

    return taken


def _enter_entry(
    session: Session,
    visit: Visit,
    url: str,
    entry: Entry,
    taken: Taken,
) -> None:
    """Enter an entry whose article has to be fetched: as new, as wanted still, as changed."""
    known = session.memory.get(url)
    if known is None:
        if in_span(session, entry):
            session.wanted[url] = _discover(
                session,
                url,
                entry,
                visit.door,
            )

            taken.new.append(url)
    elif _was_missed(session, known, entry):
        session.wanted[url] = known
    elif hints.says_changed(known, entry, visit.notes.shown):
        taken.changed.append(known)


def _enter_whole(
    session: Session, url: str, entry: Entry, taken: Taken, *, door: Door, base: str
) -> None:
    """Keep an entry that brings its article: a new one, or an edit of one."""
    known = session.memory.get(url)
    if known is None:
        if not in_span(session, entry):
            return

        known = _discover(
            session,
            url,
            entry,
            door,
        )

        taken.new.append(url)

    if whole_entries.keep(
        session,
        known,
        entry,
        base,
    ):
        taken.kept += 1


def _identify(
    session: Session,
    entry: Entry,
    base: str,
    door: Door,
) -> str | None:
    """Return the URL under which the crawl knows an entry's article.

    None for no article of ours.
    """
    if entry.content:
        # What a door brings whole is the outlet's, wherever it lies.
        return canonical(entry.url, base=base)

    url = session.scope.identify(entry.url, base, door)

    if url is None:
        return None

    former = session.scope.former(url)

    if former is not None and former in session.memory:
        return former

    return session.one_name_of(url)


def _was_missed(session: Session, known: Known, entry: Entry) -> bool:
    """Tell whether a backfill asks for an article that an earlier crawl saw and did not fetch.

    That one was cut short, or had no budget left.
    """
    if session.options.since is None or known.last_fetched is not None:
        return False

    return in_span(session, entry)


def _discover(
    session: Session,
    url: str,
    entry: Entry,
    door: Door,
) -> Known:
    """Remember a new article."""
    known = weak_entries.unknown(session, url, entry, door)
    session.memory.put(known)

    if entry.title:
        session.titles[url] = entry.title

    return known


def in_span(session: Session, entry: Entry) -> bool:
    """Tell whether a backfill asks for this article; undated ones are taken."""
    since = session.options.since
    until = session.options.until
    when = entry.published or entry.updated

    if when is None or since is None:
        return True

    day = when.date()
    is_late = until is not None and day > until

    return since <= day and not is_late


def _follow_hints(session: Session, visit: Visit, taken: Taken) -> None:
    """Look again at articles that a door calls changed.

    Not where it says so of too many, nor where it has often been wrong.
    """
    most = max(_LYING_LEAST, _LYING_SHARE * len(taken.words))
    if not session.options.recheck or len(taken.changed) > most:
        return

    notes = session.notes_of(visit.door.url)
    believed = [known for known in taken.changed if schedule.is_believed(notes, known.url)]

    for known in believed[:_HINTS_AT_MOST]:
        if known.url not in session.wanted:
            session.wanted[known.url] = known
            session.hinted[known.url] = visit.door.url


def _look_for_vanished(session: Session, visit: Visit, urls: list[str]) -> None:
    """Look again at articles that have gone from the middle of a list.

    A deletion shows there first.
    """
    if session.options.recheck:
        missing = _missing(visit.notes.listed, set(urls))
        for url in missing[:_VANISHED_AT_MOST]:
            known = session.memory.get(url)
            if known is not None and known.digest and known.status not in GONE:
                session.wanted.setdefault(url, known)

    if urls:
        latest = tuple(urls[:_REMEMBERED])
        visit.notes = replace(visit.notes, listed=latest)


def _missing(before: tuple[str, ...], here: set[str]) -> list[str]:
    """Return what a list showed above something that it shows still, and shows no more."""
    missing: list[str] = []
    surely_missing = 0

    for url in before:
        if url in here:
            surely_missing = len(missing)
        else:
            missing.append(url)

    return missing[:surely_missing]


def needs_no_look(
    session: Session,
    address: str,
    base: str,
    door: Door,
) -> bool:
    """Tell whether an address that a door names is remembered, or none of this outlet's."""
    url = session.scope.identify(address, base, door)
    if url is None or url in session.memory:
        return True

    former = session.scope.former(url)

    return former is not None and former in session.memory
