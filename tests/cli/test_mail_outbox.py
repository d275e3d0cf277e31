"""`khabar mail` on the outbox: what waits, was deferred, failed, went; and the keys of webhooks."""

import hashlib
import hmac
import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from httpreceiver import Keeper, receiving
from mailserver import Server
from watchworld import World

from pipeline import settings
from pipeline.alerts import send
from storage import alerts
from watches import WatchError
from watches.delivery import Mailer, channels

ANA, BO, CY = "ana@reader.test", "bo@reader.test", "cy@reader.test"


@pytest.fixture
def world(database_url: str, environment, tmp_path: Path):
    """The archive of the commands, with three mails in its outbox: deferred, failed, sent."""
    environment(database_url=database_url)
    made = World(database_url, tmp_path / "mail", now=datetime.now(UTC))
    made.watch(to=(ANA, BO, CY))
    made.introduce()
    made.publish()
    made.match()
    replies = {ANA: "451 4.2.0 greylisted", BO: "554 5.6.0 not such a message"}
    with Server(replies).up() as server, Mailer(server.account, "khabar@news.test") as mailer:
        send.Sender(mailer).send_all(made.archive)
    made.watch("Second", to=(CY,), query="talks")
    made.publish(title="Talks", text="Only talks.")
    made.match()
    yield made
    made.archive.close()


def number_of(world: World, address: str) -> str:
    return str(world.rows("select min(id) from alerts where address = %s", address)[0][0])


def test_the_outbox_lists_state_reason_and_next_try(world, khabar) -> None:
    lines = khabar("mail", "list", "--outbox").stdout.splitlines()
    assert [line.split()[1] for line in lines] == ["deferred", "failed", "waiting"]
    deferred, failed, waiting = lines
    assert "next try 20" in deferred
    assert "later: 451 4.2.0 greylisted" in deferred
    assert "not tried again" in failed
    assert "refused_message: 554 5.6.0 not such a message" in failed
    assert ANA in deferred
    assert "[Second: " in waiting


def test_the_outbox_is_asked_by_state_and_as_json(world, khabar) -> None:
    told = khabar("mail", "list", "--state", "sent", "--state", "failed", "--json").stdout
    rows = [json.loads(line) for line in told.splitlines()]
    assert [(row["to"], row["state"]) for row in rows] == [(BO, "failed"), (CY, "sent")]
    assert all(row["next_try_at"] is None for row in rows)
    world.rows("delete from alerts where state = 'sent'")
    assert "no mail that is sent" in khabar("mail", "list", "--state", "sent").stderr


def test_a_message_of_the_outbox_is_shown_with_what_became_of_it(world, khabar) -> None:
    shown = khabar("mail", "show", number_of(world, ANA), "--outbox").stdout
    assert f"To: {ANA}\n" in shown
    assert "State: deferred, next try 20" in shown
    assert "Why: later: 451 4.2.0 greylisted\n" in shown
    assert "Attempts: 1\n" in shown
    assert "Ministers met in Tbilisi" in shown
    html = khabar("mail", "show", number_of(world, ANA), "--outbox", "--html").stdout
    assert html.lstrip().lower().startswith("<!doctype html>")
    with pytest.raises(WatchError, match="there is no mail 999"):
        khabar("mail", "show", "999", "--outbox")
    with pytest.raises(WatchError, match="name the mail's number"):
        khabar("mail", "show", "--outbox")
    world.rows("update alerts set raw = ''")
    assert "emptied" in khabar("mail", "show", number_of(world, ANA), "--outbox").stderr


def test_an_address_that_is_paused_says_why_its_mail_does_not_go(world, khabar) -> None:
    with world.archive.transaction() as cursor:
        alerts.pause_address(cursor, ANA, "550 gone", world.now)
    assert "when its address is resumed" in khabar("mail", "list", "--outbox").stdout


def test_one_mail_is_tried_at_once_and_a_failed_one_again(world, khabar) -> None:
    for address in (ANA, BO):
        number = number_of(world, address)
        assert khabar("mail", "retry", number).stdout == f"due now: {number}\n"
    with pytest.raises(WatchError, match="has been sent"):
        khabar("mail", "retry", number_of(world, CY))
    with pytest.raises(WatchError, match="there is no mail 999"):
        khabar("mail", "retry", "999")
    with Server().up() as server, Mailer(server.account, "khabar@news.test") as mailer:
        send.Sender(mailer).send_all(world.archive)
    assert world.rows("select 1 from alerts where state <> 'sent'") == []


def test_what_a_failed_mail_told_stands_in_it_again_after_a_retry(world, khabar) -> None:
    world.compose()  # what the failed mail told waits for the next digest now
    assert world.rows(
        "select count(*)::int from deliveries where dropped_alert_id is not null"
    ) == [(1,)]
    khabar("mail", "retry", number_of(world, BO))
    assert world.rows(
        "select count(*)::int from deliveries where dropped_alert_id is not null"
    ) == [(0,)]
    assert world.rows("select count(*)::int from told where address = %s", BO) == [(1,)]
    world.later(days=2)
    world.mails()
    assert world.rows("select count(*)::int from alerts where address = %s", BO) == [(1,)]


def test_a_mail_whose_news_was_told_since_is_not_sent_again(world, khabar) -> None:
    world.compose()
    world.later(days=2)
    world.mails()
    with pytest.raises(WatchError, match="told in another one"):
        khabar("mail", "retry", number_of(world, BO))


def test_a_webhooks_key_is_shown_and_renewed_for_it_alone(world, khabar) -> None:
    with receiving(Keeper) as hook:
        way = f"webhook+http://127.0.0.1:{hook.server_port}/in"
        with pytest.raises(WatchError, match="no watch tells"):
            khabar("mail", "key", way)
        world.watch("Hooked", to=(way,))
        first = khabar("mail", "key", way).stdout.strip()
        other = khabar("mail", "key", way, "--renew").stdout.strip()
        assert first != other == khabar("mail", "key", way).stdout.strip()
        world.publish(title="Transit by hook")
        world.match()
        send.Sender(send.carrier(settings.read())).send_all(world.archive)
        headers, body = hook.got[-1]
        signed = hmac.new(other.encode(), body, hashlib.sha256).hexdigest()
        assert headers[channels.SIGNATURE] == f"sha256={signed}"
    with pytest.raises(WatchError, match="only a webhook has a key"):
        khabar("mail", "key", ANA)
