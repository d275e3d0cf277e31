"""What kind of page it is.

An article of some kind, or one of the things that must not be archived as one.
"""

import re

from lxml.html import HtmlElement

from extract.blocks import flashes
from extract.blocks.choose import Choice
from extract.blocks.neighbours import kept_of
from extract.metadata import page_words, teasers
from extract.metadata.response import Found
from extract.page.head import types
from extract.page.reading import Reading
from extract.page.title import key
from news.article import BlockKind, Reason

SHORT, BRIEF = 60, 500  # characters: below the first no article, below the second a brief
WHOLE = 0.5  # share of a title from which on a phrase is what it says
BARE = 3000  # characters that a bot check shows at most, menus and all
ENTRIES = 5  # clocks from which on a live page is a live blog
BEHIND, FAR = (
    4,
    16,
)  # segments after the text in which a wall stands, and in which one stands beyond doubt


def rejection(read: Reading, choice: Choice) -> Found | None:
    """Return why a read page is no article, or None.

    The plainest reason comes first: a page that is not there, then what the page says,
    then its shape.
    """
    length = len(choice.text)

    for judge in (_no_page, _by_said, _by_shape):
        found = judge(read, choice, length)
        if found is not None:
            return found

    return None


def _no_page(read: Reading, choice: Choice, length: int) -> Found | None:
    """Tell pages that stand where an article should: bot checks, missing pages, login forms.

    `length` is that of the text, in characters.
    """
    if length >= 3 * BRIEF:
        return None

    names = (read.headline, read.head.title)
    if _is_check(read, names):
        return Reason.CHALLENGE, read.headline[:100]

    for name in names:
        missing = (
            _is(page_words.NO_PAGE, name)
            or _is(page_words.NOTHING, name, 0.8)
            or _is(page_words.NUMBER, name, 0.8)
        )
        if missing:
            return Reason.ERROR_PAGE, read.headline[:100]

    return _login(read, choice, length)


def _is_check(read: Reading, names: tuple[str, ...]) -> bool:
    """Tell a bot check by the page's names, or by the beginning of a page that shows little."""
    for name in names:
        if _is(page_words.BARRED, name) or page_words.CHECKED.search(name[:200]):
            return True

    shown = sum(len(segment.text) for segment in read.segments)

    return shown < BARE and page_words.CHECKED.search(_shown(read)) is not None


def _is(pattern: re.Pattern[str], title: str, share: float = WHOLE) -> bool:
    """Tell whether a title is what a pattern says, and not a sentence that mentions it.

    The pattern has to be so large a share of the title's letters.
    """
    match = pattern.search(title[:200])
    if match is None:
        return False

    return len(key(match[0])) >= share * max(1, len(key(title)))


def _login(read: Reading, choice: Choice, length: int) -> Found | None:
    """Tell a page that is a form for members.

    A password is asked for, and the text is the form's, or there is none.
    """
    if length >= BRIEF:
        return None

    forms = [form for form in read.root.iter("form") if _asks_password(form)]
    if not forms:
        return None

    inside = 0

    for one in kept_of(choice.judged):
        if any(form in forms for form in one.segment.node.iterancestors("form")):
            inside += len(one.segment.text)

    named = _is(page_words.LOGIN, read.headline) or _is(page_words.LOGIN, read.head.title)
    if named or not _has_text(read, choice, length) or inside > length / 2:
        return Reason.LOGIN, read.headline[:100]

    return None


def _asks_password(form: HtmlElement) -> bool:
    """Tell whether a form has a field for a password."""
    return form.find(".//input[@type='password']") is not None


def _shown(read: Reading) -> str:
    """Return what a reader sees first of a page."""
    return " ".join(segment.text for segment in read.segments[:20])[:1000]


def _by_said(read: Reading, choice: Choice, length: int) -> Found | None:
    """Judge by what the page says of itself.

    Structured data first, then walls, then types of pages with next to no text.
    """
    kinds: set[str] = set()

    for item in read.head.objects[:20]:
        kinds |= types(item)

    if "liveblogposting" in kinds:
        return Reason.LIVE_BLOG, "LiveBlogPosting"

    clocks = _clocks(read)
    if clocks >= ENTRIES and page_words.LIVE.search(read.headline):
        return Reason.LIVE_BLOG, f"{clocks} entries with a time"

    walled = length < 3 * BRIEF and _wall(read, choice)
    if walled and not _is_free(read):
        return Reason.PAYWALL, "isAccessibleForFree: false"

    if length < 4 * SHORT:
        found = _by_type(read, kinds)
        if found is not None:
            return found

    if walled and length < BRIEF:
        return Reason.PAYWALL, "a wall behind the first lines"

    return None


def _is_free(read: Reading) -> bool:
    """Tell whether the page's article is free to read, as far as it says.

    What is not said is free.
    """
    for item in read.head.articles:
        if "isAccessibleForFree" in item:
            return str(item["isAccessibleForFree"]).lower() not in {"false", "0"}

    return True


def _by_type(read: Reading, kinds: set[str]) -> Found | None:
    """Judge a page with next to no text by its types.

    A page with an article's mark-up is never a listing or a video by its type alone.
    """
    og = read.head.meta("og:type").lower()
    if og.startswith("video"):
        return Reason.VIDEO, og

    articles = read.head.articles
    if "videoobject" in kinds and not articles:
        return Reason.VIDEO, og or "VideoObject"

    if kinds & {"imagegallery", "mediagallery"}:
        return Reason.GALLERY, "ImageGallery"

    listing = bool(kinds & {"collectionpage", "searchresultspage", "itemlist"})
    if listing and not articles and _linked(read) > 0.5:  # noqa: PLR2004
        return Reason.LISTING, "CollectionPage"

    return None


def _clocks(read: Reading) -> int:
    """Return how many lines after the headline are a time of day or begin with one."""
    count = 0

    for segment in read.segments[(read.at or 0) + 1 :]:
        if segment.text[:1].isdigit() and page_words.CLOCK.match(segment.text[:40]):
            count += 1

    return count


def _wall(read: Reading, choice: Choice) -> bool:
    """Tell whether a wall stands between headline and text or closely behind the text.

    The page's head and foot offer subscriptions everywhere.
    """
    kept = {one.segment.index for one in kept_of(choice.judged)}
    first = read.at
    if first is None:
        first = min(kept, default=0)

    last = max(kept, default=first + 2 * BEHIND)

    for segment in read.segments[first + 1 : last + FAR + 1]:
        longest = 100 if segment.index in kept else 300
        pattern = page_words.WALL if segment.index <= last + BEHIND else page_words.WALLED
        if len(segment.text) < longest and pattern.search(segment.text):
            return True

    return False


def _linked(read: Reading) -> float:
    """Return the share of the page's characters that are links, 0 to 1."""
    total = 0
    linked = 0

    for segment in read.segments:
        total += len(segment.text)
        linked += segment.linked

    return linked / (total or 1)


def _by_shape(read: Reading, choice: Choice, length: int) -> Found | None:
    """Judge by what the page is made of."""
    targets = {card.target for card in read.cards.values()}
    figures = sum(1 for _ in read.root.iter("figure"))
    pictured = figures > 5 and figures >= len(targets)  # noqa: PLR2004
    if pictured and _beside_pictures(choice) < SHORT:
        return Reason.GALLERY, f"{figures} pictures and {length} characters of text"

    if _has_text(read, choice, length):
        if _is_list(read, len(targets), length):
            return Reason.LISTING, f"{len(targets)} teasers"

        return teasers.listing(read, choice, length)

    if len(targets) > 8:  # noqa: PLR2004
        return Reason.LISTING, f"{len(targets)} teasers and {length} characters of text"

    return _without_text(read, length)


def _has_text(read: Reading, choice: Choice, length: int) -> bool:
    """Tell whether a page has a text: some lines, or one sentence where a door announced it.

    Headings alone are none.
    """
    if all(block.kind is BlockKind.HEADING for block in choice.blocks):
        return False

    if length >= SHORT:
        return True

    return read.announced and any(
        flashes.is_sentence(one.segment) for one in kept_of(choice.judged)
    )


def _is_list(read: Reading, cards: int, length: int) -> bool:
    """Tell a page that is mostly links, with many teasers and little text."""
    if length >= BRIEF or cards <= 15 or read.head.articles:  # noqa: PLR2004
        return False

    return _linked(read) > 0.7  # noqa: PLR2004


def _without_text(read: Reading, length: int) -> Found:
    """Return why a page has no text to speak of."""
    scripts = sum(len(script.text or "") for script in read.root.iter("script"))
    shown = sum(len(segment.text) for segment in read.segments)
    if scripts > 5000 and shown < 300:  # noqa: PLR2004
        return Reason.NEEDS_BROWSER, "scripts without text"

    if next(read.root.iter("video", "iframe"), None) is not None:
        return Reason.VIDEO, f"a player and {length} characters of text"

    if read.segments:
        return Reason.TOO_SHORT, f"{length} characters"

    if scripts:
        return Reason.NEEDS_BROWSER, "scripts without text"

    return Reason.EMPTY, "no text"


def _beside_pictures(choice: Choice) -> int:
    """Return the characters of text that are no caption; a stated body is none."""
    if choice.chosen != "segments":
        return len(choice.text)

    length = 0

    for one in kept_of(choice.judged):
        segment = one.segment
        if segment.kind in {BlockKind.CAPTION, BlockKind.HEADING}:
            continue

        if next(segment.node.iterancestors("figure"), None) is None:
            length += len(segment.text)

    return length
