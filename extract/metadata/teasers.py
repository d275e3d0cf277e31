"""Listings whose excerpts pass for a text."""

from extract.blocks.choose import Choice
from extract.blocks.neighbours import kept_of
from extract.metadata.response import Found
from extract.page.reading import Reading
from extract.page.segments import Segment
from news.article import Reason


def listing(read: Reading, choice: Choice, length: int) -> Found | None:
    """Tell a listing whose excerpts pass for a text.

    Most of it stands right after, or begins with, a line that links to a page of its own.
    """
    if read.head.articles or read.head.meta("og:type").lower() == "article":
        return None

    teasers: set[str] = set()
    excerpts = 0

    for one in kept_of(choice.judged):
        target = _leading_link(one.segment, read)
        if target:
            teasers.add(target)
            excerpts += len(one.segment.text)

    if len(teasers) > 5 and excerpts > 0.7 * length:  # noqa: PLR2004
        return Reason.LISTING, f"{len(teasers)} teasers are the text"

    return None


def _leading_link(segment: Segment, read: Reading) -> str:
    """Return where the linked line before a segment, or its own link, leads.

    Empty for the page itself and for none.
    """
    before = read.segments[segment.index - 1] if segment.index else segment
    led = None
    if before.hrefs and before.link_share > 0.8:  # noqa: PLR2004
        led = before
    elif segment.hrefs and segment.linked > 15:  # noqa: PLR2004
        led = segment

    if led is None or led.hrefs[0].split("#")[0] in {"", read.address}:
        return ""

    return led.hrefs[0]
