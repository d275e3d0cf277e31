"""Events: what happened, in facts without a language, so that outlets in seven languages can report the same."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random
from typing import NamedTuple

from press import names

# The kinds of event (lines of `types` in the words, four per kind) and the section each belongs to.
SECTION_OF_KIND = (0, 0, 1, 1, 2, 3, 4, 4, 5, 6, 7, 8, 9, 10, 10, 11)
PIPELINE = 0
KINDS = len(SECTION_OF_KIND)
# Figures that need no plural form of their own in the Slavic languages: they do not end in 1, 2, 3 or 4.
_SMALL = (5, 6, 7, 8, 9, 10, 15, 16, 17, 18, 19, 20, 25, 26, 27, 28, 29, 30)
_MIDDLE = tuple(number for number in range(15, 99) if number % 10 not in {1, 2, 3, 4})
FRAME = 200                    # point numbers from here on fill the frames of sentences: their days are past
_SUBJECTS = {"quantities": 3, "projects": 2, "actors": 1}      # lines per section in the words


class Point(NamedTuple):
    """One thing there is to say of an event: which frame, which lines of the words, and the seed of its figures."""

    form: str                  # "quantities", "projects", "actors", "quotes", "background", "closers"
    subject: int
    predicate: int
    number: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """Something that happened. Everything said about it, in any language, is drawn from here."""

    seed: str
    at: datetime               # aware, UTC
    kind: int                  # 0 to KINDS - 1
    place: int
    org: int
    who: int
    points: tuple[Point, ...]
    parent: "Event | None" = None      # what this follows up

    @property
    def section(self) -> int:
        """The number of the section (0 to 11) this belongs to."""
        return SECTION_OF_KIND[self.kind]


def event(seed: str, at: datetime, *, kind: int | None = None, parent: Event | None = None) -> Event:
    """Make the event that `seed` names."""
    rng = Random(seed)  # noqa: S311 - reproducible, not cryptographic
    drawn = rng.randrange(KINDS) if kind is None else kind
    place, org, who = rng.randrange(10**6), rng.randrange(10**6), rng.randrange(10**6)
    if parent is not None:
        drawn, place, org, who = parent.kind, parent.place, parent.org, parent.who
    points = tuple(_points(rng, SECTION_OF_KIND[drawn]))
    return Event(seed=seed, at=at, kind=drawn, place=place, org=org, who=who, points=points, parent=parent)


def _points(rng: Random, section: int) -> list[Point]:
    made: list[tuple[str, int, int]] = []
    for form, per_section in _SUBJECTS.items():
        own = [section * per_section + index for index in range(per_section)]
        others = rng.sample([line for line in range(12 * per_section) if line not in own], 2)
        subjects = own + others
        predicates = rng.sample(range(12), len(subjects))
        made.extend(zip([form] * len(subjects), subjects, predicates, strict=True))
    made.extend(("quotes", line, rng.randrange(5)) for line in rng.sample(range(14), 5))
    made.extend(("background", line, 0) for line in rng.sample(range(8), 4))
    made.extend(("closers", line, 0) for line in rng.sample(range(6), 2))
    return [Point(form, subject, predicate, number) for number, (form, subject, predicate) in enumerate(made)]


def slots(happening: Event, number: int, language: str) -> dict[str, str]:
    """Return the fillings of every slot for one point of an event (number -1: headline and lead) in a language."""
    rng = Random(f"{happening.seed}#{number}")  # noqa: S311
    main = number < 0
    org = happening.org if main or rng.random() < 0.5 else rng.randrange(10**6)  # noqa: PLR2004
    who = happening.who if main else rng.randrange(10**6)
    place = happening.place if main or rng.random() < 0.6 else rng.randrange(10**6)  # noqa: PLR2004
    today = happening.at.date()
    day = today if main else today + timedelta(days=-rng.randrange(1, 9) if number >= FRAME else rng.randrange(3, 40))
    return {
        "org": names.org(org, language), "who": names.person(who, language),
        "place": names.place(place, language), "in": names.in_place(place, language),
        "day": names.day_month(day, language), "month": names.month(_month_before(today, rng.randrange(1, 4)), language),
        **_figures(rng, today, language),
    }


def _month_before(day: date, months: int) -> date:
    return (day.replace(day=1) - timedelta(days=28 * months)).replace(day=1)


def _figures(rng: Random, today: date, language: str) -> dict[str, str]:
    hundreds = rng.choice((rng.randrange(3, 60), rng.randrange(60, 500)))
    return {
        "p": names.decimal(rng.randrange(11, 240), language), "m": names.million(rng.randrange(12, 4800), language),
        "c": names.count(hundreds * 100 + 10 * rng.randrange(5, 10), language), "n": names.digits(str(rng.choice(_SMALL)), language),
        "k": names.digits(str(rng.choice(_MIDDLE)), language), "g": names.decimal(rng.randrange(31, 59), language),
        "y": names.digits(str(today.year + rng.randrange(1, 7)), language),
        "b": names.digits(str(today.year - rng.randrange(3, 24)), language),
    }
