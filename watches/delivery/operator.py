"""Mails to the operator: what a person must mend, and when it is well again. Pure."""

import html
import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from watches import clean
from watches.delivery.rendered import Rendered

# Colours are the reader's own, light or dark.
_HEAD = (
    '<!DOCTYPE html><html lang="en"><head><meta charset="utf-8">'
    '<meta name="viewport" content="width=device-width, initial-scale=1">'
    '<meta name="color-scheme" content="light dark"><title>Khabar</title>'
    "<style>:root { color-scheme: light dark; }</style></head>"
    '<body style="max-width:640px;margin:0 auto;padding:20px 16px;font-family:sans-serif;'
    'font-size:16px;line-height:1.5;overflow-wrap:anywhere">'
)
_COMMAND = re.compile("`([^`]+)`")
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
        masked = clean.mask_secret(self.subject)
        subject = clean.line(masked, _LONGEST_SUBJECT)
        what = clean.line(self.said, _LONGEST_SAID)
        if subject:
            what = f"{subject}: {what}"
        if self.advice:
            what = f"{what}; {self.advice}"

        return what


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
    page = _Page()
    page.list_under(_head(notice), _lines(notice.troubles))

    known = _lines(notice.known)
    if known:
        page.list_under("Still so, told before", known)

    page.say(f"What to do: {notice.advice}")

    return page.rendered(notice)


def tell_well(notice: Notice) -> Rendered:
    """Return the mail that tells that something is well again."""
    page = _Page()
    page.list_under(_head(notice), _lines(notice.troubles))

    return page.rendered(notice)


def _head(notice: Notice) -> str:
    """Return a title as a sentence begins."""
    first = notice.title[:1]
    rest = notice.title[1:]

    return f"{first.upper()}{rest}"


def _as_html(sentence: str) -> str:
    """Return a sentence as HTML, what stands between backticks as a command."""
    return _COMMAND.sub(r"<code>\1</code>", html.escape(sentence))


@dataclass(slots=True)
class _Page:
    """A mail under way: paragraphs and lists, as text and as HTML."""

    text: list[str] = field(default_factory=list)  # lines
    parts: list[str] = field(default_factory=list)  # HTML

    def say(self, sentence: str) -> None:
        """Add a paragraph."""
        self._part_lines()
        self.text.append(sentence)

        self.parts.append(f"<p>{_as_html(sentence)}</p>")

    def list_under(self, title: str, lines: Sequence[str]) -> None:
        """Add a list under a title."""
        self.say(f"{title}:")
        self.text.append("")
        for line in lines:
            self.text.append(f"- {line}")

        items = [f"<li>{_as_html(line)}</li>" for line in lines]
        joined = "".join(items)
        self.parts.append(f"<ul>{joined}</ul>")

    def link(self, url: str) -> None:
        """Add a link; none where the URL is no link."""
        address = clean.link(url)
        if not address:
            return

        self._part_lines()
        self.text.append(f"See: {address}")

        shown = html.escape(address)
        self.parts.append(f'<p><a href="{shown}">{shown}</a></p>')

    def rendered(self, notice: Notice) -> Rendered:
        """Return the mail, a notice's link at its end."""
        self.link(notice.link)
        text = "\n".join(self.text)
        page = "".join(self.parts)

        return Rendered(
            subject=f"Khabar: {notice.title}",
            text=f"{text}\n",
            html=f"{_HEAD}{page}</body></html>",
        )

    def _part_lines(self) -> None:
        """Leave an empty line before what comes, unless it is the first."""
        if self.text:
            self.text.append("")


def _lines(troubles: Sequence[Trouble]) -> list[str]:
    """Return what is said of each, the last line counting what is left out."""
    lines = [trouble.line for trouble in troubles[:_MOST]]
    if len(troubles) > _MOST:
        lines.append(f"and {len(troubles) - _MOST} more")

    return lines
