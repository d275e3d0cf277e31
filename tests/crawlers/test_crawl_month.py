"""Some days of the simulated month; the whole of it is `./khabar bench crawl --month 30`."""

import crawl_month
import pytest


@pytest.mark.slow
def test_three_days_of_difficult_outlets():
    rows = crawl_month.run(3, ["overflow", "liar", "eraser", "nested", "sessions", "slowly"])
    for name, row in rows.items():
        assert (name, row["missed"], row["twice"], row["strangers"], row["forbidden"]) == (
            name,
            0,
            0,
            0,
            0,
        )
        assert row["edits_planned_missed"] + row["deletions_planned_missed"] == 0
        assert row["requests"] <= row["allowed"]
    assert rows["slowly"]["closest"] >= 10
