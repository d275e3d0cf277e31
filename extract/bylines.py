"""Bylines as readers see them: "By Jane Roe", "Автор: ...", a name beside the date. Lines of a page become raw bylines; `people` reads the names."""

import re
from collections.abc import Iterator

from extract import calendar_words, dates
from extract.segments import Segment

LINE = 120                     # characters of a line that can be a byline
NEAR_BEFORE, NEAR_AFTER = 3, 9   # segments round the headline in which a byline can stand
LABELS = (
    r"by|von|par|por|di|av|af|door|od|written by|автор(?:ы)?|müəllif(?:lər)?|yazar|yazan|հեղինակ|ավտորի|ավտոր|ავტორი|نویسنده|author(?:s)?|autor(?:in)?(?:/autor(?:in)?)?|"
    r"author of the article|auteur|text|текст|мәтін|muallif|avtor")
# Labels that mean an author wherever they stand; "by" and its like mean one near the headline only.
_SURE = r"written by|автор(?:ы)?|müəllif(?:lər)?|yazar|yazan|հեղինակ|ავტორი|نویسنده|authors?|author of the article|autor(?:in)?(?:/autor(?:in)?)?|auteur|muallif|avtor"
_CAPITAL = r"[^\W\d_a-zа-яёəığüşöçäßéèà]"
_WORD = _CAPITAL + r"[^\W\d_]*(?:['’-][^\W\d_]+)*\.?"
_NAME = rf"{_WORD}(?:\s+(?:de|da|von|van|der|den|al|el|bin|oğlu|qızı)\b)?(?:\s+{_WORD}){{1,3}}"
_NAMED = re.compile(
    rf"(?:^|[|•·\d]\s*)\W*(?i:{LABELS})(?:\s*[:՝.\-–]\s*|\s+)((?:{_WORD}\s*(?:,|and|und|и|və|և|და|و)?\s*){{2,8}})(?:$|[|•·\d(,-])")
_LABEL_ALONE = re.compile(rf"^\W*(?:{LABELS})\s*[:՝]?$", re.IGNORECASE)
_ANYWHERE = re.compile(rf"^\W*(?i:{_SURE})\s*[:՝.\-–]?\s+({_NAME})(?:$|\s*[,|•·\d(])")
_ALONE = re.compile(rf"^({_NAME}(?:\s*(?:,|/|\band|\bund|\bи|\bvə|\bve)\s+{_NAME})*)\s*(?:$|[|•·]?\s*(?=\d))")
_PARTS = re.compile(r"\s*[|•·]\s*")
_AUTHOR_LINK = re.compile(r"/(?:author|autor|auteur|yazar|muellif|profile|person|reporter|journalist|team|people|avtor)", re.IGNORECASE)


def near(segments: list[Segment], at: int) -> list[Segment]:
    """Return the segments in which a byline can stand: round the headline, which is number `at`."""
    return segments[max(0, at - NEAR_BEFORE) : at + NEAR_AFTER]


def labelled(segments: list[Segment], at: int) -> Iterator[str]:
    """Give what follows a label near the headline, on its line or on the next one."""
    lines = near(segments, at)
    for place, segment in enumerate(lines):
        if len(segment.text) >= LINE:
            continue
        if match := _NAMED.search(segment.text):
            yield _undated(match[1], segment.text[match.end(1):])
        elif _LABEL_ALONE.match(segment.text) and place + 1 < len(lines) and len(lines[place + 1].text) < LINE:
            yield lines[place + 1].text


def _undated(names: str, rest: str) -> str:
    """Drop a month's name from the end of names that a day follows: "Jane Roe Jul 14"."""
    head, _, last = names.strip().rpartition(" ")
    return head if head and rest.lstrip()[:1].isdigit() and calendar_words.month(last) is not None else names


def signature(text: str) -> str:
    """Return the name when the last line of an article is nothing but one; only scripts with capitals tell."""
    match = re.fullmatch(_NAME, text.strip()) if len(text) < LINE / 2 else None
    return text.strip() if match and _is_capital(match[0]) else ""


def _is_capital(names: str) -> bool:
    """Tell whether all words but particles begin with capitals, which only scripts that have them can show."""
    words = [word for word in names.replace("/", " ").split() if word[0].isalpha() and len(word) > 3]  # noqa: PLR2004
    return bool(words) and all(word[0].isupper() for word in words)


def elsewhere(segments: list[Segment]) -> Iterator[str]:
    """Give the name after the first label that means an author wherever it stands, often under the text."""
    for segment in segments:
        if len(segment.text) < LINE and (match := _ANYWHERE.match(segment.text)):
            yield match[1]
            return


def beside_date(segments: list[Segment], at: int) -> Iterator[str]:
    """Give a line that is nothing but names, on the date's line or next to it. A name that stands twice on the page is a menu's or a section's."""
    lines = [segment for segment in segments[at + 1 : at + NEAR_AFTER] if len(segment.text) < LINE]
    for place, segment in enumerate(lines):
        if segment.link_share > 0.5 and not any(_AUTHOR_LINK.search(href) for href in segment.hrefs):  # noqa: PLR2004
            continue
        parts = _PARTS.split(segment.text)
        names = [_undated(match[1], part[match.end():]) for part in parts if (match := _ALONE.match(part)) and _is_capital(match[1])]
        others = [line.text for line in lines[max(0, place - 1) : place + 2] if line is not segment] if len(parts) == 1 else []
        dated = any(dates.is_dateline(part) for part in (*parts, *others))
        if names and dated and sum(other.key == segment.key for other in segments) == 1:
            yield names[0].replace("/", ",")
            return
