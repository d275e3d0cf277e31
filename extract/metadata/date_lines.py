"""Lines with dates: labels, the part of a line that is a date, where the text begins."""

import re

from lxml.html import HtmlElement

from extract.page.dom import attribute
from extract.page.segments import Segment
from news.article import BlockKind
from news.dates import is_dateline, month

LINE = 120  # characters of a line that can be a date's
PUBLISHED_LABEL = re.compile(
    r"\b(?:datum|date|published|posted|created|erstellt|veröffentlicht|erschienen|geschrieben|"
    r"publiziert|"
    r"gespeichert|publié|mise en ligne|публикация|дата|опубликован\w*|"
    r"размещен\w*|dərc olun\w*|tarix|tarih|yayın\w*|ekl[eə]nm[eə]\w*|ամսաթիվ|հրապարակ\w*|"
    r"გამოქვეყნ\w*|თარიღი|жарияланған|жарыяланган|chop etil\w*)\b|تاریخ|انتشار",
    re.IGNORECASE,
)
UPDATED_LABEL = re.compile(
    r"\b(?:updated?|last (?:modified|changed|edited|reviewed)|modified|aktualisiert|geändert|"
    r"letzte änderung|mis à jour|обновлен\w*|обновлён\w*|изменен\w*|изменён\w*|yenilən\w*|"
    r"güncelle\w*|"
    r"թարմաց\w*|განახლ\w*|жаңарт\w*|yangilan\w*)|به ?روز|بروزرسانی",
    re.IGNORECASE,
)
_DATELINE_ENDS = re.compile(r"\)?[.,:]?\s+[-–—/„“\"«]|\)?[.:]\s+(?=[^\W\d_])|\)\s|,\s+(?=[^\W\d_])")
_PLACE = re.compile(r"([^\W\d_][^\d,(]{1,30})(?<!\s)\s*([,(]?)")
OPENING = 60  # characters of a text in which its dateline ends
MOST_PLACES = 3  # words of a place and an agency beside the date
_PARTS = re.compile(r"\s*[|•·⋅∙]\s*")
LABELLED = 45  # characters behind a label in which its date stands
DATE_NAMES = re.compile(r"date|time|publish|posted|tarix|tarih|дата|meta\b|byline|authored|info\b")
CALLED_DATE = re.compile(r"(?<![a-z])(?:date|datum|tarix|tarih|pubdate|дата)(?![a-z])")
WORD = re.compile(r"[^\W\d_]{2,}")
_SENTENCE = re.compile(r"[.!?։۔؟]\W*$")
TEXT_LENGTH = 60  # characters of a sentence by which the text has begun


def labelled_part(text: str) -> str:
    """Return what follows the label of a date on a longer line; the line itself without one."""
    label = PUBLISHED_LABEL.search(text)
    if label is None:
        return text

    part = text[label.start() : label.end() + LABELLED]

    return part.rsplit(" ", 1)[0]


def dated_part(text: str) -> str:
    """Return the part of a line of several parts that is a date.

    The line itself when it has none.
    """
    if is_dateline(text):
        return text

    for part in _PARTS.split(text):
        if is_dateline(part):
            return part

    return text


def opening_dateline(text: str) -> str:
    """Return the date, with its place, that stands before a text's first words; empty for none.

    "BAKU, 12 May, APA. ...", "12.05.2026 - ...", "Karlsruhe (12.05.2026). ...".
    """
    for end in _DATELINE_ENDS.finditer(text[:OPENING]):
        before = text[: end.start()]
        words = [word for word in WORD.findall(before) if month(word) is None]
        if len(words) > MOST_PLACES or any(word[0].islower() for word in words):
            return ""

        if any(char.isdigit() for char in before) and is_dateline(before):
            if end[0].strip() == "," and not text[end.end() : end.end() + 2].isupper():
                continue  # "On 2 March, the ..." against "BAKU, 2 March, APA"

            return before if _begins_as_dateline(before) else ""

    return ""


def _begins_as_dateline(text: str) -> bool:
    """Tell a date with its place or none before it from one with a preposition."""
    place = _PLACE.match(text)
    if place is None or month(place[1].split()[0]) is not None:
        return True

    return bool(place[2]) or place[1].isupper()


def label_before(element: HtmlElement) -> str:
    """Return the text right before an element, inside its parent."""
    previous = element.getprevious()
    if previous is not None:
        said = (previous.tail or "").strip() or " ".join(previous.itertext())
        return said[-LINE:]

    parent = element.getparent()

    return "" if parent is None else (parent.text or "")[-LINE:]


def is_update(label: str) -> bool:
    """Tell whether a label is one of the last change and not of publication."""
    return UPDATED_LABEL.search(label) is not None and not PUBLISHED_LABEL.search(label)


def split_line(text: str) -> tuple[str, str]:
    """Return what a line says of publication and of the last change, by the labels on it."""
    updated = UPDATED_LABEL.search(text)
    if updated is None:
        return text, ""

    published = PUBLISHED_LABEL.search(text)
    if published is None:
        before = text[: updated.start()]
        if any(char.isdigit() for char in before):
            return before, text[updated.start() :]

        return "", text

    if published.start() < updated.start():
        return text[: updated.start()], text[updated.start() :]

    return text[published.start() :], text[: published.start()]


def said(element: HtmlElement) -> str:
    """Return the moment that an element states to machines, else the one it shows."""
    shown = " ".join(element.itertext())
    return attribute(element, "datetime") or attribute(element, "title") or shown


def names_of(element: HtmlElement) -> str:
    """Return an element's class, id and itemprop, in small letters."""
    names = (element.get(name) or "" for name in ("class", "id", "itemprop"))
    return " ".join(names).lower()


def text_begins(segments: list[Segment], at: int | None) -> int:
    """Return the number of the segment with which the text begins.

    One past the last when none does.
    """
    start = 0 if at is None else at + 1

    for segment in segments[start:]:
        titled = segment.kind in {BlockKind.HEADING, BlockKind.CAPTION}
        if titled or segment.link_share > 0.5:  # noqa: PLR2004
            continue

        if len(segment.text) >= TEXT_LENGTH and _SENTENCE.search(segment.text):
            return segment.index

        if len(segment.text) > LINE:
            return segment.index

    return len(segments)


def is_date_heading(segment: Segment) -> bool:
    """Tell a heading that is a date from one that has a date in it."""
    if DATE_NAMES.search(names_of(segment.node)):
        return True

    words = [word for word in WORD.findall(segment.text) if month(word) is None]

    return len(words) <= 1
