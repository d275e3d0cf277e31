"""Letters to mails: templates/<kind>/{subject.txt, body.txt, body.html}, labels/<language>.toml.

HTML is autoescaped; every text from a page goes through `clean` first. Styles stand inline, since
many clients drop style blocks; the one style block adds what inline styles cannot say (dark mode,
small screens) and the mail reads well without it.
"""

import re
from collections.abc import Iterable
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from watches import clean, mail_language
from watches.delivery.letter import Item, Letter, Piece, PieceKind
from watches.delivery.rendered import Rendered

if TYPE_CHECKING:
    import jinja2

_TEMPLATES = Path(__file__).parent / "templates"
_LONGEST_SUBJECT = 200  # characters, as the other two
_LONGEST_TITLE = 200
_LONGEST_EXCERPT = 600
_MOST_TELLINGS = 12  # of an event that are listed


Mark = tuple[str, bool]  # a piece of a text, and whether it matched


def render(letter: Letter) -> Rendered:
    """Return a letter's subject, text and HTML."""
    values = {
        "letter": letter,
        "t": mail_language.labels(letter.language),
        "dir": mail_language.direction(letter.language),
        "lang": letter.language,
    }
    folder = letter.template.value
    templates = _environment()
    subject = templates.get_template(f"{folder}/subject.txt").render(values)
    text = templates.get_template(f"{folder}/body.txt").render(values)
    html = templates.get_template(f"{folder}/body.html").render(values)

    return Rendered(
        subject=clean.line(subject, _LONGEST_SUBJECT),
        text=_tidy(text),
        html=html,
    )


def marked(text: str, terms: Iterable[str]) -> list[Mark]:
    """Split a text at the matched words: (piece, whether it matched)."""
    words = {clean.line(term) for term in terms}
    words.discard("")
    if not words:
        return [(text, False)]

    longest_first = sorted(words, key=len, reverse=True)
    escaped = [re.escape(word) for word in longest_first]
    alternatives = "|".join(escaped)
    pattern = re.compile(rf"(?<!\w)({alternatives})(?!\w)", re.IGNORECASE)

    pieces: list[Mark] = []
    # Splitting at a group gives text and matched word in turn.
    found = pattern.split(text)
    for index, piece in enumerate(found):
        is_match = index % 2 == 1
        if piece:
            _add_piece(pieces, piece, is_match=is_match)

    return pieces


def _add_piece(pieces: list[Mark], piece: str, *, is_match: bool) -> None:
    """Append a piece; matched words that stand side by side become one."""
    if is_match and len(pieces) > 1:
        before, before_matched = pieces[-2]
        space, _ = pieces[-1]
        if before_matched and space.isspace():
            joined = before + space + piece
            pieces[-2:] = [(joined, True)]
            return

    mark = (piece, is_match)
    pieces.append(mark)


@cache
def _environment() -> "jinja2.Environment":
    """Return the templates, with the filters that they use."""
    import jinja2

    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(_TEMPLATES),
        autoescape=jinja2.select_autoescape(("html",)),
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(
        line=clean.line,
        link=clean.link,
        clock=_clock,
        counted=_counted,
        number=_number,
        short=_short_clock,
        marked=_marked_excerpt,
        shown=_marked_title,
        dir=mail_language.direction,
        pieces=_pieces,
    )
    environment.globals.update(title_limit=_LONGEST_TITLE, tellings_limit=_MOST_TELLINGS)

    return environment


def _clock(moment: datetime | None, letter: Letter) -> str:
    """Return a moment in the reader's zone and language: Nov 22, 2026, 14:05; empty for None."""
    if moment is None:
        return ""

    local = moment.astimezone(ZoneInfo(letter.timezone))
    day = mail_language.day(letter.language, local.date(), with_year=True)
    clock = mail_language.clock(letter.language, local.time())

    comma = mail_language.labels(letter.language)["comma"]

    return f"{day}{comma} {clock}"


def _short_clock(moment: datetime | None, letter: Letter) -> str:
    """Return a moment in the reader's zone, without the day if that is the mail's own."""
    if moment is None:
        return ""

    zone = ZoneInfo(letter.timezone)
    local = moment.astimezone(zone)
    mail_day = letter.made_at.astimezone(zone).date()
    clock = mail_language.clock(letter.language, local.time())
    if local.date() == mail_day:
        return clock

    day = mail_language.day(letter.language, local.date(), with_year=False)

    return f"{day} {clock}"


def _counted(name: str, count: int, letter: Letter) -> str:
    """Return a label that tells a count, in the mail's language."""
    return mail_language.counted(letter.language, name, count)


def _number(value: int, letter: Letter) -> str:
    """Return a whole number in the mail's language."""
    return mail_language.number(letter.language, value)


def _marked_excerpt(item: Item) -> list[Mark]:
    """Return the excerpt, matched words marked."""
    return marked(clean.line(item.excerpt, _LONGEST_EXCERPT), item.terms)


def _marked_title(item: Item) -> list[Mark]:
    """Return the title, matched words marked."""
    return marked(clean.line(item.title, _LONGEST_TITLE) or "…", item.terms)


def _pieces(change: tuple[Piece, ...]) -> list[tuple[str, str]]:
    """Return a changed paragraph's pieces for the template: (kind, text)."""
    rows: list[tuple[str, str]] = []
    for piece in change:
        text = clean.line(piece.text)
        if piece.kind is PieceKind.GAP:
            text = "…"

        row = (piece.kind.value, text)
        rows.append(row)

    return rows


def _tidy(text: str) -> str:
    """Return a text body without trailing spaces and runs of empty lines."""
    stripped = "\n".join(row.rstrip() for row in text.splitlines())
    spaced = re.sub(r"\n{3,}", "\n\n", stripped)

    return f"{spaced.strip()}\n"
