"""The border of extraction: a page becomes an article or a rejection with a reason.

Nothing else leaves, no exception either.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from extract.blocks.choose import Choice, choose
from extract.blocks.neighbours import kept_of
from extract.metadata import (
    article_kind,
    dates,
    language,
    page_kind,
    parts,
    people,
    persons,
    response,
)
from extract.metadata.date_weighing import Moment
from extract.outlet import layouts, sketch
from extract.outlet.profile import SiteProfile
from extract.outlet.sketch import Sighting
from extract.page import reading
from extract.page.reading import Reading
from extract.page.title import key
from news import credit, page_lines
from news.article import Article, Page, Reason, Rejected
from news.outlet import Layout, Outlet

VERSION = "7"
LINKED = 0.6  # share of a line that is link from which on it is the other page's
MAX_BYTES = 6_000_000  # of a page; what is larger is no article


def learn(known: SiteProfile | None, pages: Iterable[Page], outlet: Outlet) -> SiteProfile:
    """Return the outlet's profile after these pages too.

    The order of pages, and of calls, does not matter.
    """
    if known is None:
        known = SiteProfile()

    return known.merged(_sightings(pages, outlet))


def _sightings(pages: Iterable[Page], outlet: Outlet) -> Iterator[Sighting]:
    """Give the pages that teach something, as the profile takes them."""
    for page in pages:
        seen = sight(page, outlet)
        if seen is not None:
            yield seen


def sight(page: Page, outlet: Outlet) -> Sighting | None:
    """Return a page as its outlet's profile takes it; None for one that teaches nothing.

    Never raises.
    """
    if page.status != 200 or len(page.body) > MAX_BYTES:  # noqa: PLR2004
        return None

    try:
        read = reading.read(page, outlet)
        if read is None:
            return None

        return sketch.sight(
            read.segments,
            read.cards,
            read.address,
            read.headline,
            page.fetched_at,
        )
    except Exception:  # noqa: BLE001 - hostile input: a page that cannot be read teaches nothing
        return None


def put_aside(page: Page, outlet: Outlet, reason: Reason, detail: str) -> Rejected:
    """Return a page that could not be read to its end as a rejection under a reason's name."""
    return _reject(page, outlet, (reason, detail), headline=page.hint_title or "")


def extract(page: Page, outlet: Outlet, site: SiteProfile | None = None) -> Article | Rejected:
    """Return the article that a page carries, or why it carries none. Never raises.

    Moments without a zone are in the outlet's; `site` is what the outlet's other pages have taught.
    """
    try:
        return _extract(page, outlet, site)
    except Exception as error:  # noqa: BLE001 - hostile input; the defect is shown as one
        detail = f"{type(error).__name__}: {error}"
        return _reject(page, outlet, (Reason.BROKEN, detail[:300]))


def examine(
    page: Page,
    outlet: Outlet,
    site: SiteProfile | None = None,
) -> tuple[Reading, Choice] | None:
    """Return a page's reading and the choice among its segments, for `khabar explain`.

    None for a page without mark-up.
    """
    read = reading.read(page, outlet)
    if read is None:
        return None

    _, layout = _dated(page, outlet, read)

    return read, choose(read, site, layout, explain=True)


def _reject(
    page: Page,
    outlet: Outlet,
    found: tuple[Reason, str],
    *,
    headline: str = "",
    text: str = "",
) -> Rejected:
    """Return a rejection of a page, with what was read of it.

    `found` is the reason and what shows it; `headline` and `text` are what could be
    read.
    """
    reason, detail = found
    return Rejected(
        url=reading.address(page),
        outlet=outlet.name,
        reason=reason,
        fetched_at=page.fetched_at,
        detail=detail,
        title=headline,
        text=text,
    )


def _extract(page: Page, outlet: Outlet, site: SiteProfile | None) -> Article | Rejected:
    """Return the article that a page carries, or why it carries none."""
    early = response.by_response(page, MAX_BYTES)
    if early is not None:
        return _reject(page, outlet, early)

    read = reading.read(page, outlet)
    if read is None:
        reason = Reason.UNDECODABLE if page.body.strip() else Reason.EMPTY
        return _reject(page, outlet, (reason, f"{len(page.body)} bytes"))

    when, layout = _dated(page, outlet, read)
    known = bool(outlet.title)
    choice = choose(read, site, layout)
    found = page_kind.rejection(read, choice)
    if found is not None:
        rejected = _reject(page, outlet, found, headline=read.headline, text=choice.text)
        return replace(
            rejected,
            authors=_authors(read, layout, "", known=known),
            published=when.at if when else None,
        )

    last = choice.blocks[-1].text if choice.blocks else ""
    article = _article(page, outlet, read, choice, when)

    return replace(article, authors=_authors(read, layout, last, known=known))


def _dated(page: Page, outlet: Outlet, read: Reading) -> tuple[Moment | None, Layout | None]:
    """Return when a page says it was published, and the outlet's layout of that day.

    The layout's own title and date count before the page's.

    None and None for a page without a date on an outlet without layouts.
    """
    zone = dates.zone(outlet.timezone)
    when = dates.published(
        read.head,
        read.root,
        read.segments,
        zone,
        page.fetched_at,
        url=page.final_url,
        at=read.at,
        cards=read.cards,
    )
    if not outlet.layouts:
        return when, None

    layout = layouts.valid(outlet, when.at.date() if when else None)
    if layout is not None:
        when = layouts.published(read.root, layout, zone, page.fetched_at) or when
        read.headline = layouts.text(read.root, layout.title) or read.headline

    return when, layout


def _article(
    page: Page,
    outlet: Outlet,
    read: Reading,
    choice: Choice,
    when: Moment | None,
) -> Article:
    """Return a page's article.

    `when` is the moment that the page itself names; without one the door's hint counts.
    """
    zone = dates.zone(outlet.timezone)
    changed = dates.modified(read.head, zone, page.fetched_at)
    published = page.hint_published
    raw = ""
    source = "door" if published else ""
    if when is not None:
        published = when.at
        raw = when.raw
        source = when.source

    kept = [one.segment for one in kept_of(choice.judged)]

    return Article(
        url=read.address,
        outlet=outlet.name,
        title=read.headline,
        blocks=choice.blocks,
        fetched_at=page.fetched_at,
        language=language.identify(choice.text, read.head.language, outlet.languages),
        kind=article_kind.kind(read, choice),
        standfirst=parts.standfirst(read.head, choice.blocks),
        section=parts.section(read.head),
        tags=parts.tags(read.head),
        published=published,
        published_raw=raw,
        published_source=source,
        modified=changed.at if changed else None,
        lead_image=parts.lead_image(page, read.head),
        links=parts.links(page, kept),
        images=parts.images(page, kept),
        credit=credit.agency(choice.text),
        confidence=choice.confidence,
        extractor=VERSION,
        chosen=choice.chosen,
        pruned=choice.pruned,
        page_lines=page_lines.pack(_lines(read, choice)),
    )


def _lines(read: Reading, choice: Choice) -> Iterator[str]:
    """Give all lines of a page that an article's text or title can be made of.

    A later reading is compared with them: what still stands on the page was not
    removed. Lines that are links to other pages are given as such too, and so is what stands in
    cards of other pages, unless cards are the text.
    """
    carded = _carded(read, choice)

    for segment in read.segments:
        yield segment.text
        linked = segment.link_share > LINKED and read.leads_away(segment)
        if linked or segment.index in carded:
            yield page_lines.link(segment.text)

    for block in choice.blocks:
        yield block.text

    yield read.headline
    yield read.head.title
    yield read.head.meta("og:title", "twitter:title")


def _carded(read: Reading, choice: Choice) -> frozenset[int]:
    """Return the numbers of the segments in cards of other pages.

    None on a digest, where most of the text stands in cards.
    """
    inside = 0
    whole = 0

    for one in kept_of(choice.judged):
        length = len(one.segment.text)
        whole += length
        if one.segment.index in read.cards:
            inside += length

    return frozenset(read.cards) if inside <= whole / 2 else frozenset()


def _authors(
    read: Reading,
    layout: Layout | None,
    last: str,
    *,
    known: bool,
) -> tuple[str, ...]:
    """Return a page's authors: the layout's, if it names some.

    `last` is the text's last line, which can sign it; `known` as for `people.find`.
    """
    if layout is not None:
        byline = layouts.text(read.root, layout.author)
        banned = {key(name) for name in read.names}
        said = persons.people(byline, banned)
        if said:
            return tuple(said)

    return people.find(
        read.head,
        read.root,
        read.names,
        read.segments,
        at=read.at or 0,
        last=last,
        known=known,
    )
