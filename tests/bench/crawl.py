"""The crawl against bare Scrapy and news-please on loopback, politeness off; a start with 100,000 known URLs; a simulated month.

`./khabar bench crawl [--write] [--pages N] [--peer PYTHON] [--month DAYS]`. PYTHON is the interpreter of an environment made from
requirements/bench.txt; without it news-please is left out. Ratios are of CPU-bound wall times in one run, the rounds taking turns.
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
words = [line for line in "haber xeber news port sea rail energy minister visit trade region border river school market price report plan bridge city".split()]
def page(number):
    rng.seed(number)
    paragraph = lambda: "<p>" + " ".join(rng.choice(words) for _ in range(70)) + ".</p>"
    menu = "".join(f'<li><a href="/s/{i}">{rng.choice(words)} {rng.choice(words)}</a></li>' for i in range(120))
    side = "".join(f'<div class="card"><a href="/news/{rng.randrange(count)}-a-headline"><img src="/i/{i}.jpg">{" ".join(rng.choice(words) for _ in range(9))}</a></div>' for i in range(60))
    body = "".join(paragraph() for _ in range(14))
    script = "<script>var d=" + json.dumps([rng.random() for _ in range(500)]) + "</script>"
    return (f'<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Headline {number}</title>'
            f'<meta property="article:published_time" content="2026-11-2{number % 2}T10:00:00+04:00"></head><body><nav><ul>{menu}</ul></nav>'
            f'<article><h1>Headline number {number} about the {rng.choice(words)}</h1>{body}</article><aside>{side}</aside>{script}</body></html>').encode()
pages = [page(number) for number in range(min(count, 300))]
answers = [b"HTTP/1.1 200 OK\\r\\nContent-Type: text/html; charset=utf-8\\r\\nContent-Length: %d\\r\\n\\r\\n" % len(body) + body for body in pages]
async def serve(reader, writer):
    port = writer.get_extra_info("sockname")[1]
    try:
        while True:
            head = await reader.readuntil(b"\\r\\n\\r\\n")
            path = head.split(b" ", 2)[1].decode()
            if path.startswith("/news/"):
                writer.write(answers[int(path[6:].split("-")[0]) % len(answers)])
            else:
                body = b"" if path == "/robots.txt" else json.dumps({"version": "https://jsonfeed.org/version/1.1", "items": [
                    {"id": str(n), "url": f"http://bench.localhost:{port}/news/{n}-a-headline"} for n in range(count)]}).encode()
                writer.write(b"HTTP/1.1 200 OK\\r\\nContent-Type: application/json\\r\\nContent-Length: %d\\r\\n\\r\\n" % len(body) + body)
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
process = CrawlerProcess({"LOG_LEVEL": "ERROR", "TELNETCONSOLE_ENABLED": False, "REMOTE_CONTROL_ENABLED": False, "CONCURRENT_REQUESTS": 16,
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
import sys, time
from pathlib import Path
from crawlers.warc import read_pages
from crawlers.job import load
from extract import api
from news.article import Article
outlet = load(Path(sys.argv[2])).outlet
begun, cpu = time.monotonic(), time.process_time()
pages = list(read_pages(Path(sys.argv[1])))
profile = api.learn(None, pages, outlet)
good = sum(isinstance(api.extract(page, outlet, profile), Article) for page in pages)
print(time.monotonic() - begun, time.process_time() - cpu, good)
"""

PEER = """
import sys, time, logging
logging.disable(logging.CRITICAL)
from newsplease import NewsPlease
port, count = int(sys.argv[1]), int(sys.argv[2])
urls = [f"http://127.0.0.1:{port}/news/{n}-a-headline" for n in range(count)]
begun, cpu = time.monotonic(), time.process_time()
found = NewsPlease.from_urls(urls)
print(time.monotonic() - begun, time.process_time() - cpu, sum(bool(article) for article in found.values()))
"""


def _child(python: str, code: str, *arguments: object) -> tuple[float, float, int]:
    """Run a program; return its (wall seconds, CPU seconds, pages)."""
    done = subprocess.run([python, "-c", code, *map(str, arguments)], check=True, capture_output=True, text=True, cwd=ROOT)
    wall, cpu, count = done.stdout.split()[-3:]
    return float(wall), float(cpu), int(count)


def _job(folder: Path, port: int, count: int) -> Path:
    from crawlers import job as jobs
    from news.outlet import Door, DoorKind, Outlet, Pace

    outlet = Outlet(name="bench", region="bench", title="Bench", home=f"http://bench.localhost:{port}/", country="AZ", languages=("en",), timezone="Asia/Baku",
                    doors=(Door(kind=DoorKind.FEED, url=f"http://bench.localhost:{port}/feed.json"),), pace=Pace(delay=0.0, concurrency=16, budget=count))
    return jobs.save(jobs.CrawlJob(outlet=outlet, folder=folder, now=NOW, options=jobs.CrawlOptions(allow_loopback=True)))


def throughput(count: int, peer: str | None, rounds: int) -> list[tuple[str, str, str, str]]:
    """Measure pages a second: bare Scrapy, ours with WARC, ours with extraction, news-please."""
    with subprocess.Popen([sys.executable, "-c", SERVER, str(count)], stdout=subprocess.PIPE, text=True) as server, tempfile.TemporaryDirectory() as scratch:
        assert server.stdout is not None
        port, size = (int(part) for part in server.stdout.readline().split())
        found: dict[str, list[tuple[float, float]]] = {"bare": [], "ours": [], "extract": []}
        for number in range(rounds):
            folder = Path(scratch) / str(number)
            path = _job(folder, port, count)
            # The order is turned from round to round, so that neither always meets the warmer server.
            for what in (("bare", "ours"), ("ours", "bare"))[number % 2]:
                wall, cpu, got = _child(sys.executable, BARE, port, count) if what == "bare" else _child(sys.executable, OURS, path)
                assert got == count, (what, got)
                found[what].append((wall, cpu))
        path = _job(Path(scratch) / "x", port, count)
        wall, cpu, got = _child(sys.executable, EXTRACT, Path(scratch) / "0" / "pages.warc.gz", path)
        assert got > 0.9 * count, got
        found["extract"].append((wall, cpu))
        few = min(count, 200)
        peers = [_child(peer, PEER, port, few)] if peer else []
        server.terminate()
    return _rates(found, peers, count, few, size)


def _rates(found: dict[str, list[tuple[float, float]]], peers: list[tuple[float, float, int]], count: int, few: int, size: int) -> list[tuple[str, str, str, str]]:
    cpu = {name: statistics.median(pair[1] for pair in pairs) / count for name, pairs in found.items()}
    wall = {name: statistics.median(pair[0] for pair in pairs) / count for name, pairs in found.items()}
    rows = [("bare Scrapy, downloads only", f"{1 / wall['bare']:.0f}", f"{cpu['bare'] * 1000:.2f}", "1"),
            (f"Khabar's crawl with WARC ({size // 1000} kB pages)", f"{1 / wall['ours']:.0f}", f"{cpu['ours'] * 1000:.2f}",
             f"{cpu['bare'] / cpu['ours']:.2f} of bare Scrapy (wall {wall['bare'] / wall['ours']:.2f})")]
    whole = cpu["ours"] + cpu["extract"]
    note = ""
    if peers:
        assert peers[0][2] > 0.9 * few, peers
        theirs = peers[0][1] / few
        note = f"{theirs / whole:.1f} x news-please (crawl alone {theirs / cpu['ours']:.1f} x)"
        rows.append(("news-please, download and extraction", f"{few / peers[0][0]:.1f}", f"{theirs * 1000:.1f}", "-"))
    rows.insert(2, ("Khabar's crawl, WARC and extraction", f"{1 / (wall['ours'] + wall['extract']):.0f}", f"{whole * 1000:.2f}", note))
    return rows


START = """
import sys, time, resource
from pathlib import Path
begun = time.monotonic()
cpu = time.process_time()
from crawlers import engine, job
under = engine.prepare(job.load(Path(sys.argv[1])))
list(under.session.line_up())
print(time.monotonic() - begun, time.process_time() - cpu, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)
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
                url = f"https://bench.localhost/news/{number}-a-headline-of-some-length-about-a-bridge"
                item = Known(outlet="bench", url=url, address=url, first_seen=NOW, last_fetched=NOW, status=200, digest="sha1:" + "A" * 32,
                             next_check=NOW + timedelta(days=1 if number % 50 else -1), published=NOW, door="https://bench.localhost/feed.json")
                file.write(json.dumps({"known": codec.plain(item)}) + "\n")
        path = _job(folder, 80, 500)
        return _child(sys.executable, START, path)


def main() -> None:
    """Measure, print, and write where asked."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--pages", type=int, default=1500)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--peer")
    parser.add_argument("--month", type=float, default=0)
    parser.add_argument("--month-result", type=Path, nargs="*", help="Results of tests/crawl_month.py --out, instead of playing it here.")
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    from _table import machine, markdown, section

    parts = [f"### Crawl\n\n{machine()}, in one run.\n", markdown(("what", "pages/s", "CPU ms a page", "ratio"), throughput(options.pages, options.peer, options.rounds))]
    wall, cpu, megabytes = start(100_000)
    parts.append(f"\nA start with 100,000 known URLs of one outlet: {wall:.2f} s ({cpu:.2f} s of CPU), {megabytes} MB.")
    parts += _month(options)
    section("crawl", "\n".join(parts), write=options.write)


def _month(options: argparse.Namespace) -> list[str]:
    """Return the table of a simulated month."""
    rows: dict = {}
    for path in options.month_result or []:
        rows |= json.loads(path.read_text(encoding="utf-8"))
    if options.month:
        sys.path.insert(0, str(ROOT / "tests"))
        import crawl_month

        rows = crawl_month.run(options.month)
    if not rows:
        return []
    from _table import markdown

    total = {name: sum(row.get(name, 0) for row in rows.values()) for name in ("published", "missed", "twice", "edits", "edits_seen", "edits_planned_missed",
                                                                            "deletions", "deletions_seen", "deletions_planned_missed", "requests", "forbidden")}
    lines = [(name, str(row["published"]), str(row["missed"]), str(row["twice"]), f"{row['edits_seen']}/{row['edits']}", f"{row['deletions_seen']}/{row['deletions']}",
              str(row["requests"]), str(row["allowed"])) for name, row in rows.items()]
    lines.append(("all", str(total["published"]), str(total["missed"]), str(total["twice"]), f"{total['edits_seen']}/{total['edits']}",
                  f"{total['deletions_seen']}/{total['deletions']}", str(total["requests"]), ""))
    head = ("outlet", "articles", "missed", "twice", "edits seen", "deletions seen", "requests", "1.3 an article + 30 a day")
    return ["\nA simulated month (the press under a virtual clock):\n", markdown(head, lines),
            f"\nPlanned checks that came late or saw nothing: {total['edits_planned_missed'] + total['deletions_planned_missed']}; "
            f"requests against robots.txt: {total['forbidden']}."]


if __name__ == "__main__":
    main()
