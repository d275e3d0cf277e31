"""What comes back by mail: bounces (RFC 3464, or in a server's own words), complaints (RFC 5965).

Anybody can send such a mail: what it says of a message counts only if the message is one of ours.
Pure.
"""

import email
import email.policy
import re
from dataclasses import dataclass
from email.message import Message

from watches.delivery.outcomes import Attempt
from watches.delivery.plain_bounces import failed_recipients, named_ids, spoken_reason
from watches.delivery.refusals import Weight
from watches.delivery.replies import Stage, judge_reply

_MESSAGE_ID = re.compile(r"<[^<>\s]{1,250}>")
_MESSAGE_ID_LINE = re.compile(r"^message-id:\s*(\S+)", re.IGNORECASE | re.MULTILINE)
_LONGEST = 5_000_000  # bytes of a report that are read
_LONGEST_SAID = 300  # characters
_TEMPORARY = "4"  # the class of a status (RFC 3463)
_PERMANENT_CODE = 554  # what a permanent status without an SMTP reply counts as
_UNSPECIFIED = {"", "5.0.0"}
_REPLY = re.compile(r"(?:smtp;)?\s*([2-5]\d\d)?[ -]?(.*)", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounce:
    """One failed recipient."""

    recipient: str
    weight: Weight  # how much it counts against the address
    said: str  # what the server said, on one line
    message_ids: tuple[str, ...] = ()  # which mail came back: those that it names


def read_bounces(raw: bytes) -> list[Bounce]:
    """Return what a message reports; empty when it tells of no failure."""
    message = email.message_from_bytes(raw[:_LONGEST], policy=email.policy.default)
    returned_id = _returned_id(message)
    message_ids = named_ids(raw)
    if returned_id:
        message_ids = (returned_id,)

    if message.get_content_type() != "multipart/report":
        return _plain_bounces(raw, message_ids)

    found: list[Bounce] = []
    for block in _status_blocks(message):
        bounce = _bounce(block, message_ids)
        if bounce is not None:
            found.append(bounce)

    return found or _plain_bounces(raw, message_ids)


def _plain_bounces(raw: bytes, message_ids: tuple[str, ...]) -> list[Bounce]:
    """Return what a message reports that is no delivery status notification."""
    later, final = failed_recipients(raw)
    weight, said = spoken_reason(raw)
    found: list[Bounce] = []
    for recipient in (*later, *final):
        bounce = Bounce(
            recipient=recipient,
            weight=weight if recipient in final else Weight.NONE,
            said=said or "failed",
            message_ids=message_ids,
        )
        found.append(bounce)

    return found


def _status_blocks(message: Message) -> list[Message]:
    """Return the blocks of all status parts, each as headers without a body."""
    blocks: list[Message] = []
    for part in message.walk():
        if part.get_content_type() != "message/delivery-status":
            continue

        payload = part.get_payload()
        if isinstance(payload, list):
            blocks += [block for block in payload if isinstance(block, Message)]

    return blocks


def _bounce(block: Message, message_ids: tuple[str, ...]) -> Bounce | None:
    """Return the failure that a block tells of; None when it names no recipient."""
    named = _field(block, "Original-Recipient") or _field(block, "Final-Recipient")
    _, _, address = named.partition(";")
    recipient = address.strip()
    if not recipient:
        return None

    status = _field(block, "Status")
    action = _field(block, "Action")
    diagnostic = _field(block, "Diagnostic-Code") or status
    words = diagnostic.split()
    line = " ".join(words)
    said = line[:_LONGEST_SAID]

    weight = Weight.NONE
    is_temporary = status.startswith(_TEMPORARY)
    if action.lower() == "failed" and not is_temporary:
        weight = _weight(status, said)

    return Bounce(
        recipient=recipient,
        weight=weight,
        said=said or "failed",
        message_ids=message_ids,
    )


def _field(block: Message, name: str) -> str:
    """Return a field of a block; empty without it."""
    value = block.get(name)
    if value is None:
        return ""

    return str(value).strip()


def read_complaint(raw: bytes) -> str:
    """Return the Message-ID of the mail that a reader called abuse; empty if it is no complaint."""
    message = email.message_from_bytes(raw[:_LONGEST], policy=email.policy.default)
    types = [part.get_content_type() for part in message.walk()]
    if types[0] != "multipart/report" or "message/feedback-report" not in types:
        return ""

    return _returned_id(message)


def _weight(status: str, said: str) -> Weight:
    """Return how much a failure for good counts against the address."""
    if status in _UNSPECIFIED and said in _UNSPECIFIED:
        return Weight.MISSING  # nothing says more than "failed"

    reply = _REPLY.match(said)
    code = reply[1] if reply else None
    words = reply[2] if reply else said
    if not words.startswith("5."):
        words = f"{status} {words}"

    outcome = judge_reply(Stage.RECIPIENT, int(code or _PERMANENT_CODE), words)

    return Attempt(outcome=outcome).weight


def _returned_id(message: Message) -> str:
    """Return the Message-ID of the mail that came back, from the part that quotes it."""
    for part in message.walk():
        match part.get_content_type():
            case "text/rfc822-headers":
                line = _MESSAGE_ID_LINE.search(str(part.get_payload()))
                return _valid_id(line[1] if line else "")
            case "message/rfc822":
                return _valid_id(_enclosed_id(part))

    return ""


def _enclosed_id(part: Message) -> str:
    """Return the Message-ID of the message that a part holds whole."""
    payload = part.get_payload()
    if not isinstance(payload, list) or not payload:
        return ""

    enclosed = payload[0]
    if not isinstance(enclosed, Message):
        return ""

    return str(enclosed.get("Message-ID") or "").strip()


def _valid_id(text: str) -> str:
    """Return a Message-ID with its brackets; empty if the text is none."""
    return text if _MESSAGE_ID.fullmatch(text) else ""
