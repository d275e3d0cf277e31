"""An outlet that does not stand well says so in a sentence.

In the run's report and in the list of outlets.
"""

from datetime import UTC, datetime, timedelta

import pytest
from kept_runs import OUTLET, kept, pages, passed

from cli import outlets_list
from pipeline import outlet_status, settings
from pipeline.run import run_record
from storage import Archive

NOTE = "nothing new for 4.0 days, in which about 24 articles were to be expected"


@pytest.mark.parametrize(
    ("state", "note", "sentence"),
    [
        ("ok", "", None),
        ("silent", NOTE, f"kanar: silent: {NOTE}"),
        ("blocked", "blocked: HTTP 403", "kanar: blocked: blocked: HTTP 403"),
    ],
)
def test_a_state_is_told_with_its_reason(database_url, tmp_path, state, note, sentence):
    house = settings.read({"KHABAR_HOME": str(tmp_path), "KHABAR_DATABASE_URL": database_url})
    run = kept(house, datetime.now(UTC) - timedelta(hours=2), pages("broad", 3, 2))
    [folder] = run.outlets()
    run_record.write_json(folder.report, {"state": state, "pages": 2, "note": note})
    assert passed(house, run)["problems"] == ([sentence] if sentence else [])
    with Archive(database_url) as archive:
        status = outlet_status.of(archive, OUTLET, datetime.now(UTC))
    row = outlets_list.row_of(OUTLET, status)
    seen_by_runs = state == "silent"
    assert row["state"] == (state if seen_by_runs else "ok")
    assert row.get("note") == (note if seen_by_runs else None)
    line = outlets_list.line_of(row)
    assert (f"silent ({NOTE})" in line) == seen_by_runs
