"""The root of the crawlers' expected errors."""

from news.errors import KhabarError


class CrawlError(KhabarError):
    """A crawl cannot be run, and the message says why and what to do."""


class OutletFileError(CrawlError):
    """An outlet file says something that it may not; the message names file, line and key.

    `outlet`: the name that the file would give its outlet; empty where another has it already.
    """

    def __init__(self, message: str, *, outlet: str = "") -> None:
        super().__init__(message)
        self.outlet = outlet


class CrashedError(CrawlError):
    """A crawl's process broke down on a defect of ours.

    `reported`: it has told Sentry itself, with the trace that only it has.
    """

    def __init__(self, message: str, *, reported: bool) -> None:
        super().__init__(message)
        self.reported = reported
