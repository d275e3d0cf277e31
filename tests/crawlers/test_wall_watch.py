"""A wall in front of the articles is looked at now and then; what waits behind it is not lost."""

import json
from datetime import UTC, datetime, timedelta

from crawlers import due_at, wall_watch
from crawlers import job as jobs
from crawlers.download.throttle import Host
from crawlers.wall_watch import NO_WALL, Wall, WallWatch
from news import codec
from news.crawl import DoorState, OutletState
from news.outlet import Pace

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
LINKS = [f"/news/{number}-a-long-headline-here" for number in range(1, 9)]
WALL = "<html><title>Hello</title><p>Please come back with a browser that runs scripts.</p></html>"


def story(link: str) -> str:
    text = f"The story at {link} tells of a bridge over the river and goes on"
    paragraphs = "".join(f"<p>{text} and on in part {part} of it.</p>" for part in range(30))
    return f"<html><head><title>{link}</title></head><body>{paragraphs}</body></html>"


def learnt(job) -> str:
    """Return what is known after a crawl, one line for each address, as an archive has it."""
    lines = {}
    for path in (job.folder / "memory.jsonl", job.folder / "crawl.jsonl"):
        for line in path.read_text().splitlines() if path.exists() else ():
            (held,) = json.loads(line).items()
            lines[held[0], held[1]["url"]] = line
    return "".join(f"{line}\n" for line in lines.values())


def crawl_after(job_of, outlet, before, minutes: int):
    """Crawl so many minutes later with what the crawl before has learnt."""
    job = job_of(outlet, now=before.now + minutes * MINUTE)
    (job.folder / "memory.jsonl").write_text(learnt(before))
    return job, jobs.run(job, progress=False)


def states_of(job) -> dict[str, DoorState]:
    lines = map(json.loads, learnt(job).splitlines())
    doors = [codec.build(DoorState, line["door"], "test") for line in lines if "door" in line]
    return {door.url: door for door in doors}


def test_a_wall_is_looked_at_with_two_pages_at_growing_pauses_and_loses_nothing(
    site, outlet_of, job_of
):
    for link in LINKS:
        site.page(link, WALL)
    site.feed("/feed", LINKS)
    outlet = outlet_of(("feed", "/feed"), pace=Pace(delay=0.0, concurrency=1))
    job = job_of(outlet)
    report = jobs.run(job, progress=False)
    asked = len([path for _, path, _ in site.log if path in LINKS])
    assert (report.state, report.new) == (OutletState.WALL, 0)
    assert asked <= 5

    # Before the pause is over nothing is asked, whatever is due.
    job, report = crawl_after(job_of, outlet, job, 20)
    assert report.state is OutletState.WALL
    assert len([path for _, path, _ in site.log if path in LINKS]) == asked
    assert due_at(outlet, states_of(job), NOW) >= NOW + 30 * MINUTE

    job, report = crawl_after(job_of, outlet, job, 20)
    assert len([path for _, path, _ in site.log if path in LINKS]) == asked + 2
    assert report.state is OutletState.WALL

    for link in LINKS:
        site.page(link, story(link))
    job, report = crawl_after(job_of, outlet, job, 61)
    assert (report.state, report.new, report.pending) == (OutletState.OK, len(LINKS), 0)


def test_pages_of_one_section_with_one_text_are_no_wall_beside_pages_that_are_read():
    watch = WallWatch(NO_WALL, Host(0, 1))
    for _ in range(5):
        watch.note_page()
    assert not watch.note_wall()
    assert not watch.note_wall()
    assert watch.after(NOW) == NO_WALL


def test_pauses_grow_to_three_hours_and_end_with_the_first_page():
    wall, pauses = NO_WALL, []
    for _ in range(6):
        watch = WallWatch(wall, Host(0, 1))
        watch.note_wall()
        watch.note_wall()
        wall = watch.after(NOW)
        pauses.append((wall.until - NOW) / timedelta(hours=1))
    assert pauses == [0.5, 1, 2, 3, 3, 3]
    watch = WallWatch(wall, Host(0, 1))
    assert watch.is_resting(NOW)
    assert watch.stands
    watch.note_page()
    assert watch.fell
    assert watch.after(NOW) == NO_WALL


def test_a_crawl_that_asked_for_no_page_knows_nothing_better_of_the_wall():
    before = Wall(2, NOW + wall_watch._PAUSES[1])
    assert WallWatch(before, Host(0, 1)).after(NOW) == before
