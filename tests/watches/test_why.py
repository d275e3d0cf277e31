"""Why an article did not come: each step of its way, and what to change."""

from datetime import timedelta

import pytest

from news.article import Reason, Rejected
from news.crawl import Known
from news.outlet import Door, DoorKind, Outlet
from news.urls import UrlError
from news.watch import MatchKind
from pipeline import why
from storage import Batch, OutletBatch, alerts

WIRE = Outlet(
    name="wire",
    region="caucasus",
    title="Wire",
    home="https://wire.test/",
    country="GE",
    languages=("en",),
    timezone="Asia/Tbilisi",
    doors=(Door(kind=DoorKind.FEED, url="https://wire.test/rss"),),
)


@pytest.fixture
def ask(world):
    """Ask for an address, for one watch of the world or for all."""

    def ask(address, watch=None, outlets=(WIRE,)):
        with world.archive.transaction() as cursor:
            saved = alerts.load_watches(cursor, watch)[0].watch if watch else None
            return why.explain(cursor, address, outlets, now=world.now, watch=saved)

    return ask


def crawled(world, path, *, reason=None, detail="", **fields):
    """Let the crawl know an address of the wire, and the archive what became of its page."""
    url = f"https://wire.test/{path}"
    known = Known(
        outlet="wire",
        url=url,
        address=url,
        first_seen=world.now,
        door="https://wire.test/rss",
        **fields,
    )
    rejected = ()
    if reason is not None:
        rejected = (
            Rejected(url=url, outlet="wire", reason=reason, detail=detail, fetched_at=world.now),
        )
    part = OutletBatch(outlet=WIRE, known=(known,), rejected=rejected)
    world.archive.load(Batch(run=f"run of {path}", started=world.now, outlets=(part,)))
    return url


def end_of(found):
    return found.end.name, found.end.verdict, found.end.sentence


def test_an_address_of_nobody_says_that_its_outlet_is_not_followed(ask):
    found = ask("https://elsewhere.test/news/1")
    assert end_of(found)[2] == "no outlet that is followed lies at this address"
    assert "outlets add" in found.end.advice


def test_an_address_that_no_door_named_says_whose_it_is(ask):
    name, verdict, sentence = end_of(ask("https://wire.test/news/1"))
    assert (name, verdict) == ("Announced", why.Verdict.ENDS)
    assert sentence == "none of the 1 doors of wire has named it"


def test_an_outlet_that_is_not_active_is_said_to_be(ask):
    from dataclasses import replace

    found = ask("https://wire.test/news/1", outlets=(replace(WIRE, active=False),))
    assert found.end.sentence == "wire is not active: its doors are not asked"


@pytest.mark.parametrize("address", ["", "javascript:alert(1)", "http://", "https://[::1", "a b"])
def test_what_is_no_address_is_refused(ask, address):
    with pytest.raises(UrlError):
        ask(address)


def test_an_announced_article_that_was_not_fetched_yet_waits(world, ask):
    due = world.now + timedelta(hours=1)
    found = ask(crawled(world, "news/2", failures=2, next_check=due))
    name, verdict, sentence = end_of(found)
    assert (name, verdict) == ("Fetched", why.Verdict.WAITS)
    assert sentence == "2 tries failed; it is due at 2 Nov 2026, 09:00 UTC"
    assert "first at https://wire.test/rss" in found.steps[0].sentence


def test_an_article_that_is_given_up_says_so(world, ask):
    found = ask(crawled(world, "news/3", failures=9))
    assert found.end.sentence == "9 tries failed, and it is not asked for again"
    assert "outlets check" in found.end.advice


def test_a_page_that_was_read_as_no_article_says_as_what_and_what_to_change(world, ask):
    address = crawled(world, "news/4", reason=Reason.PAYWALL, last_fetched=world.now, status=200)
    found = ask(address + "?utm_source=mail#top")
    name, _, sentence = end_of(found)
    assert name == "Read"
    assert sentence.startswith("its page was read as no article: paywall")
    assert "login" in found.end.advice


@pytest.mark.parametrize("reason", Reason)
def test_every_reason_of_a_rejection_has_its_sentence(world, ask, reason):
    address = crawled(world, "x", reason=reason, last_fetched=world.now, status=200)
    found = ask(address)
    assert found.end.verdict is why.Verdict.ENDS
    assert found.end.sentence


def test_a_mailed_article_tells_its_whole_way(world, ask):
    world.watch()
    world.introduce()
    made = world.publish()
    assert ask(made.url).end.sentence == "it has not been held against the watches yet"
    world.match()
    waiting = ask(made.url)
    assert (waiting.end.name, waiting.end.verdict) == ("Mailed", why.Verdict.WAITS)
    world.send()
    found = ask(made.url)
    assert found.end.verdict is why.Verdict.DONE
    assert "mailed to ana@reader.test at" in found.end.sentence
    assert [step.name for step in found.steps] == ["Announced", "Archived", "Mailed"]


def test_what_was_kept_back_says_why_and_what_to_change(world, ask):
    world.watch(kinds=(MatchKind.DELETED,))
    made = world.publish()
    world.match()
    found = ask(made.url, "Transit")
    assert found.end.sentence.endswith("kept back from ana@reader.test: kind not wanted")
    assert "its kinds" in found.end.advice


def test_a_watch_that_does_not_fit_says_what_the_article_lacks(world, ask):
    world.watch(query="transit (Baku OR Ganja) -ministers", regions=("caspian",))
    made = world.publish()
    world.match()
    sentence = ask(made.url, "Transit").end.sentence
    assert sentence.startswith("Transit does not fit: it does not answer")
    for words in ("Baku OR Ganja", "NOT ministers", "its region is"):
        assert words in sentence
    assert "“transit”" not in sentence
    assert ask(made.url).end.sentence == "no watch has matched it"


def test_a_watch_that_was_saved_too_late_says_so(world, ask):
    made = world.publish()
    world.match()
    world.watch()
    assert "had not when it came" in ask(made.url, "Transit").end.sentence


def test_a_receiver_is_written_as_the_page_may_write_her(world):
    world.watch()
    made = world.publish()
    world.match()
    with world.archive.transaction() as cursor:
        found = why.explain(
            cursor, made.url, (WIRE,), now=world.now, shown=lambda _address: "somebody"
        )
    assert "ana@" not in str(found)
    assert "somebody" in found.end.sentence
