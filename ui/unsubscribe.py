"""Unsubscribing (RFC 8058): the only pages that are open to whoever holds a mail's link.

GET asks, POST acts; what an answer says is decided by the watches' room.
"""

from datetime import UTC, datetime

from fastapi import APIRouter, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import HTMLResponse

from pipeline.alerts import mail_context
from pipeline.settings import Settings
from storage import alerts
from ui.archives import Archives
from watches.delivery import Answer, answer_get, answer_post
from watches.delivery import Request as Wish

# The page brings its own few rules of style; it may post to itself and do nothing else.
_POLICY = (
    "default-src 'none'; "
    "style-src 'unsafe-inline'; "
    "form-action 'self'; "
    "base-uri 'none'; "
    "frame-ancestors 'none'"
)
_LONGEST_FORM = 10_000  # bytes


def router(archives: Archives, settings: Settings) -> APIRouter:
    """Return the two routes."""
    routes = APIRouter()

    @routes.get("/unsubscribe", include_in_schema=False)
    def ask(t: str = "") -> HTMLResponse:
        """Ask; change nothing: mail scanners follow links."""
        secret = mail_context.secret(settings)
        answer = answer_get(
            secret,
            t,
            lambda wish: _names(archives, wish),
        )

        return _page(answer)

    @routes.post("/unsubscribe", include_in_schema=False)
    async def act(request: Request, t: str = "") -> HTMLResponse:
        """End the subscription."""
        form = await _form(request)
        return await run_in_threadpool(_act, archives, settings, t, form)

    return routes


def _act(
    archives: Archives,
    settings: Settings,
    token: str,
    form: dict[str, str],
) -> HTMLResponse:
    secret = mail_context.secret(settings)
    answer = answer_post(
        secret,
        token,
        form,
        lambda wish: _end(archives, wish),
    )

    return _page(answer)


async def _form(request: Request) -> dict[str, str]:
    """Return a small form, whichever way it is encoded; a large body is not read."""
    length = int(request.headers.get("content-length") or _LONGEST_FORM + 1)
    if length > _LONGEST_FORM:
        return {}

    async with request.form(max_files=0, max_fields=10) as form:
        return {name: value for name, value in form.items() if isinstance(value, str)}


def _names(archives: Archives, wish: Wish) -> list[str]:
    with archives.archive() as archive, archive.transaction() as cursor:
        if wish.everything:
            return alerts.watches_of(cursor, wish.address)

        return alerts.watch_names(cursor, wish.watches)


def _end(archives: Archives, wish: Wish) -> int:
    now = datetime.now(UTC)
    with archives.archive() as archive, archive.transaction() as cursor:
        watches = None if wish.everything else wish.watches
        return alerts.unsubscribe(cursor, wish.address, watches, now)


def _page(answer: Answer) -> HTMLResponse:
    headers = {"Content-Security-Policy": _POLICY}
    return HTMLResponse(answer.page, answer.status, headers)
