"""A forward proxy on loopback through which the browser has to go.

Every connection it opens is judged as the crawl's own are.
"""

import asyncio
import contextlib
import socket
from urllib.parse import urlsplit

from crawlers.download.guard import allowed
from crawlers.sample_hosts import is_sample

_HEAD = 65_536
_FORBIDDEN = b"HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
_SECONDS = 60.0


class Tunnel:
    """A proxy that connects only to public addresses, and to the sample press on `ports`.

    `refused` names the hosts it turned away.
    """

    def __init__(self, ports: frozenset[int] = frozenset()) -> None:
        self.ports = ports
        self.refused = set[str]()
        self._server: asyncio.Server | None = None
        self.port = 0

    async def start(self) -> None:
        """Listen on a free port of 127.0.0.1."""
        self._server = await asyncio.start_server(
            self._serve,
            "127.0.0.1",
            0,
            limit=_HEAD,
        )

        self.port = self._server.sockets[0].getsockname()[1]

    async def stop(self) -> None:
        """Listen no more."""
        if self._server is not None:
            self._server.close()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Serve one connection of the browser; what goes wrong in it ends it alone."""
        with contextlib.suppress(
            OSError,
            ValueError,
            TimeoutError,
            asyncio.IncompleteReadError,
            asyncio.LimitOverrunError,
        ):
            async with asyncio.timeout(_SECONDS):
                await self._one(reader, writer)

        writer.close()

    async def _one(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Serve one connection of the browser: CONNECT, or a request with an absolute address."""
        head = await reader.readuntil(b"\r\n\r\n")
        first, _, rest = head.partition(b"\r\n")
        method, target, version = first.decode("latin-1").split(" ", 2)
        is_secure = method == "CONNECT"
        parts = urlsplit(f"//{target}" if is_secure else target)
        host = parts.hostname or ""
        port = parts.port or (443 if is_secure else 80)
        address = await self._address(host, port)

        if address is None:
            self.refused.add(host)
            writer.write(_FORBIDDEN)
            await writer.drain()

            return

        far_reader, far_writer = await asyncio.open_connection(address, port)

        try:
            if is_secure:
                writer.write(b"HTTP/1.1 200 Connected\r\n\r\n")
                outward = _pipe(reader, far_writer)
                homeward = _pipe(far_reader, writer)
                await asyncio.gather(outward, homeward)
            else:
                _, _, authority_and_path = target.partition("//")
                _, _, path = authority_and_path.partition("/")
                asked = f"{method} /{path} {version}\r\n"
                far_writer.write(asked.encode("latin-1"))
                far_writer.write(_once(rest))
                await _answer(far_reader, reader, writer)
        finally:
            far_writer.close()

    async def _address(self, host: str, port: int) -> str | None:
        """Return an address of a host that may be connected to; None when it has none."""
        is_open = port in self.ports
        if is_sample(host):
            return "127.0.0.1" if is_open else None

        loop = asyncio.get_running_loop()

        for item in await loop.getaddrinfo(host, port, type=socket.SOCK_STREAM):
            address = str(item[4][0])
            if allowed(host, address, loopback=is_open):
                return address

        return None


async def _answer(
    far_reader: asyncio.StreamReader,
    reader: asyncio.StreamReader,
    writer: asyncio.StreamWriter,
) -> None:
    """Pass one answer on to the browser.

    One request a connection, so that the next one is judged anew: both sides are told so, and
    nothing more is passed on.
    """
    answer = await far_reader.readuntil(b"\r\n\r\n")
    status, _, fields = answer.partition(b"\r\n")
    writer.write(status + b"\r\n")
    writer.write(_once(fields))
    ends = [
        asyncio.ensure_future(_pipe(far_reader, writer)),
        asyncio.ensure_future(reader.read(1)),
    ]

    await asyncio.wait(ends, return_when=asyncio.FIRST_COMPLETED)

    for end in ends:
        end.cancel()


def _once(head: bytes) -> bytes:
    """Return header lines that end the connection after this message."""
    dropped = (b"proxy-", b"connection:", b"keep-alive:")
    lines = [line for line in head.split(b"\r\n") if line and not line.lower().startswith(dropped)]

    return b"\r\n".join([*lines, b"Connection: close", b"", b""])


async def _pipe(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Pass bytes on until the end."""
    with contextlib.suppress(OSError):
        while data := await reader.read(_HEAD):
            writer.write(data)
            await writer.drain()

        if writer.can_write_eof():
            writer.write_eof()
