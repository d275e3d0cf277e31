"""Ways out besides mail: Slack, Telegram, Matrix, Teams, ntfy and many more by Apprise URLs.

And webhooks, which are signed. The only module that knows Apprise. What goes out is the mail's own
text part, so that every way says the same.
"""

import contextlib
import email
import email.policy
import hashlib
import hmac
import http.client
import json
import ssl
import time
from dataclasses import dataclass
from email.message import EmailMessage
from typing import Any
from urllib.parse import quote, urlsplit

from watches import clean
from watches.delivery.outcomes import Attempt, Outcome
from watches.errors import WatchError
from watches.ways import WEBHOOKS, check_way

SIGNATURE = "X-Khabar-Signature"
TIMED_SIGNATURE = "X-Khabar-Signature-Timed"  # t=<seconds since 1970>,sha256=<of "t.body">
_SECONDS = 20.0
_GONE = {404, 410}
# Overloaded, or nobody behind the gateway. A plain 500 may be this one message's doing.
_AWAY = {429, 502, 503, 504}
# What stands in a URL as it is (RFC 3986, 3.3 and 3.4), an escape that is there already included.
_AS_IT_IS = "/?:@!$&'()*+,;=-._~%"


@dataclass(frozen=True, slots=True)
class _Hook:
    """Where a webhook is. `target` is path and query, in ASCII."""

    host: str
    port: int | None
    target: str
    tls: bool


def is_url(recipient: str) -> bool:
    """Return whether a recipient is no mail address."""
    return "://" in recipient


def send(recipient: str, raw: bytes, secret: bytes, key_turn: int = 0) -> Attempt:
    """Hand a message to a service. `key_turn`: how often a webhook's key was renewed.

    What it says stays in `said`; the URL, which may hold a secret, does not.
    """
    try:
        check_way(recipient)  # what was saved before may name a file of this machine
    except WatchError as error:
        return Attempt(outcome=Outcome.REFUSED_ADDRESS, said=str(error), is_impossible=True)

    message = email.message_from_bytes(raw, policy=email.policy.default)
    if urlsplit(recipient).scheme in WEBHOOKS:
        key = webhook_key(secret, recipient, key_turn)
        return _webhook(recipient, message, key.encode("ascii"))

    return _apprise(recipient, message)


def signature(key: bytes, body: bytes) -> str:
    """Return the signature header's value: HMAC-SHA256 of the body under a webhook's key."""
    digest = hmac.new(key, body, hashlib.sha256).hexdigest()

    return f"sha256={digest}"


def timed_signature(key: bytes, body: bytes, moment: int) -> str:
    """Return the signature of a body and the moment of sending, which a replay cannot change.

    `moment`: seconds since 1970. What is signed is the moment in digits, a full stop, the body.
    """
    digest = hmac.new(key, b"%d." % moment + body, hashlib.sha256).hexdigest()

    return f"t={moment},sha256={digest}"


def webhook_key(secret: bytes, url: str = "", turn: int = 0) -> str:
    """Return the key that the receiver of a webhook checks signatures with; it opens nothing else.

    `turn`: how often it was renewed. All receivers begin with one key; a renewed one is its own.
    """
    purpose = b"khabar webhook 1"
    if turn:
        purpose = f"khabar webhook 2\0{turn}\0{url}".encode()

    return hmac.new(secret, purpose, hashlib.sha256).hexdigest()


def check(recipient: str) -> None:
    """Raise WatchError, without the URL's secret, if nothing can be sent to it.

    Asks no network.
    """
    check_way(recipient)
    scheme = urlsplit(recipient).scheme
    if scheme in WEBHOOKS:
        _hook(recipient)
        return

    import apprise

    if not apprise.Apprise().add(recipient):
        raise WatchError(f"this {scheme}:// address is none that Apprise can send to")


def _apprise(recipient: str, message: EmailMessage) -> Attempt:
    """Hand a message to the service that an Apprise URL names."""
    import apprise

    scheme = urlsplit(recipient).scheme
    service = apprise.Apprise()
    if not service.add(recipient):
        said = f"Apprise knows no such service: {scheme}://"
        return Attempt(outcome=Outcome.REFUSED_ADDRESS, said=said, is_impossible=True)

    # A text that is too long for the service comes in parts, and nothing is cut off.
    for target in service:
        target.overflow_mode = apprise.OverflowMode.SPLIT

    sent = service.notify(
        title=_subject(message),
        body=_text(message),
        body_format=apprise.NotifyFormat.TEXT,
    )
    if sent:
        return Attempt(outcome=Outcome.SENT)

    # Apprise says that it failed, not why: the service may be away, or dislike this one message.
    return Attempt(
        outcome=Outcome.LATER,
        said=f"{scheme}:// did not take it",
    )


def _webhook(recipient: str, message: EmailMessage, key: bytes) -> Attempt:
    """POST the alert as JSON: "id", "subject", "text", "references", and what it tells.

    docs/webhook.schema.json describes it.
    """
    try:
        hook = _hook(recipient)
    except WatchError as error:
        return Attempt(outcome=Outcome.REFUSED_ADDRESS, said=str(error), is_impossible=True)

    alert = {
        "id": str(message["Message-ID"]).strip(),
        "subject": _subject(message),
        "text": _text(message),
        "references": str(message["References"] or "").strip(),
        **_data(message),
    }
    body = json.dumps(alert, ensure_ascii=False).encode()
    headers = {
        "Content-Type": "application/json",
        SIGNATURE: signature(key, body),
        TIMED_SIGNATURE: timed_signature(key, body, int(time.time())),
        "User-Agent": "Khabar",
    }
    with contextlib.closing(_connection(hook)) as connection:
        try:
            connection.connect()
        except (OSError, UnicodeError) as error:
            return _unanswered(Outcome.RECEIVER_AWAY, error)

        try:
            connection.request("POST", hook.target, body, headers)
            return _judge(connection.getresponse().status)
        except TimeoutError as error:
            # Whoever takes a connection and says nothing holds up all that leaves after it.
            return _unanswered(Outcome.RECEIVER_AWAY, error)
        except (OSError, http.client.HTTPException) as error:
            return _unanswered(Outcome.CONNECTION_LOST, error)


def _data(message: EmailMessage) -> dict[str, Any]:
    """Return what a message tells as JSON values; empty where it was written without."""
    for part in message.walk():
        if part.get_content_type() == "application/json":
            payload = part.get_payload(decode=True)
            found: dict[str, Any] = json.loads(payload if isinstance(payload, bytes) else b"{}")
            return found

    return {}


def _hook(recipient: str) -> _Hook:
    """Return where a webhook is; raises WatchError, which does not quote the URL."""
    try:
        parts = urlsplit(recipient)
        port = parts.port
    except ValueError as error:
        words = "a webhook's URL must read webhook+https://host:port/path, the port from 0 to 65535"
        raise WatchError(words) from error

    if not parts.hostname or "@" in parts.netloc:
        raise WatchError("a webhook's URL names a host, and no user or password")

    query = f"?{parts.query}" if parts.query else ""
    target = quote(f"{parts.path or '/'}{query}", safe=_AS_IT_IS)

    return _Hook(parts.hostname, port, target, tls=parts.scheme == "webhook+https")


def _connection(hook: _Hook) -> http.client.HTTPConnection:
    """Return the connection, not opened yet."""
    if not hook.tls:
        return http.client.HTTPConnection(hook.host, hook.port, timeout=_SECONDS)

    context = ssl.create_default_context()

    return http.client.HTTPSConnection(
        hook.host,
        hook.port,
        timeout=_SECONDS,
        context=context,
    )


def _unanswered(outcome: Outcome, error: Exception) -> Attempt:
    """Return an outcome with the error's name: its words may quote the URL."""
    return Attempt(
        outcome=outcome,
        said=f"webhook: {type(error).__name__}",
    )


def _judge(status: int) -> Attempt:
    """Name an HTTP answer: gone is gone; the rest may mend."""
    said = f"webhook: HTTP {status}"
    if 200 <= status < 300:  # noqa: PLR2004 - HTTP's classes
        return Attempt(outcome=Outcome.SENT)
    if status in _GONE:
        return Attempt(outcome=Outcome.REFUSED_ADDRESS, said=said)
    if status in _AWAY:
        return Attempt(outcome=Outcome.RECEIVER_AWAY, said=said)

    return Attempt(outcome=Outcome.LATER, said=said)


def _subject(message: EmailMessage) -> str:
    """Return a message's subject on one line."""
    return clean.line(str(message["Subject"] or ""))


def _text(message: EmailMessage) -> str:
    """Return a message's plain part; raises LookupError when its charset is unknown."""
    part = message.get_body(("plain",))
    if not isinstance(part, EmailMessage):
        return ""

    return str(part.get_content())
