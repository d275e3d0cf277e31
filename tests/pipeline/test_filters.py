"""Extraction and clustering as filters: lines in, lines out, in the same order, errors by line."""

import io
import json
from pathlib import Path

import pytest
from kept_runs import pages

from pipeline.cluster_filter import ClusterError, label_lines
from pipeline.run import extract_filter
from pipeline.run.sites import Sites

RAIN = "The rain in Baku began on Friday morning and did not end before the evening of Sunday."
COUNCIL = "The council of the town will decide next week about the bridge that nobody wants now."


def extracted(lines: list[str], folder: Path) -> list[dict]:
    target = io.StringIO()
    extract_filter.filter_lines(io.StringIO("\n".join(lines)), target, Sites(folder / "none"))
    return [json.loads(line) for line in target.getvalue().splitlines()]


def test_pages_of_one_outlet_teach_each_other_and_come_back_in_order(tmp_path: Path) -> None:
    jobs = []
    for number, (url, html) in enumerate(pages("broad", 3, 3)):
        path = tmp_path / f"{number}.html"
        path.write_text(html, encoding="utf-8")
        jobs.append(json.dumps({"id": number, "path": str(path), "url": url}))
    rows = extracted(["", *jobs], tmp_path)
    assert [row["id"] for row in rows] == [0, 1, 2]
    assert all(row["rejected"] is None and row["title"] and row["text"] for row in rows)


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("{", "not a job"),
        ("[]", 'an object with "id", "path" and "url" was expected'),
        ('{"id": 1}', 'an object with "id", "path" and "url" was expected'),
        ('{"id": 1, "path": "/nowhere/x.html"}', "No such file"),
        ('{"id": 1, "path": "a\\u0000b"}', "null"),
    ],
)
def test_a_line_that_names_no_page_is_answered_with_its_error(
    tmp_path: Path, line: str, says: str
) -> None:
    [row] = extracted([line], tmp_path)
    assert row["rejected"] == "error"
    assert says in row["detail"]
    assert (row["text"], row["language"]) == ("", "und")


def test_siblings_that_cannot_be_read_do_not_keep_the_others(tmp_path: Path) -> None:
    [(url, html)] = pages("broad", 3, 1)
    path = tmp_path / "page.html"
    path.write_text(html, encoding="utf-8")
    lines = [
        json.dumps({"id": 1, "path": "/nowhere", "url": url}),
        json.dumps({"id": 2, "path": str(path), "url": url}),
    ]
    rows = extracted(lines, tmp_path)
    assert [row["rejected"] for row in rows] == ["error", None]


def test_a_page_that_is_no_article_says_why(tmp_path: Path) -> None:
    path = tmp_path / "empty.html"
    path.write_text("<html><body></body></html>")
    [row] = extracted([json.dumps({"id": 1, "path": str(path)})], tmp_path)
    assert row["rejected"]
    assert row["language"] == "und"


def labels(*rows: object, with_events: bool = False) -> list[dict]:
    lines = [json.dumps(row).encode() for row in rows]
    return list(label_lines([b"\n", *lines], with_events=with_events))


def test_copies_get_the_label_of_their_lead(tmp_path: Path) -> None:
    text = f"{RAIN} {COUNCIL} " * 4
    found = labels(
        {"id": "a", "text": text, "published": "2026-01-01T10:00"},
        {"id": "b", "text": text, "published": "2026-01-01T11:00+04:00", "outlet": "x"},
        {"id": 3, "text": "Something else altogether is told here, at some length, by nobody."},
    )
    assert len({row["story"] for row in found[:2]}) == 1
    assert found[2] == {"id": 3, "story": 3}
    assert tmp_path


def test_events_are_labelled_where_they_are_asked_for() -> None:
    [row] = labels({"id": "a", "text": RAIN * 4}, with_events=True)
    assert row == {"id": "a", "story": "a", "event": "a"}


@pytest.mark.parametrize(
    ("rows", "says"),
    [
        ([7], "an object with"),
        ([{"id": None, "text": "x"}], "an object with"),
        ([{"id": 1}], "an object with"),
        ([{"id": 1, "text": "x"}, {"id": 1, "text": "y"}], "stands on an earlier line too"),
        ([{"id": 1, "text": "x", "published": "soon"}], "no ISO 8601 time"),
        ([{"id": 1, "text": "x", "published": 7}], "no ISO 8601 time"),
    ],
)
def test_a_wrong_line_of_texts_is_named(rows: list, says: str) -> None:
    with pytest.raises(ClusterError, match=says):
        labels(*rows)


def test_a_line_that_is_not_json_is_named() -> None:
    with pytest.raises(ClusterError, match="line 1 is not JSON"):
        list(label_lines([b"{"], with_events=False))
