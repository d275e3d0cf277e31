"""`khabar mail` on mails that a server has refused: shown, tried again, dropped, taken back."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from mailserver import Server
from watchworld import World

from pipeline.alerts import send
from storage import alerts
from watches import WatchError
from watches.delivery import Mailer

ANA, BO = "ana@reader.test", "bo@reader.test"


@pytest.fixture
def world(database_url: str, environment, tmp_path: Path):
    """The archive of the commands, with a mail to Ana and one to Bo in its outbox."""
    environment(database_url=database_url)
    made = World(database_url, tmp_path / "mail", now=datetime.now(UTC))
    made.watch(to=(ANA, BO))
    made.publish()
    made.match()
    yield made
    made.archive.close()


def refuse(world: World, **replies: str) -> None:
    """Send what is due to a server that answers so."""
    named = {f"{name}@reader.test": reply for name, reply in replies.items()}
    with Server(named).up() as server, Mailer(server.account, "khabar@news.test") as mailer:
        send.Sender(mailer).send_all(world.archive)


def returned(world: World, address: str, kind: str) -> bytes:
    """A report on the mail to an address, as a server sends it back."""
    (message_id,) = world.rows("select message_id from alerts where address = %s", address)[0]
    parts = {
        "bounce": (
            "report-type=delivery-status",
            "message/delivery-status",
            f"Reporting-MTA: dns; mail.test\n\nFinal-Recipient: rfc822; {address}\n"
            "Action: failed\nStatus: 5.1.1\nDiagnostic-Code: smtp; 550 no such user",
        ),
        "complaint": (
            "report-type=feedback-report",
            "message/feedback-report",
            "Feedback-Type: abuse\nUser-Agent: mail.test/1\nVersion: 1",
        ),
    }
    report, content, fields = parts[kind]
    return (
        "From: mailer@mail.test\nTo: khabar@news.test\nSubject: a report\nMIME-Version: 1.0\n"
        f"Content-Type: multipart/report; {report}; boundary=B\n\n--B\n"
        "Content-Type: text/plain\n\nA report.\n\n--B\n"
        f"Content-Type: {content}\n\n{fields}\n\n--B\n"
        f"Content-Type: text/rfc822-headers\n\nMessage-ID: {message_id}\nTo: {address}\n\n--B--\n"
    ).encode()


def test_a_mail_that_waits_is_shown_with_the_servers_words_and_its_next_try(world, khabar) -> None:
    refuse(world, ana="451 4.2.0 greylisted, later")
    shown = khabar("mail", "failed")
    assert "greylisted" in shown.stdout
    assert "  again 20" in shown.stdout
    assert "bo@" not in shown.stdout
    (row,) = [json.loads(line) for line in khabar("mail", "failed", "--json").stdout.splitlines()]
    assert (row["to"], row["outcome"], row["attempts"]) == (ANA, "later", 1)
    assert row["next_try_at"] > row["made_at"]


def test_a_waiting_mail_is_due_at_once_or_given_up_by_its_number(world, khabar) -> None:
    refuse(world, ana="451 4.2.0 later", bo="451 4.2.0 later")
    assert "due now: 2 mails to send, 0 matches" in khabar("mail", "retry").stdout
    numbers = [line.split()[0] for line in khabar("mail", "failed").stdout.splitlines()]
    assert khabar("mail", "drop", numbers[0]).stdout == f"dropped: {numbers[0]}\n"
    with pytest.raises(WatchError, match=f"no mail {numbers[0]} waits"):
        khabar("mail", "drop", numbers[0])
    refuse(world)
    assert world.rows("select count(*) from alerts where state = 'sent'") == [(1,)]


def test_a_mail_that_was_given_up_has_no_next_try(world, khabar) -> None:
    refuse(world, ana="554 5.6.0 not such a message")
    assert "  given up  " in khabar("mail", "failed").stdout
    (row,) = [json.loads(line) for line in khabar("mail", "failed", "--json").stdout.splitlines()]
    assert row["next_try_at"] is None


def test_matches_that_could_not_be_written_are_counted_and_written_again(world, khabar) -> None:
    reason = alerts.NOT_WRITTEN
    world.rows(
        "update deliveries set state = 'skipped', reason = %s where address = %s",
        reason,
        ANA,
    )
    assert "1 matches could not be written as mail" in khabar("mail", "failed").stderr
    assert "0 mails to send, 1 matches to write" in khabar("mail", "retry").stdout


def test_a_bounce_for_good_pauses_its_address_once(world, khabar, tmp_path: Path) -> None:
    refuse(world)
    file = tmp_path / "bounce.eml"
    file.write_bytes(returned(world, ANA, "bounce"))
    world.rows("update addresses set score = 2, scored_at = '2000-01-01'")
    told = khabar("mail", "bounce", file).stdout
    assert told.startswith(f"paused: {ANA} (")
    assert "no such user" in told
    assert khabar("mail", "bounce", file).stdout.startswith("counted: ")
    assert "bounced: " in khabar("mail", "paused").stdout


def test_a_complaint_ends_the_readers_watches_and_nobody_elses(world, khabar, tmp_path) -> None:
    refuse(world)
    file = tmp_path / "complaint.eml"
    file.write_bytes(returned(world, BO, "complaint"))
    told = khabar("mail", "bounce", file).stdout
    assert told == f"unsubscribed: {BO} from 1 watches (complaint)\n"
    with world.archive.transaction() as cursor:
        assert alerts.load_watches(cursor)[0].watch.recipients == (ANA,)


def test_a_complaint_about_a_mail_that_is_not_ours_ends_nothing(world, khabar, tmp_path) -> None:
    refuse(world)
    file = tmp_path / "complaint.eml"
    strange = returned(world, BO, "complaint").replace(b"Message-ID: <", b"Message-ID: <un")
    file.write_bytes(strange)
    assert "not taken: it names no mail of ours" in khabar("mail", "bounce", file).stderr
    with world.archive.transaction() as cursor:
        assert alerts.load_watches(cursor)[0].watch.recipients == (ANA, BO)
