"""Listings whose excerpts pass for a text."""

from extract.blocks.choose import Choice
from extract.blocks.neighbours import GAP_TEXT, kept_of, made_alike
from extract.metadata.response import Found
from extract.page.reading import Reading
from extract.page.segments import Segment
from news.article import Reason


def listing(read: Reading, choice: Choice, length: int) -> Found | None:
    """Tell a listing whose excerpts pass for a text.

    Most of it stands right after, or begins with, a line that links to a page of its own. What is
    made like two of these excerpts and follows such a line is one too, kept or not.
    """
    if read.head.articles or read.head.meta("og:type").lower() == "article":
        return None

    excerpts: list[Segment] = []

    for one in kept_of(choice.judged):
        if _leading_link(one.segment, read):
            excerpts.append(one.segment)

    whole = sum(len(segment.text) for segment in excerpts)
    if len(excerpts) < 2 or whole <= 0.7 * length:  # noqa: PLR2004
        return None

    teasers = {_leading_link(segment, read) for segment in (*excerpts, *_alike(excerpts, read))}
    if len(teasers) > 5:  # noqa: PLR2004
        return Reason.LISTING, f"{len(teasers)} teasers are the text"

    return None


def _alike(excerpts: list[Segment], read: Reading) -> list[Segment]:
    """Return the page's texts behind lines that link away which are made like excerpts."""
    found: list[Segment] = []

    for segment in read.segments:
        if len(segment.text) < GAP_TEXT or not _leading_link(segment, read):
            continue

        if any(made_alike(segment, excerpt) for excerpt in excerpts):
            found.append(segment)

    return found


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
