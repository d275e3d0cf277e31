"""The best passage of a text around the words that matched. Pure."""

import re
from bisect import bisect_right
from collections.abc import Iterable

from news.text.scripts import TOKEN

_LENGTH = 280  # characters
_BEFORE = 90  # characters wanted before the first matched word
_SEARCHED = 60_000  # characters
_MOST_PLACES = 40  # of one stretch
_SENTENCE_END = re.compile(r"[.!?։。؟…]['\"”»)]*\s+|\n")

_Place = tuple[int, str]  # where a matched word begins, and the word


def excerpt(text: str, terms: Iterable[str], length: int = _LENGTH) -> str:
    """Return the stretch of about `length` characters with the most different matched words.

    The text's beginning when none stands there.
    """
    wanted: set[str] = set()
    for term in terms:
        wanted.update(TOKEN.findall(term))

    places = [
        (token.start(), token.group())
        for token in TOKEN.finditer(text[:_SEARCHED])
        if token.group() in wanted
    ]
    if not places:
        return _cut(text, 0, length)

    first_word = _best_start(places, length - _BEFORE)

    return _cut(text, _sentence_start(text, first_word), length)


def _best_start(places: list[_Place], reach: int) -> int:
    """Return where the stretch with the most different words begins; of equals the first."""
    best = 0
    most = 0
    starts = [start for start, _ in places]

    for first, start in enumerate(starts):
        end = bisect_right(starts, start + reach, first)
        within = places[first:end][:_MOST_PLACES]
        different = len({word for _, word in within})
        if different > most:
            best = start
            most = different

    return best


def _sentence_start(text: str, word: int) -> int:
    """Return where the sentence of the word at `word` begins if that is near, else some word."""
    floor = max(0, word - _BEFORE)
    starts = [end.end() for end in _SENTENCE_END.finditer(text, floor, word)]
    if starts:
        return starts[-1]
    if floor == 0:
        return 0

    space = text.find(" ", floor, word)

    return space + 1 if space >= 0 else floor


def _cut(text: str, begin: int, length: int) -> str:
    """Return the stretch, on one line, with marks where text is left out."""
    end = min(len(text), begin + length)
    is_cut = end < len(text)
    if is_cut:
        half = begin + length // 2
        space = text.rfind(" ", half, end)
        if space > begin:
            end = space

    stretch = text[begin:end]
    words = stretch.split()
    flat = " ".join(words)
    if flat and is_cut:
        flat = f"{flat} …"
    if begin:
        flat = f"… {flat}"

    return flat
