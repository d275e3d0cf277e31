"""What a run received is noted: each exchange in its WARC files becomes a leaf.

It happens before the outlet's load is over, and once more by housekeeping for what was left out: a
file is noted whole, and once.
"""

import logging
from collections.abc import Iterable
from pathlib import Path

from evidence.errors import EvidenceError
from evidence.exchanges import Exchange, exchanges
from news import run_layout
from pipeline.settings import Settings
from storage import Archive
from storage import evidence as kept

_LOG = logging.getLogger(__name__)
_REVISIT = "revisit"


def note_file(archive: Archive, settings: Settings, path: Path) -> int:
    """Note the exchanges in one WARC file of a run; return how many. A known one is passed over.

    What stands behind a damage is not noted; the file's row says so.
    """
    name = name_of(settings, path)
    with archive.transaction() as cursor:
        if kept.known_paths(cursor, [name]):
            return 0

    found, damage = _read(path)
    size = path.stat().st_size
    with archive.transaction() as cursor:
        is_new = kept.add_file(
            cursor,
            name,
            size,
            found,
            damage=damage,
        )

    if damage:
        _LOG.warning("%s: %s; what is behind it is no evidence", name, damage)

    return len(found) if is_new else 0


def _read(path: Path) -> tuple[list[kept.NotedRecord], str]:
    """Return the exchanges of a file, and why the rest could not be read."""
    found: list[kept.NotedRecord] = []
    try:
        with path.open("rb") as file:
            for exchange in exchanges(file):
                found.append(_noted(exchange))
    except EvidenceError as error:
        return found, str(error)

    return found, ""


def _noted(exchange: Exchange) -> kept.NotedRecord:
    leaf = exchange.leaf

    return kept.NotedRecord(
        at_byte=exchange.offset,
        size=exchange.length,
        fetched_at=leaf.fetched_at,
        key=leaf.address,
        status=leaf.status,
        is_revisit=leaf.kind == _REVISIT,
        digest=leaf.digest,
    )


def note_missed(archive: Archive, settings: Settings) -> int:
    """Note the files of finished outlets that nobody has noted; return how many exchanges."""
    paths = [path for path in _page_files(settings) if _is_loaded(path)]
    names = {name_of(settings, path): path for path in paths}
    with archive.transaction() as cursor:
        known = kept.known_paths(cursor, list(names))

    count = 0
    for name, path in names.items():
        if name not in known:
            count += note_file(archive, settings, path)

    return count


def _page_files(settings: Settings) -> Iterable[Path]:
    pattern = f"{run_layout.ANY_OUTLET}/{run_layout.PAGES}"

    return sorted(settings.runs.glob(pattern))


def _is_loaded(path: Path) -> bool:
    """Tell whether the outlet of a file is in the archive, alone or with its whole run."""
    alone = path.with_name(run_layout.LOAD)
    with_run = path.parents[2] / run_layout.LOAD

    return alone.exists() or with_run.exists()


def name_of(settings: Settings, path: Path) -> str:
    """Return a file's name in the archive: its path below the home."""
    return path.relative_to(settings.home).as_posix()
