"""What a search finds as files: CSV and JSON lines, of as many articles as one file may hold."""

from collections.abc import Iterator
from http import HTTPStatus
from typing import Literal

from fastapi import APIRouter, HTTPException
from fastapi.responses import StreamingResponse

from news.query import QueryError
from storage.search import ExportFormat, pieces
from ui.archives import Archives
from ui.pages.numbers import Text

_MOST = 10_000  # articles of one file
_TYPES = {ExportFormat.CSV: "text/csv", ExportFormat.JSONL: "application/x-ndjson"}
Form = Literal[ExportFormat.CSV, ExportFormat.JSONL]


def add(routes: APIRouter, archives: Archives) -> None:
    """Add the two files."""

    @routes.get("/found.csv")
    def table(q: Text = "") -> StreamingResponse:
        """Write what a query finds, newest first, for a spreadsheet."""
        return _answer(archives, q, ExportFormat.CSV)

    @routes.get("/found.jsonl")
    def lines(q: Text = "") -> StreamingResponse:
        """Write the same, an article a line, for programs."""
        return _answer(archives, q, ExportFormat.JSONL)


def _answer(archives: Archives, query: str, form: Form) -> StreamingResponse:
    asked = query.strip()
    # What is wrong with the query is said before the file begins.
    with archives.archive() as archive:
        try:
            if asked:
                archive.parse(asked)
        except QueryError as error:
            raise HTTPException(HTTPStatus.BAD_REQUEST, error.sentence) from error

    name = f'attachment; filename="khabar.{form}"'

    return StreamingResponse(
        _file(archives, asked, form),
        media_type=_TYPES[form],
        headers={"Content-Disposition": name},
    )


def _file(archives: Archives, query: str, form: Form) -> Iterator[str]:
    """Yield the file while it is read; the archive is lent until the last piece."""
    with archives.archive() as archive:
        results = archive.walk(query or None)
        yield from pieces(results, form, _MOST)
