"""Re-checks.

What an outlet's allowance leaves room for, at which ages, and what doors say for nothing.
"""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawlers import door_notes, schedule
from crawlers import job as jobs
from crawlers.discovery import feed, hints
from crawlers.discovery.reading import Entry
from crawlers.door_notes import DoorNotes
from crawlers.outlet_notes import Ledger
from news import codec
from news.crawl import DoorState, Known

MONDAY = datetime(2026, 11, 16, 6, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def article(number: int = 0, **fields: object) -> Known:
    return Known(
        **{
            "outlet": "x",
            "url": f"https://x.az/{number}",
            "address": f"https://x.az/{number}",
            "first_seen": MONDAY,
            "published": MONDAY,
            "last_fetched": MONDAY,
            "status": 200,
            "digest": "a",
            **fields,
        }
    )


def life(known: Known, wanted: float, *, changes: bool = False) -> list[timedelta]:
    """Return the ages at which an article is looked at when every look comes in time."""
    seen, now = [], MONDAY
    while (check := schedule.next_check(known, now, wanted)) is not None:
        assert check > now
        now = check
        known = replace(
            known, checks=known.checks + 1, changes=known.changes + changes, last_fetched=now
        )
        seen.append(now - MONDAY)
    return seen


def test_one_look_at_every_article_comes_before_two_at_some():
    assert life(article(), 1) == [30 * HOUR]
    assert life(article(), 2) == [1.5 * HOUR, 30 * HOUR]
    assert life(article(), 3) == [1.5 * HOUR, 30 * HOUR, 7 * DAY]
    assert life(article(), 6) == [1.5 * HOUR, 5 * HOUR, 30 * HOUR, 3 * DAY, 7 * DAY, 30 * DAY]


@pytest.mark.parametrize("wanted", [0.1, 0.35, 1.5, 2.2, 4.75])
def test_a_fraction_of_a_look_is_a_share_of_the_articles(wanted):
    looks = [len(life(article(number), wanted)) for number in range(400)]
    assert set(looks) <= {int(wanted), int(wanted) + 1}
    assert sum(looks) / 400 == pytest.approx(wanted, abs=0.15)


@given(st.floats(0.1, 6), st.integers(0, 50))
def test_what_has_changed_gets_one_look_more(wanted, number):
    plain, busy = life(article(number), wanted), life(article(number), wanted, changes=True)
    assert len(plain) <= len(busy) <= len(plain) + 1


@given(st.floats(0, 200), st.floats(0, 60))
def test_all_requests_together_stay_within_the_allowance(articles, others):
    # `others` holds all that is not planned: doors, robots.txt, hints, second looks at what has
    # changed.
    looks = schedule.checks(schedule.spare(Ledger(count=others * 30, span=30), articles), articles)
    asked = articles * (1 + looks) + others
    assert (
        asked <= 1.3 * articles + 30 or others > 0.3 * articles + 25 or looks == pytest.approx(0.1)
    )


def test_an_age_that_has_passed_is_made_up_for():
    late = article(first_seen=MONDAY + 2 * HOUR, last_fetched=MONDAY + 2 * HOUR)
    first = schedule.next_check(late, MONDAY + 2 * HOUR, 2.0)
    assert first == MONDAY + 30 * HOUR
    assert schedule.next_check(replace(late, checks=1), first, 2.0) == MONDAY + 7 * DAY
    assert schedule.next_check(replace(late, checks=2), MONDAY + 7 * DAY, 2.0) is None


def test_what_the_doors_do_not_need_goes_to_articles():
    cheap, dear = (Ledger(count=count, span=10) for count in (60, 180))
    assert (
        schedule.checks(schedule.spare(cheap, 8), 8)
        > schedule.checks(schedule.spare(dear, 8), 8)
        > 1
    )
    assert schedule.checks(schedule.spare(Ledger(), 1), 1) == len(schedule.AGES)


def test_the_ledger_forgets_and_counts_per_day():
    ledger = Ledger()
    for number in range(200):
        ledger = schedule.enter_requests(ledger, 5, MONDAY + number * 6 * HOUR)
    assert ledger.count / ledger.span == pytest.approx(20, rel=0.1)
    assert schedule.spare(ledger, 0) == pytest.approx(30 - 3 - 20, abs=2)


def test_a_first_crawl_leaves_to_looks_what_its_doors_will_not_take():
    assert schedule.spare(Ledger(), 0) == pytest.approx(30 - 3 - 10)
    assert schedule.spare(Ledger(), 0, polls=20.0) == pytest.approx(30 - 3 - 21)
    assert schedule.spare(Ledger(), 0, polls=3.0) == schedule.spare(Ledger(), 0)
    fresh = DoorState(outlet="o", url="https://o.example/", interval=7200.0)
    polled = replace(fresh, last_polled=MONDAY)
    assert schedule.polls_a_day(fresh, DoorNotes()) == 0
    assert schedule.polls_a_day(polled, DoorNotes(cost=0.5)) == 12
    assert schedule.polls_a_day(polled, DoorNotes(cost=3.0)) == 36


def test_a_door_that_speaks_otherwise_of_an_article_hints_at_an_edit():
    entry = Entry(url="https://x.az/0", title="A bridge", gist="1")
    before = {hints.short("https://x.az/0"): hints.words_of(entry)}
    assert not hints.says_changed(article(), entry, before)
    assert not hints.says_changed(article(), replace(entry, title="Another"), {})
    assert hints.says_changed(article(), replace(entry, title="Another"), before)
    assert hints.says_changed(article(), replace(entry, gist="2"), before)
    assert hints.says_changed(article(), replace(entry, updated=MONDAY + HOUR), before)
    assert not hints.says_changed(article(last_fetched=None), replace(entry, gist="2"), before)


def test_a_feeds_text_counts_as_what_it_says():
    def gist(text: str) -> str:
        body = (
            "<rss><channel><item><link>https://x.az/1</link><title>T</title><description>"
            f"D</description>{text}</item></channel></rss>"
        )
        return feed.read(body.encode(), "https://x.az/", UTC).entries[0].gist

    spaced = (
        '<content:encoded xmlns:content="http://purl.org/rss/1.0/modules/content/"><![CDATA[<p>'
        "{}</p>]]></content:encoded>"
    )
    assert len({gist(""), gist(spaced.format("one")), gist(spaced.format("two"))}) == 3
    assert gist("") == gist("<guid>1</guid>")


@given(
    st.dictionaries(
        st.text(st.characters(codec="ascii", exclude_characters=" :"), min_size=1, max_size=9),
        st.sampled_from(["a1", "b2"]),
        max_size=9,
    )
)
def test_what_was_said_is_remembered(found):
    shown = hints.remember(found, {"old": "z"}, 5)
    door = door_notes.write(DoorState(outlet="x", url="u"), DoorNotes(shown=shown))
    kept = door_notes.read(door).shown
    assert kept.items() >= {hints.short(url): said for url, said in list(found.items())[:5]}.items()
    assert len(kept) <= 5


def test_a_door_that_is_often_wrong_is_asked_for_a_sample_only():
    notes = DoorNotes()
    for _ in range(40):
        notes = schedule.prove_hint(notes, true=False)
    assert (
        0
        < sum(schedule.is_believed(notes, f"https://x.az/{number}") for number in range(500))
        < 100
    )
    for _ in range(10):
        notes = schedule.prove_hint(notes, true=True)
    assert all(schedule.is_believed(notes, f"https://x.az/{number}") for number in range(500))


@pytest.mark.parametrize("wrong", [False, True])
def test_a_new_headline_in_the_feed_brings_the_article_forward(site, outlet_of, job_of, wrong):
    links = [
        "/news/1-a-long-story-here",
        "/news/2-another-long-story",
        "/news/3-one-more-long-story",
    ]
    for link in links:
        site.article(link)
    site.feed("/feed", links)
    outlet = outlet_of(("feed", "/feed"))
    first = jobs.run(job := job_of(outlet))
    assert first.new == 3
    status, kind, body = site.pages["/feed"]
    site.pages["/feed"] = (
        status,
        kind,
        body.replace(b"<title>T /news/2-another-long-story", b"<title>Corrected"),
    )
    if not wrong:
        site.article(links[1], "corrected")
    later = job_of(outlet, now=job.now + HOUR, all_doors=True)
    (later.folder / "memory.jsonl").write_text((job.folder / "crawl.jsonl").read_text())
    again = jobs.run(later)
    assert (again.rechecked, again.changed, site.asked(links[1]), site.asked(links[0])) == (
        1,
        int(not wrong),
        2,
        1,
    )
    held = [json.loads(line) for line in (later.folder / "crawl.jsonl").read_text().splitlines()]
    [door] = [
        codec.build(DoorState, line["door"], "")
        for line in held
        if line.get("door", {}).get("url") == outlet.doors[0].url
    ]
    assert (door.data["hints"], door.data["hits"]) == ("1", str(int(not wrong)))
