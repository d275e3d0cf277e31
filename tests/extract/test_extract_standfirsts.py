"""A standfirst that a page shows without stating it is kept, once, and nothing else beside it."""

from datetime import UTC, datetime

from extract import extract
from extract.blocks import neighbours, standfirsts
from extract.page import reading
from news.article import Page
from pipeline.run.sites import outlet_of

NOW = datetime(2026, 11, 27, 9, tzinfo=UTC)
URL = "https://kanar.az/news/77"
SAID = "The new line was praised by engineers of twenty-nine countries this year."
BODY = "".join(
    f"<p>The harbour office counted {n} boats that left the northern quay before noon, its "
    "keeper told the paper, and the gate stayed closed for two days.</p>"
    for n in ("forty", "ninety", "sixty")
)


def judged_of(between, *, chance):
    """Return a page's judged segments: what stands below the headline was left out by a hair."""
    html = f"<html><body><h1>Boats leave the quay</h1>{between}<div>{BODY}</div></body></html>"
    page = Page(url=URL, final_url=URL, status=200, headers=(), body=html.encode(), fetched_at=NOW)
    read = reading.read(page, outlet_of(URL))
    judged = [neighbours.Judged(segment, 0.9) for segment in read.segments]
    for one in judged[: -BODY.count("<p>")]:
        one.chance = chance
        one.drop("headline" if one.segment.index == read.at else "unlike the article", 0.6)
    standfirsts.keep(judged, read)
    return [one.segment.text for one in neighbours.kept_of(judged)][: -BODY.count("<p>")]


def test_the_first_sentence_between_headline_and_text_is_kept():
    line = "<div>3 May 2026 07:12</div><div>Leyla Aslan</div>"
    more = "<div>Another sentence that stands in a box of its own, below it.</div>"
    assert judged_of(f"{line}<div>{SAID}</div>{more}", chance=0.3) == [SAID]


def test_what_is_no_sentence_or_hardly_possible_stays_out():
    assert judged_of(f"<div>{SAID}</div>", chance=0.02) == []
    assert (
        judged_of("<div>Subscribe to our channel and read the news first.</div>", chance=0.3) == []
    )
    assert judged_of(f"<div><a href='/77/other'>{SAID}</a></div>", chance=0.3) == []
    assert judged_of(f"<div>{SAID.removesuffix('.')}</div>", chance=0.3) == []


def test_a_page_whose_text_follows_its_headline_is_left_as_it_is():
    html = f"<html><body><h1>Boats leave the quay</h1>{BODY}</body></html>"
    page = Page(url=URL, final_url=URL, status=200, headers=(), body=html.encode(), fetched_at=NOW)
    assert len(extract(page, outlet_of(URL), None).blocks) == BODY.count("<p>")
