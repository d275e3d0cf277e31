"""A package put together, article by article and record by record: never all of it in memory."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from importlib.resources import files
from typing import IO

from evidence.cdxj import Line, index_files
from evidence.cover import Cover, cover_page
from evidence.exchanges import exchange_of
from evidence.head import SignedHead
from evidence.judge_stamps import Stamp
from evidence.key_statement import KeyStatement
from evidence.package import (
    ARCHIVE,
    ARTICLES,
    CHECK,
    COVER,
    INDEX,
    INDEX_LIST,
    MISSING,
    PAGES,
    RECORDS,
    STAMPS,
    Archive,
    Package,
    Title,
)
from evidence.past import Missing, Past, PastVersion, json_line, page_line, pages_head
from evidence.proven import Proof, Proven
from evidence.replay import line_of
from evidence.signing import Key, fingerprint


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """A record to be packed: the bytes of one exchange as they lie in a WARC file of the house."""

    data: bytes
    title: str  # of its article, for the list of pages
    proof: Proof | None


@dataclass(frozen=True, slots=True, kw_only=True)
class House:
    """What the house says of itself and its days.

    `statements` and `heads`: oldest first; `stamps`: with their bytes.
    """

    key: Key
    statements: Sequence[KeyStatement]
    heads: Sequence[SignedHead]
    stamps: Sequence[tuple[Stamp, bytes]]


@dataclass(slots=True)
class _Written:
    """What has been written into the archive so far, for the lists that follow."""

    records: list[Proven] = field(default_factory=list)
    index: list[Line] = field(default_factory=list)
    pages: bytearray = field(default_factory=bytearray)


def assemble(
    file: IO[bytes],
    title: Title,
    house: House,
    *,
    articles: Iterable[Past],
    kept: Iterable[Kept],
    missing: Iterable[Missing],
    info: bytes,
    now: datetime,
) -> int:
    """Write a package into a file; return how many records it has.

    `articles`, `kept` and `missing` are asked for in this order, one item at a time. `info`: the
    warcinfo record that the archive begins with, compressed.
    """
    with Package(file) as package:
        pasts = _write_articles(package, articles)
        written = _Written()
        with package.archive() as archive:
            archive.write(info)
            for item in kept:
                _write_record(archive, item, written)

        gone = list(missing)
        _write_lists(package, title, written, gone)
        _write_house(package, house)
        last = house.heads[-1].head.day.isoformat() if house.heads else ""
        cover = Cover(
            title=title.title,
            created=now,
            key=fingerprint(house.key.public),
            articles=pasts,
            records=written.records,
            missing=gone,
            stamps=len(house.stamps),
            last_day=last,
        )
        package.add(COVER, cover_page(cover))
        package.seal(title, house.key, now)

    return len(written.records)


def _write_articles(package: Package, articles: Iterable[Past]) -> list[Past]:
    """Write the articles' texts; return the articles without them."""
    lines = bytearray()
    pasts: list[Past] = []
    for article in articles:
        for path, data in article.members():
            package.add(path, data)

        lines += article.line()
        versions = [_without_text(version) for version in article.versions]
        pasts.append(replace(article, versions=versions))

    package.add_lines(ARTICLES, bytes(lines))

    return pasts


def _without_text(version: PastVersion) -> PastVersion:
    """Return a version whose text is gone; that it changed something stays to be seen."""
    return replace(
        version,
        text="",
        diff=version.diff[:1],
    )


def _write_record(archive: Archive, item: Kept, written: _Written) -> None:
    exchange = exchange_of(item.data)
    place = archive.write(item.data)
    record = Proven(
        page=exchange.page,
        url=exchange.url,
        leaf=exchange.leaf,
        offset=place,
        length=len(item.data),
        proof=item.proof,
    )
    written.records.append(record)
    written.index.append(
        line_of(
            exchange,
            item.data,
            place,
        )
    )
    if exchange.leaf.kind == "response":
        written.pages += page_line(
            exchange.url,
            exchange.leaf.fetched_at,
            item.title,
            len(written.records),
        )


def _write_lists(
    package: Package,
    title: Title,
    written: _Written,
    missing: Sequence[Missing],
) -> None:
    filename = ARCHIVE.rpartition("/")[2]
    blocks, listing = index_files(
        written.index,
        filename,
        INDEX.rpartition("/")[2],
    )
    package.add(INDEX, blocks)
    package.add(INDEX_LIST, listing)
    package.add(PAGES, pages_head(title.title) + bytes(written.pages))
    package.add_lines(RECORDS, b"".join(record.line() for record in written.records))
    package.add_lines(MISSING, b"".join(item.line() for item in missing))
    script = files("evidence").joinpath("templates", "check.txt")
    package.add(CHECK, script.read_bytes())


def _write_house(package: Package, house: House) -> None:
    for number, statement in enumerate(house.statements, 1):
        package.add(f"keys/{number:03}.txt", statement.text)

    for head in house.heads:
        package.add(f"heads/{head.head.day}.txt", head.text)

    lines = bytearray()
    for stamp, data in house.stamps:
        package.add(stamp.path, data)
        lines += json_line(stamp.fields)

    package.add_lines(STAMPS, bytes(lines))
