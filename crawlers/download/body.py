"""Content encodings undone under a limit: gzip, deflate, br, zstd, also several of them.

Charsets are left as they came.
"""

import zlib
from collections.abc import Iterator

import brotli
import zstandard

from crawlers.faults import Fault, FaultError

ACCEPT_ENCODING = "gzip, deflate, br, zstd"
_STEP = 1 << 16
_GZIP = b"\x1f\x8b"


def decode(body: bytes, encodings: str, limit: int) -> bytes:
    """Return a body with its Content-Encoding undone; at most `limit` bytes.

    A body that is not what its header says is passed on untouched, an unknown encoding too. Raises
    FaultError: BOMB above the limit, BAD_ENCODING when the compressed stream breaks off or turns to
    rubbish.
    """
    names = [part.strip().lower() for part in encodings.split(",") if part.strip()]
    for name in reversed(names):
        if name == "identity" or not body:
            continue

        is_no_gzip = name in {"gzip", "x-gzip"} and not body.startswith(_GZIP)
        if is_no_gzip or name not in _STREAMS:
            return body

        body = b"".join(_limited(_STREAMS[name](body), limit))

    return body


def gunzip(body: bytes, limit: int) -> Iterator[bytes]:
    """Yield a gzip file's content in pieces, or the body as it is, when it is none.

    Raises FaultError as decode does.
    """
    if not body.startswith(_GZIP):
        yield from _limited(iter((body,)), limit)
        return

    pieces = _limited(_gzip(body), limit)
    head = next(pieces, b"")

    if head.startswith(_GZIP):
        # A server that compresses what is compressed already.
        inner = head + b"".join(pieces)
        yield from _limited(_gzip(inner), limit)

        return

    yield head
    yield from pieces


def _limited(pieces: Iterator[bytes], limit: int) -> Iterator[bytes]:
    """Pass pieces on until they are more than `limit` bytes."""
    total = 0
    try:
        for piece in pieces:
            total += len(piece)
            if total > limit:
                raise FaultError(Fault.BOMB, f"more than {limit} bytes when decoded")

            yield piece
    except (zlib.error, brotli.error, zstandard.ZstdError) as error:
        raise FaultError(Fault.BAD_ENCODING, str(error)) from error


def _gzip(body: bytes) -> Iterator[bytes]:
    """Yield the content of all gzip members.

    Rubbish behind the last one is ignored, as browsers do.
    """
    while body.startswith(_GZIP):
        stream = zlib.decompressobj(31)
        yield from _inflate(stream, body)
        body = stream.unused_data


def _deflate(body: bytes) -> Iterator[bytes]:
    """Yield the content of a zlib stream, or of a bare deflate stream.

    Many servers send the latter under this name.
    """
    # RFC 1950, 2.2: the method is 8, and both bytes of the header are a multiple of 31.
    method, header = body[0] & 15, int.from_bytes(body[:2], "big")
    is_bare = len(body) < 2 or method != 8 or header % 31 != 0  # noqa: PLR2004
    yield from _inflate(zlib.decompressobj(-15 if is_bare else 15), body)


def _inflate(stream: "zlib._Decompress", body: bytes) -> Iterator[bytes]:
    """Yield the pieces of a deflated body; raises FaultError where it breaks off."""
    data = body
    while not stream.eof:
        piece = stream.decompress(data, _STEP)
        data = stream.unconsumed_tail
        if piece:
            yield piece
        elif not data and not stream.eof:
            raise FaultError(Fault.BAD_ENCODING, "the compressed stream breaks off")


def _brotli(body: bytes) -> Iterator[bytes]:
    """Yield the pieces of a body in brotli; raises FaultError where it breaks off."""
    stream = brotli.Decompressor()
    yield stream.process(body, output_buffer_limit=_STEP)
    while not stream.is_finished():
        # It asks for more as soon as it has read all, while much of the text still waits inside.
        piece = stream.process(b"", output_buffer_limit=_STEP)
        if not piece and stream.can_accept_more_data():
            raise FaultError(Fault.BAD_ENCODING, "the compressed stream breaks off")

        yield piece


def _zstd(body: bytes) -> Iterator[bytes]:
    """Yield the pieces of a body in zstd; its window is bounded."""
    # The window is bounded (RFC 8878 advises 8 MB): a frame's header cannot ask for all memory.
    stream = zstandard.ZstdDecompressor(max_window_size=1 << 23)
    reader = stream.stream_reader(body, read_across_frames=True)
    while piece := reader.read(_STEP):
        yield piece


_STREAMS = {"gzip": _gzip, "x-gzip": _gzip, "deflate": _deflate, "br": _brotli, "zstd": _zstd}
