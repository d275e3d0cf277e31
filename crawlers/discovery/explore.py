"""A first visit to a site: what doors it has, in which languages it writes, how fast.

It asks politely, in the crawl's own process: every round is an ordinary crawl of a few pages into a
folder of its own, so that robots.txt, limits and the address guard hold here as everywhere; what
came is read from the WARC. A round knows the robots.txt that the one before has read, and begins
after the pause that it asks for.
"""

import re
from collections import Counter
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from urllib.parse import urljoin

from crawlers import job as jobs
from crawlers import page_text
from crawlers.discovery import listing, page_signs, site_doors, visit_rounds, visit_sections
from crawlers.discovery.article_shape import looks_like_article
from crawlers.discovery.outlet_draft import as_toml, zone_is_known
from crawlers.discovery.outlet_lists import addresses
from crawlers.discovery.page_signs import Shown
from crawlers.errors import CrawlError
from crawlers.faults import FaultError
from crawlers.warc import records
from news.article import Page
from news.outlet import Door, DoorKind, Expectation, Outlet, Pace
from news.urls import UrlError, host_key

__all__ = ["Draft", "addresses", "as_toml", "visit", "zone_is_known"]

_ZONES = {
    "az": ("AZ", "Asia/Baku"),
    "am": ("AM", "Asia/Yerevan"),
    "ge": ("GE", "Asia/Tbilisi"),
    "kz": ("KZ", "Asia/Almaty"),
    "uz": ("UZ", "Asia/Tashkent"),
    "kg": ("KG", "Asia/Bishkek"),
    "tj": ("TJ", "Asia/Dushanbe"),
    "tm": ("TM", "Asia/Ashgabat"),
    "tr": ("TR", "Europe/Istanbul"),
    "ir": ("IR", "Asia/Tehran"),
    "ru": ("RU", "Europe/Moscow"),
    "ua": ("UA", "Europe/Kyiv"),
    "uk": ("GB", "Europe/London"),
    "de": ("DE", "Europe/Berlin"),
    "eu": ("EU", "Europe/Brussels"),
}
_SAMPLES = 5
_ANSWERED = frozenset({"", "unchanged", "overflow"})  # notes on a door that could be read
_FOUND = 200


@dataclass(slots=True)
class Draft:
    """What a visit found.

    `notes` are sentences for the person who decides; `samples` pages of articles.
    """

    outlet: Outlet
    notes: list[str] = field(default_factory=list)
    samples: list[Page] = field(default_factory=list)
    report: jobs.CrawlReport | None = None


def visit(
    url: str,
    folder: Path,
    now: datetime,
    options: jobs.CrawlOptions,
    *,
    region: str = "new",
    name: str | None = None,
) -> Draft:
    """Return a draft of an outlet after asking its site some twenty pages.

    The address may be the site's, a feed's, or an article's. Raises CrawlError when the site does
    not answer.
    """
    given = url if "://" in url else f"https://{url}"

    try:
        host_key(given)
    except UrlError as error:
        raise CrawlError(f"{url!r} is no web address") from error

    blank = _blank(given, options, region=region, name=name)
    way = visit_rounds.Visit(folder, now, options)
    first = visit_rounds.ask(way, "home", blank, [given])

    if given not in first.pages:
        raise CrawlError(f"{given} does not answer with a page: {first.why}")

    home, before = _home(way, blank, first, given)
    blank = replace(blank, home=home.url)
    draft = Draft(outlet=replace(blank, title=_title(home) or host_key(home.url)))
    channel = site_doors.door_of(home)

    if channel is not None:
        # A channel's page is all there is of it.
        draft.outlet = _with_doors(draft.outlet, (channel[0],), now)
        return _sampled(way, draft, home, before)

    wanted = site_doors.candidates(home, before.robots, given)
    answered = visit_rounds.ask(way, "doors", blank, wanted, before)
    answers = [answered.pages[one] for one in wanted if one in answered.pages]
    doors = _doors(draft, home, answers, now)
    sections = visit_sections.doors(way, draft.outlet, home, answers, answered)
    draft.notes += sections.values()
    doors += tuple(sections)
    draft.outlet = _with_doors(draft.outlet, doors, now)

    return _sampled(way, draft, home, answered)


def _with_doors(
    outlet: Outlet,
    doors: tuple[Door, ...],
    now: datetime,
) -> Outlet:
    """Return an outlet with the doors that a visit found."""
    return replace(
        outlet,
        doors=doors,
        source="a first visit",
        verified=f"visited {now:%Y-%m-%d}",
        find_doors=True,
    )


def _blank(
    given: str,
    options: jobs.CrawlOptions,
    *,
    region: str,
    name: str | None,
) -> Outlet:
    """Return an outlet of which nothing is known but an address."""
    bare = host_key(given).partition(":")[0]
    country, zone = _ZONES.get(bare.rpartition(".")[2], ("XX", "UTC"))

    return Outlet(
        name=name or re.sub(r"[^a-z0-9._-]", "-", bare.removesuffix(".localhost")),
        region=region,
        title=bare,
        home=given,
        country=country,
        languages=("und",),
        timezone=zone,
        doors=(Door(kind=DoorKind.LISTING, url=given),),
        pace=Pace(delay=0.0 if options.allow_loopback else 2.0),
    )


def _home(
    way: visit_rounds.Visit,
    blank: Outlet,
    first: visit_rounds.Round,
    given: str,
) -> tuple[Page, visit_rounds.Round]:
    """Return the site's home page: the page that came, or the one above a feed or an article."""
    page = first.pages[given]
    door = site_doors.door_of(page)
    is_channel = door is not None and door[0].kind is DoorKind.TELEGRAM
    is_home = door is None and not looks_like_article(page.final_url)

    if is_home or is_channel:
        return page, first

    above = urljoin(page.final_url, "/")
    second = visit_rounds.ask(
        way,
        "above",
        replace(blank, home=above),
        [above],
        first,
    )

    found = second.pages.get(above)

    if found is None:
        return page, first

    return found, second


def _title(page: Page) -> str:
    """Return the name of a site, as its home page has it."""
    root = listing.tree(page.body, site_doors.content_type(page))
    if root is None:
        return ""

    named = root.xpath("//meta[@property='og:site_name']/@content | //title/text()")

    return " ".join(str(named[0]).split())[:80] if named else ""


def _doors(
    draft: Draft,
    home: Page,
    answers: list[Page],
    now: datetime,
) -> tuple[Door, ...]:
    """Return the doors worth keeping, and the front page, which every site has."""
    doors: list[Door] = []
    for door, words in site_doors.of_answers(answers, now):
        doors.append(door)
        draft.notes.append(words)

    doors.append(_front(draft, home))

    for edition in site_doors.editions(home):
        draft.notes.append(f"edition in {edition.language}: {edition.url}")
        doors.append(edition)

    for channel in site_doors.channels(home):
        words = "archives its posts"
        draft.notes.append(f'channel {channel}: a door of kind "telegram" with it {words}')

    archive = site_doors.archive(home, now)

    if archive is not None:
        draft.notes.append(f"archive {archive.url}")
        doors.append(archive)

    return tuple(doors)


def _front(draft: Draft, home: Page) -> Door:
    """Return the front page as a door; its following pages are read when it has any."""
    door = Door(kind=DoorKind.LISTING, url=home.url)
    hosts = frozenset({host_key(home.url), host_key(home.final_url)})
    kind = site_doors.content_type(home)

    try:
        reading = listing.read(
            home.body,
            home.final_url,
            door,
            hosts,
            kind,
        )
    except FaultError as error:
        draft.notes.append(
            f"the front page shows no articles ({error}); perhaps it needs a browser: "
            "try render = true"
        )

        return door

    pages = ", with further pages" if reading.further else ""
    count = len(reading.entries)
    draft.notes.append(f"listing {home.url}: {count} links that look like articles{pages}")

    return replace(door, pages=5 if reading.further else 1)


def _sampled(
    way: visit_rounds.Visit,
    draft: Draft,
    home: Page,
    before: visit_rounds.Round,
) -> Draft:
    """Crawl the drafted outlet a little.

    Its pages with the most text are the samples; languages are those of their mark-up; doors that
    did not answer, or named nothing, are left out.
    """
    folder = way.folder / "sample"
    visit_rounds.carry(before, folder, draft.outlet)
    asked = replace(
        way.options,
        budget=_SAMPLES * 2,
        all_doors=True,
    )

    job = jobs.CrawlJob(
        outlet=draft.outlet,
        folder=folder,
        now=way.now,
        options=asked,
    )

    draft.report = jobs.run(job, progress=False)
    pages = [page for page in records.read_pages(folder / "pages.warc.gz") if _is_page(page)]
    # A horoscope or a page of terms stands in the navigation: what shows itself to be an article
    # comes first, then what has much text.
    best = sorted(pages, key=_worth, reverse=True)
    draft.samples = best[:_SAMPLES]
    languages = Counter(_language(page) for page in [*pages, home])
    languages.pop("", None)
    common = tuple(language for language, _ in languages.most_common(6))
    draft.outlet = replace(
        draft.outlet,
        doors=_answering(draft),
        languages=common or ("und",),
        expects=Expectation(least=0),
        pace=Pace(),
    )

    return draft


def _worth(page: Page) -> tuple[bool, int]:
    """Return how good a sample a page is: marked as an article, and by its running text."""
    kind = site_doors.content_type(page)
    root = listing.tree(page.body, kind)
    shown = Shown.UNSURE

    if root is not None:
        signs = page_signs.signs(root)
        shown = page_signs.judge(signs)

    sketch = page_text.sketch(page.body)

    return shown is Shown.ARTICLE, sketch.size


def _is_page(page: Page) -> bool:
    """Tell whether an answer is a page that stands."""
    return page.status == _FOUND and not page.gone


def _answering(draft: Draft) -> tuple[Door, ...]:
    """Return the doors that answered; an archive only where it names articles."""
    reports = {}
    if draft.report is not None:
        reports = {report.url: report for report in draft.report.doors}

    kept = []

    for door in draft.outlet.doors:
        report = reports.get(door.url)
        if report is None or report.note not in _ANSWERED:
            continue

        is_guess = door.kind is DoorKind.ARCHIVE or door.language is not None
        if report.entries or not is_guess:
            kept.append(door)

    return tuple(kept) or draft.outlet.doors


def _language(page: Page) -> str:
    """Return the language that a page's root declares, in small letters; an empty text for none."""
    match = re.search(rb"<html[^>]*\blang\s*=\s*[\"']?([A-Za-z]{2,3})\b", page.body[:4000])
    return match[1].decode().lower() if match else ""
