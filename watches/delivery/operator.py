"""Mails to the operator: what a person must mend, and when it is well again. Pure."""

import html
from collections.abc import Sequence
from dataclasses import dataclass

from watches import clean
from watches.delivery.rendered import Rendered

_HEAD = (
    '<!DOCTYPE html><html lang="en">'
    '<body style="font-family:sans-serif;font-size:16px;line-height:1.5">'
)
_LONGEST_SUBJECT = 120  # characters, as _LONGEST_SAID
_LONGEST_SAID = 300
_MOST = 40  # lines of a mail


@dataclass(frozen=True, slots=True, kw_only=True)
class Trouble:
    """One thing that is not well."""

    subject: str = ""  # an outlet, an address, a part; empty where there is only one
    said: str  # what is wrong with it
    advice: str = ""  # what to do about this one; empty: what the mail says of all

    @property
    def line(self) -> str:
        """All of it on one line."""
        subject = clean.line(clean.mask_secret(self.subject), _LONGEST_SUBJECT)
        said = clean.line(self.said, _LONGEST_SAID)
        what = f"{subject}: {said}" if subject else said

        return f"{what}; {self.advice}" if self.advice else what


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """What a mail to the operator says."""

    title: str  # of the subject, "outlets are not well"
    troubles: Sequence[Trouble]
    known: Sequence[Trouble] = ()  # what was told before and is still so
    advice: str  # what to do
    link: str = ""  # to the page that shows it; empty: no link


def tell_troubles(notice: Notice) -> Rendered:
    """Return the mail that tells what is not well."""
    lines = _lines(notice.troubles)
    known = _lines(notice.known)
    text = [f"{_head(notice)}:", "", *_bullets(lines)]
    parts = [f"<p>{html.escape(_head(notice))}:</p>", _list(lines)]
    if known:
        text += ["", "Still so, told before:", "", *_bullets(known)]
        parts += ["<p>Still so, told before:</p>", _list(known)]

    text += ["", f"What to do: {notice.advice}"]
    parts.append(f"<p>What to do: {html.escape(notice.advice)}</p>")

    return _rendered(f"Khabar: {notice.title}", text, parts, notice.link)


def tell_well(notice: Notice) -> Rendered:
    """Return the mail that tells that something is well again."""
    lines = _lines(notice.troubles)
    text = [f"{_head(notice)}:", "", *_bullets(lines)]
    parts = [f"<p>{html.escape(_head(notice))}:</p>", _list(lines)]

    return _rendered(f"Khabar: {notice.title}", text, parts, notice.link)


def _head(notice: Notice) -> str:
    """Return a title as a sentence begins."""
    return f"{notice.title[:1].upper()}{notice.title[1:]}"


def _rendered(
    subject: str,
    text: Sequence[str],
    parts: Sequence[str],
    link: str,
) -> Rendered:
    """Return a mail of lines and paragraphs, its link at the end."""
    address = clean.link(link)
    rows = [*text, "", f"See: {address}"] if address else text
    page = "".join(parts)
    if address:
        shown = html.escape(address)
        page = f'{page}<p><a href="{shown}">{shown}</a></p>'

    return Rendered(
        subject=subject,
        text="\n".join([*rows, ""]),
        html=f"{_HEAD}{page}</body></html>",
    )


def _lines(troubles: Sequence[Trouble]) -> list[str]:
    """Return what is said of each, the last line counting what is left out."""
    lines = [trouble.line for trouble in troubles[:_MOST]]
    if len(troubles) > _MOST:
        lines.append(f"and {len(troubles) - _MOST} more")

    return lines


def _bullets(lines: Sequence[str]) -> list[str]:
    return [f"- {line}" for line in lines]


def _list(lines: Sequence[str]) -> str:
    items = "".join(f"<li>{html.escape(line)}</li>" for line in lines)

    return f"<ul>{items}</ul>"
