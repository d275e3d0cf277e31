"""A world drawn from a seed, read by the real pipeline under a virtual clock, and judged.

Each outlet is drafted by what `khabar outlets add` does, from its home address alone, and never
touched by hand. Then time is played: every half hour the outlets that are due are crawled,
extracted and loaded into an archive of their own. The judge knows the truth (worldjudge).

    python -P tests/crawl_world.py --seed 7 --days 3 [--only menu softgone] [--out FILE]
"""

import argparse
import asyncio
import contextlib
import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from unittest import mock

from crawlers import CrawlJob, engine, outlet_files
from crawlers import job as jobs
from crawlers.discovery import explore, visit_rounds
from pipeline import outlet_status, settings, stages
from pipeline.run import crawl, run_folder, run_record, try_outlet
from pipeline.run.page_reader import PageReaders
from press.drawn.desk import DrawnDesk
from press.drawn.kinds import KINDS
from press.drawn.world import World
from storage import upkeep

# `-P` keeps them off; the root first: tests/dedupe must not stand in for dedupe.
_TESTS = Path(__file__).resolve().parent
sys.path[:0] = [str(_TESTS.parent), str(_TESTS)]
import worldjudge  # noqa: E402
from crawl_month import START, VirtualClock  # noqa: E402

TICK = timedelta(minutes=30)
_FAST = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
_MEMORY = "/dev/shm"  # noqa: S108 - where files cost no disk


@dataclass
class Diary:
    """What the bench noted of one outlet while it played."""

    doors: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    samples: int = 0
    visit: int = 0  # requests of the draft
    states: list[tuple[datetime, str, str]] = field(default_factory=list)
    planned: dict[str, list[tuple[datetime, datetime | None]]] = field(
        default_factory=lambda: defaultdict(list)
    )  # (fetched, next check) by canonical URL
    health: str = ""
    told: str = ""  # the note beside the health


class Play:
    """One world at play: the press in a process, an archive, folders."""

    def __init__(self, seed: int, only: tuple[str, ...], work: Path) -> None:
        self.work = work
        self.world = World(seed, START, only)
        self.port = _free_port()
        self.desks = {
            name: DrawnDesk(outlet, self.port) for name, outlet in self.world.outlets.items()
        }
        self.diaries = {name: Diary() for name in self.world.outlets}
        command = [sys.executable, "-P", "-m", "press", "drawn", "--port", str(self.port)]
        command += ["--home", str(work / "press"), "--seed", str(seed), "--now", START.isoformat()]
        command += ["--only", *only] if only else []
        self.press = subprocess.Popen(command, stdout=subprocess.PIPE)
        assert self.press.stdout is not None
        self.press.stdout.readline()
        self.server = upkeep.start_server(work / "postgres", settings=_FAST)
        self.url = upkeep.create_database(self.server, "world")
        upkeep.migrate(self.url)
        self.settings = settings.read(
            {
                "KHABAR_HOME": str(work / "home"),
                "KHABAR_OUTLETS": str(work / "outlets"),
                "KHABAR_ALLOW_LOOPBACK": "1",
                "KHABAR_DATABASE_URL": self.url,
            }
        )

    def close(self) -> None:
        """Stop the press and the archive's server."""
        self.press.terminate()
        self.press.wait(10)
        assert self.press.stdout is not None
        self.press.stdout.close()
        with contextlib.suppress(Exception):
            upkeep.stop_server(self.work / "postgres")

    def log(self) -> dict[str, list[tuple[datetime, str]]]:
        """Return each outlet's requests: when, path and query."""
        held: dict[str, list[tuple[datetime, str]]] = defaultdict(list)
        text = (self.work / "press" / "access.jsonl").read_text(encoding="utf-8")
        for line in map(json.loads, text.splitlines()):
            at = datetime.fromisoformat(line["t"])
            held[line["host"].removesuffix(".localhost")].append((at, line["path"]))
        return held

    # ---- the drafts

    async def draft(self) -> None:
        """Draft every outlet as `khabar outlets add --yes` does."""
        loop = asyncio.get_running_loop()

        def run(job: CrawlJob, *, progress: bool = True) -> Any:
            jobs.save(job)  # makes the folder
            crawled = engine.crawl(engine.prepare(job, VirtualClock(job.now)))
            return asyncio.run_coroutine_threadsafe(crawled, loop).result()

        hasty = SimpleNamespace(sleep=lambda _seconds: None, time=time.time)
        hasty.monotonic = time.monotonic
        with mock.patch.object(jobs, "run", run), mock.patch.object(visit_rounds, "time", hasty):
            for name in self.world.outlets:
                await asyncio.to_thread(self._draft, name)
        for name, requests in self.log().items():
            self.diaries[name].visit = len(requests)

    def _draft(self, name: str) -> None:
        diary = self.diaries[name]
        desk = self.desks[name]
        home = desk.shape.places[0].path if desk.shape.kind == "telegram" else "/"
        folder = self.work / "visits" / name
        folder.mkdir(parents=True)
        options = crawl.options(self.settings)
        try:
            draft = explore.visit(
                desk.pages.root + home, folder, START, options, region="drawn", name=name
            )
        except Exception as error:  # a draft that fails is a finding of its own
            if os.environ.get("WORLD_TRACE"):
                raise
            diary.notes.append(f"draft failed: {type(error).__name__}: {error}")
            return
        text = explore.as_toml(draft.outlet, draft.notes)
        path = self.work / "outlets" / "drawn" / f"{name}.toml"
        path.parent.mkdir(parents=True, exist_ok=True)
        outlet_files.parse_outlet(text, path)
        path.write_text(text, encoding="utf-8")
        diary.notes += draft.notes
        diary.doors = [f"{door.kind} {door.url}" for door in draft.outlet.doors]
        diary.samples = len(
            try_outlet.show_samples(draft.outlet, draft.samples, lambda _line: None)
        )

    # ---- the days

    async def days(self, days: float) -> None:
        """Play so many days, and keep what is shown of each outlet at their end."""
        at, until = START, START + timedelta(days=days)
        drafted = any(diary.doors for diary in self.diaries.values())
        with PageReaders() as readers:
            while drafted and at < until:
                await self._pass(at, readers)
                at += TICK
        if drafted:
            self._status(until)

    async def _pass(self, at: datetime, readers: PageReaders) -> None:
        begun = stages.begin(self.settings, now=at)
        name = begun["run"]
        folder = run_folder.find(self.settings.runs, name)
        if begun["outlets"]:
            for part in run_record.begun_outlets(folder):
                await self._crawl(part, name, at)
                stages.extract(self.settings, name, part.outlet, readers)
            stages.dedupe(self.settings, name)
            stages.load(self.settings, name)
            report = stages.finish(self.settings, name)
            for outlet, row in report["outlets"].items():
                self.diaries[outlet].states.append((at, row["state"], row["note"]))
        shutil.rmtree(folder.path)

    async def _crawl(self, part: run_folder.OutletFolder, run: str, at: datetime) -> None:
        options = crawl.options(self.settings, run=run, tries=2)
        outlet = run_record.read_outlet(part)
        job = CrawlJob(outlet=outlet, folder=part.path, now=at, options=options)
        await engine.crawl(engine.prepare(job, VirtualClock(at)))
        planned = self.diaries[part.outlet].planned
        for line in part.crawled.read_text(encoding="utf-8").splitlines():
            known = json.loads(line).get("known")
            if known and known.get("last_fetched"):
                check = known.get("next_check")
                planned[known["url"]].append((_moment(known["last_fetched"]), _moment(check)))

    def _status(self, until: datetime) -> None:
        outlets, _ = outlet_files.load_all(self.settings.outlets)
        for name, status in outlet_status.read(self.settings, outlets, until).items():
            self.diaries[name].health = str(status.judgement.condition)
            self.diaries[name].told = status.judgement.note


def _moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextlib.contextmanager
def _folder() -> Iterator[Path]:
    base = _MEMORY if os.path.isdir(_MEMORY) else None  # noqa: PTH112
    work = Path(tempfile.mkdtemp(prefix="khabar-world-", dir=base))
    try:
        yield work
    finally:
        shutil.rmtree(work, ignore_errors=True)


async def _main(options: argparse.Namespace) -> dict[str, Any]:
    with _folder() as work:
        play = Play(options.seed, tuple(options.only or ()), work)
        try:
            await play.draft()
            await play.days(options.days)
            return worldjudge.judge(play, START + timedelta(days=options.days))
        finally:
            play.close()


def run(seed: int, days: float, only: list[str], *, seconds: float = 3000) -> dict[str, Any]:
    """Play a world in a child process; return its figures."""
    with tempfile.NamedTemporaryFile("r", suffix=".json") as out:
        command = [sys.executable, "-P", __file__, "--seed", str(seed), "--days", str(days)]
        command += ["--out", out.name, *(["--only", *only] if only else [])]
        subprocess.run(command, check=True, timeout=seconds, cwd=Path(__file__).parents[1])
        return dict(json.load(out))


def main() -> None:
    """Play a world and print how it was read."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, required=True)
    parser.add_argument("--days", type=float, default=3)
    parser.add_argument("--only", nargs="*", choices=sorted(KINDS))
    parser.add_argument("--out", type=Path)
    options = parser.parse_args()
    from scrapy.utils.log import configure_logging
    from scrapy.utils.reactor import install_reactor

    configure_logging({"LOG_LEVEL": "ERROR"})
    install_reactor("twisted.internet.asyncioreactor.AsyncioSelectorReactor")
    from twisted.internet import task
    from twisted.internet.defer import Deferred

    results: list[dict[str, Any]] = []

    async def go() -> None:
        results.append(await _main(options))

    try:
        task.react(lambda _: Deferred.fromFuture(asyncio.ensure_future(go())), [])
    except SystemExit as error:
        if error.code or not results:
            raise
    if options.out:
        options.out.write_text(json.dumps(results[0], default=str, indent=1), encoding="utf-8")
    print(worldjudge.table(results[0]))


if __name__ == "__main__":
    main()
