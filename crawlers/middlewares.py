"""Scrapy's middlewares of ours, where a Scrapy developer looks for them.

`Robots` stands in crawlers.download.robots, beside the turns that it slows down.
"""

from collections.abc import AsyncIterator
from typing import Any

from crawlers.download.robots import Robots

__all__ = ["KeptPages", "Robots"]


class KeptPages:
    """A spider middleware that yields as items what a crawl has kept (`-O pages.jsonl`)."""

    def __init__(self, crawler: Any) -> None:
        self._crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Any) -> "KeptPages":
        """Build for a crawler."""
        return cls(crawler)

    async def process_spider_output(
        self, response: Any, result: AsyncIterator[Any]
    ) -> AsyncIterator[Any]:
        """Yield what a callback yields, then the pages that were kept meanwhile."""
        del response
        async for found in result:
            yield found

        for item in self._crawler.spider.pop_items():
            yield item
