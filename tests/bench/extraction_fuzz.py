"""No page raises out of extraction, each ends in bounded time, and memory stays flat.

Many thousands of mutated pages.

./khabar bench extraction_fuzz [--count 2000] [--start 0] [--write]

Pages are real ones and the press's, cut, spliced, nested, damaged. Page number N is made from N
alone, so that whatever is found can be made again: `--start N --count 1 --keep FILE`. A page that
takes longer than `LIMIT` seconds of CPU, raises, or ends in the rejection that names a defect of
ours is a failure.
"""

import argparse
import json
import random
import signal
import sys
import tempfile
import time
from collections import Counter
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
CUTS, OFTEN = (
    (6_000, 25_000, 10**7),
    (75, 22, 3),
)  # characters of a page that mutations start from, and how often in a hundred
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


def run(numbers: range, sources: list[str]) -> dict[str, Any]:
    """Extract every page; return counts of outcomes, failures, CPU seconds of the slowest."""
    outcomes: Counter[str] = Counter()
    failures: list[str] = []
    worst, total, site = (0.0, -1), 0.0, SiteProfile()
    memory: dict[int, int] = {}
    signal.signal(signal.SIGVTALRM, _alarm)
    for number in numbers:
        body = mutated(number, sources)
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
        started = time.process_time()
        signal.setitimer(signal.ITIMER_VIRTUAL, LIMIT)
        try:
            if number % 10 == 0:
                site = api.learn(site if number % 1000 else None, [page], outlet)
            found = api.extract(page, outlet, site if number % 3 == 0 else None)
            name = str(found.reason) if isinstance(found, Rejected) else "article"
            if isinstance(found, Rejected) and found.reason is Reason.BROKEN:
                failures.append(f"{number}: {found.detail}")
        except KeyboardInterrupt:  # what was reached is told
            break
        except Slow:
            name = "too slow"
            failures.append(f"{number}: over {LIMIT} s")
        except Exception as error:  # noqa: BLE001 - what is looked for
            name = "raised"
            failures.append(f"{number}: raised {type(error).__name__}: {error}")
        finally:
            signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        spent = time.process_time() - started
        outcomes[name] += 1
        total += spent
        worst = max(worst, (spent, number))
        if failures and len(failures) < 20 and failures[-1].startswith(f"{number}:"):
            print(failures[-1], file=sys.stderr, flush=True)
        if number - numbers.start + 1 in MARKS:
            memory[number - numbers.start + 1] = psutil.Process().memory_info().rss // 2**20
        if number % 5000 == 4999:
            print(
                json.dumps(
                    {
                        "number": number,
                        "failures": len(failures),
                        "worst": worst,
                        "seconds": round(total, 1),
                        "memory": memory,
                        **outcomes,
                    }
                ),
                file=sys.stderr,
                flush=True,
            )
    return {
        "outcomes": outcomes,
        "failures": failures,
        "worst": worst,
        "seconds": total,
        "memory": memory,
    }


def main() -> int:
    """Run, show, and fail when a page raised or took too long."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=2_000)
    parser.add_argument("--start", type=int, default=0)
    parser.add_argument("--keep", type=Path, help="write the first page there and stop")
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="khabar-pages-") as folder:
        sources = bases(Path(folder))
    if options.keep:
        options.keep.write_bytes(mutated(options.start, sources))
        return 0
    found = run(range(options.start, options.start + options.count), sources)
    _table.section(
        "extraction_fuzz",
        report(found["outcomes"].total(), len(sources), found),
        write=options.write,
    )
    return 1 if found["failures"] else 0


def report(count: int, sources: int, found: dict[str, Any]) -> str:
    """Return the section's text."""
    articles = found["outcomes"]["article"]
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
