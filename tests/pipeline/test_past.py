"""An outlet's past: what is refused before anything is fetched."""

import pytest

from pipeline import past, settings
from pipeline.runfolder import RunError


def test_an_outlet_nobody_has_is_refused_by_name(tmp_path):
    read = settings.read({"KHABAR_HOME": str(tmp_path)})
    past.require(read, ["trend.az", "haqqin.az"])
    with pytest.raises(RunError, match=r"no outlet 'trend.example' in .*outlets list"):
        past.require(read, ["trend.az", "trend.example"])
    assert not list(tmp_path.iterdir())
