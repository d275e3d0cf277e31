"""A small web server on loopback whose every answer a test decides.

Down to the bytes on the wire.
"""

import asyncio
import socket
import socketserver
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import pytest

from crawlers import engine
from crawlers import job as jobs
from crawlers.download.throttle import RealClock
from crawlers.options import CrawlJob, CrawlOptions, CrawlReport
from news.outlet import Door, DoorKind, Outlet, Pace

TLS_HELLO = b"\x16"  # it has no end of line: nobody is to wait for one
NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
# What these prove is the child process itself, and what is told to it.
BY_PROCESS = frozenset(
    {
        "test_crawl_job",
        "test_crawl_kill",
        "test_crawl_browser",
        "test_crawl_crash",
        "test_login",
    }
)


@pytest.fixture(scope="session")
def reactor_loop() -> Iterator[asyncio.AbstractEventLoop]:
    """The loop of Scrapy's reactor, which runs in a thread: a crawl costs no new interpreter."""
    from scrapy.utils.reactor import install_reactor

    install_reactor("twisted.internet.asyncioreactor.AsyncioSelectorReactor")
    from twisted.internet import reactor

    thread = threading.Thread(
        target=reactor.run, kwargs={"installSignalHandlers": False}, daemon=True
    )
    thread.start()
    yield reactor._asyncioEventloop
    reactor.callFromThread(reactor.stop)
    thread.join(10)


class HastyClock(RealClock):
    """Real time, in which nobody waits: a pause has passed as soon as it is made."""

    async def sleep(self, seconds: float) -> None:
        self._offset += max(seconds, 0.0)
        await asyncio.sleep(0)


@pytest.fixture(autouse=True)
def crawls_without_a_process(
    request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Crawl in this process, as simulations do, where the child process is not the matter.

    Where it is, it counts among what the tests have run.
    """
    monkeypatch.setattr(jobs, "_PASSED", (*jobs._PASSED, "COVERAGE_PROCESS_CONFIG"))
    if request.module.__name__.rpartition(".")[2] in BY_PROCESS:
        return

    def run(job: CrawlJob, *, progress: bool = True) -> CrawlReport:
        done = jobs.report_of(job.folder)
        if done is not None and (job.folder / "pages.warc.gz").exists():
            return done
        jobs.save(job)
        loop = request.getfixturevalue("reactor_loop")
        crawl = engine.crawl(engine.prepare(job, HastyClock(job.now)))
        asyncio.run_coroutine_threadsafe(crawl, loop).result(120)
        report = jobs.report_of(job.folder)
        assert report is not None
        return report

    monkeypatch.setattr(jobs, "run", run)


@dataclass
class Site:
    """Pages by path (query included); `raw` answers write bytes themselves.

    `log` holds (host, path, headers).
    """

    port: int = 0
    pages: dict[str, object] = field(default_factory=dict)
    log: list[tuple[str, str, dict[str, str]]] = field(default_factory=list)

    def url(self, path: str = "/", host: str = "outlet.localhost") -> str:
        return f"http://{host}:{self.port}{path}"

    def asked(self, path: str) -> int:
        return sum(item[1] == path for item in self.log)

    def page(
        self,
        path: str,
        body: str | bytes,
        kind: str = "text/html; charset=utf-8",
        status: int = 200,
        **headers: str,
    ) -> None:
        content = body.encode() if isinstance(body, str) else body
        self.pages[path] = (
            status,
            {
                "Content-Type": kind,
                **{name.replace("_", "-"): value for name, value in headers.items()},
            },
            content,
        )

    def raw(self, path: str, write: Callable[[socket.socket], None]) -> None:
        self.pages[path] = write

    def feed(self, path: str, links: list[str], host: str = "outlet.localhost") -> None:
        items = "".join(
            f"<item><title>T {link}</title><link>{self.url(link, host)}</link></item>"
            for link in links
        )
        self.page(
            path,
            '<?xml version="1.0"?><rss version="2.0"><channel><title>F</title>'
            f"{items}</channel></rss>",
            "application/rss+xml",
        )

    def article(self, path: str, words: str = "") -> None:
        self.page(
            path,
            f"<html><head><title>{path}</title></head><body><p>{words or path} text of an "
            "article.</p></body></html>",
        )


class _Handler(socketserver.StreamRequestHandler):
    def handle(self) -> None:
        while self._one():
            pass

    def _one(self) -> bool:
        try:
            if self.rfile.peek(1)[:1] == TLS_HELLO:
                return False
            line = self.rfile.readline(65536).decode("latin-1")
            headers = {}
            while header := self.rfile.readline(65536).decode("latin-1").strip():
                name, _, value = header.partition(":")
                headers[name.strip().lower()] = value.strip()
        except OSError:
            return False
        if not line.strip():
            return False
        path = line.split(" ")[1]
        site: Site = self.server.site
        host = headers.get("host", "")
        site.log.append((host, path, headers))
        answer = site.pages.get(f"{host}{path}", site.pages.get(path))
        if callable(answer):
            answer(self.request)
            return False
        status, fields, body = answer or (404, {"Content-Type": "text/plain"}, b"not here")
        head = "".join(
            f"{name}: {value}\r\n"
            for name, value in {"Content-Length": str(len(body)), **fields}.items()
        )
        self.wfile.write(f"HTTP/1.1 {status} X\r\n{head}\r\n".encode() + body)
        return True


class _Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True

    def handle_error(self, request: object, client_address: object) -> None:
        """Clients that hang up are what these tests are about."""


@pytest.fixture
def site() -> Iterator[Site]:
    with _Server(("127.0.0.1", 0), _Handler) as server:
        server.site = Site(port=server.server_address[1])
        thread = threading.Thread(
            target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True
        )
        thread.start()
        yield server.site
        server.shutdown()


@pytest.fixture
def outlet_of(site: Site):
    """Make an outlet over the site: doors as (kind, path) pairs."""

    def make(
        *doors: tuple[str, str] | Door,
        host: str = "outlet.localhost",
        name: str = "outlet",
        **fields: object,
    ) -> Outlet:
        made = tuple(
            door
            if isinstance(door, Door)
            else Door(kind=DoorKind(door[0]), url=site.url(door[1], host))
            for door in doors
        )
        return Outlet(
            **{
                "name": name,
                "region": "sample",
                "title": name,
                "home": site.url("/", host),
                "country": "AZ",
                "languages": ("en",),
                "timezone": "Asia/Baku",
                "doors": made,
                "pace": Pace(delay=0.0, concurrency=4),
                **fields,
            }
        )

    return make


@pytest.fixture
def job_of(tmp_path: Path):
    """Make a job in a fresh folder."""
    count = iter(range(1000))

    def make(
        outlet: Outlet, now: datetime = NOW, folder: Path | None = None, **options: object
    ) -> CrawlJob:
        folder = folder or tmp_path / f"run{next(count)}"
        folder.mkdir(parents=True, exist_ok=True)
        return CrawlJob(
            outlet=outlet,
            folder=folder,
            now=now,
            options=CrawlOptions(
                **{"allow_loopback": True, "timeout": 10.0, "seconds": 60.0, **options}
            ),
        )

    return make
