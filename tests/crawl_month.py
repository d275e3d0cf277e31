"""A simulated month: the press under a virtual clock, the real crawler, minutes of real time.

Outlets are crawled one after another in the order in which they fall due, each crawl through the
same engine, spider and plan as in production; only the clock is another: sleeping moves virtual
time on. Judged by the press's truth and its access log.
"""

import argparse
import asyncio
import heapq
import http.client
import itertools
import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from crawlers import due_outlets, engine
from crawlers import outlet_files as registry
from crawlers.options import CrawlJob, CrawlOptions
from crawlers.warc import records
from news import codec
from news.crawl import DoorState, Known
from news.outlet import Outlet
from news.urls import canonical

# where files cost no disk: a month makes a hundred thousand small ones
_MEMORY = "/dev/shm"  # noqa: S108
START = datetime(2026, 3, 1, tzinfo=UTC)


class Press:
    """A press of our own, on a clock that stands until it is set."""

    def __init__(self, home: Path, roster: str, now: datetime = START) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.home = home
        command = [
            sys.executable,
            "-P",
            "-m",
            "press",
            "serve",
            "--port",
            str(self.port),
            "--home",
            str(home),
            "--roster",
            roster,
            "--now",
            now.isoformat(),
        ]
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE)
        assert self.process.stdout is not None
        self.process.stdout.readline()
        self._line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)

    def set(self, moment: datetime) -> None:
        """Set the press's clock."""
        for _ in range(2):
            try:
                self._line.request(
                    "POST",
                    "/_press/clock",
                    json.dumps({"now": moment.isoformat(), "speed": 0}),
                    {"Host": "127.0.0.1"},
                )
                self._line.getresponse().read()
            except (http.client.HTTPException, OSError):
                self._line.close()
                continue
            return

    def truth(self, until: datetime) -> list[dict]:
        """Return what was published."""
        self.set(until)
        self._line.request("GET", "/_press/truth", headers={"Host": "127.0.0.1"})
        return [json.loads(line) for line in self._line.getresponse().read().splitlines()]

    def log(self) -> list[dict]:
        """Return the access log."""
        return [
            json.loads(line)
            for line in (self.home / "access.jsonl").read_text(encoding="utf-8").splitlines()
        ]

    def close(self) -> None:
        """Stop the press."""
        self._line.close()
        self.process.terminate()
        self.process.wait(10)
        assert self.process.stdout is not None
        self.process.stdout.close()


class VirtualClock:
    """Sleeping moves the time on; each request tells the press what time it is."""

    def __init__(self, now: datetime) -> None:
        self._now = now.timestamp()

    def now(self) -> float:
        return self._now

    async def sleep(self, seconds: float) -> None:
        self._now += max(seconds, 0.0)

    def stamp(self) -> dict[str, str]:
        return {"Press-Now": datetime.fromtimestamp(self._now, UTC).isoformat()}


@dataclass
class Archive:
    """What the house would remember of one outlet."""

    outlet: Outlet
    known: dict[str, Known] = field(default_factory=dict)
    doors: dict[str, DoorState] = field(default_factory=dict)
    seen: dict[str, list[tuple[datetime, int, bool]]] = field(
        default_factory=lambda: defaultdict(list)
    )  # (when, status, unchanged) by canonical URL
    planned: dict[str, list[tuple[datetime, datetime | None]]] = field(
        default_factory=lambda: defaultdict(list)
    )  # (fetched, next check)
    states: Counter = field(default_factory=Counter)
    lines: dict[str, str] = field(default_factory=dict)

    def write(self, folder: Path) -> None:
        with (folder / "memory.jsonl").open("w", encoding="utf-8") as file:
            file.writelines(self.lines.values())

    def take(self, folder: Path) -> None:
        for line in (folder / "crawl.jsonl").read_text(encoding="utf-8").splitlines():
            held = json.loads(line)
            if "known" in held:
                known = codec.build(Known, held["known"], "")
                self.known[known.url] = known
                self.lines[known.url] = line + "\n"
                if known.last_fetched:
                    self.planned[known.url].append((known.last_fetched, known.next_check))
            else:
                door = codec.build(DoorState, held["door"], "")
                self.doors[door.url] = door
                self.lines["door " + door.url] = line + "\n"
        for exchange in records.read(folder / "pages.warc.gz"):
            # An article that has moved is archived under the name it is known by.
            name = exchange.known_as or canonical(exchange.asked)
            self.seen[name].append(
                (exchange.fetched_at, exchange.status, exchange.unchanged_since is not None)
            )

    def due(self, now: datetime) -> datetime:
        check = min(
            (known.next_check for known in self.known.values() if known.next_check), default=None
        )
        at = (
            due_outlets.due_at(
                self.outlet, self.doors, check + timedelta(minutes=10) if check else None
            )
            or now
        )
        return max(at, now + timedelta(minutes=1))


async def play(
    press: Press,
    outlets: list[Outlet],
    until: datetime,
    work: Path,
    out: Path | None = None,
    *,
    every: float = 0.0,
) -> dict[str, Archive]:
    """Let the crawler live through the time up to `until`.

    Every third day's figures go to `out`. `every`: minutes between two runs; an outlet that is due
    waits for the next one. Without them it is crawled at the moment it falls due.
    """
    archives = {outlet.name: Archive(outlet) for outlet in outlets}
    tie = itertools.count()
    queue = [
        (_run_after(START + timedelta(minutes=7 * number), every), next(tie), outlet.name)
        for number, outlet in enumerate(outlets)
    ]
    heapq.heapify(queue)
    began, crawls, shown = time.monotonic(), 0, START
    while queue and queue[0][0] < until:
        at, _, name = heapq.heappop(queue)
        archive = archives[name]
        folder = work / name / str(crawls)
        folder.mkdir(parents=True)
        archive.write(folder)
        job = CrawlJob(
            outlet=archive.outlet,
            folder=folder,
            now=at,
            options=CrawlOptions(allow_loopback=True, tries=2),
        )
        clock = VirtualClock(at)
        report = await engine.crawl(engine.prepare(job, clock))
        archive.take(folder)
        archive.states[str(report.state)] += 1
        for name_, count in report.faults.items():
            archive.states[f"fault:{name_}"] += count
        shutil.rmtree(folder)
        crawls += 1
        due = archive.due(datetime.fromtimestamp(clock.now(), UTC))
        heapq.heappush(queue, (_run_after(due, every), next(tie), name))
        if at - shown >= timedelta(days=1):
            shown = at
            if out is not None and (at - START).days % 3 == 0:
                out.write_text(  # noqa: ASYNC240
                    json.dumps(
                        {"day": (at - START).days, "rows": judge(press, archives, at)}, default=str
                    ),
                    encoding="utf-8",
                )
            print(
                f"month: day {(at - START).days}, {crawls} crawls, "
                f"{time.monotonic() - began:.0f} s",
                file=sys.stderr,
                flush=True,
            )
    return archives


def _run_after(due: datetime, every: float) -> datetime:
    """Return when the next of the runs begins that come so many minutes apart."""
    if not every:
        return due
    step = timedelta(minutes=every)
    return START + -((START - due) // step) * step


def judge(press: Press, archives: dict[str, Archive], until: datetime) -> dict:
    """Return the figures of the month, by outlet and over all."""
    truth = [line for line in press.truth(until) if line["outlet"] in archives]
    log = press.log()
    days = (until - START).total_seconds() / 86_400
    rows = {}
    for name, archive in archives.items():
        rows[name] = _judge(archive, [line for line in truth if line["outlet"] == name], until)
        hosts = {f"{name}.localhost", f"m.{name}.localhost", *archive.outlet.hosts}
        own = [line for line in log if line["host"] in hosts]
        published = sum(line["outlet"] == name for line in truth)
        rows[name] |= {
            "requests": len(own),
            "unchanged": sum(line["status"] == 304 for line in own),
            "crawls": sum(
                count for name_, count in archive.states.items() if not name_.startswith("fault:")
            ),
            "allowed": round(1.3 * published + 30 * days),
            "states": dict(archive.states),
            "robots": sum(line["path"] == "/robots.txt" for line in own),
            "forbidden": sum(line["path"].startswith(("/search", "/admin")) for line in own),
            "closest": _closest(own),
        }
    return rows


def _closest(own: list[dict]) -> float:
    """Return the shortest time between two requests, in seconds."""
    times = sorted(datetime.fromisoformat(line["t"]) for line in own)
    return min(
        ((right - left).total_seconds() for left, right in itertools.pairwise(times)), default=0.0
    )


def _judge(archive: Archive, truth: list[dict], until: datetime) -> dict:
    row = Counter(
        published=0,
        missed=0,
        twice=0,
        edits=0,
        edits_seen=0,
        edits_planned=0,
        edits_planned_missed=0,
        deletions=0,
        deletions_seen=0,
        deletions_planned=0,
        deletions_planned_missed=0,
    )
    missed = []
    fetched = {
        url for url, seen in archive.seen.items() if any(status == 200 for _, status, _ in seen)
    }
    claimed = Counter()
    for line in truth:
        names = {canonical(line["url"]), canonical(line["url_now"])}
        ours = names & fetched
        claimed.update(ours)
        published = datetime.fromisoformat(line["published"])
        deleted = datetime.fromisoformat(line["deleted"]) if line["deleted"] else None
        if published > until - timedelta(days=1) or not line["reachable"]:
            continue
        row["published"] += 1
        row["twice"] += len(ours) > 1
        if not ours:
            row["missed"] += 1
            missed.append((line["url"], line["published"], line["deleted"]))
            continue
        seen = sorted(itertools.chain.from_iterable(archive.seen[url] for url in ours))
        planned = sorted(
            itertools.chain.from_iterable(
                archive.planned[url] for url in names if url in archive.planned
            ),
            key=lambda pair: pair[0],
        )
        for kind, moments in (
            ("edits", [datetime.fromisoformat(edit["at"]) for edit in line["edits"]]),
            ("deletions", [deleted] if deleted else []),
        ):
            for at in moments:
                _change(row, kind, at, seen, planned, deleted, until)
    row["strangers"] = len(fetched - set(claimed))
    return dict(row) | {"missing": missed[:5], "strange": sorted(fetched - set(claimed))[:5]}


def _change(  # noqa: PLR0917
    row: Counter,
    kind: str,
    at: datetime,
    seen: list,
    planned: list,
    deleted: datetime | None,
    until: datetime,
) -> None:
    """Count one edit or deletion.

    Whether it was seen, and whether a check that the plan had promised after it saw it.
    """
    if seen[0][0] > at or at > until - timedelta(days=1):
        return  # changed before we had it, or too late to tell
    row[kind] += 1
    after = [
        item
        for item in seen
        if item[0] >= at
        and (item[1] in {404, 410} if kind == "deletions" else item[1] == 200 and not item[2])
    ]
    row[f"{kind}_seen"] += bool(after)
    promise = next((check for fetched, check in reversed(planned) if fetched <= at), None)
    late = deleted if kind == "edits" and deleted else until - timedelta(hours=6)
    if promise is not None and promise >= at and promise < late - timedelta(hours=2):
        row[f"{kind}_planned"] += 1
        kept = bool(after) and after[0][0] <= promise + timedelta(hours=2)
        row[f"{kind}_planned_missed"] += not kept


def table(rows: dict) -> str:
    """Return the figures as text."""
    names = (
        "published",
        "missed",
        "twice",
        "strangers",
        "edits",
        "edits_seen",
        "edits_planned_missed",
        "deletions",
        "deletions_seen",
        "deletions_planned_missed",
        "requests",
        "allowed",
        "forbidden",
    )
    lines = [f"{'outlet':10}" + "".join(f"{name[:12]:>13}" for name in names)]
    for outlet, row in rows.items():
        lines.append(f"{outlet:10}" + "".join(f"{row.get(name, 0):>13}" for name in names))
    return "\n".join(lines)


async def _main(options: argparse.Namespace) -> dict:
    work = Path(
        tempfile.mkdtemp(
            prefix="khabar-month-",
            dir=_MEMORY if os.path.isdir(_MEMORY) else None,  # noqa: ASYNC240, PTH112
        )
    )
    press = Press(work / "press", options.roster)
    try:
        from press import outlet_files
        from press.rosters import roster

        outlet_files.write(roster(options.roster), work / "outlets", press.port)
        outlets = [
            outlet
            for outlet in registry.load_outlets(work / "outlets")
            if not options.only or outlet.name in options.only
        ]
        until = START + timedelta(days=options.days)
        interim = options.out.with_suffix(".interim.json") if options.out else None
        archives = await play(press, outlets, until, work / "runs", interim, every=options.every)
        return judge(press, archives, until)
    finally:
        press.close()
        shutil.rmtree(work, ignore_errors=True)


def run(
    days: float, only: list[str] | None = None, *, seconds: float = 3000, every: float = 0.0
) -> dict:
    """Play a month (or some days) in a child process; return its figures by outlet."""
    with tempfile.NamedTemporaryFile("r", suffix=".json") as out:
        command = [
            sys.executable,
            "-P",
            __file__,
            "--days",
            str(days),
            "--every",
            str(every),
            "--out",
            out.name,
            *(["--only", *only] if only else []),
        ]
        subprocess.run(command, check=True, timeout=seconds, cwd=Path(__file__).parents[1])
        return json.load(out)


def main() -> None:
    """Play a month and print its figures."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--days", type=float, default=30)
    parser.add_argument("--roster", default="month")
    parser.add_argument("--only", nargs="*")
    parser.add_argument("--every", type=float, default=0.0, help="minutes between two runs")
    parser.add_argument("--out", type=Path)
    options = parser.parse_args()
    from scrapy.utils.log import configure_logging
    from scrapy.utils.reactor import install_reactor

    configure_logging({"LOG_LEVEL": "ERROR"})
    install_reactor("twisted.internet.asyncioreactor.AsyncioSelectorReactor")
    from twisted.internet import task
    from twisted.internet.defer import Deferred

    results: list[dict] = []

    async def go() -> None:
        results.append(await _main(options))

    try:
        task.react(lambda _: Deferred.fromFuture(asyncio.ensure_future(go())), [])
    except SystemExit as error:
        if error.code or not results:
            raise
    if options.out:
        options.out.write_text(json.dumps(results[0], default=str), encoding="utf-8")
    print(table(results[0]))
    for name, row in results[0].items():
        print(name, row["states"], "closest", row["closest"], *row["missing"], *row["strange"])


if __name__ == "__main__":
    main()
