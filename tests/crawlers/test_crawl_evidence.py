"""A kept page is found again; retention keeps to age and size."""

import os
from datetime import UTC, datetime, timedelta

import pytest

from crawlers import evidence, warc

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)


@pytest.fixture
def runs(tmp_path):
    for day in range(1, 11):
        folder = tmp_path / f"2026-11-{day:02d}T000000Z" / "caspian" / "x.az"
        folder.mkdir(parents=True)
        writer = warc.Writer(folder / evidence.NAME)
        for number in (1, day):
            writer.write(warc.Exchange(asked=f"https://www.x.az/{number}/?utm_source=a", url=f"https://www.x.az/{number}", status=200, headers=(), body=os.urandom(3000),
                                       fetched_at=NOW))
        writer.close()
        moment = datetime(2026, 11, day, tzinfo=UTC).timestamp()
        os.utime(folder / evidence.NAME, (moment, moment))
    return tmp_path


def test_a_page_is_found_in_every_run_that_has_it(runs):
    assert len(list(evidence.find(runs, "https://x.az/7"))) == 1
    assert len(list(evidence.find(runs, "https://x.az/1"))) == 11
    assert list(evidence.find(runs, "https://x.az/99")) == []


def test_retention_by_age_then_by_size(runs):
    before = sum(path.stat().st_size for path in runs.glob("*/*/*/*.gz"))
    by_age = evidence.prune(runs, NOW, age=timedelta(days=15), most=1 << 40)
    assert (by_age.files, len(list(runs.glob("*/*/*/*.gz")))) == (7, 3)
    assert by_age.bytes + by_age.left == before
    by_size = evidence.prune(runs, NOW, age=timedelta(days=15), most=by_age.left // 2)
    assert 0 < by_size.left <= by_age.left // 2
    assert [path.parents[2].name for path in sorted(runs.glob("*/*/*/*.gz"))] == ["2026-11-10T000000Z"]


def test_what_is_of_today_stays(runs):
    assert evidence.prune(runs, datetime(2026, 11, 10, 12, tzinfo=UTC), age=timedelta(0), most=0).files == 9
