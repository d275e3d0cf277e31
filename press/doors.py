"""The ways into an outlet: which door lies where, and what it says at an instant."""

import re
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, timedelta
from html import escape
from typing import TYPE_CHECKING

from press import feeds, templates
from press.feeds import Entry
from press.http import Request, Response, zipped
from press.lexicon import lexicon
from press.site import Site
from press.templates.context import listing_context
from press.world import Piece

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
    "sitemap-index": "/sitemap_index.xml",
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
_DECLARATION = '<?xml version="1.0" encoding="{}"?>\n'
_MOST = 50_000


def path_of(site: Site, door: str) -> str:
    """Return a door's path (a strftime pattern for archives)."""
    return _WIRE_FEED if door == "rss" and site.wire else PATHS[door]


def announced(site: Site, root: str) -> tuple[str, str] | None:
    """Return media type and URL of the feed that pages announce."""
    door = next((door for door in site.doors if door in _TYPES), None)
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
        return _xml(desk, feeds.news_sitemap(site.title, _entries(desk, recent, now, "sitemap")))
    if "sitemap-index" in site.doors and request.path.startswith("/sitemap"):
        return _sitemaps(desk, request.path, now)
    if "wordpress" in site.doors and request.path.rstrip("/") == PATHS["wordpress"]:
        return _wordpress(desk, request, now)
    return _days(desk, request, now)


def _entries(desk: "Desk", pieces: Sequence[Piece], now: datetime, door: str) -> list[Entry]:
    habits = desk.site.behaviour
    made = []
    for piece in pieces:
        shown = desk.shown(piece, now)
        full = (
            "".join(f"<p>{escape(block.text)}</p>" for block in shown.blocks)
            if habits.full_text or door == "wordpress"
            else ""
        )
        made.append(
            Entry(
                url=desk.links.printed(piece, now, door),
                guid="0" if habits.same_guid else f"{piece.number} at {desk.site.name}",
                title=shown.title,
                summary=shown.excerpt,
                byline=shown.byline,
                full=full,
                number=410_000 + piece.number,
                published=shown.published if habits.dates else None,
                modified=(shown.modified or shown.published) if habits.dates else None,
                language=piece.language,
            )
        )
    return made


def _feed(desk: "Desk", door: str, now: datetime) -> Response:
    pieces = desk.world.latest(desk.site.name, now, desk.site.behaviour.feed_items)
    text = _FORMATS[door](
        desk.site.title, desk.links.root(now) + "/", _entries(desk, pieces, now, door)
    )
    if door == "json":
        return Response(body=text.encode(), kind="application/feed+json; charset=utf-8", door=True)
    return _xml(desk, text, _TYPES[door])


def _xml(desk: "Desk", text: str, kind: str = "application/xml") -> Response:
    charset = desk.site.charset
    return Response(
        body=desk.encode(_DECLARATION.format(charset) + text),
        kind=f"{kind}; charset={charset}",
        door=True,
    )


def _sitemaps(desk: "Desk", path: str, now: datetime) -> Response | None:
    """Answer an index of monthly indexes of gzipped parts: /sitemap_index.xml -> /sitemap-YYYY-MM.xml -> /sitemap-YYYY-MM-N.xml.gz."""
    pieces = [piece for piece in desk.world.pieces(desk.site.name, now) if piece.visible(now)][
        -_MOST:
    ]
    months: dict[str, list[Piece]] = {}
    for piece in pieces:
        months.setdefault(piece.published.strftime("%Y-%m"), []).append(piece)
    root, per_page = desk.links.root(now), desk.site.behaviour.per_page
    if path == PATHS["sitemap-index"]:
        return _xml(
            desk,
            feeds.sitemap_index(
                [
                    (f"{root}/sitemap-{month}.xml", _changed(held, now))
                    for month, held in months.items()
                ]
            ),
        )
    found = re.fullmatch(r"/sitemap-(\d{4}-\d\d)(?:-(\d+))?\.xml(\.gz)?", path)
    if found is None or found[1] not in months:
        return None
    held = months[found[1]]
    if found[2] is None:
        parts = [held[place : place + per_page] for place in range(0, len(held), per_page)]
        return _xml(
            desk,
            feeds.sitemap_index(
                [
                    (f"{root}/sitemap-{found[1]}-{number}.xml.gz", _changed(part, now))
                    for number, part in enumerate(parts, 1)
                ]
            ),
        )
    part = held[per_page * (int(found[2]) - 1) : per_page * int(found[2])]
    made = _xml(desk, feeds.sitemap(_entries(desk, part, now, "sitemap")))
    return (
        Response(body=zipped(made.body), kind="application/gzip", door=True) if found[3] else made
    )


def _changed(pieces: Sequence[Piece], now: datetime) -> datetime:
    return max(piece.modified(now) for piece in pieces)


def _wordpress(desk: "Desk", request: Request, now: datetime) -> Response:
    query, zone = request.query, desk.site.timezone
    per_page = min(int(query.get("per_page", "") or desk.site.behaviour.per_page), 100)
    page = int(query.get("page", "") or 1)
    pieces = [
        piece
        for piece in desk.world.latest(desk.site.name, now, _MOST)
        if _between(piece, _instant(query.get("after"), zone), _instant(query.get("before"), zone))
        and _between_changes(piece, now, _instant(query.get("modified_after"), zone))
    ]
    pages = max(-(-len(pieces) // per_page), 1)
    counts = (("X-WP-Total", str(len(pieces))), ("X-WP-TotalPages", str(pages)))
    if page > pages:
        return Response(
            status=400,
            body=b'{"code":"rest_post_invalid_page_number","message":"","data":{"status":400}}',
            kind="application/json",
            headers=counts,
            door=True,
        )
    body = feeds.wordpress(
        _entries(desk, pieces[per_page * (page - 1) : per_page * page], now, "wordpress")
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
    if "archive" in desk.site.doors and (
        found := re.fullmatch(r"/archive/(\d{4})/(\d\d)/(\d\d)/?", request.path)
    ):
        return _day(desk, "".join(found.groups()), now)
    if "latest" in desk.site.doors and request.path == "/latest/":
        return _day(desk, request.query.get("date", ""), now)
    return None


def _day(desk: "Desk", digits: str, now: datetime) -> Response:
    try:
        day = (
            datetime.strptime(digits, "%Y%m%d").replace(tzinfo=UTC).date()
            if digits
            else now.astimezone(desk.site.timezone).date()
        )
    except ValueError:
        return Response(status=404, kind=desk.kind, door=True)
    pieces = [
        piece
        for piece in desk.world.pieces(desk.site.name, now)
        if piece.visible(now) and piece.published.date() == day
    ]
    cards = [
        desk.shown(piece, now, printed=desk.links.printed(piece, now, "archive"))
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
    return desk.page(desk.encode(templates.listing(page, desk.site.theme, language)), door=True)


def _spelt(day: date, language: str) -> str:
    return templates.words(datetime.combine(day, datetime.min.time(), UTC), language)
