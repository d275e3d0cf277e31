"""The signs that a query is made of: operators, brackets, words, what stands between quotes."""

from dataclasses import dataclass
from enum import Enum, auto


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
    distance: int = 0  # of QUOTED: "a b"~3 asks for the words near each other, in any order
