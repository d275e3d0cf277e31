"""Days of publication and authors on sets of pages, ours beside htmldate's and trafilatura's.

`./khabar bench extraction_metadata [--wrong dates|authors] [--every N]`.

A day is right when it is the set's day in the zone that the page states or in UTC; home pages are
left aside. A page that is dated otherwise is counted by kind: its day stands nowhere on the page,
or is the one that the page calls the day of its last change. Authors are right when they are the
set's, each once, in any order. Half of the hosts ("dev") were looked at while the rules were made.
"""

import argparse
import json
import random
import re
import sys
import tempfile
from collections import Counter
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import _extraction_metrics as metrics
import htmldate
from extraction import SHARED, unpack
from trafilatura.metadata import extract_metadata

from extract import api
from news.article import Page
from pipeline.run.sites import outlet_of

NOW = datetime(2026, 11, 1, tzinfo=UTC)
SETS = (("marked", "trafilatura"), ("whole", "wcxb_dev"), ("news", "fundus"))
DAY = len("2026-11-01")
MONTHS = (
    *("jan|jänner", "feb|fév", "mar|mär|maerz", "apr|avr", "may|mai|mag", "jun|juin|giu"),
    *("jul|juil|lug", "aug|août|ago", "sep|set", "oct|okt|ott", "nov", "dec|dez|déc|dic"),
)
# Degrees and posts behind a name in the set's author: "Jane Roe, MD, PhD".
TITLES = re.compile(r"^(?:[A-Z][A-Za-z]?\.?-?){1,6}(?: ?\d+)?$|^(?:Ph\.? ?D\.?|Jr\.?|Sr\.?)$")
Row = dict[str, Any]


def main() -> None:
    """Read the sets, print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--wrong", choices=("dates", "authors"), help="list the wrong of one half")
    parser.add_argument("--every", type=int, default=1)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="khabar-pages-") as folder:
        for name, archive in SETS:
            rows = gathered(name, unpack(archive, Path(folder)))[:: options.every]
            for row in rows:
                read(row)
            dated = [row for row in rows if row["day"]]
            days(name, dated)
            signed = [row for row in rows if row["authors"] is not None]
            authors(name, signed)
            for row in dated if options.wrong == "dates" else ():
                if row["half"] == "dev" and not row["ours"]:
                    print("  ", row["file"], row["day"], row["found"], kind(row))
            for row in signed if options.wrong == "authors" else ():
                if row["half"] == "dev" and not row["named"]:
                    print("  ", row["file"], row["authors"], row["names"])


def gathered(name: str, rows: list[Row]) -> list[Row]:
    """Return a set's pages with their day and authors, "" and None where they are not known."""
    days = {}
    if name == "marked":
        lines = (SHARED / "trafilatura_dates.jsonl").read_text(encoding="utf-8").splitlines()
        for line in lines:
            days[json.loads(line)["file"]] = json.loads(line)
    found = []
    for row in rows:
        known = {**row, **days.get(row["file"], {})}
        stated = str(known.get("date") or known.get("published") or "")
        home = not urlsplit(known["url"]).path.strip("/")
        whole = len(stated) >= DAY and not home
        host = (urlsplit(known["url"]).hostname or "").removeprefix("www.")
        known["day"] = stated if whole and (name != "marked" or row["file"] in days) else ""
        known["authors"] = signed(name, row)
        known["half"] = metrics.half(host)
        if known["day"] or known["authors"] is not None:
            found.append(known)
    return found


def signed(name: str, row: Row) -> list[str] | None:
    """Return a page's authors as the set has them; None where it has none."""
    if name == "news":
        return list(row["authors"] or ())
    if name != "whole" or not row.get("author"):
        return None
    return split(row["author"])


def split(said: str) -> list[str]:
    """Return the names in one line of authors: no "By", no degrees, "and" between two of them."""
    bare = re.sub(r"^\s*by\s+", "", said, flags=re.IGNORECASE)
    parts = re.split(r"\s*[,;|]\s*(?:and\s+)?|\s+(?:and|&|und|et|y)\s+", bare)
    names = [part for part in parts if part]
    return names[:1] + [part for part in names[1:] if not TITLES.match(part)]


def read(row: Row) -> None:
    """Read a page by ours and by the peers."""
    body = Path(row["path"]).read_bytes()
    page = Page(
        url=row["url"],
        final_url=row["url"],
        status=200,
        headers=(),
        body=body,
        fetched_at=NOW,
    )
    found = api.extract(page, outlet_of(row["url"]), None)
    row["found"] = found.published
    row["ours"] = bool(found.published) and same(found.published, row["day"])
    row["names"] = list(found.authors)
    row["named"] = same_names(row["names"], row["authors"])
    peer = extract_metadata(body, default_url=row["url"])
    row["trafilatura"] = (peer.date or "")[:DAY] == row["day"][:DAY]
    row["peer named"] = same_names(split_peer(peer.author), row["authors"])
    try:
        dated = htmldate.find_date(body, url=row["url"], original_date=True)
    except (ValueError, TypeError, OverflowError):
        dated = None
    row["htmldate"] = (dated or "") == row["day"][:DAY]


def same(found: datetime | None, stated: str) -> bool:
    """Tell whether a moment falls on the set's day, in its own zone or in UTC."""
    if found is None or not stated:
        return False
    wanted = datetime.fromisoformat(stated)
    if wanted.tzinfo is not None:
        return metrics.same_day(found.isoformat(), stated)
    return wanted.date() in {found.date(), found.astimezone(UTC).date()}


def same_names(found: list[str], wanted: list[str] | None) -> bool:
    """Tell whether two lists name the same, give or take case and punctuation."""
    return {metrics.bare(name) for name in found} == {metrics.bare(name) for name in wanted or ()}


def split_peer(said: str | None) -> list[str]:
    """Return the names of trafilatura's line of authors."""
    return [name for name in (said or "").split("; ") if name]


def kind(row: Row) -> str:
    """Return why a day is missed, as far as the page tells."""
    text = Path(row["path"]).read_text(encoding="utf-8", errors="replace") + row["url"]
    day = date.fromisoformat(row["day"][:DAY])
    if not stands(day, text):
        return "nowhere on the page"
    iso = day.isoformat()
    changed = rf"(?i)(?:modif|updat)[^<>]{{0,80}}{iso}|{iso}[^<>]{{0,40}}(?:modif|updat)"
    if row["found"] and re.search(changed, text):
        return "the day of the last change"
    return "another"


def stands(day: date, text: str) -> bool:
    """Tell whether a page writes a day in any form."""
    month = f"(?:{MONTHS[day.month - 1]})[^\\W\\d_]*[.,]?"
    short = f"(?:{day.year}|{day.year % 100:02d})(?!\\d)"
    patterns = (
        rf"{day.year}[-/.]0?{day.month}[-/.]0?{day.day}(?!\d)",
        rf"(?<!\d)0?{day.day}[-/. ]+0?{day.month}[-/. ]+{short}",
        rf"(?<!\d)0?{day.month}[-/.]0?{day.day}[-/.]{short}",
        rf"(?i)(?<!\d)0?{day.day}(?:st|nd|rd|th|\.)?\s*(?:de\s+|of\s+)?{month}\s+{day.year}",
        rf"(?i){month}\s+0?{day.day}(?:st|nd|rd|th)?,?\s+{day.year}",
        f"{day:%Y%m%d}|{day:%d%m%Y}",
    )
    return any(re.search(pattern, text) for pattern in patterns)


def days(name: str, rows: list[Row]) -> None:
    """Print how many days are right, and why the others are not."""
    if not rows:
        return
    print(f"{name}: days of {len(rows)} pages")
    for who in ("ours", "htmldate", "trafilatura"):
        print(f"  {who:12}", share([row[who] for row in rows]))
    for half in ("dev", "held"):
        print(f"  ours, {half:6}", share([row["ours"] for row in rows if row["half"] == half]))
    gains = [row["ours"] - row["htmldate"] for row in rows]
    print("  ours - htmldate", interval(gains))
    missed = Counter(kind(row) for row in rows if not row["ours"])
    print("  missed:", dict(missed))
    # Who gives the first day of publication cannot give the set's on these pages.
    apart = missed["nowhere on the page"] + missed["the day of the last change"]
    print(
        f"  within reach: {1 - apart / len(rows):.3f} ({apart} pages do not state the set's day so)"
    )


def authors(name: str, rows: list[Row]) -> None:
    """Print how many pages' authors are exactly the set's."""
    if not rows:
        return
    print(f"{name}: authors of {len(rows)} pages")
    print("  ours        ", share([row["named"] for row in rows]))
    print("  trafilatura ", share([row["peer named"] for row in rows]))
    for half in ("dev", "held"):
        print(f"  ours, {half:6}", share([row["named"] for row in rows if row["half"] == half]))


def share(right: list[bool]) -> str:
    """Return a share with its 95 % interval."""
    return interval([float(one) for one in right])


def interval(values: list[float]) -> str:
    """Return a mean with the ends of its 95 % interval, by a bootstrap."""
    luck = random.Random(0)
    size = len(values)
    means = sorted(sum(luck.choices(values, k=size)) / size for _ in range(1000))
    mean = sum(values) / size
    return f"{mean:.3f} ({means[25]:.3f} to {means[975]:.3f})"


if __name__ == "__main__":
    sys.exit(main())
