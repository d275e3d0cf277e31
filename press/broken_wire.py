"""Other ways to send an answer: never, in drops, cut off, or as something that is not HTTP.

Each gets the complete HTTP message that would have been sent, and is bounded in time and bytes.
"""

import asyncio
import contextlib
import socket
import struct

PATIENCE = 180.0  # seconds after which even a tarpit lets go
HUGE = 1_000_000_000  # bytes of the huge body
_BLOCK = b"<p>" + b"filler " * 9362 + b"</p>"
_HEAD_END = b"\r\n\r\n"
Writer = asyncio.StreamWriter


async def never(writer: Writer, _message: bytes) -> None:
    """Accept and never answer."""
    with contextlib.suppress(TimeoutError, ConnectionError):
        async with asyncio.timeout(PATIENCE):
            await writer.wait_closed()


async def reset(writer: Writer, _message: bytes) -> None:
    """Reset the connection before an answer."""
    _abort(writer)


async def reset_midway(writer: Writer, message: bytes) -> None:
    """Reset the connection in the middle of the body."""
    writer.write(message[: len(message) // 2])
    await writer.drain()
    await asyncio.sleep(0.05)
    _abort(writer)


async def half(writer: Writer, message: bytes) -> None:
    """End the connection before Content-Length is reached."""
    writer.write(message[: max(len(message) * 2 // 3, message.index(_HEAD_END) + 5)])
    await writer.drain()


async def half_chunk(writer: Writer, message: bytes) -> None:
    """End a chunked body inside a chunk."""
    head, _, body = message.partition(_HEAD_END)
    lines = [line for line in head.split(b"\r\n") if not line.lower().startswith(b"content-length")]
    sent = body[: max(len(body) // 2, 1)]
    writer.write(
        b"\r\n".join([*lines, b"Transfer-Encoding: chunked"])
        + _HEAD_END
        + f"{len(body):x}\r\n".encode()
        + sent
    )

    await writer.drain()


async def drip(writer: Writer, message: bytes) -> None:
    """Send the body one byte every half second."""
    head = message.index(_HEAD_END) + 4
    await _slowly(
        writer,
        message[:head],
        message[head:],
    )


async def drip_head(writer: Writer, message: bytes) -> None:
    """Send all of it one byte every half second, the head too."""
    await _slowly(writer, b"", message)


async def _slowly(writer: Writer, at_once: bytes, rest: bytes) -> None:
    writer.write(at_once)
    for index in range(min(len(rest), int(PATIENCE * 2))):
        writer.write(rest[index : index + 1])
        await writer.drain()
        await asyncio.sleep(0.5)


async def _stream(writer: Writer, head: bytes, total: int) -> None:
    writer.write(head)
    sent = 0
    with contextlib.suppress(ConnectionError):
        async with asyncio.timeout(PATIENCE):
            while sent < total:
                block = _BLOCK[: total - sent]
                writer.write(block)
                sent += len(block)
                await writer.drain()


async def huge(writer: Writer, _message: bytes) -> None:
    """Send a body of 1 GB with its length announced."""
    await _stream(
        writer,
        f"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: {HUGE}\r\n\r\n".encode(),
        HUGE,
    )


async def endless(writer: Writer, _message: bytes) -> None:
    """Send a body of 1 GB without length."""
    await _stream(
        writer, b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nConnection: close\r\n\r\n", HUGE
    )


async def garbage(writer: Writer, _message: bytes) -> None:
    """Send something that is not HTTP."""
    writer.write(b"\x00\xffNONSENSE/9.9 hello\r\n\r\n")
    await writer.drain()


async def bad_length(writer: Writer, message: bytes) -> None:
    """Send a Content-Length that is no number."""
    head, _, body = message.partition(_HEAD_END)
    lines = [
        b"Content-Length: minus five" if line.lower().startswith(b"content-length") else line
        for line in head.split(b"\r\n")
    ]
    writer.write(b"\r\n".join(lines) + _HEAD_END + body)
    await writer.drain()


async def huge_headers(writer: Writer, message: bytes) -> None:
    """Send a megabyte of headers."""
    head, _, body = message.partition(_HEAD_END)
    padding = b"".join(b"\r\nX-Padding-%d: " % number + b"x" * 4000 for number in range(250))
    writer.write(head + padding + _HEAD_END + body)
    await writer.drain()


def _abort(writer: Writer) -> None:
    """Close with RST instead of FIN: linger of zero seconds."""
    held = writer.get_extra_info("socket")
    if held is not None:
        held.setsockopt(
            socket.SOL_SOCKET,
            socket.SO_LINGER,
            struct.pack("ii", 1, 0),
        )

    writer.transport.abort()
