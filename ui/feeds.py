"""Feeds: Atom (RFC 4287) and JSON Feed 1.1 of any query and of any watch.

Feed readers have no login, so the token stands in the address.
"""

import json
import re
from collections.abc import Sequence
from datetime import UTC, datetime
from http import HTTPStatus
from typing import Annotated, Any
from urllib.parse import urlencode
from xml.etree import ElementTree as ET

from fastapi import APIRouter, Depends, HTTPException, Query
from fastapi.responses import Response

from news.query import QueryError
from news.watch import Watch
from pipeline.settings import Settings
from storage import pages
from storage.alerts import watches
from storage.archive.archive import Archive
from ui import listings
from ui.archives import Archives
from ui.listings import Line

_ATOM = "http://www.w3.org/2005/Atom"
_ENTRIES = 50
# What XML 1.0 cannot hold.
_IMPOSSIBLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
Text = Annotated[str, Query(max_length=2_000)]
Lines = tuple[Line, ...]


def router(archives: Archives, settings: Settings, reader: Any) -> APIRouter:
    """Return the feeds' routes, all behind `reader`."""
    routes = APIRouter(dependencies=[Depends(reader)])

    base = settings.public_url.rstrip("/")

    @routes.get("/feed.atom")
    def atom(q: Text = "") -> Response:
        """Give what a query finds, newest first."""
        return _answer(
            "atom",
            _title(q),
            base,
            _search_page(q),
            _query_lines(archives, q),
        )

    @routes.get("/feed.json")
    def feed(q: Text = "") -> Response:
        """Give the same as JSON Feed."""
        return _answer(
            "json",
            _title(q),
            base,
            _search_page(q),
            _query_lines(archives, q),
        )

    @routes.get("/watch/{number}.{form}")
    def watch(number: int, form: str) -> Response:
        """Give the stories of one watch."""
        if form not in {"atom", "json"}:
            raise _not_there()

        name, lines = _watch_lines(archives, number)

        return _answer(form, f"Khabar: {name}", base, f"/khabar/watch/{number}", lines)

    return routes


def _not_there() -> HTTPException:
    return HTTPException(HTTPStatus.NOT_FOUND, "there is no such feed")


def _title(query: str) -> str:
    return f"Khabar: {query}" if query.strip() else "Khabar: all stories"


def _search_page(query: str) -> str:
    return "/khabar/?" + urlencode({"q": query})


def _query_lines(archives: Archives, query: str) -> Lines:
    with archives.archive() as archive:
        if not query.strip():
            return listings.newest(archive, None, _ENTRIES).lines

        return _found(archive, query)


def _watch_lines(archives: Archives, number: int) -> tuple[str, Lines]:
    """Return a watch's name and its newest stories, within its outlets, languages and regions."""
    with archives.archive() as archive:
        watch = _watch(archive, number)
        outlets = _outlets(archive, watch)
        if outlets is not None and not outlets:
            return watch.name, ()  # no outlet of its regions has been read yet

        return watch.name, _found(
            archive,
            narrowed(watch.query, outlets, watch.languages),
        )


def _watch(archive: Archive, number: int) -> Watch:
    with archive.transaction() as cursor:
        for saved in watches.load(cursor):
            if saved.id == number:
                return saved.watch

    raise _not_there()


def _outlets(archive: Archive, watch: Watch) -> Sequence[str] | None:
    """Return the outlets a watch looks at; None: all."""
    if not watch.regions:
        return watch.outlets or None

    with pages.rows(archive) as cursor:
        rows = pages.outlets(cursor, datetime.now(UTC).date())

    inside = [row.name for row in rows if row.region in watch.regions]
    if watch.outlets:
        return [name for name in inside if name in watch.outlets]

    return inside


def narrowed(
    query: str,
    outlets: Sequence[str] | None,
    languages: Sequence[str],
) -> str:
    """Return a query with outlets and languages as fields of the query language; empty: any."""
    parts = [f"({query})"]
    for field, values in (("outlet", outlets), ("lang", languages)):
        if values:
            alternatives = " OR ".join(f'{field}:"{value}"' for value in values)
            parts.append(f"({alternatives})")

    return " AND ".join(parts)


def _found(archive: Archive, query: str) -> Lines:
    """Return what a query finds; one that cannot be read is the asker's mistake (400)."""
    try:
        return listings.found(
            archive,
            query,
            None,
            datetime.now(UTC),
            _ENTRIES,
        ).lines
    except QueryError as error:
        sentence = f"{error.sentence} (character {error.position + 1})"
        raise HTTPException(HTTPStatus.BAD_REQUEST, sentence) from error


def _answer(
    form: str,
    title: str,
    base: str,
    page: str,
    lines: tuple[Line, ...],
) -> Response:
    if form == "json":
        return Response(
            json.dumps(json_feed(title, base, page, lines), ensure_ascii=False),
            media_type="application/feed+json",
        )

    return Response(atom_feed(title, base, page, lines), media_type="application/atom+xml")


def atom_feed(
    title: str,
    base: str,
    page: str,
    lines: tuple[Line, ...],
) -> bytes:
    """Return an Atom document. An entry's id is the archive's page of the article: it never changes."""
    ET.register_namespace("", _ATOM)
    feed = ET.Element(f"{{{_ATOM}}}feed")
    updated = max(
        (_updated(line) for line in lines),
        default=datetime(1970, 1, 1, tzinfo=UTC),
    )
    _add(feed, "id", base + page)
    _add(feed, "title", title)
    _add(feed, "updated", updated.isoformat())
    _add(feed, "link", rel="alternate", href=base + page)
    _add(_add(feed, "author"), "name", "Khabar")

    for line in lines:
        article, entry = line.article, _add(feed, "entry")
        _add(entry, "id", f"{base}/khabar/article/{article.id}")
        _add(entry, "title", article.title)
        _add(entry, "updated", _updated(line).isoformat())

        if article.published_at:
            _add(entry, "published", article.published_at.isoformat())

        _add(entry, "link", rel="alternate", href=article.url)
        _add(entry, "link", rel="related", href=f"{base}/khabar/article/{article.id}")
        _add(
            _add(entry, "author"),
            "name",
            article.outlet_title or article.outlet,
        )

        _add(entry, "summary", _plain(line))

    document: bytes = ET.tostring(feed, encoding="utf-8", xml_declaration=True)

    return document


def json_feed(
    title: str,
    base: str,
    page: str,
    lines: tuple[Line, ...],
) -> dict[str, Any]:
    """Return a JSON Feed 1.1."""
    items = [
        {
            "id": f"{base}/khabar/article/{line.article.id}",
            "url": line.article.url,
            "title": line.article.title,
            "content_text": _plain(line),
            "language": line.article.language,
            "date_published": line.article.at.isoformat(),
            "date_modified": _updated(line).isoformat(),
            "authors": [{"name": line.article.outlet_title or line.article.outlet}],
        }
        for line in lines
    ]

    return {
        "version": "https://jsonfeed.org/version/1.1",
        "title": title,
        "home_page_url": base + page,
        "items": items,
    }


def _updated(line: Line) -> datetime:
    """Return when there was last something new about an article: a deletion, else its own time."""
    moment: datetime = line.article.deleted_at or line.article.at
    return moment


def _plain(line: Line) -> str:
    text = "".join(piece for piece, _ in line.excerpt)
    others = f" ({line.members} articles: {', '.join(line.outlets)})" if line.members > 1 else ""
    return text + others


def _add(
    parent: ET.Element,
    name: str,
    text: str | None = None,
    **attributes: str,
) -> ET.Element:
    child = ET.SubElement(
        parent,
        f"{{{_ATOM}}}{name}",
        {key: _IMPOSSIBLE.sub("", value) for key, value in attributes.items()},
    )

    if text is not None:
        child.text = _IMPOSSIBLE.sub("", text)

    return child
