"""Mails to the operator: what a person must mend. Plain text, no watch, no tracking. Pure."""

import html
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from watches import clean
from watches.delivery.rendered import Rendered

_PAUSED = "Mail to these addresses was refused for good, and has been paused:"
_ILL = "These outlets have fallen ill; each is told once, until it changes:"
_WHAT_TO_DO = "What is wrong there, only a person can find out. When it is mended:"
_COMMAND = "khabar mail resume ADDRESS"
_SENDER_ADVICE = "Look at KHABAR_SMTP_URL and KHABAR_MAIL_FROM, and at what the server asks for."
_RETRY = "When it is mended: khabar mail retry"
_HEAD = (
    '<!DOCTYPE html><html lang="en">'
    '<body style="font-family:sans-serif;font-size:16px;line-height:1.5">'
)
_LONGEST_ADDRESS = 120  # characters, as _LONGEST_REASON
_LONGEST_REASON = 200


def paused_addresses(addresses: Sequence[tuple[str, str, datetime]]) -> Rendered:
    """Return the mail that tells of paused addresses: (address, reason, since)."""
    rows: list[str] = []
    for address, reason, since in addresses:
        rows.append(_row(address, reason, since))

    listed = [f"- {row}" for row in rows]
    advice = f"{_WHAT_TO_DO} {_COMMAND}"
    text = "\n".join([_PAUSED, "", *listed, "", advice, ""])
    many = "es" if len(rows) > 1 else ""

    return Rendered(
        subject=f"Khabar: {len(rows)} address{many} paused",
        text=text,
        html=_page(rows),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class IllOutlet:
    """What a mail says of an outlet that is not well."""

    name: str
    sentence: str  # what is wrong, for any outlet in this condition
    note: str  # on this case; empty where there is nothing to add
    advice: str  # what to do

    @property
    def line(self) -> str:
        """All of it on one line."""
        what = f"{self.name}: {self.sentence}"
        if self.note:
            note = clean.line(self.note, _LONGEST_REASON)
            what = f"{what} ({note})"

        return f"{what}; {self.advice}"


def ill_outlets(outlets: Sequence[IllOutlet]) -> Rendered:
    """Return the mail that tells of outlets which fell ill in a run."""
    lines = [outlet.line for outlet in outlets]
    items = "".join(f"<li>{html.escape(line)}</li>" for line in lines)
    subject = f"Khabar: {outlets[0].name} is not well"
    if len(outlets) > 1:
        subject = f"Khabar: {len(outlets)} outlets are not well"

    return Rendered(
        subject=subject,
        text="\n".join([_ILL, "", *[f"- {line}" for line in lines], ""]),
        html=f"{_HEAD}<p>{_ILL}</p><ul>{items}</ul></body></html>",
    )


def refused_sender(said: str, waiting: int) -> Rendered:
    """Return the mail that tells of a mail server that takes nothing from us, and its words."""
    answer = clean.line(said, _LONGEST_REASON)
    sentences = [
        f"The mail server takes no mail from Khabar: {answer}",
        f"{waiting} mails wait, and none is dropped.",
        f"{_SENDER_ADVICE} {_RETRY}",
    ]
    paragraphs = "".join(f"<p>{html.escape(sentence)}</p>" for sentence in sentences)

    return Rendered(
        subject="Khabar: the mail server refuses our mail",
        text="\n\n".join([*sentences, ""]),
        html=f"{_HEAD}{paragraphs}</body></html>",
    )


def _row(address: str, reason: str, since: datetime) -> str:
    """Return what is said of one address."""
    shown = clean.line(clean.mask_secret(address), _LONGEST_ADDRESS)
    why = clean.line(reason, _LONGEST_REASON)

    return f"{shown}, {since:%Y-%m-%d %H:%M} UTC: {why}"


def _page(rows: Sequence[str]) -> str:
    """Return the HTML part."""
    listed = "".join(f"<li>{html.escape(row)}</li>" for row in rows)

    return (
        f"{_HEAD}<p>{_PAUSED}</p><ul>{listed}</ul>"
        f"<p>{_WHAT_TO_DO} <code>{_COMMAND}</code></p></body></html>"
    )
