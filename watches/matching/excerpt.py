"""The best passage of a text around the words that matched. Pure."""

import re
from collections.abc import Iterable

from news.text.scripts import TOKEN

_LENGTH = 280
_BEFORE = 90  # characters wanted before the first matched word
_SEARCHED = 60_000
_SENTENCE = re.compile(r"[.!?։。؟…]['\"”»)]*\s+|\n")


def excerpt(text: str, terms: Iterable[str], length: int = _LENGTH) -> str:
    """Return the stretch of about `length` characters that holds the most different matched words; the beginning when none stands there."""
    wanted = {part for term in terms for part in TOKEN.findall(term)}
    places = [
        (found.start(), found.group())
        for found in TOKEN.finditer(text[:_SEARCHED])
        if found.group() in wanted
    ]
    if not places:
        return _cut(text, 0, length)
    start = _best(places, length - _BEFORE)
    return _cut(text, _begin(text, start), length)


def _best(places: list[tuple[int, str]], reach: int) -> int:
    """Return where the stretch with the most different words begins; of equals the first."""
    best, most, last = places[0][0], 0, 0
    for first, (start, _) in enumerate(places):
        last = max(last, first)
        while last < len(places) and places[last][0] <= start + reach:
            last += 1
        many = len({word for _, word in places[first : min(last, first + 40)]})
        if many > most:
            best, most = start, many
    return best


def _begin(text: str, start: int) -> int:
    """Return the beginning of the sentence if it is near, else of a word some way before."""
    floor = max(0, start - _BEFORE)
    ends = [found.end() for found in _SENTENCE.finditer(text, floor, start)]
    if ends:
        return ends[-1]
    if floor == 0:
        return 0
    space = text.find(" ", floor, start)
    return space + 1 if space >= 0 else floor


def _cut(text: str, begin: int, length: int) -> str:
    """Return the stretch, on one line, with marks where text is left out."""
    end = min(len(text), begin + length)
    if end < len(text):
        space = text.rfind(" ", begin + length // 2, end)
        end = space if space > begin else end
    flat = " ".join(text[begin:end].split())
    return f"{'… ' if begin else ''}{flat}{' …' if end < len(text) and flat else ''}"
