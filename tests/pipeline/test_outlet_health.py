"""One judgement of an outlet's health, whoever asks."""

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from kept_runs import OUTLET, kept, pages, passed

from news.crawl import OutletState
from news.outlet import Expectation
from pipeline import outlet_health, settings
from pipeline.outlet_health import MEANINGS, Condition, Judgement, Level
from storage import Archive

NOW = datetime(2026, 6, 30, 12, 0, tzinfo=UTC)  # a Tuesday
LONG_AGO = NOW - timedelta(days=90)


def expecting(least: int = 0, most: int | None = None, quiet: tuple[str, ...] = ()):
    return replace(OUTLET, expects=Expectation(least=least, most=most, quiet_days=quiet))


def test_every_condition_has_a_level_a_sentence_and_what_to_do() -> None:
    assert set(MEANINGS) == set(Condition)
    for condition, meaning in MEANINGS.items():
        assert meaning.sentence
        assert bool(meaning.advice) == (condition is not Condition.OK)


def test_every_state_that_a_crawl_can_find_is_a_condition() -> None:
    assert {state.value for state in OutletState} <= {condition.value for condition in Condition}


def test_a_state_that_nobody_knows_is_no_good_news_and_none_is_not_run_yet() -> None:
    assert outlet_health.condition_of("of a later version") is Condition.BROKEN
    assert outlet_health.condition_of("") is Condition.NOT_RUN
    assert outlet_health.condition_of(None) is Condition.NOT_RUN
    assert outlet_health.level_of("ok") == "good"
    assert outlet_health.level_of("moved") == "warn"
    assert outlet_health.level_of("gone") == "bad"


def test_fewer_articles_than_the_file_expects_are_too_few() -> None:
    judged = outlet_health.by_count(expecting(least=10), 9, LONG_AGO, NOW)
    note = "9 new articles in the last day, at least 10 were expected"
    assert judged == Judgement(Condition.TOO_FEW, note)
    assert judged.level is Level.BAD
    assert judged.reddens_run
    assert outlet_health.by_count(expecting(least=10), 10, LONG_AGO, NOW).condition == "ok"


def test_on_a_quiet_day_and_in_the_first_hours_fewer_are_enough() -> None:
    quiet = expecting(least=10, quiet=("tue",))
    assert outlet_health.by_count(quiet, 0, LONG_AGO, NOW).condition is Condition.OK
    half_a_day = NOW - timedelta(hours=12)
    assert outlet_health.by_count(expecting(least=10), 5, half_a_day, NOW).condition == "ok"
    assert outlet_health.by_count(expecting(least=10), 4, half_a_day, NOW).condition == "too_few"


def test_more_articles_than_the_file_expects_warn_and_do_not_redden_the_run() -> None:
    judged = outlet_health.by_count(expecting(most=20), 21, LONG_AGO, NOW)
    assert judged.condition is Condition.TOO_MANY
    assert judged.level is Level.WARNING
    assert not judged.reddens_run
    assert outlet_health.by_count(expecting(most=20), 20, LONG_AGO, NOW).condition == "ok"
    assert outlet_health.by_count(expecting(most=0), 1, LONG_AGO, NOW).condition == "too_many"


def test_a_first_day_brings_what_was_there_before_and_is_not_too_full() -> None:
    just_now = NOW - timedelta(hours=3)
    assert outlet_health.by_count(expecting(most=20), 500, just_now, NOW).condition == "ok"


@pytest.mark.parametrize(
    ("state", "pages_fetched", "condition"),
    [
        ("ok", 2, "ok"),
        ("ok", 0, "nothing_fetched"),
        ("moved", 1, "moved"),
        ("moved", 0, "nothing_fetched"),
        ("blocked", 0, "blocked"),
        ("gone", 0, "gone"),
    ],
)
def test_a_check_fetches_articles_or_says_that_it_could_not(
    state: str, pages_fetched: int, condition: str
) -> None:
    assert outlet_health.after_check(state, "", pages_fetched).condition == condition


def test_the_archive_judges_by_doors_first_and_by_runs_where_only_a_run_can_see() -> None:
    assert outlet_health.after_runs(["ok"], "ok", "") == Judgement(Condition.OK)
    silent = outlet_health.after_runs(["ok", "ok"], "silent", "for 4 days")
    assert silent == Judgement(Condition.SILENT, "for 4 days")
    # A door that answers again ends what a run saw of it.
    assert outlet_health.after_runs(["ok"], "blocked", "HTTP 403") == Judgement(Condition.OK)
    mixed = outlet_health.after_runs(["ok", "gone"], "gone", "HTTP 404")
    assert mixed == Judgement(Condition.GONE, "HTTP 404")
    assert outlet_health.after_runs(["ok", "gone"], "silent", "why").note == ""


def test_pages_that_break_the_extractor_are_our_defect() -> None:
    row = {"state": "ok", "note": "", "rejected": {"broken": 2}}
    assert outlet_health.after_run(row) == Judgement(Condition.DEFECT, "2")
    assert outlet_health.after_run({**row, "state": "gone"}).condition is Condition.GONE


def test_advice_names_the_outlet() -> None:
    assert "`khabar outlets check kanar`" in Judgement(Condition.SILENT).advice("kanar")
    assert Judgement(Condition.OK).advice("kanar") == ""
    assert Judgement(Condition.GONE, "HTTP 404").words == "gone (HTTP 404)"
    assert Judgement(Condition.GONE).words == "gone"


def test_a_run_tells_of_too_many_articles_as_a_warning(database_url: str, tmp_path: Path) -> None:
    house = settings.read({"KHABAR_HOME": str(tmp_path), "KHABAR_DATABASE_URL": database_url})
    busy = expecting(most=1)
    began = datetime.now(UTC) - timedelta(days=3)
    passed(house, kept(house, began, pages("broad", 3, 2), outlet=busy))
    with Archive(database_url) as archive, archive.transaction() as cursor:
        cursor.execute("update outlets set first_seen_at = first_seen_at - interval '3 days'")
    report = passed(house, kept(house, datetime.now(UTC), pages("broad", 9, 3), outlet=busy))
    assert report["problems"] == []
    [warning] = report["warnings"]
    assert re.match(r"kanar: \d+ new articles in the last day, at most 1 were expected", warning)
