"""GET asks, POST acts, and nobody else's address can be named."""

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
