"""A login that an outlet file names is found in the environment or in a private file."""

import pytest

from pipeline import secrets
from pipeline.errors import HouseError


@pytest.fixture
def folder(tmp_path):
    made = tmp_path / "secrets"
    made.mkdir(mode=0o700)
    return made


def test_a_login_stands_in_a_private_file_or_in_the_environment(tmp_path, folder, monkeypatch):
    path = folder / "login-old-harbour"
    path.write_text("basic reader:first\n")
    path.chmod(0o600)
    assert secrets.outlet_login(tmp_path, "old-harbour") == "basic reader:first"
    monkeypatch.setenv("KHABAR_LOGIN_OLD_HARBOUR", "basic reader:second")
    assert secrets.outlet_login(tmp_path, "old-harbour") == "basic reader:second"


def test_an_outlet_without_a_login_needs_none(tmp_path):
    assert secrets.outlet_login(tmp_path, "") == ""


def test_a_missing_login_says_where_it_may_stand(tmp_path):
    with pytest.raises(HouseError, match=r"KHABAR_LOGIN_HARBOUR or write .*login-harbour"):
        secrets.outlet_login(tmp_path, "harbour")


def test_a_login_that_others_can_read_is_refused(tmp_path, folder):
    path = folder / "login-harbour"
    path.write_text("basic reader:first\n")
    path.chmod(0o644)
    with pytest.raises(HouseError, match="chmod 600") as told:
        secrets.outlet_login(tmp_path, "harbour")
    assert "first" not in str(told.value)
