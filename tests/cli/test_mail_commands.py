"""`khabar mail`: the local mailbox, what failed, addresses that take no mail."""

import json
from datetime import UTC, datetime
from email.message import EmailMessage
from pathlib import Path

import pytest

from storage import Archive, alerts
from watches import WatchError

DSN = b"""From: mailer@mail.test
To: khabar@localhost
Subject: failed
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary=B

--B
Content-Type: text/plain

It failed.
--B
Content-Type: message/delivery-status

Reporting-MTA: dns; mail.test

Final-Recipient: rfc822; gone@reader.test
Action: failed
Status: 5.1.1
Diagnostic-Code: smtp; 550 no such user
--B--
"""


@pytest.fixture
def mailbox(tmp_path: Path, environment) -> Path:
    """A home with two mails."""
    folder = tmp_path / "home" / "mail"
    folder.mkdir(parents=True)
    for number, subject in enumerate(("First", "Second"), 1):
        message = EmailMessage()
        message["Date"] = "Fri, 20 Nov 2026 12:00:00 +0000"
        message["From"] = "khabar@localhost"
        message["To"] = "analyst@localhost"
        message["Subject"] = subject
        message["Message-ID"] = f"<{number}@khabar>"
        message.set_content(f"Plain {number}")
        message.add_alternative(f"<p>Rich {number}</p>", subtype="html")
        (folder / f"{number}.eml").write_bytes(bytes(message))
    return folder


def test_mails_are_listed_and_shown(mailbox, khabar) -> None:
    assert khabar("mail").stdout == khabar("mail", "list").stdout
    assert "analyst@localhost  Second" in khabar("mail", "list").stdout
    rows = [json.loads(line) for line in khabar("mail", "list", "--json").stdout.splitlines()]
    assert [row["message_id"] for row in rows] == ["<1@khabar>", "<2@khabar>"]
    assert "Subject: Second" in khabar("mail", "show").stdout
    assert "Plain 1" in khabar("mail", "show", "1").stdout
    assert khabar("mail", "show", "1", "--html").stdout.strip() == "<p>Rich 1</p>"
    assert khabar("mail", "show", "2", "--raw").stdout.startswith("Date: Fri")


@pytest.mark.parametrize("which", ["0", "3", "first"])
def test_a_mail_that_is_not_there_is_a_sentence(mailbox, khabar, which) -> None:
    with pytest.raises(WatchError, match="there is no message"):
        khabar("mail", "show", which)


def test_an_empty_mailbox_says_so(environment, khabar) -> None:
    assert "no mail yet" in khabar("mail", "list").stderr
    with pytest.raises(WatchError, match="no mail yet"):
        khabar("mail", "show")


def test_where_nothing_failed_nothing_is_to_be_tried_again(archive, khabar) -> None:
    assert "no mail failed" in khabar("mail", "failed").stderr
    assert "due now: 0 mails to send" in khabar("mail", "retry").stdout
    with pytest.raises(WatchError, match="no mail 7 waits"):
        khabar("mail", "drop", "7")


def test_an_address_that_is_paused_is_shown_and_may_be_resumed(archive, khabar) -> None:
    khabar("watch", "add", "rain", "rain", "--to", "gone@reader.test")
    with Archive(archive) as opened, opened.transaction() as cursor:
        moment = datetime.now(UTC)
        assert alerts.pause_address(cursor, "gone@reader.test", "550 no such user", moment)
    assert "550 no such user" in khabar("mail", "paused").stdout
    assert "resumed" in khabar("mail", "resume", "gone@reader.test").stdout
    assert khabar("mail", "paused").stdout == ""
    with pytest.raises(WatchError, match="is not paused"):
        khabar("mail", "resume", "gone@reader.test")


def test_a_bounce_that_names_no_mail_of_ours_pauses_nobody(archive, khabar, tmp_path) -> None:
    file = tmp_path / "bounce.eml"
    file.write_bytes(DSN)
    assert "not taken: it names no mail of ours" in khabar("mail", "bounce", file).stderr
    assert khabar("mail", "paused").stdout == ""


def test_a_bounce_is_read_from_standard_input(archive, khabar) -> None:
    later = DSN.replace(b"Action: failed\nStatus: 5.1.1", b"Action: delayed\nStatus: 4.2.2")
    assert khabar("mail", "bounce", input=later).stdout == ""
    with Archive(archive) as opened, opened.transaction() as cursor:
        assert alerts.paused_addresses(cursor) == []
