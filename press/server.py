"""The HTTP server.

One loop, one port of 127.0.0.1, virtual hosts by the Host header, an access log in JSON lines.
"""

import asyncio
import contextlib
import json
import time
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from email.utils import format_datetime
from typing import IO, Protocol

from press.clock import Clock
from press.faults import Switch
from press.http import REASONS, TEXT, Request, Response, zipped

_IDLE = 60.0  # seconds an idle connection is kept
_LARGEST = 1_000_000  # bytes of a request body
_WORTH_ZIPPING = 600


class Served(Protocol):
    """What a server needs of an application."""

    clock: Clock

    @property
    def port(self) -> int:
        """The port of 127.0.0.1 on which it is served."""

    def set_time(self, instant: str) -> None:
        """Take the time from a request's own header."""

    def answer(self, request: Request, now: datetime) -> tuple[Response, Switch | None]:
        """Return the answer to a request and the fault that befalls it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Done:
    """What the access log says of one request."""

    request: Request
    status: int
    size: int
    now: datetime
    fault: str = ""


class Server:
    """Serves an application. `log` receives one JSON line per request."""

    def __init__(self, application: Served, log: IO[str]) -> None:
        self.application = application
        self.log = log

    async def run(self, ready: asyncio.Event | None = None) -> None:
        """Serve until cancelled."""
        server = await asyncio.start_server(
            self._connection, "127.0.0.1", self.application.port, limit=65_536, backlog=512
        )
        async with server:
            if ready is not None:
                ready.set()

            await server.serve_forever()

    async def _connection(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(
            ConnectionError, TimeoutError, asyncio.IncompleteReadError, asyncio.LimitOverrunError
        ):
            while True:
                async with asyncio.timeout(_IDLE):
                    request = await _read(reader, self.application.port)

                if not await self._serve(request, writer):
                    break

        writer.close()
        with contextlib.suppress(ConnectionError, TimeoutError):
            async with asyncio.timeout(1):
                await writer.wait_closed()

    async def _serve(self, request: Request, writer: asyncio.StreamWriter) -> bool:
        """Answer one request; False ends the connection."""
        instant = request.headers.get("press-now")
        if instant is not None:
            self.application.set_time(instant)

        now = self.application.clock.now()
        response, switch = self.application.answer(request, now)
        response = _packed(request, response)
        head, body = _message(request, response, now)
        done = _Done(
            request=request,
            status=response.status,
            size=len(body),
            now=now,
            fault=switch.fault.name if switch else "",
        )

        self._note(done)

        if switch is not None and switch.fault.wire is not None:
            await switch.fault.wire(writer, head + body)
            return False

        writer.write(head + (b"" if request.method == "HEAD" else body))
        await writer.drain()

        return request.headers.get("connection", "").lower() != "close"

    def _note(self, done: _Done) -> None:
        request = done.request
        if request.path.startswith("/_press"):
            return

        held = {
            "t": done.now.isoformat(timespec="milliseconds"),
            "real": round(time.time(), 4),
            "host": request.host,
            "method": request.method,
            "path": request.target,
            "status": done.status,
            "bytes": done.size,
            "ua": request.headers.get("user-agent", ""),
            "conditional": request.conditional,
        }

        if done.fault:
            held["fault"] = done.fault

        self.log.write(json.dumps(held, ensure_ascii=False) + "\n")
        self.log.flush()


async def _read(reader: asyncio.StreamReader, port: int) -> Request:
    head = await reader.readuntil(b"\r\n\r\n")
    first, *lines = head.decode("latin-1").split("\r\n")
    method, _, rest = first.partition(" ")
    headers = {
        name.strip().lower(): value.strip()
        for name, _, value in (line.partition(":") for line in lines if line)
    }
    length = headers.get("content-length", "0")
    body = (
        await reader.readexactly(min(int(length), _LARGEST))
        if length.isdigit() and length != "0"
        else b""
    )

    target = rest.rsplit(" ", 1)[0] or "/"
    if target.startswith("http://"):
        target = "/" + target.split("/", 3)[-1]

    host = headers.get("host", "").rsplit(":", 1)[0].lower()

    return Request(
        method=method,
        host=host,
        port=port,
        target=target,
        headers=headers,
        body=body,
    )


def _packed(request: Request, response: Response) -> Response:
    encoded = any(name == "Content-Encoding" for name, _ in response.headers)
    accepts = "gzip" in request.headers.get("accept-encoding", "")
    if (
        not accepts
        or encoded
        or len(response.body) < _WORTH_ZIPPING
        or not response.kind.startswith(("text/", "application/"))
        or response.kind.startswith("application/gzip")
    ):
        return response

    return replace(response, body=zipped(response.body)).having(
        ("Content-Encoding", "gzip"), ("Vary", "Accept-Encoding")
    )


def _message(
    request: Request,
    response: Response,
    now: datetime,
) -> tuple[bytes, bytes]:
    if request.method not in {"GET", "HEAD", "POST"}:
        response = Response(status=405, body=b"only GET here", kind=TEXT)

    lines = [
        f"HTTP/1.1 {response.status} {REASONS.get(response.status, 'Status')}",
        f"Date: {format_datetime(now.astimezone(UTC), usegmt=True)}",
        "Server: press",
        f"Content-Length: {len(response.body)}",
    ]

    if response.kind:
        lines.append(f"Content-Type: {response.kind}")

    lines += [f"{name}: {value}" for name, value in response.headers]

    return ("\r\n".join(lines) + "\r\n\r\n").encode(
        "latin-1",
        "replace",
    ), response.body
