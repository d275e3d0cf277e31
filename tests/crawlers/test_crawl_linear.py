"""What reads outside text takes twice as long for twice as much, not four times."""

import itertools
import time
from collections.abc import Callable

import pytest

from crawlers.discovery import ampersands, dates, site_doors
from crawlers.download import walls

COUNT = itertools.count()  # a date that was read once is remembered
FLOOR = 0.05  # seconds of CPU below which a measurement says nothing
READERS: dict[str, tuple[Callable[[int], object], int]] = {
    "links without an end": (
        lambda size: walls.canonical_link(b"canonical" + b"<link " * (size // 6)),
        100_000,
    ),
    "links that name nothing": (
        lambda size: walls.canonical_link(b"canonical" + b"<link rel=>" * (size // 11)),
        100_000,
    ),
    "a link of blanks": (
        lambda size: walls.canonical_link(b"<link canonical rel" + b" rel " * (size // 5) + b">"),
        100_000,
    ),
    "scripts without an end": (lambda size: walls.words_of(b"<script>" * (size // 8)), 100_000),
    "ends of scripts": (lambda size: walls.words_of(b"<style></style " * (size // 15)), 100_000),
    "tags without an end": (lambda size: walls.words_of(b"<" * size), 100_000),
    "a date and blanks": (
        lambda size: dates.read(f"2026-11-22{' ' * size}{next(COUNT)}"),
        20_000,
    ),
    "empty lines of robots.txt": (lambda size: site_doors.named_in("\n" * size + "x"), 20_000),
    "texts without an end": (
        lambda size: list(ampersands.escaped([b"<![CDATA[" * (size // 9)])),
        100_000,
    ),
    "comments without an end": (
        lambda size: list(ampersands.escaped([b"<!--"] * (size // 4))),
        100_000,
    ),
    "ampersands": (lambda size: list(ampersands.escaped([b"&"] * size)), 50_000),
}


@pytest.mark.parametrize("name", READERS)
def test_twice_the_text_takes_at_most_three_times_as_long(name):
    reader, size = READERS[name]
    once = cpu(reader, size)
    assert cpu(reader, 2 * size) <= 3 * max(once, FLOOR)


def cpu(reader: Callable[[int], object], size: int) -> float:
    """Return the CPU that a reading takes: the least of three, since others work here too."""
    taken = []
    for _ in range(3):
        began = time.process_time()
        reader(size)
        taken.append(time.process_time() - began)
        if taken[-1] > 100 * FLOOR:
            break
    return min(taken)


@pytest.mark.parametrize(
    ("page", "named"),
    [
        (b'<LINK REL="canonical" HREF="https://x.az/1">', "https://x.az/1"),
        (b"<link rel=next href=/2><link href='/a?b=1&amp;c=2' rel=canonical>", "/a?b=1&c=2"),
        (b"<link " * 50 + b"rel=canonical href=/3>", "/3"),
        (b"<linked rel=canonical href=/4>", None),
        (b"<link rel=canonical href=/5", None),
        (b"<p>canonical</p>", None),
    ],
)
def test_a_page_names_its_own_address(page, named):
    assert walls.canonical_link(page) == named


def test_words_are_what_stands_outside_tags_and_scripts():
    page = b"a<p>b<script>c</script>d<style>e< /style>f</style >g<noscript>h<i>j"
    assert walls.words_of(page) == [b"a", b"b", b"d", b"g", b"h", b"j"]
