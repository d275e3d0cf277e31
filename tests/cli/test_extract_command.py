"""`khabar extract` as a filter: same order, a line for every line, nothing crashes."""

import io
import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from cli import explain as explaining
from cli import extract as command
from pipeline.run.extract_filter import filter_lines
from pipeline.run.sites import Sites
from press.templates import Disguise, render, samples


@pytest.fixture
def files(tmp_path):
    """Five pages of one template, on disk."""
    articles = samples(8, "az", 8)
    made = []
    for number, article in enumerate(articles[:5]):
        html, truth = render(
            article,
            [other for other in articles if other is not article],
            disguise=Disguise(seed=2),
        )
        path = tmp_path / f"{number}.html"
        path.write_text(html, encoding="utf-8")
        made.append((path, truth))
    return made


@pytest.fixture
def outlets(tmp_path):
    """A folder with one outlet file, of kanar.az and its mobile host, with a layout."""
    folder = tmp_path / "outlets" / "caspian"
    folder.mkdir(parents=True)
    (folder / "kanar.toml").write_text(
        'title = "Kanar"\nhome = "https://kanar.az/"\nhosts = ["kanar.example"]\nlanguages '
        '= ["az"]\ntimezone = "Asia/Baku"\n'
        'doors = [{ kind = "feed", url = "https://kanar.az/rss" }]\n[[layouts]]\nbody = '
        '["#text"]\nauthor = ".w"\npublished = ".d"\ndate_format = "%d/%m/%Y %H-%M"\n'
    )
    (folder / "broken.toml").write_text("title = ")
    return folder.parent


def run(lines: list[str], folder: Path = Path("/nowhere")) -> list[dict]:
    target = io.StringIO()
    filter_lines(io.StringIO("\n".join(lines)), target, Sites(folder))
    return [json.loads(line) for line in target.getvalue().splitlines()]


def test_lines_come_back_in_order(files):
    jobs = [
        json.dumps({"id": number, "path": str(path), "url": truth.url})
        for number, (path, truth) in enumerate(files)
    ]
    answers = run(
        [
            "not json",
            *jobs,
            json.dumps({"id": "gone", "path": "/nowhere/x.html", "url": "https://a.az/1"}),
            '{"id": 9}',
        ]
    )
    assert [answer["id"] for answer in answers] == [None, 0, 1, 2, 3, 4, "gone", None]
    assert [answer["rejected"] for answer in answers] == [
        "error",
        None,
        None,
        None,
        None,
        None,
        "error",
        "error",
    ]
    for answer, (_, truth) in zip(answers[1:6], files, strict=True):
        lines = answer["text"].split("\n")
        assert answer["title"] == " ".join(truth.title.split())
        assert answer["language"] == "az"
        assert [line for line in truth.paragraphs if " ".join(line.split()) not in lines] == []
        assert [
            line for line in truth.clutter if line in lines and line not in truth.paragraphs
        ] == []


PAGE = """<html lang=en><title>Ferries run again</title><h1>Ferries run again</h1><p class=w>Rena Tarsali</p><p class=d>05/10/2026 08-15</p>
<div id=text><p>The ferry across the bay left the quay at six in the morning with a hundred and twenty people on board.</p></div>
<div><p>The tram across the bay left the quay at six in the morning with a hundred and twenty people on board.</p></div>"""  # noqa: E501


@pytest.mark.parametrize(
    ("job", "ruled"),
    [
        ({"url": "https://kanar.az/1"}, True),
        ({"url": "https://www.kanar.example/1"}, True),
        ({"url": "https://mobile.kanar.az/1"}, True),
        ({"url": "https://other.az/1"}, False),
        ({"url": "https://other.az/1", "outlet": "kanar"}, True),
        ({"url": "https://kanar.az/1", "outlet": "else"}, False),
        ({}, False),
    ],
)
def test_the_outlet_file_of_a_pages_host_is_used(tmp_path, outlets, job, ruled):
    path = tmp_path / "page.html"
    path.write_text(PAGE, encoding="utf-8")
    [answer] = run([json.dumps({"id": 1, "path": str(path), **job})], outlets)
    assert ("tram" not in answer["text"]) == ruled
    assert (answer["published"] == "2026-10-05T08:15:00+04:00") == ruled
    assert answer["rejected"] is None


def test_one_file(files):
    path, truth = files[0]
    done = CliRunner().invoke(command.extract, [str(path), "--url", truth.url, "--json"])
    assert done.exit_code == 0, done.output
    assert json.loads(done.output)["title"] == truth.title


def test_explain_shows_every_block(files):
    (path, truth), (other, _) = files[:2]
    done = CliRunner().invoke(
        explaining.explain, [str(path), "--url", truth.url, "--beside", str(other)]
    )
    assert done.exit_code == 0, done.output
    assert "kept" in done.output
    assert "pruned" in done.output
    assert "for: " in done.output
    assert "against: " in done.output


def test_a_missing_file_is_one_sentence():
    done = CliRunner().invoke(command.extract, ["/nowhere/x.html"])
    assert isinstance(done.exception, command.ExtractError)
    assert "/nowhere/x.html" in str(done.exception)
