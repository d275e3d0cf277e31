"""The raw message: RFC 5322 headers, a text and an HTML part, one-click unsubscribe (RFC 8058).

No tracking of any kind. Header values are set through email.message, which refuses line breaks;
all texts have passed `clean` before.
"""

import hashlib
import json
from dataclasses import dataclass
from datetime import datetime
from email.header import Header
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import EmailPolicy
from email.utils import format_datetime
from typing import Any

from watches import clean
from watches.addresses import address, header_text
from watches.delivery.letter import Letter
from watches.delivery.payload import letter_payload
from watches.delivery.render import render
from watches.delivery.rendered import Rendered
from watches.ways import is_webhook

_LONGEST_SUBJECT = 250  # characters
_LONGEST_LABEL = 60
# Identifiers and URLs hold no words: they stand as they are, on one line however long
# (998 characters at most, RFC 5322, 2.1.1).
_VERBATIM = {
    "message-id",
    "in-reply-to",
    "references",
    "list-id",
    "list-unsubscribe",
    "list-unsubscribe-post",
}


class _Policy(EmailPolicy):
    """Folds headers right where the library does not.

    A non-ASCII subject goes through email.header, since the newer folder of Python 3.11 loses the
    space between two encoded words (gh-92081); and an identifier or URL longer than a line would
    become encoded words, which nobody reads there.
    """

    def fold_binary(self, name: str, value: Any) -> bytes:
        """Return a header as bytes on the wire."""
        text = str(value)
        kind = name.lower()
        if kind == "subject" and not text.isascii():
            header = Header(text, "utf-8", header_name=name)
            text = header.encode(linesep=self.linesep)
        elif kind not in _VERBATIM:
            return super().fold_binary(name, value)

        line = f"{name}: {text}{self.linesep}"

        return line.encode("ascii")


# Seven-bit on the wire: not every relay between here and the reader speaks 8BITMIME or SMTPUTF8.
_POLICY = _Policy(cte_type="7bit", linesep="\r\n")
_POLICY_UTF8 = _POLICY.clone(utf8=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Envelope:
    """What the headers need. `sender` may carry a display name: `Khabar <alerts@example.org>`."""

    sender: str
    recipient: str
    message_id: str  # with its angle brackets
    made_at: datetime  # aware
    list_name: str  # the first watch's name
    unsubscribe_url: str = ""
    parent: str | None = None  # Message-ID with its brackets


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """A mail as it goes over the wire."""

    message_id: str  # with its angle brackets
    subject: str
    raw: bytes


def write_letter(letter: Letter, sender: str) -> Written:
    """Return a letter as a mail; raises WatchError when an address is none."""
    rendered = render(letter)
    message_id = letter_id(letter.keys, sender)
    envelope = Envelope(
        sender=sender,
        recipient=letter.recipient,
        message_id=message_id,
        made_at=letter.made_at,
        list_name=letter.watches[0],
        unsubscribe_url=letter.unsubscribe_url,
        parent=letter.parent,
    )
    data = b""
    if is_webhook(letter.recipient):
        data = json.dumps(letter_payload(letter), ensure_ascii=False).encode()

    raw = build(rendered, envelope, data)

    return Written(
        message_id=message_id,
        subject=rendered.subject,
        raw=raw,
    )


def write_notice(
    rendered: Rendered,
    *,
    sender: str,
    recipient: str,
    made_at: datetime,
    keys: tuple[str, ...],
) -> Written:
    """Return a mail of the house to its operator; `keys` are what its identifier is made from."""
    message_id = letter_id(keys, sender)
    envelope = Envelope(
        sender=sender,
        recipient=recipient,
        message_id=message_id,
        made_at=made_at,
        list_name="Khabar operator",
    )
    raw = build(rendered, envelope)

    return Written(
        message_id=message_id,
        subject=rendered.subject,
        raw=raw,
    )


def letter_id(keys: tuple[str, ...], sender: str) -> str:
    """Return the Message-ID that follows from what the mail is about.

    Making the same mail again gives the same id, with its angle brackets.
    """
    digest = hashlib.blake2b("\0".join(keys).encode("utf-8"), digest_size=16).hexdigest()

    return f"<{digest}@{address(sender).domain}>"


def build(rendered: Rendered, envelope: Envelope, data: bytes = b"") -> bytes:
    """Return the message as it goes over the wire (CRLF); raises WatchError.

    `data`: JSON for a webhook, one more part beside text and HTML.
    """
    sender = address(envelope.sender)
    # An Apprise URL is no address, and may hold a secret: what goes that way is addressed to us.
    recipient = sender if "://" in envelope.recipient else address(envelope.recipient)
    message = _empty_message(sender, recipient)
    message["From"] = sender
    message["To"] = recipient
    message["Subject"] = header_text(rendered.subject, _LONGEST_SUBJECT)
    message["Date"] = format_datetime(envelope.made_at)
    message["Message-ID"] = envelope.message_id
    if envelope.parent:
        message["In-Reply-To"] = envelope.parent
        message["References"] = envelope.parent

    message["List-Id"] = _list_id(envelope.list_name, sender.domain)
    if envelope.unsubscribe_url:
        message["List-Unsubscribe"] = f"<{envelope.unsubscribe_url}>"
        message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"

    message["Auto-Submitted"] = "auto-generated"
    message["X-Auto-Response-Suppress"] = "All"  # Exchange's spelling of the same wish

    message.set_content(rendered.text)
    message.add_alternative(rendered.html, subtype="html")
    if data:
        message.add_alternative(data, maintype="application", subtype="json")

    message.set_boundary(_boundary(envelope.message_id))

    return message.as_bytes()


def _empty_message(sender: Address, recipient: Address) -> EmailMessage:
    """Return a message that can name both addresses.

    A local part beyond ASCII has no other spelling (RFC 6531): it needs SMTPUTF8.
    """
    local_parts = f"{sender.username}{recipient.username}"

    return EmailMessage(policy=_POLICY if local_parts.isascii() else _POLICY_UTF8)


def _list_id(name: str, domain: str) -> str:
    """Return the List-Id (RFC 2919) of a watch; only an ASCII name can stand before it."""
    identifier = f"<{clean.slug(name)}.watches.{domain}>"
    label = header_text(name, _LONGEST_LABEL).replace('"', "'").replace("\\", "/")

    return f'"{label}" {identifier}' if label.isascii() else identifier


def _boundary(message_id: str) -> str:
    """Return the boundary between parts: random by default, but a mail made again is the same."""
    digest = hashlib.blake2b(message_id.encode(), digest_size=12).hexdigest()

    return f"=_khabar_{digest}"
