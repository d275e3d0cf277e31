"""The border: nothing raises, outcomes have names, and metadata is what a reader would say."""

import json
import os
from datetime import UTC, date, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from extract import api
from news.article import Article, Kind, Page, Reason, Rejected
from news.outlet import Layout, Outlet
from pipeline.run.sites import outlet_of
from press.templates import THEMES, render, samples

NOW = datetime(2026, 11, 1, tzinfo=UTC)
URL = "https://kanar.az/news/77"
PROSE = "".join(  # noqa: FLY002
    (
        "<p>The ferry across the bay left the quay at six in the morning with a hundred "
        "and twenty people on board.</p>",
        "<p>The harbour office said the timetable was back to normal and that tickets "
        "bought during the storm stay valid.</p>",
        "<p>Forecasters expect calm weather until Sunday, when the wind may turn to the "
        "north again.</p>",
    )
)


def page(
    body: str | bytes,
    *,
    status: int = 200,
    content_type: str = "text/html; charset=utf-8",
    url: str = URL,
    **more,
) -> Page:
    raw = body if isinstance(body, bytes) else body.encode()
    return Page(
        url=url,
        final_url=url,
        status=status,
        headers=(("Content-Type", content_type),),
        body=raw,
        fetched_at=NOW,
        **more,
    )


def html(body: str, head: str = "") -> str:
    return (
        "<!DOCTYPE html><html lang=en><head><title>Ferries run again | Kanar</title>"
        f"{head}</head><body><h1>Ferries run again</h1>{body}</body></html>"
    )


def found(body: str | bytes, outlet: Outlet | None = None, **more) -> Article | Rejected:
    return api.extract(page(body, **more), outlet or outlet_of(URL), None)


REJECTED = [
    (Reason.GONE, {"body": html(PROSE), "status": 404}),
    (Reason.GONE, {"body": "", "status": 410}),
    (Reason.HTTP_ERROR, {"body": html(PROSE), "status": 503}),
    (Reason.EMPTY, {"body": b"   "}),
    (Reason.NOT_HTML, {"body": b"%PDF-1.7 ..."}),
    (Reason.NOT_HTML, {"body": b'{"a": 1}', "content_type": "application/json"}),
    (Reason.TOO_LARGE, {"body": b"<html>" + b"x" * (api.MAX_BYTES + 1)}),
    (
        Reason.CHALLENGE,
        {
            "body": "<html><head><title>Just a moment...</title></head><body><p>Checking your "
            "browser before accessing the site.</p></body></html>"
        },
    ),
    (
        Reason.ERROR_PAGE,
        {
            "body": "<html><head><title>404 - Page not found</title></head><body><h1>Page not "
            "found</h1><p>Try the search.</p></body></html>"
        },
    ),
    (
        Reason.ERROR_PAGE,
        {
            "body": "<html><head><title>Səhifə tapılmadı</title></head><body><h1>Səhifə "
            "tapılmadı</h1><p>Ana səhifəyə qayıdın.</p></body></html>"
        },
    ),
    (
        Reason.LIVE_BLOG,
        {
            "body": html(
                PROSE,
                '<script type="application/ld+json">{"@type": "LiveBlogPosting", '
                '"headline": "Ferries run again"}</script>',
            )
        },
    ),
    (
        Reason.PAYWALL,
        {
            "body": html(
                "<p>The ferry across the bay left the quay at six in the morning with "
                "people on board and cars below.</p><div>Subscribe to continue "
                "reading</div>"
            )
        },
    ),
    (Reason.VIDEO, {"body": html('<video src="a.mp4"></video><p>Watch</p>')}),
    (
        Reason.LISTING,
        {
            "body": html(
                "".join(
                    f'<div><h2><a href="/n/{number}">The council of district {number} met '
                    f"on Monday</a></h2><span>12:0{number % 10}</span></div>"
                    for number in range(20)
                )
            )
        },
    ),
    (Reason.TOO_SHORT, {"body": html("<p>Soon.</p>")}),
]


@pytest.mark.parametrize(
    ("reason", "given_page"),
    REJECTED,
    ids=[f"{reason}-{number}" for number, (reason, _) in enumerate(REJECTED)],
)
def test_what_is_no_article_is_named(reason, given_page):
    result = found(**given_page)
    assert isinstance(result, Rejected)
    assert result.reason == reason, result.detail


def test_metadata():
    said = {
        "@type": "NewsArticle",
        "headline": "Ferries run again",
        "datePublished": "2026-10-09T07:05:00+04:00",
        "dateModified": "2026-10-09T09:00:00+04:00",
        "author": [
            {"@type": "Person", "name": "By Leyla Kanarlı"},
            {"name": "Staff"},
            {"@type": "Organization", "name": "Kanar"},
        ],
        "publisher": {"name": "Kanar"},
        "articleSection": "Sea",
        "keywords": "ferry, bay",
    }
    result = found(
        html(
            PROSE + '<p>More in <a href="/doc/1?utm_source=x">the timetable</a> of the harbour '
            "office, which is printed every week.</p>",
            f'<script type="application/ld+json">{json.dumps(said)}</script><meta '
            'property="og:image" content="/i/1.jpg">',
        )
    )
    assert isinstance(result, Article)
    assert result.title == "Ferries run again"
    assert result.authors == ("Leyla Kanarlı",)
    assert result.published == datetime.fromisoformat("2026-10-09T07:05:00+04:00")
    assert (result.published_raw, result.published_source) == (
        "2026-10-09T07:05:00+04:00",
        "json-ld",
    )
    assert result.modified == datetime.fromisoformat("2026-10-09T09:00:00+04:00")
    assert (result.section, result.tags, result.language) == ("Sea", ("ferry", "bay"), "en")
    assert result.lead_image == "https://kanar.az/i/1.jpg"
    assert result.links == ("https://kanar.az/doc/1?utm_source=x",)
    assert result.url == URL
    assert result.kind is Kind.BRIEF


def test_the_door_is_believed_when_the_page_is_silent():
    result = found(
        "<html><body>" + PROSE + "</body></html>",
        hint_title="Ferries run again",
        hint_published=NOW,
    )
    assert isinstance(result, Article)
    assert (result.title, result.published, result.published_source) == (
        "Ferries run again",
        NOW,
        "door",
    )


def test_words_are_not_glued():
    result = found(
        html(
            "<p>On the 102<sup>nd</sup>anniversary the <b>mayor</b><i>Okar</i> spoke of <a "
            "href=/a>Kermen</a><a href=/b>Tarsa</a> and of the long winter before.</p>" + PROSE
        )
    )
    assert isinstance(result, Article)
    assert "102nd anniversary" in result.text
    assert "mayor Okar" in result.text
    assert "Kermen Tarsa" in result.text


def test_a_body_that_only_scripts_know():
    state = {
        "props": {
            "article": {
                "id": 4,
                "body": "".join(
                    f"<p>Line {number} of the report says that the quay is open and that "
                    "the ferries run.</p>"
                    for number in range(8)
                ),
            }
        }
    }
    result = found(
        "<html><head><title>Ferries run again</title></head><body><div id=app></div>"
        f'<script id="__STATE__" type="application/json">{json.dumps(state)}</script>'
        "</body></html>"
    )
    assert isinstance(result, Article)
    assert len(result.blocks) == 8
    assert result.chosen.startswith("script state")


def test_a_body_stated_in_json_ld_when_the_page_shows_less():
    body = "\n".join(
        f"Line {number} of the report says that the quay is open and that the ferries run "
        "every hour."
        for number in range(12)
    )
    said = json.dumps(
        {"@type": "NewsArticle", "headline": "Ferries run again", "articleBody": body}
    )
    result = found(
        html(
            "<p>The quay is open again after the storm, the office said.</p>",
            f'<script type="application/ld+json">{said}</script>',
        )
    )
    assert isinstance(result, Article)
    assert result.text == body


def test_a_layout_has_the_last_word():
    outlet = Outlet(
        name="kanar",
        region="tests",
        title="Kanar",
        home="https://kanar.az/",
        country="az",
        languages=("en",),
        timezone="Asia/Baku",
        doors=(),
        layouts=(
            Layout(until=date(2025, 12, 31), body=("#old",)),
            Layout(
                since=date(2026, 1, 1),
                body=("#text",),
                drop=(".x",),
                title="h2",
                author=".w",
                published=".d",
                date_format="%d/%m/%Y %H-%M",
            ),
        ),
    )
    body = (
        "<h2>The quay is open</h2><div class=w>Rena Tarsali</div><div class=d>05/10/2026 "
        f"08-15</div><div id=text>{PROSE}<p class=x>Our own notice, which is as long as a "
        "paragraph of the article and reads like one.</p></div><div id=y>"
        f"{PROSE.replace('ferry', 'tram')}</div>"
    )
    result = found(html(body), outlet)
    assert isinstance(result, Article)
    assert result.text.count("\n") == 2
    assert "tram" not in result.text
    assert (result.title, result.authors) == ("The quay is open", ("Rena Tarsali",))
    assert result.published.isoformat() == "2026-10-05T08:15:00+04:00"


@pytest.mark.parametrize(
    ("day", "author", "text"),
    [("2025-10-05", "Omar Reis", "tram"), ("2026-10-05", "Rena Tarsali", "ferry")],
)
def test_each_layout_counts_for_its_own_days(day, author, text):
    outlet = Outlet(
        name="kanar",
        region="tests",
        title="Kanar",
        home="https://kanar.az/",
        country="az",
        languages=("en",),
        timezone="Asia/Baku",
        doors=(),
        layouts=(
            Layout(until=date(2025, 12, 31), body=("#old",), author=".x"),
            Layout(since=date(2026, 1, 1), body=("#text",), author=".w"),
        ),
    )
    body = (
        f"<time datetime={day}T08:00></time><i class=w>Rena Tarsali</i><i class=x>Omar Reis</i>"
        f"<div id=old>{PROSE.replace('ferry', 'tram')}</div><div id=text>{PROSE}</div>"
    )
    result = found(html(body), outlet)
    assert isinstance(result, Article)
    assert result.authors == (author,)
    assert text in result.text
    shown = api.examine(page(html(body)), outlet)
    assert shown is not None
    assert [block.text for block in shown[1].blocks] == [block.text for block in result.blocks]


ARTICLES = samples(5, "en", 6)
BASES = [
    render(ARTICLES[number % 5], ARTICLES[:3], theme=theme)[0]
    for number, theme in enumerate(THEMES)
]
PIECES = [
    "<div>",
    "</div>",
    "<p",
    ">",
    "<table><tr>",
    "</script>",
    "<script>",
    "\x00",
    "\ufffd",
    "&#x110000;",
    "&amp;lt;",
    '"',
    "<!--",
    "-->",
    "<svg><p>",
    "<![CDATA[",
    "\U00013000",
    "<a href='javascript:x'>",
    '<script type="application/ld+json">{"@type":"NewsArticle",'
    '"author":[[[[{"name":null}]]]],"datePublished":{"a":1},"headline":[1],'
    '"keywords":{"x":2}}</script>',
    "<base href='http://[::1'>",
    "<a href='http://[bad'>A linked line of some length</a>",
    "<time datetime='9999-99-99'>",
    "<div>" * 300,
    "<meta property=article:published_time content=20260230T250000>",
    "\u202e",
    "<h1></h1>",
]


def mutated(base: str, edits: list[tuple[int, int, str]]) -> str:
    for place, cut, piece in edits:
        start = place % (len(base) + 1)
        base = base[:start] + piece + base[start + cut :]
    return base


EDITS = st.lists(
    st.tuples(st.integers(0, 10**6), st.integers(0, 4000), st.sampled_from(PIECES)), max_size=6
)


@given(st.sampled_from(BASES), EDITS, st.sampled_from(["utf-8", "utf-16", "cp1251"]))
@settings(deadline=None, max_examples=25, suppress_health_check=[HealthCheck.too_slow])
def test_no_mutated_page_raises(base, edits, charset):
    result = found(mutated(base, edits).encode(charset, "replace"))
    assert isinstance(result, Article | Rejected)
    assert not (isinstance(result, Rejected) and result.reason is Reason.BROKEN), result.detail


@given(st.binary(max_size=3000))
@settings(deadline=None, max_examples=40)
def test_no_bytes_raise(body):
    result = found(body)
    assert not (isinstance(result, Rejected) and result.reason is Reason.BROKEN), result.detail


@pytest.mark.slow
@given(st.sampled_from(BASES), EDITS, st.sampled_from(["utf-8", "utf-16", "cp1251"]))
@settings(
    deadline=None,
    max_examples=int(os.environ.get("KHABAR_FUZZ", "3000")),
    suppress_health_check=[HealthCheck.too_slow],
)
def test_no_mutated_page_raises_at_length(base, edits, charset):
    result = found(mutated(base, edits).encode(charset, "replace"))
    assert not (isinstance(result, Rejected) and result.reason is Reason.BROKEN), result.detail


@given(EDITS)
@settings(deadline=None, max_examples=10)
def test_pruning_never_adds_text(edits):
    result = found(mutated(BASES[0], edits))
    if isinstance(result, Article) and result.chosen == "segments":
        from extract.page import reading

        read = reading.read(page(mutated(BASES[0], edits)), outlet_of(URL))
        shown = {segment.text for segment in read.segments}
        assert {block.text for block in result.blocks} <= shown


def test_the_agency_that_the_text_names_is_its_credit():
    assert (
        found(html(f"{PROSE}<p>The harbour will open on Monday, Interfax reports.</p>")).credit
        == "Interfax"
    )
    assert found(html(PROSE)).credit == ""


def test_a_rejected_page_keeps_its_date_and_authors():
    head = (
        '<script type="application/ld+json">{"@type": "LiveBlogPosting", "headline": '
        '"Ferries run again", "datePublished": "2026-03-14T10:25:00+04:00",'
        '"author": {"@type": "Person", "name": "Jane Roe"}}</script>'
    )
    result = found(html(PROSE, head))
    assert isinstance(result, Rejected)
    assert (result.published, result.authors) == (
        datetime.fromisoformat("2026-03-14T10:25:00+04:00"),
        ("Jane Roe",),
    )
