"""A listing that has moved on further than it shows is walked back to where it was."""

from datetime import timedelta

from crawlers import job as jobs

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
