"""A run's colour: by the share an operator allows, by must-have outlets, each ailment told once."""

from datetime import UTC, datetime

import pytest

from pipeline import settings
from pipeline.run.verdict import ails, ails_since, verdict

NOW = datetime(2026, 3, 1, 8, tzinfo=UTC)


def lines(**conditions: str) -> dict:
    return {name: {"state": "ok", "condition": found} for name, found in conditions.items()}


def judged(rows: dict, *, must_have=(), ailed_before=(), red_share=0.25, light=False):
    return verdict(
        rows, must_have=must_have, ailed_before=ailed_before, red_share=red_share, light=light
    )


def test_a_few_outlets_that_ail_leave_the_run_green_and_are_named():
    found = judged(lines(a="ok", b="ok", c="ok", d="unreachable"))
    assert not found.red
    assert found.sentence == "1 of 4 outlets ail; new: d (unreachable)"


def test_more_than_the_share_makes_it_red_and_the_sentence_names_the_variable():
    found = judged(lines(a="ok", b="ok", c="gone", d="unreachable"))
    assert found.red
    assert found.sentence == (
        "2 of 4 outlets ail, more than the 25% that khabar_red_share allows; "
        "new: c (gone), d (unreachable)"
    )
    assert not judged(lines(a="ok", b="ok", c="gone", d="unreachable"), red_share=0.5).red


def test_a_share_of_nought_allows_none_and_one_allows_all():
    assert judged(lines(a="gone", b="ok"), red_share=0.0).red
    assert not judged(lines(a="ok"), red_share=0.0).red
    assert not judged(lines(a="gone"), red_share=1.0).red


def test_a_must_have_outlet_reddens_the_run_alone():
    rows = lines(**{f"o{number}": "ok" for number in range(20)}, wire="blocked")
    assert not judged(rows).red
    found = judged(rows, must_have=["wire"])
    assert found.red
    assert found.sentence.startswith("must-have: wire (blocked)")


def test_what_ailed_before_is_counted_and_named_no_more():
    found = judged(lines(a="ok", b="gone", c="gone", d="parked"), ailed_before=["b", "c"])
    assert found.red
    assert "new: d (parked); 2 for longer, told before" in found.sentence
    assert "b (" not in found.sentence


def test_warnings_and_outlets_left_to_another_run_are_no_ailment():
    rows = lines(a="silent", b="skipped", c="too_many", d="rate_limited")
    assert not any(ails(row) for row in rows.values())
    assert judged(rows).sentence == "all 4 outlets are well"


def test_a_light_run_is_red_by_failures_of_ours_alone():
    assert not judged(lines(a="gone"), light=True).red
    assert judged(lines(a="failed"), light=True).red


def test_a_run_without_outlets_is_green():
    assert not judged({}).red


def test_since_when_an_outlet_ails_is_carried_on_and_ends_when_it_is_well():
    [ill] = lines(a="gone").values()
    [well] = lines(a="ok").values()
    assert ails_since(ill, "", NOW) == "2026-03-01T08:00:00+00:00"
    assert ails_since(ill, "2026-02-27T08:00:00+00:00", NOW) == "2026-02-27T08:00:00+00:00"
    assert not ails_since(well, "2026-02-27T08:00:00+00:00", NOW)


@pytest.mark.parametrize("given", ["a", "-0.1", "1.1", "25%"])
def test_a_threshold_that_is_no_share_is_refused(given):
    with pytest.raises(settings.SettingsError, match="share from 0 to 1"):
        settings.read({"KHABAR_RED_SHARE": given})
