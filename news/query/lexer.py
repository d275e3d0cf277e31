"""From characters to the signs of the query language. Never raises but QueryError."""

import re
import unicodedata
from dataclasses import dataclass
from enum import Enum, auto

from news.query.errors import QueryError

MAX_CHARACTERS = 20_000

_QUOTES = '"“”„‟«»＂'
_FIELD = re.compile(r"([A-Za-z]+):(?=\S)")
_CHUNK = re.compile(rf"[^\s(){_QUOTES}]+")
_NEAR = re.compile(r"NEAR/([0-9]{1,9})")


class Sign(Enum):
    """The kinds of tokens."""

    OPEN = auto()
    CLOSE = auto()
    AND = auto()
    OR = auto()
    NOT = auto()
    NEAR = auto()  # text: the distance
    FIELD = auto()  # text: the name in lower case
    CHUNK = auto()  # text: what stands between spaces, brackets and quotes
    QUOTED = auto()  # text: what stands between quotes
    END = auto()


@dataclass(frozen=True, slots=True)
class Lexeme:
    """One sign and where it begins."""

    sign: Sign
    text: str
    at: int


_WORDS = {"AND": Sign.AND, "OR": Sign.OR, "NOT": Sign.NOT}
_BRACKETS = {"(": Sign.OPEN, ")": Sign.CLOSE}


def lex(query: str) -> list[Lexeme]:
    """Return the signs of a query, an END last."""
    if len(query) > MAX_CHARACTERS:
        raise QueryError(
            f"the query is longer than {MAX_CHARACTERS} characters",
            query[:MAX_CHARACTERS],
            MAX_CHARACTERS - 1,
        )
    _refuse_control(query)
    lexemes, at = [], 0
    while at < len(query):
        if query[at].isspace():
            at += 1
            continue
        lexeme, at = _next(query, at)
        lexemes.append(lexeme)
    return [*lexemes, Lexeme(Sign.END, "", len(query))]


def _refuse_control(query: str) -> None:
    for at, character in enumerate(query):
        if unicodedata.category(character) in {"Cc", "Cs"} and not character.isspace():
            raise QueryError(
                f"a control character (U+{ord(character):04X}) stands in the query", query, at
            )


def _next(query: str, at: int) -> tuple[Lexeme, int]:
    character = query[at]
    if character in _BRACKETS:
        return Lexeme(_BRACKETS[character], character, at), at + 1
    if character in _QUOTES:
        return _quoted(query, at)
    if character == "-":
        return _minus(query, at)
    if found := _FIELD.match(query, at):
        return Lexeme(Sign.FIELD, found[1].lower(), at), found.end()
    return _chunk(query, at)


def _quoted(query: str, at: int) -> tuple[Lexeme, int]:
    end = next((i for i in range(at + 1, len(query)) if query[i] in _QUOTES), None)
    if end is None:
        raise QueryError("this quotation mark is never closed", query, at)
    return Lexeme(Sign.QUOTED, query[at + 1 : end], at), end + 1


def _minus(query: str, at: int) -> tuple[Lexeme, int]:
    if at + 1 == len(query) or query[at + 1].isspace():
        raise QueryError("a minus must stand directly before what it excludes", query, at)
    return Lexeme(Sign.NOT, "-", at), at + 1


def _chunk(query: str, at: int) -> tuple[Lexeme, int]:
    found = _CHUNK.match(query, at)
    if found is None:  # cannot be: the caller has seen a character that begins one
        raise QueryError("this character cannot be read", query, at)
    text = found.group()
    if near := _NEAR.fullmatch(text):
        return Lexeme(Sign.NEAR, near[1], at), found.end()
    if text == "NEAR" or text.startswith("NEAR/"):
        raise QueryError("NEAR needs a distance in words, as in NEAR/5", query, at)
    return Lexeme(_WORDS.get(text, Sign.CHUNK), text, at), found.end()
