"""Where a text names its source, and which news agency that is.

"according to", "сообщает", "istinadən", «به نقل از»: news text names its source near its beginning
or its end. A phrase is only a cue: what counts is the name that stands beside it.
"""

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import chain

from news.languages import every, languages

EDGE = 500  # characters from either end of a text in which it names its source
BEFORE, AFTER = 70, 70  # characters around a cue in which the name stands
BESIDE = 20  # of them, where little but that name has room
CLOSE = 45  # of them, where an agency's name stands that no outlet's file knows

_SIGNS = ("©", "(c)", "//")  # cues in any language
_DATELINE = 120  # characters in which agencies name themselves without any phrase: "BAKU (AFP) –"
# Names that are also words stand for an agency only in quotes, before an ending on a hyphen, or
# beside the word "agency".
_ALSO_WORDS = frozenset({"Report", "Trend"})
_ENDING = r"(?:[-'’][^\W\d_]{1,5}|[^\W\d_]{0,2})"
_OPENING_QUOTE = re.compile(r"[\"«“„'‘]$")
_OPENING_BRACKET = re.compile(r"[(/\[]\s*$")
_CLOSING_BRACKET = re.compile(r"\s*[)/\]]")
_DASH = re.compile(r"\s*[–—]\s|\s+-\s")


@dataclass(frozen=True, slots=True)
class _Agencies:
    """The agencies of all languages, compiled."""

    names: tuple[str, ...]  # as they are shown; group n0 of the pattern is the first one's
    spellings: tuple[str, ...]
    pattern: re.Pattern[str]
    word_after: re.Pattern[str]  # a closing quote, an ending, or the word "agency"


def zones(text: str) -> list[str]:
    """Return the passages of a text in which its source may be named."""
    passages = [text[:_DATELINE]]
    passages += _around_cues(text, BEFORE, AFTER)

    return passages


def sources(text: str) -> list[str]:
    """Return what stands right beside a text's cues: whom it names as its source, little else."""
    return list(_around_cues(text, BESIDE, BESIDE))


def agency(text: str) -> str:
    """Return the news agency that a text names as its source; empty when it names none.

    In the dateline it stands in brackets or slashes or before a dash; elsewhere close to a cue.
    """
    edges = " ".join(_ends(text))
    if not any(spelling in edges for spelling in _agencies().spellings):
        return ""

    found = _agency_in(text[:_DATELINE], beside_cue=False)
    if found:
        return found

    for passage in _around_cues(text, CLOSE, CLOSE):
        found = _agency_in(passage, beside_cue=True)
        if found:
            return found

    return ""


def _ends(text: str) -> list[str]:
    """Return the two ends of a text, a short one whole."""
    if len(text) <= 2 * EDGE:
        return [text]

    return [text[:EDGE], text[-EDGE:]]


def _around_cues(text: str, before: int, after: int) -> Iterator[str]:
    """Give each cue at a text's ends with so many characters on its sides."""
    for end in _ends(text):
        for cue in _cues().finditer(end):
            start = cue.start() - before
            first = max(0, start)
            last = cue.end() + after

            yield end[first:last]


def _agency_in(passage: str, *, beside_cue: bool) -> str:
    """Return the first agency of a passage; away from a cue only where datelines have them."""
    known = _agencies()
    for match in known.pattern.finditer(passage):
        group = match.lastgroup or "n0"
        name = known.names[int(group[1:])]
        before = passage[: match.start()]
        after = passage[match.end(group) :]

        if name in _ALSO_WORDS and not _is_meant(before, after):
            continue
        if beside_cue or _is_dateline(before, after):
            return name

    return ""


def _is_meant(before: str, after: str) -> bool:
    """Return whether a name that is also a word stands for the agency here."""
    if _OPENING_QUOTE.search(before):
        return True

    return _agencies().word_after.search(after) is not None


def _is_dateline(before: str, after: str) -> bool:
    """Return whether a name stands in brackets or slashes, or before a dash."""
    if _OPENING_BRACKET.search(before) and _CLOSING_BRACKET.match(after):
        return True
    return _DASH.match(after) is not None


@cache
def _cues() -> re.Pattern[str]:
    """Return the pattern of what announces a source, in any language."""
    phrases = every(lambda known: known.credit.phrases) + _SIGNS
    escaped = map(re.escape, phrases)

    return re.compile("|".join(escaped), re.IGNORECASE)


@cache
def _agencies() -> _Agencies:
    """Compile the agencies' names of all languages, each with its spellings."""
    spellings: defaultdict[str, list[str]] = defaultdict(list)
    for known in languages().values():
        for name, forms in known.credit.agencies.items():
            spellings[name] += forms

    # An ordinary name is tried before one that is also a word.
    names = sorted(spellings, key=lambda name: name in _ALSO_WORDS)
    groups: list[str] = []

    for number, name in enumerate(names):
        forms_of_it = "|".join(spellings[name])
        groups.append(f"(?P<n{number}>{forms_of_it})")

    any_name = "|".join(groups)
    words = "|".join(every(lambda known: known.credit.agency))
    ordered = [spellings[name] for name in names]

    return _Agencies(
        names=tuple(names),
        spellings=tuple(chain.from_iterable(ordered)),
        pattern=re.compile(
            rf"(?<![\w@.-])(?<!\w/)(?:{any_name}){_ENDING}(?![\w@]|[./]\w)",
        ),
        word_after=re.compile(
            rf"^[\"»”’']|^\s*(?:[\"»”])?\s*(?i:{words})|^[-’'][^\W\d_]",
        ),
    )
