"""One-click unsubscribe by RFC 8058: GET only asks, POST acts.

The ui routes; what to answer is decided here. A token is `payload.signature`: the address and the
watches' ids in the clear (the reader holds her own address), and an HMAC-SHA256 over them under the
house's secret, 128 bits kept. It cannot be guessed, nor changed to another address or watch.

A link stands in a header line, and is as long as such a line may be. So that it ends all watches
that its mail speaks of, many ids are written as the steps between them; where even that is too
long, it ends all that the address gets, and the mail and the page say so.
"""

import base64
import binascii
import hashlib
import hmac
import html
import itertools
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from urllib.parse import quote

from watches import clean
from watches.errors import WatchError

PATH = "/khabar/unsubscribe"
_PURPOSE = b"khabar unsubscribe 1\0"
_SIGNATURE = 16  # bytes
_FEED_BYTES = 16  # of a feed's token
_LONGEST = 4096  # characters of a token
_LONGEST_NAME = 80  # characters of a watch's name that are shown
_MOST_NAMES = 100  # that the page shows
_LONGEST_LINK = 900  # characters: a header line ends at 998 (RFC 5322, 2.1.1)
_PLAIN_IDS = 5  # so many are written as they are
_EVERYTHING = "*"
_UNCHANGED = "Nothing was changed"
_STYLE = (
    "body{font:17px/1.5 system-ui,sans-serif;max-width:34rem;margin:12vh auto;padding:0 1rem;"
    "color-scheme:light dark}button{font:inherit;padding:.4em 1.2em}"
)


@dataclass(frozen=True, slots=True)
class Request:
    """Who wants to leave what: the watches' ids in the archive, or all that she gets."""

    address: str
    watches: tuple[int, ...]
    everything: bool = False


@dataclass(frozen=True, slots=True)
class Answer:
    """An HTTP answer: status and an HTML page."""

    status: int
    page: str


def token(secret: bytes, request: Request) -> str:
    """Return the token for an address and watches."""
    values = [request.address, *_written_watches(request)]
    payload = json.dumps(values, ensure_ascii=True, separators=(",", ":")).encode("ascii")
    signature = _sign(secret, payload)

    return f"{_encode(payload)}.{_encode(signature)}"


def verify(secret: bytes, text: str) -> Request:
    """Return what a token allows; raises WatchError if it is not ours."""
    head, _, tail = text[:_LONGEST].partition(".")
    try:
        payload = _decode(head)
        signature = _decode(tail)
    except (ValueError, binascii.Error) as error:
        sentence = "this unsubscribe link is not whole; copy it again from the mail"
        raise WatchError(sentence) from error

    if not hmac.compare_digest(signature, _sign(secret, payload)):
        raise WatchError("this unsubscribe link is not one of ours")

    address, *watches = json.loads(payload)
    if watches == [_EVERYTHING]:
        return Request(address, (), everything=True)

    return Request(address, _read_watches(watches))


def _written_watches(request: Request) -> list[int | str]:
    """Return a request's watches as a token has them: ids, or one text of the steps between."""
    if request.everything:
        return [_EVERYTHING]

    numbers = sorted(request.watches)
    if len(numbers) <= _PLAIN_IDS:
        return list(numbers)

    steps: list[str] = []
    before = 0
    for number in numbers:
        steps.append(str(number - before))
        before = number

    return [" ".join(steps)]


def _read_watches(written: list[int | str]) -> tuple[int, ...]:
    """Return the watches of a token: ids as they are, and texts of steps."""
    numbers: list[int] = []
    for item in written:
        if isinstance(item, int):
            numbers.append(item)
            continue

        steps = [int(step) for step in item.split()]
        numbers.extend(itertools.accumulate(steps))

    return tuple(numbers)


def feed_token(secret: bytes, watch: int) -> str:
    """Return the token that opens the feeds of one watch, and nothing else."""
    digest = hmac.new(secret, f"khabar feed 1 {watch}".encode(), hashlib.sha256).digest()

    return base64.urlsafe_b64encode(digest[:_FEED_BYTES]).decode("ascii").rstrip("=")


def link_for(base: str, secret: bytes, request: Request) -> str:
    """Return the link for the header and the foot of a mail; `base` is the ui's public address."""
    signed = quote(token(secret, request), safe="")

    return f"{base.rstrip('/')}{PATH}?t={signed}"


def fitting_request(base: str, secret: bytes, request: Request) -> Request:
    """Return a request whose link fits into a header line: the same, or one for everything."""
    if len(link_for(base, secret, request)) <= _LONGEST_LINK:
        return request

    return Request(request.address, (), everything=True)


def answer_get(secret: bytes, text: str, names: Callable[[Request], list[str]]) -> Answer:
    """Answer a GET: a page with one button. Changes nothing; mail scanners follow links.

    `names` returns the names of a request's watches.
    """
    try:
        request = verify(secret, text)
    except WatchError as error:
        return _unchanged(str(error))

    address = html.escape(request.address)
    question = f"Stop {_subject(request)} to <b>{address}</b>?"
    action = f"?t={quote(text, safe='')}"
    form = (
        f"<p>{question}</p>{_named(names(request))}"
        f'<form method="post" action="{action}">'
        '<input type="hidden" name="List-Unsubscribe" value="One-Click">'
        '<button type="submit">Stop these mails</button></form>'
    )

    return _page(200, "Stop these mails?", form)


def answer_post(
    secret: bytes,
    text: str,
    form: Mapping[str, str],
    act: Callable[[Request], int],
) -> Answer:
    """Answer a POST: unsubscribe.

    `act` ends the subscriptions and returns how many still ran; repeating it changes nothing.
    """
    try:
        request = verify(secret, text)
    except WatchError as error:
        return _unchanged(str(error))

    if form.get("List-Unsubscribe") != "One-Click":
        return _unchanged("The form must say List-Unsubscribe=One-Click (RFC 8058).")

    act(request)
    address = html.escape(request.address)
    sentence = f"Stopped: {_subject(request)} to <b>{address}</b>."

    return _page(200, "Done", f"<p>{sentence}</p>")


def _subject(request: Request) -> str:
    """Return what a request ends, as words in a sentence."""
    if request.everything:
        return "<b>all mails of all watches</b>"

    count = len(request.watches)

    return f"the mails of <b>{count} watches</b>" if count > 1 else "the mails of <b>one watch</b>"


def _named(names: list[str]) -> str:
    """Return the watches by name, as a list in HTML; all are counted where not all are shown."""
    if not names:
        return ""

    lines: list[str] = []
    for name in names[:_MOST_NAMES]:
        short = clean.line(name, _LONGEST_NAME)
        shown = html.escape(short)
        lines.append(f"<li><b>{shown}</b></li>")

    more = len(names) - len(lines)
    if more:
        lines.append(f"<li>and {more} more</li>")

    items = "".join(lines)

    return f"<ul>{items}</ul>"


def _sign(secret: bytes, payload: bytes) -> bytes:
    """Return the signature of a payload."""
    return hmac.new(secret, _PURPOSE + payload, hashlib.sha256).digest()[:_SIGNATURE]


def _encode(value: bytes) -> str:
    """Return bytes as base64url without padding."""
    return base64.urlsafe_b64encode(value).rstrip(b"=").decode("ascii")


def _decode(text: str) -> bytes:
    """Return the bytes of base64url; only the one spelling that `_encode` writes is taken.

    Raises ValueError or binascii.Error.
    """
    value = base64.b64decode(
        text + "=" * (-len(text) % 4),
        altchars=b"-_",
        validate=True,
    )
    if _encode(value) != text:
        raise ValueError(text[:20])

    return value


def _unchanged(sentence: str) -> Answer:
    """Return the answer to what is refused."""
    return _page(400, _UNCHANGED, f"<p>{html.escape(sentence)}</p>")


def _page(status: int, title: str, body: str) -> Answer:
    """Return a page of a few lines that needs nothing from elsewhere."""
    page = (
        '<!DOCTYPE html><html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width">'
        '<meta name="robots" content="noindex"><meta name="referrer" content="no-referrer">'
        f"<title>{title}</title><style>{_STYLE}</style></head>"
        f"<body><h1>{title}</h1>{body}</body></html>"
    )

    return Answer(status, page)
