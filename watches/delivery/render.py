"""Letters to mails: templates/<kind>/{subject.txt, body.txt, body.html}, labels/<language>.toml.

HTML is autoescaped; every text from a page goes through `clean` first. Styles stand inline, since many clients drop style
blocks; the one style block adds what inline styles cannot say (dark mode, small screens) and the mail reads well without it.
"""

import re
import tomllib
from collections.abc import Iterable
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import jinja2

from watches.delivery import clean
from watches.delivery.letter import Fate, Item, Letter, Piece
from watches.delivery.message import Rendered

_HERE = Path(__file__).parent
_RTL = {"ar", "ckb", "fa", "he", "ps", "ur", "yi"}
_FALLBACK = "en"
_TITLE = 200
_EXCERPT = 600


@cache
def labels(language: str) -> dict[str, Any]:
    """Return the labels of a language, English where it has none."""
    english: dict[str, Any] = tomllib.loads(
        (_HERE / "labels" / f"{_FALLBACK}.toml").read_text(encoding="utf-8")
    )
    path = _HERE / "labels" / f"{language}.toml"
    own: dict[str, Any] = (
        tomllib.loads(path.read_text(encoding="utf-8"))
        if re.fullmatch(r"[a-z]{2,3}", language) and path.exists()
        else {}
    )
    return {**english, **own}


def languages() -> list[str]:
    """Return the languages that mails can be written in."""
    return sorted(path.stem for path in (_HERE / "labels").glob("*.toml"))


def direction(language: str) -> str:
    """Return "rtl" or "ltr"."""
    return "rtl" if language.partition("-")[0] in _RTL else "ltr"


def marked(text: str, terms: Iterable[str]) -> list[tuple[str, bool]]:
    """Split a text at the matched words: (piece, whether it matched)."""
    words = sorted({clean.line(term) for term in terms} - {""}, key=len, reverse=True)
    if not words:
        return [(text, False)]
    pattern = re.compile(
        r"(?<!\w)(" + "|".join(re.escape(word) for word in words) + r")(?!\w)", re.IGNORECASE
    )
    pieces: list[tuple[str, bool]] = []
    for index, piece in enumerate(pattern.split(text)):
        hit = index % 2 == 1
        # Matched words that stand side by side are one mark.
        if hit and len(pieces) > 1 and pieces[-1][0].isspace() and pieces[-2][1]:
            (space, _), (before, _) = pieces.pop(), pieces.pop()
            piece = before + space + piece  # noqa: PLW2901
        if piece:
            pieces.append((piece, hit))
    return pieces


def render(letter: Letter) -> Rendered:
    """Return a letter's subject, text and HTML."""
    names = {
        "letter": letter,
        "t": labels(letter.language),
        "dir": direction(letter.language),
        "lang": letter.language,
    }
    folder = letter.template.value
    subject, text, html = (
        _environment().get_template(f"{folder}/{part}").render(names)
        for part in ("subject.txt", "body.txt", "body.html")
    )
    return Rendered(subject=clean.line(subject, 200), text=_tidy(text), html=html)


@cache
def _environment() -> jinja2.Environment:
    made = jinja2.Environment(
        loader=jinja2.FileSystemLoader(_HERE / "templates"),
        autoescape=jinja2.select_autoescape(("html",)),
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters.update(
        line=clean.line,
        link=clean.link,
        clock=_clock,
        short=_short,
        marked=_marked_item,
        shown=_shown,
        dir=direction,
        pieces=_pieces,
    )
    made.globals.update(title_limit=_TITLE)
    return made


def _clock(moment: datetime | None, letter: Letter) -> str:
    """Return a moment in the reader's zone, in a form that every language of the region reads: 22.11.2026, 14:05."""
    if moment is None:
        return ""
    return moment.astimezone(ZoneInfo(letter.timezone)).strftime("%d.%m.%Y, %H:%M")


def _short(moment: datetime | None, letter: Letter) -> str:
    """Return a moment in the reader's zone, without the day if that is the mail's own."""
    if moment is None:
        return ""
    local = moment.astimezone(ZoneInfo(letter.timezone))
    same = local.date() == letter.made_at.astimezone(ZoneInfo(letter.timezone)).date()
    return local.strftime("%H:%M" if same else "%d.%m. %H:%M")


def _marked_item(item: Item) -> list[tuple[str, bool]]:
    return marked(clean.line(item.excerpt, _EXCERPT), item.terms)


def _shown(item: Item) -> list[tuple[str, bool]]:
    """Return the title, matched words marked."""
    return marked(clean.line(item.title, _TITLE) or "…", item.terms)


def _pieces(change: tuple[Piece, ...]) -> list[tuple[str, str]]:
    """Return a changed paragraph's pieces for the template: (fate, text)."""
    return [
        (piece.fate.value, clean.line(piece.text) if piece.fate is not Fate.GAP else "…")
        for piece in change
    ]


def _tidy(text: str) -> str:
    """Return a text body without trailing spaces and runs of empty lines."""
    return (
        re.sub(r"\n{3,}", "\n\n", "\n".join(row.rstrip() for row in text.splitlines())).strip()
        + "\n"
    )
