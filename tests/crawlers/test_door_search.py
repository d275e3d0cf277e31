"""A door that dies is looked for again; what is found is proposed, or taken where allowed."""

import json
from dataclasses import replace
from datetime import timedelta

from crawlers import due_at, outlet_files
from crawlers import job as jobs
from news import codec
from news.crawl import DoorState, OutletState

HOUR = timedelta(hours=1)


def polls(job, job_of, count: int, outlet=None):
    """Poll all doors again, an hour later each time; return the last report with its job."""
    report = jobs.run(job, progress=False)
    for _ in range(count):
        later = job_of(outlet or job.outlet, now=job.now + HOUR, all_doors=True)
        (later.folder / "memory.jsonl").write_text((job.folder / "crawl.jsonl").read_text())
        job, report = later, jobs.run(later, progress=False)
    return job, report


def test_a_feed_that_moved_is_found_on_the_home_page_and_proposed(site, outlet_of, job_of):
    head = '<link rel="alternate" type="application/rss+xml" href="/new/feed.xml">'
    site.page("/", f"<html><head>{head}</head><body>Front</body></html>")
    site.article("/news/101-a")
    site.feed("/new/feed.xml", ["/news/101-a"])
    job = job_of(outlet_of(("feed", "/feed.xml")))
    polls(job, job_of, 0)
    assert site.asked("/new/feed.xml") == 0
    later, report = polls(job_of(job.outlet), job_of, 1)
    assert report.state is OutletState.GONE
    assert f"{site.url('/new/feed.xml')} (feed) answers in its place" in report.note
    assert "find_doors = true" in report.note
    assert site.asked("/news/101-a") == 0
    before = len(site.log)
    polls(later, job_of, 1)
    assert len(site.log) - before <= 2  # what is found is not looked for again


def test_a_found_door_is_asked_where_the_file_allows_it(site, outlet_of, job_of):
    head = '<link rel="alternate" type="application/rss+xml" href="/new/feed.xml">'
    site.page("/", f"<html><head>{head}</head><body>Front</body></html>")
    site.article("/news/101-a")
    site.feed("/new/feed.xml", ["/news/101-a"])
    job = job_of(outlet_of(("feed", "/feed.xml"), find_doors=True))
    _, report = polls(job, job_of, 2)
    assert (report.new, report.state) == (1, OutletState.MOVED)
    assert "change the outlet file" in report.note
    assert site.asked("/news/101-a") == 1
    assert site.url("/new/feed.xml") in {door.url for door in report.doors}


def found_in(job) -> str:
    lines = map(json.loads, (job.folder / "crawl.jsonl").read_text().splitlines())
    doors = [line["door"] for line in lines if "door" in line]
    [own] = [door for door in doors if door["url"].endswith("#outlet")]
    return own["data"].get("found", "")


def test_what_was_found_is_forgotten_when_the_dead_door_answers_again(site, outlet_of, job_of):
    head = '<link rel="alternate" type="application/rss+xml" href="/new/feed.xml">'
    site.page("/", f"<html><head>{head}</head><body>Front</body></html>")
    site.article("/news/101-a")
    site.feed("/new/feed.xml", ["/news/101-a"])
    outlet = outlet_of(("feed", "/feed.xml"), find_doors=True)
    job, _ = polls(job_of(outlet), job_of, 2)
    assert "/new/feed.xml" in found_in(job)
    site.feed("/feed.xml", ["/news/101-a"])
    job, _ = polls(job, job_of, 1)
    assert found_in(job) == ""
    _, report = polls(job, job_of, 1)
    assert [door.url for door in report.doors] == [site.url("/feed.xml")]


def test_a_found_door_that_dies_too_is_forgotten(site, outlet_of, job_of):
    head = '<link rel="alternate" type="application/rss+xml" href="/new/feed.xml">'
    site.page("/", f"<html><head>{head}</head><body>Front</body></html>")
    site.feed("/new/feed.xml", ["/news/101-a"])
    site.article("/news/101-a")
    outlet = outlet_of(("feed", "/feed.xml"), find_doors=True)
    job, _ = polls(job_of(outlet), job_of, 2)
    del site.pages["/new/feed.xml"]
    job, _ = polls(job, job_of, 3)
    assert "/new/feed.xml" in found_in(job)
    job, _ = polls(job, job_of, 1)
    assert found_in(job) == ""


def test_a_found_door_wakes_its_outlet(outlet_of):
    outlet = outlet_of(("feed", "/feed.xml"), find_doors=True)
    dead = outlet.doors[0].url
    moment = codec.build(
        DoorState,
        {"outlet": "outlet", "url": dead, "next_poll": "2026-11-27T10:00:00+00:00"},
        "",
    )
    found = {"found": f"feed http://outlet.localhost/new {dead}"}
    own = DoorState(outlet="outlet", url=f"{outlet.home}#outlet", data=found)
    assert due_at(outlet, {dead: moment, own.url: own}) is None
    assert due_at(replace(outlet, find_doors=False), {dead: moment, own.url: own}) is not None


def test_a_search_that_finds_nothing_is_made_once_a_day(site, outlet_of, job_of):
    site.page("/", "<html><body>Front</body></html>")
    job = job_of(outlet_of(("feed", "/feed.xml")))
    _, report = polls(job, job_of, 3)
    assert report.state is OutletState.GONE
    assert site.asked("/") == 1


def test_a_door_that_fails_once_is_not_looked_for(site, outlet_of, job_of):
    site.page("/", "<html><body>Front</body></html>")
    polls(job_of(outlet_of(("feed", "/feed.xml"))), job_of, 0)
    assert site.asked("/") == 0


def test_the_file_says_whether_found_doors_are_asked(tmp_path):
    text = (
        'title = "X"\nhome = "https://x.az/"\ncountry = "AZ"\nlanguages = ["az"]\n'
        'timezone = "Asia/Baku"\nfind_doors = true\n[[doors]]\nkind = "feed"\n'
        'url = "https://x.az/feed"\n'
    )
    assert outlet_files.parse_outlet(text, tmp_path / "r" / "x.toml").find_doors
    assert not outlet_files.parse_outlet(
        text.replace("find_doors = true\n", ""), tmp_path / "r" / "x.toml"
    ).find_doors


def test_the_file_says_whether_an_outlet_is_must_have(tmp_path):
    text = (
        'title = "X"\nhome = "https://x.az/"\ncountry = "AZ"\nlanguages = ["az"]\n'
        'timezone = "Asia/Baku"\nmust_have = true\n[[doors]]\nkind = "feed"\n'
        'url = "https://x.az/feed"\n'
    )
    assert outlet_files.parse_outlet(text, tmp_path / "r" / "x.toml").must_have


def test_an_edition_whose_front_page_moved_is_found_by_hreflang(site, outlet_of, job_of):
    editions = (
        '<link rel="alternate" hreflang="az" href="/azerbaycan/">'
        '<link rel="alternate" hreflang="ru" href="/russkij/">'
    )
    cards = "".join(
        f'<h2><a href="/azerbaycan/{number}-uzun-bir-xeber-var">Uzun bir xəbər {number}</a></h2>'
        for number in range(6)
    )
    site.page("/", f"<html><head>{editions}</head><body>Front</body></html>")
    site.page("/azerbaycan/", f"<html><body>{cards}</body></html>")
    site.page("/russkij/", "<html><body>Ничего</body></html>")
    for number in range(6):
        site.article(f"/azerbaycan/{number}-uzun-bir-xeber-var")
    job = job_of(outlet_of(("listing", "/az/"), find_doors=True))
    _, report = polls(job, job_of, 2)
    assert site.url("/azerbaycan/") in {door.url for door in report.doors}
    assert report.new == 6
    assert site.asked("/russkij/") == 0
