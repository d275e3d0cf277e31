"""`run`, each stage, `extract` of kept runs, `explain`, `outlets list`, `story`: on a kept run."""

import json
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from kept_runs import OUTLET, kept, pages

from cli import run_progress, settings_docs
from cli.extract import ExtractError
from news.errors import KhabarError
from pipeline import settings, stages

REPORT = {
    "run": "2026",
    "outlets": {
        "kanar": {
            "state": "ok",
            "pages": 2,
            "new": 1,
            "revised": 0,
            "deleted": 0,
            "duplicates": 0,
            "rejected": {"gone": 1},
        }
    },
    "stories_new": 1,
    "matches": 2,
    "mails_sent": 3,
    "seconds": {"crawl": 1.5},
    "took": 1.2,
    "problems": ["something broke"],
    "warnings": ["too many"],
    "failed": True,
}


@pytest.fixture
def run(database_url: str, environment, tmp_path: Path):
    """A run whose crawl has just ended; its name."""
    environment(database_url=database_url)
    house = settings.read()
    made = kept(house, datetime.now(UTC) - timedelta(hours=1), pages("broad", 3, 3))
    stages.extract(house, made.name, OUTLET.name)
    return made.name


def test_each_stage_runs_by_itself_and_the_run_can_be_read_again(run: str, khabar) -> None:
    for stage in ("dedupe", "load"):
        assert json.loads(khabar(stage, "--run", run).stdout)
    assert json.loads(khabar("match").stdout)["matches"] == 0
    assert json.loads(khabar("alert").stdout)["sent"] == 0
    assert json.loads(khabar("events").stdout)["events"] == 0
    again = json.loads(khabar("extract", "--run", "latest", "--json").stdout)
    assert again["run"] == run
    assert "in the archive" in khabar("extract", "--since", "2020-01-01").stdout
    url = pages("broad", 3, 3)[1][0]
    assert "blocks kept" in khabar("explain", url).stdout
    shown = khabar("story", "show", url).stdout
    assert url.removeprefix("http") in shown
    assert "remembered" in khabar("story", "same", url, pages("broad", 3, 3)[2][0]).stdout
    with pytest.raises(KhabarError, match="is no copy"):
        khabar("story", "not-a-copy", url)


def test_runs_that_cannot_be_read_again_are_named(run: str, khabar) -> None:
    house = settings.read()
    for file in (house.runs / run).rglob("pages.warc.gz"):
        file.unlink()
    done = khabar("extract", "--run", run)
    assert done.exit_code == 1
    assert "pages are not kept any more" in done.stderr


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("--since", "soon"), "a date as YYYY-MM-DD was expected"),
        (("--since", "2099-01-01"), "has no run of that day or later"),
    ],
)
def test_a_day_without_runs_is_a_sentence(run: str, khabar, words, says) -> None:
    with pytest.raises(ExtractError, match=says):
        khabar("extract", *words)
    assert run


def test_extraction_wants_to_know_what(environment, khabar, tmp_path: Path) -> None:
    assert khabar("extract").exit_code == 2
    page = tmp_path / "page.html"
    page.write_text(pages("broad", 3, 1)[0][1], encoding="utf-8")
    assert khabar("extract", page).stdout.count("\n") > 2
    assert khabar("extract", "-", input=page.read_bytes()).exit_code == 0
    page.write_text("<html></html>")
    with pytest.raises(ExtractError, match="no article"):
        khabar("extract", page)
    assert "no article" in khabar("explain", page).stdout


def test_a_pass_over_outlets_that_do_not_answer_says_so_in_a_table(
    run: str, khabar, environment, tmp_path: Path
) -> None:
    folder = tmp_path / "outlets" / "caspian"
    folder.mkdir(parents=True)
    text = 'title = "Gone"\nhome = "http://gone.localhost:9/"\ncountry = "AZ"\n'
    text += 'languages = ["en"]\ntimezone = "Asia/Baku"\n'
    text += '[[doors]]\nkind = "feed"\nurl = "http://gone.localhost:9/rss"\n'
    (folder / "gone.toml").write_text(text)
    (folder / "wrong.toml").write_text("title = 7\n")
    environment(allow_loopback="1", outlets=folder.parent)
    listed = khabar("outlets", "list")
    assert "gone" in listed.stdout
    assert "wrong.toml" in listed.stderr
    assert khabar("outlets", "list", "--region", "nowhere").exit_code == 1
    row = json.loads(khabar("outlets", "list", "--json", "--no-health").stdout)
    assert row["name"] == "gone"
    done = khabar("run", "--outlet", "gone", "--outlets", folder.parent)
    assert done.exit_code == 1
    assert "unreachable" in done.stdout
    assert json.loads(khabar("run", "--json").stdout)["failed"]
    assert json.loads(khabar("crawl", "--outlet", "gone").stdout)["outlets"]["gone"]["state"]
    assert run


def test_a_report_is_a_table_with_what_went_wrong(capsys: pytest.CaptureFixture[str]) -> None:
    run_progress.Show().report(REPORT)
    printed = capsys.readouterr().out
    for words in ("kanar", "gone 1", "mails sent: 3", "! something broke", "? too many"):
        assert words in printed


def test_steps_are_lines_in_a_log_and_bars_on_a_terminal(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    with run_progress.Show().steps("crawl", 2) as step:
        step.done("kanar: new 1")
    assert "khabar crawl 1/2 kanar: new 1" in capsys.readouterr().err
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("TTY_COMPATIBLE", "1")
    show = run_progress.Show()
    show._console._force_terminal = True
    with show.steps("crawl", 1) as step:
        step.done("kanar: new 1")
    assert "crawl" in capsys.readouterr().err


def test_settings_are_shown_and_written(khabar, tmp_path: Path, monkeypatch) -> None:
    assert "KHABAR_HOME" in khabar("settings").stdout
    monkeypatch.setattr(settings_docs, "ROOT", tmp_path)
    monkeypatch.setattr(settings_docs, "WRITTEN", {".env.example": settings_docs.example})
    assert khabar("settings", "--write").exit_code == 0
    written = (tmp_path / ".env.example").read_text()
    assert "#KHABAR_WARC_DAYS=45" in written
    with pytest.raises(ValueError, match="lacks the marks"):
        settings_docs.common_table("a page")
    assert sys.version_info


def test_versions_are_shown_as_text_as_json_and_word_by_word(archive: str, khabar) -> None:
    from archivegen import NOW, article

    url = article(1).url
    rows = json.loads(khabar("diff", url, "--json").stdout)
    assert [row["number"] for row in rows] == [1, 2]
    words = khabar("diff", url, "--from", "1", "--to", "2").stdout
    assert "Monday" in words
    with pytest.raises(KhabarError, match="there is no version 7"):
        khabar("diff", url, "--from", "7")
    with pytest.raises(KhabarError, match="did not have this article yet"):
        khabar("diff", url, "--at", "2001-01-01")
    assert khabar("diff", url, "--at", "soon").exit_code == 2
    assert "never changed" in khabar("diff", article(2).url).stdout
    assert NOW


def test_search_says_when_nothing_is_found_and_where_more_is(archive: str, khabar) -> None:
    assert "nothing found" in khabar("search", "nowhere").stderr
    assert "more: --after" in khabar("search", "council", "--limit", "1").stderr
    assert "articles" in khabar("search", "council", "--facets").stdout
    assert khabar("archive", "retention", "--outlet", "one").exit_code == 2
