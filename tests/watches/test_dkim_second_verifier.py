"""Every kind of mail is signed so that a second implementation agrees, after a real Postfix too.

The second one is Perl's Mail::DKIM (Debian's libmail-dkim-perl); it asks the DNS, which is a server
of the test. Slow; skipped where the programs are missing.
"""

import email
import shutil
import socketserver
import subprocess
import threading
import time

import dns.message
import dns.rdatatype
import dns.rrset
import postfixserver
import pytest
import sampleletters
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

from watches.delivery import signing
from watches.delivery.message import write_letter
from watches.delivery.outcomes import Outcome
from watches.delivery.smtp import Mailer
from watches.delivery.smtp_account import Account

VERIFIER = """
use Mail::DKIM::Verifier; use Mail::DKIM::DNS; use Net::DNS::Resolver;
Mail::DKIM::DNS::resolver(Net::DNS::Resolver->new(
    nameservers => ['127.0.0.1'], port => $ARGV[0], recurse => 0));
my $verifier = Mail::DKIM::Verifier->new;
binmode STDIN;
local $/; my $mail = <STDIN>; $mail =~ s/\\r?\\n/\\r\\n/g;
$verifier->PRINT($mail); $verifier->CLOSE;
print $verifier->result_detail;
"""


def _has_verifier() -> bool:
    perl = shutil.which("perl")
    check = [perl or "perl", "-MMail::DKIM::Verifier", "-e", "1"]
    return (
        perl is not None and not subprocess.run(check, check=False, capture_output=True).returncode
    )


pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not _has_verifier(), reason="needs Debian's libmail-dkim-perl"),
]


@pytest.fixture(scope="module")
def key():
    """A signing key, and its record in the DNS."""
    made = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    pem = made.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.TraditionalOpenSSL,
        serialization.NoEncryption(),
    )
    public = made.public_key().public_bytes(
        serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
    )
    record = "v=DKIM1; k=rsa; p=" + "".join(public.decode().splitlines()[1:-1])
    return signing.read_key("mail:news.test", pem), record


@pytest.fixture(scope="module")
def dns_port(key):
    """A DNS server on loopback that knows the key."""
    record = key[1]

    class Answer(socketserver.BaseRequestHandler):
        def handle(self):
            data, socket = self.request
            query = dns.message.from_wire(data)
            response = dns.message.make_response(query)
            (question,) = query.question
            name = question.name
            if (
                name.to_text() == "mail._domainkey.news.test."
                and question.rdtype == dns.rdatatype.TXT
            ):
                parts = " ".join(f'"{record[at : at + 200]}"' for at in range(0, len(record), 200))
                response.answer.append(dns.rrset.from_text(name, 60, "IN", "TXT", parts))
            socket.sendto(response.to_wire(), self.client_address)

    with socketserver.ThreadingUDPServer(("127.0.0.1", 0), Answer) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server.server_address[1]
        server.shutdown()


def verdict(raw: bytes, port: int) -> str:
    done = subprocess.run(
        ["perl", "-e", VERIFIER, str(port)], input=raw, capture_output=True, check=True
    )
    return done.stdout.decode()


def signed_letters(key):
    """All kinds in all languages, signed."""
    for language in sampleletters.LANGUAGES:
        for kind, letter in sampleletters.letters(language).items():
            written = write_letter(letter, "Khabar Новости <khabar@news.test>")
            yield f"{language} {kind}", signing.signed(written.raw, key[0])


def test_a_second_implementation_agrees_with_our_signatures(key, dns_port):
    verdicts = {name: verdict(raw, dns_port) for name, raw in signed_letters(key)}
    assert len(verdicts) == 32
    assert set(verdicts.values()) == {"pass"}
    _, raw = next(signed_letters(key))
    spoiled = raw.replace(b"Harbour", b"Airport", 1)
    assert spoiled != raw
    assert verdict(spoiled, dns_port).startswith("fail")


@pytest.mark.skipif(not postfixserver.AVAILABLE, reason="needs Debian's postfix, and root")
def test_signatures_survive_a_real_postfix(key, dns_port, tmp_path):
    sent = dict(signed_letters(key))
    with postfixserver.running(tmp_path / "p") as server:
        where = Account(host="127.0.0.1", port=server.ports["roomy"])
        with Mailer(where, "khabar@news.test", patience=30) as mailer:
            outcomes = {mailer.send("ana@kept.test", raw).outcome for raw in sent.values()}
        assert outcomes == {Outcome.SENT}
        deadline = time.monotonic() + 60
        while len(server.kept()) < len(sent) and time.monotonic() < deadline:
            time.sleep(0.5)
        kept = [path.read_bytes() for path in server.kept()]
    assert len(kept) == len(sent)
    names = [str(email.message_from_bytes(raw)["message-id"]) for raw in kept]
    verdicts = {name: verdict(raw, dns_port) for name, raw in zip(names, kept, strict=True)}
    assert set(verdicts.values()) == {"pass"}
