"""How a sitemap is polled: what counts as new in its files, which files of an index are read.

The marks of what each file listed are kept in the door's notes. A file that is read again, or that
appears in an index which is read again, has only news where it lists what nobody knows. Dates of an
index are believed until one proved wrong: every fourth poll a file that is said to be unchanged is
read all the same.

A barren index (crawlers.discovery.lower_indexes) is asked in every fourth poll only, one at a time.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from crawlers import door_entries, poll
from crawlers.discovery import lower_indexes
from crawlers.discovery.choice import Before
from crawlers.discovery.marks import mark
from crawlers.discovery.reading import Further, Reading
from crawlers.door_notes import DoorNotes
from crawlers.session import Session
from crawlers.visit import Visit

_FILES = 4  # files of an index read in an ordinary poll
_DEEPEST = 3  # indexes above a file
_REQUESTS = 24  # of one door in an ordinary poll
_REQUESTS_BELOW = 14  # of them: what an index below the door's own names is asked until then
_REQUESTS_BACKFILL = 5000
# What an index says of its files, as the door's notes have it.
_DATED, _UNDATED, _STALE = "dated", "undated", "stale"
_NEWS = re.compile(r"news|latest|recent|last")


@dataclass(frozen=True, slots=True)
class Child:
    """A further page or file of a door.

    `fresh` where it has appeared in the index at `index` and was not read since, `audit` where that
    index calls it unchanged.
    """

    url: str
    index: str = ""
    fresh: bool = False
    audit: bool = False
    depth: int = 0  # indexes above it


ROOT = Child("")  # what a door itself answers


def before(
    session: Session,
    visit: Visit,
    url: str,
    child: Child = ROOT,
) -> Before:
    """Return what is known when a file of a door is read."""
    since = poll.since(session, visit.state)
    if session.options.since:
        # A backfill asks for a span of days: what lies outside of it is not left out by us.
        return Before(since=since, known=lambda _url: True)

    is_known_file = child.fresh or visit.files.of(url) is not None

    return Before(
        since=since,
        listed=visit.files.all() if is_known_file else None,
        known=lambda address: door_entries.needs_no_look(
            session,
            address,
            url,
            visit.door,
        ),
    )


def note(
    session: Session, visit: Visit, reading: Reading, url: str, child: Child = ROOT, *, new: int
) -> None:
    """Remember what a file listed, in which `new` articles were, and count what was left out."""
    if not visit.kind.has_files or session.options.since:
        return

    if child is ROOT:
        visit.index = _index_note(visit.notes, reading, _today(session))
    elif child.audit and new and visit.state.last_polled and visit.files.of(url) is not None:
        visit.index = _STALE

    visit.left_out += reading.left_out
    is_index = reading.kind == "index"
    url_below = "" if child is ROOT else child.url
    visit.notes = lower_indexes.noted(
        visit.notes,
        url_below if is_index else child.index,
        is_index=is_index,
    )

    if reading.kind != "index":
        visit.files.put(url, reading.marks)

    if child.fresh:
        name = _list_of(child.index)
        listed = visit.files.of(name) or frozenset()
        visit.files.put(name, listed | {mark(child.url)})


def _today(session: Session) -> date:
    """Return the outlet's day."""
    return session.now().astimezone(ZoneInfo(session.outlet.timezone)).date()


def _index_note(
    notes: DoorNotes,
    reading: Reading,
    today: date,
) -> str:
    """Return the note on what a door says of its files: nothing where it is no index.

    A file of today is written to whatever date it has: an index that names one is as good as
    undated.
    """
    if reading.kind != "index":
        return ""

    if notes.index == _STALE:
        return _STALE

    is_undated = any(
        child.updated is None or _is_of_today(child.url, today) for child in reading.further
    )

    return _UNDATED if is_undated else _DATED


def speaks_for_all(notes: DoorNotes) -> bool:
    """Tell whether an unchanged answer of a door means that nothing has changed behind it."""
    if not notes.index:
        return True

    return notes.index == _DATED and not _is_audit(notes)


def _is_audit(notes: DoorNotes) -> bool:
    """Tell whether a poll is one of those that believe no file's date."""
    return notes.polls % poll.AUDIT == 0


def children(
    session: Session,
    visit: Visit,
    url: str,
    further: tuple[Further, ...],
    parent: Child = ROOT,
) -> list[Child]:
    """Return the files of an index worth reading, and count those left for a later poll.

    The protocol knows one floor of indexes; some sites have two, and some make new ones for ever.

    What appeared in it and what changed come first, at most four files; beside them the one whose
    name makes it the newest of those without a date, and in an audit of the others too.
    """
    depth = parent.depth + 1
    if depth > _DEEPEST:
        visit.unread += len(further)
        return []

    most = _REQUESTS if parent is ROOT else _REQUESTS_BELOW
    room = (_REQUESTS_BACKFILL if session.options.since else most) - visit.asked

    if session.options.since:
        chosen = _in_span(session, further)
    else:
        chosen = _worth_reading(
            session,
            visit,
            url,
            further,
            parent,
        )

    visit.unread += max(len(chosen) - room, 0)

    return [replace(child, depth=depth) for child in chosen[: max(room, 0)]]


def _worth_reading(
    session: Session, visit: Visit, url: str, further: tuple[Further, ...], parent: Child
) -> list[Child]:
    """Return the files of an index worth reading in an ordinary poll."""
    notes = visit.notes
    barren = [one for one in further if lower_indexes.is_barren(notes, one.url)]
    hopeful = [one for one in further if one not in barren]
    appeared = _appeared(
        visit,
        url,
        hopeful,
        parent,
    )

    sorts = _sort(
        session,
        visit,
        hopeful,
        appeared,
    )

    news = [*sorts.fresh, *sorts.changed]
    chosen = [
        Child(
            one.url,
            url,
            one.url in appeared,
            parent.audit,
        )
        for one in news[:_FILES]
    ]

    visit.unread += len(news) - len(chosen)
    # What has appeared counts as listed once it was read: until then all of it is new.
    others = (mark(one.url) for one in further if one.url not in appeared)
    visit.files.put(_list_of(url), others)
    undated = sorts.undated[: 1 if chosen else _FILES]
    chosen += [Child(one.url, url, audit=parent.audit) for one in undated]

    if _is_audit(notes):
        turn = notes.polls // poll.AUDIT % max(len(barren), 1)
        unlikely = [*sorts.unchanged[:1], *barren[turn : turn + 1]]
        chosen += [Child(one.url, url, audit=True) for one in unlikely]

    return chosen


def _in_span(
    session: Session,
    further: tuple[Further, ...],
) -> list[Child]:
    """Return the files that may hold what a backfill asks for."""
    first_day = session.options.since

    return [Child(child.url) for child in further if _may_hold(child, first_day)]


def _may_hold(
    child: Further,
    first_day: date | None,
) -> bool:
    """Tell whether a file may hold articles of this day or later."""
    return first_day is None or child.updated is None or child.updated.date() >= first_day


def _list_of(url: str) -> str:
    """Return the name under which the files of an index are remembered."""
    return f"{url}#files"


def _appeared(
    visit: Visit,
    url: str,
    further: Iterable[Further],
    parent: Child,
) -> frozenset[str]:
    """Return the files that an index did not name when it was read last.

    None of them where there are many at once: an archive has been put in order, and dates tell what
    is new in it.
    """
    listed = visit.files.of(_list_of(url))
    if listed is None and not parent.fresh:
        return frozenset()

    known_marks = listed or frozenset()
    appeared = frozenset(child.url for child in further if mark(child.url) not in known_marks)

    return appeared if len(appeared) <= _FILES else frozenset()


@dataclass(slots=True)
class _Sorts:
    """The files of an index by what it says of them, each sort the newest first."""

    fresh: list[Further] = field(default_factory=list)
    changed: list[Further] = field(default_factory=list)
    undated: list[Further] = field(default_factory=list)
    unchanged: list[Further] = field(default_factory=list)


def _sort(
    session: Session, visit: Visit, further: Iterable[Further], appeared: frozenset[str]
) -> _Sorts:
    """Sort the files of an index by the reason for which each is asked, the newest first."""
    start = poll.since(session, visit.state) or datetime.min.replace(tzinfo=UTC)
    is_believed = visit.notes.index != _STALE
    today = _today(session)
    sorts = _Sorts()

    for child in sorted(
        further,
        key=_recency,
        reverse=True,
    ):
        if child.url in appeared:
            sorts.fresh.append(child)
        elif _is_of_today(child.url, today):
            # Whatever date the index gives: it is written to all day long.
            sorts.changed.append(child)
        elif child.updated is not None and child.updated >= start:
            sorts.changed.append(child)
        elif child.updated is None or not is_believed:
            sorts.undated.append(child)
        else:
            sorts.unchanged.append(child)

    sorts.changed.sort(
        key=lambda child: (_is_of_today(child.url, today), child.updated or start), reverse=True
    )

    return sorts


def _is_of_today(
    url: str,
    today: date,
) -> bool:
    """Tell whether a file's name says that it is today's, or this month's."""
    behind_scheme = url.rpartition("//")[2]
    path = behind_scheme.partition("/")[2]
    month = f"{today:%m}"
    day = f"{today:%d}"
    named = rf"(?<!\d){today.year}[-_/.]?{month}(?:[-_/.]?{day})?(?![-_/.]?\d)"

    return re.search(named, path) is not None


def _recency(child: Further) -> tuple[bool, list[int]]:
    """Return how new a file's name makes it: news first, then its numbers, dates above all."""
    name = child.url.rpartition("/")[2]
    is_news = _NEWS.search(name.lower()) is not None
    numbers = []

    for digits in re.findall(r"\d+", child.url):
        shortened = digits[:12]
        numbers.append(int(shortened))

    return is_news, numbers
