"""A package of evidence of an article or a story, for who may edit: it is signed, and kept."""

import tempfile
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path

from fastapi import APIRouter, Depends
from fastapi.responses import FileResponse
from starlette.background import BackgroundTask

from pipeline.evidence import packing
from pipeline.evidence.selection import Kind
from pipeline.settings import Settings
from storage import pages, people
from ui.archives import Archives
from ui.pages.numbers import can_exist, not_there
from ui.people import Role, needs
from ui.writes import Visiting

_EDITOR = [Depends(needs(Role.EDITOR))]
_MEDIA_TYPE = "application/wacz"


class Subject(StrEnum):
    """What a package can be asked for by its number here."""

    ARTICLE = "article"
    STORY = "story"


def add(routes: APIRouter, archives: Archives, settings: Settings) -> None:
    """Add the button's address. It is no plain reading: what was shown is kept from then on."""

    @routes.post("/evidence/{subject}/{number}", dependencies=_EDITOR)
    def pack(subject: Subject, number: int, visit: Visiting) -> FileResponse:
        """Pack all that is kept of an article, or of a story's articles."""
        what = _what(archives, subject, number)
        with tempfile.NamedTemporaryFile(suffix=".wacz", delete=False) as file:
            path = Path(file.name)

        now = datetime.now(UTC)
        kind = Kind(subject.value)
        try:
            packing.export(
                settings,
                what,
                path,
                kind=kind,
                now=now,
            )
        except BaseException:
            path.unlink()
            raise

        name = f"{subject}-{number}"
        with archives.archive() as archive, archive.transaction() as cursor:
            people.record_change(
                cursor,
                visit.person.name,
                "evidence packed",
                name,
            )

        return FileResponse(
            path,
            media_type=_MEDIA_TYPE,
            filename=f"{name}.wacz",
            background=BackgroundTask(path.unlink),
        )


def _what(archives: Archives, subject: Subject, number: int) -> str:
    """Return what an export is asked for; raises 404 for what is not there."""
    if not can_exist(number):
        raise not_there(f"There is no such {subject}.")

    with archives.reading() as cursor:
        if subject is Subject.ARTICLE:
            article = pages.article(cursor, number)
            found = article.url if article else ""
        else:
            story = pages.story(cursor, number)
            found = str(number) if story else ""

    if not found:
        raise not_there(f"There is no such {subject}.")

    return found
