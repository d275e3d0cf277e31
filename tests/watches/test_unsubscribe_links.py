"""GET asks, POST acts, and nobody else's address can be named."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage import alerts
from watches.delivery import unsubscribe
from watches.delivery.unsubscribe import Request
from watches.errors import WatchError

SECRET = b"0123456789abcdef0123456789abcdef"
ASK = Request("ana@reader.test", (3, 7))
CLICK = {"List-Unsubscribe": "One-Click"}


@given(st.text(min_size=1, max_size=60), st.lists(st.integers(1, 2**40), max_size=5, unique=True))
def test_a_token_says_what_it_was_made_for(address, ids):
    ask = Request(address, tuple(sorted(ids)))
    assert unsubscribe.verify(SECRET, unsubscribe.token(SECRET, ask)) == ask


def test_any_changed_character_spoils_a_token():
    token = unsubscribe.token(SECRET, ASK)
    for place in range(len(token)):
        for other in "Ab_.":
            if token[place] != other:
                with pytest.raises(WatchError):
                    unsubscribe.verify(SECRET, token[:place] + other + token[place + 1 :])


def test_a_signature_fits_no_other_address():
    ours, theirs = (
        unsubscribe.token(SECRET, Request(name, (3,)))
        for name in ("ana@reader.test", "boris@reader.test")
    )
    with pytest.raises(WatchError):
        unsubscribe.verify(SECRET, theirs.partition(".")[0] + "." + ours.partition(".")[2])


def test_another_secret_fits_nothing():
    with pytest.raises(WatchError):
        unsubscribe.verify(b"x" * 32, unsubscribe.token(SECRET, ASK))


@given(st.text(max_size=200))
def test_nonsense_is_refused_in_a_sentence(text):
    answer = unsubscribe.answer_post(SECRET, text, CLICK, lambda _: pytest.fail("acted"))
    assert answer.status == 400


def test_get_only_asks_and_post_acts(world):
    number = world.watch()
    token = unsubscribe.token(SECRET, Request("ana@reader.test", (number,)))

    def act(ask: Request) -> int:
        with world.archive.transaction() as cursor:
            return alerts.unsubscribe(cursor, ask.address, ask.watches, datetime.now(UTC))

    def running() -> int:
        return world.rows("select count(*) from subscriptions where ended_at is null")[0][0]

    page = unsubscribe.answer_get(SECRET, token, lambda _: ["Transit <b>"])
    assert (page.status, running()) == (200, 1)
    assert "Transit &lt;b&gt;" in page.page
    assert unsubscribe.answer_post(SECRET, token, {}, act).status == 400
    assert running() == 1
    assert unsubscribe.answer_post(SECRET, token, CLICK, act).status == 200
    assert running() == 0
    assert unsubscribe.answer_post(SECRET, token, CLICK, act).status == 200
    world.publish()
    assert world.mails() == []


def test_the_link_in_a_mail_is_the_readers_own(world):
    number = world.watch()
    world.publish()
    header = world.mails()[0]["list-unsubscribe"]
    token = header.removeprefix("<https://khabar.test/khabar/unsubscribe?t=").removesuffix(">")
    assert unsubscribe.verify(world.context.secret, token) == Request("ana@reader.test", (number,))


def link_of(world, numbers):
    """The link of a mail that speaks of watches, and what it asks for."""
    link = world.context.unsubscribe_link("ana@reader.test", tuple(numbers))
    token = link.url.partition("?t=")[2]
    return link, unsubscribe.verify(world.context.secret, token)


@pytest.mark.parametrize("step", [1, 7, 90])
def test_one_click_ends_every_watch_of_a_long_mail(world, step):
    numbers = tuple(range(1000, 1000 + 60 * step, step))
    link, asked = link_of(world, numbers)
    assert asked == Request("ana@reader.test", numbers)
    assert not link.ends_all
    assert len(f"List-Unsubscribe: <{link.url}>") < 998


def test_what_no_link_can_name_ends_all_and_says_so(world):
    link, asked = link_of(world, range(1, 30_000, 17))
    assert link.ends_all
    assert asked == Request("ana@reader.test", (), everything=True)
    assert len(link.url) < 900
    token = link.url.partition("?t=")[2]
    page = unsubscribe.answer_get(world.context.secret, token, lambda _: ["A", "B"]).page
    assert "Stop <b>all mails of all watches</b> to <b>ana@reader.test</b>?" in page
    done = unsubscribe.answer_post(world.context.secret, token, CLICK, lambda _: 2).page
    assert "Stopped: <b>all mails of all watches</b>" in done


def test_the_page_names_all_that_a_click_ends():
    token = unsubscribe.token(SECRET, Request("ana@reader.test", tuple(range(1, 61))))
    names = [f"Watch {number}" for number in range(1, 61)]
    page = unsubscribe.answer_get(SECRET, token, lambda _: names).page
    assert "the mails of <b>60 watches</b>" in page
    assert all(f"<b>{name}</b>" in page for name in names)


def test_sixty_watches_in_one_mail_are_ended_by_its_one_click(world):
    for number in range(60):
        world.watch(f"Watch {number}")
    world.publish()
    (mail,) = world.mails()
    token = mail["list-unsubscribe"].partition("?t=")[2].removesuffix(">")
    asked = unsubscribe.verify(world.context.secret, token)
    with world.archive.transaction() as cursor:
        ended = alerts.unsubscribe(cursor, asked.address, asked.watches, datetime.now(UTC))
    assert ended == 60
    assert world.rows("select 1 from subscriptions where ended_at is null") == []


def test_everything_is_ended_for_one_address_and_nobody_else(world):
    world.watch("A", to=("ana@reader.test", "bo@reader.test"))
    world.watch("B")
    with world.archive.transaction() as cursor:
        assert alerts.watches_of(cursor, "ana@reader.test") == ["A", "B"]
        assert alerts.unsubscribe(cursor, "ana@reader.test", None, datetime.now(UTC)) == 2
        assert alerts.watches_of(cursor, "ana@reader.test") == []
        assert alerts.watches_of(cursor, "bo@reader.test") == ["A"]


def test_who_unsubscribed_stays_so_when_the_watch_is_removed_and_imported_again(world):
    both = ("ana@reader.test", "bo@reader.test")
    number = world.watch("A", to=both)
    with world.archive.transaction() as cursor:
        alerts.unsubscribe(cursor, "ana@reader.test", [number], datetime.now(UTC))
        (saved,) = alerts.load_watches(cursor)
        assert alerts.remove_watch(cursor, "A")
        file = replace(saved.watch, recipients=both)
        alerts.save_watch(cursor, file, resubscribe=False)
        (again,) = alerts.load_watches(cursor)
        assert again.watch.recipients == ("bo@reader.test",)
        alerts.save_watch(cursor, file)  # named by hand: `watch edit --to`
        (named,) = alerts.load_watches(cursor)
    assert set(named.watch.recipients) == set(both)
