"""What was fetched, kept as WARC files: the face for those who read or prune them."""

from crawlers.warc.records import Exchange, Writer, read, read_pages, to_page
from crawlers.warc.retention import Pruned, find, prune

__all__ = ["Exchange", "Pruned", "Writer", "find", "prune", "read", "read_pages", "to_page"]
