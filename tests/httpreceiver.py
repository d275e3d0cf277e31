"""An HTTP server on loopback that keeps what it is sent, for the ways that are no mail."""

import contextlib
import http.server
import threading
from collections.abc import Iterator

from watchworld import free_port


class Keeper(http.server.BaseHTTPRequestHandler):
    """Takes all that it is sent: headers and body stand in the server's `got`."""

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.got.append((dict(self.headers), body))
        self.send_response(204)
        self.end_headers()

    def log_message(self, *_):
        """Say nothing."""


@contextlib.contextmanager
def receiving(
    handler: type[http.server.BaseHTTPRequestHandler],
) -> Iterator[http.server.ThreadingHTTPServer]:
    """Run a server of a handler; what came stands in its list `got`."""
    server = http.server.ThreadingHTTPServer(("127.0.0.1", free_port()), handler)
    server.got = []
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()
