"""The sitemaps of drawn outlets: indexes without an end, dates that do not tell, plain lines."""

import gzip
from collections.abc import Sequence
from datetime import datetime
from xml.sax.saxutils import escape

from press.drawn.pages import Pages
from press.drawn.shape import Place
from press.drawn.story import Story
from press.http import Request, Response

_SPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"
_ODD = ("# generated", "", "javascript:void(0)", "see also the archive")


def sitemap(
    pages: Pages, place: Place, stories: Sequence[Story], request: Request, now: datetime
) -> Response:
    """Return an index, or the file of addresses below it."""
    if request.path != place.path:
        return _file(
            pages,
            place,
            stories,
            now,
        )
    number = int(request.query.get("p") or 0)
    return _index(
        pages,
        place,
        number,
        now,
    )


def child_path(place: Place) -> str:
    """Return the address of the file of addresses below an index."""
    tail = {"gzip2": ".xml.gz", "gzip": ".xml.gz"}.get(
        _packing(place),
        ".xml",
    )
    return place.path.replace(
        ".xml",
        "-news" + tail,
    )


def _packing(place: Place) -> str:
    return next(
        (mark for mark in sorted(place.marks) if mark.startswith("gzip")),
        "",
    )


def _date(place: Place, now: datetime) -> str:
    return "2019-04-01" if "stale" in place.marks else now.strftime("%Y-%m-%dT%H:%M:%S+00:00")


def _index(pages: Pages, place: Place, number: int, now: datetime) -> Response:
    """Return an index that names the file of news and, on and on, itself."""
    paths = [f"{place.path}?p={number * 3 + step}" for step in (1, 2, 3)]
    if number == 0:
        paths.append(child_path(place))
    held = _date(place, now)
    rows = "".join(
        f"<sitemap><loc>{escape(pages.root + path)}</loc><lastmod>{held}</lastmod></sitemap>"
        for path in paths
    )
    return _xml(f'<sitemapindex xmlns="{_SPACE}">{rows}</sitemapindex>')


def _file(pages: Pages, place: Place, stories: Sequence[Story], now: datetime) -> Response:
    held = _date(place, now)
    rows = "".join(
        f"<url><loc>{escape(pages.href(story, now, 'map', whole=True))}</loc>"
        f"<lastmod>{held}</lastmod></url>"
        for story in stories
    )
    answer = _xml(f'<urlset xmlns="{_SPACE}">{rows}</urlset>')
    packing = _packing(place)
    if not packing:
        return answer
    body = gzip.compress(
        answer.body,
        5,
        mtime=0,
    )
    if packing == "gzip2":
        body = gzip.compress(body, 5, mtime=0)
    return Response(body=body, kind="application/gzip", door=True)


def _xml(text: str) -> Response:
    body = f'<?xml version="1.0" encoding="UTF-8"?>{text}'.encode()
    return Response(body=body, kind="application/xml", door=True)


def textmap(pages: Pages, stories: Sequence[Story], now: datetime) -> Response:
    """Return a sitemap of lines, some of which are no addresses."""
    lines = [
        pages.href(
            story,
            now,
            "map",
            whole=True,
        )
        for story in stories
    ]
    for step, odd in enumerate(_ODD):
        lines.insert(
            min(
                len(lines),
                3 + 5 * step,
            ),
            odd,
        )
    return Response(
        body=("\n".join(lines) + "\n").encode(), kind="text/plain; charset=utf-8", door=True
    )
