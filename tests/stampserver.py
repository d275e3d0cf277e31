"""A time stamp authority (openssl ts) and a calendar of OpenTimestamps, both on loopback."""

import contextlib
import subprocess
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from opentimestamps.core.notary import BitcoinBlockHeaderAttestation, PendingAttestation
from opentimestamps.core.op import OpAppend, OpPrepend, OpSHA256
from opentimestamps.core.serialize import BytesSerializationContext
from opentimestamps.core.timestamp import Timestamp

CONFIG = """
[tsa]
default_tsa = here
[here]
serial = {folder}/serial
signer_cert = {folder}/tsa.pem
signer_key = {folder}/tsa.key
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha256
accuracy = secs:1
ess_cert_id_chain = no
ess_cert_id_alg = sha256
"""


def openssl(folder: Path, command: str) -> None:
    subprocess.run(["openssl", *command.split()], cwd=folder, check=True, capture_output=True)


class Authority:
    """An authority with a root of its own, `ca.pem` in its folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.trouble = ""  # "refuses", "garbage", "down", "stale"
        self.last = b""
        folder.mkdir()
        (folder / "serial").write_text("01\n")
        (folder / "ts.cnf").write_text(CONFIG.format(folder=folder))
        (folder / "ext").write_text("extendedKeyUsage = critical,timeStamping\n")
        made = "-newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes"
        openssl(folder, f"req -x509 {made} -keyout ca.key -out ca.pem -subj /CN=Root -days 30")
        openssl(folder, f"req {made} -keyout tsa.key -out tsa.csr -subj /CN=Authority")
        sign = "-CA ca.pem -CAkey ca.key -CAcreateserial -extfile ext -days 30"
        openssl(folder, f"x509 -req -in tsa.csr -out tsa.pem {sign}")

    @property
    def roots(self) -> str:
        return (self.folder / "ca.pem").read_text()

    def answer(self, query: bytes) -> tuple[int, bytes]:
        if self.trouble == "down":
            return 503, b""
        if self.trouble == "garbage":
            return 200, b"<html>not here</html>"
        if self.trouble == "refuses":
            query = query.replace(b"\x60\x86\x48\x01\x65\x03\x04\x02\x01", b"\x60" * 9)
        if self.trouble == "stale":
            return 200, self.last
        (self.folder / "query").write_bytes(query)
        openssl(self.folder, "ts -reply -config ts.cnf -section here -queryfile query -out reply")
        self.last = (self.folder / "reply").read_bytes()
        return 200, self.last


class Calendar:
    """A calendar that promises, and keeps its word when `block` is a height."""

    def __init__(self) -> None:
        self.url = ""
        self.block: int | None = None
        self.trouble = ""
        self.promised: set[bytes] = set()

    def promise(self, digest: bytes) -> tuple[int, bytes]:
        if self.trouble == "garbage":
            return 200, b"\x00garbage"
        stamp = Timestamp(digest)
        last = stamp.ops.add(OpAppend(b"a nonce of the calendar"))
        last = last.ops.add(OpSHA256())
        last.attestations.add(PendingAttestation(self.url))
        self.promised.add(last.msg)
        return 200, written(stamp)

    def kept(self, commitment: bytes) -> tuple[int, bytes]:
        if self.block is None or commitment not in self.promised:
            return 404, b"Pending confirmation in Bitcoin blockchain"
        stamp = Timestamp(commitment)
        last = stamp.ops.add(OpPrepend(b"the block's other side"))
        last = last.ops.add(OpSHA256())
        last.attestations.add(BitcoinBlockHeaderAttestation(self.block))
        return 200, written(stamp)


def written(stamp: Timestamp) -> bytes:
    context = BytesSerializationContext()
    stamp.serialize(context)
    return context.getbytes()


@contextlib.contextmanager
def served(authority: Authority | None, calendar: Calendar | None) -> Iterator[str]:
    """Serve both; give the address under which they are: /tsr, /digest, /timestamp/."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            if self.path == "/tsr" and authority:
                self.send(*authority.answer(body))
            elif self.path == "/digest" and calendar:
                self.send(*calendar.promise(body))
            else:
                self.send(404, b"")

        def do_GET(self) -> None:
            part, _, text = self.path.rpartition("/")
            if part == "/timestamp" and calendar:
                self.send(*calendar.kept(bytes.fromhex(text)))
            else:
                self.send(302, b"")

        def send(self, status: int, body: bytes) -> None:
            self.send_response(status)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    address = f"http://127.0.0.1:{server.server_port}"
    if calendar:
        calendar.url = address
    try:
        yield address
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
