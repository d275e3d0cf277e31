"""Ways out besides mail: Slack, Telegram, Matrix, Teams, ntfy and many more by Apprise URLs; webhooks that are signed.

The only module that knows Apprise. What goes out is the mail's own text part, so that every way says the same.
"""

import email
import email.policy
import hashlib
import hmac
import http.client
import json
import ssl
from email.message import EmailMessage
from urllib.parse import urlsplit, urlunsplit

from watches import clean
from watches.mail import Attempt, Outcome

WEBHOOK = ("webhook+http", "webhook+https")
SIGNATURE = "X-Khabar-Signature"
_SECONDS = 20.0
_LONGEST = 3_500               # characters: the smallest limit among the usual services is about 4,000


def is_url(recipient: str) -> bool:
    """Return whether a recipient is no mail address."""
    return "://" in recipient


def send(recipient: str, raw: bytes, secret: bytes) -> Attempt:
    """Hand a message to a service. What it says stays in `said`; the URL, which may hold a secret, does not."""
    message = email.message_from_bytes(raw, policy=email.policy.default)
    if urlsplit(recipient).scheme in WEBHOOK:
        return _webhook(recipient, message, secret)
    return _apprise(recipient, message)


def signature(secret: bytes, body: bytes) -> str:
    """Return the value of the signature header: HMAC-SHA256 of the body under the house's webhook key."""
    return "sha256=" + hmac.new(webhook_key(secret).encode("ascii"), body, hashlib.sha256).hexdigest()


def webhook_key(secret: bytes) -> str:
    """Return the key that receivers of webhooks check signatures with; it opens nothing else."""
    return hmac.new(secret, b"khabar webhook 1", hashlib.sha256).hexdigest()


def _apprise(recipient: str, message: EmailMessage) -> Attempt:
    import apprise

    service = apprise.Apprise()
    if not service.add(recipient):
        return Attempt(outcome=Outcome.REFUSED_ADDRESS, said=f"Apprise knows no such service: {urlsplit(recipient).scheme}://")
    sent = service.notify(title=_subject(message), body=_text(message)[:_LONGEST], body_format=apprise.NotifyFormat.TEXT)
    return Attempt(outcome=Outcome.SENT) if sent else Attempt(outcome=Outcome.LATER, said=f"{urlsplit(recipient).scheme}:// did not take it")


def _webhook(recipient: str, message: EmailMessage, secret: bytes) -> Attempt:
    """POST the alert as JSON: {"id", "subject", "text", "references"}."""
    parts = urlsplit(recipient)
    body = json.dumps({
        "id": str(message["Message-ID"]).strip(), "subject": _subject(message), "text": _text(message),
        "references": str(message["References"] or "").strip(),
    }, ensure_ascii=False).encode()
    headers = {"Content-Type": "application/json", SIGNATURE: signature(secret, body), "User-Agent": "Khabar"}
    try:
        connection = (
            http.client.HTTPSConnection(parts.netloc, timeout=_SECONDS, context=ssl.create_default_context())
            if parts.scheme == "webhook+https" else http.client.HTTPConnection(parts.netloc, timeout=_SECONDS)
        )
        connection.request("POST", urlunsplit(("", "", parts.path or "/", parts.query, "")), body, headers)
        status = connection.getresponse().status
        connection.close()
    except (OSError, http.client.HTTPException, ValueError) as error:
        return Attempt(outcome=Outcome.LATER, said=f"webhook: {type(error).__name__}")
    return _judge(status)


def _judge(status: int) -> Attempt:
    """Name an HTTP answer: gone is gone; the rest may mend."""
    if 200 <= status < 300:  # noqa: PLR2004 - HTTP's classes
        return Attempt(outcome=Outcome.SENT)
    if status in {404, 410}:
        return Attempt(outcome=Outcome.REFUSED_ADDRESS, said=f"webhook: HTTP {status}")
    return Attempt(outcome=Outcome.LATER, said=f"4 webhook: HTTP {status}")


def _subject(message: EmailMessage) -> str:
    return clean.line(str(message["Subject"] or ""))


def _text(message: EmailMessage) -> str:
    part = message.get_body(("plain",))
    return str(part.get_content()) if isinstance(part, EmailMessage) else ""
