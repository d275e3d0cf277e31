"""Which outlets have something to do now: a door to poll, an article to look at again."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from crawlers import due_outlets, outlet_notes
from crawlers.outlet_notes import OutletNotes
from crawlers.wall_watch import Wall
from news.crawl import DoorState
from news.outlet import Door, DoorKind, Outlet

NOW = datetime(2026, 11, 16, 6, tzinfo=UTC)
HOUR = timedelta(hours=1)
FEED = "https://a.example/rss"
OUTLET = Outlet(
    name="a",
    country="AZ",
    region="r",
    title="A",
    home="https://a.example/",
    languages=("az",),
    timezone="UTC",
    doors=(Door(kind=DoorKind.FEED, url=FEED),),
)


def polled(hours: float) -> dict[str, DoorState]:
    """The feed, due again in so many hours."""
    return {FEED: DoorState(outlet="a", url=FEED, next_poll=NOW + hours * HOUR)}


def names(
    doors: dict[str, DoorState], check: datetime | None = None, **fields: object
) -> list[str]:
    outlet = replace(OUTLET, **fields)
    checks = {"a": check} if check else {}

    return [one.name for one in due_outlets.due([outlet], {"a": doors}, checks, NOW)]


def test_an_outlet_is_due_by_its_doors_and_by_its_articles():
    assert names({}) == ["a"]  # never polled
    assert names(polled(0)) == ["a"]
    assert names(polled(1)) == []
    assert names(polled(1), NOW - HOUR) == ["a"]
    assert names(polled(1), NOW + HOUR) == []
    assert names(polled(-1), active=False) == []


def test_what_stands_behind_a_wall_waits_for_the_next_look_at_it():
    url = outlet_notes.outlet_url(OUTLET)
    notes = OutletNotes(wall=Wall(looks=2, until=NOW + HOUR))
    own = outlet_notes.write(DoorState(outlet="a", url=url), notes)
    behind = polled(3) | {url: own}

    assert names(behind, NOW - HOUR) == []
    assert due_outlets.due_at(OUTLET, behind, NOW - HOUR) == NOW + HOUR
    assert due_outlets.due_at(OUTLET, behind) == NOW + 3 * HOUR
