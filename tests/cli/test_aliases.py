"""`khabar aliases`: the desk's own names, as a person edits them."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from cli.aliases import aliases


@pytest.fixture
def call(tmp_path: Path, monkeypatch):
    monkeypatch.setenv("KHABAR_HOME", str(tmp_path))
    return lambda *arguments: CliRunner().invoke(aliases, arguments)


def test_a_name_is_added_shown_and_removed(call, tmp_path: Path):
    assert call("add", "Middle Corridor", "Orta Dəhliz").output == "Middle Corridor = Orta Dəhliz\n"
    assert "Middle Corridor = Orta Dəhliz" in call("list").output
    assert str(tmp_path / "aliases.txt") in call("list").output
    assert call("list", "orta dəhliz").output == "Middle Corridor = Orta Dəhliz\n"
    assert call("remove", "Middle Corridor").output == "removed: Middle Corridor\n"
    assert "Middle Corridor =" not in call("list").output


def test_the_package_s_names_are_shown_too(call):
    assert call("list", "Bakı").output.startswith("Baku = ")


def test_an_unknown_name_is_a_sentence(call):
    found = call("list", "Nowhere at all")
    assert found.exit_code == 1
    assert "no table has" in found.output
