"""What a query is made of.

Nodes are values: equal when they ask the same in the same order; `str` prints them so that they
parse back.
"""

import re
from dataclasses import dataclass, field
from enum import StrEnum

from news.query.notes import Note
from news.query.writings import divided
from news.text.aliases import Aliases

# Words that would be read as operators if they stood without quotation marks.
_RESERVED = re.compile(
    r"AND|OR|NOT|ANDNOT|BUTNOT|XOR|(?:NEAR|AROUND|WITHIN|ONEAR|PRE|ADJ)[0-9]*",
)
_PLAIN_VALUE = re.compile(r"[\w.+-][\w.:+-]*")


class Name(StrEnum):
    """Fields about the document; `title:` is no field but a zone of the text."""

    AUTHOR = "author"
    OUTLET = "outlet"
    COUNTRY = "country"
    LANG = "lang"
    SECTION = "section"
    SITE = "site"
    URL = "url"
    AFTER = "after"
    BEFORE = "before"
    IS = "is"


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """One word in any of its forms. `title`: only there."""

    text: str
    title: bool = False

    def __str__(self) -> str:
        return _zone(self.title) + self.bare()

    def bare(self) -> str:
        """Print without the zone; quoted where the bare word would be read otherwise."""
        if _RESERVED.fullmatch(self.text) or divided(self.text):
            return f'"{self.text}"'

        return self.text


@dataclass(frozen=True, slots=True, kw_only=True)
class Prefix:
    """All words that begin so."""

    text: str
    title: bool = False

    def __str__(self) -> str:
        return _zone(self.title) + self.bare()

    def bare(self) -> str:
        """Print without the zone."""
        return f"{self.text}*"


@dataclass(frozen=True, slots=True, kw_only=True)
class Phrase:
    """Words in this order without others between them.

    Two or more parts, each a Word or Prefix of the same zone.
    """

    parts: tuple[Word | Prefix, ...]
    title: bool = False

    def __str__(self) -> str:
        return _zone(self.title) + self.bare()

    def bare(self) -> str:
        """Print without the zone."""
        words: list[str] = []
        for part in self.parts:
            if isinstance(part, Prefix):
                words.append(part.bare())
            else:
                words.append(part.text)

        joined = " ".join(words)

        return f'"{joined}"'


@dataclass(frozen=True, slots=True, kw_only=True)
class Entity:
    """Any of the names that the alias table has for one thing."""

    name: str
    title: bool = False

    def __str__(self) -> str:
        bare = self.bare()
        if self.title:
            return f"title:({bare})"

        return bare

    def bare(self) -> str:
        """Print without the zone."""
        return f'entity:"{self.name}"'


@dataclass(frozen=True, slots=True, kw_only=True)
class Near:
    """Both operands within `distance` words of each other, in either order.

    Operands are texts, or an Or of texts.
    """

    left: "Text | Or"
    right: "Text | Or"
    distance: int

    def __str__(self) -> str:
        return f"{_atom(self.left)} NEAR/{self.distance} {_atom(self.right)}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """A property of the document.

    `value` is canonical: lower case codes, ISO 8601 dates, words with single spaces.
    """

    name: Name
    value: str

    def __str__(self) -> str:
        is_plain = _PLAIN_VALUE.fullmatch(self.value) is not None
        is_operator = _RESERVED.fullmatch(self.value) is not None
        if is_plain and not is_operator:
            return f"{self.name}:{self.value}"

        return f'{self.name}:"{self.value}"'


@dataclass(frozen=True, slots=True, kw_only=True)
class Not:
    """What must not be."""

    part: "Node"

    def __str__(self) -> str:
        return f"NOT {_atom(self.part)}"


@dataclass(frozen=True, slots=True, kw_only=True)
class And:
    """All of two or more parts, none of them an And."""

    parts: "tuple[Node, ...]"

    def __str__(self) -> str:
        printed: list[str] = []
        for part in self.parts:
            if isinstance(part, Or):
                printed.append(_atom(part))
            else:
                printed.append(str(part))

        return " AND ".join(printed)


@dataclass(frozen=True, slots=True, kw_only=True)
class Or:
    """Any of two or more parts, none of them an Or."""

    parts: "tuple[Node, ...]"

    def __str__(self) -> str:
        printed: list[str] = []
        for place, part in enumerate(self.parts):
            if isinstance(part, And):
                printed.append(_atom(part))
            elif isinstance(part, Word) and self._has_other_writing(part, place):
                printed.append(_zone(part.title) + part.text)
            else:
                printed.append(str(part))

        return " OR ".join(printed)

    def _has_other_writing(self, word: Word, place: int) -> bool:
        """Tell whether the bare word is read as it stands here: its other writing is beside it.

        Before it anywhere, or next after it: there the reader of the bare word would put it.
        """
        pieces = divided(word.text)
        if not pieces or _RESERVED.fullmatch(word.text):
            return False

        words = [Word(text=piece, title=word.title) for piece in pieces]
        phrase = Phrase(parts=tuple(words), title=word.title)
        near_parts = self.parts[: place + 2]

        return phrase in near_parts


Text = Word | Prefix | Phrase | Entity
Node = Text | Near | Field | Not | And | Or


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """A query that parsed. `str(query)` is its canonical text: parse(str(query)) == query.

    `aliases` is the table it was parsed with, under which it is asked; None: the package's. It is
    no part of what makes two queries equal.
    """

    root: Node
    aliases: Aliases | None = field(default=None, compare=False, repr=False)
    notes: tuple[Note, ...] = field(default=(), compare=False)  # what it was read as

    def table(self) -> Aliases:
        """Return the alias table under which the query is asked."""
        if self.aliases is None:
            return Aliases.default()

        return self.aliases

    def __str__(self) -> str:
        return str(self.root)


def conjunction(parts: list[Node]) -> Node:
    """Return all of the parts as one node, nested Ands made flat."""
    flat: list[Node] = []
    for part in parts:
        if isinstance(part, And):
            flat.extend(part.parts)
        else:
            flat.append(part)

    if len(flat) == 1:
        return flat[0]

    return And(parts=tuple(flat))


def disjunction(parts: list[Node]) -> Node:
    """Return any of the parts as one node, nested Ors made flat, each alternative once."""
    flat: dict[Node, None] = {}
    for part in parts:
        if isinstance(part, Or):
            flat |= dict.fromkeys(part.parts)
        else:
            flat[part] = None

    alternatives = tuple(flat)
    if len(alternatives) == 1:
        return alternatives[0]

    return Or(parts=alternatives)


def named(phrase: Phrase, aliases: Aliases) -> str | None:
    """Return what a phrase as a whole is a name of, None when it is none that the table knows."""
    words: list[str] = []
    for part in phrase.parts:
        if isinstance(part, Prefix):
            return None

        words.append(part.text)

    name = " ".join(words)

    return aliases.find(name)


def _zone(title: bool) -> str:  # noqa: FBT001
    if title:
        return "title:"

    return ""


def _atom(node: Node) -> str:
    """Print a node so that an operator may stand beside it."""
    if isinstance(node, And | Or | Near | Not):
        return f"({node})"

    return str(node)
