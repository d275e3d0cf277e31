"""Bounces: delivery status notifications (RFC 3464) that come back by mail. Pure."""

import email
import email.policy
import re
from dataclasses import dataclass
from email.message import Message

_MESSAGE_ID = re.compile(r"<[^<>\s]{1,250}>")
_LONGEST = 5_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounce:
    """One failed recipient. `permanent`: status 5.x.x, action failed. `message_id`: of the mail that came back, if it is named."""

    recipient: str
    permanent: bool
    said: str
    message_id: str = ""


def bounces(raw: bytes) -> list[Bounce]:
    """Return what a message reports; empty when it is no delivery status notification."""
    message = email.message_from_bytes(raw[:_LONGEST], policy=email.policy.default)
    if message.get_content_type() != "multipart/report":
        return []
    identity = _returned_id(message)
    found: list[Bounce] = []
    for part in message.walk():
        if part.get_content_type() == "message/delivery-status":
            found.extend(
                bounce
                for block in _blocks(part)
                if (bounce := _bounce(block, identity)) is not None
            )
    return found


def _blocks(part: Message) -> list[Message]:
    held = part.get_payload()
    return [block for block in held if isinstance(block, Message)] if isinstance(held, list) else []


def _bounce(block: Message, identity: str) -> Bounce | None:
    recipient = (
        str(block.get("Original-Recipient") or block.get("Final-Recipient") or "")
        .partition(";")[2]
        .strip()
    )
    if not recipient:
        return None
    status, action = (
        str(block.get("Status") or "").strip(),
        str(block.get("Action") or "").strip().lower(),
    )
    said = " ".join(str(block.get("Diagnostic-Code") or status).split())[:300]
    return Bounce(
        recipient=recipient,
        permanent=action == "failed" and not status.startswith("4"),
        said=said or "failed",
        message_id=identity,
    )


def _returned_id(message: Message) -> str:
    """Return the Message-ID of the mail that came back, from the part that quotes it."""
    for part in message.walk():
        if part.get_content_type() == "text/rfc822-headers":
            text = str(part.get_payload())
            found = re.search(r"^message-id:\s*(\S+)", text, re.IGNORECASE | re.MULTILINE)
            return found[1] if found and _MESSAGE_ID.fullmatch(found[1]) else ""
        if part.get_content_type() == "message/rfc822":
            held = part.get_payload()
            inner = held[0] if isinstance(held, list) and held else None
            name = str(inner.get("Message-ID") or "").strip() if isinstance(inner, Message) else ""
            return name if _MESSAGE_ID.fullmatch(name) else ""
    return ""
