"""Carriers: whatever takes a message to its reader, and the choice among them by the recipient."""

import logging
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Protocol

from watches import clean
from watches.delivery import channels, mailbox_folder, signing
from watches.delivery.channels import is_url, webhook_key
from watches.delivery.outcomes import Attempt, Outcome

__all__ = ["Carrier", "Carriers", "Folder", "hand_over", "is_url", "webhook_key"]

_LOG = logging.getLogger(__name__)


class Carrier(Protocol):
    """Whatever takes a message to its reader."""

    def send(self, recipient: str, raw: bytes) -> Attempt:
        """Hand one message over."""

    def close(self) -> None:
        """Say goodbye."""


@dataclass(frozen=True, slots=True)
class Folder:
    """The local mailbox without its server: for one pass, when no mail server is named."""

    path: Path

    def send(self, recipient: str, raw: bytes) -> Attempt:
        """Write one message."""
        try:
            self.path.mkdir(parents=True, exist_ok=True)
            mailbox_folder.keep(self.path, [recipient], raw)
        except OSError as error:
            return Attempt(
                outcome=Outcome.SERVER_AWAY,
                said=f"{self.path}: {error.strerror}",
            )

        return Attempt(outcome=Outcome.SENT)

    def close(self) -> None:
        """Do nothing: nothing is open."""


@dataclass(frozen=True, slots=True)
class Carriers:
    """Mail by one carrier, everything else by Apprise or webhook.

    Mails are signed on their way out if there is a key; `secret` signs webhooks.
    """

    mail: Carrier
    secret: bytes = field(repr=False)
    key: signing.Key | None = None
    key_turn: int = 0  # how often the key was renewed that a webhook's messages are signed with

    def at_turn(self, key_turn: int) -> "Carriers":
        """Return the same carriers for a webhook whose key was renewed so often."""
        return replace(self, key_turn=key_turn)

    def send(self, recipient: str, raw: bytes) -> Attempt:
        """Hand one message over, by the way that its recipient names."""
        if is_url(recipient):
            return channels.send(recipient, raw, self.secret, self.key_turn)
        if self.key is None:
            return self.mail.send(recipient, raw)

        return self.mail.send(recipient, signing.signed(raw, self.key))

    def close(self) -> None:
        """Say goodbye."""
        self.mail.close()


def hand_over(carrier: Carrier, recipient: str, raw: bytes, key_turn: int = 0) -> Attempt:
    """Hand one message over; an error that nobody foresaw is an outcome with a name, too.

    `key_turn`: how often the key was renewed that a webhook's messages are signed with.
    """
    try:
        if key_turn and isinstance(carrier, Carriers):
            return carrier.at_turn(key_turn).send(recipient, raw)

        return carrier.send(recipient, raw)
    except Exception as error:  # noqa: BLE001 - one message among many fails alone, and is named
        return _failed(recipient, error)


def _failed(recipient: str, error: Exception) -> Attempt:
    """Return the outcome of an unforeseen error, and log it."""
    name = type(error).__name__
    if is_url(recipient):
        # The error may quote the URL, and the URL may be a secret.
        masked = clean.mask_secret(recipient)
        _LOG.error("a message could not be sent to %s: %s", masked, name)
        return Attempt(outcome=Outcome.FAILED, said=name)

    _LOG.error("a mail could not be sent", exc_info=error)

    return Attempt(outcome=Outcome.FAILED, said=f"{name}: {error}")
