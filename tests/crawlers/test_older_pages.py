"""Listings that a script continues: by a button's address, by a moment, as JSON."""

import json

import pytest

from crawlers import job as jobs
from crawlers.discovery import listing, listing_json
from news.outlet import Door, DoorKind

BASE = "https://mavi.az/latest/"
HOSTS = frozenset({"mavi.az"})
DOOR = Door(kind=DoorKind.LISTING, url=BASE)


def items(*moments: int) -> str:
    return "".join(
        f'<li data-date="{moment}"><a href="/news/{moment}-a-story">A headline</a></li>'
        for moment in moments
    )


def further(page: str, url: str = BASE) -> list[str]:
    reading = listing.read(page.encode(), url, DOOR, HOSTS, "text/html; charset=utf-8")
    return [item.url for item in reading.further]


@pytest.mark.parametrize(
    ("page", "follows"),
    [
        (
            "<ul>{items}</ul><script>$.get('/latest/?ajax=1&date=' + last, show)</script>",
            "https://mavi.az/latest/?ajax=1&date=1790000100",
        ),
        (
            "<ul>{items}</ul><script>fetch(`?ajax=1&date=${{last}}`)</script>",
            "https://mavi.az/latest/?ajax=1&date=1790000100",
        ),
        (
            '<ul>{items}</ul><button data-url="/more/2" class="btn load-more">+</button>',
            "https://mavi.az/more/2",
        ),
        (
            '<ul>{items}</ul><div hx-get="/latest/?after=9">Daha çox</div>'.replace("Daha", "daha"),
            "https://mavi.az/latest/?after=9",
        ),
        (
            '<ul>{items}</ul><script>var next="2";function more()'
            '{{fetch("/api/news?page="+next).then(show)}}</script>',
            "https://mavi.az/api/news?page=2",
        ),
        (
            "<ul>{items}</ul><script>let n = 1; get(`/list?p=${{n}}`)</script>",
            "https://mavi.az/list?p=2",
        ),
        (
            "<ul>{items}</ul><script>var at='22.11.2026';load('/ajax?before=' + at)</script>",
            "https://mavi.az/ajax?before=22.11.2026",
        ),
        ("<ul>{items}</ul><script>get('/list?page=' + wanted)</script>", None),
        (
            '<ul>{items}</ul><button class="b7" data-url="/load?paged=2">Read on</button>',
            "https://mavi.az/load?paged=2",
        ),
        ('<ul>{items}</ul><div data-url="/news/1-share">Share</div>', None),
        ('<ul>{items}</ul><a data-url="https://else.az/more">more</a>', None),
        ("<ul>{items}</ul><script>track('?utm=1')</script>", None),
    ],
)
def test_a_page_tells_where_its_list_goes_on(page, follows):
    found = further(page.format(items=items(1790000300, 1790000200, 1790000100)))
    assert found[-1:] == ([follows] if follows else [])


def test_the_first_piece_is_asked_too_where_it_may_hold_more_than_the_page():
    """The page shows eight, a piece twenty: from the ninth to the twentieth is in the first."""
    page = '<button data-url="/api/news?page=2">more</button>' + items(1790000300)
    assert further(page) == [f"https://mavi.az/api/news?page={number}" for number in (1, 2)]
    here = page.replace("/api/news", "")
    assert further(here) == [f"{BASE}?page=2"]


def test_a_piece_goes_on_as_it_was_asked_for():
    here = f"{BASE}?ajax=1&date=1790000100"
    assert further(items(1790000050, 1790000020), here) == [f"{BASE}?ajax=1&date=1790000020"]
    assert further(items(1790000100), here) == []


def test_marked_up_times_are_moments_too():
    page = (
        '<a href="/news/100-a">A headline</a><time datetime="2026-11-27T10:00:00Z"></time>'
        "<script>load('/more?before=' + t)</script>"
    )
    assert further(page) == ["https://mavi.az/more?before=1795773600"]


def test_lists_in_json_name_their_next_page_or_count_on():
    story = {"title": "One", "url": "/news/1234-a"}
    named = json.dumps({"items": [story], "links": {"next": "/api/list?page=3&x=1"}})
    assert further(named, "https://mavi.az/api/list") == ["https://mavi.az/api/list?page=3&x=1"]
    counted = json.dumps({"items": [story]})
    assert further(counted, "https://mavi.az/api/list?page=2&x=1") == [
        "https://mavi.az/api/list?page=3&x=1"
    ]
    assert further(counted, "https://mavi.az/api/list") == []
    assert listing_json.next_address({"next": 7}) is None


def test_a_listing_by_moments_is_walked_back_to_where_it_was(site, outlet_of, job_of):
    def serve(newest: int) -> None:
        script = "<script>$.get('/latest/?ajax=1&date=' + last)</script>"
        numbers = list(range(newest, newest - 5, -1))
        site.page("/latest/", f"<html><ul>{items(*numbers)}</ul>{script}</html>")
        for first in range(newest, 1790000000, -1):
            rest = range(first - 1, first - 6, -1)
            site.page(f"/latest/?ajax=1&date={first}", items(*rest))

    for number in range(1789999900, 1790000100):
        site.article(f"/news/{number}-a-story", f"story {number} " * 200)
    serve(1790000030)
    job = job_of(outlet_of(("listing", "/latest/")))
    assert jobs.run(job, progress=False).new == 5
    serve(1790000050)
    later = job_of(job.outlet, now=job.now, all_doors=True)
    (later.folder / "memory.jsonl").write_text((job.folder / "crawl.jsonl").read_text())
    assert jobs.run(later, progress=False).new == 20
