"""The README's commands work as they stand; its outlet file is read."""

import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from crawlers import outlet_files
from pipeline import settings as environment
from service.rehearsal import rehearsal

ROOT = Path(__file__).resolve().parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
# Run by tests of their own: tests/service starts the whole house, and this is `test`.
ELSEWHERE = ("./khabar up --sample", "./khabar test")


def blocks(language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", README, re.DOTALL)


def commands() -> list[str]:
    lines = [line.split("  #")[0].strip() for block in blocks("sh") for line in block.splitlines()]
    return [line for line in lines if line and line not in ELSEWHERE]


def some_of(outlets: Path, home: Path) -> Path:
    """Two outlets are enough here."""
    for path in sorted(outlets.glob("turkey/*.toml")):
        (home / "some" / "turkey").mkdir(parents=True, exist_ok=True)
        shutil.copy(path, home / "some" / "turkey")
    return home / "some"


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    """An environment over a served sample press."""
    home = tmp_path_factory.mktemp("readme")
    clean = {name: value for name, value in os.environ.items() if not name.startswith("KHABAR_")}
    with rehearsal(environment.read({**clean, "KHABAR_HOME": str(home)})) as led:
        yield {
            **clean,
            "KHABAR_HOME": str(home),
            "KHABAR_OUTLETS": str(some_of(led.outlets, home)),
            "KHABAR_ALLOW_LOOPBACK": "1",
            "KHABAR_ENV": "dev",
        }


def test_the_first_screen_has_the_two_commands() -> None:
    screen = "\n".join(README.splitlines()[:20])
    assert all(command in screen for command in ELSEWHERE)


def test_every_command_ends_well(house: dict[str, str]) -> None:
    assert len(commands()) >= 5
    for command in commands():
        words = shlex.split(command)
        assert words[0] == "./khabar", command
        done = subprocess.run(
            [sys.executable, "-P", "-m", "cli.main", *words[1:]],
            cwd=ROOT,
            env=house,
            text=True,
            capture_output=True,
            check=False,
        )
        # `status` says with its exit code that nothing is running here.
        assert done.returncode == (3 if words[1] == "status" else 0), (
            f"{command}\n{done.stdout}\n{done.stderr}"
        )


def test_the_outlet_file_is_read(tmp_path: Path) -> None:
    [text] = blocks("toml")
    path = tmp_path / "caspian" / "caspianpost.toml"
    path.parent.mkdir()
    path.write_text(text, encoding="utf-8")
    assert outlet_files.load_outlet(path).doors[0].url == "https://caspianpost.example/rss"
    assert len(text.strip().splitlines()) == 5


def test_links_lead_somewhere() -> None:
    missing = [
        target
        for target in re.findall(r"\]\(((?!https?:)[^)#]+)\)", README)
        if not (ROOT / target).exists()
    ]
    assert missing == []
