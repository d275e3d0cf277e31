"""What menus lead to and no door names: seen by a daily look, named in health, taken for a door."""

from datetime import timedelta

from crawlers import job as jobs
from crawlers.look_notes import Beside, Looks, read, written
from news.crawl import OutletState

HOUR = timedelta(hours=1)
MENU = '<nav><a href="/economy/">Economy</a><a href="/sport/">Sport</a><a href="/a/">A</a></nav>'


def story(link: str) -> str:
    text = f"The story at {link} tells of a bridge over the river and goes on"
    paragraphs = "".join(f"<p>{text} and on in part {part} of it.</p>" for part in range(20))
    return f"<html><head><title>{link}</title></head><body>{MENU}{paragraphs}</body></html>"


def listing(links: list[str]) -> str:
    cards = "".join(
        f'<div><h2><a href="{link}">What is told: {link}</a></h2></div>' for link in links
    )
    return f"<html><title>List</title><body>{MENU}{cards}</body></html>"


def links(section: str, first: int, last: int) -> list[str]:
    numbers = range(first, last)
    return [f"/{section}/{number}-a-long-headline-of-it" for number in numbers]


class Days:
    """An outlet whose economy section shows what its feed leaves out, one crawl after another."""

    def __init__(self, site, outlet, job_of) -> None:
        self.site, self.outlet, self.job_of = site, outlet, job_of
        self.job = None

    def show(self, fed: list[str], economy: list[str]) -> None:
        for link in [*fed, *economy]:
            self.site.page(link, story(link))
        self.site.feed("/feed", fed)
        self.site.page("/", listing(fed))
        self.site.page("/economy/", listing([*economy, *fed[:2]]))
        self.site.page("/sport/", listing(fed[:4]))
        self.site.page("/a/", listing([]))

    def crawl(self, hours: float):
        before = self.job
        now = {} if before is None else {"now": before.now + hours * HOUR}
        self.job = self.job_of(self.outlet, **now)
        if before is not None:
            memory = (before.folder / "crawl.jsonl").read_text()
            old = before.folder / "memory.jsonl"
            memory = (old.read_text() if old.exists() else "") + memory
            (self.job.folder / "memory.jsonl").write_text(memory)
        return jobs.run(self.job, progress=False)


def play(site, outlet_of, job_of, **fields: object):
    """Play three days; return the reports of the last one and the days themselves."""
    days = Days(site, outlet_of(("feed", "/feed"), **fields), job_of)
    days.show(links("news", 1, 9), links("economy", 100, 106))
    days.crawl(0)
    days.crawl(23)
    # The look goes round in two days: three sections, two a day.
    days.crawl(23)
    days.show(links("news", 3, 11), links("economy", 103, 109))
    days.crawl(23)
    days.crawl(23)
    return days, days.crawl(7)


def test_articles_that_only_a_section_names_are_said_in_the_outlets_health(site, outlet_of, job_of):
    days, report = play(site, outlet_of, job_of, find_doors=False)
    assert report.state is OutletState.UNREAD
    assert f"3 on {site.url('/economy/')}" in report.note
    assert site.asked("/economy/108-a-long-headline-of-it") == 0
    asked = [path for _, path, _ in site.log if path in {"/economy/", "/sport/", "/a/"}]
    assert 4 <= len(asked) <= 8  # two a day
    # Named by a door after all: nothing is left to say.
    days.show([*links("economy", 106, 109), *links("news", 5, 11)], links("economy", 103, 109))
    assert days.crawl(3).state is OutletState.OK


def test_such_a_section_is_a_door_where_the_file_allows_it(site, outlet_of, job_of):
    days, _ = play(site, outlet_of, job_of, find_doors=True)
    report = days.crawl(1)
    assert report.state is OutletState.OK
    assert site.url("/economy/") in {door.url for door in report.doors}
    assert site.asked("/economy/108-a-long-headline-of-it") == 1


def test_what_is_remembered_of_the_looks_is_read_as_it_was_written():
    from datetime import UTC, datetime

    now = datetime(2026, 11, 22, 12, tzinfo=UTC)
    looks = Looks(
        at=now,
        home=now,
        sections=("https://x.az/a", "https://x.az/b"),
        seen={"https://x.az/a": ("k1", "k2"), "https://x.az/b": ()},
        beside=(Beside(section="https://x.az/a", url="https://x.az/1", seen=now),),
    )
    assert read({name: text for name, text in written(looks) if text}) == looks
    assert read({}) == Looks()
