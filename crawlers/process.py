"""The crawl's own process: `python -P -m crawlers.process FOLDER/job.json [--parent=PID]`.

`--quiet` leaves its progress out. It ends when the process of that number is no longer its parent.
"""

import asyncio
import contextlib
import functools
import importlib
import inspect
import logging
import os
import signal
import sys
import traceback
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

from crawlers import job as jobs
from crawlers.errors import CrawlError

_WATCH = 2.0  # seconds between two looks whether the parent still lives


_PARENT = "--parent="


async def _run(path: Path, *, parent: int, progress: bool) -> int:
    """Crawl one job.

    It stops well at the first TERM or INT, at once at the second, and when the parent is gone.
    """
    from crawlers import sentry

    try:
        job = _with_login(jobs.load(path))
    except CrawlError as error:
        print(f"khabar: {error}", file=sys.stderr)
        return 1

    sentry.begin(job)

    try:
        await _crawl(job, parent=parent, progress=progress)
    except CrawlError as error:
        print(f"khabar: {error}", file=sys.stderr)
        return 1
    except Exception as error:  # noqa: BLE001
        # On standard output, which is the crawl's log: the parent's sentence is its last line.
        traceback.print_exception(error, file=sys.stdout)
        sentry.crashed(job, error)

        return jobs.CRASHED
    finally:
        sentry.end(job)

    return 0


def _with_login(job: jobs.CrawlJob) -> jobs.CrawlJob:
    """Return the job with the login that the parent hands over on standard input."""
    if not job.outlet.login:
        return job

    return replace(job, login=sys.stdin.read())


async def _crawl(job: jobs.CrawlJob, *, parent: int, progress: bool) -> None:
    """Crawl; signals and the parent's death stop it."""
    from crawlers import engine

    under = engine.prepare(job)
    loop = asyncio.get_running_loop()
    signals = 0

    def stop() -> None:
        """End the crawl in good order; at once when it is told so a second time."""
        nonlocal signals
        signals += 1
        if signals > 1:
            # What has been fetched is in the folder already; the next start takes it from there.
            os._exit(143)

        under.stop("stopped")

        if under.crawler is not None:
            # The crawl itself is awaited below.
            asyncio.ensure_future(under.crawler.stop_async())  # noqa: RUF006

    for sign in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(sign, stop)

    watch = asyncio.ensure_future(_parent_watch(parent, stop))

    try:
        await engine.crawl(under, progress=progress)
    finally:
        watch.cancel()


async def _parent_watch(parent: int, stop: Callable[[], None]) -> None:
    """Stop the crawl when the process that asked for it has died."""
    while os.getppid() == parent:  # noqa: ASYNC110  (nothing tells an orphan)
        await asyncio.sleep(_WATCH)

    stop()
    await asyncio.sleep(_WATCH)
    os._exit(143)


def _parent(options: list[str]) -> int:
    """Return the process that asked for the crawl: the one named, else our parent of now."""
    for option in options:
        if option.startswith(_PARENT):
            return int(option.removeprefix(_PARENT))

    return os.getppid()


@contextlib.contextmanager
def _quick_stacks() -> Iterator[None]:
    """Let what is imported meanwhile look at the stack without its lines of source.

    Scrapy asks for the stack when it declares a deprecated name, and uses the module's name alone;
    reading the source of every caller is a third of a small crawl's processor time.
    """
    whole = inspect.stack
    inspect.stack = functools.partial(whole, 0)
    try:
        yield
    finally:
        inspect.stack = whole


def main() -> None:
    """Run the job named on the command line."""
    with _quick_stacks():
        importlib.import_module("scrapy.core.downloader.handlers.http11")

    from scrapy.utils.log import configure_logging
    from scrapy.utils.reactor import install_reactor

    path, progress = Path(sys.argv[1]), "--quiet" not in sys.argv[2:]
    parent = _parent(sys.argv[2:])
    configure_logging({"LOG_LEVEL": "WARNING"})
    logging.getLogger("scrapy.core.scraper").setLevel(logging.ERROR)
    install_reactor("twisted.internet.asyncioreactor.AsyncioSelectorReactor")
    from twisted.internet import task
    from twisted.internet.defer import Deferred

    codes: list[int] = []

    async def begin() -> None:
        """Run the crawl in the reactor, and keep its exit code."""
        codes.append(await _run(path, parent=parent, progress=progress))

    try:
        task.react(lambda _: Deferred.fromFuture(asyncio.ensure_future(begin())), [])
    except SystemExit as end:
        sys.exit(codes[0] if codes else end.code)


if __name__ == "__main__":
    main()
