"""Logs may hold what is nobody else's business: only their owner can read them."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from pipeline import settings
from service import background, house_log
from service.console import voice
from service.parts import Part, launch


def mode(path: Path) -> int:
    return path.stat().st_mode & 0o777


@pytest.fixture
def open_umask():
    before = os.umask(0o000)
    yield
    os.umask(before)


def test_the_folder_of_logs_is_closed_even_where_it_was_open(tmp_path: Path, open_umask) -> None:
    (tmp_path / "logs").mkdir()
    assert mode(tmp_path / "logs") == 0o777
    assert mode(house_log.folder(tmp_path)) == 0o700


def test_a_log_that_others_could_read_is_closed_when_it_is_opened(tmp_path, open_umask) -> None:
    log = house_log.folder(tmp_path) / "api-server.log"
    log.write_text("old\n")
    assert mode(log) == 0o666
    with house_log.appending(log) as file:
        file.write(b"new\n")
    assert mode(log) == 0o600
    assert log.read_text() == "old\nnew\n"


def test_what_parts_and_house_say_is_written_where_only_the_owner_reads(
    tmp_path: Path, open_umask
) -> None:
    (tmp_path / "airflow").mkdir()
    voice(tmp_path)("hello")
    part = Part(name="part", command=(sys.executable, "-c", "print('a password')"))
    assert launch(part, tmp_path, dict(os.environ)).wait() == 0
    for name in ("house", "part"):
        assert mode(house_log.log_of(tmp_path, name)) == 0o600
    assert "a password" in house_log.log_of(tmp_path, "part").read_text()


def test_a_house_that_cannot_start_says_why_and_where_it_is_written(
    tmp_path: Path, open_umask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        background,
        "python",
        lambda *_words: (sys.executable, "-c", "print('no'); raise SystemExit(1)"),
    )
    read = settings.read({"KHABAR_HOME": str(tmp_path)})
    with pytest.raises(Exception, match="the house did not start"):
        background.start(read, sample=True)
    log = tmp_path / "logs" / "up.log"
    assert log.read_text() == "no\n"
    assert mode(log) == 0o600
    assert subprocess.DEVNULL == -3
