"""Errors of a crawl reach a human: Sentry in the crawl's own process, off without a DSN."""

import contextlib
import traceback
from typing import Any

from crawlers.options import CrawlJob
from news import scrub


def begin(job: CrawlJob) -> None:
    """Start reporting, tagged with outlet, stage and run; nothing without a DSN."""
    if not job.options.sentry_dsn:
        return

    import sentry_sdk

    sentry_sdk.init(
        dsn=job.options.sentry_dsn,
        before_send=_scrubbed,
        include_local_variables=False,
        include_source_context=False,
        send_default_pii=False,
        max_request_body_size="never",
        max_breadcrumbs=0,
        auto_session_tracking=False,
        server_name="",
        release="khabar",
        default_integrations=True,
    )

    for name, value in (("outlet", job.outlet.name), ("stage", "crawl"), ("run", job.options.run)):
        sentry_sdk.set_tag(name, value)


def _scrubbed(event: Any, hint: Any) -> Any:
    """Return what may leave the house."""
    del hint

    return scrub.event(event)


def crashed(job: CrawlJob, error: BaseException) -> None:
    """Report what ended the crawl.

    A retry that ends in the same way in the same folder says nothing new.
    """
    if not job.options.sentry_dsn:
        return

    import sentry_sdk

    last = traceback.extract_tb(error.__traceback__)[-1:]
    places = [(frame.filename, frame.lineno) for frame in last]
    words = f"{type(error).__name__} {places}"
    mark = job.folder / ".crashed"

    with contextlib.suppress(OSError):
        if mark.exists() and mark.read_text(encoding="utf-8") == words:
            return

    sentry_sdk.capture_exception(error)
    sentry_sdk.flush(timeout=2.0)

    with contextlib.suppress(OSError):
        mark.write_text(words, encoding="utf-8")


def end(job: CrawlJob) -> None:
    """Send what waits, for at most two seconds."""
    if job.options.sentry_dsn:
        import sentry_sdk

        sentry_sdk.flush(timeout=2.0)
