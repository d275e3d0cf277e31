"""How an outlet treats whoever asks: it moves, blocks, limits, and may lie about changes."""

import hashlib
from datetime import datetime, timedelta
from http import HTTPStatus
from typing import TYPE_CHECKING

from press.http import TEXT, Request, Response
from press.site import Site

if TYPE_CHECKING:
    from press.desk import Desk

_DAY = timedelta(days=1)
_FORBIDDEN = b"<html><title>403</title><h1>Forbidden</h1></html>"
_LIMITED = 3  # of so many requests one is told to wait


def refuse(desk: "Desk", request: Request, now: datetime) -> Response | None:
    """Return the answer of an outlet that has moved, blocks or limits; None: it answers."""
    behaviour = desk.site.behaviour

    day = (now - desk.world.start) / _DAY

    if behaviour.moves and request.host.removesuffix(".localhost") != desk.links.name(now):
        if day < behaviour.moves[0]:
            return Response(status=404, body=b"unknown host", kind=TEXT)

        new_address = desk.links.root(now) + request.target
        return Response(status=301, headers=(("Location", new_address),))

    if _lies_in(behaviour.blocks, day):
        return Response(status=403, body=_FORBIDDEN, door=True)

    if _lies_in(behaviour.limits, day) and desk.counter % _LIMITED == 0:
        return Response(
            status=429,
            body=b"slow down",
            kind=TEXT,
            headers=(("Retry-After", "120"),),
            door=True,
        )

    return None


def _lies_in(days: tuple[float, float] | None, day: float) -> bool:
    return days is not None and days[0] <= day < days[1]


def conditional(site: Site, request: Request, response: Response) -> Response:
    """Return an answer with its ETag, or 304 to who has it already (or whom the outlet lies to)."""
    behaviour = site.behaviour
    if response.status != HTTPStatus.OK or not behaviour.validators:
        return response

    digest = hashlib.blake2s(response.body, digest_size=9).hexdigest()
    tag = f'"{digest}"'
    known = request.headers.get("if-none-match", tag)

    lies = behaviour.lies_304 and response.door and request.conditional

    if lies or request.headers.get("if-none-match") == tag:
        return Response(
            status=304,
            kind="",
            headers=(("ETag", known),),
            door=response.door,
        )

    return response.having(("ETag", tag))
