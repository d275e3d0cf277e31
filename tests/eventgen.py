"""Tellings of events in seven languages, with hard negatives: the same actor within days.

From a seed and events.toml; names are spelled as each language does. Two tellings of one event by
two outlets are of different wording. A hard negative keeps the actor and, by a draw, the place,
and changes the opponent, the score, the figures and the day.
"""

import tomllib
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from itertools import combinations_with_replacement
from pathlib import Path
from random import Random

from news.story import Doc
from press import names


def _read(name: str) -> dict[str, dict[str, list[list[str]]]]:
    return tomllib.loads(Path(__file__).with_name(name).read_text(encoding="utf-8"))


TELLINGS = _read("events.toml")
LANGUAGES = ("az", "en", "fa", "hy", "ka", "ru", "tr")
KINDS = tuple(TELLINGS["en"])
_APART = _read("events_apart.toml")
KINDS_APART = tuple(_APART["en"])  # nothing was set by these: they judge
for _language, _more in _APART.items():
    TELLINGS[_language] |= _more
_START = date(2026, 11, 2)


@dataclass(frozen=True, slots=True)
class Happening:
    """What happened, in facts without a language."""

    kind: str
    day: date
    org: int
    other: int
    person: int
    place: int
    town: int
    figures: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class PairOfTellings:
    """Two articles by two outlets; `same`: of one event."""

    left: Doc
    right: Doc
    same: bool


def happening(draw: Random, kind: str) -> Happening:
    """Return something that happened."""
    return Happening(
        kind=kind,
        day=_START + timedelta(days=draw.randrange(20)),
        org=draw.randrange(10**6),
        other=draw.randrange(10**6),
        person=draw.randrange(10**6),
        place=draw.randrange(10**6),
        town=draw.randrange(10**6),
        figures=_figures(draw),
    )


def confusable(first: Happening, draw: Random) -> Happening:
    """Return another thing of the kind that happened to the same actor within three days."""
    days = draw.choice((-2, -1, 1, 2))
    return replace(
        first,
        day=first.day + timedelta(days=days),
        other=first.other + 1 + draw.randrange(20),
        person=first.person + (draw.random() < 0.5) * (1 + draw.randrange(50)),
        place=first.place + (draw.random() < 0.7) * (1 + draw.randrange(20)),
        town=first.town + 1 + draw.randrange(20),
        figures=_figures(draw),
    )


def tell(event: Happening, language: str, outlet: int, number: int) -> Doc:
    """Return the telling of an event by one of two outlets."""
    title, text = TELLINGS[language][event.kind][outlet]
    slots = _slots(event, language)
    hours = 9 + 5 * outlet
    return Doc(
        id=number,
        title=title.format(**slots),
        text=text.format(**slots),
        language=language,
        outlet=f"{language}{outlet}",
        published=datetime(event.day.year, event.day.month, event.day.day, hours, tzinfo=UTC),
    )


def pairs(
    seed: int,
    each: int = 1,
    kinds: tuple[str, ...] = KINDS,
    languages: tuple[str, ...] = LANGUAGES,
) -> list[PairOfTellings]:
    """Return, for each kind and pair of languages, `each` true pairs and as many hard negatives."""
    draw = Random(f"events {seed}")
    found: list[PairOfTellings] = []
    for kind in kinds:
        for one, other in combinations_with_replacement(languages, 2):
            for _ in range(each):
                first = happening(draw, kind)
                left = tell(first, one, 0, 3 * len(found))
                right = tell(first, other, 1, 3 * len(found) + 1)
                wrong = tell(confusable(first, draw), other, 1, 3 * len(found) + 2)
                found.append(PairOfTellings(left, right, same=True))
                found.append(PairOfTellings(left, wrong, same=False))
    return found


def _figures(draw: Random) -> tuple[int, ...]:
    """Return goals of either side, numbers below ten, two digits, and a count."""
    goals = draw.choice(((3, 1), (2, 0), (4, 2), (1, 0), (3, 2), (5, 1)))
    return (*goals, draw.randint(5, 9), draw.randint(15, 98), draw.randint(1100, 48000))


def _org(number: int, language: str) -> str:
    name = names.org(number, "en")
    written = names.org(number, language)
    if language != "fa":
        return written
    return written.replace(names.spell(name, "fa"), _persian(name))


def _person(number: int, language: str) -> str:
    if language != "fa":
        return names.person(number, language)
    return " ".join(map(_persian, names.person(number, "en").split()))


def _persian(name: str) -> str:
    """Write a name as Persian does: an e inside it has no letter."""
    return names.spell(name[0] + name[1:-1].replace("e", "") + name[-1], "fa")


def _slots(event: Happening, language: str) -> dict[str, str]:
    """Return the facts as a language writes them."""
    won, lost, few, some, many = event.figures

    def digits(number: int) -> str:
        return names.digits(str(number), language)

    return {
        "a": _org(event.org, language),
        "b": _org(event.other, language),
        "p": _person(event.person, language),
        "c": names.place(event.place, language),
        "in": names.in_place(event.place, language),
        "t": names.place(event.town, language),
        "day": names.day_month(event.day, language),
        "score": names.digits(f"{won}:{lost}" if language == "ru" else f"{won}–{lost}", language),
        "k": digits(few),
        "n": digits(some),
        "m": names.count(many, language),
        "g": names.decimal(10 * (few - 3) + some % 10, language),
    }
