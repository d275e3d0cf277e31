"""`khabar outlets try`.

One page by its address, and what the rules of the outlet's file change on it.
"""

import http.server
import threading
from functools import partial

import pytest
from click.testing import CliRunner

from cli.main import khabar
from pipeline.errors import explain

PAGE = """<html lang=en><title>Ferries run again | Kanar</title><h1>Ferries run again</h1><p class=w>Rena Tarsali</p><p class=d>05/10/2026 08-15</p>
<div id=text><p>The ferry across the bay left the quay at six in the morning with a hundred and twenty people on board.</p>
<p>The harbour office said the timetable was back to normal and that tickets bought during the storm stay valid.</p></div>
<div><p>The tram across the town left the depot at six in the morning with a hundred and twenty people on board.</p></div>"""  # noqa: E501


class Quiet(http.server.SimpleHTTPRequestHandler):
    """Serves a folder and keeps quiet."""

    def log_message(self, *_arguments: object) -> None:
        """Say nothing."""


@pytest.fixture
def port(tmp_path):
    folder = tmp_path / "site"
    folder.mkdir()
    (folder / "ferry.html").write_text(PAGE, encoding="utf-8")
    with http.server.ThreadingHTTPServer(
        ("127.0.0.1", 0), partial(Quiet, directory=str(folder))
    ) as serving:
        thread = threading.Thread(target=serving.serve_forever, daemon=True)
        thread.start()
        yield serving.server_address[1]
        serving.shutdown()
        thread.join()


@pytest.fixture
def run(tmp_path, port, monkeypatch):
    """Call a command beside one outlet file; gives (exit code, standard output, standard error)."""
    folder = tmp_path / "outlets" / "caspian"
    folder.mkdir(parents=True)
    (folder / "kanar.toml").write_text(
        f'title = "Kanar"\nhome = "http://kanar.localhost:{port}/"\nlanguages = ["en"]\n'
        f'timezone = "Asia/Baku"\ndoors = [{{ kind = "feed", url = '
        f'"http://kanar.localhost:{port}/rss" }}]\n'
        '[[layouts]]\nuntil = 2025-12-31\nbody = ["#old"]\n[[layouts]]\nsince = '
        '2026-01-01\nbody = ["#text"]\nauthor = ".w"\npublished = ".d"\ndate_format = '
        '"%d/%m/%Y %H-%M"\n[pace]\ndelay = 0.0\n'
    )
    for name, value in {
        "KHABAR_HOME": tmp_path / "home",
        "KHABAR_OUTLETS": folder.parent,
        "KHABAR_ALLOW_LOOPBACK": "1",
    }.items():
        monkeypatch.setenv(name, str(value))

    def call(*words: str) -> tuple[int, str, str]:
        done = CliRunner().invoke(khabar, list(words))
        if done.exception is not None and not isinstance(done.exception, SystemExit):
            return 1, done.stdout, done.stderr + (explain(done.exception) or repr(done.exception))
        return done.exit_code, done.stdout, done.stderr

    return call


def test_a_page_is_tried_and_the_rules_are_shown(run, port):
    code, out, err = run("outlets", "try", f"http://kanar.localhost:{port}/ferry.html")
    assert code == 0, err
    lines = [line.strip() for line in out.splitlines()]
    assert lines[0] == "kanar: ok, 1 page"
    assert "2026-10-05 08:15 +0400 | Rena Tarsali | en | 40 words" in lines
    assert [line for line in lines if line.startswith("rules: - The tram")]
    assert not [line for line in lines if line.startswith("rules: +")]


def test_a_page_of_nobody_is_tried_without_rules(run, port):
    code, out, err = run("outlets", "try", f"http://strange.localhost:{port}/ferry.html")
    assert code == 0, err
    assert "Ferries run again" in out
    assert "rules" not in out


def test_a_page_that_is_not_there(run, port):
    code, out, err = run("outlets", "try", f"http://kanar.localhost:{port}/none.html")
    assert code == 1
    assert out == "kanar: ok, 0 pages\n"
    assert "/none.html could not be fetched (gone 1, HTTP 404)" in err


def test_no_address_is_one_sentence(run):
    code, out, err = run("outlets", "try", "http://[")
    assert (code, out) == (1, "")
    assert "no web address" in err
