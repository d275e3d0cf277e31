"""An outlet's past: what is refused before anything is fetched."""

import pytest

from pipeline import settings
from pipeline.run import backfill
from pipeline.run.run_folder import RunError


def test_an_outlet_nobody_has_is_refused_by_name(tmp_path):
    read = settings.read({"KHABAR_HOME": str(tmp_path)})
    backfill.require(read, ["trend.az", "haqqin.az"])
    with pytest.raises(RunError, match=r"no outlet 'trend.example' in .*outlets list"):
        backfill.require(read, ["trend.az", "trend.example"])
    assert not list(tmp_path.iterdir())
