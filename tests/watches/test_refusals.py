"""Whose fault a refusal is: ours is mended and nothing is lost, the reader's ends her mail."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest
from click.testing import CliRunner
from mailserver import Greeter, Server, Slow

from cli.mail import mail as mail_command
from pipeline import settings as configuration
from pipeline.alerts import mail_health
from pipeline.alerts import send as sending
from storage import alerts
from watches.delivery import Mailer, Outcome, Weight, bounces, smtp
from watches.delivery.replies import Stage, judge_reply

NOW = datetime(2026, 11, 2, 12, 0, tzinfo=UTC)

OURS = [
    (Stage.SENDER, "550 5.7.1 not from you"),
    (Stage.SENDER, "550 5.1.8 sender address rejected: domain not found"),
    (Stage.SENDER, "553 sender not allowed"),
    (Stage.RECIPIENT, "554 5.7.1 <ana@reader.test>: Relay access denied"),
    (Stage.RECIPIENT, "454 4.7.1 <ana@reader.test>: Relay access denied"),
    (Stage.RECIPIENT, "550 relay not permitted"),
    (Stage.RECIPIENT, "550 5.7.1 Service unavailable; client [192.0.2.1] blocked using zen"),
    (Stage.RECIPIENT, "554 Your IP is listed in the Spamhaus block list"),
    (Stage.RECIPIENT, "550 5.1.1 rejected: sender verify failed, DMARC policy"),
    (Stage.RECIPIENT, "550 5.4.5 Daily user sending limit exceeded"),
    (Stage.RECIPIENT, "554 transaction failed"),
    (Stage.RECIPIENT, "550 5.7.25 no reverse DNS"),
    (Stage.RECIPIENT, "503 5.5.1 bad sequence of commands"),
    (Stage.MESSAGE, "550 5.7.26 unauthenticated mail is not accepted due to DMARC policy"),
    (Stage.MESSAGE, "554 5.7.1 message rejected: DKIM signature missing"),
    (Stage.MESSAGE, "550 too many messages from your network"),
]
MISCONFIGURED = [
    (Stage.SENDER, "530 5.7.0 Must issue a STARTTLS command first"),
    (Stage.RECIPIENT, "530 5.7.0 Authentication required"),
    (Stage.MESSAGE, "535 authentication failed"),
]
ADDRESS = [
    (Stage.RECIPIENT, "550 5.1.1 no such user"),
    (Stage.RECIPIENT, "550 5.1.10 null MX"),
    (Stage.RECIPIENT, "550 5.2.1 mailbox disabled"),
    (Stage.RECIPIENT, "550 5.4.1 Recipient address rejected: Access denied"),
    (Stage.RECIPIENT, "550 5.7.1 recipient unknown"),
    (Stage.RECIPIENT, "550 Requested action not taken"),
    (Stage.RECIPIENT, "551 user not local"),
    (Stage.RECIPIENT, "554 5.0.0 unknown user"),
    (Stage.MESSAGE, "550 5.1.1 user unknown"),
]
FULL = [
    (Stage.RECIPIENT, "552 5.2.2 mailbox full"),
    (Stage.RECIPIENT, "452 4.2.2 over quota"),
    (Stage.RECIPIENT, "550 The user's mailbox is full"),
    (Stage.RECIPIENT, "552 requested action aborted"),
    (Stage.MESSAGE, "552 5.2.2 quota exceeded"),
]
MESSAGE = [
    (Stage.SENDER, "552 5.3.4 message too big"),
    (Stage.SENDER, "552 message size exceeds fixed maximum"),
    (Stage.RECIPIENT, "550 5.6.7 address needs SMTPUTF8"),
    (Stage.MESSAGE, "552 too much data"),
    (Stage.MESSAGE, "554 5.6.0 we do not like it"),
    (Stage.MESSAGE, "550 5.2.3 message too long"),
    (Stage.MESSAGE, "554 transaction failed"),
]
LATER = [
    (Stage.SENDER, "451 4.7.1 greylisted"),
    (Stage.RECIPIENT, "450 4.7.1 blocked for now, come again"),
    (Stage.MESSAGE, "451 4.3.0 try again"),
]
CASES = [
    *[(*case, Outcome.SENDER_REFUSED) for case in OURS],
    *[(*case, Outcome.MISCONFIGURED) for case in MISCONFIGURED],
    *[(*case, Outcome.REFUSED_ADDRESS) for case in ADDRESS],
    *[(*case, Outcome.MAILBOX_FULL) for case in FULL],
    *[(*case, Outcome.REFUSED_MESSAGE) for case in MESSAGE],
    *[(*case, Outcome.LATER) for case in LATER],
]


@pytest.mark.parametrize(("stage", "reply", "outcome"), CASES)
def test_whose_fault_a_reply_is(stage, reply, outcome):
    code, _, words = reply.partition(" ")
    assert judge_reply(stage, int(code), words) is outcome


def send(world, server):
    with Mailer(server.account, "khabar@news.test") as mailer:
        return sending.Sender(mailer).send_all(world.archive)


def settings(contact="ops@news.test"):
    return SimpleNamespace(contact=contact, mail_from="khabar@news.test")


@pytest.mark.parametrize(
    "answers",
    [
        {"ana@reader.test": "554 5.7.1 relay access denied"},
        {"ana@reader.test": "550 5.7.1 blocked using zen"},
        {"data": "550 5.7.26 DMARC"},
        {"ana@reader.test": "530 5.7.0 authentication required"},
    ],
)
def test_a_refusal_of_ours_drops_nothing_and_pauses_nobody(world, answers):
    world.watch()
    world.publish()
    world.match()
    with Server(answers).up() as server:
        report = send(world, server)
    assert report.refused
    assert world.rows("select state from alerts") == [("waiting",)]
    assert world.rows("select state from addresses") == [("ok",)]
    with world.archive.transaction() as cursor:
        assert not mail_health.state(cursor, world.now)["well"]


def test_a_refusal_of_ours_is_never_given_up_and_leaves_when_it_is_mended(world):
    world.watch()
    world.publish()
    world.match()
    world.rows("update alerts set attempts = 1000")
    with Server({"ana@reader.test": "554 5.7.1 relay access denied"}).up() as server:
        send(world, server)
    assert world.rows("select state from alerts") == [("waiting",)]
    world.rows("update alerts set next_try_at = '2000-01-01'")
    with Server().up() as server:
        assert send(world, server).sent == 1


def test_a_pass_that_was_refused_says_so(world, tmp_path):
    world.watch()
    world.publish()
    world.match()
    with Server({"ana@reader.test": "554 5.7.1 relay access denied"}).up() as server:
        known = configuration.read(
            {
                "KHABAR_HOME": str(tmp_path),
                "KHABAR_SMTP_URL": f"smtp://127.0.0.1:{server.port}",
                "KHABAR_CONTACT": "ops@news.test",
            }
        )
        sent = sending.send_due(world.archive, known, now=NOW)
    assert sent["stuck"].startswith("the mail server takes no mail from us, all of it waits: 554")
    assert sent["paused"] == []


def test_a_full_mailbox_waits_with_all_its_mail_and_is_paused_after_days(world):
    world.watch(to=("ana@reader.test", "bo@reader.test"))
    world.introduce()
    for number in range(3):
        world.publish(title=f"Transit {number}")
    world.match()
    with Server({"ana@reader.test": "552 5.2.2 mailbox full"}).up() as server:
        report = send(world, server)
        assert report.outcomes == {"mailbox_full": 1, "sent": 3}
        asked = (
            "select state, count(*)::int from alerts where address = 'ana@reader.test' group by 1"
        )
        assert world.rows(asked) == [("waiting", 3)]
        world.rows("update alerts set next_try_at = '2000-01-01', attempts = 39 where attempts = 1")
        world.rows("update addresses set score = 2.95, scored_at = '2000-01-01' where score > 0")
        assert send(world, server).outcomes["mailbox_full"] == 1
    paused = "select address, reason from addresses where state = 'paused'"
    assert world.rows(paused) == [("ana@reader.test", "552 5.2.2 mailbox full")]


def score(world, address="ana@reader.test"):
    asked = "select round(score::numeric, 2)::float from addresses where address = %s"
    return world.rows(asked, address)[0][0]


def due_again(world):
    """Let four hours pass."""
    world.rows("update alerts set next_try_at = '2000-01-01' where state = 'waiting'")
    world.rows("update addresses set scored_at = scored_at - interval '4 hours'")


@pytest.mark.parametrize(
    ("reply", "weight"), [("550 5.1.1 no such user", 1.0), ("552 5.2.2 mailbox full", 0.1)]
)
def test_one_refusal_pauses_nobody_and_drops_nothing(world, reply, weight):
    world.watch()
    world.introduce()
    for number in range(5):
        world.publish(title=f"Transit {number}")
    world.match()
    with Server({"ana@reader.test": reply}).up() as server:
        assert sum(send(world, server).outcomes.values()) == 1
    assert world.rows("select distinct state from alerts") == [("waiting",)]
    assert score(world) == weight
    with Server().up() as server:
        due_again(world)
        assert send(world, server).sent == 5
    assert score(world) == 0.0


def test_three_refusals_hours_apart_pause_and_what_was_refused_waits_for_the_resumed(world):
    world.watch()
    world.publish()
    world.match()
    with Server({"ana@reader.test": "550 5.1.1 no such user"}).up() as server:
        assert send(world, server).paused == []
        world.rows("update alerts set next_try_at = '2000-01-01'")
        assert send(world, server).paused == []
        assert score(world) == 1.0
        due_again(world)
        assert send(world, server).paused == []
        due_again(world)
        assert send(world, server).paused == ["ana@reader.test"]
    with world.archive.transaction() as cursor:
        assert alerts.resume_address(cursor, "ana@reader.test", world.now)
    assert score(world) == 0.0
    assert world.rows("select state from deliveries") == [("waiting",)]


def test_the_score_of_an_address_is_shown(world, returned):
    world.watch()
    world.publish()
    world.match()
    with Server({"ana@reader.test": "550 5.1.1 no such user"}).up() as server:
        send(world, server)
    shown = CliRunner().invoke(mail_command, ["paused"]).stdout
    assert "  ana@reader.test  refuses  1.0 of 3  550 5.1.1 no such user" in shown


@pytest.mark.parametrize("said", ["554 5.7.1 blocked using zen", "550 go away"])
def test_a_refusal_at_the_greeting_is_the_operators_and_asked_once(world, said):
    waiting(world, 5)
    with Greeter().up() as server:
        server.banner = said
        report = send(world, server)
        assert server.connections == 1
    assert report.outcomes == {"sender_refused": 1}
    assert report.refused == said
    with world.archive.transaction() as cursor:
        assert not mail_health.state(cursor, world.now)["well"]


def waiting(world, count):
    """Let so many mails wait to be sent."""
    world.context = replace(world.context, mails_an_hour=1_000)
    world.watch()
    world.introduce()
    for number in range(count):
        world.publish(title=f"Transit {number}")
    world.match()


@pytest.mark.parametrize("answers", [{}, {"mail": "421 4.7.0 too many connections"}])
def test_a_server_that_closes_on_us_sees_one_connection_and_is_left_alone(world, answers):
    waiting(world, 90)
    with Greeter(answers).up() as server:
        server.banner = "250 OK" if answers else "421 too busy"
        with Mailer(server.account, "khabar@news.test") as mailer:
            sender = sending.Sender(mailer)
            for _ in range(20):
                sender.send_all(world.archive)
        assert server.connections == 1
    asked = "select count(*)::int from alerts where state = 'waiting'"
    assert world.rows(asked) == [(90,)]


def test_what_waited_for_a_server_that_was_away_leaves_with_the_first_mail_it_takes(world):
    waiting(world, 3)
    world.rows(
        "update alerts set last_outcome = 'server_away', next_try_at = '2100-01-01' "
        "where id <> (select min(id) from alerts)"
    )
    with Server().up() as server:
        assert send(world, server).sent == 3


def test_a_slow_server_gets_one_copy(world, monkeypatch):
    waiting(world, 1)
    monkeypatch.setattr("watches.delivery.smtp._DATA_END", 5.0)

    with (
        Slow(1.5).up() as server,
        Mailer(server.account, "khabar@news.test", patience=1.0) as mailer,
    ):
        assert sending.Sender(mailer).send_all(world.archive).sent == 1
        assert len(server.got) == 1


def test_answers_are_waited_for_as_long_as_the_standard_says():
    assert smtp._CONNECT <= 30
    assert smtp._ANSWER >= 5 * 60
    assert smtp._DATA_END >= 10 * 60


def test_a_retry_waits_for_the_end_of_quiet_hours(world):
    around = datetime.now(UTC)
    quiet = ((around - timedelta(hours=2)).time(), (around + timedelta(hours=2)).time())
    world.watch("Quiet", quiet=quiet)
    world.watch("Loud", to=("bo@reader.test",))
    world.introduce()
    world.publish()
    world.match()
    world.later(days=1)
    world.compose()
    world.rows("update alerts set attempts = 1, next_try_at = '2000-01-01'")
    with Server().up() as server:
        assert send(world, server).sent == 1
        assert [to for to, _ in server.got] == ["bo@reader.test"]
    asked = "select next_try_at > now() + interval '1 hour' from alerts where state = 'waiting'"
    assert world.rows(asked) == [(True,)]


def bounce(message_id, status="5.1.1", said="smtp; 550 5.1.1 user unknown"):
    return (
        "Content-Type: multipart/report; report-type=delivery-status; boundary=b\r\n\r\n"
        "--b\r\nContent-Type: message/delivery-status\r\n\r\n"
        "Reporting-MTA: dns; mx.test\r\n\r\n"
        "Final-Recipient: rfc822; victim@reader.test\r\nAction: failed\r\n"
        f"Status: {status}\r\nDiagnostic-Code: {said}\r\n\r\n"
        "--b\r\nContent-Type: text/rfc822-headers\r\n\r\n"
        f"Subject: x\r\nMessage-ID: {message_id}\r\n\r\n--b--\r\n"
    ).encode()


def complaint(message_id):
    return (
        "Content-Type: multipart/report; report-type=feedback-report; boundary=b\r\n\r\n"
        "--b\r\nContent-Type: message/feedback-report\r\n\r\n"
        "Feedback-Type: abuse\r\nUser-Agent: x/1\r\nVersion: 1\r\n\r\n"
        "--b\r\nContent-Type: message/rfc822\r\n\r\n"
        f"From: khabar@news.test\r\nMessage-ID: {message_id}\r\nSubject: x\r\n\r\nbody\r\n--b--\r\n"
    ).encode()


@pytest.mark.parametrize(
    ("status", "said", "weight"),
    [
        ("5.1.1", "smtp; 550 5.1.1 user unknown", Weight.MISSING),
        ("5.1.1", "", Weight.MISSING),
        ("5.0.0", "", Weight.MISSING),
        ("5.2.2", "smtp; 552 5.2.2 mailbox full", Weight.FULL),
        ("5.7.1", "smtp; 554 5.7.1 relay access denied", Weight.NONE),
        ("5.7.26", "smtp; 550 rejected", Weight.NONE),
        ("5.0.0", "smtp; 550 no such user here", Weight.MISSING),
        ("4.2.2", "smtp; 452 over quota", Weight.NONE),
    ],
)
def test_a_bounce_counts_when_the_address_is_why(status, said, weight):
    (found,) = bounces.read_bounces(bounce("<a@b>", status, said))
    assert found.weight is weight


@pytest.fixture
def returned(database_url, tmp_path, monkeypatch):
    """Take a mail that came back."""
    monkeypatch.setenv("KHABAR_DATABASE_URL", database_url)
    monkeypatch.setenv("KHABAR_HOME", str(tmp_path))
    return lambda raw: CliRunner().invoke(mail_command, ["bounce"], input=raw)


def mailed(world):
    """Send a mail to a reader; return its Message-ID."""
    world.watch("A", to=("ana@reader.test", "bo@reader.test"))
    world.watch("B", query="railway", to=("ana@reader.test",))
    world.publish()
    world.match()
    return world.rows("select message_id from alerts where address = 'ana@reader.test'")[0][0]


def test_a_bounce_pauses_whom_our_mail_went_to_and_nobody_else(world, returned):
    number = mailed(world)
    done = returned(bounce(number))
    assert done.stdout == "counted: ana@reader.test (smtp; 550 5.1.1 user unknown)\n"
    assert world.rows("select address from addresses where state = 'paused'") == []
    world.rows("update addresses set score = 2, scored_at = '2000-01-01' where score > 0")
    done = returned(bounce(number))
    assert done.stdout == "paused: ana@reader.test (smtp; 550 5.1.1 user unknown)\n"
    assert world.rows("select address from addresses where state = 'paused'") == [
        ("ana@reader.test",)
    ]


def test_a_bounce_of_a_mail_that_is_not_ours_pauses_nobody(world, returned):
    mailed(world)
    done = returned(bounce("<forged@elsewhere.test>"))
    assert "it names no mail of ours" in done.stderr
    assert "it names no mail of ours" in returned(complaint("<forged@elsewhere.test>")).stderr
    assert world.rows("select 1 from addresses where state = 'paused'") == []


def test_a_complaint_ends_all_watches_of_the_reader(world, returned):
    done = returned(complaint(mailed(world)))
    assert done.stdout == "unsubscribed: ana@reader.test from 2 watches (complaint)\n"
    with world.archive.transaction() as cursor:
        left = {item.watch.name: item.watch.recipients for item in alerts.load_watches(cursor)}
    assert left == {"A": ("bo@reader.test",), "B": ()}


def test_a_mail_that_is_no_report_is_no_complaint():
    assert bounces.read_complaint(b"Subject: hello\r\n\r\nno complaint\r\n") == ""
    assert bounces.read_complaint(bounce("<a@b>")) == ""
    assert bounces.read_complaint(complaint("<a@b>")) == "<a@b>"
