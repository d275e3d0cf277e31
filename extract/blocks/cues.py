"""Words that tell what a short block is for.

In the languages of the region and of the web around it.

A cue alone never removes anything: it is one piece of evidence beside structure,
position and what recurs. A phrase is matched word by word; a star lets its last word go
on (abunə* is abunəlik too). Only blocks up to `LONGEST` characters are looked at.
"""

import re
from collections.abc import Iterator
from functools import cache

from news import languages

LONGEST = 220  # characters of a block that is looked at
_WORD = re.compile(r"[^\W_]+|©")

# In the order of the judge's columns; the phrases stand in the languages' files.
NAMES = ("related", "share", "newsletter", "rights", "byline", "tags", "advert", "photo")
OPENING = frozenset(("byline", "tags", "advert", "photo"))
_STEM = 3  # letters of a starred word that the index is keyed by; shorter stems stand whole
_LABEL_WORDS, _OTHER_WORDS = 5, 2  # words of a line that is a label, and those that are not its cue
_MENTION_LENGTH = 1500  # characters of a text in which a mention is sought
Phrase = tuple[tuple[str, ...], bool, str]  # its words, whether the last is starred, its cue
Index = dict[str, list[Phrase]]


@cache
def _index() -> tuple[Index, Index]:
    """Return phrases by their first word, and starred single words by their first letters.

    Built at the first question: the languages' files are read once per process.
    """
    exact: Index = {}
    starred: Index = {}

    for name in NAMES:
        for phrase in _phrases(name):
            star = phrase.endswith("*")
            words = tuple(_words(phrase))
            if star and len(words) == 1:
                entries = starred.setdefault(words[0][:_STEM], [])
            else:
                entries = exact.setdefault(words[0], [])

            entries.append((words, star, name))

    return exact, starred


def _phrases(name: str) -> tuple[str, ...]:
    """Return all languages' phrases of one cue."""
    return languages.every(lambda language: getattr(language.cues, name))


def _sized(words: list[str]) -> Iterator[tuple[int, str, int]]:
    """Give (position, cue, words of the phrase) for every phrase that stands in a list of words."""
    exact, starred = _index()

    for position, word in enumerate(words):
        candidates = (*exact.get(word, ()), *starred.get(word[:_STEM], ()))
        for phrase, star, name in candidates:
            if _stands(phrase, words, position, star=star):
                yield position, name, len(phrase)


def _stands(phrase: tuple[str, ...], words: list[str], position: int, *, star: bool) -> bool:
    """Tell whether a phrase stands at a position of a list of words."""
    last = len(phrase) - 1
    if position + last >= len(words):
        return False

    for step in range(last):
        if words[position + step] != phrase[step]:
            return False

    ending = words[position + last]
    if star:
        return ending.startswith(phrase[last])

    return ending == phrase[last]


def _words(text: str) -> list[str]:
    """Return the words of a text, folded; the copyright sign is one."""
    return _WORD.findall(text.casefold())


def found(text: str) -> dict[str, int]:
    """Return the cues in a block's text with the word position of the first; long blocks have none.

    Single words, and the labels that open a line ("by", "photo"), count at the
    beginning alone: inside a sentence they mean nothing.
    """
    if len(text) > LONGEST:
        return {}

    positions: dict[str, int] = {}

    for position, name, size in _sized(_words(text)):
        if position == 0 or (size > 1 and name not in OPENING):
            positions.setdefault(name, position)

    return positions


def whole(text: str, *names: str) -> bool:
    """Tell whether a line is nothing but a cue of these kinds.

    Give or take two words: "Share this article:".
    """
    if len(text) > LONGEST:
        return False

    words = _words(text)
    if len(words) > _LABEL_WORDS:
        return False

    for position, name, size in _sized(words):
        others = len(words) - size
        if position == 0 and name in names and others <= _OTHER_WORDS:
            return True

    return False


def mentions(text: str, name: str) -> bool:
    """Tell whether a text of any length has a cue of two words or more of this kind.

    Only the beginning of a long text is looked at.
    """
    words = _words(text[:_MENTION_LENGTH])
    return any(cue == name and size > 1 for _, cue, size in _sized(words))


def opens(text: str, name: str) -> bool:
    """Tell whether a block begins with a cue of this kind.

    A heading or label rather than a sentence that mentions it.
    """
    return found(text[:LONGEST]).get(name) == 0
