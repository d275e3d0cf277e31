"""A channel's public preview pages, as t.me shows them: posts, edits, forwards, older posts."""

from collections.abc import Sequence
from datetime import datetime
from html import escape
from random import Random

from press.drawn.pages import Pages
from press.drawn.shape import Place
from press.drawn.story import Story
from press.http import Request, Response
from press.prose import Draft

_PICTURE_EVERY = 9  # posts of which one holds a picture and no text


def without_text(story: Story) -> bool:
    """Tell whether a post is a picture alone: no article."""
    return story.number % _PICTURE_EVERY == 0


def preview(
    pages: Pages, place: Place, stories: Sequence[Story], request: Request, now: datetime
) -> Response:
    """Return a page of posts, oldest first, with the way to older ones."""
    before = request.query.get("before", "")
    fit = list(stories)
    if before.isdigit():
        fit = [story for story in fit if story.number < int(before)]
    part = list(reversed(fit[: place.page_size]))
    channel = pages.shape.word
    head = f'<meta property="og:title" content="{escape(pages.shape.title)}">'
    more = ""
    if len(fit) > place.page_size and part:
        first = part[0].number
        head += f'<link rel="prev" href="/s/{channel}?before={first}">'
        more = (
            '<div class="tgme_widget_message_centered js-messages_more_wrap">'
            f'<a href="/s/{channel}?before={first}" class="tme_messages_more js-messages_more" '
            f'data-before="{first}"></a></div>'
        )
    after = part[-1].number + 1 if part else 1
    head += f'<link rel="canonical" href="/s/{channel}?before={after}">'
    posts = "".join(_post(pages, story, now) for story in part)
    body = (
        f'<main class="tgme_main"><section class="tgme_channel_history js-message_history">'
        f"{more}{posts}</section></main>"
    )
    return Response(
        body=_page(pages, head, body).encode(),
        door=True,
    )


def post_page(pages: Pages, story: Story, now: datetime) -> Response:
    """Return what t.me shows under a post's own address: a frame with a few of its words."""
    text = escape(
        _text(
            pages.outlet.draft(
                story,
                now,
            )
        )[:300]
    )
    head = f'<meta property="og:description" content="{text}">'
    body = (
        '<div class="tgme_page tgme_page_post"><div class="tgme_page_widget">'
        f'<script async src="https://telegram.org/js/telegram-widget.js" '
        f'data-telegram-post="{pages.shape.word}/{story.number}"></script></div></div>'
    )
    return Response(body=_page(pages, head, body).encode())


def _page(pages: Pages, head: str, body: str) -> str:
    title = escape(f"{pages.shape.title} – Telegram")
    described = (
        '<div class="tgme_channel_info"><div class="tgme_channel_info_header_title">'
        f'<span dir="auto">{escape(pages.shape.title)}</span></div>'
        f'<div class="tgme_channel_info_header_username"><a href="/{pages.shape.word}">'
        f"@{pages.shape.word}</a></div></div>"
    )
    return (
        f'<!DOCTYPE html><html class=""><head><meta charset="utf-8"><title>{title}</title>{head}'
        f'</head><body class="widget_frame_base tgme_webpreview">{described}{body}</body></html>'
    )


def _text(draft: Draft) -> str:
    return "\n\n".join([draft.title, *(block.text for block in draft.blocks[:4])])


def _post(pages: Pages, story: Story, now: datetime) -> str:
    channel = pages.shape.word
    rng = Random(f"{pages.shape.seed}:{story.number}:post")  # noqa: S311
    inner = ""
    if rng.random() < 0.15:  # noqa: PLR2004
        inner += (
            '<div class="tgme_widget_message_forwarded_from accent_color">Forwarded from '
            '<a class="tgme_widget_message_forwarded_from_name" href="/other_channel/77">'
            '<span dir="auto">Other Channel</span></a></div>'
        )
    if without_text(story):
        inner += (
            '<a class="tgme_widget_message_photo_wrap" '
            f'href="/{channel}/{story.number}" style="background-image:url(\'/img/1.jpg\')"></a>'
        )
    else:
        text = _marked(
            pages.outlet.draft(
                story,
                now,
            )
        )
        inner += f'<div class="tgme_widget_message_text js-message_text" dir="auto">{text}</div>'
    edited = "edited &nbsp;" if any(edit.at <= now for edit in story.edits) else ""
    date = story.published.strftime("%Y-%m-%dT%H:%M:%S+00:00")
    return (
        '<div class="tgme_widget_message_wrap js-widget_message_wrap">'
        '<div class="tgme_widget_message text_not_supported_wrap js-widget_message" '
        f'data-post="{channel}/{story.number}"><div class="tgme_widget_message_bubble">'
        '<div class="tgme_widget_message_author accent_color">'
        f'<a class="tgme_widget_message_owner_name" href="/{channel}">'
        f'<span dir="auto">{escape(pages.shape.title)}</span></a></div>{inner}'
        '<div class="tgme_widget_message_footer compact js-message_footer">'
        '<div class="tgme_widget_message_info short js-message_info">'
        f'<span class="tgme_widget_message_views">{rng.randrange(90, 9000)}</span>'
        f'<span class="tgme_widget_message_meta">{edited}<a class="tgme_widget_message_date" '
        f'href="{pages.root}/{channel}/{story.number}"><time datetime="{date}" class="time">'
        f"{story.published:%H:%M}</time></a></span></div></div></div></div></div>"
    )


def _marked(draft: Draft) -> str:
    """Return a post's text as it is written there: the headline bold, lines parted by breaks."""
    parts = [f"<b>{escape(draft.title)}</b>"]
    parts += [escape(block.text) for block in draft.blocks[:4]]
    return "<br/><br/>".join(parts)
