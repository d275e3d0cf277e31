"""A record as the daily tree has it: what was received, from which address, when."""

import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime

from evidence.errors import EvidenceError
from evidence.lines import Fields, fields_of, text_of

_FIRST = "khabar record 1"
_NAMES = ("sha256", "address", "fetched", "status", "kind")
_ADDRESS = 16  # bytes of a hash that name an address
KINDS = frozenset({"response", "revisit"})


def address_of(url: str) -> bytes:
    """Return what stands for a canonical URL: the first 16 bytes of its SHA-256.

    A leaf does not name its address: it can be shown when the address must not be any more.
    """
    return hashlib.sha256(url.encode("utf-8", "replace")).digest()[:_ADDRESS]


def moment_text(moment: datetime) -> str:
    """Return an aware moment in UTC, to the microsecond, as leaves and heads write it."""
    text = moment.astimezone(UTC).isoformat(timespec="microseconds")

    return text.replace("+00:00", "Z")


@dataclass(frozen=True, slots=True, kw_only=True)
class Leaf:
    """One exchange with an outlet.

    `digest`: SHA-256 of the WARC records as written, response and request, without compression;
    `address`: as `address_of` makes it; `fetched_at`: aware; `kind`: response or revisit.
    """

    digest: bytes
    address: bytes
    fetched_at: datetime
    status: int
    kind: str

    @property
    def text(self) -> bytes:
        """The leaf's bytes, which the tree hashes."""
        fields = {
            "sha256": self.digest.hex(),
            "address": self.address.hex(),
            "fetched": moment_text(self.fetched_at),
            "status": str(self.status),
            "kind": self.kind,
        }

        return text_of(_FIRST, fields)

    @classmethod
    def parsed(cls, text: bytes) -> "Leaf":
        """Return the leaf that a text is; raises EvidenceError for one that is none."""
        leaf = _built(
            fields_of(
                text,
                _FIRST,
                _NAMES,
            )
        )
        if leaf.text != text:
            raise EvidenceError("a leaf is not written as leaves are")

        return leaf


def _built(fields: Fields) -> Leaf:
    try:
        leaf = Leaf(
            digest=bytes.fromhex(fields["sha256"]),
            address=bytes.fromhex(fields["address"]),
            fetched_at=datetime.fromisoformat(fields["fetched"]),
            status=int(fields["status"]),
            kind=fields["kind"],
        )
    except ValueError as error:
        raise EvidenceError(f"a leaf cannot be read: {error}") from error

    if leaf.kind not in KINDS or leaf.fetched_at.tzinfo is None:
        raise EvidenceError("a leaf is of no known kind, or its moment has no zone")

    return leaf
