"""Sitemaps as large outlets have them: an index of monthly indexes of gzipped parts."""

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from press import feeds
from press.door_parts import entries, xml
from press.http import Response, zipped
from press.piece import Piece

if TYPE_CHECKING:
    from press.desk import Desk

INDEX_PATH = "/sitemap_index.xml"
MOST = 50_000  # entries, as the protocol allows


def sitemaps(desk: "Desk", path: str, now: datetime) -> Response | None:
    """Answer an index of monthly indexes of gzipped parts.

    /sitemap_index.xml -> /sitemap-YYYY-MM.xml -> /sitemap-YYYY-MM-N.xml.gz.
    """
    months = _by_month(desk, now)

    root = desk.links.root(now)
    if path == INDEX_PATH:
        parts: dict[str, Sequence[Piece]]
        parts = {f"{root}/sitemap-{month}.xml": pieces for month, pieces in months.items()}
        return _sitemap_index(desk, parts, now)

    found = re.fullmatch(r"/sitemap-(\d{4}-\d\d)(?:-(\d+))?\.xml(\.gz)?", path)
    if found is None:
        return None

    month, number, packed = found.groups()
    if month not in months:
        return None

    pages = list(
        _batched(
            months[month],
            desk.site.behaviour.per_page,
        )
    )

    if number is None:
        parts = {}
        for page_number, page in enumerate(pages, 1):
            parts[f"{root}/sitemap-{month}-{page_number}.xml.gz"] = page

        return _sitemap_index(desk, parts, now)

    index = int(number) - 1
    page = pages[index] if 0 <= index < len(pages) else []

    answer = xml(
        desk,
        feeds.sitemap(entries(desk, page, now, "sitemap")),
    )
    if packed:
        return Response(body=zipped(answer.body), kind="application/gzip", door=True)

    return answer


def _by_month(desk: "Desk", now: datetime) -> dict[str, list[Piece]]:
    """Return the latest visible articles by the month of their publication, YYYY-MM."""
    pieces = desk.world.pieces(desk.site.name, now)
    visible = [piece for piece in pieces if piece.visible(now)]
    months: dict[str, list[Piece]] = {}

    for piece in visible[-MOST:]:
        months.setdefault(
            piece.published.strftime("%Y-%m"),
            [],
        ).append(piece)

    return months


def _sitemap_index(
    desk: "Desk",
    parts: Mapping[str, Sequence[Piece]],
    now: datetime,
) -> Response:
    changes = [(url, _changed(pieces, now)) for url, pieces in parts.items()]
    return xml(desk, feeds.sitemap_index(changes))


def _batched(pieces: Sequence[Piece], size: int) -> Iterator[Sequence[Piece]]:
    """Yield pieces in runs of so many."""
    for start in range(0, len(pieces), size):
        yield pieces[start : start + size]


def _changed(pieces: Sequence[Piece], now: datetime) -> datetime:
    return max(piece.modified(now) for piece in pieces)
