"""One-click unsubscribe by RFC 8058: GET only asks, POST acts. The ui routes; what to answer is decided here.

A token is `payload.signature`: the address and the watches' ids in the clear (the reader holds her own address), and an
HMAC-SHA256 over them under the house's secret, 128 bits kept. It cannot be guessed, nor changed to another address or watch.
"""

import base64
import binascii
import hashlib
import hmac
import html
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from urllib.parse import quote

from watches.delivery import clean
from watches.errors import WatchError

PATH = "/khabar/unsubscribe"
_PURPOSE = b"khabar unsubscribe 1\0"
_SIGNATURE = 16
_LONGEST = 4096


@dataclass(frozen=True, slots=True)
class Ask:
    """Who wants to leave what: the watches' ids in the archive."""

    address: str
    watches: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """An HTTP answer: status and an HTML page."""

    status: int
    page: str


def token(secret: bytes, ask: Ask) -> str:
    """Return the token for an address and watches."""
    payload = json.dumps(
        [ask.address, *sorted(ask.watches)], ensure_ascii=True, separators=(",", ":")
    ).encode("ascii")
    return f"{_encode(payload)}.{_encode(_sign(secret, payload))}"


def verify(secret: bytes, text: str) -> Ask:
    """Return what a token allows; raises WatchError if it is not ours."""
    head, _, tail = text[:_LONGEST].partition(".")
    try:
        payload, signature = _decode(head), _decode(tail)
    except (ValueError, binascii.Error) as error:
        raise WatchError(
            "this unsubscribe link is not whole; copy it again from the mail"
        ) from error
    if not hmac.compare_digest(signature, _sign(secret, payload)):
        raise WatchError("this unsubscribe link is not one of ours")
    address, *watches = json.loads(payload)
    return Ask(address, tuple(watches))


def url(base: str, secret: bytes, ask: Ask) -> str:
    """Return the link for the header and the foot of a mail; `base` is the ui's public address."""
    return f"{base.rstrip('/')}{PATH}?t={quote(token(secret, ask), safe='')}"


def get(secret: bytes, text: str, names: Callable[[Ask], list[str]]) -> Answer:
    """Answer a GET: a page with one button. Changes nothing; mail scanners follow links."""
    try:
        ask = verify(secret, text)
    except WatchError as error:
        return _page(400, "Nothing was changed", f"<p>{html.escape(str(error))}</p>")
    named = ", ".join(html.escape(clean.line(name, 80)) for name in names(ask)) or "this watch"
    form = (
        f"<p>Stop mails of <b>{named}</b> to <b>{html.escape(ask.address)}</b>?</p>"
        f'<form method="post" action="?t={quote(text, safe="")}"><input type="hidden" name="List-Unsubscribe" value="One-Click">'
        '<button type="submit">Stop these mails</button></form>'
    )
    return _page(200, "Stop these mails?", form)


def post(secret: bytes, text: str, form: Mapping[str, str], act: Callable[[Ask], int]) -> Answer:
    """Answer a POST: unsubscribe. `act` ends the subscriptions and returns how many still ran; repeating it changes nothing."""
    try:
        ask = verify(secret, text)
    except WatchError as error:
        return _page(400, "Nothing was changed", f"<p>{html.escape(str(error))}</p>")
    if form.get("List-Unsubscribe") != "One-Click":
        return _page(
            400,
            "Nothing was changed",
            "<p>The form must say List-Unsubscribe=One-Click (RFC 8058).</p>",
        )
    act(ask)
    return _page(
        200, "Done", f"<p>No more mails of this watch go to <b>{html.escape(ask.address)}</b>.</p>"
    )


def _sign(secret: bytes, payload: bytes) -> bytes:
    return hmac.new(secret, _PURPOSE + payload, hashlib.sha256).digest()[:_SIGNATURE]


def _encode(value: bytes) -> str:
    return base64.urlsafe_b64encode(value).rstrip(b"=").decode("ascii")


def _decode(text: str) -> bytes:
    """Return the bytes of base64url; only the one spelling that `_encode` writes is taken."""
    value = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
    if _encode(value) != text:
        raise ValueError(text[:20])
    return value


def _page(status: int, title: str, body: str) -> Answer:
    style = "body{font:17px/1.5 system-ui,sans-serif;max-width:34rem;margin:12vh auto;padding:0 1rem;color-scheme:light dark}button{font:inherit;padding:.4em 1.2em}"
    return Answer(
        status,
        (
            f'<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">'
            f'<meta name="robots" content="noindex"><meta name="referrer" content="no-referrer"><title>{title}</title><style>{style}</style></head>'
            f"<body><h1>{title}</h1>{body}</body></html>"
        ),
    )
