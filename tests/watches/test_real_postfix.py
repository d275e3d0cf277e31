"""Through a real Postfix: what it takes, puts off and refuses has the name that it deserves.

Slow; needs Debian's postfix and root (`apt-get install postfix`), else it is skipped.
"""

import contextlib
import os
import shutil
import subprocess
import time
from pathlib import Path

import pytest
from watchworld import free_port

from watches.delivery.outcomes import Outcome
from watches.delivery.smtp import Mailer
from watches.delivery.smtp_account import Account

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(
        shutil.which("postfix", path="/usr/sbin") is None or os.geteuid() != 0,
        reason="needs Debian's postfix, and root to start it",
    ),
]
RAW = (
    b"From: khabar@news.test\r\nTo: ana@reader.test\r\nSubject: x\r\n"
    b"Message-ID: <1@news.test>\r\n\r\nText.\r\n"
)
MAIN = """\
compatibility_level = 3.6
queue_directory = {home}/queue
data_directory = {home}/data
myhostname = mx.reader.test
mydestination = reader.test
inet_interfaces = 127.0.0.1
mynetworks =
smtputf8_enable = yes
local_recipient_maps =
local_transport = discard
default_transport = discard
message_size_limit = 20000
maillog_file = /var/log/khabar-postfix.log
smtpd_sender_restrictions = check_sender_access inline:{{
    {{ 550@news.test = 550 5.7.1 not from you }},
    {{ 450@news.test = 450 4.7.1 not now }} }}
smtpd_recipient_restrictions = check_recipient_access inline:{{
    {{ gone@reader.test = 550 5.1.1 no such user }},
    {{ grey@reader.test = 450 4.2.0 Greylisted }},
    {{ full@reader.test = 552 5.2.2 mailbox full }},
    {{ list@reader.test = 554 5.7.1 blocked using zen.example }} }},
    reject_unauth_destination
smtpd_data_restrictions = check_recipient_access inline:{{
    {{ late@reader.test = 554 5.7.1 DMARC policy }},
    {{ soon@reader.test = 451 4.3.0 try later }} }}
"""
MASTER = """\
{port} inet n - n - - smtpd
cleanup unix n - n - 0 cleanup
qmgr unix n - n 300 1 qmgr
rewrite unix - - n - - trivial-rewrite
discard unix - - n - - discard
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
trace unix - - n - 0 bounce
proxymap unix - - n - - proxymap
anvil unix - - n - 1 anvil
scache unix - - n - 1 scache
postlog unix-dgram n - n - 1 postlogd
"""


@contextlib.contextmanager
def postfix(home: Path):
    """Run a Postfix of our own on loopback; give its account."""
    port = free_port()
    for name in ("conf", "queue", "data"):
        (home / name).mkdir(parents=True)
    shutil.chown(home / "data", "postfix")
    for folder in (home, *home.parents):
        if folder.owner() == "root" and str(folder).startswith("/tmp/"):  # noqa: S108
            folder.chmod(0o755)
    (home / "conf" / "main.cf").write_text(MAIN.format(home=home))
    (home / "conf" / "master.cf").write_text(MASTER.format(port=f"127.0.0.1:{port}"))
    command = ["/usr/sbin/postfix", "-c", str(home / "conf")]
    subprocess.run([*command, "start"], check=True, capture_output=True)
    try:
        time.sleep(1)
        yield Account(host="127.0.0.1", port=port)
    finally:
        subprocess.run([*command, "stop"], check=False, capture_output=True)


def outcome(account, recipient="ana@reader.test", sender="khabar@news.test", raw=RAW):
    with Mailer(account, sender, patience=20) as mailer:
        return mailer.send(recipient, raw).outcome


def test_each_answer_of_a_real_postfix_has_its_name(tmp_path):
    with postfix(tmp_path / "p") as account:
        found = {
            "taken": outcome(account),
            "unknown": outcome(account, "gone@reader.test"),
            "greylisted": outcome(account, "grey@reader.test"),
            "full": outcome(account, "full@reader.test"),
            "blocklist": outcome(account, "list@reader.test"),
            "relay": outcome(account, "ana@elsewhere.test"),
            "sender": outcome(account, sender="550@news.test"),
            "sender later": outcome(account, sender="450@news.test"),
            "DATA refused": outcome(account, "late@reader.test"),
            "DATA later": outcome(account, "soon@reader.test"),
            "too large": outcome(account, raw=RAW + b"x" * 70 + b"\r\n" + b"y\r\n" * 9_000),
            "SMTPUTF8": outcome(account, "josé@reader.test"),
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
        "too large": Outcome.REFUSED_MESSAGE,
        "SMTPUTF8": Outcome.SENT,
    }
