"""Smaller parts of an article: standfirst, section, tags, links and pictures."""

from collections.abc import Iterable
from urllib.parse import urljoin

from lxml.html import HtmlElement

from extract.page.head import Head
from extract.page.segments import Segment, tidy
from extract.page.title import key, likeness
from news.article import Block, Page

MAX_TAGS, MAX_LINKS, MAX_IMAGES = 30, 200, 50
LABEL = 100  # characters of a section's or tag's name
LEAD = 600  # characters: a longer first block is no standfirst
LIKE = 0.9  # share of a block's words that the description shares
SAME_START = 60  # letters in which a standfirst and the description begin alike
BOXES = 3  # boxes of paragraphs in which pictures are sought


def standfirst(head: Head, blocks: tuple[Block, ...]) -> str:
    """Return the lead that stands on the page and is described to machines.

    Empty when the description is only the beginning of the text.
    """
    said = tidy(head.meta("og:description", "description"))

    for block in blocks[:2]:
        if len(block.text) >= LEAD or likeness(block.text, said) <= LIKE:
            continue

        if key(block.text).startswith(key(said)[:SAME_START]):
            return block.text

        return ""

    return ""


def section(head: Head) -> str:
    """Return the part of the outlet that the page says it belongs to.

    Empty when it does not say.
    """
    said = head.meta("article:section", "section", "og:article:section")
    if said:
        return tidy(said)[:LABEL]

    for item in head.articles:
        value = item.get("articleSection")
        if not value:
            continue

        if isinstance(value, list):
            value = value[0]

        return tidy(value)[:LABEL] if isinstance(value, str) else ""

    return ""


def tags(head: Head) -> tuple[str, ...]:
    """Return what the page is tagged with, in its order, each once."""
    found = list(head.metas.get("article:tag", ()))

    for item in head.articles[:2]:
        keywords = item.get("keywords")
        if isinstance(keywords, list):
            found += [one for one in keywords if isinstance(one, str)]
        else:
            found += str(keywords or "").split(",")

    if not found:
        found = head.meta("news_keywords", "keywords").split(",")

    names = [tidy(one)[:LABEL] for one in found]

    return _distinct(names)[:MAX_TAGS]


def _distinct(values: Iterable[str]) -> tuple[str, ...]:
    """Return the values that are not empty, in their order, each once."""
    return tuple(dict.fromkeys(value for value in values if value))


def _absolute(page: Page, href: str) -> str:
    """Return the web address that a link of the page leads to; empty when it leads to none."""
    href = href.strip()
    if not href:
        return ""

    try:
        target = urljoin(page.final_url or page.url, href)
    except ValueError:
        return ""

    return target if target.startswith(("http://", "https://")) else ""


def lead_image(page: Page, head: Head) -> str:
    """Return the address of the picture that stands for the page; empty for none."""
    return _absolute(page, head.meta("og:image", "twitter:image"))


def links(page: Page, kept: list[Segment]) -> tuple[str, ...]:
    """Return where the links in the article's segments lead, in their order, each once."""
    targets: list[str] = []

    for segment in kept:
        outward = [href for href in segment.hrefs if not href.startswith("#")]
        targets += [_absolute(page, href) for href in outward]

    return _distinct(targets)[:MAX_LINKS]


def images(page: Page, kept: list[Segment]) -> tuple[str, ...]:
    """Return the pictures that stand among the article's segments.

    Inside their blocks, or as figures between them.
    """
    boxes: dict[HtmlElement, None] = {}

    for segment in kept:
        parent = segment.node.getparent()
        if parent is not None and segment.node.tag == "p":
            boxes[parent] = None

    targets: list[str] = []

    for box in list(boxes)[:BOXES]:
        for image in box.iter("img"):
            source = image.get("src") or image.get("data-src") or ""
            if not source.startswith("data:"):
                targets.append(_absolute(page, source))

    return _distinct(targets)[:MAX_IMAGES]
