"""Whole passes in the foreground, on real parts.

Press, Scrapy, PostgreSQL, a mailbox in a folder.
"""

import http.server
import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from storage import upkeep

ROOT = Path(__file__).resolve().parents[2]


def khabar(home: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    inherited = {
        name: value for name, value in os.environ.items() if not name.startswith("KHABAR_")
    }
    return subprocess.run(
        [sys.executable, "-P", "-m", "cli.main", *arguments],
        cwd=ROOT,
        text=True,
        capture_output=True,
        check=False,
        env={**inherited, "KHABAR_HOME": str(home), **environment},
        timeout=500,
    )


def report(done: subprocess.CompletedProcess[str]) -> dict[str, Any]:
    assert done.stdout, done.stderr
    return json.loads(done.stdout)


@pytest.fixture(scope="module", autouse=True)
def nothing_is_left(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Remove the servers' data, which root keeps outside pytest's closed folders."""
    yield
    for folder in tmp_path_factory.getbasetemp().glob("**/postgres"):
        upkeep.discard_server(folder)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("home")


@pytest.fixture(scope="module")
def first(home: Path) -> dict[str, Any]:
    done = khabar(home, "run", "--sample", "--json")
    assert done.returncode == 0, done.stderr
    return report(done)


def test_every_sample_outlet_brings_articles(first: dict[str, Any]) -> None:
    assert len(first["outlets"]) >= 8
    assert first["problems"] == []
    for name, row in first["outlets"].items():
        assert row["state"] == "ok", name
        assert row["new"] >= 1, name
        assert row["new"] + sum(row["rejected"].values()) == row["pages"], name


def test_copies_are_stories_and_watches_send_mail(first: dict[str, Any]) -> None:
    articles = sum(row["new"] for row in first["outlets"].values())
    copies = sum(row["duplicates"] for row in first["outlets"].values())
    assert copies >= 1
    assert first["stories_new"] == articles - copies
    assert first["matches"] >= first["mails_sent"] >= 1
    assert set(first["seconds"]) == {
        "begin",
        "crawl",
        "extract",
        "dedupe",
        "load",
        "match",
        "alert",
    }


def test_a_second_pass_changes_nothing(home: Path, first: dict[str, Any]) -> None:
    mails = khabar(home, "mail", "list", "--json").stdout
    again = report(khabar(home, "run", "--sample", "--all", "--json"))
    assert (
        sum(row["new"] + row["revised"] + row["deleted"] for row in again["outlets"].values()) == 0
    )
    assert (again["stories_new"], again["matches"], again["mails_sent"]) == (0, 0, 0)
    assert khabar(home, "mail", "list", "--json").stdout == mails
    assert len(mails.splitlines()) == first["mails_sent"]


def test_extracting_again_is_no_edit(home: Path, first: dict[str, Any]) -> None:
    done = khabar(home, "extract", "--run", first["run"])
    assert done.returncode == 0, done.stderr
    again = report(khabar(home, "run", "--sample", "--outlet", "aralcenter", "--json"))
    assert again["outlets"]["aralcenter"]["revised"] == 0
    revised = khabar(home, "search", "is:revised", "--json")
    assert revised.returncode == 0
    assert "http" not in revised.stdout


def test_the_archive_is_searched_and_the_mail_shown(home: Path, first: dict[str, Any]) -> None:
    found = khabar(home, "search", "pipeline", "--json")
    assert found.returncode == 0, found.stderr
    assert "pipeline" in found.stdout.lower()
    shown = khabar(home, "mail", "show", "1")
    assert shown.returncode == 0
    assert "Subject:" in shown.stdout


@pytest.mark.parametrize(
    "words",
    [
        ("run",),
        ("run", "--outlet", "azertag.az"),
        ("run", "--outlet", "nobody"),
        ("crawl", "--outlet", "azertag.az"),
        ("backfill", "azertag.az", "--from", "2026-01-01"),
        ("import", __file__),
        ("up",),
        ("up", "--detach"),
    ],
)
def test_a_sample_home_takes_no_real_outlet(
    home: Path,
    first: dict[str, Any],
    words: tuple[str, ...],
) -> None:
    before = sorted(path.name for path in (home / "runs").iterdir())
    done = khabar(home, *words)
    assert done.returncode == 1, done.stdout
    said = done.stderr + done.stdout  # a start in the background repeats what it said
    assert f"{home} holds the sample press" in said
    assert "KHABAR_HOME" in said
    assert "Traceback" not in said
    assert sorted(path.name for path in (home / "runs").iterdir()) == before


def test_the_outlet_commands_follow_a_sample_home(home: Path, first: dict[str, Any]) -> None:
    listed = khabar(home, "outlets", "list", "--json")
    names = {json.loads(line)["name"] for line in listed.stdout.splitlines()}
    assert names == set(first["outlets"])
    checked = khabar(home, "outlets", "check", "aralcenter")
    assert "aralcenter: ok, 2 of 2 articles fetched" in checked.stdout, checked.stderr
    tried = khabar(home, "outlets", "try", "aralcenter", "--pages", "1")
    assert "sample http://aralcenter.localhost" in tried.stdout, tried.stderr
    assert json.loads(khabar(home, "status", "--json").stdout)["kind"] == "sample"


def test_a_query_that_does_not_parse_points_at_the_place(home: Path, first: dict[str, Any]) -> None:
    done = khabar(home, "search", '(baku OR "gas')
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert "^" in done.stderr


class _Site(http.server.SimpleHTTPRequestHandler):
    """Serves a folder and keeps quiet."""

    def log_message(self, *_arguments: object) -> None:
        """Say nothing."""


@pytest.fixture
def site(tmp_path: Path) -> Iterator[tuple[Path, int]]:
    folder = tmp_path / "site"
    folder.mkdir()
    serving = http.server.ThreadingHTTPServer(
        ("127.0.0.1", 0), partial(_Site, directory=str(folder))
    )
    thread = threading.Thread(target=serving.serve_forever, daemon=True)
    thread.start()
    yield folder, serving.server_address[1]
    serving.shutdown()
    serving.server_close()
    thread.join()


def outlet(folder: Path, name: str, port: int, feed: str, extra: str = "") -> None:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{name}.toml").write_text(
        f'title = "{name}"\nhome = "http://{name}.localhost:{port}/"\nlanguages = ["en"]\n'
        'timezone = "Asia/Baku"\n'
        f'doors = [{{ kind = "feed", url = "http://{name}.localhost:{port}/{feed}" }}]\n'
        f"{extra}[pace]\ndelay = 0.0\n"
    )


def test_what_is_wrong_is_named_and_leaves_the_others_alone(
    tmp_path: Path, site: tuple[Path, int]
) -> None:
    folder, port = site
    text = "".join(
        f"<p>The harbour office said on day {day} that {day * 7} ships had called and that "
        "the northern quay stays closed.</p>"
        for day in range(1, 8)
    )
    page = (
        "<html lang=en><title>Harbour</title><article><h1>Northern quay stays closed</h1>"
        f"{text}</article></html>"
    )
    (folder / "quay.html").write_text(page)
    (folder / "image.html").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20)
    item = "<item><title>{0}</title><link>http://good.localhost:{1}/{0}.html</link></item>"
    (folder / "rss.xml").write_text(
        f"<rss version='2.0'><channel>{item.format('quay', port)}"
        f"{item.format('image', port)}</channel></rss>"
    )
    (folder / "broken.xml").write_text("this is no feed at all")
    outlets = tmp_path / "outlets" / "caspian"
    outlet(outlets, "good", port, "rss.xml")
    outlet(outlets, "nofeed", port, "broken.xml")
    outlet(outlets, "dead", 9, "rss.xml")
    outlet(outlets, "typo", port, "rss.xml", extra='colour = "red"\n')
    done = khabar(
        tmp_path / "home",
        "run",
        "--outlets",
        str(tmp_path / "outlets"),
        "--json",
        KHABAR_ALLOW_LOOPBACK="1",
    )
    found = report(done)
    assert done.returncode == 1
    rows = found["outlets"]
    assert rows["good"]["new"] == 1
    assert sum(rows["good"]["rejected"].values()) == 1
    assert rows["dead"]["state"] == "unreachable"
    assert rows["nofeed"]["state"] == "broken"
    typo = next(problem for problem in found["problems"] if "typo.toml" in problem)
    assert "colour" in typo
    assert rows["typo"]["state"] == "file_broken"
    assert rows["typo"]["note"] == typo
    assert len(found["problems"]) == 3


def test_a_page_at_which_the_extracting_process_ends_is_put_aside_and_the_rest_is_loaded(
    tmp_path: Path, site: tuple[Path, int]
) -> None:
    folder, port = site
    text = "".join(
        f"<p>The harbour office said on day {day} that {day * 7} ships had called and that "
        "the northern quay stays closed.</p>"
        for day in range(1, 8)
    )
    item = "<item><title>{0}</title><link>http://{1}.localhost:{2}/{0}.html</link></item>"
    for name, mark in (("quay", ""), ("mole", "takes-all-memory"), ("dock", "")):
        (folder / f"{name}.html").write_text(
            f"<html lang=en><title>{name}</title><article><h1>News of the {name}</h1>"
            f"{text}</article><i>{mark}</i></html>"
        )
    outlets = tmp_path / "outlets" / "caspian"
    for name, pages in (("one", ("quay", "mole")), ("two", ("dock",))):
        items = "".join(item.format(page, name, port) for page in pages)
        (folder / f"{name}.xml").write_text(f"<rss version='2.0'><channel>{items}</channel></rss>")
        outlet(outlets, name, port, f"{name}.xml")
    startup = tmp_path / "startup"
    startup.mkdir()
    # What the system does to a process that takes all memory, at one page, whichever process reads
    # it.
    (startup / "sitecustomize.py").write_text(
        "import os, signal\nfrom extract.page import reading\nread = reading.read\n"
        "reading.read = lambda page, outlet: os.kill(os.getpid(), signal.SIGKILL) if "
        "b'takes-all-memory' in page.body else read(page, outlet)\n"
    )
    path = os.pathsep.join((str(startup), str(ROOT)))
    arguments = ("run", "--outlets", str(tmp_path / "outlets"), "--json")
    found = report(
        khabar(tmp_path / "home", *arguments, KHABAR_ALLOW_LOOPBACK="1", PYTHONPATH=path)
    )
    assert {name: row["new"] for name, row in found["outlets"].items()} == {"one": 1, "two": 1}
    assert found["outlets"]["one"]["rejected"] == {"crashed": 1}
    [problem] = found["problems"]
    assert "mole.html" in problem
    assert "SIGKILL" in problem
    again = report(
        khabar(tmp_path / "home", *arguments, "--all", KHABAR_ALLOW_LOOPBACK="1", PYTHONPATH=path)
    )
    assert again["run"] != found["run"]


def test_no_outlet_files_is_one_sentence(tmp_path: Path) -> None:
    done = khabar(tmp_path / "home", "run", "--outlets", str(tmp_path))
    assert done.returncode == 1
    assert len(done.stderr.strip().splitlines()) == 1
    assert "no active outlet" in done.stderr


def test_a_database_that_is_not_there_is_one_sentence(tmp_path: Path) -> None:
    done = khabar(
        tmp_path / "home",
        "watch",
        "list",
        KHABAR_DATABASE_URL="postgresql://someone:sesame@127.0.0.1:9/none",
    )
    assert done.returncode == 1
    assert "KHABAR_DATABASE_URL" in done.stderr
    assert "sesame" not in done.stderr
    assert "Traceback" not in done.stderr
