"""Who may read without a page's login: programs with the token, and people logged in to Airflow."""

import base64
import contextlib
import hashlib
import hmac
import secrets as random
from collections.abc import Awaitable, Callable

from fastapi import Request
from fastapi.concurrency import run_in_threadpool

from pipeline.secrets import once
from pipeline.settings import Settings
from storage import people
from ui.archives import Archives
from ui.people import Login


def reader(
    settings: Settings,
    archives: Archives,
    login: Login,
) -> Callable[[Request], Awaitable[None]]:
    """Return a dependency that lets through whoever has the token or a login.

    The token comes as `Authorization: Bearer`, as the password of Basic, or as `?token=`.
    """

    async def check(request: Request) -> None:
        given = token_of(request)
        if given and hmac.compare_digest(
            given.encode(),
            token(settings).encode(),
        ):
            return

        if given:
            is_known = await run_in_threadpool(_is_of_a_person, archives, given)
            if is_known:
                return

        await login(request)

    return check


def _is_of_a_person(archives: Archives, given: str) -> bool:
    """Return whether a token was made by a person for reading, and not revoked."""
    digest = hashlib.sha256(given.encode()).digest()
    with archives.archive() as archive, archive.transaction() as cursor:
        holder = people.holder_of(cursor, digest)

    return holder is not None and "read" in holder.scopes


def token_of(request: Request) -> str:
    """Return the token of a request, empty when there is none."""
    kind, _, value = request.headers.get("authorization", "").partition(" ")
    match kind.lower():
        case "bearer":
            return value.strip()
        case "basic":
            return _password(value)
        case _:
            return request.query_params.get("token", "")


def _password(credentials: str) -> str:
    """Return the password of HTTP Basic credentials, empty when they cannot be read."""
    with contextlib.suppress(ValueError):
        decoded = base64.b64decode(credentials).decode("utf-8")
        return decoded.partition(":")[2]

    return ""


def token(settings: Settings) -> str:
    """Return the house's token: KHABAR_FEED_TOKEN, or the one made once and kept in secrets/."""
    if settings.feed_token:
        return settings.feed_token

    folder = settings.home / "secrets"
    folder.mkdir(parents=True, exist_ok=True)

    return once(folder / "feed-token", random.token_urlsafe(24))
