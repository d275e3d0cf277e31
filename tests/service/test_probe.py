"""A container's health check against a real HTTP answer."""

import json
import os
import subprocess
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

PROBE = Path(__file__).resolve().parents[2] / "service" / "probe.py"
HEALTH = {
    "metadatabase": {"status": "healthy"},
    "scheduler": {"status": "unhealthy"},
    "dag_processor": {"status": "healthy"},
    "triggerer": {"status": None},
}


@pytest.fixture(scope="module")
def address():
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            body = json.dumps(HEALTH).encode() if self.path == "/api/v2/monitor/health" else b"{}"
            self.send_response(200)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *arguments: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    server.server_close()
    thread.join()


def probe(**environment: str) -> int:
    return subprocess.run(
        [sys.executable, str(PROBE)],
        env={"PATH": os.environ["PATH"], **environment},
        check=False,
        capture_output=True,
        timeout=60,
    ).returncode


@pytest.mark.parametrize(
    ("part", "code"), [("api-server", 0), ("scheduler", 1), ("dag-processor", 0), ("triggerer", 1)]
)
def test_a_part_is_as_well_as_the_api_server_says(address, part, code):
    assert probe(KHABAR_PART=part, KHABAR_API_SERVER=address) == code


def test_an_api_server_that_is_away_is_not_well():
    assert probe(KHABAR_API_SERVER="http://127.0.0.1:9") == 1


def test_a_mailbox_is_asked_for_a_connection(address):
    assert probe(KHABAR_PART="mailbox", KHABAR_MAILBOX_PORT=address.rpartition(":")[2]) == 0
    assert probe(KHABAR_PART="mailbox", KHABAR_MAILBOX_PORT="9") == 1
