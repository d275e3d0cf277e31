"""A local Sentry: takes envelopes on loopback, however compressed, and keeps their events."""

import contextlib
import gzip
import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import brotli
import pytest


class Sink:
    """What has arrived, and the DSN that leads here."""

    def __init__(self, port: int) -> None:
        self.dsn = f"http://public@127.0.0.1:{port}/1"
        self.events: list[dict] = []
        self.raw: list[bytes] = []

    def take(self, body: bytes, encoding: str) -> None:
        plain = {"gzip": gzip.decompress, "br": brotli.decompress}.get(encoding, bytes)(body)
        self.raw.append(plain)
        lines = plain.split(b"\n")
        for head, payload in zip(lines[1::2], lines[2::2], strict=False):
            if json.loads(head).get("type") == "event":
                self.events.append(json.loads(payload))


@contextlib.contextmanager
def listening() -> Iterator[Sink]:
    """Serve a sink on a free port."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            self.server.sink.take(body, self.headers.get("Content-Encoding", ""))
            self.send_response(200)
            self.end_headers()
            self.wfile.write(b"{}")

        def log_message(self, *arguments: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.sink = Sink(server.server_address[1])
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield server.sink
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@pytest.fixture
def sink() -> Iterator[Sink]:
    """A Sentry of our own."""
    with listening() as served:
        yield served


@pytest.fixture(scope="module")
def house_sink() -> Iterator[Sink]:
    """A Sentry of our own for as long as a house stands."""
    with listening() as served:
        yield served
