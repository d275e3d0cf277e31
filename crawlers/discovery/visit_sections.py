"""The sections that a first visit offers as doors.

Those that name what no other door names, and one list with further pages where the front page has
none.
"""

from crawlers.discovery import listing, site_doors, visit_rounds
from crawlers.discovery.reading import Reading
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

    front = reading_of(home)
    named = _links(front)
    for page in answers:
        answered = site_doors.door_of(page)
        # A sitemap may name an article hours later, and leaves old ones out at first.
        if answered is not None and answered[0].kind is not DoorKind.SITEMAP:
            named |= {canonical(entry.url) for entry in answered[1].entries}

    goes_on = front is not None and bool(front.further)
    kept = {}

    for url in wanted:
        page_of_section = round_.pages.get(url)
        reading = reading_of(page_of_section) if page_of_section else None
        links = _links(reading)
        fresh = links - named
        # What overflows the front page is found further back in such a list.
        is_first_that_goes_on = not goes_on and bool(reading and reading.further)

        if len(links) >= _LEAST and (fresh or is_first_that_goes_on):
            named |= fresh
            goes_on = goes_on or is_first_that_goes_on
            door = Door(kind=DoorKind.LISTING, url=url)
            kept[door] = f"section {url}: {len(fresh)} articles that no other door names"

    return kept


def reading_of(page: Page) -> Reading | None:
    """Return what a page says as a list; None where it is none."""
    door = Door(kind=DoorKind.LISTING, url=page.url)
    hosts = frozenset({host_key(page.url), host_key(page.final_url)})

    try:
        return listing.read(
            page.body,
            page.final_url,
            door,
            hosts,
            site_doors.content_type(page),
        )
    except FaultError:
        return None


def _links(reading: Reading | None) -> set[str]:
    """Return the canonical URLs of the articles that a list links to."""
    return {canonical(entry.url) for entry in reading.entries} if reading else set()
