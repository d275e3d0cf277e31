"""Who may read without a page's login: programs with the token, and people who are logged in to Airflow."""

import base64
import contextlib
import hmac
from collections.abc import Awaitable, Callable
from typing import Any

from fastapi import Request

from pipeline.settings import Settings


def reader(
    settings: Settings, login: Callable[[Request], Awaitable[Any]]
) -> Callable[[Request], Awaitable[None]]:
    """Return a dependency that lets through the token (Authorization: Bearer, the password of Basic, or ?token=) or a login."""

    async def check(request: Request) -> None:
        given = token_of(request)
        if given and hmac.compare_digest(given.encode(), token(settings).encode()):
            return
        await login(request)

    return check


def token_of(request: Request) -> str:
    """Return the token of a request, empty when there is none."""
    kind, _, value = request.headers.get("authorization", "").partition(" ")
    match kind.lower():
        case "bearer":
            return value.strip()
        case "basic":
            with contextlib.suppress(ValueError):
                return base64.b64decode(value).decode("utf-8").partition(":")[2]
            return ""
        case _:
            return request.query_params.get("token", "")


def token(settings: Settings) -> str:
    """Return the house's token: KHABAR_FEED_TOKEN, or the one made once under KHABAR_HOME/secrets."""
    import secrets as random

    from pipeline.secrets import once

    if settings.feed_token:
        return settings.feed_token
    folder = settings.home / "secrets"
    folder.mkdir(parents=True, exist_ok=True)
    return once(folder / "feed-token", random.token_urlsafe(24))
