"""Lists of many outlets: OPML as feed readers export it, CSV, or one address a line."""

import csv
from pathlib import Path

from lxml import etree

from crawlers.errors import CrawlError

_COLUMNS = ("url", "home", "site", "domain", "website", "feed", "entry_point")
_MOST = 1000


def addresses(path: Path) -> list[str]:
    """Return the addresses in a file, each once, in its order; raises CrawlError for none."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise CrawlError(f"{path} cannot be read: {error}") from error

    found = _of_opml(text) if text.lstrip().startswith("<") else _of_table(text)
    listed = list(dict.fromkeys(address for address in found if address))

    if not listed:
        raise CrawlError(f"{path} names no address: OPML, CSV or one address a line is read")

    return listed[:_MOST]


def _of_opml(text: str) -> list[str]:
    """Return the feeds of an OPML file; their sites where it names no feed."""
    parser = etree.XMLParser(
        recover=True,
        resolve_entities=False,
        no_network=True,
    )

    root = etree.fromstring(text.encode(), parser)
    outlines = root.iter("outline") if root is not None else ()

    return [outline.get("xmlUrl") or outline.get("htmlUrl") or "" for outline in outlines]


def _of_table(text: str) -> list[str]:
    """Return the column of addresses of a CSV file, the first one without a heading."""
    rows = []
    for row in csv.reader(text.splitlines()):
        if row and not row[0].startswith("#"):
            rows.append(row)

    if not rows:
        return []

    headings = [cell.strip().lower() for cell in rows[0]]

    for name in _COLUMNS:
        if name in headings:
            return _column(rows[1:], headings.index(name))

    return _column(rows, 0)


def _column(rows: list[list[str]], place: int) -> list[str]:
    """Return one cell of each row, of those that have so many."""
    cells = []
    for row in rows:
        if len(row) > place:
            cell = row[place].strip()
            cells.append(cell)

    return cells
