"""Other people's WARC files become what a crawl of ours would have left: sorted and known."""

import json
from datetime import UTC, datetime

import pytest

from crawlers import job as jobs
from crawlers.warc import import_files, records
from news.crawl import DoorState, OutletState
from news.outlet import Door, DoorKind, Outlet

NOW = datetime(2026, 11, 26, 12, tzinfo=UTC)


def outlet_at(host: str, path: str = "/") -> Outlet:
    return Outlet(
        name=host.partition(".")[0],
        region="caspian",
        title=host,
        home=f"https://{host}{path}",
        country="AZ",
        languages=("az",),
        timezone="Asia/Baku",
        doors=(Door(kind=DoorKind.FEED, url=f"https://{host}/rss"),),
    )


MAVI, SARI = outlet_at("mavi.az"), outlet_at("sari.az")
EDITION = outlet_at("en.mavi.az")


def exchange(url: str, hour: int = 10, status: int = 200, **fields) -> records.Exchange:
    kind = fields.pop("kind", "text/html; charset=utf-8")
    return records.Exchange(
        asked=url,
        url=url,
        status=status,
        headers=(("Content-Type", kind),) if kind else (),
        body=f"<p>{url} at {hour}".encode(),
        fetched_at=datetime(2026, 11, 25, hour, tzinfo=UTC),
        request_headers=(),
        address="",
        **fields,
    )


def written(path, *exchanges):
    writer = records.Writer(path)
    for one in exchanges:
        writer.write(one)
    writer.close()
    return path


def sort(tmp_path, *exchanges, outlets=(MAVI, SARI), said=None):
    path = written(tmp_path / "others.warc.gz", *exchanges)
    say = (lambda _: None) if said is None else said.append
    return import_files.sort_pages([path], list(outlets), tmp_path / "scratch", say)


def sorted_urls(tmp_path, name: str) -> list[str]:
    pages = records.read_pages(tmp_path / "scratch" / name / "pages.warc.gz")
    return [page.url for page in pages]


def test_pages_are_sorted_by_the_outlet_that_they_lie_on(tmp_path):
    found = sort(
        tmp_path,
        exchange("https://mavi.az/1"),
        exchange("https://sari.az/1"),
        exchange("https://www.mavi.az/2"),
        exchange("https://qara.az/1"),
    )
    assert dict(found.outlets) == {"mavi": 2, "sari": 1}
    assert (found.pages, found.strangers) == (3, 1)
    assert sorted_urls(tmp_path, "sari") == ["https://sari.az/1"]


def test_an_edition_of_its_own_takes_its_pages(tmp_path):
    found = sort(tmp_path, exchange("https://en.mavi.az/1"), outlets=(MAVI, EDITION))
    assert dict(found.outlets) == {"en": 1}


@pytest.mark.parametrize(
    ("answer", "pages"),
    [
        (exchange("https://mavi.az/1", kind="application/pdf"), 0),
        (exchange("https://mavi.az/1", kind=""), 1),
        (exchange("https://mavi.az/1", status=301), 0),
        (exchange("https://mavi.az/1", status=500), 0),
        (exchange("https://mavi.az/1", status=404), 1),
        (exchange("https://mavi.az/1", status=410), 1),
    ],
)
def test_what_is_no_page_of_an_article_is_passed_over(tmp_path, answer, pages):
    assert sort(tmp_path, answer).pages == pages


def test_a_person_who_waits_is_told_how_far_it_is(tmp_path, monkeypatch):
    monkeypatch.setattr(import_files, "_SAY_EVERY", 2)
    said: list[str] = []
    answers = [exchange(f"https://mavi.az/{number}") for number in range(5)]
    sort(tmp_path, *answers, said=said)
    assert said == [
        "others.warc.gz: 2 answers read, 2 pages of known outlets so far",
        "others.warc.gz: 4 answers read, 4 pages of known outlets so far",
    ]


def handed_over(tmp_path, *exchanges, memory: str = ""):
    sort(tmp_path, *exchanges)
    folder = tmp_path / "run"
    folder.mkdir()
    if memory:
        (folder / "memory.jsonl").write_text(memory)
    report = import_files.hand_over(tmp_path / "scratch" / "mavi", folder, MAVI, NOW)
    lines = (folder / "crawl.jsonl").read_text().splitlines()
    knowns = [json.loads(line)["known"] for line in lines if "known" in line]
    return folder, report, {known["url"]: known for known in knowns}


def test_the_newest_of_several_versions_is_what_is_known(tmp_path):
    folder, report, knowns = handed_over(
        tmp_path,
        exchange("https://mavi.az/1", hour=9),
        exchange("https://mavi.az/1", hour=11),
        exchange("https://mavi.az/1", hour=10),
        exchange("https://mavi.az/2", hour=10),
    )
    assert knowns["https://mavi.az/1"]["last_fetched"].startswith("2026-11-25T11")
    assert knowns["https://mavi.az/1"].get("next_check") is None
    assert (report.pages, report.new, report.known, report.note) == (4, 2, 2, "imported")
    assert jobs.report_of(folder) == report


def test_what_is_known_already_and_what_is_gone_is_not_remembered_anew(tmp_path):
    known = {
        "outlet": "mavi",
        "url": "https://mavi.az/1",
        "address": "https://mavi.az/1",
        "first_seen": "2026-11-01T00:00:00+00:00",
    }
    _, report, knowns = handed_over(
        tmp_path,
        exchange("https://mavi.az/1"),
        exchange("https://mavi.az/3", status=404),
        memory=json.dumps({"known": known}) + "\n",
    )
    assert knowns == {}
    assert (report.pages, report.new, report.known) == (2, 0, 1)


@pytest.mark.parametrize(
    ("states", "stands"),
    [
        ((), OutletState.OK),
        ((OutletState.BLOCKED,), OutletState.BLOCKED),
    ],
)
def test_an_import_says_nothing_of_how_the_outlet_stands(tmp_path, states, stands):
    from news import codec

    memory = ""
    for state in states:
        door = DoorState(outlet="mavi", url=MAVI.doors[0].url, state=state)
        memory += f'{{"door": {codec.dump(door)}}}\n'
    _, report, _ = handed_over(tmp_path, exchange("https://mavi.az/1"), memory=memory)
    assert report.state is stands
