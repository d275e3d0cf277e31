"""The root of the crawlers' expected errors."""

from news.errors import KhabarError


class CrawlError(KhabarError):
    """A crawl cannot be run, and the message says why and what to do."""


class OutletFileError(CrawlError):
    """An outlet file says something that it may not; the message names file, line and key."""
