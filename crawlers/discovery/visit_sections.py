"""The sections that a first visit offers as doors: those that name what no other door names."""

from crawlers.discovery import listing, site_doors, visit_rounds
from crawlers.faults import FaultError
from news.article import Page
from news.outlet import Door, DoorKind, Outlet
from news.urls import canonical, host_key

_LEAST = 5  # articles that a section names; a page of terms may name the day's three


def doors(
    way: visit_rounds.Visit,
    outlet: Outlet,
    home: Page,
    answers: list[Page],
    before: visit_rounds.Round,
) -> dict[Door, str]:
    """Return the sections as doors that name articles which nothing else names, with a sentence."""
    wanted = site_doors.sections(home)
    if not wanted:
        return {}

    round_ = visit_rounds.ask(
        way,
        "sections",
        outlet,
        wanted,
        before,
    )

    named = _links(home)
    for page in answers:
        answered = site_doors.door_of(page)
        # A sitemap may name an article hours later, and leaves old ones out at first.
        if answered is not None and answered[0].kind is not DoorKind.SITEMAP:
            named |= {canonical(entry.url) for entry in answered[1].entries}

    kept = {}

    for url in wanted:
        page_of_section = round_.pages.get(url)
        links = _links(page_of_section) if page_of_section else set()
        fresh = links - named
        if fresh and len(links) >= _LEAST:
            named |= fresh
            door = Door(kind=DoorKind.LISTING, url=url)
            kept[door] = f"section {url}: {len(fresh)} articles that no other door names"

    return kept


def _links(page: Page) -> set[str]:
    """Return the canonical URLs of the articles that a page links to."""
    door = Door(kind=DoorKind.LISTING, url=page.url)
    hosts = frozenset({host_key(page.url), host_key(page.final_url)})

    try:
        reading = listing.read(
            page.body,
            page.final_url,
            door,
            hosts,
            site_doors.content_type(page),
        )
    except FaultError:
        return set()

    return {canonical(entry.url) for entry in reading.entries}
