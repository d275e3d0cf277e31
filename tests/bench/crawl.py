"""The crawl against bare Scrapy and news-please on loopback, politeness off.

A start with 100,000 known URLs; a simulated month.

`./khabar bench crawl [--write] [--pages N] [--peer PYTHON] [--month DAYS]`. PYTHON is the
interpreter of an environment made from requirements/bench.txt; without it news-please is left out.
Ratios are taken within each round of one run, CPU beside wall.
"""

import argparse
import json
import statistics
import subprocess
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests" / "bench"))
NOW = datetime(2026, 11, 22, tzinfo=UTC)

SERVER = """
import asyncio, sys, json, random
count = int(sys.argv[1])
rng = random.Random(7)
words = ("haber xeber news port sea rail energy minister visit trade region border river school "
         "market price report plan bridge city").split()
def page(number):
    rng.seed(number)
    paragraph = lambda: "<p>" + " ".join(rng.choice(words) for _ in range(70)) + ".</p>"
    menu = "".join(
        f'<li><a href="/s/{i}">{rng.choice(words)} {rng.choice(words)}</a></li>'
        for i in range(120))
    side = "".join(
        f'<div class="card"><a href="/news/{rng.randrange(count)}-a-headline">'
        f'<img src="/i/{i}.jpg">{" ".join(rng.choice(words) for _ in range(9))}</a></div>'
        for i in range(60))
    body = "".join(paragraph() for _ in range(14))
    script = "<script>var d=" + json.dumps([rng.random() for _ in range(500)]) + "</script>"
    return (f'<!DOCTYPE html><html lang="en"><head><meta charset="utf-8">'
            f'<title>Headline {number}</title><meta property="article:published_time" '
            f'content="2026-11-2{number % 2}T10:00:00+04:00"></head>'
            f'<body><nav><ul>{menu}</ul></nav>'
            f'<article><h1>Headline number {number} about the {rng.choice(words)}</h1>{body}'
            f'</article><aside>{side}</aside>{script}</body></html>').encode()
pages = [page(number) for number in range(min(count, 300))]
head = (b"HTTP/1.1 200 OK\\r\\nContent-Type: text/html; charset=utf-8\\r\\n"
        b"Content-Length: %d\\r\\n\\r\\n")
answers = [head % len(body) + body for body in pages]
async def serve(reader, writer):
    port = writer.get_extra_info("sockname")[1]
    try:
        while True:
            head = await reader.readuntil(b"\\r\\n\\r\\n")
            path = head.split(b" ", 2)[1].decode()
            if path.startswith("/news/"):
                writer.write(answers[int(path[6:].split("-")[0]) % len(answers)])
            else:
                items = [
                    {"id": str(n), "url": f"http://bench.localhost:{port}/news/{n}-a-headline"}
                    for n in range(count)]
                feed = {"version": "https://jsonfeed.org/version/1.1", "items": items}
                body = b"" if path == "/robots.txt" else json.dumps(feed).encode()
                writer.write(b"HTTP/1.1 200 OK\\r\\nContent-Type: application/json\\r\\n"
                             b"Content-Length: %d\\r\\n\\r\\n" % len(body) + body)
            await writer.drain()
    except (asyncio.IncompleteReadError, ConnectionError):
        pass
    writer.close()
async def main():
    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], len(pages[0]), flush=True)
    await server.serve_forever()
asyncio.run(main())
"""

BARE = """
import sys, time, scrapy
from scrapy.crawler import CrawlerProcess
port, count = int(sys.argv[1]), int(sys.argv[2])
class Bare(scrapy.Spider):
    name = "bare"
    start_urls = [f"http://127.0.0.1:{port}/news/{n}-a-headline" for n in range(count)]
    got = 0
    def parse(self, response):
        Bare.got += len(response.body) > 0
process = CrawlerProcess({"LOG_LEVEL": "ERROR", "TELNETCONSOLE_ENABLED": False,
                          "REMOTE_CONTROL_ENABLED": False, "CONCURRENT_REQUESTS": 16,
                          "CONCURRENT_REQUESTS_PER_DOMAIN": 16, "DOWNLOAD_DELAY": 0})
process.crawl(Bare)
begun, cpu = time.monotonic(), time.process_time()
process.start()
print(time.monotonic() - begun, time.process_time() - cpu, Bare.got)
"""

OURS = """
import sys, time, asyncio
from pathlib import Path
from crawlers import engine, job
from scrapy.utils.reactor import install_reactor
install_reactor("twisted.internet.asyncioreactor.AsyncioSelectorReactor")
from twisted.internet import task
from twisted.internet.defer import Deferred
async def go():
    begun, cpu = time.monotonic(), time.process_time()
    report = await engine.crawl(engine.prepare(job.load(Path(sys.argv[1]))))
    print(time.monotonic() - begun, time.process_time() - cpu, report.pages)
task.react(lambda _: Deferred.fromFuture(asyncio.ensure_future(go())), [])
"""

EXTRACT = """
import sys, time, itertools
from pathlib import Path
from crawlers.warc.records import read_pages
from crawlers.job import load
from extract import api
from news.article import Article
outlet = load(Path(sys.argv[2])).outlet
begun, cpu = time.monotonic(), time.process_time()
pages = list(itertools.islice(read_pages(Path(sys.argv[1])), int(sys.argv[3])))
profile = api.learn(None, pages, outlet)
good = sum(isinstance(api.extract(page, outlet, profile), Article) for page in pages)
print(time.monotonic() - begun, time.process_time() - cpu, good)
"""

# Its own command for many addresses, in its best case: without images, and with `request_args`,
# since without them its step that
# collects the results fails for every page when there is more than one. It extracts in as many
# processes as there are cores.
PEER = """
import sys, time, logging, resource
logging.disable(logging.CRITICAL)
from newsplease import NewsPlease
def cpu():
    both = map(resource.getrusage, (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(used.ru_utime + used.ru_stime for used in both)
port, count = int(sys.argv[1]), int(sys.argv[2])
urls = [f"http://127.0.0.1:{port}/news/{n}-a-headline" for n in range(count)]
begun, spent, good = time.monotonic(), cpu(), 0
for first in range(0, count, 50):
    some = urls[first:first + 50]
    found = NewsPlease.from_urls(some, request_args={"timeout": 60}, fetch_images=False)
    good += sum(len(getattr(article, "maintext", None) or "") > 1000 for article in found.values())
print(time.monotonic() - begun, cpu() - spent, good)
"""


def _child(python: str, code: str, *arguments: object) -> tuple[float, float, int]:
    """Run a program; return its (wall seconds, CPU seconds, pages)."""
    done = subprocess.run(
        [python, "-c", code, *map(str, arguments)],
        check=True,
        capture_output=True,
        text=True,
        cwd=ROOT,
    )
    wall, cpu, count = done.stdout.split()[-3:]
    return float(wall), float(cpu), int(count)


def _job(folder: Path, port: int, count: int) -> Path:
    from crawlers import job as jobs
    from news.outlet import Door, DoorKind, Outlet, Pace

    outlet = Outlet(
        name="bench",
        region="bench",
        title="Bench",
        home=f"http://bench.localhost:{port}/",
        country="AZ",
        languages=("en",),
        timezone="Asia/Baku",
        doors=(Door(kind=DoorKind.FEED, url=f"http://bench.localhost:{port}/feed.json"),),
        pace=Pace(delay=0.0, concurrency=16, budget=count),
    )
    return jobs.save(
        jobs.CrawlJob(
            outlet=outlet, folder=folder, now=NOW, options=jobs.CrawlOptions(allow_loopback=True)
        )
    )


Rounds = dict[str, list[tuple[float, float]]]


def throughput(
    count: int, few: int, peer: str | None, rounds: int
) -> list[tuple[str, str, str, str]]:
    """Measure pages a second.

    Bare Scrapy and ours with WARC over `count` pages, our extraction and news-please over `few`;
    all in every round.
    """
    with (
        subprocess.Popen(
            [sys.executable, "-c", SERVER, str(count)], stdout=subprocess.PIPE, text=True
        ) as server,
        tempfile.TemporaryDirectory() as scratch,
    ):
        assert server.stdout is not None
        port, size = (int(part) for part in server.stdout.readline().split())
        found: Rounds = {"bare": [], "ours": [], "extract": [], "peer": []}
        for number in range(rounds):
            _round(found, Path(scratch) / str(number), port, (count, few), turn=number)
            if peer:
                wall, cpu, got = _child(peer, PEER, port, few)
                assert got > 0.9 * few, got
                found["peer"].append((wall / few, cpu / few))
        server.terminate()
    return _rows(found, size)


def _round(found: Rounds, folder: Path, port: int, counts: tuple[int, int], *, turn: int) -> None:
    """Let bare Scrapy and ours download the same pages, and extract some of ours.

    Seconds a page are added to `found`.
    """
    count, few = counts
    path = _job(folder, port, count)
    asked = path.read_text(encoding="utf-8")  # the crawl takes it away when it is done
    # The order is turned from round to round, so that neither always meets the warmer server.
    for what in (("bare", "ours"), ("ours", "bare"))[turn % 2]:
        wall, cpu, got = (
            _child(sys.executable, BARE, port, count)
            if what == "bare"
            else _child(sys.executable, OURS, path)
        )
        assert got == count, (what, got)
        found[what].append((wall / count, cpu / count))
    path.write_text(asked, encoding="utf-8")
    wall, cpu, got = _child(sys.executable, EXTRACT, folder / "pages.warc.gz", path, few)
    assert got > 0.9 * few, got
    found["extract"].append((wall / few, cpu / few))


def _rows(found: Rounds, size: int) -> list[tuple[str, str, str, str]]:
    """Return the table.

    Ratios are medians of the rounds' own ratios, so that a slow minute of the machine falls on both
    sides.
    """

    def rate(name: str) -> str:
        return f"{1 / statistics.median(wall for wall, _ in found[name]):.0f}"

    def spent(name: str) -> str:
        return f"{statistics.median(cpu for _, cpu in found[name]) * 1000:.2f}"

    whole = [
        (one[0] + two[0], one[1] + two[1])
        for one, two in zip(found["ours"], found["extract"], strict=True)
    ]
    found = found | {"whole": whole}
    rows = [
        ("bare Scrapy, downloads only", rate("bare"), spent("bare"), "1"),
        (
            f"Khabar's crawl with WARC ({size // 1000} kB pages)",
            rate("ours"),
            spent("ours"),
            f"{_ratios(found['bare'], found['ours'])} of bare Scrapy",
        ),
        (
            "Khabar's crawl, WARC and extraction",
            rate("whole"),
            spent("whole"),
            f"{_ratios(found['peer'], whole)} x news-please" if found["peer"] else "",
        ),
    ]
    if found["peer"]:
        rows.append(("news-please, download and extraction", rate("peer"), spent("peer"), "1"))
    return rows


def _ratios(theirs: list[tuple[float, float]], ours: list[tuple[float, float]]) -> str:
    """Say how two compare round by round: CPU (least to most), and wall."""
    pairs = list(zip(theirs, ours, strict=True))
    cpu = sorted(one[1] / two[1] for one, two in pairs)
    return (
        f"CPU {statistics.median(cpu):.2f} ({cpu[0]:.2f} to {cpu[-1]:.2f}), wall "
        f"{statistics.median(one[0] / two[0] for one, two in pairs):.2f}"
    )


START = """
import sys, time, resource
from pathlib import Path
begun = time.monotonic()
cpu = time.process_time()
from crawlers import engine, job
under = engine.prepare(job.load(Path(sys.argv[1])))
list(under.session.line_up())
most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
print(time.monotonic() - begun, time.process_time() - cpu, most)
"""


def start(known: int) -> tuple[float, float, int]:
    """Measure a start with so many known URLs: (wall seconds, CPU seconds, MB)."""
    from datetime import timedelta

    from news import codec
    from news.crawl import Known

    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        with (folder / "memory.jsonl").open("w", encoding="utf-8") as file:
            for number in range(known):
                url = (
                    f"https://bench.localhost/news/{number}"
                    "-a-headline-of-some-length-about-a-bridge"
                )
                item = Known(
                    outlet="bench",
                    url=url,
                    address=url,
                    first_seen=NOW,
                    last_fetched=NOW,
                    status=200,
                    digest="sha1:" + "A" * 32,
                    next_check=NOW + timedelta(days=1 if number % 50 else -1),
                    published=NOW,
                    door="https://bench.localhost/feed.json",
                )
                file.write(json.dumps({"known": codec.plain(item)}) + "\n")
        path = _job(folder, 80, 500)
        return _child(sys.executable, START, path)


def main() -> None:
    """Measure, print, and write where asked."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--pages", type=int, default=1500, help="0: only the month.")
    parser.add_argument("--extracted", type=int, default=200)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--peer")
    parser.add_argument("--month", type=float, default=0)
    parser.add_argument(
        "--month-result",
        type=Path,
        nargs="*",
        help="Results of tests/crawl_month.py --out, instead of playing it here.",
    )
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    from _table import machine, markdown, section

    if options.pages:
        few = min(options.pages, options.extracted)
        parts = [
            f"### Crawl\n\n{machine()}, in one run.\n",
            markdown(
                ("what", "pages/s", "CPU ms a page", "ratio"),
                throughput(options.pages, few, options.peer, options.rounds),
            ),
            f"\n{options.rounds} rounds; {options.pages} pages downloaded, {few} of them "
            "extracted and by news-please. The machine was shared with other work: trust "
            "ratios of CPU.",
        ]
        wall, cpu, megabytes = start(100_000)
        parts.append(
            f"\nA start with 100,000 known URLs of one outlet: {wall:.2f} s ({cpu:.2f} s "
            f"of CPU), {megabytes} MB."
        )
        section("crawl", "\n".join(parts), write=options.write)
    if rows := _played(options):
        section(
            "crawl-month",
            f"### A simulated month\n\n{machine()}.\n\n{_month(rows)}",
            write=options.write,
        )


def _played(options: argparse.Namespace) -> dict:
    """Return the figures of a simulated month by outlet: played now, or read from files.

    Nothing when neither was asked for.
    """
    rows: dict = {}
    for path in options.month_result or []:
        rows |= json.loads(path.read_text(encoding="utf-8"))
    if options.month:
        sys.path.insert(0, str(ROOT / "tests"))
        import crawl_month

        rows = crawl_month.run(options.month)
    return rows


def _month(rows: dict) -> str:
    """Return a month's table and what it says."""
    from _table import markdown

    total = {
        name: sum(row.get(name, 0) for row in rows.values())
        for name in rows[next(iter(rows))]
        if name not in {"missing", "strange", "states", "closest"}
    }
    lines = [
        (
            name,
            row["published"],
            row["missed"],
            row["twice"],
            f"{row['edits_seen']}/{row['edits']}",
            f"{row['deletions_seen']}/{row['deletions']}",
            row["requests"],
            row["allowed"],
        )
        for name, row in [*rows.items(), ("all", total)]
    ]
    head = (
        "outlet",
        "articles",
        "missed",
        "twice",
        "edits seen",
        "deletions seen",
        "requests",
        "1.3 an article + 30 a day",
    )
    above = [name for name, row in rows.items() if row["requests"] > row["allowed"]]
    close = (
        f", two requests never closer than {rows['slowly']['closest']:.2f} s where the "
        "Crawl-delay is 10 s"
        if "slowly" in rows
        else ""
    )
    return (
        "The press under a virtual clock, the crawler's own engine and plan.\n\n"
        f"{markdown(head, lines)}\n\n"
        f"Outlets asked more than that: {', '.join(above) or 'none'}. Pages fetched that "
        f"the press does not know: {total['strangers']}. "
        f"Requests against robots.txt: {total['forbidden']}{close}. Checks that had been "
        "planned after a change and came late or saw nothing: "
        f"{total['edits_planned_missed']} of {total['edits_planned']} (edits), "
        f"{total['deletions_planned_missed']} of {total['deletions_planned']} (deletions). "
        "The edits and deletions that were not seen came after an article's last planned "
        "look; silent edits lie an hour after publication, deletions about a day."
    )


if __name__ == "__main__":
    main()
