"""Tellings of the same event in several languages, with the truth.

What the level above stories is measured with.
"""

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from random import Random

from press import facts
from press.facts import Event
from press.lexicon import LANGUAGES
from press.prose import write

_START = datetime(2026, 5, 4, 5, tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    """One article on an event. `outlet` tells tellers apart; `published` is aware, UTC."""

    id: int
    event: str
    language: str
    outlet: str
    title: str
    text: str  # one paragraph a line
    published: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """Two tellings in different languages.

    `hard`: of different events of one kind in the same days.
    """

    left: Telling
    right: Telling
    same: bool
    hard: bool = False


def corpus(
    count: int,
    seed: int,
    *,
    languages: Sequence[str] = LANGUAGES,
    tellings: int = 4,
    per_day: int = 60,
) -> Iterator[Telling]:
    """Yield `count` articles, in order of events.

    Each event has one to 2 * `tellings` - 1 of them, in any language, by different outlets.
    """
    made = 0
    for number in itertools.count():
        rng = Random(f"corpus:{seed}:{number}")  # noqa: S311 - reproducible, not cryptographic
        happening = _event(seed, number, per_day)
        for teller in range(rng.randrange(1, 2 * tellings)):
            if made == count:
                return

            yield _tell(
                happening,
                rng.choice(languages),
                f"outlet{teller}",
                made,
            )

            made += 1


def pairs(
    count: int, seed: int, *, languages: Sequence[str] = LANGUAGES, negatives: int = 3
) -> Iterator[Pair]:
    """Yield `count` same-event pairs, all pairs of languages in turn.

    Each followed by `negatives` pairs of different events.

    The first negative of each is hard: an event of the same kind within days.
    """
    crossings = list(itertools.permutations(languages, 2))

    numbers = itertools.count()
    for number in range(count):
        left, right = crossings[number % len(crossings)]
        happening = _event(seed, number, 60)
        first = _tell(happening, left, "one", next(numbers))
        yield Pair(
            left=first,
            right=_tell(happening, right, "two", next(numbers)),
            same=True,
        )

        for other in range(negatives):
            kind = happening.kind if other == 0 else None
            strange = facts.event(
                f"strange:{seed}:{number}:{other}",
                happening.at + timedelta(hours=5 * other - 7),
                kind=kind,
            )

            yield Pair(
                left=first,
                right=_tell(strange, right, "two", next(numbers)),
                same=False,
                hard=other == 0,
            )


def _event(seed: int, number: int, per_day: int) -> Event:
    at = _START + timedelta(days=number / per_day)
    return facts.event(f"events{seed}:{number}", at)


def _tell(happening: Event, language: str, outlet: str, number: int) -> Telling:
    draft = write(happening, language, outlet)
    rng = Random(f"{happening.seed}:{outlet}")  # noqa: S311
    minutes = rng.randrange(5, 600)

    return Telling(
        id=number,
        event=happening.seed,
        language=language,
        outlet=outlet,
        title=draft.title,
        text="\n".join(block.text for block in draft.blocks),
        published=happening.at + timedelta(minutes=minutes),
    )
