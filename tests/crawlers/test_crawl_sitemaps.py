"""A sitemap's news is what it did not list before, whatever dates stand beside it."""

import gzip
import json
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from crawlers import job as jobs
from crawlers.discovery import choice, sitemap
from crawlers.discovery.choice import Before
from crawlers.discovery.marks import Files, mark

BAKU = ZoneInfo("Asia/Baku")
NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
SINCE = datetime(2026, 11, 22, 6, tzinfo=UTC)
DAYS_ONLY = "2026-11-22"
STALE = "2026-01-01T00:00:00+04:00"


def path(number):
    return f"/news/{number}-a-long-headline"


def urlset(site, numbers, lastmod):
    return "".join(
        ["<urlset>"]
        + [f"<url><loc>{site.url(path(one))}</loc>{dated(lastmod)}</url>" for one in numbers]
        + ["</urlset>"]
    )


def index(site, files):
    rows = [f"<sitemap><loc>{site.url(at)}</loc>{dated(day)}</sitemap>" for at, day in files]
    return f"<sitemapindex>{''.join(rows)}</sitemapindex>"


def dated(lastmod):
    return f"<lastmod>{lastmod}</lastmod>" if lastmod else ""


@pytest.fixture
def poll(site, outlet_of, job_of):
    """Poll the sitemap once more, two hours after the last time, with what is known by then."""
    outlet = outlet_of(("sitemap", "/sitemap.xml"))
    before = []

    def once(**options):
        now = before[-1].now + timedelta(hours=2) if before else NOW
        job = job_of(outlet, now=now, all_doors=True, recheck=False, **options)
        if before:
            carry(before[-1].folder, job.folder)
        before.append(job)
        return jobs.run(job)

    for number in range(60):
        site.article(path(number))
    return once


def carry(old, new):
    held = {}
    for name in ("memory.jsonl", "crawl.jsonl"):
        for text in (old / name).read_text().splitlines() if (old / name).exists() else ():
            ((kind, value),) = json.loads(text).items()
            held[kind, value["url"]] = text
    (new / "memory.jsonl").write_text("".join(f"{text}\n" for text in held.values()))


@pytest.mark.parametrize("lastmod", [DAYS_ONLY, STALE, "yesterday"])
def test_what_appears_in_a_sitemap_is_fetched_whatever_its_date(site, poll, lastmod):
    site.page("/sitemap.xml", urlset(site, range(3), lastmod))
    poll()
    for count in (5, 9):
        site.page("/sitemap.xml", urlset(site, range(count), lastmod))
        poll()
    assert [site.asked(path(number)) for number in range(3, 9)] == [1] * 6


def test_the_archive_that_a_sitemap_lists_at_first_is_left_out_and_counted(site, poll):
    site.page("/sitemap.xml", urlset(site, range(50), STALE))
    report = poll()
    assert (report.new, report.doors[0].entries, report.doors[0].left_out) == (0, 0, 50)
    site.page("/sitemap.xml", urlset(site, range(51), STALE))
    report = poll()
    assert (report.new, report.doors[0].new, report.doors[0].left_out) == (1, 1, 0)
    assert site.asked(path(50)) == 1


def test_a_backfill_fetches_what_was_left_out(site, poll):
    site.page("/sitemap.xml", urlset(site, range(4), STALE))
    poll()
    report = poll(since=date(2025, 12, 30), until=date(2026, 1, 2))
    assert (report.new, report.doors[0].left_out) == (4, 0)
    site.page("/sitemap.xml", urlset(site, range(5), STALE))
    assert poll().new == 1


def test_articles_known_from_elsewhere_are_not_counted_as_left_out(site, poll):
    site.page("/sitemap.xml", urlset(site, range(3), ""))
    assert poll().new == 3
    site.page("/sitemap.xml", index(site, [("/a.xml", DAYS_ONLY)]))
    site.page("/a.xml", urlset(site, range(5), STALE))
    assert poll().doors[0].left_out == 2


def test_an_index_that_never_changes_is_read_all_the_same(site, poll):
    site.page("/sitemap.xml", index(site, [("/a.xml", ""), ("/b.xml", "")]))
    site.page("/b.xml", urlset(site, range(10, 13), STALE))
    for count in (1, 2, 3):
        site.page("/a.xml", urlset(site, range(count), STALE))
        poll()
    assert [site.asked(path(number)) for number in (0, 1, 2, 10)] == [0, 1, 1, 0]


def test_an_index_with_stale_dates_is_found_out(site, poll):
    site.page("/sitemap.xml", index(site, [("/a-2025.xml", STALE), ("/a-2026.xml", STALE)]))
    site.page("/a-2025.xml", urlset(site, range(50, 55), STALE))
    for count in range(1, 8):
        site.page("/a-2026.xml", urlset(site, range(count), STALE))
        poll()
    assert [site.asked(path(number)) for number in range(7)] == [0] + [1] * 6
    assert [site.asked(f"/a-{year}.xml") for year in (2026, 2025)] == [4, 2]


def test_an_index_with_true_dates_costs_one_request_where_nothing_has_changed(site, poll):
    site.page("/sitemap.xml", index(site, [("/a.xml", STALE), ("/b.xml", STALE)]))
    site.page("/a.xml", urlset(site, range(3), STALE))
    site.page("/b.xml", urlset(site, range(3, 6), STALE))
    for _ in range(5):
        poll()
    assert site.asked("/sitemap.xml") == 5
    assert site.asked("/a.xml") + site.asked("/b.xml") == 2


def test_a_file_that_appears_in_an_index_is_all_news(site, poll):
    site.page("/sitemap.xml", index(site, [("/a.xml", STALE)]))
    site.page("/a.xml", urlset(site, range(3), STALE))
    poll()
    site.page("/sitemap.xml", index(site, [("/a.xml", STALE), ("/0.xml", STALE)]))
    site.page("/0.xml", "no", status=500)
    poll()
    site.page("/0.xml", urlset(site, [*range(3), 7, 8], STALE))
    report = poll()
    assert report.new == 2
    assert site.asked(path(7)) == 1


def test_an_index_put_in_order_is_no_flood(site, poll):
    site.page("/sitemap.xml", index(site, [("/a.xml", STALE)]))
    site.page("/a.xml", urlset(site, range(3), STALE))
    poll()
    files = [(f"/{number}.xml", DAYS_ONLY) for number in range(5)]
    site.page("/sitemap.xml", index(site, files))
    for number, (at, _) in enumerate(files):
        site.page(at, urlset(site, range(10 * number, 10 * number + 10), STALE))
    [door] = poll().doors
    assert (door.new, door.left_out, door.unread) == (0, 40, 1)


def test_files_of_an_index_that_have_to_wait_are_counted(site, poll):
    files = [(f"/{number}.xml", DAYS_ONLY) for number in range(7)]
    site.page("/sitemap.xml", index(site, files))
    for number, (at, _) in enumerate(files):
        site.page(at, urlset(site, [number], DAYS_ONLY))
    report = poll()
    assert (report.new, report.doors[0].unread) == (4, 3)


def test_an_archive_moved_to_other_addresses_is_no_flood():
    first = sitemap.read(listing(0, 5), "https://x.az/s.xml", BAKU, before=Before(since=SINCE))
    assert (first.entries, first.left_out) == ((), 5)
    again = Before(since=SINCE, listed=first.marks)
    read = sitemap.read(listing(0, 5000), "https://x.az/s.xml", BAKU, before=again)
    assert len(read.entries) == choice.LATE
    assert len(read.entries) + read.left_out == 5000 - 5
    last = Before(since=SINCE, listed=read.marks)
    after = sitemap.read(listing(0, 5000), "https://x.az/s.xml", BAKU, before=last)
    assert (after.entries, after.left_out) == ((), 0)


@pytest.mark.parametrize("text", [True, False])
def test_what_is_new_has_room_where_there_is_more_than_can_be_kept(text):
    def body(begin, end):
        if text:
            return b"\n".join(b"https://x.az/%d" % number for number in range(begin, end))
        return listing(begin, end, b"")

    first = sitemap.read(body(5, 500), "https://x.az/s", BAKU, most=100, before=Before(since=SINCE))
    assert (len(first.entries), first.left_out) == (100, 395)
    again = Before(since=SINCE, listed=first.marks)
    read = sitemap.read(body(0, 510), "https://x.az/s", BAKU, most=100, before=again)
    found = {entry.url for entry in read.entries}
    assert {f"https://x.az/{number}" for number in (*range(5), *range(500, 510))} <= found
    assert (len(found), read.left_out) == (100, 0)


def listing(begin, end, lastmod=b"<lastmod>2020-01-01</lastmod>"):
    rows = [
        b"<url><loc>https://x.az/%d</loc>%s</url>" % (one, lastmod) for one in range(begin, end)
    ]
    return b"<urlset>" + b"".join(rows) + b"</urlset>"


def test_a_day_lasts_until_its_midnight():
    rows = listing(0, 1, b"<lastmod>2026-11-22</lastmod>")
    noon = Before(since=datetime(2026, 11, 22, 19, tzinfo=UTC))
    night = Before(since=datetime(2026, 11, 22, 21, tzinfo=UTC))
    assert len(sitemap.read(rows, "https://x.az/s.xml", BAKU, before=noon).entries) == 1
    assert len(sitemap.read(rows, "https://x.az/s.xml", BAKU, before=night).entries) == 0


def test_the_marks_of_the_last_files_are_kept():
    files = Files(most=2)
    for name in "abca":
        files.put(name, {mark(name), 5})
    again = Files(files.text(), most=2)
    assert (again.of("a"), again.of("b")) == (frozenset({mark("a"), 5}), None)
    assert again.all() == frozenset({mark("a"), mark("c"), 5})
    files.put("a", ())
    assert Files(files.text()).of("a") == frozenset()


def test_an_index_that_makes_new_ones_for_ever_ends(site, poll):
    def level(name: str, depth: int) -> None:
        children = [f"/{name}{number}.xml" for number in range(6)] if depth < 4 else []
        site.page(f"/{name}.xml", index(site, [(child, "") for child in children]))
        for number in range(len(children)):
            level(f"{name}{number}", depth + 1)

    level("sitemap", 0)
    report = poll()
    assert report.requests < 40
    assert report.doors[0].unread > 0


def test_the_file_of_today_is_read_whatever_the_index_says_of_it(site, poll):
    files = [(f"/news-2026-11-{day:02d}.xml", STALE) for day in range(16, 23)]
    for name, _ in files:
        site.page(name, urlset(site, range(3), ""))
    site.page("/sitemap.xml", index(site, files))
    poll()
    today = files[-1][0]
    for count in (4, 5):
        site.page(today, urlset(site, range(count), ""))
        poll()
    assert [site.asked(path(number)) for number in (3, 4)] == [1, 1]


def test_a_text_sitemap_may_have_an_odd_line():
    text = "# made by hand\nhttps://x.az/1\n\nnot an address\nhttps://x.az/2\nhttps://x.az/3\n"
    reading = sitemap.read(text.encode(), "https://x.az/s.txt", UTC)
    assert {entry.url for entry in reading.entries} == {f"https://x.az/{n}" for n in (1, 2, 3)}


def test_a_sitemap_may_be_compressed_twice():
    text = b"<urlset><url><loc>https://x.az/1</loc></url></urlset>"
    twice = gzip.compress(gzip.compress(text))
    assert len(sitemap.read(twice, "https://x.az/s.xml.gz", UTC).entries) == 1


def test_an_index_that_leads_to_nothing_but_indexes_is_asked_seldom(site, poll):
    """Articles come with each poll all the same; an index of files is no barren one."""

    def endless(number: int, *files: tuple[str, str]) -> str:
        others = [(f"/map?p={number * 3 + step}", "") for step in (1, 2, 3)]
        return index(site, [*files, *others])

    for number in range(1, 200):
        site.page(f"/map?p={number}", endless(number))
    files = ("/fresh.xml", ""), ("/years.xml", "")
    site.page("/years.xml", index(site, [("/2026.xml", "")]))
    site.page("/sitemap.xml", endless(0, *files))

    for count in range(8):
        site.page("/fresh.xml", urlset(site, range(count), STALE))
        site.page("/2026.xml", urlset(site, range(31, 32 + count), STALE))
        poll()

    asked = sum(item[1].startswith("/map?p=") for item in site.log)
    assert asked <= 40  # 8 polls could ask for 24 each
    assert site.asked("/2026.xml") >= 4
    assert [site.asked(path(number)) for number in range(1, 7)] == [1] * 6
    assert [site.asked(path(number)) for number in range(33, 37)] == [1] * 4
