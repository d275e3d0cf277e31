"""The ways into an outlet: which door lies where, and what it says at an instant."""

import re
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

from press import feeds, templates
from press.door_parts import entries, xml
from press.feeds import Entry
from press.http import Request, Response
from press.lexicon import lexicon
from press.piece import Piece
from press.site import Site
from press.sitemap_doors import INDEX_PATH, MOST, sitemaps
from press.templates.context import listing_context

if TYPE_CHECKING:
    from press.desk import Desk

# Where each kind of door lies; patterns with % are for strftime.
PATHS = {
    "rss": "/feed/",
    "atom": "/atom.xml",
    "json": "/feed.json",
    "rss091": "/rss091.xml",
    "rss1": "/index.rdf",
    "news-sitemap": "/news-sitemap.xml",
    "sitemap-index": INDEX_PATH,
    "listing": "/",
    "archive": "/archive/%Y/%m/%d/",
    "latest": "/latest/?ajax=1&date=%Y%m%d",
    "wordpress": "/wp-json/wp/v2/posts",
}
_WIRE_FEED = "/feeds/index.rss"
_TYPES = {
    "rss": "application/rss+xml",
    "atom": "application/atom+xml",
    "json": "application/feed+json",
    "rss091": "application/xml",
    "rss1": "application/rdf+xml",
}
_FORMATS: dict[str, Callable[[str, str, Sequence[Entry]], str]] = {
    "rss": feeds.rss,
    "atom": feeds.atom,
    "json": feeds.json_feed,
    "rss091": feeds.rss091,
    "rss1": feeds.rss1,
}


def path_of(site: Site, door: str) -> str:
    """Return a door's path (a strftime pattern for archives)."""
    return _WIRE_FEED if door == "rss" and site.wire else PATHS[door]


def announced(site: Site, root: str) -> tuple[str, str] | None:
    """Return media type and URL of the feed that pages announce."""
    door = next(
        (door for door in site.doors if door in _TYPES),
        None,
    )
    return (_TYPES[door], root + path_of(site, door)) if door else None


def answer(desk: "Desk", request: Request, now: datetime) -> Response | None:
    """Return what a door says, None if the path is no door of this outlet."""
    site = desk.site
    for door in site.doors:
        if door in _FORMATS and request.path == path_of(site, door):
            return _feed(desk, door, now)

    if "news-sitemap" in site.doors and request.path == PATHS["news-sitemap"]:
        recent = [
            piece
            for piece in desk.world.latest(site.name, now, 1000)
            if piece.published > now - timedelta(days=2)
        ]

        return xml(
            desk,
            feeds.news_sitemap(site.title, entries(desk, recent, now, "sitemap")),
        )

    if "sitemap-index" in site.doors and request.path.startswith("/sitemap"):
        return sitemaps(desk, request.path, now)
    if "wordpress" in site.doors and request.path.rstrip("/") == PATHS["wordpress"]:
        return _wordpress(desk, request, now)

    return _days(desk, request, now)


def _feed(desk: "Desk", door: str, now: datetime) -> Response:
    pieces = desk.world.latest(
        desk.site.name,
        now,
        desk.site.behaviour.feed_items,
    )

    text = _FORMATS[door](
        desk.site.title,
        desk.links.root(now) + "/",
        entries(
            desk,
            pieces,
            now,
            door,
        ),
    )

    if door == "json":
        return Response(body=text.encode(), kind="application/feed+json; charset=utf-8", door=True)

    return xml(desk, text, _TYPES[door])


def _wordpress(desk: "Desk", request: Request, now: datetime) -> Response:
    query = request.query
    zone = desk.site.timezone
    per_page = min(
        int(query.get("per_page", "") or desk.site.behaviour.per_page),
        100,
    )
    page = int(query.get("page", "") or 1)
    after = _instant(query.get("after"), zone)
    before = _instant(query.get("before"), zone)
    changed_after = _instant(query.get("modified_after"), zone)

    latest = desk.world.latest(
        desk.site.name,
        now,
        MOST,
    )

    pieces = [
        piece
        for piece in latest
        if _between(piece, after, before)
        and _between_changes(
            piece,
            now,
            changed_after,
        )
    ]

    pages = max(-(-len(pieces) // per_page), 1)

    counts = (
        ("X-WP-Total", str(len(pieces))),
        ("X-WP-TotalPages", str(pages)),
    )
    if page > pages:
        return Response(
            status=400,
            body=b'{"code":"rest_post_invalid_page_number","message":"","data":{"status":400}}',
            kind="application/json",
            headers=counts,
            door=True,
        )

    body = feeds.wordpress(
        entries(
            desk,
            pieces[per_page * (page - 1) : per_page * page],
            now,
            "wordpress",
        )
    )

    return Response(
        body=body.encode(), kind="application/json; charset=UTF-8", headers=counts, door=True
    )


def _instant(text: str | None, zone: object) -> datetime | None:
    if not text:
        return None

    at = datetime.fromisoformat(text)
    return at if at.tzinfo else at.replace(tzinfo=zone)  # type: ignore[arg-type]


def _between(piece: Piece, after: datetime | None, before: datetime | None) -> bool:
    return (after is None or piece.published > after) and (
        before is None or piece.published < before
    )


def _between_changes(piece: Piece, now: datetime, after: datetime | None) -> bool:
    return after is None or piece.modified(now) > after


def _days(desk: "Desk", request: Request, now: datetime) -> Response | None:
    """Answer the archive of one day, in the outlet's zone."""
    dated = re.fullmatch(r"/archive/(\d{4})/(\d\d)/(\d\d)/?", request.path)
    if dated is not None and "archive" in desk.site.doors:
        return _day(desk, "".join(dated.groups()), now)
    if "latest" in desk.site.doors and request.path == "/latest/":
        return _day(desk, request.query.get("date", ""), now)

    return None


def _day(desk: "Desk", digits: str, now: datetime) -> Response:
    try:
        day = now.astimezone(desk.site.timezone).date()
        if digits:
            day = datetime.strptime(digits, "%Y%m%d").replace(tzinfo=UTC).date()
    except ValueError:
        return Response(status=404, kind=desk.kind, door=True)

    pieces = [
        piece
        for piece in desk.world.pieces(desk.site.name, now)
        if piece.visible(now) and piece.published.date() == day
    ]

    cards = [
        desk.shown(
            piece,
            now,
            printed=desk.links.printed(piece, now, "archive"),
        )
        for piece in reversed(pieces)
    ]

    language = desk.site.languages[0]
    page = listing_context(
        f"{lexicon(language).labels['latest']}: {_spelt(day, language)}",
        language,
        desk.house(now),
        now,
        cards,
    )

    return desk.page(
        desk.encode(
            templates.listing(
                page,
                desk.site.theme,
                language,
            )
        ),
        door=True,
    )


def _spelt(day: date, language: str) -> str:
    return templates.words(
        datetime.combine(day, datetime.min.time(), UTC),
        language,
    )
