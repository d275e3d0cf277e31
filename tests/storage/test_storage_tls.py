"""A server that wants TLS: PostgreSQL's own programs, which speak none, reach it all the same."""

import contextlib
import datetime as dt
import ipaddress
import socket
import ssl
import struct
import subprocess
import threading
import time
from urllib.parse import urlsplit, urlunsplit

import pytest
from archivegen import NOW, article, batch
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from storage import Archive, StorageError, upkeep
from storage.server.tunnel import carry, open_tunnel, tls_context

SSL_REQUEST = struct.pack("!ii", 8, 80877103)
REFUSAL = b"SFATAL\0C28000\0Mno encryption\0\0"


@pytest.fixture(scope="module")
def certificate(tmp_path_factory):
    """A certificate for 127.0.0.1 that signed itself, and its key, in one file."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "khabar test")])
    now = dt.datetime.now(dt.UTC)
    address = x509.IPAddress(ipaddress.ip_address("127.0.0.1"))
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - dt.timedelta(days=1))
        .not_valid_after(now + dt.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([address]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    path = tmp_path_factory.mktemp("tls") / "server.pem"
    secret = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    path.write_bytes(secret + made.public_bytes(serialization.Encoding.PEM))
    return path


class TlsOnly:
    """PostgreSQL's server behind a door that lets in nobody without TLS."""

    def __init__(self, port: int, certificate):
        self.port = port
        self.context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self.context.load_cert_chain(certificate)
        self.listener = socket.create_server(("127.0.0.1", 0))
        threading.Thread(target=self.accept, daemon=True).start()

    def accept(self):
        with contextlib.suppress(OSError):
            while True:
                client, _ = self.listener.accept()
                threading.Thread(target=self.serve, args=(client,), daemon=True).start()

    def serve(self, client):
        with contextlib.suppress(OSError), client:
            if client.recv(8, socket.MSG_WAITALL) != SSL_REQUEST:
                client.sendall(b"E" + struct.pack("!i", len(REFUSAL) + 4) + REFUSAL)
                return
            client.sendall(b"S")
            with (
                self.context.wrap_socket(client, server_side=True) as inner,
                socket.create_connection(("127.0.0.1", self.port)) as server,
            ):
                carry(server, inner, threading.Event())


@pytest.fixture
def through_tls(server, certificate):
    """Return what makes a URL lead through the door with TLS."""
    door = TlsOnly(server.port, certificate)

    def change(url: str, query: str = "") -> str:
        parts = urlsplit(url)
        port = door.listener.getsockname()[1]
        host = parts.netloc.rpartition(":")[0]
        return urlunsplit(parts._replace(netloc=f"{host}:{port}", query=query))

    yield change
    door.listener.close()


def test_a_server_with_tls_is_backed_up_and_restored(new_database, through_tls, tmp_path):
    source = new_database()
    with Archive(source) as archive:
        archive.load(batch(article(1), article(2), article(3)))

    made = upkeep.back_up(through_tls(source), tmp_path / "all.khabar", NOW)
    restored = upkeep.restore(through_tls(new_database()), tmp_path / "all.khabar")
    assert restored == made
    assert restored.tables["articles"].rows == 3


def test_psql_asks_a_server_with_tls(database_url, through_tls):
    with upkeep.program_environment(through_tls(database_url)) as environment:
        done = subprocess.run(
            [str(upkeep.binaries() / "psql"), "-Atc", "select 6 * 7"],
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )
    assert (done.stdout.strip(), done.stderr) == ("42", "")


def test_a_program_that_holds_on_does_not_keep_the_tunnel_open(database_url, through_tls):
    with upkeep.program_environment(through_tls(database_url)) as environment:
        held = socket.create_connection(("127.0.0.1", int(environment["PGPORT"])))
        held.sendall(b"\0\0\0\x08")
    with held:
        held.settimeout(10)
        with contextlib.suppress(ConnectionError):
            assert held.recv(1) == b""


def test_a_program_that_is_slow_to_speak_is_heard(certificate):
    """The server's session tickets come first, and hold nothing to carry."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)

    def answer(listener):
        client, _ = listener.accept()
        client.recv(8, socket.MSG_WAITALL)
        client.sendall(b"S")
        with context.wrap_socket(client, server_side=True) as inner:
            inner.sendall(inner.recv(5).upper())
            inner.recv(1)

    with socket.create_server(("127.0.0.1", 0)) as listener:
        threading.Thread(target=answer, args=(listener,), daemon=True).start()
        server = {"host": "127.0.0.1", "port": str(listener.getsockname()[1])}
        with open_tunnel(server) as port, socket.create_connection(("127.0.0.1", port)) as program:
            time.sleep(0.5)
            program.sendall(b"hello")
            program.settimeout(5)
            assert program.recv(5) == b"HELLO"


def test_a_server_without_tls_is_reached_directly(database_url):
    with upkeep.program_environment(database_url) as environment:
        assert environment["PGPORT"] == str(urlsplit(database_url).port)


def test_a_url_that_forbids_tls_gets_no_tunnel(database_url):
    with upkeep.program_environment(f"{database_url}?sslmode=disable") as environment:
        assert environment["PGSSLMODE"] == "disable"
        assert environment["PGPORT"] == str(urlsplit(database_url).port)


def test_the_certificate_that_a_url_names_is_looked_at(database_url, through_tls, certificate):
    full = f"sslmode=verify-full&sslrootcert={certificate}"
    with upkeep.program_environment(through_tls(database_url, full)) as environment:
        done = subprocess.run(
            [str(upkeep.binaries() / "psql"), "-Atc", "select 1"],
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )
    assert done.stdout.strip() == "1", done.stderr


@pytest.mark.parametrize(
    ("said", "verify", "name"),
    [
        ({}, ssl.CERT_NONE, False),
        ({"sslmode": "require"}, ssl.CERT_NONE, False),
        ({"sslmode": "verify-ca"}, ssl.CERT_REQUIRED, False),
        ({"sslmode": "verify-full"}, ssl.CERT_REQUIRED, True),
        ({"sslrootcert": "system"}, ssl.CERT_REQUIRED, True),
    ],
)
def test_what_is_verified_is_what_libpq_verifies(said, verify, name):
    context = tls_context(said)
    assert (context.verify_mode, context.check_hostname) == (verify, name)


def test_a_root_certificate_makes_require_look_at_the_servers(certificate):
    context = tls_context({"sslmode": "require", "sslrootcert": str(certificate)})
    assert context.verify_mode is ssl.CERT_REQUIRED
    assert not context.check_hostname


def test_certificates_that_cannot_be_read_are_one_sentence(tmp_path):
    said = {"sslmode": "verify-full", "sslrootcert": str(tmp_path / "nowhere.pem")}
    with pytest.raises(StorageError, match="certificates of the database's URL"), open_tunnel(said):
        pass
