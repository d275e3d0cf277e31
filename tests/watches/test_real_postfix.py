"""Through a real Postfix: what it takes, puts off and refuses has the name that it deserves.

At every step of a mail; with TLS and login, greylisting by a real postgrey, slow answers, SMTPUTF8.
Slow; needs Debian's postfix and root (`apt-get install postfix postgrey sasl2-bin`), else skipped.
"""

import time
from dataclasses import replace

import postfixserver
import pytest
from postfixserver import GREYLIST_SECONDS, PASSWORD, POSTGREY, SASLPASSWD, USER

from watches.delivery.outcomes import Outcome
from watches.delivery.smtp import Mailer
from watches.delivery.smtp_account import Account

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(
        not postfixserver.AVAILABLE,
        reason="needs Debian's postfix, and root to start it",
    ),
]
needs_login = pytest.mark.skipif(SASLPASSWD is None, reason="needs Debian's sasl2-bin")
RAW = (
    b"From: khabar@news.test\r\nTo: ana@reader.test\r\nSubject: x\r\n"
    b"Message-ID: <1@news.test>\r\n\r\nText.\r\n"
)


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    """One Postfix for all."""
    with postfixserver.running(tmp_path_factory.mktemp("postfix") / "p") as running:
        yield running


def account(server, port="plain", **fields):
    return Account(host="127.0.0.1", port=server.ports[port], **fields)


def attempt(where, recipient="ana@reader.test", sender="khabar@news.test", raw=RAW):
    with Mailer(where, sender, patience=20) as mailer:
        return mailer.send(recipient, raw)


def outcome(*args, **options):
    return attempt(*args, **options).outcome


def test_each_answer_of_a_real_postfix_has_its_name(server):
    where = account(server)
    found = {
        "taken": outcome(where),
        "unknown": outcome(where, "gone@reader.test"),
        "greylisted": outcome(where, "grey@reader.test"),
        "full": outcome(where, "full@reader.test"),
        "blocklist": outcome(where, "list@reader.test"),
        "relay": outcome(where, "ana@elsewhere.test"),
        "sender": outcome(where, sender="550@news.test"),
        "sender later": outcome(where, sender="450@news.test"),
        "DATA refused": outcome(where, "late@reader.test"),
        "DATA later": outcome(where, "soon@reader.test"),
        "after DATA refused": outcome(where, "end@reader.test"),
        "after DATA later": outcome(where, "wait@reader.test"),
        "after DATA full": outcome(where, "quota@reader.test"),
        "too large": outcome(where, raw=RAW + b"x" * 70 + b"\r\n" + b"y\r\n" * 9_000),
        "SMTPUTF8": outcome(where, "josé@reader.test"),
    }
    assert found == {
        "taken": Outcome.SENT,
        "unknown": Outcome.REFUSED_ADDRESS,
        "greylisted": Outcome.LATER,
        "full": Outcome.MAILBOX_FULL,
        "blocklist": Outcome.SENDER_REFUSED,
        "relay": Outcome.SENDER_REFUSED,
        "sender": Outcome.SENDER_REFUSED,
        "sender later": Outcome.LATER,
        "DATA refused": Outcome.SENDER_REFUSED,
        "DATA later": Outcome.LATER,
        "after DATA refused": Outcome.SENDER_REFUSED,
        "after DATA later": Outcome.LATER,
        "after DATA full": Outcome.MAILBOX_FULL,
        "too large": Outcome.REFUSED_MESSAGE,
        "SMTPUTF8": Outcome.SENT,
    }


def test_what_is_said_before_a_mail_is_about_us_and_no_mail_is_blamed(server):
    found = {
        port: outcome(account(server, port))
        for port in ("greeting refused", "greeting later", "EHLO refused", "EHLO later")
    }
    assert found == {
        "greeting refused": Outcome.SENDER_REFUSED,
        "greeting later": Outcome.SERVER_AWAY,
        "EHLO refused": Outcome.SENDER_REFUSED,
        "EHLO later": Outcome.SERVER_AWAY,
    }


def test_one_refusal_leaves_the_connection_to_the_next_mail(server):
    recipients = ["gone@reader.test", "late@reader.test", "end@reader.test", "ana@reader.test"]
    raw = RAW.replace(b"<1@", b"<kept@")
    with Mailer(account(server), "khabar@news.test", patience=20) as mailer:
        outcomes = [mailer.send(recipient, raw).outcome for recipient in recipients]
    assert outcomes[-1] is Outcome.SENT
    assert server.taken("<kept@news.test>") >= 1


def test_a_slow_server_gets_one_copy(server):
    raw = RAW.replace(b"<1@", b"<slow@")
    begun = time.monotonic()
    assert outcome(account(server, "slow"), raw=raw) is Outcome.SENT
    assert time.monotonic() - begun > 5
    time.sleep(1)
    assert server.taken("<slow@news.test>") == 1


def test_an_address_beyond_ascii_is_refused_in_words_where_the_server_cannot(server):
    found = attempt(account(server, "no SMTPUTF8"), "josé@reader.test")
    assert found.outcome is Outcome.REFUSED_ADDRESS
    assert "SMTPUTF8" in found.said


@needs_login
@pytest.mark.parametrize(("port", "security"), [("starttls", "starttls"), ("tls", "tls")])
def test_tls_and_login(server, port, security, monkeypatch):
    where = account(server, port, security=security, user=USER, password=PASSWORD)
    assert outcome(where) is Outcome.MISCONFIGURED, "a certificate of nobody we know"
    assert outcome(replace(where, verify=False)) is Outcome.SENT
    monkeypatch.setenv("SSL_CERT_FILE", str(server.home / "cert.pem"))
    assert outcome(where) is Outcome.SENT
    assert outcome(replace(where, password="wrong")) is Outcome.MISCONFIGURED
    assert outcome(replace(where, user="", password="")) in {
        Outcome.MISCONFIGURED,
        Outcome.SENDER_REFUSED,
    }


@needs_login
def test_a_login_without_tls_is_not_tried(server):
    where = account(server, "starttls", user=USER, password=PASSWORD)
    assert outcome(where) is Outcome.MISCONFIGURED


@pytest.mark.skipif(POSTGREY is None, reason="needs Debian's postgrey")
def test_a_greylisted_mail_waits_and_is_taken_at_its_next_try(server):
    raw = RAW.replace(b"<1@", b"<grey@")
    with server.greylisting():
        where = account(server, "greylist")
        first = attempt(where, raw=raw)
        assert (first.outcome, "greylist" in first.said.lower()) == (Outcome.LATER, True)
        assert outcome(where, raw=raw) is Outcome.LATER, "too early"
        time.sleep(GREYLIST_SECONDS + 1)
        assert outcome(where, raw=raw) is Outcome.SENT
    assert server.taken("<grey@news.test>") == 1
