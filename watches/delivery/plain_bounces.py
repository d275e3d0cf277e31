"""Bounces that are no delivery status notifications: a server's own words say what failed.

Who failed is found by flufl.bounce, the bounce reader of Mailman; how much that counts is judged
by the server's words as in any other refusal. Pure.
"""

import email
import logging
import re
from email.message import Message

from flufl.bounce import all_failures

from watches.delivery.outcomes import Attempt
from watches.delivery.refusals import Weight
from watches.delivery.replies import Stage, judge_reply, judge_words

_LOG = logging.getLogger(__name__)
_LONGEST = 200_000  # bytes of a mail that are read: what it says stands before what it returns
_LONGEST_SAID = 300  # characters
_MOST_IDS = 20
_REPLY = re.compile(r"(?<![\d.-])(?P<code>5\d\d)[ -]+(?P<words>#?\d\.\d+\.\d+\b.*|\D.*)")
_STATUS = re.compile(r"(?<![\d.])5\.\d{1,3}\.\d{1,3}(?![\d.])")
_PERMANENT = 554  # the code of a status that stands without one
_NAME = re.compile(r"\S+[@.]\S*\w\S*")
_NAMED_ID = re.compile(r"^[> \t|]*message-id:\s*(<[^<>\s]{1,250}>)", re.IGNORECASE | re.MULTILINE)
_REFERRED_ID = re.compile(r"<[^<>\s]{1,250}>")
# Where the returned mail begins: what stands there are the words of its writer, not of a server.
_RETURNED = re.compile(
    r"^[> \t|]*(received|return-path|message-id|from|mime-version):\s", re.IGNORECASE | re.MULTILINE
)


def failed_recipients(raw: bytes) -> tuple[list[str], list[str]]:
    """Return the addresses that failed for a while, and those that failed for good."""
    message = email.message_from_bytes(raw[:_LONGEST])
    try:
        later, final = all_failures(message)
    except Exception:  # noqa: BLE001 - heuristics of others on a stranger's mail; it is no bounce
        _LOG.warning("a mail that came back could not be read as a bounce", exc_info=True)
        return [], []

    return _decoded(later), _decoded(final)


def _decoded(addresses: frozenset[bytes]) -> list[str]:
    """Return addresses as text, in an order that is always the same."""
    return sorted(address.decode("utf-8", "replace") for address in addresses)


def named_ids(raw: bytes) -> tuple[str, ...]:
    """Return the Message-IDs of mails that a mail speaks of: quoted in it, or in its references."""
    message = email.message_from_bytes(raw[:_LONGEST])
    found: list[str] = []
    for text in _texts(message):
        found += _NAMED_ID.findall(text)

    for part in message.walk():
        found += _ids_of(part, "References")
        found += _ids_of(part, "In-Reply-To")
        if part is not message:
            found += _ids_of(part, "Message-ID")

    unique = dict.fromkeys(found)

    return tuple(unique)[:_MOST_IDS]


def _ids_of(part: Message, name: str) -> list[str]:
    """Return the Message-IDs in a header."""
    value = str(part.get(name, ""))

    return _REFERRED_ID.findall(value)


def spoken_reason(raw: bytes) -> tuple[Weight, str]:
    """Return how much a failure for good counts by the words around it, and those words."""
    message = email.message_from_bytes(raw[:_LONGEST])
    words: list[str] = []
    for part in _texts(message):
        own = _before_return(part)
        words += own.split()

    text = " ".join(words)
    reply = _REPLY.search(text)
    if reply is None:
        weight = _weight_of_words(text)
        return weight, text[:_LONGEST_SAID]

    code = int(reply["code"])
    said = reply["words"]
    outcome = judge_reply(Stage.RECIPIENT, code, said[:_LONGEST_SAID])
    attempt = Attempt(outcome=outcome)
    whole = reply[0]

    return attempt.weight, whole[:_LONGEST_SAID]


def _weight_of_words(text: str) -> Weight:
    """Return how much a failure counts that no reply explains: by a status, or by words alone."""
    status = _STATUS.search(text)
    # The names of hosts and people are no reason: relay.example.org, unknown@example.org.
    words = _NAME.sub(" ", text)
    if status is None:
        outcome = judge_words(words)
    else:
        outcome = judge_reply(Stage.RECIPIENT, _PERMANENT, f"{status[0]} {words}")

    if outcome is None:
        return Weight.UNCLEAR

    attempt = Attempt(outcome=outcome)

    return attempt.weight


def _texts(message: Message) -> list[str]:
    """Return the plain texts of a mail, without those of the mail that it returns."""
    texts: list[str] = []
    for part in message.walk():
        if part.is_multipart():
            continue

        payload = part.get_payload(decode=True)
        if part.get_content_maintype() == "text" and isinstance(payload, bytes):
            texts.append(payload.decode("utf-8", "replace"))

    return texts


def _before_return(text: str) -> str:
    """Return a text up to the headers of the mail that it returns."""
    begin = _RETURNED.search(text)

    return text if begin is None else text[: begin.start()]
