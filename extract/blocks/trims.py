"""What is taken off an article's ends: other forms of the headline, datelines, labels, notices."""

import re

from extract.blocks import cues, neighbours
from extract.blocks.neighbours import Judged, kept_of
from extract.page.reading import Reading
from extract.page.segments import Segment
from extract.page.title import key
from news.article import BlockKind
from news.dates import is_dateline

NOTICE = 500  # characters: a longer block at the end is no notice
HEAD_BLOCKS = 3  # blocks in which a line of date and byline can stand before the text
DATELINE = 140  # characters of such a line
LED, LABEL = 0.5, 30  # share of a line that is link, and characters of the label before it
HEADLINE = 12  # letters and digits of a part of the headline that a heading repeats
_LABELS = ("share", "newsletter", "advert", "related")
_TAIL = ("rights", "newsletter", "tags")
_TAIL_BLOCKS = 4  # blocks from the end of an article in which a notice can stand
_TEXTUAL = 0.99  # probability from which on a block that mentions a notice is the text's
# The keys by which pages ask to report a slip are the same in every language.
_SLIP = re.compile(r"ctrl\s*\+\s*enter", re.IGNORECASE)
_CHANNEL = re.compile(
    r"telegram|телеграм|whats ?app|instagram|facebook|youtube|tik ?tok|viber", re.IGNORECASE
)
_FOLLOW = re.compile(
    r"подпис|следите|присоединяй|abun[əe]|izləyin|qoşul|takip ed|abone|հետև|բաժանորդ|გამოიწერ|"
    r"მოგვყევ|жазыл|кошул|obuna|kuzat|subscrib|follow|join",
    re.IGNORECASE,
)


def drop_headlines(judged: list[Judged], reading: Reading) -> None:
    """Take out headings before the text's first paragraph that are the headline in another form.

    That is: with its kicker, or cut short.

    Headings further down belong to the text.
    """
    title = key(reading.headline)

    for one in kept_of(judged)[:HEAD_BLOCKS]:
        segment = one.segment
        if segment.kind is not BlockKind.HEADING:
            if len(segment.text) >= DATELINE:
                break
        elif _is_other_headline(segment, title, reading.at):
            one.drop("headline", 0.9)


def _is_other_headline(segment: Segment, title: str, at: int | None) -> bool:
    """Tell whether a heading is the headline in another form.

    It is when it is an h1, stands above the headline, or repeats it or a part of it.

    `title` is the headline as key, `at` the number of the segment that shows it.
    """
    text = segment.key
    if segment.node.tag == "h1" or (title and title in text):
        return True

    if len(text) > HEADLINE and text in title:
        return True

    return at is not None and segment.index < at


def drop_datelines(judged: list[Judged]) -> None:
    """Take out lines before the text that say only when and by whom it was published.

    They are looked for among the first blocks; the first long one ends the search.
    """
    for one in kept_of(judged)[:HEAD_BLOCKS]:
        text = one.segment.text
        if len(text) > DATELINE:
            break

        if is_dateline(text) or _is_byline(text):
            one.drop("date and byline", 0.9)


def _is_byline(text: str) -> bool:
    """Tell whether a short line that is no sentence begins as a byline does."""
    if len(text) >= DATELINE / 2 or neighbours.SENTENCE.search(text):
        return False

    return "byline" in cues.found(text)


def drop_notices(judged: list[Judged]) -> None:
    """Take out lines that are nothing but a label, and notices at the article's end.

    Labels are for sharing, subscribing or reading on.
    """
    for one in kept_of(judged):
        if cues.whole(one.segment.text, *_LABELS):
            one.drop("label", 0.9)
        elif _leads_away(one.segment):
            one.drop("read also", 0.9)

    _drop_closing_lines(kept_of(judged))
    body = kept_of(judged)
    if len(body) <= _TAIL_BLOCKS:
        return

    for one in body[-_TAIL_BLOCKS:]:
        if len(one.segment.text) >= NOTICE or one.chance >= _TEXTUAL:
            continue

        name = next((name for name in _TAIL if cues.mentions(one.segment.text, name)), "")
        if name:
            one.drop(f"notice: {name}", 0.8)


def _drop_closing_lines(body: list[Judged]) -> None:
    """Take notices out, from the end.

    They ask to report a slip, to follow a channel or to read on.
    """
    for one in reversed(body[1:]):
        text = one.segment.text
        if len(text) >= NOTICE / 2:
            return

        if _SLIP.search(text):
            one.drop("notice: slip", 0.95)
        elif _CHANNEL.search(text) and _asks_to_follow(text):
            one.drop("notice: channel", 0.9)
        elif len(text) < DATELINE and cues.opens(text, "related"):
            one.drop("read also", 0.8)
        else:
            return


def _asks_to_follow(text: str) -> bool:
    """Tell whether a line has a word for following or subscribing."""
    if _FOLLOW.search(text):
        return True

    return bool(cues.found(text).keys() & {"share", "newsletter"})


def _leads_away(segment: Segment) -> bool:
    """Tell whether a line is a label and links: "Read also: another headline".

    A colon that ends the label tells it in any language.
    """
    if segment.link_share < LED or not segment.hrefs:
        return False

    if cues.opens(segment.text, "related"):
        return True

    unlinked = max(0, len(segment.text) - segment.linked)
    label = segment.text[:unlinked].rstrip()
    if not label.endswith((":", "։", "：")) or segment.linked <= HEADLINE:
        return False

    return 1 < len(label) <= LABEL
