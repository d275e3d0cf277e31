"""How a door is asked, what its answer may be trusted for, and how it is read."""

import hashlib
import zoneinfo
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

from scrapy.http import Response

from crawlers.discovery import kinds
from crawlers.discovery.choice import Before
from crawlers.discovery.reading import Reading
from crawlers.door_notes import DoorNotes
from crawlers.download import body as bodies
from crawlers.download import walls
from crawlers.faults import Fault, FaultError
from crawlers.session import Session
from crawlers.visit import Visit
from news.crawl import DoorState
from news.outlet import Door

_TRUSTED = 3  # how often validators must have told the truth before they are relied on
AUDIT = 4  # every fourth poll asks without them all the same
_SLACK = timedelta(hours=6)
_FIRST_SPAN = timedelta(days=2)
_CLOCKS = timedelta(minutes=2)  # by how much a server's clock may differ from ours


def addresses(session: Session, door: Door) -> list[str]:
    """Return the addresses to ask for a door."""
    options = session.options
    asking = kinds.Asking(
        now=session.now(),
        last_polled=session.memory.door(door.url).last_polled,
        zone=zoneinfo.ZoneInfo(session.outlet.timezone),
        since=options.since,
        until=options.until,
    )

    return kinds.of(door.kind).addresses(door, asking)


def validators(state: DoorState, notes: DoorNotes) -> dict[str, str]:
    """Return the conditional headers for a door, if its validators have earned it.

    They lie on many sites.
    """
    audit = notes.polls % AUDIT == 0
    if state.lies or notes.honest < _TRUSTED or audit or not state.digest:
        return {}

    headers = {"If-None-Match": state.etag, "If-Modified-Since": state.last_modified}

    return {name: value for name, value in headers.items() if value}


def content(response: Response, limit: int) -> bytes:
    """Return an answer's body with its content encoding undone; raises FaultError."""
    return bodies.decode(response.body, _header(response, b"Content-Encoding"), limit)


def _header(response: Response, name: bytes) -> str:
    """Return a header's values as one text; an empty one when there is none."""
    return b",".join(response.headers.getlist(name)).decode("latin-1")


def read(
    visit: Visit, response: Response, body: bytes, session: Session, before: Before
) -> Reading:
    """Return what a door's answer says; raises FaultError naming why it says nothing."""
    if not body.strip():
        raise FaultError(Fault.EMPTY, "an empty body")

    answer = kinds.Answer(
        body=body,
        url=response.url,
        content_type=_header(response, b"Content-Type").lower(),
        zone=zoneinfo.ZoneInfo(session.outlet.timezone),
        hosts=session.scope.hosts,
        before=before,
        learnt=session.learnt_patterns(),
    )

    return visit.kind.read(visit.door, answer)


def check(response: Response, body: bytes) -> None:
    """Raise FaultError for an answer that is not the door."""
    # What WordPress answers behind its last page.
    is_beyond = response.status == 400 and b"rest_post_invalid_page" in body[:200]  # noqa: PLR2004
    fault = walls.fault(response, body)

    if fault is not None and not is_beyond:
        raise FaultError(fault, f"HTTP {response.status}")


def note_answer(
    state: DoorState, notes: DoorNotes, response: Response, body: bytes, *, conditional: bool
) -> tuple[DoorState, DoorNotes]:
    """Return a door's state and notes after an answer with a body.

    They hold its validators, and whether these have told the truth.
    """
    etag = _header(response, b"ETag")
    modified = _header(response, b"Last-Modified")
    digest = fingerprint(body)
    lies = state.lies

    if state.digest and digest != state.digest and (etag or modified) and not conditional:
        if (etag, modified) == (state.etag, state.last_modified):
            lies += 1
        else:
            notes = replace(notes, honest=notes.honest + 1)

    fresh = replace(
        state,
        etag=etag,
        last_modified=modified,
        digest=digest,
        lies=lies,
    )

    return fresh, notes


def was_a_lie(notes: DoorNotes, reading: Reading, known: set[str]) -> bool:
    """Tell whether a door that said 304 at its last poll had something new then already."""
    if notes.said_304 is None:
        return False

    when = notes.said_304 - _CLOCKS

    for entry in reading.entries:
        if entry.url not in known and entry.published is not None and entry.published < when:
            return True

    return False


def since(session: Session, state: DoorState) -> datetime | None:
    """Return from when on a door's dated entries matter."""
    if session.options.since:
        first = datetime.combine(session.options.since, time(), UTC)
        return first - timedelta(days=1)

    if state.last_polled is None:
        return session.now() - _FIRST_SPAN

    return state.last_polled - _SLACK


def fingerprint(body: bytes) -> str:
    """Return the digest by which a door's body is told from its last one."""
    return hashlib.blake2b(body, digest_size=16).hexdigest()
