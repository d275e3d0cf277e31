"""Which addresses a poll of a door asks for: by day for archives, by span for a backfill."""

from dataclasses import replace
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from crawlers.discovery import kinds
from news.outlet import Door, DoorKind

NOW = datetime(2026, 11, 22, 21, tzinfo=UTC)  # the 23rd in Baku
ASKING = kinds.Asking(now=NOW, last_polled=None, zone=ZoneInfo("Asia/Baku"))
ARCHIVE = Door(kind=DoorKind.ARCHIVE, url="https://mavi.az/%Y/%m/%d")
POSTS = Door(kind=DoorKind.WORDPRESS, url="https://mavi.az/wp-json/wp/v2/posts")


def days(**fields) -> list[str]:
    addresses = kinds.of(DoorKind.ARCHIVE).addresses(ARCHIVE, replace(ASKING, **fields))
    return [address[-2:] for address in addresses]


@pytest.mark.parametrize(
    ("fields", "asked"),
    [
        ({}, ["23", "22"]),
        ({"last_polled": datetime(2026, 11, 22, 20, 30, tzinfo=UTC)}, ["23"]),
        ({"last_polled": datetime(2026, 11, 1, tzinfo=UTC)}, ["23", "22", "21"]),
        ({"since": date(2026, 11, 20)}, ["23", "22", "21", "20"]),
        ({"since": date(2026, 11, 3), "until": date(2026, 11, 4)}, ["04", "03"]),
        ({"since": date(2026, 11, 22), "until": date(2027, 1, 1)}, ["23", "22"]),
    ],
)
def test_an_archive_is_asked_day_by_day_on_the_outlets_calendar(fields, asked):
    assert days(**fields) == asked


def test_a_backfill_asks_wordpress_for_a_span():
    kind = kinds.of(DoorKind.WORDPRESS)
    (newest,) = kind.addresses(POSTS, ASKING)
    assert "after" not in newest
    span = replace(ASKING, since=date(2026, 11, 3), until=date(2026, 11, 4))
    (address,) = kind.addresses(POSTS, span)
    assert "after=2026-11-03" in address
    assert "before=2026-11-05" in address


@pytest.mark.parametrize("kind", [DoorKind.FEED, DoorKind.SITEMAP, DoorKind.LISTING])
def test_other_doors_have_one_address(kind):
    door = Door(kind=kind, url="https://mavi.az/door")
    assert kinds.of(kind).addresses(door, ASKING) == [door.url]
