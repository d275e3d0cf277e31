"""What a person is told of a watch before it is saved: how much it brings, and what is amiss."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from news.watch import Rhythm, Watch
from pipeline.alerts import preview
from pipeline.alerts.preview import Preview
from watches import checked

Look = Callable[..., Preview]


@pytest.fixture
def look(world) -> Look:
    """Preview a watch."""

    def see(query: str = "transit", **fields: object) -> Preview:
        watch = checked(Watch(name="w", query=query, recipients=(), **fields))
        with world.archive.transaction() as cursor:
            return preview.preview(cursor, watch, world.now)

    return see


def publish(world, number: int, title: str = "Transit") -> None:
    for count in range(number):
        world.publish(title=f"{title} {count}", text=f"{title} was talked about: {count}.")


def test_of_an_empty_archive_nothing_can_be_said(look: Look) -> None:
    found = look()
    assert found.warnings == ("the archive has no articles yet, so nothing can be said",)
    assert found.days == preview.DAYS
    assert (found.mails, found.a_week, found.last_fit) == (0, 0.0, None)
    assert preview.lines(found)[0].startswith("last 30 days: 0 of 0 articles fit")


def test_a_watch_that_fits_is_shown_with_its_words_parts_and_newest_articles(
    world, look: Look
) -> None:
    publish(world, 2)
    publish(world, 1, "Railway")
    lines = preview.lines(look("transit OR railway"))
    assert lines[0].startswith("last 1 days: 3 of 3 articles fit, 3 stories, 3 mails, about 21.0")
    assert lines[1] == "words that do the work: transit 2, railway 1"
    assert "  transit: 2 articles, 2 only by it" in lines
    assert "  railway: 1 articles, 1 only by it" in lines
    assert sum(line.startswith("  2026-11-02 08:00  ") for line in lines) == 3


def test_what_two_parts_bring_neither_brings_alone(world, look: Look) -> None:
    world.publish(title="Transit by railway")
    both = look("transit OR railway").parts
    assert [(part.articles, part.alone) for part in both] == [(1, 0), (1, 0)]


def test_more_mails_than_anybody_reads_are_too_broad_at_once_and_no_digest(
    world, look: Look, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(preview, "_BROAD_MAILS", 20)
    publish(world, 3)
    (warning,) = look().warnings
    assert warning == (
        "too broad: about 21 mails a week; narrow the query, or take a digest (--rhythm daily)"
    )
    daily = look(rhythm=Rhythm.DAILY)
    assert (daily.mails, daily.warnings) == (1, ())
    monkeypatch.setattr(preview, "_BROAD_MAILS", 21)
    assert look().warnings == ()


def test_a_share_of_all_articles_is_told_only_where_it_says_something(
    world, look: Look, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish(world, 2)
    publish(world, 2, "Railway")
    assert look().warnings == ()
    monkeypatch.setattr(preview, "_ENOUGH_ARTICLES", 3)
    assert look().warnings == ("broad: 50% of all articles fit",)
    monkeypatch.setattr(preview, "_BROAD_SHARE", 0.5)
    assert look().warnings == ()


def test_a_query_whose_articles_were_not_all_looked_at_says_so(
    world, look: Look, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish(world, 3)
    monkeypatch.setattr(preview, "_MOST", 2)
    found = look()
    assert found.fitting == 2
    assert found.warnings[0].startswith("too broad: more than 2 articles of 30 days may fit")


def test_places_that_the_archive_does_not_know_are_named(world, look: Look) -> None:
    publish(world, 1)
    warnings = look(outlets=("nowhere",), regions=("nowhere",)).warnings
    assert "the archive knows no outlet 'nowhere'" in warnings
    assert "the archive knows no region 'nowhere'" in warnings
    assert not any("knows no" in warning for warning in look(outlets=("wire",)).warnings)


def test_an_archive_older_than_a_month_is_asked_for_a_month(world, look: Look) -> None:
    publish(world, 1)
    world.later(days=29)
    found = look()
    assert found.days == pytest.approx(29)
    assert found.last_fit == world.now - timedelta(days=29)
