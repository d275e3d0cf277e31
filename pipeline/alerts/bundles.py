"""Which deliveries share a mail: by address, then prompt events one by one, the rest by rhythm.

Pure: values in, values out.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from news.watch import Rhythm
from pipeline.alerts.occurrences import LATE
from pipeline.alerts.topics import Topics
from storage.alerts import DueDelivery, SavedWatch
from watches import Template, after_quiet_hours, due_at, traits

# An "at once" match written later than this had to wait, for quiet hours.
_PROMPT = timedelta(minutes=2)

_Subject = tuple[int, Template, str]  # what comes in one mail: event, template, occasion
ReportKey = tuple[str, int, str, str]  # address, story, kind, occasion


@dataclass(frozen=True, slots=True)
class Line:
    """One event's part of a mail: its deliveries, the one that says most first."""

    dues: tuple[DueDelivery, ...]
    is_late: bool = False  # it should have been told an hour ago, or earlier
    is_retold: bool = False  # the event was told before; who else reports it comes now

    @property
    def first(self) -> DueDelivery:
        """The delivery that heads the event."""
        return self.dues[0]


@dataclass(frozen=True, slots=True)
class Bundle:
    """One mail's stories."""

    address: str
    rhythm: Rhythm
    lines: tuple[Line, ...]
    is_first: bool = False  # the first that a watch says to this address
    is_flood: bool = False  # more fell due than this address gets mails of its own

    @property
    def dues(self) -> list[DueDelivery]:
        """All its deliveries."""
        dues: list[DueDelivery] = []
        for line in self.lines:
            dues.extend(line.dues)

        return dues

    @property
    def is_late(self) -> bool:
        """Whether any of it was held up."""
        return any(line.is_late for line in self.lines)

    @property
    def is_single(self) -> bool:
        """Whether it is a mail about one event, told at once."""
        is_one = self.rhythm is Rhythm.AT_ONCE and len(self.lines) == 1

        return is_one and not self.is_late and not self.is_flood


@dataclass(slots=True)
class Bundles:
    """Bundles of one address, and the deliveries that could not be ordered."""

    mails: list[Bundle] = field(default_factory=list)
    failed: list[tuple[DueDelivery, Exception]] = field(default_factory=list)
    postponed: list[DueDelivery] = field(default_factory=list)  # the hour's mails are spent


@dataclass(frozen=True, slots=True)
class Known:
    """What is known when the mails of an address are ordered."""

    topics: Topics = field(default_factory=Topics)
    retold: frozenset[int] = frozenset()  # matches whose event was told to the address before
    unheard: frozenset[int] = frozenset()  # watches of which it never had a mail
    room: int | None = None  # mails that it may get within the hour; None: no limit


@dataclass(frozen=True, slots=True)
class _Placed:
    """A delivery with what decides on its place."""

    due: DueDelivery
    subject: _Subject
    rhythm: Rhythm
    is_prompt: bool
    is_late: bool
    is_retold: bool
    is_unheard: bool


def report_key(due: DueDelivery) -> ReportKey:
    """Return what an address would be told, as the archive notes it.

    A first mention tells what a new story tells.
    """
    kind = traits(due.kind).counts_as

    return due.address, due.story, kind.value, due.occasion


def bundle(
    address: str,
    dues: Iterable[DueDelivery],
    saved: Mapping[int, SavedWatch],
    now: datetime,
    known: Known | None = None,
) -> Bundles:
    """Return the mails that one address gets. `saved`: the watches by their id."""
    known = known if known is not None else Known()
    result = Bundles()
    by_subject: defaultdict[_Subject, list[_Placed]] = defaultdict(list)
    for due in dues:
        try:
            placed = _place(due, saved[due.watch], now, known)
        except Exception as error:  # noqa: BLE001 - one of many fails alone, and is named
            result.failed.append((due, error))
        else:
            by_subject[placed.subject].append(placed)

    result.mails = _mails(address, by_subject.values())
    if known.room is not None:
        _keep_to_room(result, known.room)

    return result


def _mails(address: str, events: Iterable[list[_Placed]]) -> list[Bundle]:
    """Return the mails of one address: prompt events one by one, what waited by rhythm.

    The first that a watch says is one mail, however much it is.
    """
    prompt: list[Line] = []
    first: list[Line] = []
    waited: defaultdict[Rhythm, list[Line]] = defaultdict(list)
    for placed_dues in events:
        line = _line(placed_dues)
        rhythm = _quickest(placed_dues)
        is_prompt = any(placed.is_prompt for placed in placed_dues)
        is_unheard = all(placed.is_unheard for placed in placed_dues)
        if rhythm is not Rhythm.AT_ONCE or not is_prompt:
            waited[rhythm].append(line)
        elif is_unheard:
            first.append(line)
        else:
            prompt.append(line)

    mails = [Bundle(address, Rhythm.AT_ONCE, (line,)) for line in prompt]
    if first:
        mails.append(Bundle(address, Rhythm.AT_ONCE, tuple(first), is_first=True))

    for rhythm, lines in waited.items():
        mails.append(Bundle(address, rhythm, tuple(lines)))

    return mails


def _keep_to_room(result: Bundles, room: int) -> None:
    """Let the last of the hour's mails be a digest of all that is more; without one it waits."""
    singles = [mail for mail in result.mails if mail.is_single]
    if len(singles) <= room:
        return

    alone = max(0, room - 1)
    lines: list[Line] = []
    for mail in singles[alone:]:
        result.mails.remove(mail)
        lines += mail.lines

    rest = Bundle(
        singles[0].address,
        Rhythm.AT_ONCE,
        tuple(lines),
        is_flood=True,
    )
    if room:
        result.mails.append(rest)
    else:
        result.postponed += rest.dues


def _place(due: DueDelivery, saved: SavedWatch, now: datetime, known: Known) -> _Placed:
    """Return a delivery with the event that it belongs to."""
    special = traits(due.kind)
    topic = known.topics.of_due(due)
    occasion = str(due.article) if special.adds_up else topic.occasion
    is_retold = due.match in known.retold

    return _Placed(
        due=due,
        subject=(topic.event, special.template, occasion),
        rhythm=saved.watch.rhythm,
        is_prompt=is_retold or _is_prompt(due, saved, now),
        is_late=not is_retold and _is_late(due, saved, now),
        is_retold=is_retold,
        is_unheard=due.watch in known.unheard,
    )


def _is_prompt(due: DueDelivery, saved: SavedWatch, now: datetime) -> bool:
    """Return whether a delivery gets a mail of its own: what waited out quiet hours comes together.

    What waits for another reason is judged by the quiet hours at its own moment.
    """
    special = traits(due.kind)
    if due.moved_at is not None:
        return False
    if special.adds_up:
        return after_quiet_hours(saved.watch, due.at) == due.at

    return special.waits_for_copies or now - due.at < _PROMPT


def _is_late(due: DueDelivery, saved: SavedWatch, now: datetime) -> bool:
    """Return whether a delivery was held up: by an outage, a pause, a mute.

    What waits for further edits or copies is not: it waits on purpose.
    """
    special = traits(due.kind)
    if special.adds_up or special.waits_for_copies:
        return False

    since = due.moved_at or due.at

    return now - due_at(saved.watch, since) > LATE


def _line(placed_dues: Sequence[_Placed]) -> Line:
    """Return an event's deliveries in the order in which they say much."""
    dues = [placed.due for placed in placed_dues]

    return Line(
        tuple(sorted(dues, key=_rank)),
        is_late=all(placed.is_late for placed in placed_dues),
        is_retold=all(placed.is_retold for placed in placed_dues),
    )


def _rank(due: DueDelivery) -> tuple[int, int]:
    """Return what to sort by: the kind's rank, then the match; of edits the last is first."""
    special = traits(due.kind)
    order = -due.match if special.adds_up else due.match

    return special.rank, order


def _quickest(placed_dues: Iterable[_Placed]) -> Rhythm:
    """Return the rhythm that tells an event first."""
    rhythms = {placed.rhythm for placed in placed_dues}

    return min(rhythms, key=list(Rhythm).index)
