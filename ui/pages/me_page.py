"""A person's own page: her zone and language, her addresses, the tokens of her programs."""

import hashlib
import secrets
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any
from zoneinfo import available_timezones

from fastapi import APIRouter
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from starlette.datastructures import FormData

from storage import people
from ui.archives import Archives
from ui.look import Look
from ui.pages.numbers import can_exist
from ui.writes import Posted, Visit, Visiting, text_of
from watches import WatchError, bare_address, check_mail_language, check_zone, line, mail_languages

_TOKEN_BYTES = 24
_LONGEST_LABEL = 60  # characters
_MOST_ADDRESSES = 10
_CHANGES = 20


def add(routes: APIRouter, archives: Archives, look: Look) -> None:
    """Add the page and its three forms."""

    @routes.get("/me")
    def me(visit: Visiting) -> HTMLResponse:
        """Show what a person chose, her tokens and what she changed."""
        return _page(archives, look, visit)

    @routes.post("/me")
    def choose(visit: Visiting, form: Posted) -> Response:
        """Keep what she chose."""
        typed = {name: text_of(form, name) for name in ("zone", "language", "addresses")}
        try:
            chosen = _chosen(form)
        except WatchError as error:
            return _page(archives, look, visit, typed=typed, error=error)

        name = visit.person.name
        with archives.archive() as archive, archive.transaction() as cursor:
            people.person(cursor, name)
            people.choose(cursor, name, **chosen)
            people.record_change(cursor, name, "own page saved", name)

        return _back(look, "saved")

    @routes.get("/me/tokens")
    def tokens() -> RedirectResponse:
        """Lead to the page: the form's own address is asked for after a login."""
        return RedirectResponse(look.url("me"), HTTPStatus.SEE_OTHER)

    @routes.post("/me/tokens")
    def make_token(visit: Visiting, form: Posted) -> HTMLResponse:
        """Make a token and show it, this once."""
        token = secrets.token_urlsafe(_TOKEN_BYTES)
        label = line(text_of(form, "label"), _LONGEST_LABEL) or "token"
        with archives.archive() as archive, archive.transaction() as cursor:
            people.make_token(
                cursor,
                visit.person.name,
                label=label,
                scopes=["read"],
                digest=hashlib.sha256(token.encode()).digest(),
            )
            people.record_change(cursor, visit.person.name, "token made", label)

        return _page(archives, look, visit, fresh=token)

    @routes.post("/me/tokens/{number}/revoke")
    def revoke_token(number: int, visit: Visiting) -> RedirectResponse:
        """End a token of her own."""
        name = visit.person.name
        with archives.archive() as archive, archive.transaction() as cursor:
            if can_exist(number) and people.revoke_token(cursor, name, number):
                people.record_change(cursor, name, "token revoked", str(number))

        return _back(look, "revoked")


def _chosen(form: FormData) -> dict[str, Any]:
    """Return what a form chooses; raises WatchError naming the field."""
    zone, language = text_of(form, "zone"), text_of(form, "language")
    check_zone(zone)
    check_mail_language(language)
    addresses: dict[str, None] = {}
    for text in text_of(form, "addresses").splitlines():
        if text.strip():
            addresses[_address(text.strip())] = None

    if len(addresses) > _MOST_ADDRESSES:
        raise WatchError(f"at most {_MOST_ADDRESSES} addresses", field="addresses")

    return {"zone": zone, "language": language, "addresses": list(addresses)}


def _address(text: str) -> str:
    try:
        return bare_address(text).lower()
    except WatchError as error:
        raise WatchError(error.sentence, field="addresses") from error


def _page(
    archives: Archives,
    look: Look,
    visit: Visit,
    *,
    typed: Mapping[str, str] | None = None,
    error: WatchError | None = None,
    fresh: str = "",
) -> HTMLResponse:
    """Return the page; `typed` is what a form that was refused held, `fresh` a token just made."""
    name = visit.person.name
    with archives.archive() as archive, archive.transaction() as cursor:
        record = people.person(cursor, name)
        tokens = people.tokens_of(cursor, name)
        changes = people.latest_changes(cursor, name, _CHANGES)

    saved = {
        "zone": record.zone,
        "language": record.language,
        "addresses": "\n".join(record.addresses),
    }

    return look.answer(
        "me.html",
        status=HTTPStatus.BAD_REQUEST if error else HTTPStatus.OK,
        section="Me",
        visit=visit,
        values=typed or saved,
        error=error,
        tokens=tokens,
        changes=changes,
        fresh=fresh,
        languages=mail_languages(),
        zones=sorted(available_timezones()),
    )


def _back(look: Look, notice: str) -> RedirectResponse:
    return RedirectResponse(f"{look.url('me')}?notice={notice}", HTTPStatus.SEE_OTHER)
