"""A body comes out of whatever encoding a server has put it in, or the page has a named fault."""

import gzip
import zlib

import brotli
import pytest
import zstandard

from crawlers.download.body import decode
from crawlers.faults import Fault, FaultError

TEXT = b"a paragraph of an article; " * 20_000  # more than one piece of every stream
LIMIT = len(TEXT)


def bare(text: bytes) -> bytes:
    """Deflate without a header, as many servers send it."""
    stream = zlib.compressobj(wbits=-15)
    return stream.compress(text) + stream.flush()


PACKED = {
    "gzip": gzip.compress(TEXT),
    "deflate": zlib.compress(TEXT),
    "br": brotli.compress(TEXT),
    "zstd": zstandard.compress(TEXT),
}


@pytest.mark.parametrize("name", PACKED)
def test_each_encoding_is_undone(name):
    assert decode(PACKED[name], name.upper(), LIMIT) == TEXT
    assert decode(gzip.compress(PACKED[name]), f"{name}, identity, gzip", LIMIT) == TEXT


def test_deflate_without_its_header_is_read_too():
    assert decode(bare(TEXT), "deflate", LIMIT) == TEXT


@pytest.mark.parametrize("name", PACKED)
def test_what_unpacks_to_too_much_is_a_bomb(name):
    with pytest.raises(FaultError) as caught:
        decode(PACKED[name], name, LIMIT - 1)
    assert caught.value.fault is Fault.BOMB


@pytest.mark.parametrize("name", ["gzip", "deflate", "br"])
def test_a_stream_that_breaks_off_is_named(name):
    packed = PACKED[name]
    with pytest.raises(FaultError) as caught:
        decode(packed[: len(packed) // 2], name, LIMIT)
    assert caught.value.fault is Fault.BAD_ENCODING


@pytest.mark.parametrize("name", ["zstd", "br"])
def test_rubbish_is_named(name):
    with pytest.raises(FaultError) as caught:
        decode(b"\xff no such stream", name, LIMIT)
    assert caught.value.fault is Fault.BAD_ENCODING


@pytest.mark.parametrize("name", ["gzip", "compress", "identity", ""])
def test_a_body_that_is_not_what_its_header_says_is_left_as_it_is(name):
    assert decode(b"plain words", name, LIMIT) == b"plain words"
