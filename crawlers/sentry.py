"""Errors of a crawl reach a human: Sentry in the crawl's own process, off without a DSN."""

from typing import Any

from crawlers.options import CrawlJob
from news import scrub


def begin(job: CrawlJob) -> None:
    """Start reporting, tagged with outlet, stage and run; nothing without a DSN."""
    if not job.options.sentry_dsn:
        return
    import sentry_sdk

    sentry_sdk.init(
        dsn=job.options.sentry_dsn, before_send=_scrubbed, include_local_variables=False, include_source_context=False, send_default_pii=False,
        max_request_body_size="never", max_breadcrumbs=0, auto_session_tracking=False, server_name="", release="khabar", default_integrations=True,
    )
    for name, value in (("outlet", job.outlet.name), ("stage", "crawl"), ("run", job.options.run)):
        sentry_sdk.set_tag(name, value)


def _scrubbed(event: Any, hint: Any) -> Any:
    """Return what may leave the house."""
    del hint
    return scrub.event(event)


def end(job: CrawlJob) -> None:
    """Send what waits, for at most two seconds."""
    if job.options.sentry_dsn:
        import sentry_sdk

        sentry_sdk.flush(timeout=2.0)
