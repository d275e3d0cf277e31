"""Bounces in a server's own words: who failed, how much it counts, and only for mails of ours."""

import pytest
from click.testing import CliRunner

from cli.mail import mail as mail_command
from watches.delivery import bounces
from watches.delivery.refusals import Weight

ANA = "ana@reader.test"


def qmail(said: str, message_id: str = "<1@news.test>") -> bytes:
    """A bounce as qmail writes it: a note in English, then the mail as it came."""
    return (
        "Return-Path: <>\r\nFrom: MAILER-DAEMON@relay.test\r\nTo: khabar@news.test\r\n"
        "Subject: failure notice\r\n\r\n"
        "Hi. This is the qmail-send program at relay.test.\r\n"
        "I'm afraid I wasn't able to deliver your message to the following addresses.\r\n"
        "This is a permanent error; I've given up. Sorry it didn't work out.\r\n\r\n"
        f"<{ANA}>:\r\n{said}\r\n\r\n"
        "--- Below this line is a copy of the message.\r\n\r\n"
        f"Return-Path: <khabar@news.test>\r\nReceived: by news.test\r\nMessage-ID: {message_id}\r\n"
        f"To: {ANA}\r\nSubject: Transit\r\n\r\nThe user unknown party won, 552 over quota.\r\n"
    ).encode()


def exchange(message_id: str) -> bytes:
    """A bounce as an old Exchange writes it, the mail in a part of its own."""
    return (
        "From: System Administrator <postmaster@reader.test>\r\nTo: khabar@news.test\r\n"
        "Subject: Undeliverable: Transit\r\nMIME-Version: 1.0\r\n"
        'Content-Type: multipart/mixed; boundary="b"\r\n\r\n--b\r\n'
        "Content-Type: text/plain\r\n\r\nYour message\r\n\r\n  To:      Ana\r\n"
        "  Subject: Transit\r\n  Sent:    Mon, 2 Nov 2026 08:00:00 +0000\r\n\r\n"
        "did not reach the following recipient(s):\r\n\r\n"
        f"{ANA} on Mon, 2 Nov 2026 08:00:05 +0000\r\n"
        "    The recipient name is not recognized\r\n\r\n--b\r\n"
        "Content-Type: message/rfc822\r\n\r\n"
        f"Message-ID: {message_id}\r\nSubject: Transit\r\n\r\nText.\r\n--b--\r\n"
    ).encode()


@pytest.mark.parametrize(
    ("said", "weight"),
    [
        ("550 5.1.1 no such user here", Weight.MISSING),
        ("Remote host said: 550 unknown user", Weight.MISSING),
        ("Sorry, no mailbox here by that name. (#5.1.1)", Weight.MISSING),
        ("This user's mailbox is full.", Weight.FULL),
        ("Remote host said: 552 5.2.2 over quota", Weight.FULL),
        ("Remote host said: 554 5.7.1 blocked using zen.example", Weight.NONE),
        ("Remote host said: 554 5.7.26 DMARC policy", Weight.NONE),
        ("Sorry, I wasn't able to establish an SMTP connection.", Weight.UNCLEAR),
    ],
)
def test_a_bounce_in_words_counts_by_its_cause(said, weight):
    (found,) = bounces.read_bounces(qmail(said))
    assert found.recipient == ANA
    assert found.weight is weight
    assert found.message_ids == ("<1@news.test>",)


def test_the_returned_mail_may_be_a_part(request):
    (found,) = bounces.read_bounces(exchange("<2@news.test>"))
    assert (found.recipient, found.message_ids) == (ANA, ("<2@news.test>",))


@pytest.mark.parametrize(
    "raw",
    [
        b"From: bo@reader.test\r\nSubject: Re: Transit\r\n"
        b"In-Reply-To: <1@news.test>\r\n\r\nThank you! Who is the user in Poti?\r\n",
        b"From: ana@reader.test\r\nSubject: Out of office\r\nAuto-Submitted: auto-replied\r\n"
        b"In-Reply-To: <1@news.test>\r\n\r\nI am away until Monday.\r\n",
        b"",
        b"\xff\xfe\x00" * 100,
    ],
    ids=["a reply", "out of office", "nothing", "no text"],
)
def test_what_people_answer_is_no_bounce(raw):
    assert bounces.read_bounces(raw) == []


@pytest.fixture
def returned(database_url, tmp_path, monkeypatch):
    """Take a mail that came back."""
    monkeypatch.setenv("KHABAR_DATABASE_URL", database_url)
    monkeypatch.setenv("KHABAR_HOME", str(tmp_path))
    return lambda raw: CliRunner().invoke(mail_command, ["bounce"], input=raw)


def test_what_a_relay_takes_and_sends_back_pauses_an_address_after_all(world, returned):
    world.watch()
    world.introduce()
    paused = []
    for number in range(4):
        world.publish(title=f"Transit {number}")
        world.mails()
        ((message_id,),) = world.rows("select message_id from alerts order by id desc limit 1")
        told = returned(qmail("550 5.1.1 no such user", message_id)).stdout
        paused.append(told.partition(":")[0])
        world.rows("update addresses set scored_at = scored_at - interval '5 hours'")
        world.later(hours=5)
    assert paused == ["counted", "counted", "paused", "counted"]


def test_mail_that_is_taken_counts_again_a_week_after_the_last_bounce(world, returned):
    world.watch()
    world.introduce()
    world.publish()
    world.mails()
    ((message_id,),) = world.rows("select message_id from alerts")
    returned(qmail("550 no such user", message_id))
    assert world.rows("select score from addresses") == [(1.0,)]
    world.rows("update addresses set bounced_at = now() - interval '8 days'")
    world.publish(title="Transit again")
    world.mails()
    assert world.rows("select score from addresses") == [(0.0,)]


def test_only_mails_of_ours_count_and_what_is_not_counted_is_said(world, returned):
    world.watch()
    world.introduce()
    world.publish()
    world.mails()
    ((message_id,),) = world.rows("select message_id from alerts")
    assert "names no mail of ours" in returned(qmail("550 no such user", "<x@y.test>")).stderr
    assert "tells of no mail that failed" in returned(b"Subject: hello\r\n\r\nhello\r\n").stderr
    said = returned(qmail("554 5.7.1 blocked using zen.example", message_id)).stdout
    assert said.startswith(f"not the address's fault: {ANA} (")
    assert world.rows("select score, bounced_at from addresses") == [(0.0, None)]
