"""Judges a package offline: without an archive, without settings, trusting nothing in it."""

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import IO, Any

from evidence.errors import EvidenceError
from evidence.finding import Finding, absent, no, yes
from evidence.head import SignedHead, chain_faults
from evidence.judge_records import (
    in_short,
    judge_proofs,
    judge_records,
    proof_fault,
    read_records,
)
from evidence.judge_stamps import judge_stamps
from evidence.key_statement import KeyStatement, key_faults
from evidence.leaf import Leaf
from evidence.opened import Opened
from evidence.package import DIGEST, LISTING, MISSING, digest_file, signed_text
from evidence.proven import proof_of
from evidence.signing import fingerprint, is_signed

_HEAD = re.compile(r"heads/(\d{4}-\d{2}-\d{2})\.txt")
_KEY = re.compile(r"keys/\d{3}\.txt")
_FILE, _MEMBERS, _SIGNATURE = "file", "members", "signature"
_HEADS, _KEYS, _MISSING = "chain of days", "keys", "missing"


def verify(
    file: IO[bytes],
    *,
    trusted: str = "",
    tsa_roots: Sequence[str] = (),
) -> Iterator[Finding]:
    """Yield what is found of each part of a package, in the order in which one rests on another.

    `trusted`: the fingerprint that the house's key must have, as its owner has told it; empty: any.
    `tsa_roots`: certificates (PEM) of authorities that are believed.
    """
    try:
        opened = Opened(file)
    except EvidenceError as error:
        yield no(_FILE, str(error))
        return

    yield from _guarded(_MEMBERS, _judge_members(opened))
    yield from _guarded(_SIGNATURE, _judge_signature(opened, trusted))
    try:
        heads, statements = _heads(opened), _statements(opened)
        records = read_records(opened)
    except EvidenceError as error:
        yield no("proofs", str(error))
        return

    yield from _guarded(_SIGNATURE, _judge_signer(opened, statements))
    yield from judge_records(opened, records)
    yield from judge_proofs(records, heads)
    yield from _judge_heads(list(heads.values()), statements)
    yield from _judge_keys(statements)
    yield from _guarded(
        "stamps",
        judge_stamps(
            opened,
            heads,
            tsa_roots,
        ),
    )
    yield from _guarded(_MISSING, _tell_missing(opened, heads))


def _guarded(part: str, findings: Iterator[Finding]) -> Iterator[Finding]:
    """Yield findings; what cannot be read at all is one too."""
    try:
        yield from findings
    except EvidenceError as error:
        yield no(part, str(error))


def _judge_members(opened: Opened) -> Iterator[Finding]:
    listed = opened.listed()
    faults = [f"{name} is in no list" for name in opened.unlisted(listed)]
    for name, digest in listed.items():
        fault = _member_fault(
            opened,
            name,
            digest,
        )
        if fault:
            faults.append(fault)

    for fault in in_short(faults):
        yield no(_MEMBERS, fault)

    if not faults:
        yield yes(_MEMBERS, f"all {len(listed)} members have the digests that {LISTING} lists")


def _member_fault(opened: Opened, name: str, digest: str) -> str:
    if name not in opened.names:
        return f"{name} is missing"

    try:
        found = opened.digest(name)
    except EvidenceError as error:
        return str(error)

    return "" if found == digest else f"{name} has been changed: its digest is another"


def _judge_signature(opened: Opened, trusted: str) -> Iterator[Finding]:
    listing = opened.read(LISTING)
    said = opened.json(DIGEST)
    try:
        signer = said["khabar"]
        created = str(signer["created"])
        public = bytes.fromhex(signer["key"])
        signature = bytes.fromhex(signer["signature"])
        expected = digest_file(
            listing,
            created,
            public,
            signature,
        )
        text = signed_text(
            listing,
            created,
            public,
        )
    except (KeyError, TypeError, ValueError) as error:
        raise EvidenceError(f"{DIGEST} holds no signature that can be read") from error

    name = fingerprint(public)
    if said["hash"] != f"sha256:{_digest_in(expected)}":
        yield no(_SIGNATURE, f"{LISTING} has been changed: {DIGEST} has another digest of it")
    elif opened.read(DIGEST) != expected:
        yield no(_SIGNATURE, f"{DIGEST} is not written as it was signed")
    elif not is_signed(
        public,
        signature,
        text,
    ):
        yield no(_SIGNATURE, f"{DIGEST}: the signature is not that of the key {name}")
    elif trusted and name != trusted:
        yield no(_SIGNATURE, f"it is signed with the key {name}, which is not {trusted}")
    else:
        yield yes(_SIGNATURE, f"the list of members is signed with the key {name} on {created}")


def _judge_signer(opened: Opened, statements: Sequence[KeyStatement]) -> Iterator[Finding]:
    """Yield a fault where the list of members is signed with a key that is not the house's."""
    said = opened.json(DIGEST)
    try:
        public = bytes.fromhex(said["khabar"]["key"])
    except (KeyError, TypeError, ValueError):
        return  # has been said

    if public not in {statement.public for statement in statements}:
        name = fingerprint(public)
        yield no(_SIGNATURE, f"the key {name} is none of those that the house has stated")


def _digest_in(digest_member: bytes) -> str:
    found = re.search(rb"sha256:([0-9a-f]{64})", digest_member)

    return found[1].decode("ascii") if found else ""


def _heads(opened: Opened) -> dict[date, SignedHead]:
    """Return the heads by day, oldest first; raises EvidenceError."""
    heads: dict[date, SignedHead] = {}
    for name in sorted(opened.names):
        found = _HEAD.fullmatch(name)
        if found is None:
            continue

        try:
            signed = SignedHead.parsed(opened.read(name))
        except EvidenceError as error:
            raise EvidenceError(f"{name}: {error}") from error

        if signed.head.day.isoformat() != found[1]:
            raise EvidenceError(f"{name} is the head of {signed.head.day}")

        heads[signed.head.day] = signed

    return heads


def _statements(opened: Opened) -> list[KeyStatement]:
    statements: list[KeyStatement] = []
    for name in sorted(opened.names):
        if not _KEY.fullmatch(name):
            continue

        try:
            statements.append(KeyStatement.parsed(opened.read(name)))
        except EvidenceError as error:
            raise EvidenceError(f"{name}: {error}") from error

    return statements


def _judge_heads(
    heads: Sequence[SignedHead],
    statements: Sequence[KeyStatement],
) -> Iterator[Finding]:
    if not heads:
        yield absent(_HEADS, "no day has been signed yet")
        return

    faults = chain_faults(heads, is_whole=False)
    faults += _strange_keys(heads, statements)
    for fault in in_short(faults):
        yield no(_HEADS, fault)

    if not faults:
        first, last = heads[0].head, heads[-1].head
        span = f"from {first.day} to {last.day}"
        yield yes(_HEADS, f"{len(heads)} days {span} are signed, and each names the one before")


def _strange_keys(
    heads: Sequence[SignedHead],
    statements: Sequence[KeyStatement],
) -> list[str]:
    known = {statement.public for statement in statements}
    faults: list[str] = []
    for signed in heads:
        if signed.head.key not in known:
            faults.append(f"{signed.head.day}: it is signed with a key that the house never stated")

    return faults


def _judge_keys(statements: Sequence[KeyStatement]) -> Iterator[Finding]:
    if not statements:
        yield absent(_KEYS, "no key is stated in it")
        return

    faults = key_faults(statements)
    for fault in in_short(faults):
        yield no(_KEYS, fault)

    if not faults:
        names = ", ".join(fingerprint(statement.public) for statement in statements)
        yield yes(_KEYS, f"{names}: compare it with what the house shows of itself")


def _tell_missing(opened: Opened, heads: Mapping[date, SignedHead]) -> Iterator[Finding]:
    """Yield what is not in the package; that it was received may be proven all the same."""
    lines = opened.lines(MISSING)
    proven = 0
    for fields in lines:
        fault = _missing_fault(fields, heads)
        proven += "day" in fields
        if fault:
            yield no(_MISSING, f"{MISSING}: {fields.get('url')}: {fault}")

    if lines:
        sentence = f"{len(lines)} pages were received and are not in it; {MISSING} names each"
        yield absent(_MISSING, f"{sentence}, and {proven} of them stand in signed trees")
    else:
        yield yes(_MISSING, "every page that was received of these articles is in it")


def _missing_fault(fields: Mapping[str, Any], heads: Mapping[date, SignedHead]) -> str:
    try:
        proof = proof_of(fields)
        leaf = Leaf.parsed(fields["leaf"].encode("ascii")) if proof else None
    except (KeyError, TypeError, ValueError, AttributeError, EvidenceError):
        return "its proof cannot be read"

    return proof_fault(leaf, proof, heads) if leaf and proof else ""
