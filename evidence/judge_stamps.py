"""Whether what others have said of a package's heads is said of these heads."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from evidence import ots, rfc3161
from evidence.errors import EvidenceError
from evidence.finding import Finding, absent, no, undecided, yes
from evidence.head import SignedHead
from evidence.opened import Opened
from evidence.package import STAMPS

RFC3161 = "rfc3161"
OPENTIMESTAMPS = "opentimestamps"
_PARTS = {RFC3161: "stamps (RFC 3161)", OPENTIMESTAMPS: "stamps (OpenTimestamps)"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Stamp:
    """A stamp of a day's head. `path`: the member it lies in; `authority`: who was asked."""

    day: date
    kind: str
    authority: str
    path: str

    @property
    def fields(self) -> dict[str, str]:
        """It as an object of JSON."""
        return {
            "day": self.day.isoformat(),
            "kind": self.kind,
            "authority": self.authority,
            "path": self.path,
        }


def read_stamps(opened: Opened) -> list[Stamp]:
    """Return the stamps that a package tells of; raises EvidenceError."""
    return [_stamp_of(fields) for fields in opened.lines(STAMPS)]


def _stamp_of(fields: Mapping[str, Any]) -> Stamp:
    try:
        stamp = Stamp(
            day=date.fromisoformat(fields["day"]),
            kind=str(fields["kind"]),
            authority=str(fields["authority"]),
            path=str(fields["path"]),
        )
    except (KeyError, TypeError, ValueError) as error:
        raise EvidenceError(f"{STAMPS} has a line that is no stamp: {error!r}") from error

    if stamp.kind not in _PARTS:
        raise EvidenceError(f"{STAMPS} has a stamp of an unknown kind, {stamp.kind!r}")

    return stamp


def judge_stamps(
    opened: Opened,
    heads: Mapping[date, SignedHead],
    roots_pem: Sequence[str],
) -> Iterator[Finding]:
    """Yield a finding for each stamp, and one for each kind of which there is none."""
    stamps = read_stamps(opened)
    for kind, part in _PARTS.items():
        of_kind = [stamp for stamp in stamps if stamp.kind == kind]
        if not of_kind:
            yield absent(part, "no day was stamped so")

        for stamp in of_kind:
            yield _judge(
                opened,
                stamp,
                heads,
                roots_pem,
            )


def _judge(
    opened: Opened,
    stamp: Stamp,
    heads: Mapping[date, SignedHead],
    roots_pem: Sequence[str],
) -> Finding:
    part = _PARTS[stamp.kind]
    signed = heads.get(stamp.day)
    if signed is None:
        return no(part, f"{stamp.path}: the head of {stamp.day} is missing")

    try:
        data = opened.read(stamp.path)
        if stamp.kind == RFC3161:
            return _judge_rfc3161(
                data,
                stamp,
                signed,
                roots_pem,
            )

        return _judge_ots(
            data,
            stamp,
            signed,
        )
    except EvidenceError as error:
        return no(part, f"{stamp.path}: {error}")


def _judge_rfc3161(
    data: bytes,
    stamp: Stamp,
    signed: SignedHead,
    roots_pem: Sequence[str],
) -> Finding:
    part = _PARTS[RFC3161]
    said = rfc3161.read(data, signed.text)
    moment = f"{said.at:%Y-%m-%d %H:%M:%S} UTC"
    words = f"{said.authority} says that the head of {stamp.day} was there on {moment}"
    if not roots_pem:
        return undecided(part, f"{words}; to see that it says so, name its roots (--tsa-roots)")

    fault = rfc3161.is_vouched_for(
        data,
        signed.text,
        roots_pem,
    )
    if fault:
        return no(part, f"{stamp.path} is not signed under the roots that were named: {fault}")

    return yes(part, words)


def _judge_ots(data: bytes, stamp: Stamp, signed: SignedHead) -> Finding:
    part = _PARTS[OPENTIMESTAMPS]
    claims = ots.claims(data, signed.text)
    if claims.blocks:
        block = claims.blocks[0]
        words = f"the head of {stamp.day} leads to block {block.height} of Bitcoin"
        return undecided(part, f"{words}, if the Merkle root shown there is {block.root}")

    calendar = claims.promises[0].calendar
    words = f"the calendar {calendar} has promised to put the head of {stamp.day} into a block"

    return undecided(part, f"{words}; `ots upgrade {stamp.path}` asks whether it did")
