"""How an attempt to hand a message over ended."""

from dataclasses import dataclass
from enum import StrEnum

from watches.delivery.refusals import Weight


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
    # Waits; all that goes to the address is concerned.
    MAILBOX_FULL = "mailbox_full"  # the reader's quota: it may have room tomorrow
    REFUSED_ADDRESS = "refused_address"  # no such mailbox; after a few refusals it is paused
    # Given up.
    REFUSED_MESSAGE = "refused_message"  # not this message


@dataclass(frozen=True, slots=True, kw_only=True)
class Attempt:
    """One attempt: its outcome and the server's words (no secrets in them)."""

    outcome: Outcome
    said: str = ""
    shuts_way: bool = False  # it was said of no message: nothing more goes this way for now
    is_impossible: bool = False  # nothing can ever go to this recipient: we know it ourselves

    @property
    def weight(self) -> Weight:
        """How much it counts against the address."""
        if self.is_impossible:
            return Weight.IMPOSSIBLE

        return _WEIGHTS.get(self.outcome, Weight.NONE)


_WEIGHTS = {
    Outcome.MAILBOX_FULL: Weight.FULL,
    Outcome.REFUSED_ADDRESS: Weight.MISSING,
}
