"""What happened, by weight: what a person has not read yet, what she starred, her marks."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from http import HTTPStatus
from itertools import groupby
from typing import Literal
from zoneinfo import ZoneInfo

from fastapi import APIRouter
from fastapi.responses import HTMLResponse, RedirectResponse
from starlette.datastructures import FormData

from storage import pages, people
from storage.pages import ArticleLine, Happening
from ui.archives import Archives
from ui.look import Look
from ui.pages.numbers import can_exist, not_there
from ui.writes import Posted, Visit, Visiting, text_of, texts_of

_MOST = 60  # happenings of one page
_DAY = timedelta(days=1)
_LONGEST = timedelta(days=7)  # away, of which she is told
_LONGEST_NOTE = 2_000  # characters
Show = Literal["unread", "all", "starred"]


@dataclass(frozen=True, slots=True)
class Line:
    """A happening and the article that leads its largest story."""

    happening: Happening
    lead: ArticleLine
    is_new: bool  # since her last visit


def add(routes: APIRouter, archives: Archives, look: Look) -> None:
    """Add the page and the marks."""

    @routes.get("/today")
    def today(visit: Visiting, show: Show = "unread") -> HTMLResponse:
        """Show what happened since her last visit, by day and weight."""
        return _page(archives, look, visit, show)

    @routes.post("/today/read")
    def read_all(visit: Visiting, form: Posted) -> RedirectResponse:
        """Note that she has read what the page showed her, up to the moment it was made."""
        wanted = []
        for text in texts_of(form, "story")[:_MOST]:
            if text.isdecimal() and can_exist(int(text)):
                wanted.append(int(text))

        with archives.archive() as archive, archive.transaction() as cursor:
            people.read_stories(cursor, visit.person.name, wanted, _moment(form))

        return _back(look, form)

    @routes.post("/story/{number}/{mark}")
    def mark(
        number: int,
        mark: Literal["read", "unread", "star", "unstar", "note"],
        visit: Visiting,
        form: Posted,
    ) -> RedirectResponse:
        """Set one of her marks on a story."""
        if not can_exist(number):
            raise not_there("There is no such story.")

        _set_mark(archives, visit, number, mark, form)
        return _back(look, form)


def _page(archives: Archives, look: Look, visit: Visit, show: Show) -> HTMLResponse:
    now = datetime.now(UTC)
    name = visit.person.name
    with archives.archive() as archive:
        with archive.transaction() as cursor:
            before = people.visit(cursor, name, now)
            zone = ZoneInfo(people.person(cursor, name).zone)

        with pages.reading(archive) as cursor:
            if show == "starred":
                found = pages.starred(cursor, name, _MOST)
            else:
                found = pages.happenings(
                    cursor,
                    name,
                    since=_since(before, now),
                    zone=zone.key,
                    unread=show == "unread",
                    limit=_MOST,
                )

            leads = pages.articles(cursor, [each.lead_id for each in found if each.lead_id])

    lines = _lines(found, leads, before)
    return look.answer(
        "today.html",
        section="Today",
        visit=visit,
        show=show,
        days=_by_day(lines, zone),
        stories=[line.happening.story_id for line in lines],
        until=now.isoformat(),
        before=before.astimezone(zone) if before else None,
        zone=zone.key,
        is_cut=len(found) == _MOST,
    )


def _set_mark(archives: Archives, visit: Visit, number: int, mark: str, form: FormData) -> None:
    name, now = visit.person.name, datetime.now(UTC)
    with archives.archive() as archive, archive.transaction() as cursor:
        if mark == "read":
            people.read_stories(cursor, name, [number], now)
        elif mark == "unread":
            people.unread_story(cursor, name, number)
        elif mark == "note":
            people.note_story(cursor, name, number, text_of(form, "note")[:_LONGEST_NOTE])
        else:
            people.star_story(cursor, name, number, now if mark == "star" else None)


def _since(before: datetime | None, now: datetime) -> datetime:
    """Return from when on the page tells: her last visit, a day at least and a week at most."""
    last = before or now - _DAY

    return max(min(last, now - _DAY), now - _LONGEST)


def _lines(
    found: Sequence[Happening], leads: Sequence[ArticleLine], before: datetime | None
) -> list[Line]:
    """Return what is shown; a story whose articles are all gone is not."""
    by_id = {lead.id: lead for lead in leads}
    lines = []
    for happening in found:
        lead = by_id.get(happening.lead_id or 0)
        if lead is not None:
            is_new = before is not None and happening.newest > before
            lines.append(Line(happening, lead, is_new))

    return lines


def _by_day(lines: Sequence[Line], zone: ZoneInfo) -> list[tuple[datetime, list[Line]]]:
    """Return neighbouring lines of one day together, in their order."""

    def day_of(line: Line) -> datetime:
        moment = line.happening.newest.astimezone(zone)
        return moment.replace(hour=0, minute=0, second=0, microsecond=0, tzinfo=None)

    return [(day, list(group)) for day, group in groupby(lines, key=day_of)]


def _moment(form: FormData) -> datetime:
    """Return when the page was made that a form comes from; now where that cannot be."""
    now = datetime.now(UTC)
    try:
        made = datetime.fromisoformat(text_of(form, "until"))
    except ValueError:
        return now

    return min(made, now) if made.tzinfo else now


def _back(look: Look, form: FormData) -> RedirectResponse:
    """Lead back to where she was: a story, or the page of today under its choice."""
    at = text_of(form, "at")
    if at.isdecimal():
        return RedirectResponse(look.url("story", at), HTTPStatus.SEE_OTHER)

    show = at if at in {"all", "starred"} else "unread"
    return RedirectResponse(f"{look.url('today')}?show={show}", HTTPStatus.SEE_OTHER)
