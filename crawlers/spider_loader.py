"""Scrapy's loader of spiders, with those that other packages offer by entry point."""

from importlib.metadata import entry_points

from scrapy import Spider
from scrapy.spiderloader import SpiderLoader as Stock

from crawlers.spider_names import GROUP


class SpiderLoader(Stock):
    """Spiders of crawlers/spiders, and of the entry points in `khabar.spiders`.

    See https://docs.scrapy.org/en/latest/topics/api.html#module-scrapy.spiderloader
    """

    def _load_all_spiders(self) -> None:
        """Load the project's own spiders, then those that are installed beside it."""
        super()._load_all_spiders()
        for point in entry_points(group=GROUP):
            offered = point.load()
            if not (isinstance(offered, type) and issubclass(offered, Spider)):
                msg = f"the entry point {point.name} of {GROUP} is no spider: {point.value}"
                raise TypeError(msg)

            self._spiders[point.name] = offered
