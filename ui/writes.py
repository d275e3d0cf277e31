"""What every write passes: it comes from our own page, in the hands of the person it was made for.

A page's form carries a token, an HMAC of the person's name and the day; it is checked in one place,
before any route that is not a plain reading. Beside it the browser's own word is heard: where the
request comes from (Origin, Sec-Fetch-Site).
"""

import hashlib
import hmac
from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from http import HTTPStatus
from typing import Annotated, Any
from urllib.parse import urlsplit

from fastapi import Depends, HTTPException, Request
from starlette.datastructures import FormData

from pipeline.alerts import mail_context
from pipeline.settings import Settings
from ui.people import Login, Person, Role

READING = frozenset({"GET", "HEAD", "OPTIONS"})
FIELD = "csrf"  # of every form that posts
_LONGEST_FORM = 200_000  # bytes
_MOST_FIELDS = 200
# What a page says after a write, by the word in its address: a link cannot make it say else.
NOTICES = {
    "saved": "Saved.",
    "removed": "Removed.",
    "revoked": "The token opens nothing any more.",
    "paused": "Paused: matches are kept, no mail goes out.",
    "resumed": "Mail goes out again.",
    "muted": "Muted.",
    "unmuted": "No longer muted.",
}


@dataclass(frozen=True, slots=True)
class Visit:
    """What the page of a person needs: who she is, her forms' token, what has just been done."""

    person: Person
    csrf: str
    notice: str

    @property
    def may_edit(self) -> bool:
        """Whether she may make and change watches."""
        return self.person.role >= Role.EDITOR


def form_token(secret: bytes, name: str, day: date) -> str:
    """Return the token of a person's forms on a day, hexadecimal."""
    text = f"khabar form\n{day.isoformat()}\n{name}"

    return hmac.new(secret, text.encode(), hashlib.sha256).hexdigest()


def gate(settings: Settings, login: Login) -> Callable[[Request], Coroutine[Any, Any, None]]:
    """Return the dependency before every page: the login, and the check of whatever writes."""

    async def check(request: Request) -> None:
        person = await login(request)
        secret = mail_context.secret(settings)
        today = datetime.now(UTC).date()
        request.state.person = person
        notice = request.query_params.get("notice", "")
        csrf = form_token(
            secret,
            person.name,
            today,
        )
        request.state.visit = Visit(
            person=person,
            csrf=csrf,
            notice=NOTICES.get(notice, ""),
        )
        if request.method in READING:
            return

        refuse_other_sites(request, settings.public_url)
        # A page that was opened yesterday may still be sent.
        yesterday = today - timedelta(days=1)
        earlier = form_token(
            secret,
            person.name,
            yesterday,
        )
        form = await small_form(request)
        _require_token(form, [csrf, earlier])

    return check


def refuse_other_sites(request: Request, public_url: str) -> None:
    """Raise 403 for a request that a browser sends from another site's page."""
    site = request.headers.get("sec-fetch-site", "same-origin")
    origin = request.headers.get("origin")
    hosts = {
        request.headers.get("host"),
        urlsplit(public_url).netloc,
    }
    hosts.discard("")

    is_ours = True
    if origin is not None:
        sender = urlsplit(origin).netloc
        is_ours = sender in hosts

    if site != "same-origin" or not is_ours:
        raise HTTPException(
            HTTPStatus.FORBIDDEN, "This was sent from another site; nothing is done."
        )


async def small_form(request: Request) -> FormData:
    """Return a posted form; one that is too large is refused before it is read."""
    length = request.headers.get("content-length", "")
    if not length.isdecimal() or int(length) > _LONGEST_FORM:
        sentence = f"A form holds at most {_LONGEST_FORM} bytes."
        raise HTTPException(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, sentence)

    return await request.form(
        max_files=0,
        max_fields=_MOST_FIELDS,
    )


def visiting(request: Request) -> Visit:
    """Return what the page needs of its visitor."""
    visit: Visit = request.state.visit
    return visit


Visiting = Annotated[Visit, Depends(visiting)]
Posted = Annotated[FormData, Depends(small_form)]


def text_of(form: FormData, name: str) -> str:
    """Return a field's text without the blanks around it, empty when there is none."""
    value = form.get(name, "")

    return value.strip() if isinstance(value, str) else ""


def texts_of(form: FormData, name: str) -> list[str]:
    """Return the texts of a field that may stand several times."""
    texts: list[str] = []
    for value in form.getlist(name):
        if isinstance(value, str):
            texts.append(value)

    return texts


def _require_token(form: FormData, valid: list[str]) -> None:
    given = text_of(form, FIELD).encode()
    is_valid = False
    for token in valid:
        is_valid |= hmac.compare_digest(given, token.encode())

    if not is_valid:
        sentence = "This form is not yours, or too old; open the page anew and send it again."
        raise HTTPException(HTTPStatus.FORBIDDEN, sentence)
