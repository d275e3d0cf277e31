"""Sending by SMTP: the only module that knows smtplib. One `Mailer` is one connection, kept open over many messages."""

import contextlib
import smtplib
import ssl
import time
from dataclasses import dataclass
from enum import StrEnum
from typing import Self
from urllib.parse import parse_qs, unquote, urlsplit

from watches.delivery import clean, message
from watches.errors import WatchError

_SECONDS = 30.0
_IDLE = 20.0  # seconds after which an open connection is asked whether it still lives, before a message is risked on it
_PERMANENT = 500
_CLOSING = 421  # "service not available, closing": RFC 5321, 3.8
_TOO_LARGE = 552
_SCHEMES = {"smtp": 25, "smtp+starttls": 587, "smtps": 465}


class Outcome(StrEnum):
    """How an attempt ended. A name, not an exception: the sender acts on it, never on the words.

    The values stand in the archive (alerts.last_outcome).
    """

    SENT = "sent"
    # Waits; the message alone is concerned.
    LATER = "later"  # a temporary answer, 4xx
    CONNECTION_LOST = "connection_lost"  # half-way; whose fault it was is not known
    SENDER_REFUSED = "sender_refused"  # the server takes no mail from us, this one at least
    FAILED = "failed"  # an error of ours that nobody foresaw
    # Waits; all that goes the same way is concerned.
    RECEIVER_AWAY = "receiver_away"  # a webhook's server does not answer, or is overloaded
    SERVER_AWAY = "server_away"  # there is no connection to the mail server
    MISCONFIGURED = "misconfigured"  # the login or TLS are wrong: the operator must act
    # Given up.
    REFUSED_ADDRESS = "refused_address"  # no mail for this recipient: the address is paused
    REFUSED_MESSAGE = "refused_message"  # not this message


@dataclass(frozen=True, slots=True, kw_only=True)
class Attempt:
    """One attempt: its outcome and the server's words (no secrets in them)."""

    outcome: Outcome
    said: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """Where and as whom to send. `security` is "none", "starttls" or "tls"."""

    host: str
    port: int
    security: str = "none"
    user: str = ""
    password: str = ""
    verify: bool = True  # the server's certificate; off only for a server of one's own with a private certificate

    def __repr__(self) -> str:
        return f"Account({self.host}:{self.port}, {self.security}, user={self.user!r})"


def account(url: str) -> Account:
    """Return the account of smtp://, smtp+starttls:// or smtps://user:password@host:port (user and password percent-encoded).

    `?starttls=1` on smtp:// asks for STARTTLS too, `?verify=0` accepts any certificate.
    """
    parts = urlsplit(url)
    if parts.scheme not in _SCHEMES or not parts.hostname:
        raise WatchError(
            "the SMTP URL must read smtp://, smtp+starttls:// or smtps://user:password@host:port"
        )
    asked = {name: values[-1] for name, values in parse_qs(parts.query).items()}
    starttls = parts.scheme == "smtp+starttls" or asked.get("starttls") == "1"
    try:
        port = parts.port or _SCHEMES[parts.scheme]
    except ValueError as error:
        raise WatchError("the port in the SMTP URL is no number from 1 to 65535") from error
    return Account(
        host=parts.hostname,
        port=port,
        security="tls" if parts.scheme == "smtps" else "starttls" if starttls else "none",
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
        verify=asked.get("verify") != "0",
    )


class Mailer:
    """A connection to an account, opened with the first message and again after a loss."""

    def __init__(self, where: Account, sender: str) -> None:
        self.where = where
        self.sender = sender
        self._smtp: smtplib.SMTP | None = None
        self._used = 0.0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Say goodbye if a connection is open."""
        if self._smtp is not None:
            with contextlib.suppress(smtplib.SMTPException, OSError):
                self._smtp.quit()
            self._smtp = None

    def send(self, recipient: str, raw: bytes) -> Attempt:
        """Hand one message to the server. What is no answer of a server is raised."""
        if not _is_address(recipient):
            said = f"{clean.line(recipient, 100)} is no mail address"
            return Attempt(outcome=Outcome.REFUSED_ADDRESS, said=said)
        try:
            smtp = self._connection()
        except (smtplib.SMTPException, OSError) as error:
            self._drop()
            return self._unconnected(error)
        options = []
        if not f"{self.sender}{recipient}".isascii():
            if not smtp.has_extn("smtputf8"):
                return self._unspeakable(recipient)
            options.append("SMTPUTF8")
        try:
            smtp.sendmail(self.sender, [recipient], raw, options)
        except smtplib.SMTPException as error:
            return self._judge(error)
        except OSError as error:
            self._drop()
            return Attempt(outcome=Outcome.CONNECTION_LOST, said=self._heard(error))
        except BaseException:
            # Half a message is under way: the next one must not be taken for its other half.
            self._drop()
            raise
        return Attempt(outcome=Outcome.SENT)

    def speaks_utf8(self) -> bool | None:
        """Return whether the server takes addresses beyond ASCII; None when it does not answer."""
        try:
            return self._connection().has_extn("smtputf8")
        except (smtplib.SMTPException, OSError):
            self._drop()
            return None

    def _connection(self) -> smtplib.SMTP:
        if self._smtp is not None and time.monotonic() - self._used > _IDLE:
            try:
                self._smtp.noop()
            except (smtplib.SMTPException, OSError):
                self._drop()
        if self._smtp is None or self._smtp.sock is None:  # smtplib closes by itself after a 421
            self._smtp = self._open()
        self._used = time.monotonic()
        return self._smtp

    def _open(self) -> smtplib.SMTP:
        context = ssl.create_default_context()
        if not self.where.verify:
            context.check_hostname = False
            context.verify_mode = ssl.CERT_NONE
        # We greet with the sender's domain: asking the DNS for our own name, as the library would, can take seconds.
        name = self.sender.rpartition("@")[2].strip(">") or None
        smtp = (
            smtplib.SMTP_SSL(
                self.where.host, self.where.port, name, timeout=_SECONDS, context=context
            )
            if self.where.security == "tls"
            else smtplib.SMTP(self.where.host, self.where.port, name, timeout=_SECONDS)
        )
        try:
            if self.where.security == "starttls":
                smtp.starttls(context=context)
            if self.where.user:
                smtp.login(self.where.user, self.where.password)
            smtp.ehlo_or_helo_if_needed()
        except BaseException:
            smtp.close()
            raise
        return smtp

    def _drop(self) -> None:
        if self._smtp is not None:
            self._smtp.close()
            self._smtp = None

    def _unconnected(self, error: smtplib.SMTPException | OSError) -> Attempt:
        """Name why there is no connection. Whatever was said, it was said of no message."""
        match error:
            case smtplib.SMTPAuthenticationError(smtp_code=code, smtp_error=text):
                wrong = code >= _PERMANENT
                outcome = Outcome.MISCONFIGURED if wrong else Outcome.SERVER_AWAY
                return Attempt(outcome=outcome, said=_spoken(code, text))
            case smtplib.SMTPNotSupportedError():
                return Attempt(outcome=Outcome.MISCONFIGURED, said=str(error))
            case smtplib.SMTPResponseException(smtp_code=code, smtp_error=text):
                return Attempt(outcome=Outcome.SERVER_AWAY, said=_spoken(code, text))
            case _:
                return Attempt(outcome=Outcome.SERVER_AWAY, said=self._heard(error))

    def _unspeakable(self, recipient: str) -> Attempt:
        """Name the address that the server cannot be told: ours, or the reader's."""
        if not self.sender.isascii():
            said = f"{self.where.host} takes no sender beyond ASCII (SMTPUTF8): {self.sender}"
            return Attempt(outcome=Outcome.MISCONFIGURED, said=said)
        said = f"{self.where.host} takes no address beyond ASCII (SMTPUTF8): {recipient}"
        return Attempt(outcome=Outcome.REFUSED_ADDRESS, said=said)

    def _judge(self, error: smtplib.SMTPException) -> Attempt:
        """Name what the server answered to a message; a connection in doubt is closed."""
        refused = Outcome.REFUSED_MESSAGE
        match error:
            case smtplib.SMTPRecipientsRefused(recipients=recipients):
                code, text = next(iter(recipients.values()))
                refused = Outcome.REFUSED_ADDRESS
            case smtplib.SMTPSenderRefused(smtp_code=code, smtp_error=text):
                # The size of a message is judged together with its sender (RFC 1870, 6.1).
                if code != _TOO_LARGE:
                    refused = Outcome.SENDER_REFUSED
            case smtplib.SMTPResponseException(smtp_code=code, smtp_error=text):
                pass
            case _:
                self._drop()
                return Attempt(outcome=Outcome.CONNECTION_LOST, said=self._heard(error))
        said = _spoken(code, text)
        if code == _CLOSING:
            self._drop()
            return Attempt(outcome=Outcome.CONNECTION_LOST, said=said)
        return Attempt(outcome=refused if code >= _PERMANENT else Outcome.LATER, said=said)

    def _heard(self, error: Exception) -> str:
        """Return an error of the network as one line."""
        words = (error.strerror if isinstance(error, OSError) else "") or str(error)
        return f"{self.where.host}:{self.where.port}: {words}"


def _is_address(recipient: str) -> bool:
    """Return whether this is an address in its one form; smtplib bends others into a stranger's."""
    try:
        return message.bare(recipient) == recipient
    except WatchError:
        return False


def _spoken(code: int, text: bytes | str) -> str:
    """Return the server's answer as one short line."""
    words = text.decode("utf-8", "replace") if isinstance(text, bytes) else str(text)
    return f"{code} {' '.join(words.split())}"[:300]
