"""Pictures over time, drawn on the server: counts by day, week, month or year as bars."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

_MOST_BARS = 62  # two months by day; more are drawn by the next longer unit
_UNITS = ("day", "week", "month", "year")
WIDTH = 620  # of a picture, in its own units; the style sheet scales it
HEIGHT = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """The articles of one unit of time, and the bar's place in the picture."""

    label: str
    count: int
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """Bars from the first unit with an article to the last one, those of none among them."""

    unit: str
    bars: Sequence[Bar]
    width: int = WIDTH
    height: int = HEIGHT

    @property
    def most(self) -> int:
        """The highest count."""
        return max(bar.count for bar in self.bars)


def over_time(days: Mapping[str, int]) -> Picture | None:
    """Return the picture of counts by day (2026-01-31, UTC); None if it would be one bar."""
    dates = {date.fromisoformat(day): count for day, count in days.items()}
    first = min(dates, default=None)
    last = max(dates, default=None)
    if first is None or last is None or first == last:
        return None

    unit = _unit(first, last)
    counts: Counter[int] = Counter()
    for day, count in dates.items():
        counts[_place(day, unit)] += count

    places = range(_place(first, unit), _place(last, unit) + 1)
    most = max(counts.values())
    step = WIDTH / len(places)
    bars: list[Bar] = []
    for number, place in enumerate(places):
        height = HEIGHT * counts[place] / most
        bar = Bar(
            label=_label(place, unit),
            count=counts[place],
            x=round(number * step, 2),
            y=round(HEIGHT - height, 2),
            width=round(step * 0.8, 2),
            height=round(height, 2),
        )
        bars.append(bar)

    return Picture(unit=unit, bars=bars)


def _unit(first: date, last: date) -> str:
    """Return the shortest unit by which a span has few enough bars; the longest has any number."""
    for unit in _UNITS:
        if _place(last, unit) - _place(first, unit) < _MOST_BARS:
            return unit

    return _UNITS[-1]


def _place(day: date, unit: str) -> int:
    """Return the number of a day's unit, counted without gaps."""
    match unit:
        case "day":
            return day.toordinal()
        case "week":
            return (day.toordinal() - 1) // 7  # day 1 of the calendar is a Monday
        case "month":
            return day.year * 12 + day.month - 1
        case _:
            return day.year


def _label(place: int, unit: str) -> str:
    """Return a unit's name: its (first) day, its month or its year."""
    match unit:
        case "day":
            return date.fromordinal(place).isoformat()
        case "week":
            monday = date.fromordinal(1) + timedelta(weeks=place)
            return monday.isoformat()
        case "month":
            year, month = divmod(place, 12)
            return f"{year:04}-{month + 1:02}"
        case _:
            return f"{place:04}"
