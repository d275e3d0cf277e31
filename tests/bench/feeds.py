"""Feeds of other people's test suites, read by ours and by feedparser: entries, links, dates.

    python -P tests/bench/feeds.py FOLDER

FOLDER holds the test feeds of feedparser and of the W3C validator, unpacked. Each file is read with
the Content-Type that its comment names. Counted are crashes (anything but a fault by name), files
where an entry that feedparser gives a link is missing, and links, titles and dates that differ.
"""

import argparse
import json
import re
import sys
import time
from collections import Counter
from datetime import UTC, datetime
from html import unescape
from pathlib import Path
from typing import Any

import feedparser

_ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(_ROOT))
from crawlers.discovery import feed  # noqa: E402
from crawlers.faults import FaultError  # noqa: E402
from news.urls import UrlError, canonical  # noqa: E402

_BASE = "http://127.0.0.1:8097/feed.xml"
_HEADER = re.compile(rb"^Header:\s*Content-Type:\s*(.+)$", re.IGNORECASE | re.MULTILINE)
_TAGS = re.compile(r"<[^>]*>")


def content_type(body: bytes) -> str:
    """Return the Content-Type that a test feed is to be served with."""
    found = _HEADER.search(body[:4000])
    return found[1].decode("latin-1").strip() if found else "application/xml"


def peers(body: bytes, kind: str) -> list[Any]:
    """Return the entries that feedparser gives a link."""
    headers = {"content-type": kind, "content-location": _BASE}
    parsed = feedparser.parse(body, response_headers=headers)
    return [entry for entry in parsed.entries if entry.get("link")]


def same_url(ours: str, theirs: str) -> bool:
    """Tell whether two addresses are one."""
    try:
        return canonical(ours, base=_BASE) == canonical(theirs, base=_BASE)
    except (UrlError, ValueError):
        return ours.strip() == theirs.strip()


def same_title(ours: str | None, theirs: str) -> bool:
    """Tell whether two titles have the same words, mark-up left out."""
    one, other = (unescape(_TAGS.sub(" ", unescape(text or ""))) for text in (ours, theirs))
    return one.split() == other.split()


def same_date(ours: datetime | None, theirs: Any) -> bool | None:
    """Tell whether two dates are one moment; None where feedparser knows none."""
    if not theirs:
        return None
    there = datetime(*theirs[:6], tzinfo=UTC)
    return ours is not None and abs((ours - there).total_seconds()) < 1


def compare(path: Path, counts: Counter[str], shown: list[str]) -> None:
    """Read one file by both and count what differs."""
    body = path.read_bytes()
    kind = content_type(body)
    counts["files"] += 1
    theirs = peers(body, kind)
    try:
        entries = list(feed.read(body, _BASE, UTC, kind).entries)
    except FaultError as error:
        counts["refused"] += 1
        if theirs:
            counts["refused, feedparser has entries"] += 1
            shown.append(f"refused {error.detail}: {path}")
        return
    except Exception as error:  # noqa: BLE001 - a crash is a finding, and the next file follows
        counts["crashed"] += 1
        shown.append(f"crashed {type(error).__name__} {error}: {path}")
        return
    for entry in theirs:
        if not entry.link.startswith(("http://", "https://")) or " " in entry.link.strip():
            # An id of no web page (tag:, urn:): nobody could fetch it.
            counts["ids that are no address"] += 1
            continue
        counts["entries"] += 1
        ours = [one for one in entries if same_url(one.url, entry.link)]
        if not ours:
            counts["link differs or is missing"] += 1
            shown.append(f"link {entry.link!r} {[one.url for one in entries][:2]}: {path}")
            continue
        if not any(same_title(one.title, entry.get("title", "")) for one in ours):
            counts["title differs"] += 1
            shown.append(f"title {entry.get('title')!r} {ours[0].title!r}: {path}")
        theirs_at = entry.get("published_parsed")
        dated = [same_date(one.published or one.updated, theirs_at) for one in ours]
        counts["dated"] += theirs_at is not None
        if theirs_at is not None and not any(dated):
            counts["date differs"] += 1
            shown.append(f"date {entry.get('published')!r} {ours[0].published}: {path}")


def main() -> None:
    """Compare over all files of a folder and print the counts."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--show", action="store_true", help="name each difference")
    options = parser.parse_args()
    counts: Counter[str] = Counter()
    shown: list[str] = []
    begun = time.process_time()
    for path in sorted(options.folder.rglob("*.xml")):
        compare(path, counts, shown)
    print(json.dumps({**counts, "CPU seconds": round(time.process_time() - begun, 1)}, indent=1))
    if options.show:
        print("\n".join(shown))


if __name__ == "__main__":
    main()
