# ruff: noqa: ARG005 - the handlers' shapes are given by aiosmtpd and dkimpy
"""Mail on its way out: a real SMTP server that refuses, delays, wants TLS and a login.

The local mailbox; bounces; other ways.
"""

import email
import email.policy
import http.server
import json
import ssl
import subprocess
import sys
import threading
from datetime import UTC, datetime, timedelta

import pytest
from aiosmtpd.smtp import AuthResult
from mailserver import Server
from watchworld import free_port

from pipeline.alerts import attempts, finders, notices, send
from storage import Archive, alerts
from watches import clean
from watches.delivery import Carriers, Folder, bounces, channels, message, rates, signing
from watches.delivery.outcomes import Outcome
from watches.delivery.refusals import Weight
from watches.delivery.smtp import Mailer
from watches.delivery.smtp_account import Account, account
from watches.errors import WatchError

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)


def mailer(server: Server) -> Mailer:
    return Mailer(server.account, "khabar@news.test")


def send_all(world, server: Server) -> send.Report:
    world.match()
    with mailer(server) as carrier:
        return send.Sender(carrier).send_all(world.archive)


def states(world):
    return world.rows("select state, last_outcome from alerts order by id")


def test_a_message_arrives_as_it_was_written(world):
    world.watch()
    world.publish()
    with Server().up() as server:
        assert send_all(world, server).sent == 1
    raw = bytes(world.rows("select raw from alerts")[0][0])
    assert server.got == [("ana@reader.test", raw)]


@pytest.mark.parametrize(
    ("answers", "outcome", "state"),
    [
        ({"ana@reader.test": "450 4.2.1 mailbox busy"}, "later", "waiting"),
        ({"ana@reader.test": "550 5.1.1 no such user"}, "refused_address", "waiting"),
        ({"data": "451 4.3.0 try again"}, "later", "waiting"),
        ({"data": "554 5.6.0 we do not like it"}, "refused_message", "dropped"),
    ],
)
def test_refusals_have_names(world, answers, outcome, state):
    world.watch()
    world.publish()
    with Server(answers).up() as server:
        report = send_all(world, server)
    assert report.outcomes == {outcome: 1}
    assert states(world) == [(state, outcome)]


def refused_twice_before(world, address):
    world.rows(
        "update addresses set score = 2, scored_at = now() - interval '5 hours' where address = %s",
        address,
    )


def test_a_refused_address_is_paused_and_the_operator_told_once(world, tmp_path):
    world.watch(to=("ana@reader.test", "bo@reader.test"))
    world.publish()
    refused_twice_before(world, "ana@reader.test")
    with Server({"ana@reader.test": "550 5.1.1 no such user"}).up() as server:
        assert send_all(world, server).paused == ["ana@reader.test"]
        world.publish(title="More transit")
        send_all(world, server)
        assert [to for to, _ in server.got] == ["bo@reader.test", "bo@reader.test"]
        assert world.skips() == {"address_paused": 1}
        settings = _settings(tmp_path)
        assert notices.tell_operator(world.archive, settings, NOW) == 1
        assert notices.tell_operator(world.archive, settings, NOW) == 0
        world.rows("update alerts set made_at = now(), next_try_at = now()")
        send_all(world, server)
    told = email.message_from_bytes(server.got[-1][1], policy=email.policy.default)
    assert told["to"] == "ops@news.test"
    assert "no such user" in told.get_body(("plain",)).get_content()


def _settings(home):
    from pipeline import settings

    return settings.read(
        {
            "KHABAR_HOME": str(home),
            "KHABAR_CONTACT": "ops@news.test",
            "KHABAR_MAIL_FROM": "khabar@news.test",
            "KHABAR_SCHEDULE": "off",
        }
    )


def test_a_server_that_is_away_delays_and_the_watchdog_speaks(world):
    world.watch()
    world.introduce()
    world.publish()
    world.publish(title="Second transit")
    server = Server()
    report = send_all(world, server)
    assert report.outcomes == {"server_away": 1}
    with world.archive.transaction() as cursor:
        assert alerts.stuck_mail(cursor, world.now - timedelta(hours=1)) is None
        stuck = alerts.stuck_mail(cursor, world.now + timedelta(hours=1))
    assert stuck.count == 2
    assert "Connection refused" in finders.stuck_sentence(stuck)


def test_pauses_grow_to_four_hours():
    found = [attempts.back_off(number) for number in range(20)]
    assert found == sorted(found)
    assert (found[0], found[-1]) == (timedelta(seconds=30), timedelta(hours=4))


@pytest.mark.filterwarnings(
    "ignore::pytest.PytestUnraisableExceptionWarning", "ignore::ResourceWarning"
)  # the server minds a client that hangs up
def test_a_wrong_login_is_the_operators_matter_and_a_right_one_works(tmp_path):
    def check(server, session, envelope, mechanism, data):
        return AuthResult(
            success=(data.login, data.password) == (b"khabar", b"p@ss word"), handled=False
        )

    context = _certificate(tmp_path)
    with Server(
        tls_context=context, require_starttls=True, auth_required=True, authenticator=check
    ).up() as server:
        port = server.port
        for password, outcome in (
            ("wrong", Outcome.MISCONFIGURED),
            ("p%40ss%20word", Outcome.SENT),
        ):
            where = account(f"smtp+starttls://khabar:{password}@127.0.0.1:{port}?verify=0")
            with Mailer(where, "khabar@news.test") as carrier:
                assert (
                    carrier.send("ana@reader.test", b"Subject: x\r\n\r\ny\r\n").outcome is outcome
                )
            assert "p@ss" not in repr(where)
        with Mailer(account(f"smtp+starttls://127.0.0.1:{port}"), "khabar@news.test") as carrier:
            assert (
                carrier.send("ana@reader.test", b"x").outcome is Outcome.MISCONFIGURED
            )  # its certificate is nobody's


def _certificate(folder) -> ssl.SSLContext:
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec
    from cryptography.x509.oid import NameOID

    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "mail.test")])
    moment = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(moment - timedelta(days=1))
        .not_valid_after(moment + timedelta(days=1))
        .sign(key, hashes.SHA256())
    )
    pem = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    (folder / "pem").write_bytes(pem + made.public_bytes(serialization.Encoding.PEM))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(folder / "pem")
    return context


@pytest.mark.parametrize("url", ["http://x", "smtp://", "smtp://host:99999", "host:25"])
def test_a_wrong_smtp_url_is_one_sentence(url):
    with pytest.raises(WatchError):
        account(url)


def test_a_provider_gets_no_more_than_its_rate(world):
    world.watch()
    world.introduce()
    for number in range(5):
        world.publish(title=f"Transit {number}")
    world.match()
    with Server().up() as server, mailer(server) as carrier:
        assert (
            send.Sender(carrier, rates.parse_rates("reader.test=3")).send_all(world.archive).sent
            == 3
        )
    with pytest.raises(WatchError):
        rates.parse_rates("reader.test")


def test_what_the_server_took_and_the_database_forgot_is_stamped_first(world):
    world.watch()
    world.publish()
    world.match()
    sender = send.Sender(Folder(world.folder))
    sender.unstamped.append(world.rows("select message_id from alerts")[0][0])
    assert sender.send_all(world.archive).sent == 0
    assert states(world) == [("sent", "sent")]


def test_two_senders_never_take_the_same_message(world):
    world.watch()
    world.publish()
    world.match()

    with (
        Archive(world.url) as other,
        world.archive.transaction() as one,
        other.transaction() as two,
    ):
        assert alerts.claim_message(one, datetime.now(UTC)) is not None
        assert alerts.claim_message(two, datetime.now(UTC)) is None


def test_the_mailbox_keeps_what_it_accepted(tmp_path):
    port = free_port()
    process = subprocess.Popen(
        [
            sys.executable,
            "-m",
            "watches.delivery.mailbox",
            "--port",
            str(port),
            "--folder",
            str(tmp_path / "mail"),
        ],
        stdout=subprocess.PIPE,
    )
    try:
        assert b"mailbox on 127.0.0.1" in process.stdout.readline()
        with Mailer(Account(host="127.0.0.1", port=port), "khabar@news.test") as carrier:
            assert (
                carrier.send(
                    "../../etc/passwd@x.test", b"Subject: 1\r\n\r\n.\r\n..dots\r\n"
                ).outcome
                is Outcome.SENT
            )
        process.kill()
        (kept,) = (tmp_path / "mail").glob("*")
        assert kept.read_bytes() == b"Subject: 1\r\n\r\n.\r\n..dots\r\n"
    finally:
        process.kill()
        process.communicate()


DSN = b"""From: mailer-daemon@relay.test\r
MIME-Version: 1.0\r
Content-Type: multipart/report; report-type=delivery-status; boundary=b\r
\r
--b\r
Content-Type: text/plain\r
\r
It failed.\r
--b\r
Content-Type: message/delivery-status\r
\r
Reporting-MTA: dns; relay.test\r
\r
Final-Recipient: rfc822; ana@reader.test\r
Action: failed\r
Status: 5.1.1\r
Diagnostic-Code: smtp; 550 5.1.1 user unknown\r
\r
--b\r
Content-Type: text/rfc822-headers\r
\r
Subject: x\r
Message-ID: <abc@news.test>\r
\r
--b--\r
"""


def test_a_bounce_names_recipient_reason_and_mail():
    assert bounces.read_bounces(DSN) == [
        bounces.Bounce(
            recipient="ana@reader.test",
            weight=Weight.MISSING,
            said="smtp; 550 5.1.1 user unknown",
            message_ids=("<abc@news.test>",),
        ),
    ]
    assert not bounces.read_bounces(
        DSN.replace(b"failed", b"delayed").replace(b"5.1.1\r", b"4.2.2\r")
    )[0].weight.value
    assert bounces.read_bounces(b"Subject: hello\r\n\r\nno bounce\r\n") == []
    assert bounces.read_bounces(DSN[:150]) == []


def test_a_signed_mail_verifies_and_covers_the_one_click_headers():
    import dkim
    from cryptography.hazmat.primitives import serialization
    from cryptography.hazmat.primitives.asymmetric import rsa

    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    pem = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.TraditionalOpenSSL,
        serialization.NoEncryption(),
    )
    public = key.public_key().public_bytes(
        serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
    )
    record = b"v=DKIM1; k=rsa; p=" + b"".join(public.splitlines()[1:-1])
    raw = message.build(
        message.Rendered(subject="Тема", text="t\n", html="<p>t</p>"),
        message.Envelope(
            sender="khabar@news.test",
            recipient="ana@reader.test",
            message_id="<1@news.test>",
            made_at=NOW,
            list_name="w",
            unsubscribe_url="https://u.test/x",
        ),
    )
    signed = signing.signed(raw, signing.read_key("mail:news.test", pem))
    assert dkim.verify(signed, dnsfunc=lambda name, timeout=5: record)
    assert b"list-unsubscribe-post" in signed.partition(b"b=")[0]
    assert not dkim.verify(
        signed.replace(b"u.test", b"v.test"), dnsfunc=lambda name, timeout=5: record
    )
    with pytest.raises(WatchError):
        signing.read_key("nonsense", pem)


def test_a_webhook_gets_signed_json(world):
    got = []

    class Hook(http.server.BaseHTTPRequestHandler):
        def do_POST(self):
            got.append(
                (
                    self.headers[channels.SIGNATURE],
                    self.rfile.read(int(self.headers["Content-Length"])),
                    self.path,
                )
            )
            self.send_response(204)
            self.end_headers()

        def log_message(self, *_):
            pass

    server = http.server.HTTPServer(("127.0.0.1", 0), Hook)
    thread = threading.Thread(target=server.handle_request)
    thread.start()
    url = f"webhook+http://127.0.0.1:{server.server_port}/hook?k=1"
    world.watch(to=(url,))
    world.publish()
    world.match()
    way = Carriers(Folder(world.folder), b"secret")
    assert send.Sender(way).send_all(world.archive).sent == 1
    thread.join()
    server.server_close()
    signature, body, path = got[0]
    assert path == "/hook?k=1"
    assert signature == channels.signature(channels.webhook_key(b"secret").encode(), body)
    assert json.loads(body)["subject"] == "Transit: Transit talks"
    assert url.encode() not in bytes(world.rows("select raw from alerts")[0][0])


def test_an_unknown_service_is_refused_without_its_secret():
    attempt = channels.send("nosuch://token@host", b"Subject: x\r\n\r\ny", b"s")
    assert attempt.outcome is Outcome.REFUSED_ADDRESS
    assert "token" not in attempt.said
    assert clean.mask_secret("slack://a/b/c") == "slack://…"
