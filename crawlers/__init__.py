"""The crawl: polls the doors of an outlet and fetches its articles, politely and restartably.

This is the face of the room: what a crawl is asked, how it is run, what it says it has done. Beside
it other rooms enter through `crawlers.outlet_files` (outlets' files), `crawlers.warc` (reading what
was fetched), `crawlers.warc.import_files` (other people's WARC files),
`crawlers.discovery.explore` (a first visit to a site) and `crawlers.commands` (Scrapy's own).
"""

from crawlers.due_outlets import due, due_at
from crawlers.errors import CrashedError, CrawlError, OutletFileError
from crawlers.job import load, report_of, run, save
from crawlers.options import CrawlJob, CrawlOptions, CrawlReport, DoorReport
from crawlers.page_text import may_be_wall
from crawlers.public_addresses import is_public
from crawlers.sample_hosts import is_sample
from crawlers.scope import Scope
from crawlers.teaching import taught

__all__ = [
    "CrashedError",
    "CrawlError",
    "CrawlJob",
    "CrawlOptions",
    "CrawlReport",
    "DoorReport",
    "OutletFileError",
    "Scope",
    "due",
    "due_at",
    "is_public",
    "is_sample",
    "load",
    "may_be_wall",
    "report_of",
    "run",
    "save",
    "taught",
]
