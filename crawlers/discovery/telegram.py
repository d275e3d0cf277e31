"""Public Telegram channels by their preview pages, t.me/s/NAME: much of the region publishes there.

A page holds the last twenty posts whole: text, time, whom they are forwarded from. So a post is
never asked for by itself. What is archived is a small page made of it; the page it was on is kept
as evidence as it came.
"""

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from html import escape
from typing import Any
from urllib.parse import urljoin, urlsplit, urlunsplit

from crawlers.discovery import dates, listing
from crawlers.discovery.reading import Entry, Further, Reading
from crawlers.faults import Fault, FaultError

_POST = "//*[@data-post]"
_TEXT = ".//*[contains(concat(' ', @class, ' '), ' tgme_widget_message_text ')]"
_TIME = ".//a[contains(@class, 'tgme_widget_message_date')]//time/@datetime"
_ORIGIN = ".//*[contains(@class, 'tgme_widget_message_forwarded_from_name')]"
_OLDER = "//a[contains(@class, 'tme_messages_more')]/@href | //link[@rel='prev']/@href"
_CHANNEL = "//*[contains(@class, 'tgme_channel_info') or contains(@class, 'tgme_header_title')]"
_NAMED = re.compile(r"([A-Za-z]\w{3,40})/(\d{1,12})")
_TITLE = 160  # letters of a headline
_SENTENCE = re.compile(r"(?<=[.!?…։؟])\s")


@dataclass(
    frozen=True,
    slots=True,
    kw_only=True,
)
class Post:
    """One post. `lines` are its paragraphs; `published` is aware."""

    channel: str
    number: int
    lines: tuple[str, ...]
    published: datetime | None
    origin: str  # the channel it is forwarded from; empty when it is its own

    @property
    def title(self) -> str:
        """The first line, or its first sentences, as a headline."""
        sentences = _SENTENCE.split(self.lines[0])
        title = sentences[0]

        for sentence in sentences[1:]:
            if len(title) + len(sentence) >= _TITLE:
                break

            title = f"{title} {sentence}"

        if len(title) <= _TITLE:
            return title

        return title[:_TITLE].rpartition(" ")[0] + "…"


def address(url: str) -> str:
    """Return the preview page of a channel, whichever of its addresses was given."""
    parts = urlsplit(url)
    path = parts.path.rstrip("/")

    if not path.startswith("/s/"):
        path = f"/s{path}"

    return urlunsplit(parts._replace(path=path))


def read(body: bytes, url: str, content_type: str = "") -> Reading:
    """Return the posts of a preview page, the newest first; raises FaultError NOT_CHANNEL.

    Posts without a text (a picture, a voice) are counted and left.
    """
    root = listing.tree(body, content_type)
    if root is None:
        raise FaultError(Fault.NOT_CHANNEL, "no HTML")

    elements = root.xpath(_POST)

    if not elements and not root.xpath(_CHANNEL):
        raise FaultError(Fault.NOT_CHANNEL, "no posts; the channel may be private or gone")

    posts = [post for element in elements if (post := _post(element)) is not None]
    posts.sort(key=lambda post: post.number, reverse=True)
    older = [urljoin(url, str(href)) for href in root.xpath(_OLDER)]

    return Reading(
        kind="telegram",
        entries=tuple(_entry(post, url) for post in posts),
        further=tuple(Further(url=link) for link in older[:1]),
        without_text=len(elements) - len(posts),
    )


def _post(element: Any) -> Post | None:
    """Return one post; None for one without a text."""
    named = _NAMED.fullmatch(element.get("data-post") or "")
    texts = element.xpath(_TEXT)
    lines = _lines(texts[-1]) if texts else ()  # before it stands the one that it answers

    if named is None or not lines:
        return None

    times = element.xpath(_TIME)
    origins = element.xpath(_ORIGIN)

    return Post(
        channel=named[1],
        number=int(named[2]),
        lines=lines,
        published=dates.read(str(times[0]), UTC) if times else None,
        origin=" ".join(origins[0].text_content().split()) if origins else "",
    )


def _lines(element: Any) -> tuple[str, ...]:
    """Return the lines of a text, which `<br>` ends."""
    for line_break in element.iter("br"):
        line_break.tail = f"\n{line_break.tail or ''}"

    lines = (" ".join(line.split()) for line in element.text_content().split("\n"))

    return tuple(line for line in lines if line)


def _entry(post: Post, base: str) -> Entry:
    """Return a post as an entry that brings its article whole."""
    return Entry(
        url=urljoin(base, f"/{post.channel}/{post.number}"),
        title=post.title,
        published=post.published,
        content=page_of(post),
    )


def page_of(post: Post) -> bytes:
    """Return a post as a page of its own, always the same for the same post."""
    head = [f"<title>{escape(post.title)}</title>"]
    head.append('<meta property="og:type" content="article">')

    if post.published is not None:
        moment = post.published.isoformat()
        head.append(f'<meta property="article:published_time" content="{moment}">')

    if post.origin:
        head.append(f'<meta name="author" content="{escape(post.origin)}">')

    paragraphs = [f"<p>{escape(line)}</p>" for line in post.lines]
    body = f"<article><h1>{escape(post.title)}</h1>{''.join(paragraphs)}</article>"
    page = f'<!doctype html><html><head><meta charset="utf-8">{"".join(head)}</head>'

    return f"{page}<body>{body}</body></html>".encode()
