"""No page raises out of extraction, each ends in bounded time, and memory stays flat.

Many thousands of mutated pages.

./khabar bench extraction_fuzz [--count 2000] [--start 0] [--resume FILE [--slice 4000]] [--write]

With --resume what was reached is kept in FILE and the next call goes on from there, `--slice` pages
at a time, until --count pages are read; Ctrl-C loses at most a page.

Pages are real ones and the press's, cut, spliced, nested, damaged. Page number N is made from N
alone, so that whatever is found can be made again: `--start N --count 1 --keep FILE`. A page that
takes longer than `LIMIT` seconds of CPU, raises, or ends in the rejection that names a defect of
ours is a failure.
"""

import argparse
import json
import random
import re
import resource
import signal
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from types import FrameType
from typing import Any

import _table
import psutil
from extraction import SHARED, unpack

from extract import api
from extract.outlet.profile import SiteProfile
from news.article import Page, Reason, Rejected
from pipeline.run.sites import outlet_of

NOW = datetime(2026, 11, 1, tzinfo=UTC)
MARKS = (2_000, 5_000, 10_000, 20_000, 50_000, 100_000)  # pages after which memory is read
LIMIT = 20.0  # CPU seconds of one page
ROOM = 2 * 2**30  # bytes that the process may take beyond what its sources need
SHAPED = 0.15  # of the pages have a shape of their own
CUTS, OFTEN = (
    (6_000, 25_000, 10**7),
    (75, 22, 3),
)  # characters of a page that mutations start from, and how often in a hundred
ODD_DATES = (
    "0000-00-00",
    "2026-02-30T25:61:61Z",
    "9999-12-31T23:59:59+99:99",
    "1969-12-31",
    "99999999999999999999",
    "-1",
    "Thu, 01 Jan 1970 00:00:00 GMT",
    "31.02.2026 24:00",
    "۳۱/۱۲/۱۴۹۸",
    "2026-W53-7",
    "٣٠ فبراير ٢٠٢٦",
    "12/12/12/12/12",
    "0001-01-01T00:00:00Z",
    "2026-11-01T12:00:00.123456789123456789+0000",
    "Bu gün / 99:99",
    "2026" * 60,
)
BROKEN_BYTES = (
    b"\xc0\xaf",
    b"\xed\xa0\x80",
    b"\xff\xfe",
    b"\x00" * 64,
    b"\xf4\x90\x80\x80",
    b"\xef\xbb\xbf" * 20,
    b"\x1b$B",
    b"+ADw-script+AD4-",
    bytes(range(128, 256)) * 4,
)
PIECES = (
    "<div>",
    "</div>",
    "<p",
    ">",
    "<table><tr>",
    "</td>",
    "</script>",
    "<script>",
    "\x00",
    "\ufffd",
    "&#x110000;",
    "&amp;lt;",
    '"',
    "'",
    "<!--",
    "-->",
    "<svg><p>",
    "<![CDATA[",
    "\U00013000",
    "]]>",
    "<a href='javascript:x'>",
    "<base href='http://[::1'>",
    "<a href='http://[bad'>A linked line of some length</a>",
    "<time datetime='9999-99-99'>",
    "<div>" * 300,
    "<b>" * 500,
    "<meta property=article:published_time content=20260230T250000>",
    "\u202e",
    "<h1></h1>",
    "<html/>",
    "<body>",
    "</body></html>",
    "<plaintext>",
    "<textarea>",
    "<frameset>",
    "<br>" * 200,
    "<meta charset=utf-7>",
    "<meta charset=x-unknown>",
    "<font face=AcadNusx>",
    "\ud800".encode("utf-8", "surrogatepass").decode("latin-1"),
    "\u0301" * 400,
    "a" * 5_000,
    "۱۴۰۵/۱۳/۹۹ ساعت ۹۹:۹۹",
    '<script type="application/ld+json">{"@type":"NewsArticle",'
    '"author":[[[[{"name":null}]]]],"datePublished":{"a":1},"headline":[1],'
    '"keywords":{"x":2}}</script>',
    '<script type="application/ld+json">' + "[" * 3_000 + "</script>",
    '<script type="application/ld+json">{"@graph":[{"@graph":[{"@graph":1}]}],'
    '"articleBody":12,"@type":["NewsArticle",3]}</script>',
    '<script id=__NEXT_DATA__ type="application/json">{"body":[{"text":[1,null]},{"text":"'
    + "Long text. " * 60
    + '"}]}</script>',
)
# Shapes that a page of any source may be given as a whole.
SHAPES: tuple[Callable[[random.Random, str], str], ...] = (
    lambda rng, text: "<div>" * rng.choice((1_000, 5_000, 20_000)) + text,
    lambda rng, text: "<ul><li>" * rng.choice((500, 3_000)) + text,
    lambda rng, text: "<table><tr><td>" * rng.choice((300, 1_500)) + text,
    lambda rng, text: text.replace("<p", f"<p title='{'x' * rng.choice((9_000, 90_000))}'", 3),
    lambda _, text: text.replace("<div", f"<div class='{'date ' * 20_000}'", 2),
    lambda _, text: f"<a href='{'a/../' * 20_000}'>{text}</a>",
    lambda _, text: text + "<p " + " ".join(f"a{n}=1" for n in range(9_000)) + ">",
    lambda rng, text: text.replace(">", f"><time datetime='{rng.choice(ODD_DATES)}'></time>", 200),
    lambda rng, text: re.sub(r"\d{4}-\d\d-\d\d", lambda __: rng.choice(ODD_DATES), text),
    lambda rng, text: f"<h1>Ferries</h1><p>{rng.choice(ODD_DATES)}</p>" + text,
    lambda _, text: text.replace(" ", " &nbsp;&zwnj;\u202e", 500),
    lambda _, text: text.replace("<p>", "<p><span>" * 40, 40),
    lambda rng, text: text[: rng.randrange(len(text) + 1)],
    lambda _, text: "".join(f"<p>{word}</p>" for word in text.split()[:4_000]),
    lambda _, text: re.sub(r"<[^<>]*>", "", text),
)
CHARSETS = (
    "utf-8",
    "utf-8",
    "utf-8",
    "utf-8",
    "utf-16",
    "cp1251",
    "cp1254",
    "koi8-r",
    "utf-32",
    "utf-8-sig",
)


def bases(folder: Path) -> list[str]:
    """Return the pages that mutations start from.

    The press in every theme, and the real page sets where present.
    """
    from press.templates import THEMES, Disguise, render, samples, unknown

    made = []
    for place, language in enumerate(("en", "ru", "az", "ka", "hy", "fa", "tr")):
        articles = samples(5 + place, language, 6)
        made += [
            render(
                articles[number % 5],
                articles[:3],
                theme=theme,
                disguise=Disguise(seed=number) if place % 2 else None,
            )[0]
            for number, theme in enumerate(THEMES)
        ]
        made.append(unknown(articles[0], articles[1:4], seed=place)[0])
    if SHARED.is_dir():
        for name in ("fundus", "trafilatura"):
            made += [
                Path(row["path"]).read_text(encoding="utf-8", errors="replace")
                for row in unpack(name, folder)[::3]
            ]
    return made


def mutated(number: int, sources: list[str]) -> bytes:
    """Return page `number`: a source cut, spliced, repeated, nested, encoded as it says."""
    rng = random.Random(number)
    text = rng.choice(sources)
    cut = rng.choices(CUTS, OFTEN)[0]
    if len(text) > cut:
        start = rng.choice((0, rng.randrange(len(text) - cut)))
        text = text[start : start + cut]
    if rng.random() < SHAPED:
        text = rng.choice(SHAPES)(rng, text)
    for _ in range(rng.choice((1, 2, 4, 8, 30))):
        text = _edit(rng, text, sources)
    body = text.encode(rng.choice(CHARSETS), "replace")
    return _damaged(rng, body) if rng.random() < 0.4 else body


def _edit(rng: random.Random, text: str, sources: list[str]) -> str:
    place = rng.randrange(len(text) + 1)
    size = rng.choice((1, 10, 100, 1_000, 8_000))
    kind = rng.random()
    if kind < 0.45:
        return text[:place] + rng.choice(PIECES) + text[place + rng.choice((0, 0, size)) :]
    if kind < 0.6:
        return text[:place] + text[place + size :]
    if kind < 0.7:
        times = rng.choice((2, 3, 10)) if rng.random() < 0.98 else 60
        return text[:place] + text[place : place + size] * times + text[place + size :]
    if kind < 0.8:
        other = rng.choice(sources)
        start = rng.randrange(len(other) + 1)
        return text[:place] + other[start : start + size] + text[place:]
    if kind < 0.9:
        cut = text.find("<", place)
        return (
            text
            if cut < 0
            else text[:cut]
            + rng.choice(("<div ", "<li ", "<td ", "<a ", "</", "<p>", "<x-y "))
            + text[cut + 1 :]
        )
    return text.replace(
        rng.choice(("div", "p", "class=", "</", '"', " ", "<br", "article", "span")),
        rng.choice(("td", "", "x", "<", ">", "li", "a")),
        rng.choice((1, 5, 500)),
    )


def _damaged(rng: random.Random, body: bytes) -> bytes:
    raw = bytearray(body)
    if rng.random() < 0.2:
        place = rng.randrange(len(raw) + 1)
        raw[place:place] = rng.choice(BROKEN_BYTES)
    if rng.random() < 0.1:  # two charsets on one page
        place = rng.randrange(len(raw) + 1)
        raw[place:] = raw[place:].decode("utf-8", "ignore").encode("cp1251", "ignore")
    for _ in range(rng.choice((1, 5, 50))):
        if raw:
            raw[rng.randrange(len(raw))] = rng.randrange(256)
    return bytes(raw[: rng.randrange(len(raw) + 1)]) if rng.random() < 0.1 else bytes(raw)


class Slow(BaseException):
    """A page took longer than its limit.

    No Exception: the extractor must not be able to catch it.
    """


def _alarm(signum: int, frame: FrameType | None) -> None:
    raise Slow


def run(numbers: range, sources: list[str], known: dict[str, Any] | None = None) -> dict[str, Any]:
    """Extract every page; return counts of outcomes, failures, CPU seconds of the slowest.

    `known` is what an earlier slice returned; it is added to.
    """
    found = known or {"next": numbers.start, "outcomes": {}, "failures": [], "memory": {}}
    found.setdefault("worst", (0.0, -1))
    found.setdefault("seconds", 0.0)
    outcomes, site = Counter(found["outcomes"]), SiteProfile()
    signal.signal(signal.SIGVTALRM, _alarm)
    for number in numbers:
        started = time.process_time()
        try:
            name, fault, site = one(number, mutated(number, sources), site)
        except KeyboardInterrupt:  # what was reached is told
            break
        finally:
            signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        spent = time.process_time() - started
        outcomes[name] += 1
        found["seconds"] += spent
        found["worst"] = max(tuple(found["worst"]), (spent, number))
        found["next"] = number + 1
        if fault:
            found["failures"].append(f"{number}: {fault}")
            print(found["failures"][-1], file=sys.stderr, flush=True)
        if number + 1 in MARKS or number == numbers[-1]:
            memory = psutil.Process().memory_info().rss // 2**20
            found["memory"][str(number + 1)] = memory
    found["outcomes"] = dict(outcomes)
    return found


def one(number: int, body: bytes, site: SiteProfile) -> tuple[str, str, SiteProfile]:
    """Extract one page; return its outcome, its fault or "", and the profile after it."""
    url = f"https://h{number % 7}.example/news/{number}"
    page = Page(
        url=url,
        final_url=url,
        status=200,
        headers=(("Content-Type", "text/html"),),
        body=body,
        fetched_at=NOW,
    )
    outlet = outlet_of(url)
    signal.setitimer(signal.ITIMER_VIRTUAL, LIMIT)
    try:
        if number % 10 == 0:
            site = api.learn(site if number % 1000 else None, [page], outlet)
        found = api.extract(page, outlet, site if number % 3 == 0 else None)
    except Slow:
        return "too slow", f"over {LIMIT} s", site
    except Exception as error:  # noqa: BLE001 - what is looked for
        return "raised", f"raised {type(error).__name__}: {error}", site
    if not isinstance(found, Rejected):
        return "article", "", site
    fault = found.detail if found.reason is Reason.BROKEN else ""
    return str(found.reason), fault, site


def main() -> int:
    """Run, show, and fail when a page raised or took too long."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=2_000)
    parser.add_argument("--start", type=int, default=0)
    parser.add_argument("--keep", type=Path, help="write the first page there and stop")
    parser.add_argument("--resume", type=Path, help="go on from what this file says was reached")
    parser.add_argument("--slice", type=int, default=4_000, help="pages of one call with --resume")
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="khabar-pages-") as folder:
        sources = bases(Path(folder))
    if options.keep:
        options.keep.write_bytes(mutated(options.start, sources))
        return 0
    bounded()
    end = options.start + options.count
    if options.resume is None:
        found = run(range(options.start, end), sources)
    else:
        found = resumed(options.resume, options.start)
        first = found["next"]
        found = run(range(first, min(end, first + options.slice)), sources, found)
        options.resume.write_text(json.dumps(found), encoding="utf-8")
    _table.section(
        "extraction_fuzz",
        report(sum(found["outcomes"].values()), len(sources), found),
        write=options.write,
    )
    return 1 if found["failures"] else 0


def resumed(file: Path, start: int) -> dict[str, Any]:
    """Return what an earlier slice reached; nothing yet when there was none."""
    if not file.exists():
        return {"next": start, "outcomes": {}, "failures": [], "memory": {}}
    known: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    return known


def bounded() -> None:
    """Bound the memory of this process: a page that asks for more fails as a defect of ours."""
    size = psutil.Process().memory_info().vms + ROOM
    resource.setrlimit(resource.RLIMIT_AS, (size, size))


def report(count: int, sources: int, found: dict[str, Any]) -> str:
    """Return the section's text."""
    articles = found["outcomes"].get("article", 0)
    lines = [
        "### Mutated pages",
        "",
        f"`./khabar bench extraction_fuzz --count {count}`, {_table.machine()}",
        "",
        f"{count} pages made from {sources}: {articles} articles, "
        f"{count - articles - len(found['failures'])} rejected with a reason, "
        f"{len(found['failures'])} failures. "
        f"CPU a page {1000 * found['seconds'] / max(1, count):.1f} ms in the mean, "
        f"{found['worst'][0]:.2f} s at most (page {found['worst'][1]}).",
    ]
    if found["memory"]:
        lines += [
            "",
            "Resident memory: "
            + ", ".join(f"{size} MB after {pages} pages" for pages, size in found["memory"].items())
            + ".",
        ]
    return "\n".join([*lines, *(f"- {failure}" for failure in found["failures"][:20])])


if __name__ == "__main__":
    sys.exit(main())
