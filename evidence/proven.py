"""A record as a package tells of it: where it lies in the archive, and how it is proven."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from evidence.errors import EvidenceError
from evidence.leaf import Leaf
from evidence.tree import SIZE


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof:
    """Where a leaf stands in its day's tree."""

    day: date
    index: int
    path: tuple[bytes, ...]

    @property
    def fields(self) -> dict[str, Any]:
        """It as fields of an object of JSON."""
        return {
            "day": self.day.isoformat(),
            "index": self.index,
            "proof": [step.hex() for step in self.path],
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Proven:
    """One record of a package. `proof` None: its day is not over, or was not signed yet.

    `page`: the article's canonical URL; `url`: the address that answered; `offset`, `length`: of
    its bytes in the package's archive.
    """

    page: str
    url: str
    leaf: Leaf
    offset: int
    length: int
    proof: Proof | None

    def line(self) -> bytes:
        """Return it as a line of JSON."""
        content: dict[str, Any] = {
            "page": self.page,
            "url": self.url,
            "offset": self.offset,
            "length": self.length,
            "leaf": self.leaf.text.decode("ascii"),
        }
        if self.proof is not None:
            content |= self.proof.fields

        text = json.dumps(content, ensure_ascii=False)

        return f"{text}\n".encode("utf-8", "replace")


def proven_of(fields: Mapping[str, Any]) -> Proven:
    """Return the record that a line tells of; raises EvidenceError."""
    try:
        return Proven(
            page=str(fields["page"]),
            url=str(fields["url"]),
            leaf=Leaf.parsed(fields["leaf"].encode("ascii")),
            offset=_count(fields["offset"]),
            length=_count(fields["length"]),
            proof=proof_of(fields),
        )
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise EvidenceError(f"a record's line cannot be read: {error!r}") from error


def proof_of(fields: Mapping[str, Any]) -> Proof | None:
    """Return the proof among the fields of a line, None for none; raises ValueError, KeyError."""
    if "day" not in fields:
        return None

    path = tuple(bytes.fromhex(step) for step in fields["proof"])
    if any(len(step) != SIZE for step in path):
        raise ValueError("a step of a proof is no hash")

    return Proof(
        day=date.fromisoformat(fields["day"]),
        index=_count(fields["index"]),
        path=path,
    )


def _count(value: Any) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        raise ValueError(f"{value!r} is no count")

    return value
