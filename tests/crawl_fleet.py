"""Many crawls in one child process, through the same code as one crawl's own process.

For tests of many outlets at once.
"""

import asyncio
import subprocess
import sys
from pathlib import Path

from crawlers import engine
from crawlers import job as jobs


def run(made: list[jobs.CrawlJob], *, at_once: int = 8, seconds: float = 300) -> None:
    """Crawl these jobs; each leaves its report in its folder."""
    paths = [str(jobs.save(job)) for job in made]
    subprocess.run(
        [sys.executable, "-P", __file__, str(at_once), *paths],
        check=True,
        timeout=seconds,
        env=jobs.environment(),
        cwd=Path(__file__).parents[1],
    )


async def _all(at_once: int, paths: list[str]) -> None:
    slots = asyncio.Semaphore(at_once)

    async def one(path: str) -> None:
        async with slots:
            await engine.crawl(engine.prepare(jobs.load(Path(path))))

    await asyncio.gather(*(one(path) for path in paths))


def main() -> None:
    """Run the jobs named on the command line."""
    from scrapy.utils.log import configure_logging
    from scrapy.utils.reactor import install_reactor

    configure_logging({"LOG_LEVEL": "ERROR"})
    install_reactor("twisted.internet.asyncioreactor.AsyncioSelectorReactor")
    from twisted.internet import task
    from twisted.internet.defer import Deferred

    task.react(
        lambda _: Deferred.fromFuture(asyncio.ensure_future(_all(int(sys.argv[1]), sys.argv[2:]))),
        [],
    )


if __name__ == "__main__":
    main()
