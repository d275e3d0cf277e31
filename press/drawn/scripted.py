"""Lists that a script asks for: by date, by page, in HTML or in JSON."""

import json
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from press.drawn.lists import cursor
from press.drawn.pages import Pages
from press.drawn.shape import Place
from press.drawn.story import Story
from press.http import Request, Response


def ajax(
    pages: Pages, place: Place, stories: Sequence[Story], request: Request, now: datetime
) -> Response:
    """Return the articles before a moment, or of a day, as a fragment of HTML."""
    asked = moment(place, request, now)
    if "stamp" in place.marks:
        part = [story for story in stories if story.published < asked][: place.page_size]
    else:
        end = asked + timedelta(days=1)
        part = [story for story in stories if asked <= story.published < end]
    return Response(
        body=pages.cards(part, now, "ajax").encode(),
        door=True,
    )


def moment(place: Place, request: Request, now: datetime) -> datetime:
    """Return the moment that a request names; now where it names none."""
    name = place.path.rpartition("=")[0].rpartition("&")[2].rpartition("?")[2]
    text = request.query.get(name, "")
    forms = {"stamp": "", "day": "%Y%m%d", "dotted-day": "%d.%m.%Y"}
    mark = next(one for one in forms if one in place.marks)
    try:
        if mark == "stamp":
            return datetime.fromtimestamp(
                int(text),
                UTC,
            )
        return datetime.strptime(
            text,
            forms[mark],
        ).replace(tzinfo=UTC)
    except (ValueError, OverflowError, OSError):
        return now if mark == "stamp" else day_of(place, now)


def day_of(place: Place, now: datetime) -> datetime:
    """Return the beginning of the day of a moment, as `moment` reads it out of a cursor."""
    mark = "%Y%m%d" if "day" in place.marks else "%d.%m.%Y"
    text = cursor(place, now)
    return datetime.strptime(text, mark).replace(tzinfo=UTC)


def paged_json(
    pages: Pages, place: Place, stories: Sequence[Story], request: Request, now: datetime
) -> Response:
    """Return a page of the list in JSON: a piece of HTML, or the articles as objects."""
    name = place.path.rpartition("=")[0].rpartition("?")[2]
    text = request.query.get(name, "1")
    number = max(1, int(text)) if text.isdigit() else 1
    part = stories[(number - 1) * place.page_size : number * place.page_size]
    data: dict[str, object] = {"page": number, "more": number * place.page_size < len(stories)}
    if "html" in place.marks:
        data["html"] = pages.cards(part, now, "ajax")
    else:
        data["items"] = [_item(pages, story, now) for story in part]
    body = json.dumps(
        data,
        ensure_ascii=len(pages.shape.name) % 2 == 0,
    ).encode()
    return Response(body=body, kind="application/json", door=True)


def _item(pages: Pages, story: Story, now: datetime) -> dict[str, object]:
    return {
        "id": story.number,
        "headline": pages.outlet.draft(
            story,
            now,
        ).title,
        "link": pages.href(story, now, "ajax"),
        "created": story.published.isoformat(),
    }
