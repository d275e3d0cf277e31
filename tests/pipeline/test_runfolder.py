"""Run folders: names, safety, whole files only."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from pipeline.run import run_folder

NOW = datetime(2026, 11, 22, 10, 0, 5, tzinfo=UTC)


def test_two_runs_in_one_second_have_two_folders(tmp_path: Path) -> None:
    first, second = run_folder.create(tmp_path, NOW), run_folder.create(tmp_path, NOW)
    assert first.name == "2026-11-22T100005Z"
    assert second.name == "2026-11-22T100005Z.1"
    assert run_folder.find(tmp_path, "latest") == second


@pytest.mark.parametrize("name", ["../x", "a/b", "", ".x", "A", "a" * 101])
def test_names_cannot_leave_the_run(tmp_path: Path, name: str) -> None:
    with pytest.raises(run_folder.RunError):
        run_folder.RunFolder(tmp_path).outlet("caucasus", name)


def test_a_file_exists_only_when_whole(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"

    def interrupted() -> None:
        with run_folder.writing(path) as file:
            file.write("half")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        interrupted()
    assert list(tmp_path.iterdir()) == []
    with run_folder.writing(path) as file:
        file.write("whole")
    assert path.read_text() == "whole"
    assert list(tmp_path.iterdir()) == [path]


def test_a_missing_run_is_named(tmp_path: Path) -> None:
    with pytest.raises(run_folder.RunError, match="no run yet"):
        run_folder.find(tmp_path, "latest")
    with pytest.raises(run_folder.RunError, match="there is no such run"):
        run_folder.find(tmp_path, "2026")
