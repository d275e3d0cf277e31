"""The launcher.

From any directory, through a link, with no fitting Python, with a foreign environment.
"""

import os
import subprocess
from pathlib import Path

import pytest

from pipeline import settings
from service import bootstrap

ROOT = Path(__file__).resolve().parents[2]


def call(
    *arguments: str, cwd: Path | str = ROOT, program: Path = ROOT / "khabar", **environment: str
) -> subprocess.CompletedProcess[str]:
    kept = {**os.environ, "KHABAR_ENV": "dev", **environment}
    return subprocess.run(
        [str(program), *arguments],
        cwd=cwd,
        env=kept,
        text=True,
        capture_output=True,
        check=False,
        timeout=300,
    )


def test_help_from_another_directory_and_through_a_link(tmp_path: Path) -> None:
    link = tmp_path / "k"
    link.symlink_to(ROOT / "khabar")
    done = call("--help", cwd=tmp_path, program=link)
    assert done.returncode == 0, done.stderr
    assert "Start everything" in done.stdout


def test_a_foreign_environment_does_not_leak_in(tmp_path: Path) -> None:
    (tmp_path / "click.py").write_text("raise SystemExit('foreign')\n")
    done = call("--help", cwd=tmp_path, PYTHONPATH=str(tmp_path), VIRTUAL_ENV=str(tmp_path))
    assert done.returncode == 0, done.stderr


def test_no_python_is_one_clear_sentence(tmp_path: Path) -> None:
    for name in ("dirname", "readlink"):
        (tmp_path / name).symlink_to(f"/usr/bin/{name}")
    script = (
        (ROOT / "khabar")
        .read_text()
        .replace("/usr/bin/python3 /usr/local/bin/python3 /opt/homebrew/bin/python3", "")
    )
    copy = tmp_path / "khabar"
    copy.write_text(script)
    done = subprocess.run(
        ["/bin/sh", str(copy), "status"],
        env={"PATH": str(tmp_path)},
        text=True,
        capture_output=True,
        check=False,
    )
    assert done.returncode == 1
    assert done.stderr.startswith("khabar: no Python 3.11 or newer")
    assert len(done.stderr.splitlines()) == 1


def test_every_spelling_of_the_home_is_one_home(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    home = tmp_path / "home"
    home.mkdir()
    (tmp_path / "link").symlink_to(home)
    (tmp_path / "second").symlink_to(tmp_path / "link")
    monkeypatch.chdir(home)
    for name in ("link", "second", "home/", "home/../link", "./home/."):
        for spelled in (f"{tmp_path}/{name}", f"../{name}"):
            assert bootstrap.home_of(spelled) == home, spelled
            assert settings.read({"KHABAR_HOME": spelled}).home == home, spelled
    assert bootstrap.home_of("") == settings.read({}).home


def test_a_home_that_is_a_circle_of_links_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "a").symlink_to(tmp_path / "b")
    (tmp_path / "b").symlink_to(tmp_path / "a")
    done = call("search", "x", KHABAR_HOME=str(tmp_path / "a"))
    assert done.returncode == 1
    assert "KHABAR_HOME can name another place" in done.stderr
    assert "Traceback" not in done.stderr


def test_an_unknown_command_is_named() -> None:
    done = call("fetch")
    assert done.returncode == 2
    assert "No such command 'fetch'" in done.stderr


def test_a_wrong_database_url_is_one_sentence() -> None:
    done = call("search", "x", KHABAR_DATABASE_URL="mysql://nobody@nowhere/x")
    assert done.returncode == 1
    assert "KHABAR_DATABASE_URL must read postgresql://" in done.stderr
    assert "Traceback" not in done.stderr
