"""How the name of a field and its value are written elsewhere, and here."""

import re

from news.query.nodes import Name
from news.query.notes import Note
from news.query.sentences import ZONES

NAMES = frozenset({*ZONES, *Name})

_PARTED = re.compile(r"(?P<name>[A-Za-z]+)(?:\s+[:=]|=)\s*(?=[\w\"“«'(])")
_CALLED = re.compile(r"(?P<name>[A-Za-z_]{2,30})[(（](?!s\))")
_LISTING = re.compile(r"(?P<comma>(?<=[^\d\s])[,;]|(?<=\d)[,;](?=\D))|(?P<either>\|+)")
_VALUE = re.compile(r"[^\s()（）\"“”„‟«»]+")
# Fields that take one value of which a comma may be a part.
_WHOLE = frozenset({Name.URL, Name.AFTER, Name.BEFORE})


def misplaced(query: str, at: int, known: dict[str, str]) -> Note | None:
    """Return why a field's name that stands at a character is not written as here, and where.

    title = gas, title :gas and TITLE(gas) are such; `known` are the names of other engines.
    """
    parted = _PARTED.match(query, at)
    if parted is not None:
        name = _ours(parted["name"], known)
        sentence = f"a field and its value are written without blanks: {name}:word"
        if name in NAMES:
            return Note(sentence, at)

    called = _CALLED.match(query, at)
    if called is None:
        return None

    written = called["name"]
    name = _ours(written, known)
    if name in NAMES:
        return Note(f"{written}( is written {name}:(one OR two)", at)

    is_operator = "_" in written and written.isupper()
    if not is_operator:
        return None

    fields = listed()

    return Note(f"there is no {written}( here; the fields are {fields}", at)


def _ours(written: str, known: dict[str, str]) -> str:
    name = written.lower()
    return known.get(name, name)


def listed() -> str:
    """Return the names of all fields, as they are written."""
    return " ".join(f"{name}:" for name in (*ZONES, *Name))


def several(query: str, at: int, name: str) -> tuple[list[tuple[str, int]], str]:
    """Return the values that are glued to a field with commas or |, and what joins them.

    Each with its place; one value, or a field that takes no list, is joined by nothing.
    """
    found = _VALUE.match(query, at)
    if found is None or name in _WHOLE:
        return [], ""

    text = found.group()
    signs = list(_LISTING.finditer(text))
    pieces: list[tuple[str, int]] = []
    begin = 0

    for sign in signs:
        end = sign.start()
        value = text[begin:end]
        pieces.append((value, at + begin))
        begin = sign.end()

    last = text[begin:]
    pieces.append((last, at + begin))

    is_empty = any(not value for value, _ in pieces)
    if is_empty or not signs:
        return [], ""

    has_comma = any(sign["comma"] for sign in signs)
    if has_comma and name == "title":
        return pieces, "AND"

    return pieces, "OR"
