"""Whose fault a mail server's refusal is: the sender's, the reader's address, or the message's.

Judged by the reply's code, its enhanced status (RFC 3463) and its words, since servers use the
codes each in their own way. In doubt a refusal is the sender's: then nothing is dropped, and a
person looks. Pure.
"""

import re
from enum import Enum

from watches.delivery.outcomes import Outcome

_STATUS = re.compile(r"\s*([245])\.(\d{1,3})\.(\d{1,3})\b")
_PERMANENT = 500
_TOO_LARGE = 552  # also "mailbox full", as RFC 5321 has it: the stage tells which
_NO_LOGIN = {530, 534, 535, 538}  # RFC 4954, 6
_ADDRESS_CODES = {550, 551, 553}  # RFC 5321, 4.2.3, of a recipient

# Enhanced status, without its class (RFC 3463, 3, and the registry of RFC 5248).
_ABOUT_ADDRESS = {"1.0", "1.1", "1.2", "1.3", "1.4", "1.6", "1.9", "1.10", "2.0", "2.1", "4.1"}
_ABOUT_SENDER = {"1.7", "1.8", "4.5"}
_ABOUT_MESSAGE = {"2.3", "3.4"}
_FULL = "2.2"
_SECURITY = "7."  # policy: relaying, blocklists, SPF, DKIM, DMARC
_CONTENT = "6."

_SENDER_WORDS = re.compile(
    r"relay|block(ed|ing|list)?\b|black-?list|deny-?list|spamhaus|spamcop|barracuda|\brbl\b|dnsbl"
    r"|reputation|\bspf\b|\bdkim\b|\bdmarc\b|\bptr\b|reverse dns|rdns|authenticat|must issue"
    r"|sender (address )?(rejected|refused|denied|verif)|not (allowed|permitted|authori[sz]ed) to "
    r"|(sending|daily|hourly|message|rate) (quota|limit)|too many (messages|mails|connections)"
    r"|rate limit|access denied|poor reputation|\bbanned\b"
    r"|\bpolic(y|ies)\b|\bspam\b|unsolicited|not verified",
    re.IGNORECASE,
)
_NO_RELAY = re.compile(
    r"relay(ing)? (access )?(denied|not permitted)|unable to relay", re.IGNORECASE
)
_FULL_WORDS = re.compile(
    r"(mailbox|inbox|account|user|recipient)[^.;]{0,40}\b(full|over ?quota|exceed)"
    r"|over ?quota|quota (is )?exceeded|exceeded[^.;]{0,30}quota|insufficient (system )?storage",
    re.IGNORECASE,
)
_ADDRESS_WORDS = re.compile(
    r"(user|recipient|mailbox|address|account)[^.;]{0,40}"
    r"\b(unknown|not found|not exist|doesn't exist|disabled|inactive|invalid|unavailable)"
    r"|\buser (does not|doesn't) have\b"
    r"|\b(unknown|invalid|no such|no) (user|recipient|mailbox|address|account)"
    r"|no longer (here|valid)|unrouteable",
    re.IGNORECASE,
)


class Stage(Enum):
    """The step of a mail at which a server refused it."""

    SENDER = "MAIL FROM"
    RECIPIENT = "RCPT TO"
    MESSAGE = "DATA"


def judge_reply(stage: Stage, code: int, text: str) -> Outcome:
    """Return the outcome of a reply that is no success. `text`: what follows the code."""
    subject = _status_subject(text)
    if _is_full(stage, subject, text):
        return Outcome.MAILBOX_FULL
    if code < _PERMANENT:
        # Postfix defers what it will not relay: waiting alone never mends that.
        return Outcome.SENDER_REFUSED if _NO_RELAY.search(text) else Outcome.LATER
    if code in _NO_LOGIN:
        return Outcome.MISCONFIGURED
    if _is_senders(stage, code, subject, text):
        return Outcome.SENDER_REFUSED

    return _of_mail(stage, code, subject, text)


def judge_words(text: str) -> Outcome | None:
    """Return the outcome that a refusal's words alone speak of; None: they name no cause."""
    if _FULL_WORDS.search(text):
        return Outcome.MAILBOX_FULL
    if _SENDER_WORDS.search(text):
        return Outcome.SENDER_REFUSED
    if _ADDRESS_WORDS.search(text):
        return Outcome.REFUSED_ADDRESS

    return None


def _is_full(stage: Stage, subject: str, text: str) -> bool:
    """Return whether a reader's mailbox has no room; of a whole message only the status tells."""
    if subject == _FULL:
        return True
    if stage is Stage.MESSAGE or subject in _ABOUT_SENDER:
        return False

    return _FULL_WORDS.search(text) is not None


def _is_senders(
    stage: Stage,
    code: int,
    subject: str,
    text: str,
) -> bool:
    """Return whether a permanent refusal is for the operator to mend."""
    # The size of a message is judged together with its sender (RFC 1870, 6.1).
    if stage is Stage.SENDER:
        return code != _TOO_LARGE and subject not in _ABOUT_MESSAGE

    if subject in _ABOUT_SENDER or _SENDER_WORDS.search(text):
        # Microsoft's "5.4.1 Recipient address rejected: Access denied" is an unknown user.
        return subject != "4.1"

    is_address = stage is Stage.RECIPIENT and _ADDRESS_WORDS.search(text) is not None

    return subject.startswith(_SECURITY) and not is_address


def _of_mail(
    stage: Stage,
    code: int,
    subject: str,
    text: str,
) -> Outcome:
    """Return whether a permanent refusal that is not the sender's concerns address or message."""
    if stage is Stage.SENDER or subject in _ABOUT_MESSAGE or subject.startswith(_CONTENT):
        return Outcome.REFUSED_MESSAGE
    if subject in _ABOUT_ADDRESS or _ADDRESS_WORDS.search(text):
        return Outcome.REFUSED_ADDRESS
    if stage is Stage.MESSAGE:
        return Outcome.REFUSED_MESSAGE
    if code in _ADDRESS_CODES and not subject:
        return Outcome.REFUSED_ADDRESS
    if code == _TOO_LARGE:
        return Outcome.MAILBOX_FULL

    return Outcome.SENDER_REFUSED


def _status_subject(text: str) -> str:
    """Return subject and detail of the enhanced status, "1.1" of "5.1.1"; empty without one."""
    status = _STATUS.match(text)

    return f"{status[2]}.{status[3]}" if status else ""
