"""The feeds of drawn outlets, in the dialects that are met outside."""

import base64
from collections.abc import Sequence
from datetime import datetime, timedelta
from email.utils import format_datetime
from html import escape
from xml.sax.saxutils import escape as xml
from zoneinfo import ZoneInfo

from press import jalali, names
from press.drawn.pages import Pages
from press.drawn.shape import Form, Place
from press.drawn.story import Story
from press.http import Response

_ADDRESS_SIGNS = "AT&T and R&D: "  # in front of every seventh title, raw


def feed(pages: Pages, place: Place, stories: Sequence[Story], now: datetime) -> Response:
    """Return a feed of these articles."""
    if place.form is Form.ATOM03:
        text = _atom03(
            pages,
            place,
            stories,
            now,
        )
    else:
        text = _rss(
            pages,
            place,
            stories,
            now,
        )
    return _answer(
        pages,
        place,
        text,
    )


def _answer(pages: Pages, place: Place, text: str) -> Response:
    """Return the document in its charset, told as the dialect tells it."""
    charset = pages.shape.charset
    named = {"cp-1251": "cp-1251"}.get(
        next(
            iter(place.marks),
            "",
        ),
        charset,
    )
    declared = f' encoding="{named}"'
    kind = "application/rss+xml" if place.form is not Form.ATOM03 else "application/atom+xml"
    if "header-charset" in place.marks:
        declared, kind = "", f"text/xml; charset={charset}"
    elif charset == "utf-8":
        kind += "; charset=utf-8"
    document = f'<?xml version="1.0"{declared}?>\n{text}'
    return Response(
        body=document.encode(
            charset,
            "xmlcharrefreplace",
        ),
        kind=kind,
        door=True,
    )


def title_of(pages: Pages, place: Place, story: Story, now: datetime) -> str:
    """Return the title that a feed gives an article."""
    title = pages.outlet.draft(
        story,
        now,
    ).title
    if "raw-ampersand" in place.marks and story.number % 7 == 0:
        return _ADDRESS_SIGNS + title
    return title


def _rss(pages: Pages, place: Place, stories: Sequence[Story], now: datetime) -> str:
    raw = "raw-ampersand" in place.marks
    items = []
    for story in stories:
        href = pages.href(
            story,
            now,
            "rss",
            whole=True,
        )
        title = title_of(
            pages,
            place,
            story,
            now,
        )
        lead = (
            pages.outlet.draft(
                story,
                now,
            )
            .blocks[0]
            .text
        )
        written = _date(
            place,
            story,
            pages.shape.zone,
        )
        items.append(
            f"<item><title>{title if raw else xml(title)}</title>"
            f"<link>{href if raw else xml(href)}</link>"
            f'<guid isPermaLink="false">{story.number}</guid>'
            f"<pubDate>{written}</pubDate><description>{xml(escape(lead))}</description></item>"
        )
    shape = pages.shape
    return (
        f'<rss version="2.0"><channel><title>{xml(shape.title)}</title>'
        f"<link>{pages.root}/</link><description>{xml(shape.title)}</description>"
        f"{''.join(items)}</channel></rss>"
    )


def _atom03(pages: Pages, place: Place, stories: Sequence[Story], now: datetime) -> str:
    entries = []
    for story in stories:
        href = xml(
            pages.href(
                story,
                now,
                "rss",
                whole=True,
            )
        )
        issued = story.published.astimezone(ZoneInfo(pages.shape.zone)).isoformat()
        changed = story.modified(now).strftime("%Y-%m-%dT%H:%M:%SZ")
        entries.append(
            f"<entry>{_title03(pages, place, story, now)}{_links03(place, href, pages.root)}"
            f"<id>tag:{pages.shape.name},2026:{story.number}</id>"
            f"<issued>{issued}</issued><modified>{changed}</modified></entry>"
        )
    return (
        '<feed version="0.3" xmlns="http://purl.org/atom/ns#" xmlns:media="http://search.yahoo.com/'
        f'mrss/"><title>{xml(pages.shape.title)}</title><link rel="alternate" type="text/html" '
        f'href="{pages.root}/"/><modified>{now:%Y-%m-%dT%H:%M:%SZ}</modified>'
        f"{''.join(entries)}</feed>"
    )


def _title03(pages: Pages, place: Place, story: Story, now: datetime) -> str:
    title = title_of(
        pages,
        place,
        story,
        now,
    )
    if "base64" in place.marks:
        held = base64.b64encode(title.encode()).decode()
        made = f'<title mode="base64" type="text/plain">{held}</title>'
    else:
        made = f'<title mode="escaped" type="text/html">{xml(escape(title))}</title>'
    if "shadowed-title" in place.marks:
        made += f"<media:title>{pages.shape.name}-{story.number}.jpg</media:title>"
    return made


def _links03(place: Place, href: str, root: str) -> str:
    made = f'<link rel="alternate" type="text/html" href="{href}"/>'
    if "many-links" in place.marks:
        comments = f'<link rel="alternate" type="application/pdf" href="{root}/print.pdf"/>'
        return f'<link rel="service.edit" href="{root}/edit"/>{made}{comments}'
    return made


def _date(place: Place, story: Story, zone: str) -> str:
    """Return when an article was published, as a dialect writes it."""
    local = story.published.astimezone(ZoneInfo(zone))
    mark = next(
        (one for one in place.marks if one.startswith("date-")),
        "",
    )
    offset = local.utcoffset() or timedelta()
    match mark.removeprefix("date-"):
        case "msk":
            moscow = story.published.astimezone(ZoneInfo("Europe/Moscow"))
            return f"{moscow:%a, %d %b %Y %H:%M:%S} MSK"
        case "short-offset":
            return f"{local:%a, %d %b %Y %H:%M:%S} +{offset.seconds // 3600}"
        case "pm":
            return f"{local:%m/%d/%Y %I:%M:%S %p}"
        case "basic":
            return f"{local:%Y%m%dT%H%M%S}"
        case "dotted":
            return f"{local:%d.%m.%Y %H:%M}"
        case "words":
            day = names.long_date(
                local.date(),
                story.language,
            )
            if story.language == "fa":
                day = jalali.words(local.date())
            return f"{day} {names.digits(f'{local:%H:%M}', story.language)}"
        case "jalali":
            year, month, day_number = jalali.jalali(local.date())
            text = f"{year}/{month:02d}/{day_number:02d} {local:%H:%M}"
            return names.digits(
                text,
                "fa",
            )
    return format_datetime(local)
