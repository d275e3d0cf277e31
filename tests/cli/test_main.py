"""The command line as a whole: its table, its help, how it ends."""

import importlib
import os
import subprocess
import sys
from pathlib import Path

import click
import pytest

from cli import main
from cli.output import json_line

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize("name", sorted(main.COMMANDS))
def test_every_command_of_the_table_is_there_and_has_a_sentence(name: str) -> None:
    module, attribute, words = main.COMMANDS[name]
    command = getattr(importlib.import_module(f"cli.{module}"), attribute)
    assert isinstance(command, click.Command)
    assert command.name == name
    assert command.help
    assert words.endswith(".")


def test_every_command_shows_its_help(khabar) -> None:
    for name in main.COMMANDS:
        shown = khabar(name, "--help")
        assert shown.exit_code == 0, name
        assert "Usage: khabar" in shown.stdout


def test_help_imports_no_command() -> None:
    code = (
        "import sys\n"
        "sys.argv = ['khabar', '--help']\n"
        "from cli.main import khabar\n"
        "khabar(standalone_mode=False)\n"
        "print(sorted(n for n in sys.modules if n.split('.')[0] in "
        "('pipeline', 'storage', 'crawlers', 'extract', 'pydantic', 'rich')), file=sys.stderr)\n"
    )
    done = subprocess.run(
        [sys.executable, "-P", "-c", code], capture_output=True, text=True, check=True, cwd=ROOT
    )
    assert "Start everything" in done.stdout
    assert done.stderr.strip() == "[]"


def test_an_unknown_command_is_refused(khabar) -> None:
    assert khabar("fly").exit_code == 2


def started(*words: str, home: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Call khabar in a process of its own."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith("KHABAR_")}
    return subprocess.run(
        [sys.executable, "-P", "-m", "cli.main", *words],
        env={**clean, "KHABAR_HOME": str(home), **environment},
        capture_output=True,
        text=True,
        check=False,
        cwd=ROOT,
    )


def test_an_expected_error_is_one_sentence(tmp_path: Path) -> None:
    done = started("search", "x", home=tmp_path, KHABAR_WARC_DAYS="many")
    assert done.returncode == 1
    assert done.stderr == (
        "khabar: KHABAR_WARC_DAYS is 'many'; it must be a number of days, 1 or more\n"
    )


def test_a_wrong_option_shows_how_the_command_is_used(tmp_path: Path) -> None:
    done = started("logs", "--fly", home=tmp_path)
    assert done.returncode == 2
    assert "Usage: khabar logs" in done.stderr


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (KeyboardInterrupt(), 130),
        (click.Abort(), 130),
        (click.ClickException("x"), 1),
    ],
)
def test_each_end_has_its_exit_code(
    monkeypatch: pytest.MonkeyPatch, error: BaseException, code: int
) -> None:
    def fail(**_options: object) -> None:
        raise error

    monkeypatch.setattr(main.khabar, "main", fail)
    with pytest.raises(SystemExit) as ended:
        main.main()
    assert ended.value.code == code


def test_a_closed_pipe_ends_quietly(tmp_path: Path) -> None:
    code = (
        "from cli import main\n"
        "def closed(**_): raise BrokenPipeError\n"
        "main.khabar.main = closed\n"
        "main.main()\n"
    )
    done = subprocess.run(
        [sys.executable, "-P", "-c", code], capture_output=True, text=True, check=False, cwd=ROOT
    )
    assert done.returncode == 141
    assert done.stderr == ""


def test_a_surprise_keeps_its_traceback(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def fail(**_options: object) -> None:
        raise RuntimeError("boom")

    monkeypatch.setenv("KHABAR_HOME", str(tmp_path))
    monkeypatch.delenv("SENTRY_DSN", raising=False)
    monkeypatch.setattr(main.khabar, "main", fail)
    monkeypatch.setattr(sys, "argv", ["khabar", "--option"])
    with pytest.raises(RuntimeError, match="boom"):
        main.main()


def test_a_json_line_keeps_the_letters_of_every_script() -> None:
    assert json_line({"a": "ქართული"}) == '{"a": "ქართული"}'
