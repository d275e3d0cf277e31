"""Scrapy's settings for every spider of the project, under the names that Scrapy gives them.

A crawl of the house adds what its job says (`crawlers.engine`), `OutletSpider.custom_settings` what
a crawl needs that keeps bytes as they were received; `./khabar scrapy` adds what a person set. Each
of Scrapy's components that is replaced or left out is named here or there with its reason;
docs/crawlers.md has the table.
"""

from crawlers.download.robots import AGENT

VERSION = "0.1"

BOT_NAME = "khabar"
USER_AGENT = f"{AGENT}/{VERSION} (news monitor)"
SPIDER_MODULES = ["crawlers.spiders"]
NEWSPIDER_MODULE = "crawlers.spiders"
SPIDER_LOADER_CLASS = "crawlers.spider_loader.SpiderLoader"
TWISTED_REACTOR = "twisted.internet.asyncioreactor.AsyncioSelectorReactor"
# Every name is resolved once, and every address judged before a connection is made to it.
TWISTED_DNS_RESOLVER = "crawlers.download.guard.GuardedResolver"

LOG_LEVEL = "WARNING"
LOG_VERSIONS: list[str] = []
STATS_DUMP = False
TELNETCONSOLE_ENABLED = False
REMOTE_CONTROL_ENABLED = False
WARN_ON_GENERATOR_RETURN_VALUE = False

# Turns, retries and names for failures around Scrapy's own handler: stock Retry knows neither
# Retry-After nor why a host failed, and stock slots count the pause from the request's start.
DOWNLOAD_HANDLERS = {
    "http": "crawlers.download.handler.PoliteHandler",
    "https": "crawlers.download.handler.PoliteHandler",
    "file": None,
    "ftp": None,
    "s3": None,
    "data": None,
}
DOWNLOAD_TIMEOUT = 60.0
DOWNLOAD_MAXSIZE = 64 << 20
DOWNLOAD_WARNSIZE = 0
DOWNLOAD_FAIL_ON_DATALOSS = True
DOWNLOAD_DELAY = 0  # the pacer's, by host and by robots.txt
DOWNLOAD_DELAY_JITTER = 0
DOWNLOAD_VERIFY_CERTIFICATES = True
CONCURRENT_REQUESTS = 16
CONCURRENT_ITEMS = 1
SCHEDULER_PRIORITY_QUEUE = "scrapy.pqueues.ScrapyPriorityQueue"
SCHEDULER_MEMORY_QUEUE = "scrapy.squeues.FifoMemoryQueue"

# Stock RobotsTxt has no Crawl-delay, asks anew in every process, and takes a 5xx for leave.
ROBOTSTXT_OBEY = False
COOKIES_ENABLED = False
DOWNLOADER_MIDDLEWARES = {
    "crawlers.download.robots.Robots": 100,
    "scrapy.downloadermiddlewares.robotstxt.RobotsTxtMiddleware": None,
    # The handler tries again, in the host's own turn.
    "scrapy.downloadermiddlewares.retry.RetryMiddleware": None,
    # Environment variables of a proxy would lead around the guard of addresses.
    "scrapy.downloadermiddlewares.httpproxy.HttpProxyMiddleware": None,
    # A page's words are never a command to fetch another.
    "scrapy.downloadermiddlewares.redirect.MetaRefreshMiddleware": None,
}

KHABAR_TRIES = 3
KHABAR_ALLOW_LOOPBACK = False
KHABAR_LOOPBACK_PORTS: list[int] = []
CONTACT = ""
KHABAR_CHROMIUM = ""
KHABAR_PROGRESS = False
OUTLET_FILES = ""  # a folder of outlet files; empty: those that come with the project
