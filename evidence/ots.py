"""OpenTimestamps of a head. No other module knows `opentimestamps`.

A proof is a file as the `ots` program reads it: the head's digest, and what leads from it to a
calendar's promise, later to a block of Bitcoin.
"""

import hashlib
from collections.abc import Iterator
from typing import NamedTuple

from opentimestamps.core.notary import (
    BitcoinBlockHeaderAttestation,
    PendingAttestation,
    TimeAttestation,
)
from opentimestamps.core.op import OpSHA256
from opentimestamps.core.serialize import (
    BytesDeserializationContext,
    BytesSerializationContext,
    DeserializationError,
)
from opentimestamps.core.timestamp import DetachedTimestampFile, Timestamp

from evidence.errors import EvidenceError

_MOST = 10_000  # bytes of a calendar's answer, as the reference client allows
_STEPS = 2_000  # of a proof that are looked at


class Promise(NamedTuple):
    """A calendar that has not said yet in which block it is: whom to ask, and for what."""

    calendar: str
    commitment: bytes


class Block(NamedTuple):
    """A block of Bitcoin that a proof leads to: its height, and its Merkle root as shown there."""

    height: int
    root: str


class Claims(NamedTuple):
    """What a proof leads to."""

    promises: list[Promise]
    blocks: list[Block]


def begin(text: bytes, answer: bytes) -> bytes:
    """Return the proof of a text that a calendar's answer makes; raises EvidenceError."""
    digest = hashlib.sha256(text).digest()
    stamp = _stamp(answer, digest)

    return _written(DetachedTimestampFile(OpSHA256(), stamp))


def claims(proof: bytes, text: bytes) -> Claims:
    """Return what a proof of a text leads to; raises EvidenceError for one of another text."""
    found = _read(proof, text)
    claimed = Claims([], [])
    for message, attestation in _attestations(found.timestamp):
        if isinstance(attestation, PendingAttestation):
            claimed.promises.append(Promise(attestation.uri, message))
        elif isinstance(attestation, BitcoinBlockHeaderAttestation):
            shown = message[::-1].hex()
            claimed.blocks.append(Block(attestation.height, shown))

    if not claimed.promises and not claimed.blocks:
        raise EvidenceError("it leads to no calendar and to no block")

    return claimed


def upgrade(proof: bytes, text: bytes, promise: Promise, answer: bytes) -> bytes:
    """Return a proof with what a calendar has said since of a promise; raises EvidenceError."""
    found = _read(proof, text)
    said = _stamp(answer, promise.commitment)
    for stamp in _stamps(found.timestamp):
        if stamp.msg == promise.commitment:
            stamp.merge(said)

    return _written(found)


def _stamp(answer: bytes, message: bytes) -> Timestamp:
    if len(answer) > _MOST:
        raise EvidenceError(f"the calendar answered with more than {_MOST} bytes")

    try:
        return Timestamp.deserialize(BytesDeserializationContext(answer), message)
    except (DeserializationError, ValueError, TypeError, OverflowError) as error:
        raise EvidenceError(f"the calendar's answer is no time stamp: {error!r}") from error


def _read(proof: bytes, text: bytes) -> DetachedTimestampFile:
    context = BytesDeserializationContext(proof)
    try:
        found = DetachedTimestampFile.deserialize(context)
    except (DeserializationError, ValueError, TypeError, OverflowError) as error:
        raise EvidenceError(f"it is no OpenTimestamps proof: {error!r}") from error

    if found.file_digest != hashlib.sha256(text).digest():
        raise EvidenceError("it is the proof of another text")

    return found


def _written(proof: DetachedTimestampFile) -> bytes:
    context = BytesSerializationContext()
    proof.serialize(context)
    written: bytes = context.getbytes()

    return written


def _stamps(stamp: Timestamp) -> Iterator[Timestamp]:
    """Yield a stamp and all behind it, bounded."""
    waiting = [stamp]
    for _ in range(_STEPS):
        if not waiting:
            return

        current = waiting.pop()
        yield current
        waiting.extend(current.ops.values())


def _attestations(stamp: Timestamp) -> Iterator[tuple[bytes, TimeAttestation]]:
    for current in _stamps(stamp):
        for attestation in sorted(current.attestations):
            yield current.msg, attestation
