"""Records that outlive their files: copied into the kept store before retention removes a file.

Each round of retention makes one file of copies at most, `kept/<time>.warc.gz`: whole under its
name, noted in the archive in one transaction, and only then are the sources removed. What a killed
round has left is removed by the next.
"""

import os
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from evidence.blank import blank_member
from evidence.errors import EvidenceError
from evidence.exchanges import exchange_of
from evidence.leaf import address_of
from pipeline.evidence.noting import name_of, note_file
from pipeline.settings import Settings
from storage import Archive
from storage import evidence as kept

_STAMP = "%Y-%m-%dT%H%M%SZ"


def kept_folder(settings: Settings) -> Path:
    """Return where copies of records lie."""
    return settings.home / "kept"


def rescue(archive: Archive, settings: Settings, paths: Sequence[Path], now: datetime) -> int:
    """Copy out of files that are to go what is wanted of them; return how many bytes.

    What nobody has noted is noted first: it was received, whatever became of it. The caller removes
    the files when this has returned.
    """
    for path in paths:
        note_file(archive, settings, path)

    _remove_orphans(archive, settings)
    names = [name_of(settings, path) for path in paths]
    with archive.transaction() as cursor:
        wanted = kept.wanted_records(cursor, names)

    target = _new_file(settings, now)
    copies = _copy(settings, wanted, target)
    with archive.transaction() as cursor:
        if copies:
            size = target.stat().st_size
            name = name_of(settings, target)
            kept.add_copies(cursor, name, size, copies)

        kept.remove_files(cursor, names, now)

    return sum(record.size for record, _ in copies)


def _new_file(settings: Settings, now: datetime) -> Path:
    """Return the path of a file of copies that is not there yet."""
    stamp = now.astimezone(UTC).strftime(_STAMP)
    folder = kept_folder(settings)
    path = folder / f"{stamp}.warc.gz"
    number = 0
    while path.exists():
        number += 1
        path = folder / f"{stamp}.{number}.warc.gz"

    return path


def _copy(
    settings: Settings,
    wanted: Sequence[kept.WantedRecord],
    target: Path,
) -> list[tuple[kept.WantedRecord, int]]:
    """Write records into a new file of copies; return where each begins. None: no file is made."""
    if not wanted:
        return []

    target.parent.mkdir(parents=True, exist_ok=True)
    temporary = target.with_name(f".{target.name}.part")
    copies: list[tuple[kept.WantedRecord, int]] = []
    try:
        with temporary.open("wb") as file:
            for record in wanted:
                data = read_bytes(settings, record.path, record.at_byte, record.size)
                if data:
                    copies.append((record, file.tell()))
                    file.write(data)

            file.flush()
            os.fsync(file.fileno())

        if copies:
            temporary.replace(target)
    finally:
        temporary.unlink(missing_ok=True)

    return copies


def read_bytes(settings: Settings, name: str, at_byte: int, size: int) -> bytes:
    """Return a record's bytes out of a file below the home; empty when they are not there."""
    try:
        with (settings.home / name).open("rb") as file:
            file.seek(at_byte)
            data = file.read(size)
    except OSError:
        return b""

    return data if len(data) == size else b""


def _remove_orphans(archive: Archive, settings: Settings) -> None:
    """Remove files of copies that the archive does not know: a round was killed before it did."""
    with archive.transaction() as cursor:
        known = kept.kept_paths(cursor)

    for path in kept_folder(settings).glob("*.warc.gz"):
        if name_of(settings, path) not in known:
            path.unlink()


def remove_pages(archive: Archive, settings: Settings, url: str) -> int:
    """Blank all exchanges with an article where they lie; return how many. `url`: canonical.

    The leaves stay, and say that something was received; what it was cannot be read any more.
    """
    key = address_of(url)
    with archive.transaction() as cursor:
        found = kept.records_of(cursor, [key])

    blanked = 0
    for record in found:
        path = settings.home / record.path
        if record.path and _is_it(settings, record):
            blank = blank_member(record.size)
            with path.open("r+b") as file:
                file.seek(record.at_byte)
                file.write(blank)
                file.flush()
                os.fsync(file.fileno())

            blanked += 1

    with archive.transaction() as cursor:
        kept.forget_copies(cursor, key)
        kept.release(cursor, key)

    return blanked


def _is_it(settings: Settings, record: kept.FoundRecord) -> bool:
    """Tell whether a record lies where it should: nothing else is to be blanked."""
    data = read_bytes(settings, record.path, record.at_byte, record.size)
    try:
        return exchange_of(data).leaf.digest == record.digest
    except EvidenceError:
        return False
