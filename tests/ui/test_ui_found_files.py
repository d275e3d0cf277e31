"""What a search finds as CSV and JSON lines."""

import csv
import io
import json
from datetime import datetime, timedelta

import pytest


def table(answer) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"), newline="")))


@pytest.mark.parametrize("query", ["compressor OR railway OR crane", "lang:fa", "nowhereatall"])
def test_both_files_hold_what_the_search_finds_in_its_order(client, query):
    found = client.get("/khabar/api/search", params={"q": query}).json()["articles"]
    rows = table(client.get("/khabar/found.csv", params={"q": query}))
    lines = client.get("/khabar/found.jsonl", params={"q": query}).text.splitlines()
    wanted = [article["id"] for article in found]
    assert [int(row["id"]) for row in rows] == wanted
    assert [json.loads(line)["id"] for line in lines] == wanted


def test_the_search_page_links_to_both(client):
    page = client.get("/khabar/?q=compressor").text
    assert 'href="/khabar/found.csv?q=compressor"' in page
    assert 'href="/khabar/found.jsonl?q=compressor"' in page


def test_a_spreadsheet_reads_letters_and_moments(client):
    answer = client.get("/khabar/found.csv?q=lang:fa")
    assert answer.content.startswith(b"\xef\xbb\xbf")
    assert answer.headers["content-disposition"] == 'attachment; filename="khabar.csv"'
    (row,) = table(answer)
    assert row["title"] == "خط لوله تازه در خزر"
    assert datetime.fromisoformat(row["at"]).utcoffset() == timedelta(0)


@pytest.mark.parametrize("sign", ["=", "+", "-", "@"])
def test_no_cell_is_run_as_a_formula(sign):
    from storage.search import ExportFormat, Result, pieces

    moment = datetime.fromisoformat("2026-03-01T08:00:00+00:00")
    texts = dict.fromkeys(
        ("url", "outlet", "country", "language", "kind", "standfirst", "body", "section"), ""
    )
    hostile = Result(
        **texts,
        id=1,
        at=moment,
        title=f"{sign}cmd|' /C calc'!A0",
        authors=(),
        published_at=None,
        revision=1,
        edits=0,
        deleted_at=None,
        words=1,
        first_seen_at=moment,
        silent=False,
    )
    text = "".join(pieces([hostile], ExportFormat.CSV, 5)).removeprefix("\ufeff")
    (row,) = csv.DictReader(io.StringIO(text, newline=""))
    assert row["title"].startswith(f"'{sign}")


def test_a_file_that_is_cut_says_so_in_its_last_line(client, monkeypatch):
    whole = table(client.get("/khabar/found.csv?q=lang:en"))
    monkeypatch.setattr("ui.pages.found_files._MOST", 2)
    rows = table(client.get("/khabar/found.csv?q=lang:en"))
    assert rows[:2] == whole[:2]
    assert rows[2]["id"].startswith("Cut after the newest 2 articles")
    assert len(rows) == 3
    lines = client.get("/khabar/found.jsonl?q=lang:en").text.splitlines()
    assert "newest 2 articles" in json.loads(lines[2])["notice"]
    monkeypatch.setattr("ui.pages.found_files._MOST", len(whole))
    assert table(client.get("/khabar/found.csv?q=lang:en")) == whole


@pytest.mark.parametrize("name", ["found.csv", "found.jsonl"])
def test_a_wrong_query_is_told_and_a_stranger_logs_in(client, stranger, name):
    assert client.get(f"/khabar/{name}", params={"q": "(gas"}).status_code == 400
    assert stranger.get(f"/khabar/{name}?q=gas").status_code == 303
