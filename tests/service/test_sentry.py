"""An error of a stage arrives once, tagged, without text or secrets."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from pipeline import sentry

SECRET = "s3cr3t-planted-value"
TEXT = "A paragraph of somebody's article. " * 40

PROGRAM = f"""
import sys
from news.errors import KhabarError
from pipeline import sentry, settings

article = {TEXT!r}

def work(password):
    local = article + password
    sentence = f"planted: token={{password}} at postgresql://u:{{password}}@h/d "
    raise RuntimeError(sentence + sys.argv[1])

try:
    last = sys.argv[2] == "last"
    run = "2026-01-01T000000Z"
    with sentry.stage(settings.read(), "extract", outlet="bulletin", run=run, report=last):
        work({SECRET!r})
except RuntimeError:
    sys.exit(7)
"""


def run(code: str, *arguments: str, **environment: str) -> subprocess.CompletedProcess:
    clean = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("SENTRY", "KHABAR"))
    }
    return subprocess.run(
        [sys.executable, "-P", "-c", code, *arguments],
        env={**clean, **environment},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def test_a_planted_error_arrives_once_with_its_tags(sink, tmp_path):
    done = run(
        PROGRAM,
        "plain",
        "last",
        KHABAR_SENTRY_DSN=sink.dsn,
        KHABAR_HOME=str(tmp_path),
        SMTP_PASSWORD=SECRET,
    )
    assert done.returncode == 7, done.stderr
    assert len(sink.events) == 1
    event = sink.events[0]
    assert event["tags"] == {"stage": "extract", "outlet": "bulletin", "run": "2026-01-01T000000Z"}
    assert event["exception"]["values"][-1]["type"] == "RuntimeError"
    assert event["exception"]["values"][-1]["value"].startswith("planted:")


def test_neither_secret_nor_text_leaves(sink, tmp_path):
    run(
        PROGRAM,
        SECRET + " " + TEXT,
        "last",
        KHABAR_SENTRY_DSN=sink.dsn,
        KHABAR_HOME=str(tmp_path),
        SMTP_PASSWORD=SECRET,
    )
    assert len(sink.events) == 1
    everything = b"".join(sink.raw)
    assert SECRET.encode() not in everything
    assert TEXT[:600].encode() not in everything
    assert os.uname().nodename.encode() not in everything or len(os.uname().nodename) < 4


def test_only_the_last_try_reports(sink, tmp_path):
    run(PROGRAM, "plain", "first", KHABAR_SENTRY_DSN=sink.dsn, KHABAR_HOME=str(tmp_path))
    assert sink.events == []


def test_without_a_dsn_nothing_is_even_imported(tmp_path):
    code = PROGRAM + "\n"
    done = run(
        code.replace("sys.exit(7)", "sys.exit('sentry_sdk' in sys.modules)"),
        "plain",
        "last",
        KHABAR_HOME=str(tmp_path),
    )
    assert done.returncode == 0, done.stderr


def test_a_surprise_of_the_command_line_arrives_once(sink, tmp_path):
    code = """
import sys
import click
from cli import main as cli

def boom(*a, **k):
    raise ZeroDivisionError("planted in the command line")

cli.khabar.main = boom
sys.argv = ["khabar", "search", "x"]
cli.main()
"""
    done = run(code, KHABAR_SENTRY_DSN=sink.dsn, KHABAR_HOME=str(tmp_path))
    assert "ZeroDivisionError" in done.stderr
    assert [event["tags"]["stage"] for event in sink.events] == ["search"]


@pytest.mark.parametrize(
    ("name", "hidden"),
    [("SMTP_PASSWORD", True), ("X_SECRET", True), ("KHABAR_DATABASE_URL", True), ("HOME", False)],
)
def test_secrets_are_known_by_their_names(name, hidden):
    assert (sentry.secret_values({name: "some-long-value"}) == ["some-long-value"]) is hidden


def test_a_secret_that_holds_another_is_hidden_whole():
    assert sentry.without("a abcdef abc", ["abc", "abcdef"]) == "a [hidden] [hidden]"


def test_the_dsn_itself_is_no_tag_of_the_settings(tmp_path: Path):
    from pipeline import settings

    assert settings.read({"KHABAR_HOME": str(tmp_path)}).sentry_dsn is None
