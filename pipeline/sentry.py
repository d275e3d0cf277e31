"""Errors reach a human: Sentry for the command line and the stages.

Off without a DSN; an error arrives once. What is sent: the exception's type and message, the names
of files and functions with line numbers, and the tags stage, outlet and run. What is not: local
variables, bodies, breadcrumbs, the environment, the machine's name; and every message is scrubbed
of what is or looks like a secret (news.scrub, which the crawl's own process uses as well).
"""

import contextlib
import os
from collections.abc import Iterator, Mapping
from typing import Any

from news import scrub
from news.errors import KhabarError
from pipeline.settings import Settings

_FLUSH_SECONDS = 5.0
# Parts of the names of variables whose values are secrets; shorter values hide nothing.
_TELLING = ("SECRET", "PASSWORD", "TOKEN", "_KEY", "DSN", "_URL", "CONN")
_LEAST = 6


def init(
    settings: Settings,
    *,
    stage: str,
    outlet: str = "",
    run: str = "",
) -> bool:
    """Make this process report to Sentry; return whether there is a DSN.

    Later calls only change the tags.
    """
    if not settings.sentry_dsn:
        return False
    import sentry_sdk

    if not sentry_sdk.get_client().is_active():
        sentry_sdk.init(
            dsn=settings.sentry_dsn,
            # No integration watches logs or excepthook: what is reported is reported by us, once.
            default_integrations=False,
            auto_enabling_integrations=False,
            include_local_variables=False,
            include_source_context=False,
            max_breadcrumbs=0,
            send_default_pii=False,
            server_name="khabar",
            before_send=lambda event, _hint: scrubbed(event, os.environ),
        )
    for name, value in (("stage", stage), ("outlet", outlet), ("run", run)):
        if value:
            sentry_sdk.get_isolation_scope().set_tag(name, value)
    return True


@contextlib.contextmanager
def stage(
    settings: Settings,
    name: str,
    *,
    outlet: str = "",
    run: str = "",
    report: bool = True,
) -> Iterator[None]:
    """Report what goes wrong in this block and raise it again.

    Waits until it is sent, since the process may end at once.
    """
    try:
        yield
    except Exception as error:
        if (
            report
            and not _is_reported(error)
            and init(
                settings,
                stage=name,
                outlet=outlet,
                run=run,
            )
        ):
            import sentry_sdk

            sentry_sdk.capture_exception(error)
            sentry_sdk.flush(_FLUSH_SECONDS)
        raise


def _is_reported(error: BaseException | None) -> bool:
    """Tell whether a process of ours has reported this error, or the one behind it, itself."""
    while error is not None:
        if getattr(error, "reported", False):
            return True
        error = error.__cause__ or error.__context__
    return False


def report(error: BaseException, *, stage: str) -> None:
    """Report a surprise of the command line, where settings allow it."""
    from pipeline import settings as configuration

    with contextlib.suppress(KhabarError):
        settings = configuration.read()
        if init(settings, stage=stage):
            import sentry_sdk

            sentry_sdk.capture_exception(error)
            sentry_sdk.flush(_FLUSH_SECONDS)


def scrubbed(event: Any, environment: Mapping[str, str]) -> Any:
    """Return an event without what is not ours to send: no values of this environment's secrets."""
    kept = scrub.event(event)
    kept.pop("contexts", None)
    secrets = secret_values(environment)
    for error in (kept.get("exception") or {}).get("values", []):
        error["value"] = without(str(error.get("value") or ""), secrets)
    return kept


def without(text: str, secrets: list[str]) -> str:
    """Return a text without these secrets, longest first, since one may hold another."""
    for secret in sorted(
        secrets,
        key=len,
        reverse=True,
    ):
        text = text.replace(secret, scrub.HIDDEN)
    return text


def secret_values(environment: Mapping[str, str]) -> list[str]:
    """Return the values of this environment that must not leave it, by their variables' names."""
    found = []
    for name, value in environment.items():
        is_secret = any(word in name.upper() for word in _TELLING)
        if is_secret and len(value) >= _LEAST:
            found.append(value)
    return found
