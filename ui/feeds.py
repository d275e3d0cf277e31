"""Feeds: Atom (RFC 4287) and JSON Feed 1.1 of any query and of any watch.

Feed readers have no login, so the token stands in the address.
"""

import hmac
import json
from collections.abc import Sequence
from datetime import UTC, datetime
from http import HTTPStatus
from typing import Annotated, Any
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, HTTPException, Query, Request
from fastapi.responses import Response

from news import feeds
from news.feeds import Entry, Feed
from news.query import QueryError
from news.watch import Watch
from pipeline.alerts.mail_context import secret
from pipeline.settings import Settings
from storage import Archive, alerts, pages
from ui import listings
from ui.archives import Archives
from ui.listings import Line
from ui.tokens import token_of
from watches.delivery import feed_token

_ENTRIES = 50
_FORMS = ("atom", "json")
Text = Annotated[str, Query(max_length=2_000)]
Lines = tuple[Line, ...]


def router(archives: Archives, settings: Settings, reader: Any) -> APIRouter:
    """Return the feeds' routes, all behind `reader`; a watch's also open to its own token."""
    routes = APIRouter()
    own_secret = secret(settings)

    async def watch_reader(request: Request, number: int) -> None:
        given = token_of(request).encode()
        own_token = feed_token(own_secret, number).encode()
        if not hmac.compare_digest(given, own_token):
            await reader(request)

    base = settings.public_url.rstrip("/")

    def of_query(query: str, form: str) -> Response:
        asked = urlencode({"q": query})
        document = _document(
            title=f"Khabar: {query}" if query.strip() else "Khabar: all stories",
            page_url=f"{base}/khabar/?{asked}",
            feed_url=f"{base}/khabar/feed.{form}?{asked}",
            entries=[_entry(line, base) for line in _query_lines(archives, query)],
        )

        return _answer(document, form)

    @routes.get("/feed.atom", dependencies=[Depends(reader)])
    def atom(q: Text = "") -> Response:
        """Give what a query finds, newest first."""
        return of_query(q, "atom")

    @routes.get("/feed.json", dependencies=[Depends(reader)])
    def feed(q: Text = "") -> Response:
        """Give the same as JSON Feed."""
        return of_query(q, "json")

    @routes.get("/watch/{number}.{form}", dependencies=[Depends(watch_reader)])
    def watch(number: int, form: str) -> Response:
        """Give the stories of one watch."""
        if form not in _FORMS:
            raise _not_there()

        name, lines = _watch_lines(archives, number)
        page = f"{base}/khabar/watch/{number}"
        document = _document(
            title=f"Khabar: {name}",
            page_url=page,
            feed_url=f"{page}.{form}",
            entries=[_entry(line, base) for line in lines],
        )

        return _answer(document, form)

    return routes


def _document(*, title: str, page_url: str, feed_url: str, entries: list[Entry]) -> Feed:
    """Return a feed; its id is the page that shows the same."""
    return Feed(
        identity=page_url,
        title=title,
        page_url=page_url,
        feed_url=feed_url,
        entries=tuple(entries),
    )


def _not_there() -> HTTPException:
    return HTTPException(HTTPStatus.NOT_FOUND, "there is no such feed")


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
        for saved in alerts.load_watches(cursor):
            if saved.id == number:
                return saved.watch

    raise _not_there()


def _outlets(archive: Archive, watch: Watch) -> Sequence[str] | None:
    """Return the outlets a watch looks at; None: all."""
    if not watch.regions:
        return watch.outlets or None

    with pages.reading(archive) as cursor:
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


def _answer(document: Feed, form: str) -> Response:
    """Return a feed in one of its two forms, "atom" or "json"."""
    if form == "atom":
        return Response(feeds.atom(document), media_type=feeds.ATOM_TYPE)

    text = json.dumps(feeds.json_feed(document), ensure_ascii=False)

    return Response(text, media_type=feeds.JSON_TYPE)


def _entry(line: Line, base: str) -> Entry:
    """Return a line as an entry; its id is the archive's page of the article: it never changes."""
    article = line.article
    page = f"{base}/khabar/article/{article.id}"

    return Entry(
        identity=page,
        title=article.title,
        updated=article.deleted_at or article.at,
        published=article.published_at,
        url=article.url,
        archive_url=page,
        author=article.outlet_title or article.outlet,
        summary=_summary(line),
        language=article.language,
    )


def _summary(line: Line) -> str:
    """Return a line's excerpt as plain text, and who else has the story."""
    text = "".join(piece for piece, _ in line.excerpt)
    if line.members == 1:
        return text

    outlets = ", ".join(line.outlets)

    return f"{text} ({line.members} articles: {outlets})"
