"""What one outlet publishes, drawn article by article in order of time."""

from collections import deque
from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import partial
from random import Random
from typing import TYPE_CHECKING

from press import address, copies, names
from press.copies import WHOLE, Change, Copy
from press.facts import PIPELINE, Event, event
from press.lexicon import lexicon
from press.piece import Piece, Revision
from press.site import Site

if TYPE_CHECKING:
    from press.world import World

_DAY = 86_400.0  # seconds
_WINDOW = 10  # an outlet writes about one of so many latest events
_AGENCY_BYLINE = copies.AGENCY


def column(world: "World", site: Site) -> Iterator[Piece]:
    """Yield an outlet's articles, oldest first, for ever."""
    yield from _wire(world, site) if site.wire else _outlet(world, site)


def _wire(world: "World", site: Site) -> Iterator[Piece]:
    number = 0
    happening = -max(site.backlog // 3, 1) - 1
    while True:
        for index, language in enumerate(world.wire_languages(happening)):
            at = world.wire_time(happening) + timedelta(seconds=45 * index)
            yield _piece(
                world,
                site,
                number,
                at,
                language=language,
                kind=Copy.WIRE,
                events=(world.event(happening),),
            )

            number += 1

        happening += 1


def _outlet(world: "World", site: Site) -> Iterator[Piece]:
    covered: deque[str] = deque(maxlen=400)
    number = 0
    while True:
        at = world.start + timedelta(
            seconds=round(
                elapsed(
                    site,
                    number,
                    world.seed,
                )
            )
        )

        # reproducible, not cryptographic
        rng = Random(f"{world.seed}:{site.name}:{number}")  # noqa: S311
        happening, reported = _choose(
            world,
            site,
            at,
            covered,
            rng,
        )

        covered.append(reported.seed)
        yield _assign(
            world,
            site,
            number,
            at,
            happening=happening,
            reported=reported,
            rng=rng,
        )

        number += 1


def _newest(world: "World", at: datetime) -> int:
    """Return the number of the latest event that the agency has reported by an instant."""
    minutes = (at - world.start).total_seconds() / 60
    gap = world.roster.gap_before if minutes < 0 else world.roster.gap_after

    number = int(minutes // gap) + 1
    while world.wire_time(number) + timedelta(minutes=3) > at:
        number -= 1

    return number


def _choose(
    world: "World", site: Site, at: datetime, covered: deque[str], rng: Random
) -> tuple[int | None, Event]:
    newest = _newest(world, at)
    fresh = [
        number
        for number in range(newest, newest - _WINDOW, -1)
        if world.event(number).seed not in covered
    ]

    wide = [number for number in fresh if world.event(number).kind == PIPELINE]
    if wide and rng.random() < 0.35:  # noqa: PLR2004
        return wide[0], world.event(wide[0])

    if fresh and rng.random() < 0.85:  # noqa: PLR2004
        chosen = rng.choice(fresh[:4])
        return chosen, world.event(chosen)

    return None, event(
        f"{world.seed}:{site.name}:local:{rng.random()}",
        at,
    )


def _assign(
    world: "World",
    site: Site,
    number: int,
    at: datetime,
    *,
    happening: int | None,
    reported: Event,
    rng: Random,
) -> Piece:
    language = rng.choice(site.languages)
    draw_piece = partial(_piece, world, site, number, at, language=language)

    wired = (
        happening is not None
        and language in world.wire_languages(happening)
        and reported.parent is None
    )
    if not wired or happening is None or rng.random() >= site.copies:
        return draw_piece(kind=Copy.OWN, events=(reported,))

    kind = copies.draw(rng)
    if kind not in {Copy.MERGED, Copy.EXCERPT}:
        return draw_piece(kind=kind, events=(reported,))

    before = _wired_before(world, happening, language)
    if before is None:
        return draw_piece(kind=Copy.EXACT, events=(reported,))

    return draw_piece(kind=kind, events=(reported, world.event(before)))


def _wired_before(world: "World", happening: int, language: str) -> int | None:
    """Return the latest of eight earlier events that the agency reported in a language."""
    for number in range(happening - 1, happening - 9, -1):
        if language in world.wire_languages(number):
            return number

    return None


def _piece(
    world: "World",
    site: Site,
    number: int,
    at: datetime,
    *,
    language: str,
    kind: Copy,
    events: tuple[Event, ...],
) -> Piece:
    rng = Random(f"{world.seed}:{site.name}:{number}:piece")  # noqa: S311
    local = at.astimezone(site.timezone)
    titled_by = (
        "wire"
        if kind
        in {
            Copy.WIRE,
            Copy.EXACT,
            Copy.DATELINE,
            Copy.BOILERPLATE,
        }
        else site.name
    )

    title = world.title(events[0], language, titled_by)
    stories = [f"{happening.seed}/{language}" for happening in events]
    own_story = f"{events[0].seed}/{language}/{site.name}/{number}"
    story = stories[0] if kind in WHOLE else own_story
    parent = events[0].parent

    return Piece(
        outlet=site.name,
        number=number,
        path=address_of(
            site, language, number=number, at=local, title=title, section=events[0].section
        ),
        language=language,
        title=title,
        byline=_byline(rng, site, kind, language),
        published=local,
        section=events[0].section,
        kind=kind,
        event=events[0].seed,
        story=story,
        contains=tuple(stories[1:]),
        updates=parent.seed if parent else "",
        revisions=_revisions(rng, site, at, kind),
        events=events,
    )


def _byline(rng: Random, site: Site, kind: Copy, language: str) -> str:
    if kind is Copy.WIRE or (kind in WHOLE and rng.random() < 0.5):  # noqa: PLR2004
        return _AGENCY_BYLINE
    if rng.random() < 0.15:  # noqa: PLR2004
        return lexicon(language).labels["editorial"]

    people = range(len(names.FIRST) * len(names.LAST))
    staff = Random(site.name).sample(people, 9)  # noqa: S311

    return names.person(rng.choice(staff), language)


def _revisions(
    rng: Random,
    site: Site,
    at: datetime,
    kind: Copy,
) -> tuple[Revision, ...]:
    made = []
    behaviour = site.behaviour
    if kind is not Copy.WIRE and rng.random() < behaviour.edits:
        change = rng.choice(
            (
                Change.SILENT,
                Change.SILENT,
                Change.CORRECTED,
                Change.EXTENDED,
                Change.RETITLED,
            )
        )

        made.append(
            Revision(
                at=at + timedelta(minutes=rng.randrange(50, 75)),
                change=change,
            )
        )

    if rng.random() < behaviour.deletes:
        made.append(
            Revision(
                at=at + timedelta(hours=rng.uniform(22, 28)),
                change=Change.DELETED,
            )
        )

    return tuple(made)


def elapsed(site: Site, number: int, seed: int) -> float:
    """Return the seconds between a world's start and an outlet's article `number`.

    Negative before the start.
    """
    jitter = Random(f"{seed}:{site.name}:at:{number}").random()  # noqa: S311
    if number < site.backlog:
        return -(site.backlog - number - 0.9 * jitter) * 1.1 * _DAY / max(site.backlog, 10)

    after = number - site.backlog

    burst = site.behaviour.burst
    if burst > 1:
        return (after // burst + 0.3) * burst * _DAY / site.per_day + 60.0 * (after % burst)

    return (after + jitter) * _DAY / site.per_day


def address_of(
    site: Site, language: str, *, number: int, at: datetime, title: str, section: int
) -> str:
    """Return the canonical path of an article in the outlet's form."""
    return address.path(
        site.url,
        language,
        number=number,
        at=at,
        title=title,
        section=section,
    )
