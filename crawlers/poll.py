"""How a door is asked and how its answer is read."""

import zoneinfo
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from scrapy.http import Response

from crawlers.discovery import feed, listing, sitemap, wordpress
from crawlers.discovery.choice import Before
from crawlers.discovery.reading import Reading
from crawlers.download import body as bodies
from crawlers.download import walls
from crawlers.faults import Fault, FaultError
from crawlers.scope import Scope
from crawlers.session import Session, fingerprint
from news.crawl import DoorState
from news.outlet import Door, DoorKind

_TRUSTED = 3  # how often validators must have been seen to tell the truth before they are relied on
AUDIT = 4  # every fourth poll asks without them all the same
_DAYS_BACK = 2  # an archive by day is read this far back
_SLACK = timedelta(hours=6)
_FIRST_SPAN = timedelta(days=2)


def addresses(session: Session, door: Door) -> list[str]:
    """Return the addresses to ask for a door: one, or one per day of an archive."""
    options, now = session.options, session.now()
    if door.kind is DoorKind.WORDPRESS:
        if options.since:
            until = datetime.combine(
                (options.until or now.date()) + timedelta(days=1), datetime.min.time(), UTC
            )
            return [
                wordpress.address(
                    door.url,
                    after=datetime.combine(options.since, datetime.min.time(), UTC),
                    before=until,
                )
            ]
        return [wordpress.address(door.url)]
    if door.kind is not DoorKind.ARCHIVE:
        return [door.url]
    today = now.astimezone(zoneinfo.ZoneInfo(session.outlet.timezone)).date()
    last = session.memory.door(door.url).last_polled or now - timedelta(days=1)
    first = options.since or max(
        today - timedelta(days=_DAYS_BACK),
        last.astimezone(zoneinfo.ZoneInfo(session.outlet.timezone)).date(),
    )
    final = min(options.until or today, today)
    return [
        (final - timedelta(days=back)).strftime(door.url)
        for back in range((final - first).days + 1)
    ]


def validators(state: DoorState) -> dict[str, str]:
    """Return the conditional headers for a door, if its validators have earned it: they lie on many sites."""
    honest, polls = int(state.data.get("honest", 0)), int(state.data.get("polls", 0))
    if state.lies or honest < _TRUSTED or polls % AUDIT == 0 or not state.digest:
        return {}
    return {
        name: value
        for name, value in (
            ("If-None-Match", state.etag),
            ("If-Modified-Since", state.last_modified),
        )
        if value
    }


def content(response: Response, limit: int) -> bytes:
    """Return an answer's body with its content encoding undone; raises FaultError."""
    encodings = b",".join(response.headers.getlist(b"Content-Encoding")).decode("latin-1")
    return bodies.decode(response.body, encodings, limit)


def read(door: Door, response: Response, body: bytes, scope: Scope, before: Before) -> Reading:
    """Return what a door's answer says; raises FaultError naming why it says nothing."""
    kind = (response.headers.get(b"Content-Type") or b"").decode("latin-1").lower()
    zone = zoneinfo.ZoneInfo(scope.outlet.timezone)
    if not body.strip():
        raise FaultError(Fault.EMPTY, "an empty body")
    match door.kind:
        case DoorKind.FEED:
            return feed.read(body, response.url, zone, kind)
        case DoorKind.SITEMAP:
            return sitemap.read(body, response.url, zone, before=before)
        case DoorKind.WORDPRESS:
            return wordpress.read(body, response.url)
        case _:
            return listing.read(body, response.url, door, scope.hosts, kind)


def check(response: Response, body: bytes) -> None:
    """Raise FaultError for an answer that is not the door."""
    wordpress_end = response.status == 400 and b"rest_post_invalid_page_number" in body[:200]  # noqa: PLR2004
    if (fault := walls.fault(response, body)) is not None and not wordpress_end:
        raise FaultError(fault, f"HTTP {response.status}")


def noted(state: DoorState, response: Response, body: bytes, *, conditional: bool) -> DoorState:
    """Return a door's notes after an answer with a body: its validators, and whether they have told the truth."""
    etag = (response.headers.get(b"ETag") or b"").decode("latin-1")
    modified = (response.headers.get(b"Last-Modified") or b"").decode("latin-1")
    digest = fingerprint(body)
    data = dict(state.data)
    lies = state.lies
    if state.digest and (etag or modified) and not conditional:
        same = (etag, modified) == (state.etag, state.last_modified)
        if digest != state.digest and same:
            lies += 1
        elif digest != state.digest:
            data["honest"] = str(int(data.get("honest", 0)) + 1)
    return replace(state, etag=etag, last_modified=modified, digest=digest, lies=lies, data=data)


def caught(state: DoorState, reading: Reading, known: set[str]) -> bool:
    """Tell whether a door that said 304 at its last poll already had something new then: a lie."""
    said = state.data.get("said_304")
    if not said:
        return False
    when = datetime.fromisoformat(said) - timedelta(minutes=2)
    return any(
        entry.published is not None and entry.published < when and entry.url not in known
        for entry in reading.entries
    )


def since(session: Session, state: DoorState) -> datetime | None:
    """Return from when on a door's dated entries matter."""
    if session.options.since:
        return datetime.combine(session.options.since, datetime.min.time(), UTC) - timedelta(days=1)
    return (state.last_polled - _SLACK) if state.last_polled else session.now() - _FIRST_SPAN
