"""A day's head: how many records, the root over them, the day before; signed. And the chain."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Self

from evidence.errors import EvidenceError
from evidence.leaf import moment_text
from evidence.lines import Fields, fields_of, text_of
from evidence.signing import SIGNATURE, Key, is_signed

_FIRST = "khabar day 1"
_NAMES = ("date", "count", "root", "previous", "key", "signed")
_SIGNATURE = b"signature "
NONE = bytes(32)  # what the first day names as the head before it


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """What the house says of a day (UTC).

    `count` records were written into its tree, `root` is over them; `previous`: the hash of the
    head of the day before, NONE for the first; `key`: the public key that signs; `signed_at`:
    aware, by this house's clock.
    """

    day: date
    count: int
    root: bytes
    previous: bytes
    key: bytes
    signed_at: datetime

    @property
    def text(self) -> bytes:
        """The bytes that are signed."""
        fields = {
            "date": self.day.isoformat(),
            "count": str(self.count),
            "root": self.root.hex(),
            "previous": self.previous.hex(),
            "key": self.key.hex(),
            "signed": moment_text(self.signed_at),
        }

        return text_of(_FIRST, fields)


@dataclass(frozen=True, slots=True)
class SignedHead:
    """A head and its signature."""

    head: Head
    signature: bytes

    @property
    def text(self) -> bytes:
        """The head as a file: what is signed, then a line with the signature."""
        line = _SIGNATURE + self.signature.hex().encode("ascii") + b"\n"

        return self.head.text + line

    @property
    def hash(self) -> bytes:
        """SHA-256 of that file: what the next day names, and what is stamped."""
        return hashlib.sha256(self.text).digest()

    @property
    def is_signed(self) -> bool:
        """Whether the signature is that of the key which the head names."""
        return is_signed(
            self.head.key,
            self.signature,
            self.head.text,
        )

    @classmethod
    def parsed(cls, text: bytes) -> Self:
        """Return the head that a file holds; raises EvidenceError for any other bytes."""
        signed, mark, line = text.rpartition(_SIGNATURE)
        try:
            signature = bytes.fromhex(line.decode("ascii"))
        except ValueError as error:
            raise EvidenceError("a head has no signature that can be read") from error

        head = cls(
            _built(
                fields_of(
                    signed,
                    _FIRST,
                    _NAMES,
                )
            ),
            signature,
        )
        if not mark or len(signature) != SIGNATURE or head.text != text:
            raise EvidenceError("a head is not written as heads are")

        return head


def _built(fields: Fields) -> Head:
    try:
        return Head(
            day=date.fromisoformat(fields["date"]),
            count=int(fields["count"]),
            root=bytes.fromhex(fields["root"]),
            previous=bytes.fromhex(fields["previous"]),
            key=bytes.fromhex(fields["key"]),
            signed_at=datetime.fromisoformat(fields["signed"]),
        )
    except ValueError as error:
        raise EvidenceError(f"a head cannot be read: {error}") from error


def sign_head(
    key: Key,
    day: date,
    root: bytes,
    count: int,
    *,
    previous: bytes,
    now: datetime,
) -> SignedHead:
    """Return a day's head, signed; `previous`: the hash of the one before, NONE for the first."""
    head = Head(
        day=day,
        count=count,
        root=root,
        previous=previous,
        key=key.public,
        signed_at=now,
    )

    return SignedHead(head, key.sign(head.text))


def chain_faults(heads: Sequence[SignedHead], *, is_whole: bool) -> list[str]:
    """Return a sentence for each fault of some heads, oldest first: none when all is well.

    `is_whole`: the first of them is the house's first, and names no head before it.
    """
    faults: list[str] = []
    if is_whole and heads and heads[0].head.previous != NONE:
        faults.append(f"{heads[0].head.day}: a day before it is missing")

    for place, signed in enumerate(heads):
        if not signed.is_signed:
            faults.append(f"{signed.head.day}: its signature is not that of its key")

        if place:
            faults += _links(heads[place - 1], signed)

    return faults


def _links(before: SignedHead, after: SignedHead) -> list[str]:
    """Return what is wrong between two heads that should follow each other."""
    first, second = before.head.day, after.head.day
    faults: list[str] = []
    if second - first != timedelta(days=1):
        faults.append(f"{second}: it does not follow {first}, a day is missing or twice there")

    if after.head.previous != before.hash:
        faults.append(f"{second}: it was made after another head of {first} than this one")

    return faults
