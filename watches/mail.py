"""Sending by SMTP: the only module that knows smtplib. One `Mailer` is one connection, kept open over many messages."""

import contextlib
import smtplib
import ssl
import time
from dataclasses import dataclass
from enum import StrEnum
from typing import Self
from urllib.parse import parse_qs, unquote, urlsplit

from watches.errors import WatchError

_SECONDS = 30.0
_IDLE = 20.0  # seconds after which an open connection is asked whether it still lives, before a message is risked on it
_PERMANENT = 500
_SCHEMES = {"smtp": 25, "smtp+starttls": 587, "smtps": 465}


class Outcome(StrEnum):
    """How an attempt ended. A name, not an exception: the outbox acts on it."""

    SENT = "sent"
    LATER = "later"                # temporary: 4xx, connection lost; try again
    REFUSED_ADDRESS = "refused_address"  # permanent: the server does not take mail for this recipient
    REFUSED_MESSAGE = "refused_message"  # permanent: the server does not take this message
    MISCONFIGURED = "misconfigured"      # login, sender or TLS are wrong: every message would fail; the operator must act


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
    verify: bool = True            # the server's certificate; off only for a server of one's own with a private certificate

    def __repr__(self) -> str:
        return f"Account({self.host}:{self.port}, {self.security}, user={self.user!r})"


def account(url: str) -> Account:
    """Return the account of smtp://, smtp+starttls:// or smtps://user:password@host:port (user and password percent-encoded).

    `?starttls=1` on smtp:// asks for STARTTLS too, `?verify=0` accepts any certificate.
    """
    parts = urlsplit(url)
    if parts.scheme not in _SCHEMES or not parts.hostname:
        raise WatchError("the SMTP URL must read smtp://, smtp+starttls:// or smtps://user:password@host:port")
    asked = {name: values[-1] for name, values in parse_qs(parts.query).items()}
    starttls = parts.scheme == "smtp+starttls" or asked.get("starttls") == "1"
    try:
        port = parts.port or _SCHEMES[parts.scheme]
    except ValueError as error:
        raise WatchError("the port in the SMTP URL is no number from 1 to 65535") from error
    return Account(
        host=parts.hostname, port=port, security="tls" if parts.scheme == "smtps" else "starttls" if starttls else "none",
        user=unquote(parts.username or ""), password=unquote(parts.password or ""), verify=asked.get("verify") != "0",
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
        """Hand one message to the server."""
        try:
            self._connection().sendmail(self.sender, [recipient], raw)
        except smtplib.SMTPException as error:
            attempt = self._judge(error)
        except OSError as error:
            self._drop()
            attempt = Attempt(outcome=Outcome.LATER, said=f"{self.where.host}:{self.where.port}: {error.strerror or error}")
        else:
            attempt = Attempt(outcome=Outcome.SENT)
        return attempt

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
            smtplib.SMTP_SSL(self.where.host, self.where.port, name, timeout=_SECONDS, context=context)
            if self.where.security == "tls"
            else smtplib.SMTP(self.where.host, self.where.port, name, timeout=_SECONDS)
        )
        try:
            if self.where.security == "starttls":
                smtp.starttls(context=context)
            if self.where.user:
                smtp.login(self.where.user, self.where.password)
        except BaseException:
            smtp.close()
            raise
        return smtp

    def _drop(self) -> None:
        if self._smtp is not None:
            self._smtp.close()
            self._smtp = None

    def _judge(self, error: smtplib.SMTPException) -> Attempt:
        """Name what happened; a connection in doubt is closed."""
        match error:
            case smtplib.SMTPRecipientsRefused(recipients=refused):
                code, text = next(iter(refused.values()))
                permanent, words = Outcome.REFUSED_ADDRESS, (code, text)
            case smtplib.SMTPAuthenticationError(smtp_code=code, smtp_error=text):
                self._drop()
                permanent, words = Outcome.MISCONFIGURED, (code, text)
            case smtplib.SMTPSenderRefused(smtp_code=code, smtp_error=text):
                permanent, words = Outcome.MISCONFIGURED, (code, text)
            case smtplib.SMTPNotSupportedError():
                self._drop()
                return Attempt(outcome=Outcome.MISCONFIGURED, said=str(error))
            case smtplib.SMTPServerDisconnected():
                self._drop()
                return Attempt(outcome=Outcome.LATER, said=str(error))
            case smtplib.SMTPResponseException(smtp_code=code, smtp_error=text):
                permanent, words = Outcome.REFUSED_MESSAGE, (code, text)
            case _:
                self._drop()
                return Attempt(outcome=Outcome.LATER, said=str(error))
        return Attempt(outcome=permanent if words[0] >= _PERMANENT else Outcome.LATER, said=_spoken(*words))


def _spoken(code: int, text: bytes | str) -> str:
    """Return the server's answer as one short line."""
    words = text.decode("utf-8", "replace") if isinstance(text, bytes) else str(text)
    return f"{code} {' '.join(words.split())}"[:300]
