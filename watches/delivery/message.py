"""The raw message: RFC 5322 headers, a text and an HTML part, one-click unsubscribe (RFC 8058), no tracking of any kind.

Header values are set through email.message, which refuses line breaks; all texts have passed `clean` before.
"""

import hashlib
import unicodedata
from dataclasses import dataclass
from datetime import datetime
from email.header import Header
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import EmailPolicy
from email.utils import format_datetime, parseaddr
from typing import Any

import idna

from watches.delivery import clean
from watches.errors import WatchError

# Identifiers and URLs hold no words: they stand as they are, on one line however long (998 characters at most, RFC 5322, 2.1.1).
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

    A non-ASCII subject goes through email.header, since the newer folder of Python 3.11 loses the space between two encoded words
    (gh-92081); and an identifier or URL longer than a line would become encoded words, which nobody reads there.
    """

    def fold_binary(self, name: str, value: Any) -> bytes:
        """Return a header as bytes on the wire."""
        if name.lower() == "subject" and not str(value).isascii():
            return f"{name}: {Header(str(value), 'utf-8', header_name=name).encode(linesep=self.linesep)}{self.linesep}".encode(
                "ascii"
            )
        if name.lower() in _VERBATIM:
            return f"{name}: {value}{self.linesep}".encode("ascii")
        return super().fold_binary(name, value)


# Seven-bit on the wire: not every relay between here and the reader speaks 8BITMIME or SMTPUTF8.
_POLICY = _Policy(cte_type="7bit", linesep="\r\n")
_POLICY_UTF8 = _POLICY.clone(utf8=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rendered:
    """A mail's three texts."""

    subject: str
    text: str
    html: str


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


def message_id(keys: tuple[str, ...], domain: str) -> str:
    """Return the Message-ID that follows from what the mail is about: making the same mail again gives the same id."""
    digest = hashlib.blake2b("\0".join(keys).encode("utf-8"), digest_size=16).hexdigest()
    return f"<{digest}@{domain}>"


def address(text: str) -> Address:
    """Return a mail address with its display name; raises WatchError naming what is wrong."""
    if any(unicodedata.category(char) in {"Cc", "Cs"} for char in text):
        what = "control characters, or bytes that are no UTF-8"
        raise WatchError(f"{clean.line(text)!r} is no mail address: it holds {what}")
    name, spec = parseaddr(text)
    local, at, domain = spec.rpartition("@")
    if not at or not local or not domain or " " in spec or len(spec) > 254:  # noqa: PLR2004 - RFC 5321, 4.5.3.1.3
        raise WatchError(f"{text!r} is no mail address; it must read name@host")
    try:
        return Address(display_name=_words(name, 100), username=local, domain=_domain(domain))
    except (ValueError, UnicodeError) as error:
        raise WatchError(f"{text!r} is no mail address: {error}") from error


def _domain(name: str) -> str:
    """Return a domain in small ASCII letters; raises UnicodeError.

    By IDNA 2008 (RFC 5891): "straße" and "strasse" are two domains, and may be two owners'.
    """
    if name.isascii():
        return name.encode("idna").decode("ascii").lower()
    return idna.encode(name, uts46=True).decode("ascii").lower()


def bare(text: str) -> str:
    """Return `local@domain` of an address, the domain in small ASCII letters: the form under which an address is kept."""
    return address(text).addr_spec


def build(rendered: Rendered, envelope: Envelope) -> bytes:
    """Return the message as it goes over the wire (CRLF)."""
    sender = address(envelope.sender)
    # An Apprise URL is no address, and may hold a secret: what goes that way is addressed to ourselves.
    recipient = sender if "://" in envelope.recipient else address(envelope.recipient)
    # A local part beyond ASCII has no other spelling (RFC 6531): it needs SMTPUTF8.
    plain = f"{sender.username}{recipient.username}".isascii()
    message = EmailMessage(policy=_POLICY if plain else _POLICY_UTF8)
    message["From"] = sender
    message["To"] = recipient
    message["Subject"] = _words(rendered.subject, 250)
    message["Date"] = format_datetime(envelope.made_at)
    message["Message-ID"] = envelope.message_id
    if envelope.parent:
        message["In-Reply-To"] = envelope.parent
        message["References"] = envelope.parent
    label = _words(envelope.list_name, 60).replace('"', "'").replace("\\", "/")
    message["List-Id"] = (
        f'"{label}" <{clean.slug(envelope.list_name)}.watches.{sender.domain}>'
        if label.isascii()
        else (f"<{clean.slug(envelope.list_name)}.watches.{sender.domain}>")
    )
    if envelope.unsubscribe_url:
        message["List-Unsubscribe"] = f"<{envelope.unsubscribe_url}>"
        message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    message["Auto-Submitted"] = "auto-generated"
    message["X-Auto-Response-Suppress"] = "All"  # Exchange's spelling of the same wish
    message.set_content(rendered.text)
    message.add_alternative(rendered.html, subtype="html")
    # Random by default; a mail made again must be the same to the byte.
    message.set_boundary(
        f"=_khabar_{hashlib.blake2b(envelope.message_id.encode(), digest_size=12).hexdigest()}"
    )
    return message.as_bytes()


def _words(text: str, limit: int) -> str:
    """Return a text for a header. Readers decode what looks like an encoded word (RFC 2047): a text must not look like one."""
    return clean.line(text, limit).replace("=?", "= ?")
