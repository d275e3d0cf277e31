"""The border of extraction: a page becomes an article or a rejection with a reason. Nothing else leaves, no exception either."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from extract.blocks.choose import Choice, choose
from extract.metadata import dates, language, page_kind, people
from extract.outlet import layouts, profile
from extract.outlet.profile import SiteProfile
from extract.page import reading
from extract.page.reading import Reading
from extract.page.segments import Segment, tidy
from extract.page.title import key, likeness
from news import credit, page_lines
from news.article import Article, Page, Reason, Rejected
from news.outlet import Layout, Outlet

VERSION = "3"
MAX_BYTES = 6_000_000  # of a page; what is larger is no article


def learn(known: SiteProfile | None, pages: Iterable[Page], outlet: Outlet) -> SiteProfile:
    """Return the outlet's profile after these pages too. The order of pages, and of calls, does not matter."""
    return (known or SiteProfile()).merged(_sightings(pages, outlet))


def _sightings(pages: Iterable[Page], outlet: Outlet) -> Iterator[profile.Sighting]:
    for page in pages:
        seen = sight(page, outlet)
        if seen is not None:
            yield seen


def sight(page: Page, outlet: Outlet) -> profile.Sighting | None:
    """Return a page as its outlet's profile takes it; None for one that teaches nothing. Never raises."""
    if page.status != 200 or len(page.body) > MAX_BYTES:  # noqa: PLR2004
        return None
    try:
        read = reading.read(page, outlet)
        if read is None:
            return None
        return profile.sight(
            read.segments, read.cards, read.address, read.headline, page.fetched_at
        )
    except Exception:  # noqa: BLE001 - hostile input: a page that cannot be read teaches nothing
        return None


def put_aside(page: Page, outlet: Outlet, reason: Reason, detail: str) -> Rejected:
    """Return a page that could not be read to its end as a rejection under a reason's name."""
    return _reject(page, outlet, reason, detail, page.hint_title or "")


def extract(page: Page, outlet: Outlet, site: SiteProfile | None = None) -> Article | Rejected:
    """Return the article that a page carries, or why it carries none. Never raises."""
    try:
        return _extract(page, outlet, site)
    except Exception as error:  # noqa: BLE001 - hostile input must not stop a run; the defect is shown as one
        return _reject(page, outlet, Reason.BROKEN, f"{type(error).__name__}: {error}"[:300])


def examine(
    page: Page, outlet: Outlet, site: SiteProfile | None = None
) -> tuple[Reading, Choice] | None:
    """Return a page's reading and the choice among its segments, for `khabar explain`; None for a page without mark-up."""
    read = reading.read(page, outlet)
    return None if read is None else (read, choose(read, site, _dated(page, outlet, read)[1]))


def _reject(  # noqa: PLR0917
    page: Page, outlet: Outlet, reason: Reason, detail: str = "", headline: str = "", text: str = ""
) -> Rejected:
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
    early = page_kind.by_response(page, MAX_BYTES)
    if early is not None:
        return _reject(page, outlet, *early)
    read = reading.read(page, outlet)
    if read is None:
        return _reject(
            page,
            outlet,
            Reason.UNDECODABLE if page.body.strip() else Reason.EMPTY,
            f"{len(page.body)} bytes",
        )
    when, layout = _dated(page, outlet, read)
    choice = choose(read, site, layout)
    found = page_kind.rejection(read, choice)
    if found is not None:
        rejected = _reject(page, outlet, *found, read.headline, choice.text)
        return replace(
            rejected, authors=_authors(read, layout, ""), published=when.at if when else None
        )
    authors = _authors(read, layout, choice.blocks[-1].text if choice.blocks else "")
    return replace(_article(page, outlet, read, choice, when), authors=authors)


def _dated(page: Page, outlet: Outlet, read: Reading) -> tuple[dates.Moment | None, Layout | None]:
    """Return when a page says it was published, and the outlet's layout of that day, whose own title and date count."""
    zone = dates.zone(outlet.timezone)
    when = dates.published(
        read.head, read.root, read.segments, zone, page.fetched_at, url=page.final_url, at=read.at
    )
    layout = layouts.valid(outlet, when.at.date() if when else None) if outlet.layouts else None
    if layout is not None:
        when = layouts.published(read.root, layout, zone, page.fetched_at) or when
        read.headline = layouts.text(read.root, layout.title) or read.headline
    return when, layout


def _article(
    page: Page, outlet: Outlet, read: Reading, choice: Choice, when: dates.Moment | None
) -> Article:
    changed = dates.modified(read.head, dates.zone(outlet.timezone), page.fetched_at)
    kept = [one.segment for one in choice.judged if not one.rule]
    return Article(
        url=read.address,
        outlet=outlet.name,
        title=read.headline,
        blocks=choice.blocks,
        fetched_at=page.fetched_at,
        language=language.identify(choice.text, read.head.language, outlet.languages),
        kind=page_kind.kind(read, choice),
        standfirst=_standfirst(read, choice),
        section=_section(read),
        tags=_tags(read),
        published=when.at if when else page.hint_published,
        published_raw=when.raw if when else "",
        published_source=when.source if when else ("door" if page.hint_published else ""),
        modified=changed.at if changed else None,
        lead_image=_absolute(page, read.head.meta("og:image", "twitter:image")),
        links=_links(page, kept),
        images=_images(page, kept),
        credit=credit.agency(choice.text),
        confidence=choice.confidence,
        extractor=VERSION,
        chosen=choice.chosen,
        pruned=choice.pruned,
        page_lines=page_lines.pack(_lines(read, choice)),
    )


def _lines(read: Reading, choice: Choice) -> Iterator[str]:
    """Give all lines of a page that an article's text or title can be made of."""
    yield from (segment.text for segment in read.segments)
    yield from (block.text for block in choice.blocks)
    yield from (read.headline, read.head.title, read.head.meta("og:title", "twitter:title"))


def _standfirst(read: Reading, choice: Choice) -> str:
    """Return the lead that stands on the page and is described to machines; empty when the description is only the beginning."""
    said = tidy(read.head.meta("og:description", "description"))
    first = next(
        (
            block
            for block in choice.blocks[:2]
            if len(block.text) < 600 and likeness(block.text, said) > 0.9  # noqa: PLR2004
        ),
        None,
    )
    return first.text if first and key(first.text).startswith(key(said)[:60]) else ""


def _authors(read: Reading, layout: Layout | None, last: str) -> tuple[str, ...]:
    named = layouts.text(read.root, layout.author) if layout else ""
    said = people.people(named, {key(name) for name in read.names}) if named else []
    return tuple(said) or people.find(
        read.head, read.root, read.names, read.segments, at=read.at or 0, last=last
    )


def _section(read: Reading) -> str:
    said = read.head.meta("article:section", "section", "og:article:section")
    if said:
        return tidy(said)[:100]
    value = next(
        (item["articleSection"] for item in read.head.articles if item.get("articleSection")), ""
    )
    value = value[0] if isinstance(value, list) and value else value
    return tidy(value)[:100] if isinstance(value, str) else ""


def _tags(read: Reading) -> tuple[str, ...]:
    found: list[str] = list(read.head.metas.get("article:tag", ()))
    for item in read.head.articles[:2]:
        value = item.get("keywords")
        found += (
            [one for one in value if isinstance(one, str)]
            if isinstance(value, list)
            else str(value or "").split(",")
        )
    if not found:
        found = read.head.meta("news_keywords", "keywords").split(",")
    return tuple(dict.fromkeys(tag for one in found if (tag := tidy(one)[:100])))[:30]


def _absolute(page: Page, href: str) -> str:
    from urllib.parse import urljoin

    try:
        target = urljoin(page.final_url or page.url, href.strip()) if href.strip() else ""
    except ValueError:
        return ""
    return target if target.startswith(("http://", "https://")) else ""


def _links(page: Page, kept: list[Segment]) -> tuple[str, ...]:
    found = (
        _absolute(page, href)
        for segment in kept
        for href in segment.hrefs
        if not href.startswith("#")
    )
    return tuple(dict.fromkeys(target for target in found if target))[:200]


def _images(page: Page, kept: list[Segment]) -> tuple[str, ...]:
    """Return the pictures that stand among the kept segments: inside their blocks, or as figures between them."""
    boxes = {
        parent: None
        for segment in kept
        if (parent := segment.node.getparent()) is not None and segment.node.tag == "p"
    }
    sources = (
        image.get("src") or image.get("data-src") or ""
        for box in list(boxes)[:3]
        for image in box.iter("img")
    )
    found = (_absolute(page, source) for source in sources if not source.startswith("data:"))
    return tuple(dict.fromkeys(target for target in found if target))[:50]
