"""Which of the dates on a page is that of its publication."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from extract.metadata import dates
from extract.page import dom, head, headline_place, segments

LATEST = datetime(2026, 11, 22, 12, tzinfo=UTC)
BAKU = ZoneInfo("Asia/Baku")
TEXT = (
    "<p>The ferry across the bay left the quay at six in the morning and came back before noon, "
    "the harbour master told reporters who had waited there since dawn.</p>"
    "<p>Two more boats will follow in the spring, when the ice on the northern shore is gone.</p>"
)


def moment(body, said="", url="https://port.example/ferry", headline="Ferries run again"):
    root = dom.parse(f"<html><head>{said}</head><body>{body}</body></html>")
    runs = segments.segments(root)
    return dates.published(
        head.read(root),
        root,
        runs,
        BAKU,
        LATEST,
        url=url,
        at=headline_place.locate(runs, headline),
    )


def day(body, said="", **more):
    found = moment(body, said, **more)
    return found and found.at.date().isoformat()


def article(between="", text=TEXT, said="", **more):
    return day(f"<main><h1>Ferries run again</h1>{between}{text}</main>", said, **more)


def stated(moment_, name="article:published_time"):
    return f'<meta property="{name}" content="{moment_}">'


@pytest.mark.parametrize(
    "between",
    [
        "<p>2 March 2026</p>",
        "<div>Published 2 March 2026</div><div>Updated 9 March 2026</div>",
        "<time datetime='2026-03-02'>2 March</time>",
    ],
)
def test_a_shown_day_before_the_stated_one_is_that_of_publication(between):
    assert article(between, said=stated("2026-08-09T10:00:00Z")) == "2026-03-02"


def test_a_shown_day_that_the_page_calls_its_last_change_is_not_that_of_publication():
    said = stated("2026-03-02T10:00:00+04:00")
    assert article("<p>Updated: 9 August 2026</p>", said=said) == "2026-03-02"
    said += stated("2026-08-09T10:00:00+04:00", "article:modified_time")
    assert article("<p>9 August 2026</p>", said=said) == "2026-03-02"


def test_a_day_stated_in_two_ways_stands_against_a_shown_one():
    said = stated("2026-08-09T10:00:00Z") + (
        '<script type="application/ld+json">{"@type":"NewsArticle",'
        '"datePublished":"2026-08-09T10:00:00Z"}</script>'
    )
    assert article("<p>2 March 2026</p>", said=said) == "2026-08-09"


def test_a_day_without_a_year_never_stands_against_a_stated_one():
    assert article("<p>9 August</p>", said=stated("2024-08-09T10:00:00+04:00")) == "2024-08-09"


@pytest.mark.parametrize(
    ("utc", "shown", "local"),
    [
        ("2026-03-01T22:04:00Z", "2 March 2026", "2026-03-02T02:04:00+04:00"),
        ("2026-03-02T02:04:00Z", "1 March 2026", "2026-03-01T23:04:00-03:00"),
    ],
)
def test_a_moment_in_utc_is_told_on_the_day_that_readers_are_shown(utc, shown, local):
    found = moment(f"<main><h1>Ferries run again</h1><p>{shown}</p>{TEXT}</main>", stated(utc))
    assert found is not None
    assert found.at == datetime.fromisoformat(utc)
    assert found.at.date() == datetime.fromisoformat(local).date()


def test_a_date_in_the_figure_that_holds_the_headline_is_no_caption():
    figure = (
        "<figure><img src=a.jpg><figcaption><small>02.03.2026</small>"
        "<h1>Ferries run again</h1></figcaption></figure>"
    )
    caption = "<figure><img src=a.jpg><figcaption>02.03.2026</figcaption></figure>"
    assert day(f"<main>{figure}{TEXT}</main>") == "2026-03-02"
    assert day(f"<main><h1>Ferries run again</h1>{caption}{TEXT}</main>") is None


def test_a_date_inside_the_headlines_element_counts():
    body = f"<main><h1>Ferries run again<br><small>02.03.2026 • Port</small></h1>{TEXT}</main>"
    assert day(body) == "2026-03-02"


@pytest.mark.parametrize(
    "opening",
    [
        "BAKU, 2 March 2026, Port Agency. ",
        "2.3.2026 - ",
        "Quba (02.03.2026). ",
        '<span class="text_date">2 March 2026.</span> ',
    ],
)
def test_the_dateline_that_opens_the_text_dates_it(opening):
    assert article(text=TEXT.replace("<p>", f"<p>{opening}", 1)) == "2026-03-02"


@pytest.mark.parametrize(
    "opening",
    [
        "On 2 March 2026, ",
        "Since 02.03.2026 - as before - ",
        "The boat of 2 March 2026. ",
    ],
)
def test_a_sentence_that_speaks_of_a_day_dates_nothing(opening):
    assert article(text=TEXT.replace("<p>", f"<p>{opening}", 1)) is None


def test_a_general_stated_date_comes_before_a_dateline_of_the_text():
    said = stated("2026-03-05", "w-published-date")
    assert article(text=TEXT.replace("<p>", "<p>2.3.2026 - ", 1), said=said) == "2026-03-05"


def test_blogs_that_mark_the_hour_at_the_posts_foot_are_read():
    foot = (
        "<div class=post-footer><a><abbr class=published itemprop=datePublished "
        "title='2026-03-02T10:52:00+04:00'>10:52</abbr></a></div>"
    )
    book = "<div>Released: 14.02.2026</div>"
    url = "https://port.example/2026/03/ferries.html"
    assert article(book, TEXT + foot, url=url) == "2026-03-02"


def test_an_abbreviation_is_no_date():
    many = "<abbr title='Nautical miles'>NM</abbr> " * 200
    assert article(text=f"<p>{many}</p><time datetime='2026-03-02'>2 March</time>") == "2026-03-02"


def test_a_last_change_beside_the_headline_comes_before_a_date_elsewhere():
    aside = "<div class=box><p>14 February 2026</p></div>"
    body = f"<main><h1>Ferries run again</h1><p>Last modified: 2 March 2026</p>{TEXT}</main>{aside}"
    assert day(body) == "2026-03-02"


def test_a_date_by_itself_in_headline_description_or_address_is_the_last_resort():
    assert article(said="<title>02.03.2026 | Ferries run again</title>") == "2026-03-02"
    described = '<meta name="description" content="Ferries run again (News of 2 March 2026)">'
    assert article(said=described) == "2026-03-02"
    assert article(url="https://port.example/news/02032026-ferries") == "2026-03-02"


def test_the_state_of_a_page_dates_the_object_with_its_headline():
    state = (
        '<script id=__NEXT_DATA__ type="application/json">{"props":{"others":[{"title":"Ice",'
        '"publishedAt":"2026-01-01T08:00:00Z"}],"story":{"title":"Ferries run again",'
        '"publishedAt":"2026-03-02T08:00:00Z"}}}</script>'
    )
    assert article(text=TEXT + state) == "2026-03-02"


def test_a_page_with_american_dates_has_the_month_first():
    others = "<ul><li>5/23/2026</li></ul>"
    assert article("<p>3/2/2026</p>") == "2026-02-03"
    assert article("<p>3/2/2026</p>", TEXT + others) == "2026-03-02"
    assert article("<p>3/2/2026</p>", TEXT + others + "<p>23/5/2026</p>") == "2026-02-03"


def test_an_account_or_a_clock_is_no_date_of_the_article():
    for line in ("Joined: 02.03.2026", "Зарегистрирован: 02.03.2026", "Current time: 02.03.2026"):
        assert article(text=f"{TEXT}<div>{line}</div>") is None


def test_a_span_of_days_is_no_day():
    assert article("<p>1 - 15 March</p>") is None
    assert article("<p>15 March</p>") == date(2026, 3, 15).isoformat()
