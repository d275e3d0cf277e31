"""One home has one house, however a command spells its path: the running database stays."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from storage import upkeep

# What keeps a database running: a process that uses it, as a house does.
USER = """
from pipeline import database, settings
print(database.url(settings.read()), flush=True)
input()
"""


def khabar(home: str, *arguments: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-P", "-m", "cli.main", *arguments],
        cwd=cwd,
        env=surroundings(home),
        text=True,
        capture_output=True,
        check=False,
        timeout=120,
    )


def surroundings(home: str) -> dict[str, str]:
    clean = {name: value for name, value in os.environ.items() if not name.startswith("KHABAR")}
    return {**clean, "KHABAR_HOME": home}


@pytest.fixture
def home(open_folder: Path) -> Iterator[Path]:
    """A home whose database a living process uses."""
    folder = open_folder / "home"
    user = subprocess.Popen(
        [sys.executable, "-P", "-c", USER],
        env=surroundings(str(folder)),
        text=True,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    try:
        assert user.stdout is not None
        assert user.stdout.readline().startswith("postgresql://")
        yield folder
    finally:
        user.communicate("\n", timeout=60)
        upkeep.discard_server(folder / "postgres")


def test_no_spelling_of_the_home_stops_the_running_database(home: Path) -> None:
    (home.parent / "link").symlink_to("home")
    lock = upkeep.find_data(home / "postgres") / "postmaster.pid"
    running = psutil.Process(int(lock.read_text().splitlines()[0]))
    for spelled in (f"{home.parent}/link", "link", "home", f"{home}/", f"{home}/../link/."):
        done = khabar(spelled, "search", "nothing", cwd=home.parent)
        assert done.returncode == 0, (spelled, done.stderr)
        assert "nothing found" in done.stderr
        assert running.is_running(), spelled
        assert int(lock.read_text().splitlines()[0]) == running.pid, spelled


def test_first_commands_on_a_fresh_home_at_once_all_find_one_archive(open_folder: Path) -> None:
    """Each would make server, database and schema; they take turns."""
    folder = open_folder / "home"
    users = [
        subprocess.Popen(
            [sys.executable, "-P", "-c", USER],
            env=surroundings(str(folder)),
            text=True,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        for _ in range(4)
    ]
    try:
        addresses = {user.stdout.readline() for user in users if user.stdout is not None}
        ended = [user.communicate("\n", timeout=60) for user in users]
        assert [error for _, error in ended if error] == []
        [address] = addresses
        assert address.startswith("postgresql://")
    finally:
        upkeep.discard_server(folder / "postgres")
