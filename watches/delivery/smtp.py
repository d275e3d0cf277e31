"""Sending by SMTP: the only module that knows smtplib.

One `Mailer` is one connection, kept open over many messages.
"""

import contextlib
import smtplib
import socket
import ssl
import time
from collections.abc import Iterator
from typing import Self

from watches import clean
from watches.addresses import bare_address
from watches.delivery.outcomes import Attempt, Outcome
from watches.delivery.replies import Stage, judge_reply
from watches.delivery.smtp_account import Account
from watches.errors import WatchError

# How long an answer is waited for (RFC 5321, 4.5.3.2). Shorter at the end of the data would mail
# twice what a slow server has taken already.
_CONNECT = 30.0  # seconds until there is a connection
_ANSWER = 300.0  # for the greeting and for each command
_DATA_END = 600.0  # for a whole message
# After so many seconds an open connection is asked whether it still lives, before a message is
# risked on it.
_IDLE = 20.0
_PERMANENT = 500
_TAKEN = {250, 251}
_CLOSING = 421  # "service not available, closing": RFC 5321, 3.8
_LONGEST_SHOWN = 100  # characters of an address that is none
_LONGEST_SAID = 300  # characters


class _PatientSMTP(smtplib.SMTP):
    """A connection that gives up early on a dead host, and late on a slow server."""

    def _get_socket(self, host: str, port: int, timeout: float) -> socket.socket:
        opened = socket.create_connection((host, port), min(timeout, _CONNECT))
        opened.settimeout(timeout)

        return opened


class _PatientTLS(smtplib.SMTP_SSL):
    """The same, under TLS from its first byte."""

    def _get_socket(self, host: str, port: int, timeout: float) -> socket.socket:
        opened = socket.create_connection((host, port), min(timeout, _CONNECT))
        opened.settimeout(timeout)

        return self.context.wrap_socket(opened, server_hostname=host)


class Mailer:
    """A connection to an account, opened with the first message and again after a loss.

    `patience`: seconds that an answer is waited for.
    """

    def __init__(self, where: Account, sender: str, *, patience: float = _ANSWER) -> None:
        self.where = where
        self.sender = sender
        self._patience = patience
        self._smtp: smtplib.SMTP | None = None
        self._used = 0.0  # when it was used last, on the monotonic clock

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Say goodbye if a connection is open."""
        if self._smtp is None:
            return

        with contextlib.suppress(smtplib.SMTPException, OSError):
            self._smtp.quit()

        self._smtp = None

    def send(self, recipient: str, raw: bytes) -> Attempt:
        """Hand one message to the server. What is no answer of a server is raised."""
        if not _is_address(recipient):
            said = f"{clean.line(recipient, _LONGEST_SHOWN)} is no mail address"
            return Attempt(outcome=Outcome.REFUSED_ADDRESS, said=said, is_impossible=True)

        try:
            smtp = self._connection()
        except (smtplib.SMTPException, OSError) as error:
            self._drop()
            return self._unconnected(error)

        options: list[str] = []
        if not f"{self.sender}{recipient}".isascii():
            if not smtp.has_extn("smtputf8"):
                return self._unspeakable(recipient)

            options.append("SMTPUTF8")

        return self._transmit(smtp, recipient, raw, options)

    def speaks_utf8(self) -> bool | None:
        """Return whether the server takes addresses beyond ASCII; None when it does not answer."""
        try:
            return self._connection().has_extn("smtputf8")
        except (smtplib.SMTPException, OSError):
            self._drop()
            return None

    def _transmit(
        self,
        smtp: smtplib.SMTP,
        recipient: str,
        raw: bytes,
        options: list[str],
    ) -> Attempt:
        """Send one message over an open connection."""
        try:
            return self._dialogue(smtp, recipient, raw, options)
        except (smtplib.SMTPException, OSError) as error:
            self._drop()
            return Attempt(
                outcome=Outcome.CONNECTION_LOST,
                said=self._network_words(error),
            )
        except BaseException:
            # Half a message is under way: the next one must not be taken for its other half.
            self._drop()
            raise

    def _dialogue(
        self,
        smtp: smtplib.SMTP,
        recipient: str,
        raw: bytes,
        options: list[str],
    ) -> Attempt:
        """Say MAIL, RCPT and DATA; raises SMTPException or OSError when the connection breaks."""
        if smtp.has_extn("size"):
            options = [*options, f"size={len(raw)}"]

        code, text = smtp.mail(self.sender, options)
        if code not in _TAKEN:
            return self._refused(smtp, Stage.SENDER, code, text)

        code, text = smtp.rcpt(recipient)
        if code not in _TAKEN:
            return self._refused(smtp, Stage.RECIPIENT, code, text)

        with self._patient(smtp):
            code, text = _data(smtp, raw)
        if code not in _TAKEN:
            return self._refused(smtp, Stage.MESSAGE, code, text)

        return Attempt(outcome=Outcome.SENT)

    @contextlib.contextmanager
    def _patient(self, smtp: smtplib.SMTP) -> Iterator[None]:
        """Wait longer for answers while a message is handed over."""
        connection = smtp.sock
        if connection is not None:
            connection.settimeout(max(_DATA_END, self._patience))
        yield
        if connection is not None and smtp.sock is connection:
            connection.settimeout(self._patience)

    def _connection(self) -> smtplib.SMTP:
        """Return a connection that lives; raises SMTPException or OSError."""
        is_idle = time.monotonic() - self._used > _IDLE
        if self._smtp is not None and is_idle:
            try:
                self._smtp.noop()
            except (smtplib.SMTPException, OSError):
                self._drop()

        # smtplib closes by itself after a 421.
        if self._smtp is None or self._smtp.sock is None:
            self._smtp = self._open()

        self._used = time.monotonic()

        return self._smtp

    def _open(self) -> smtplib.SMTP:
        """Return a new connection, greeted and logged in; raises SMTPException or OSError."""
        context = self._tls_context()
        smtp = self._connect(context)
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

    def _connect(self, context: ssl.SSLContext) -> smtplib.SMTP:
        """Return a connection on which nothing has been said yet."""
        host, port = self.where.host, self.where.port
        # We greet with the sender's domain: asking the DNS for our own name, as the library would,
        # can take seconds.
        name = self.sender.rpartition("@")[2].strip(">") or None
        if self.where.security == "tls":
            return _PatientTLS(
                host,
                port,
                name,
                timeout=self._patience,
                context=context,
            )

        return _PatientSMTP(host, port, name, timeout=self._patience)

    def _tls_context(self) -> ssl.SSLContext:
        """Return what checks the server's certificate, or lets any pass."""
        context = ssl.create_default_context()
        if not self.where.verify:
            context.check_hostname = False
            context.verify_mode = ssl.CERT_NONE

        return context

    def _drop(self) -> None:
        """Close a connection that is in doubt."""
        if self._smtp is not None:
            self._smtp.close()
            self._smtp = None

    def _unconnected(self, error: smtplib.SMTPException | OSError) -> Attempt:
        """Name why there is no connection. Whatever was said, it was said of no message."""
        match error:
            case smtplib.SMTPAuthenticationError(smtp_code=code, smtp_error=text):
                is_wrong = code >= _PERMANENT
                outcome = Outcome.MISCONFIGURED if is_wrong else Outcome.SERVER_AWAY
                return Attempt(outcome=outcome, said=_spoken(code, text))
            case smtplib.SMTPNotSupportedError():
                return Attempt(outcome=Outcome.MISCONFIGURED, said=str(error))
            case ssl.SSLEOFError() | ssl.SSLZeroReturnError() | ssl.SSLSyscallError():
                return Attempt(
                    outcome=Outcome.SERVER_AWAY,
                    said=self._network_words(error),
                )
            case ssl.SSLError():
                # A certificate that nobody trusts, a port without TLS: waiting mends neither.
                return Attempt(
                    outcome=Outcome.MISCONFIGURED,
                    said=self._network_words(error),
                )
            case smtplib.SMTPResponseException(smtp_code=code, smtp_error=text):
                # Turned away at the greeting or after it, before any message was named.
                is_refused = code >= _PERMANENT
                outcome = Outcome.SENDER_REFUSED if is_refused else Outcome.SERVER_AWAY
                return Attempt(
                    outcome=outcome,
                    said=_spoken(code, text),
                    shuts_way=True,
                )
            case _:
                return Attempt(
                    outcome=Outcome.SERVER_AWAY,
                    said=self._network_words(error),
                )

    def _unspeakable(self, recipient: str) -> Attempt:
        """Name the address that the server cannot be told: ours, or the reader's."""
        if not self.sender.isascii():
            said = f"{self.where.host} takes no sender beyond ASCII (SMTPUTF8): {self.sender}"
            return Attempt(outcome=Outcome.MISCONFIGURED, said=said)

        said = f"{self.where.host} takes no address beyond ASCII (SMTPUTF8): {recipient}"

        return Attempt(outcome=Outcome.REFUSED_ADDRESS, said=said, is_impossible=True)

    def _refused(
        self,
        smtp: smtplib.SMTP,
        stage: Stage,
        code: int,
        text: bytes,
    ) -> Attempt:
        """Name what the server answered to a message; a connection in doubt is closed."""
        said = _spoken(code, text)
        if code == _CLOSING:
            self._drop()
            # Before a recipient was named it was said of no message.
            is_away = stage is Stage.SENDER
            outcome = Outcome.SERVER_AWAY if is_away else Outcome.CONNECTION_LOST
            return Attempt(outcome=outcome, said=said)

        try:
            smtp.rset()
        except (smtplib.SMTPException, OSError):
            self._drop()

        _, _, words = said.partition(" ")

        return Attempt(outcome=judge_reply(stage, code, words), said=said)

    def _network_words(self, error: Exception) -> str:
        """Return an error of the network as one line."""
        words = str(error)
        if isinstance(error, OSError) and error.strerror:
            words = error.strerror

        return f"{self.where.host}:{self.where.port}: {words}"


def _data(smtp: smtplib.SMTP, raw: bytes) -> tuple[int, bytes]:
    """Hand a message's data over; return the answer to DATA, or to the end of the data."""
    try:
        return smtp.data(raw)
    except smtplib.SMTPDataError as error:
        text = error.smtp_error

        return error.smtp_code, text if isinstance(text, bytes) else text.encode()


def _is_address(recipient: str) -> bool:
    """Return whether this is an address in its one form; smtplib bends others into a stranger's."""
    try:
        return bare_address(recipient) == recipient
    except WatchError:
        return False


def _spoken(code: int, text: bytes | str) -> str:
    """Return the server's answer as one short line."""
    words = text.decode("utf-8", "replace") if isinstance(text, bytes) else str(text)
    flat = " ".join(words.split())

    return f"{code} {flat}"[:_LONGEST_SAID]
