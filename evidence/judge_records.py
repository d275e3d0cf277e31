"""Whether a package's records are what was hashed, and their proofs lead to the signed heads."""

from collections.abc import Mapping, Sequence
from datetime import date
from io import BytesIO
from typing import IO

from evidence.errors import EvidenceError
from evidence.exchanges import exchange_of, field_of, members
from evidence.finding import Finding, absent, no, yes
from evidence.head import SignedHead
from evidence.leaf import Leaf
from evidence.opened import FAULTS, Opened
from evidence.package import ARCHIVE, RECORDS
from evidence.proven import Proof, Proven, proven_of
from evidence.tree import leaf_hash, root_by_proof

_RECORDS = "records"
_PROOFS = "proofs"
_NAMED = 5  # faults that are named one by one
_LARGEST = 128 << 20  # bytes of one record, compressed


def read_records(opened: Opened) -> list[Proven]:
    """Return the records that a package tells of; raises EvidenceError."""
    return [proven_of(fields) for fields in opened.lines(RECORDS)]


def judge_records(opened: Opened, records: Sequence[Proven]) -> list[Finding]:
    """Return whether the archive holds each record as its leaf has it, and nothing else."""
    if not records:
        return [absent(_RECORDS, "no page as received is in it")]

    faults: list[str] = []
    ordered = sorted(records, key=_place)
    try:
        with opened.open(ARCHIVE) as archive:
            place = _pass_info(archive, ordered[0].offset)
            for record in ordered:
                faults += _faults_of(
                    archive,
                    record,
                    place,
                )
                place = record.offset + record.length

            if archive.read(1):
                faults.append(
                    f"{ARCHIVE} has bytes behind byte {place} that no record accounts for"
                )
    except (*FAULTS, EvidenceError) as error:
        faults.append(f"{ARCHIVE} cannot be read: {error}")

    if faults:
        return [no(_RECORDS, fault) for fault in in_short(faults)]

    counted = f"all {len(records)} records of {ARCHIVE} are, byte by byte, those that were hashed"

    return [yes(_RECORDS, counted)]


def _place(record: Proven) -> int:
    return record.offset


def _pass_info(archive: IO[bytes], size: int) -> int:
    """Pass over the record that says who wrote the file; raises EvidenceError for another."""
    if size > _LARGEST:
        raise EvidenceError("its first record is none")

    head = archive.read(size)
    found = list(members(BytesIO(head)))
    if [field_of(member.data, b"WARC-Type") for member in found] != ["warcinfo"]:
        raise EvidenceError("it begins with what no record accounts for")

    return size


def _faults_of(archive: IO[bytes], record: Proven, place: int) -> list[str]:
    name = f"the record of {record.url} fetched {record.leaf.fetched_at:%Y-%m-%d %H:%M:%S} UTC"
    if record.offset != place or record.length > _LARGEST:
        raise EvidenceError(f"{name} does not begin where the one before ends, at byte {place}")

    data = archive.read(record.length)
    try:
        found = exchange_of(data)
    except EvidenceError as error:
        return [f"{name}: {error}"]

    if found.leaf != record.leaf:
        return [f"{name} is not what was hashed then: its bytes, its date or its address differ"]

    if (found.url, found.page) != (record.url, record.page):
        return [f"{name}: it is shown under another address than its own, {found.url}"]

    return []


def judge_proofs(
    records: Sequence[Proven],
    heads: Mapping[date, SignedHead],
) -> list[Finding]:
    """Return whether each record stands in the tree of its day, as the day's head has it."""
    proofs = [record for record in records if record.proof is not None]
    faults: list[str] = []
    for record in proofs:
        fault = _proof_fault(record, heads)
        if fault:
            faults.append(fault)

    if faults:
        return [no(_PROOFS, fault) for fault in in_short(faults)]

    findings: list[Finding] = []
    if proofs:
        days = {record.proof.day for record in proofs if record.proof}
        sentence = f"{len(proofs)} records stand in the signed trees of {len(days)} days"
        findings.append(yes(_PROOFS, sentence))

    open_ones = len(records) - len(proofs)
    if open_ones or not proofs:
        sentence = f"{open_ones} records have none: their day was not signed yet"
        findings.append(absent(_PROOFS, sentence))

    return findings


def _proof_fault(record: Proven, heads: Mapping[date, SignedHead]) -> str:
    if record.proof is None:
        return ""

    fault = proof_fault(record.leaf, record.proof, heads)

    return f"the record of {record.url} in {RECORDS}: {fault}" if fault else ""


def proof_fault(leaf: Leaf, proof: Proof, heads: Mapping[date, SignedHead]) -> str:
    """Return why a leaf is not proven to stand in the tree of its day; empty: it is."""
    signed = heads.get(proof.day)
    if signed is None:
        return f"the head of {proof.day} is missing"

    root = root_by_proof(
        leaf_hash(leaf.text),
        proof.index,
        signed.head.count,
        proof.path,
    )
    if root != signed.head.root:
        return f"its proof does not lead to the root of {proof.day}"

    return ""


def in_short(faults: Sequence[str]) -> list[str]:
    """Return some faults, the last of them counting those that are left out."""
    shown = list(faults[:_NAMED])
    if len(faults) > _NAMED:
        shown.append(f"and {len(faults) - _NAMED} more")

    return shown
