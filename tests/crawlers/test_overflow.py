"""A listing that has moved on further than it shows is walked back to where it was."""

from datetime import timedelta

from crawlers import job as jobs
from news.crawl import OutletState

HOUR = timedelta(hours=1)
NAVIGATION = ["/news/1-about-the-house-itself", "/news/2-how-to-write-to-us"]


def link(number: int) -> str:
    return f"/news/{1000 + number}-a-long-headline-here"


def listing(site, newest: int, shown: int = 12) -> None:
    """Serve a listing of articles up to `newest`, twelve a page, two links above each page."""
    for page in range(4):
        first = newest - page * shown
        links = [*NAVIGATION, *(link(number) for number in range(first, first - shown, -1))]
        anchors = "".join(f'<a href="{address}">A headline of some words</a>' for address in links)
        follow = f'<a rel="next" href="/list?page={page + 2}">next</a>'
        site.page("/list" if not page else f"/list?page={page + 1}", f"<html>{anchors}{follow}")


def test_links_that_stand_on_every_poll_do_not_hide_an_overflow(site, outlet_of, job_of):
    for number in range(-60, 60):
        site.article(link(number), f"story {number} " * 200)
    for address in NAVIGATION:
        site.article(address, f"{address} " * 200)
    listing(site, 12)
    outlet = outlet_of(("listing", "/list"))
    job = job_of(outlet)
    assert jobs.run(job, progress=False).new == 14
    listing(site, 37)  # 25 new ones, of which the first page shows 12
    later = job_of(outlet, now=job.now + HOUR, all_doors=True)
    (later.folder / "memory.jsonl").write_text((job.folder / "crawl.jsonl").read_text())
    report = jobs.run(later, progress=False)
    assert report.new == 25
    assert report.doors[0].note == "overflow"


def test_a_list_that_ran_over_is_told_for_days(site, outlet_of, job_of):
    """Nothing leads from the list to what has gone from it, and no other door knows it."""

    def single(newest: int) -> None:
        anchors = "".join(
            f'<a href="{link(number)}">A headline of some words</a>'
            for number in range(newest, newest - 8, -1)
        )
        site.page("/list", f"<html>{anchors}")

    def crawl(before, hours: int):
        later = job_of(outlet, now=before.now + hours * HOUR, all_doors=True)
        (later.folder / "memory.jsonl").write_text((before.folder / "crawl.jsonl").read_text())
        return later, jobs.run(later, progress=False)

    for number in range(60):
        site.article(link(number), f"story {number} " * 200)
    single(12)
    outlet = outlet_of(("listing", "/list"))
    job = job_of(outlet)
    assert jobs.run(job, progress=False).state is OutletState.OK

    single(18)  # six new ones, two of the last poll still there
    job, report = crawl(job, 2)
    assert report.state is OutletState.OK

    single(40)
    job, report = crawl(job, 2)
    assert report.state is OutletState.UNREAD
    assert "no door reaches back" in report.note

    single(41)
    job, report = crawl(job, 2)
    assert report.state is OutletState.UNREAD

    single(42)
    _, report = crawl(job, 24 * 8)
    assert report.state is OutletState.OK


def test_a_listing_that_moved_on_a_little_is_not_walked(site, outlet_of, job_of):
    for number in range(-60, 60):
        site.article(link(number), f"story {number} " * 200)
    for address in NAVIGATION:
        site.article(address, f"{address} " * 200)
    listing(site, 12)
    outlet = outlet_of(("listing", "/list"))
    job = job_of(outlet)
    jobs.run(job, progress=False)
    listing(site, 15)
    later = job_of(outlet, now=job.now + HOUR, all_doors=True)
    (later.folder / "memory.jsonl").write_text((job.folder / "crawl.jsonl").read_text())
    before = site.asked("/list?page=2")
    report = jobs.run(later, progress=False)
    assert (report.new, report.doors[0].note, site.asked("/list?page=2")) == (3, "", before)
