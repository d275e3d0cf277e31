"""A package of evidence made of the archive and of what is kept of the pages.

Articles are gone through one by one, twice: for their texts, then for their records. What was
received and cannot be packed is named in the package.
"""

import importlib.metadata
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import lru_cache
from pathlib import Path
from typing import IO

from evidence.assemble import House, Kept, assemble
from evidence.errors import EvidenceError
from evidence.exchanges import exchange_of
from evidence.head import SignedHead
from evidence.judge_stamps import RFC3161, Stamp
from evidence.leaf import Leaf, address_of
from evidence.package import Title
from evidence.past import Missing, Past, PastVersion
from evidence.proven import Proof
from evidence.tree import Tree, leaf_hash, split
from evidence.warcinfo import warcinfo
from pipeline import aliases, database
from pipeline.evidence import keys, rescue, selection
from pipeline.evidence.selection import Kind, Selection
from pipeline.settings import Settings
from storage import Archive, Version, version_diff
from storage import evidence as kept

MOST = 500  # articles of one package, unless more are asked for
_TREES = 32  # of days that are held at once, each of some 64 bytes a leaf
_CONTEXT = 3  # blocks around a change, in a diff
_EXPORTED = "exported"


@dataclass(frozen=True, slots=True, kw_only=True)
class Packed:
    """What a package holds: counts. `left`: articles that were asked for beyond the limit."""

    articles: int
    records: int
    missing: int
    left: int


@dataclass(slots=True)
class _Desk:
    """What a package is made with, and what was found missing so far."""

    archive: Archive
    settings: Settings
    progress: Callable[[int], None]
    titles: dict[str, str] = field(default_factory=dict)
    seen: dict[str, list[datetime]] = field(default_factory=dict)  # versions' moments by address
    missing: list[Missing] = field(default_factory=list)
    days: set[date] = field(default_factory=set)


def export(
    settings: Settings,
    what: str,
    file: Path,
    *,
    kind: Kind | None = None,
    most: int = MOST,
    now: datetime,
    progress: Callable[[int], None] = lambda _: None,
) -> Packed:
    """Write a package into a file, which appears under its name when it is whole.

    `kind` None: as `what` reads; `progress` hears how many articles are done, of twice as many.
    From then on the articles' pages are kept for long. Raises EvidenceError.
    """
    with Archive(database.url(settings), aliases.table(settings)) as archive:
        chosen = selection.select(
            archive,
            what,
            kind or selection.kind_of(archive, what),
            most,
        )
        temporary = file.with_name(f".{file.name}.{os.getpid()}.part")
        try:
            with temporary.open("wb") as out:
                desk = _Desk(archive, settings, progress)
                packed = _write(out, desk, chosen, now)
                out.flush()
                os.fsync(out.fileno())

            temporary.replace(file)
        finally:
            temporary.unlink(missing_ok=True)

    return packed


def _write(
    out: IO[bytes],
    desk: _Desk,
    chosen: Selection,
    now: datetime,
) -> Packed:
    _hold(desk.archive, chosen)
    house = _house(desk, chosen, now)
    software = f"khabar {importlib.metadata.version('khabar')}"
    count = assemble(
        out,
        Title(title=chosen.title, description=_description(chosen), software=software),
        house,
        articles=_pasts(desk, chosen),
        kept=_kept(desk, chosen),
        missing=desk.missing,
        info=warcinfo(software, now),
        now=now,
    )

    return Packed(
        articles=len(chosen.urls),
        records=count,
        missing=len(desk.missing),
        left=chosen.left,
    )


def _description(chosen: Selection) -> str:
    words = f"{len(chosen.urls)} articles: all that was received of them and is still kept"

    return f"{words}; {chosen.left} more were left out" if chosen.left else words


def _hold(archive: Archive, chosen: Selection) -> None:
    """Keep the articles' pages from now on: what was shown must stay to be looked up."""
    with archive.transaction() as cursor:
        for url in chosen.urls:
            if kept.buried(cursor, address_of(url)) is None:
                kept.hold(cursor, address_of(url), _EXPORTED)


def _house(desk: _Desk, chosen: Selection, now: datetime) -> House:
    """Return the house's key and statements, and its days from the first that is needed on."""
    key = keys.house_key(desk.archive, desk.settings, now)
    first: date | None = None
    with desk.archive.transaction() as cursor:
        for url in chosen.urls:
            for record in kept.records_of(cursor, [address_of(url)]):
                if record.day is not None:
                    first = min(first or record.day, record.day)

        texts = kept.heads(cursor, first) if first else []
        stamps = kept.stamps(cursor, first) if first else []
        statements = keys.stated_keys(cursor)

    return House(
        key=key,
        statements=statements,
        heads=[SignedHead.parsed(text.encode()) for text in texts],
        stamps=[_packed_stamp(number, stamp) for number, stamp in enumerate(stamps, 1)],
    )


def _packed_stamp(number: int, stamp: kept.KeptStamp) -> tuple[Stamp, bytes]:
    ending = "tsr" if stamp.kind == RFC3161 else "ots"
    packed = Stamp(
        day=stamp.day,
        kind=stamp.kind,
        authority=stamp.authority,
        path=f"stamps/{stamp.day}-{number:04}.{ending}",
    )

    return packed, stamp.stamp


def _pasts(desk: _Desk, chosen: Selection) -> Iterator[Past]:
    """Yield the articles with their versions; one that is not there any more is only named."""
    for number, url in enumerate(chosen.urls, 1):
        desk.progress(number)
        article = desk.archive.article(url)
        if article is None:
            desk.titles[url] = url
            continue

        title = article.article.title
        desk.titles[url] = title
        versions = desk.archive.versions(url)
        desk.seen[url] = [version.since for version in versions if version.kind != "correction"]
        yield Past(
            number=number,
            url=url,
            outlet=article.article.outlet,
            title=title,
            language=article.article.language,
            versions=_past_versions(versions),
        )


def _past_versions(versions: list[Version]) -> list[PastVersion]:
    pasts: list[PastVersion] = []
    before: Version | None = None
    for version in versions:
        diff = version_diff(before, version, _CONTEXT) if before else []
        past = PastVersion(
            number=version.number,
            kind=version.kind,
            since=version.since,
            title=version.title,
            text="\n".join(version.lines),
            diff="\n".join(diff),
        )
        pasts.append(past)
        before = version

    return pasts


def _kept(desk: _Desk, chosen: Selection) -> Iterator[Kept]:
    """Yield the articles' records that are still there; the others become missing."""
    tree_of = lru_cache(_TREES)(lambda day: _tree(desk.archive, day))
    for number, url in enumerate(chosen.urls, len(chosen.urls) + 1):
        desk.progress(number)
        key = address_of(url)
        with desk.archive.transaction() as cursor:
            records = kept.records_of(cursor, [key])
            buried = kept.buried(cursor, key)

        for record in records:
            leaf = _leaf(record)
            proof = _proof(record, leaf, tree_of)
            data = rescue.read_bytes(desk.settings, record.path, record.at_byte, record.size)
            why = _why_missing(desk.settings, record, leaf, data, buried)
            if why:
                desk.missing.append(_missing(url, leaf, proof, why))
            else:
                yield Kept(data=data, title=desk.titles[url], proof=proof)

        _miss_unnoted(desk, url, {record.fetched_at for record in records})


def _leaf(record: kept.FoundRecord) -> Leaf:
    return Leaf(
        digest=record.digest,
        address=record.key,
        fetched_at=record.fetched_at,
        status=record.status,
        kind="revisit" if record.is_revisit else "response",
    )


def _tree(archive: Archive, day: date) -> Tree:
    with archive.transaction() as cursor:
        return Tree(split(kept.day_leaves(cursor, day)))


def _proof(
    record: kept.FoundRecord,
    leaf: Leaf,
    tree_of: Callable[[date], Tree],
) -> Proof | None:
    """Return the proof of a record; raises EvidenceError where the archive has been changed."""
    if record.day is None or record.leaf is None:
        return None

    tree = tree_of(record.day)
    if tree.leaf(record.leaf) != leaf_hash(leaf.text):
        raise EvidenceError(
            f"the archive's records of {record.day} are not those that were signed; "
            "`khabar evidence check` says what was changed, and nothing is packed until then"
        )

    return Proof(
        day=record.day,
        index=record.leaf,
        path=tuple(tree.proof(record.leaf)),
    )


def _why_missing(
    settings: Settings,
    record: kept.FoundRecord,
    leaf: Leaf,
    data: bytes,
    buried: datetime | None,
) -> str:
    """Return why a record cannot be packed; empty: it can."""
    if buried is not None:
        return f"it was removed on {buried:%Y-%m-%d} at somebody's request"

    if not record.path:
        days = settings.warc_days
        return f"pages are kept for {days} days, and nothing asked for this one to be kept longer"

    try:
        is_it = exchange_of(data).leaf == leaf
    except EvidenceError:
        is_it = False

    return "" if is_it else f"{record.path} does not hold any more what was received"


def _missing(url: str, leaf: Leaf, proof: Proof | None, why: str) -> Missing:
    return Missing(
        url=url,
        fetched_at=leaf.fetched_at,
        status=leaf.status,
        why=why,
        leaf=leaf,
        proof=proof,
    )


def _miss_unnoted(desk: _Desk, url: str, noted: set[datetime]) -> None:
    """Name the pages that a version was read off and that were never noted."""
    for moment in desk.seen.get(url, ()):
        if moment not in noted:
            item = Missing(
                url=url,
                fetched_at=moment,
                status=0,
                why="it was received before this house noted what it receives, or from elsewhere",
            )
            desk.missing.append(item)
