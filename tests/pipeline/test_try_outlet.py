"""What `outlets add` and `outlets try` say of an outlet's pages, and of what its rules change."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from news.article import Page
from news.outlet import Door, DoorKind, Layout, Outlet
from pipeline.run.try_outlet import effect, show_samples

AT = datetime(2026, 10, 6, 6, 0, tzinfo=UTC)
KANAR = Outlet(
    name="kanar",
    region="caspian",
    title="Kanar",
    home="https://kanar.example/",
    country="AZ",
    languages=("en",),
    timezone="Asia/Baku",
    doors=(Door(kind=DoorKind.FEED, url="https://kanar.example/rss"),),
)
PARAGRAPHS = (
    "The ferry across the bay left the quay at six with a hundred and twenty people on board.",
    "The harbour office said the timetable was back to normal and that old tickets stay valid.",
    "Two further boats are being repaired at the yard and will be on the water within the week.",
    "Fishermen had waited for four days, and the market opened with hardly any sturgeon at all.",
    "The wind is expected to turn on Thursday, when the smaller quays may have to close again.",
    "A new breakwater has been promised since the spring, and the money for it is in the budget.",
    "Captains asked the ministry for a light on the northern rocks, where a boat ran aground.",
)


def page(body: str, *, status: int = 200, name: str = "ferry") -> Page:
    """A page of Kanar."""
    url = f"https://kanar.example/{name}"
    text = f"<html lang=en><title>Ferries run again | Kanar</title>{body}</html>"
    return Page(
        url=url,
        final_url=url,
        status=status,
        headers=(("Content-Type", "text/html; charset=utf-8"),),
        body=text.encode(),
        fetched_at=AT,
    )


def story(*paragraphs: str, ident: str = "text", head: str = "<h1>Ferries run again</h1>") -> str:
    """An article's markup."""
    text = "".join(f"<p>{words}</p>" for words in paragraphs)
    return f"{head}<div id={ident}>{text}</div>"


def said(outlet: Outlet, *pages: Page) -> tuple[list[str], list[str]]:
    """The titles that are articles, and the lines that were said."""
    lines: list[str] = []
    titles = show_samples(outlet, pages, lines.append)
    return titles, [line.strip() for line in lines]


def test_an_article_without_date_and_byline_says_that_it_has_none() -> None:
    titles, lines = said(KANAR, page(story(*PARAGRAPHS[:3])))
    assert titles == ["Ferries run again"]
    assert lines[0] == "sample https://kanar.example/ferry"
    assert lines[2].startswith("no date | no byline | en | ")
    assert lines[3] == PARAGRAPHS[0]


def test_a_page_that_is_no_article_is_said_with_its_reason_and_counts_as_none() -> None:
    titles, lines = said(KANAR, page("<p>Not here.</p>", status=404))
    assert titles == []
    assert len(lines) == 2
    assert lines[1].startswith("rejected: gone")


def test_rules_that_change_nothing_say_so() -> None:
    ruled = replace(KANAR, layouts=(Layout(body=("#text",)),))
    _, lines = said(ruled, page(story(*PARAGRAPHS[:3])))
    assert lines[-1] == "rules: nothing changes on this page"


def test_without_rules_nothing_is_said_of_them() -> None:
    _, lines = said(KANAR, page(story(*PARAGRAPHS[:3])))
    assert not any(line.startswith("rules:") for line in lines)


def test_each_fact_that_the_rules_change_is_shown_beside_what_it_was() -> None:
    head = (
        "<h1>Ferries run again</h1><p class=t>A better title of it</p><p class=w>Rena Tarsali</p>"
    )
    layout = Layout(title=".t", author=".w", body=("#text",))
    ruled = replace(KANAR, layouts=(layout,))
    lines = list(effect(page(story(*PARAGRAPHS[:3], head=head)), ruled, None))
    assert "rules: title A better title of it, without them Ferries run again" in lines
    assert any(line.startswith("rules: authors Rena Tarsali, without them") for line in lines)
    assert not any(line.startswith("rules: verdict") for line in lines)


@pytest.mark.parametrize(("dropped", "more"), [(3, 0), (7, 2)])
def test_of_many_dropped_blocks_five_are_shown_and_the_others_counted(
    dropped: int, more: int
) -> None:
    kept = "The council met in the town hall and talked about the harbour light for three hours."
    ruled = replace(KANAR, layouts=(Layout(body=("#kept",)),))
    whole = page(story(*PARAGRAPHS[:dropped]) + story(kept, kept.upper(), ident="kept", head=""))
    lines = list(effect(whole, ruled, None))
    away = [line for line in lines if line.startswith("rules: - ")]
    shown = [line for line in away if not line.endswith("more blocks")]
    assert shown == [f"rules: - {words[:140]}" for words in PARAGRAPHS[: min(dropped, 5)]]
    counted = [line for line in away if line.endswith("more blocks")]
    assert counted == [f"rules: - {more} more blocks"] * bool(more)
