"""Events.

What happened, in facts without a language, so that outlets in seven languages can report the same.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from random import Random
from typing import NamedTuple

from press import names

# The kinds of event (lines of `types` in the words, four per kind) and the section each belongs to.
SECTION_OF_KIND = (0, 0, 1, 1, 2, 3, 4, 4, 5, 6, 7, 8, 9, 10, 10, 11)
PIPELINE = 0
KINDS = len(SECTION_OF_KIND)
# Figures that need no plural form of their own in the Slavic languages: they do not end in 1, 2, 3
# or 4.
_SMALL = (5, 6, 7, 8, 9, 10, 15, 16, 17, 18, 19, 20, 25, 26, 27, 28, 29, 30)
_MIDDLE = tuple(number for number in range(15, 99) if number % 10 not in {1, 2, 3, 4})
FRAME = 200  # point numbers from here on fill the frames of sentences: their days are past
# Lines per section in the words, and how many lines of other sections an event borrows.
_SUBJECTS = {"quantities": (3, 7), "projects": (2, 6), "actors": (1, 5)}


class Point(NamedTuple):
    """One thing there is to say of an event.

    Which frame, which lines of the words, and the seed of its figures.
    """

    form: str  # "quantities", "projects", "actors", "quotes", "background", "closers"
    subject: int
    predicate: int
    number: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """Something that happened. Everything said about it, in any language, is drawn from here."""

    seed: str
    at: datetime  # aware, UTC
    kind: int  # 0 to KINDS - 1
    place: int
    org: int
    who: int
    points: tuple[Point, ...]
    parent: "Event | None" = None  # what this follows up

    @property
    def section(self) -> int:
        """The number of the section (0 to 11) this belongs to."""
        return SECTION_OF_KIND[self.kind]


def event(
    seed: str, at: datetime, *, kind: int | None = None, parent: Event | None = None
) -> Event:
    """Make the event that `seed` names."""
    rng = Random(seed)  # noqa: S311 - reproducible, not cryptographic
    drawn = rng.randrange(KINDS) if kind is None else kind
    place = rng.randrange(10**6)
    org = rng.randrange(10**6)

    who = rng.randrange(10**6)
    if parent is not None:
        drawn = parent.kind
        place = parent.place
        org = parent.org
        who = parent.who

    points = tuple(_points(rng, SECTION_OF_KIND[drawn]))

    return Event(
        seed=seed, at=at, kind=drawn, place=place, org=org, who=who, points=points, parent=parent
    )


# Subjects of `quantities` that are sums of money, and the predicates that name one: a share of
# children is not worth millions.
_MONEY = frozenset({3, 6, 7, 8, 9, 12, 14, 16, 18, 27, 30, 32})
_IN_MONEY = frozenset({0, 3, 9})


def _predicates(
    rng: Random,
    form: str,
    subjects: list[int],
) -> list[int]:
    order = rng.sample(range(12), 12)
    if form != "quantities":
        return order[: len(subjects)]

    plain = [line for line in order if line not in _IN_MONEY]

    return [
        order[index] if subject in _MONEY else plain[index % len(plain)]
        for index, subject in enumerate(subjects)
    ]


def _points(rng: Random, section: int) -> list[Point]:
    made: list[tuple[str, int, int]] = []
    for form, (per_section, borrowed) in _SUBJECTS.items():
        own = [section * per_section + index for index in range(per_section)]
        others = rng.sample(
            [line for line in range(12 * per_section) if line not in own],
            borrowed,
        )
        subjects = own + others

        predicates = _predicates(rng, form, subjects)
        for subject, predicate in zip(subjects, predicates, strict=True):
            made.append((form, subject, predicate))

    for line in rng.sample(range(14), 9):
        made.append(("quotes", line, rng.randrange(5)))

    for line in rng.sample(range(8), 6):
        made.append(("background", line, 0))

    for line in rng.sample(range(6), 4):
        made.append(("closers", line, 0))

    return [
        Point(form, subject, predicate, number)
        for number, (form, subject, predicate) in enumerate(made)
    ]


class Slots:
    """The fillings of one point of an event in a language, written when asked for.

    Number -1 is headline and lead. The draws are the same in every language and for every outlet:
    they are the facts.
    """

    __slots__ = ("_draws", "_language", "_today")

    def __init__(self, happening: Event, number: int, language: str) -> None:
        self._language = language
        self._today = happening.at.date()
        self._draws = _draws(
            happening.seed,
            number,
            happening.org,
            happening.who,
            happening.place,
        )

    def __getitem__(self, name: str) -> str:
        draw = self._draws["place" if name == "in" else name]
        language = self._language
        if name in _WRITERS:
            return _WRITERS[name](draw, language)

        if name == "day":
            return names.day_month(
                self._today + timedelta(days=draw),
                language,
            )

        if name == "month":
            return names.month(_month_before(self._today, draw), language)

        return names.digits(
            str(self._today.year + (draw if name == "y" else -draw)),
            language,
        )


@lru_cache(maxsize=100_000)
def _draws(
    seed: str,
    number: int,
    *main: int,
) -> dict[str, int]:
    """Draw the facts of one point; `main` are the event's own company, person and place."""
    rng = Random(f"{seed}#{number}")  # noqa: S311
    luck = [rng.random() for _ in range(17)]
    draw = _drawer(luck)
    org = int(10**6 * luck[0])
    who = int(10**6 * luck[1])
    place = int(10**6 * luck[2])

    day = draw(5, 3, 40)
    if number >= FRAME:
        day = -draw(5, 1, 9)

    # Headline and lead speak of the event's own company, person and place; others often do.
    headline = number < 0
    if headline or luck[3] < 0.5:  # noqa: PLR2004
        org = main[0]

    if headline:
        who = main[1]
        day = 0

    if headline or luck[4] < 0.6:  # noqa: PLR2004
        place = main[2]

    hundreds = draw(10, 60, 500)
    if luck[11] < 0.5:  # noqa: PLR2004
        hundreds = draw(10, 3, 60)

    return {
        "org": org,
        "who": who,
        "place": place,
        "day": day,
        "month": draw(6, 1, 4),
        "p": draw(7, 11, 240),
        "m": draw(8, 12, 4800),
        "n": _SMALL[draw(9, 0, len(_SMALL))],
        "c": 100 * hundreds + 10 * draw(12, 5, 10),
        "k": _MIDDLE[draw(13, 0, len(_MIDDLE))],
        "g": draw(14, 31, 59),
        "y": draw(15, 1, 7),
        "b": draw(16, 3, 24),
    }


def _drawer(luck: list[float]) -> Callable[[int, int, int], int]:
    return lambda index, low, high: low + int(luck[index] * (high - low))


def _whole(number: int, language: str) -> str:
    return names.digits(str(number), language)


_WRITERS: dict[str, Callable[[int, str], str]] = {
    "org": names.org,
    "who": names.person,
    "place": names.place,
    "in": names.in_place,
    "p": names.decimal,
    "g": names.decimal,
    "m": names.million,
    "c": names.count,
    "n": _whole,
    "k": _whole,
}


def _month_before(day: date, months: int) -> date:
    return (day.replace(day=1) - timedelta(days=28 * months)).replace(day=1)
