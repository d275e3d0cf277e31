"""Whether the evidence is as it was: heads, trees, rows, files and keys.

Heads, roots, rows and the sizes of files are looked at each night; the bytes of every file once a
week, a seventh of them each night.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime

from evidence.errors import EvidenceError
from evidence.exchanges import exchange_of
from evidence.head import SignedHead, chain_faults
from evidence.key_statement import key_faults
from evidence.tree import Tree, split
from pipeline.evidence import days, keys
from pipeline.evidence.rescue import read_bytes
from pipeline.settings import Settings
from storage import Archive
from storage import evidence as kept

_WEEK = 7
_NAMED = 3  # files that are gone, of those that a sentence counts


def check(
    archive: Archive,
    settings: Settings,
    now: datetime,
    *,
    everything: bool = False,
) -> dict[str, str]:
    """Return what is wrong, sentences by subject, and keep it; empty when all is well.

    `everything`: the bytes of all files, not of this night's seventh.
    """
    faults: dict[str, str] = {}
    for subject, said in _faults(archive, settings, now, everything=everything):
        before = faults.get(subject)
        faults[subject] = f"{before}; {said}" if before else said

    with archive.transaction() as cursor:
        kept.keep_faults(cursor, faults, now)

    return faults


def _faults(
    archive: Archive,
    settings: Settings,
    now: datetime,
    *,
    everything: bool,
) -> Iterator[tuple[str, str]]:
    yield from _key_faults(archive, settings, now)
    heads: list[SignedHead] = []
    try:
        heads = _heads(archive)
    except EvidenceError as error:
        yield "the chain of days", str(error)

    yield from _chain_faults(archive, heads)
    yield from _listed_faults(settings, heads)
    for signed in heads:
        yield from _day_faults(archive, signed)

    tonight = None if everything else now.toordinal() % _WEEK
    yield from _file_faults(archive, settings, tonight)


def _key_faults(
    archive: Archive,
    settings: Settings,
    now: datetime,
) -> Iterator[tuple[str, str]]:
    try:
        with archive.transaction() as cursor:
            statements = keys.stated_keys(cursor)

        for fault in key_faults(statements):
            yield "the house's keys", fault

        if statements:
            keys.house_key(archive, settings, now)
    except EvidenceError as error:
        yield "the house's key", str(error)


def _heads(archive: Archive) -> list[SignedHead]:
    with archive.transaction() as cursor:
        texts = kept.heads(cursor)

    return [SignedHead.parsed(text.encode("utf-8", "replace")) for text in texts]


def _chain_faults(
    archive: Archive,
    heads: list[SignedHead],
) -> Iterator[tuple[str, str]]:
    for fault in chain_faults(heads, is_whole=True):
        day, _, said = fault.partition(": ")
        yield f"day {day}", said

    with archive.transaction() as cursor:
        rows = kept.days(cursor)
        stated = {statement.public for statement in keys.stated_keys(cursor)}

    for row, signed in zip(rows, heads, strict=False):
        if row != signed.head.day:
            yield f"day {row}", f"its row holds the head of {signed.head.day}"

        if signed.head.key not in stated:
            yield f"day {row}", "it is signed with a key that the house never stated"


def _listed_faults(settings: Settings, heads: list[SignedHead]) -> Iterator[tuple[str, str]]:
    """Yield where the archive and the list of heads beside it disagree."""
    by_day = {signed.head.day: signed for signed in heads}
    path = days.heads_file(settings)
    try:
        listed = days.listed_heads(settings)
    except EvidenceError as error:
        yield str(path), str(error)
        return

    if heads and not listed:
        yield str(path), "the list of all heads is gone"

    for signed in listed:
        day = signed.head.day
        if day not in by_day:
            yield f"day {day}", f"{path} has it, and the archive has not"
        elif by_day[day] != signed:
            yield f"day {day}", f"the archive has another head of it than {path}"


def _day_faults(archive: Archive, signed: SignedHead) -> Iterator[tuple[str, str]]:
    """Yield where a day's leaves do not make its root, or its rows not its leaves."""
    day = signed.head.day
    subject = f"day {day}"
    with archive.transaction() as cursor:
        joined = kept.day_leaves(cursor, day)
        files = kept.day_files(cursor, day)
        hashes = days.day_hashes(cursor, day)

    leaves = split(joined)
    if len(leaves) != signed.head.count or Tree(leaves).root != signed.head.root:
        yield subject, "its leaves do not make the root that was signed"

    expected = 0
    for file in files:
        if file.first_leaf != expected:
            yield subject, f"{file.path}: its records stand at another place of the tree"

        expected = file.first_leaf + file.records

    if expected != len(leaves):
        yield subject, f"it has records of {expected} leaves, and {len(leaves)} were signed"

    if hashes != leaves:
        yield from _changed_files(archive, files, leaves, subject)


def _changed_files(
    archive: Archive,
    files: Sequence[kept.DayFile],
    leaves: Sequence[bytes],
    subject: str,
) -> Iterator[tuple[str, str]]:
    """Yield which files of a day have rows that were not signed so."""
    for file in files:
        with archive.transaction() as cursor:
            hashes = days.file_hashes(cursor, file.id)

        if hashes != leaves[file.first_leaf : file.first_leaf + file.records]:
            yield subject, f"{file.path}: its records are not those that were signed"


def _file_faults(
    archive: Archive,
    settings: Settings,
    tonight: int | None,
) -> Iterator[tuple[str, str]]:
    gone = gone_files(archive, settings)
    if gone:
        named = ", ".join(gone[:_NAMED])
        more = f" and {len(gone) - _NAMED} more" if len(gone) > _NAMED else ""
        yield "files of pages", f"gone, and no retention has removed them: {named}{more}"

    with archive.transaction() as cursor:
        files = kept.present_files(cursor)

    for file in files:
        path = settings.home / file.path
        if not path.exists():
            continue

        if path.stat().st_size != file.size:
            yield file.path, f"it has {path.stat().st_size} bytes, and had {file.size}"
        elif tonight is None or file.id % _WEEK == tonight:
            yield from _byte_faults(archive, settings, file)


def gone_files(archive: Archive, settings: Settings) -> list[str]:
    """Return the files that should be there and are not, by their paths below the home."""
    with archive.transaction() as cursor:
        files = kept.present_files(cursor)

    return [file.path for file in files if not (settings.home / file.path).exists()]


def accept_gone(archive: Archive, settings: Settings, now: datetime) -> int:
    """Note files that are gone as removed: a person says that it is so; return how many.

    Packages name their records as missing from then on.
    """
    gone = gone_files(archive, settings)
    with archive.transaction() as cursor:
        kept.remove_files(cursor, gone, now)

    return len(gone)


def _byte_faults(
    archive: Archive,
    settings: Settings,
    file: kept.PresentFile,
) -> Iterator[tuple[str, str]]:
    with archive.transaction() as cursor:
        if file.is_kept:
            records = kept.copied_records(cursor, file.id)
        else:
            records = kept.file_records(cursor, file.id)

    wrong = 0
    for record in records:
        data = read_bytes(settings, file.path, record.at_byte, record.size)
        if not record.is_removed and not _is(data, record.digest):
            wrong += 1

    if wrong:
        yield file.path, f"{wrong} of its {len(records)} records are not what was received"


def _is(data: bytes, digest: bytes) -> bool:
    try:
        return exchange_of(data).leaf.digest == digest
    except EvidenceError:
        return False
