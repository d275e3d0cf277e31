"""Feeds: Atom (RFC 4287) and JSON Feed 1.1 of any query and of any watch. Readers have no login, so the token stands in the address."""

import json
import re
from datetime import UTC, datetime
from typing import Annotated, Any
from urllib.parse import urlencode
from xml.etree import ElementTree as ET

from fastapi import APIRouter, Depends, HTTPException, Query
from fastapi.responses import Response

from news.query import QueryError
from pipeline.settings import Settings
from storage import alerts
from ui import stories
from ui.archives import Archives
from ui.stories import Line

_ATOM = "http://www.w3.org/2005/Atom"
_ENTRIES = 50
# What XML 1.0 cannot hold.
_IMPOSSIBLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
Text = Annotated[str, Query(max_length=2_000)]


def router(archives: Archives, settings: Settings, reader: Any) -> APIRouter:
    """Return the feeds' routes, all behind `reader`."""
    routes = APIRouter(dependencies=[Depends(reader)])
    base = settings.public_url.rstrip("/")

    @routes.get("/feed.atom")
    def atom(q: Text = "") -> Response:
        """Give what a query finds, newest first."""
        return _answer(
            "atom", _title(q), base, "/khabar/?" + urlencode({"q": q}), _lines(archives, q)
        )

    @routes.get("/feed.json")
    def feed(q: Text = "") -> Response:
        """Give the same as JSON Feed."""
        return _answer(
            "json", _title(q), base, "/khabar/?" + urlencode({"q": q}), _lines(archives, q)
        )

    @routes.get("/watch/{number}.{form}")
    def watch(number: int, form: str) -> Response:
        """Give the stories of one watch."""
        saved = _saved(archives, number)
        if saved is None or form not in {"atom", "json"}:
            raise HTTPException(404, "there is no such feed")
        return _answer(
            form,
            f"Khabar: {saved.watch.name}",
            base,
            f"/khabar/watch/{number}",
            _lines(archives, narrowed(saved.watch)),
        )

    return routes


def narrowed(watch: Any) -> str:
    """Return a watch's query with its outlets and languages as fields of the language."""
    parts = [f"({watch.query})"]
    for name, values in (("outlet", watch.outlets), ("lang", watch.languages)):
        if values:
            parts.append("(" + " OR ".join(f'{name}:"{value}"' for value in values) + ")")
    return " AND ".join(parts)


def _saved(archives: Archives, number: int) -> Any:
    with archives.archive() as archive, archive.transaction() as cursor:
        return next((saved for saved in alerts.load_watches(cursor) if saved.id == number), None)


def _title(query: str) -> str:
    return f"Khabar: {query}" if query.strip() else "Khabar: all stories"


def _lines(archives: Archives, query: str) -> tuple[Line, ...]:
    with archives.archive() as archive:
        if not query.strip():
            return stories.newest(archive, None, _ENTRIES).lines
        try:
            archive.parse(query)
            return stories.found(archive, query, None, datetime.now(UTC), _ENTRIES).lines
        except QueryError as error:
            raise HTTPException(
                400, f"{error.sentence} (character {error.position + 1})"
            ) from error


def _answer(form: str, title: str, base: str, page: str, lines: tuple[Line, ...]) -> Response:
    if form == "json":
        return Response(
            json.dumps(json_feed(title, base, page, lines), ensure_ascii=False),
            media_type="application/feed+json",
        )
    return Response(atom_feed(title, base, page, lines), media_type="application/atom+xml")


def atom_feed(title: str, base: str, page: str, lines: tuple[Line, ...]) -> bytes:
    """Return an Atom document. An entry's id is the archive's page of the article: it never changes."""
    ET.register_namespace("", _ATOM)
    feed = ET.Element(f"{{{_ATOM}}}feed")
    updated = max((_updated(line) for line in lines), default=datetime(1970, 1, 1, tzinfo=UTC))
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
        _add(_add(entry, "author"), "name", article.outlet_title or article.outlet)
        _add(entry, "summary", _plain(line))
    document: bytes = ET.tostring(feed, encoding="utf-8", xml_declaration=True)
    return document


def json_feed(title: str, base: str, page: str, lines: tuple[Line, ...]) -> dict[str, Any]:
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


def _add(parent: ET.Element, name: str, text: str | None = None, **attributes: str) -> ET.Element:
    child = ET.SubElement(
        parent,
        f"{{{_ATOM}}}{name}",
        {key: _IMPOSSIBLE.sub("", value) for key, value in attributes.items()},
    )
    if text is not None:
        child.text = _IMPOSSIBLE.sub("", text)
    return child
