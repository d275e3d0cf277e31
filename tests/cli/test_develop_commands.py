"""Commands for those who work on Khabar, with programs of their own in place of the tools."""

import subprocess
import sys
from pathlib import Path

import pytest

from cli import coverage, develop


@pytest.fixture
def ran(monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """The programs that were called; each ends with 0, but those named `fails`."""
    calls: list[list[str]] = []

    def run(command: list[str], **_options: object) -> subprocess.CompletedProcess[str]:
        calls.append([Path(command[0]).name, *command[1:]])
        code = 1 if any("fails" in word for word in command) else 0
        return subprocess.CompletedProcess(command, code, "", "")

    monkeypatch.setattr(subprocess, "run", run)
    return calls


def test_lint_runs_every_check_the_format_too(ran, khabar) -> None:
    assert khabar("lint").exit_code == 0
    assert ["ruff", "format", "--check", "."] in ran
    assert [call[0] for call in ran] == ["ruff", "ruff", "mypy", "lint-imports"]


def test_tests_run_on_both_cores_without_the_slow_ones_unless_asked(ran, khabar) -> None:
    assert khabar("test", "--no-lint").exit_code == 0
    assert ran == [["pytest", "-m", "not slow", "-n", "2", "--dist", "loadfile"]]
    ran.clear()
    khabar("test", "--no-lint", "--slow", "-n0", "tests/news")
    assert ran == [["pytest", "-n0", "tests/news"]]


def test_what_failed_is_named(ran, khabar) -> None:
    done = khabar("test", "--no-lint", "fails")
    assert done.exit_code == 1
    assert "failed: pytest" in done.stderr


def test_every_lock_is_made_and_the_first_that_cannot_be_is_named(ran, khabar) -> None:
    assert khabar("lock", "--upgrade").exit_code == 0
    assert [call[-2] for call in ran] == [f"requirements/{name}" for name, _ in develop._LOCKS]
    assert all(call[-1] == "--upgrade" for call in ran)


def test_a_benchmark_is_named_or_all_are_listed(ran, khabar) -> None:
    listed = khabar("bench")
    assert listed.exit_code == 1
    assert "name one of:" in listed.stderr
    assert khabar("bench", "crawl", "--x").exit_code == 0
    assert ran[-1][-1] == "--x"


def test_each_room_with_tests_has_a_floor() -> None:
    rooms = {path.name for path in (develop.ROOT / "tests").iterdir() if path.is_dir()}
    packages = {path.parent.name for path in develop.ROOT.glob("*/__init__.py")}
    assert rooms & packages == set(coverage.FLOORS)


def test_coverage_is_told_by_room_and_fails_below_the_floor(
    monkeypatch: pytest.MonkeyPatch, khabar
) -> None:
    percents = {"news": 95.0, "cli": 10.0}

    def run(command: list[str], **_options: object) -> subprocess.CompletedProcess[str]:
        report = Path(command[-1].partition("json:")[2])
        room = next(word for word in command if word.startswith("--cov=")).removeprefix("--cov=")
        if room in percents:
            report.write_text(f'{{"totals": {{"percent_covered": {percents[room]}}}}}')
        return subprocess.CompletedProcess(command, 0)

    monkeypatch.setattr(subprocess, "run", run)
    done = khabar("test", "--no-lint", "--coverage", "news", "cli", "press")
    assert done.exit_code == 1
    assert "news         95.0  floor 90" in done.stdout
    assert "too little" in done.stdout
    assert "failed: coverage of cli; coverage of press" in done.stderr
    assert khabar("test", "--no-lint", "--coverage", "attic").exit_code == 2


def test_python_of_the_checks_is_this_environments() -> None:
    assert Path(sys.executable).parent.is_dir()
