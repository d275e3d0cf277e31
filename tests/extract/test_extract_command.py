"""`khabar extract` as a filter: same order, a line for every line, nothing crashes."""

import io
import json

import pytest
from click.testing import CliRunner

from pipeline.commands import extract as command
from press.templates import Disguise, render, samples


@pytest.fixture
def files(tmp_path):
    """Five pages of one template, on disk."""
    articles = samples(8, "az", 8)
    made = []
    for number, article in enumerate(articles[:5]):
        html, truth = render(article, [other for other in articles if other is not article], disguise=Disguise(seed=2))
        path = tmp_path / f"{number}.html"
        path.write_text(html, encoding="utf-8")
        made.append((path, truth))
    return made


def run(lines: list[str]) -> list[dict]:
    target = io.StringIO()
    command.filter_lines(io.StringIO("\n".join(lines)), target)
    return [json.loads(line) for line in target.getvalue().splitlines()]


def test_lines_come_back_in_order(files):
    jobs = [json.dumps({"id": number, "path": str(path), "url": truth.url}) for number, (path, truth) in enumerate(files)]
    answers = run(["not json", *jobs, json.dumps({"id": "gone", "path": "/nowhere/x.html", "url": "https://a.az/1"}), '{"id": 9}'])
    assert [answer["id"] for answer in answers] == [None, 0, 1, 2, 3, 4, "gone", None]
    assert [answer["rejected"] for answer in answers] == ["error", None, None, None, None, None, "error", "error"]
    for answer, (_, truth) in zip(answers[1:6], files, strict=True):
        lines = answer["text"].split("\n")
        assert answer["title"] == " ".join(truth.title.split())
        assert answer["language"] == "az"
        assert [line for line in truth.paragraphs if " ".join(line.split()) not in lines] == []
        assert [line for line in truth.clutter if line in lines and line not in truth.paragraphs] == []


def test_one_file(files):
    path, truth = files[0]
    done = CliRunner().invoke(command.extract, [str(path), "--url", truth.url, "--json"])
    assert done.exit_code == 0, done.output
    assert json.loads(done.output)["title"] == truth.title


def test_explain_shows_every_block(files):
    (path, truth), (other, _) = files[:2]
    done = CliRunner().invoke(command.explain, [str(path), "--url", truth.url, "--beside", str(other)])
    assert done.exit_code == 0, done.output
    assert "kept" in done.output
    assert "pruned" in done.output


def test_a_missing_file_is_one_sentence():
    done = CliRunner().invoke(command.extract, ["/nowhere/x.html"])
    assert isinstance(done.exception, command.ExtractError)
    assert "/nowhere/x.html" in str(done.exception)
