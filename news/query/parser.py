"""From signs to nodes, by recursive descent: OR binds least, then AND (or nothing between), then NOT and -, then NEAR/n."""

import re
from collections.abc import Callable

from news.query import values
from news.query.errors import QueryError
from news.query.lexer import Lexeme, Sign, lex
from news.query.nodes import (
    Entity,
    Field,
    Name,
    Near,
    Node,
    Not,
    Or,
    Phrase,
    Prefix,
    Query,
    Word,
    conjunction,
    disjunction,
)
from news.text.aliases import Aliases
from news.text.scripts import TOKEN

MAX_DEPTH = 24  # brackets and NOTs inside each other
MAX_LEAVES = 500  # words, phrases and fields
MAX_PHRASE = 32  # words of a phrase
MAX_DISTANCE = 50  # of NEAR
MAX_NEAR_ALTERNATIVES = 200  # pairs of alternatives times distance, of one NEAR
LEAST_PREFIX = 2  # letters before *

_STARRED = re.compile(r"(.*[^*])\*\W*", re.DOTALL)
_ZONES = ("title", "entity")


def parse(text: str, aliases: Aliases | None = None) -> Query:
    """Return what a query asks; raises QueryError, and nothing else, with the position of what cannot be read.

    `aliases` are the names that `entity:` knows and that capitalised words stand for; the table of the package by default. The query keeps them.
    """
    root = _Parser(text, aliases if aliases is not None else Aliases.default()).query()
    return Query(root=root, aliases=aliases)


class _Parser:
    """One pass over the signs of one query. `field` is what stands before a bracket, as in title:(a OR b)."""

    def __init__(self, text: str, aliases: Aliases) -> None:
        self._text = text
        self._aliases = aliases
        self._lexemes = lex(text)
        self._next = 0
        self._depth = 0
        self._leaves = 0

    def query(self) -> Node:
        if self._peek().sign is Sign.END:
            raise self._error("the query is empty", self._peek().at)
        root = self._or("")
        if self._peek().sign is Sign.CLOSE:
            raise self._error("this bracket closes nothing", self._peek().at)
        return root

    def _peek(self) -> Lexeme:
        return self._lexemes[self._next]

    def _take(self) -> Lexeme:
        lexeme = self._peek()
        self._next += lexeme.sign is not Sign.END
        return lexeme

    def _error(self, sentence: str, at: int) -> QueryError:
        return QueryError(sentence, self._text, at)

    def _or(self, field: str) -> Node:
        parts = [self._and(field)]
        while self._peek().sign is Sign.OR:
            self._take()
            parts.append(self._and(field))
        return disjunction(parts)

    def _and(self, field: str) -> Node:
        parts = [self._unary(field)]
        while self._peek().sign not in {Sign.OR, Sign.CLOSE, Sign.END}:
            if self._peek().sign is Sign.AND:
                self._take()
            parts.append(self._unary(field))
        return conjunction(parts)

    def _unary(self, field: str) -> Node:
        if self._peek().sign is not Sign.NOT:
            return self._near(field)
        at = self._take().at
        return Not(part=self._deeper(at, lambda: self._unary(field)))

    def _deeper(self, at: int, read: Callable[[], Node]) -> Node:
        self._depth += 1
        if self._depth > MAX_DEPTH:
            raise self._error(f"more than {MAX_DEPTH} brackets or NOTs inside each other", at)
        node = read()
        self._depth -= 1
        return node

    def _near(self, field: str) -> Node:
        start = self._peek().at
        left = self._atom(field)
        if self._peek().sign is not Sign.NEAR:
            return left
        sign = self._take()
        distance = int(sign.text)
        if not 1 <= distance <= MAX_DISTANCE:
            raise self._error(
                f"the distance of NEAR is a number of words from 1 to {MAX_DISTANCE}", sign.at
            )
        right_at = self._peek().at
        right = self._atom(field)
        if self._peek().sign is Sign.NEAR:
            raise self._error(
                "NEAR stands between two things only; join pairs with AND", self._peek().at
            )
        pair = self._operand(left, start), self._operand(right, right_at)
        if (1 + self._phrases(pair[0])) * (
            1 + self._phrases(pair[1])
        ) * distance > MAX_NEAR_ALTERNATIVES * MAX_DISTANCE:
            raise self._error("too many alternatives on the two sides of NEAR", sign.at)
        return Near(left=pair[0], right=pair[1], distance=distance)

    def _operand(self, node: Node, at: int) -> "Word | Prefix | Phrase | Entity | Or":
        leaves = node.parts if isinstance(node, Or) else (node,)
        if not all(isinstance(leaf, Word | Prefix | Phrase | Entity) for leaf in leaves):
            raise self._error(
                "NEAR takes words, phrases and names, or several of them joined by OR in brackets",
                at,
            )
        return node  # type: ignore[return-value]

    def _phrases(self, node: Node) -> int:
        """Return how many alternatives of several words a side has; those of one word are asked together."""
        match node:
            case Or():
                return sum(map(self._phrases, node.parts))
            case Entity():
                return sum(len(form) > 1 for form in self._aliases.phrases(node.name))
            case _:
                return isinstance(node, Phrase)

    def _atom(self, field: str) -> Node:
        lexeme = self._take()
        match lexeme.sign:
            case Sign.OPEN:
                return self._deeper(lexeme.at, lambda: self._group(lexeme, field))
            case Sign.FIELD:
                return self._field(lexeme, field)
            case Sign.CHUNK | Sign.QUOTED:
                return self._leaf(lexeme, field)
            case Sign.END:
                raise self._error("the query ends where a word was expected", lexeme.at)
            case _:
                raise self._error(f"a word was expected here, not {lexeme.text}", lexeme.at)

    def _group(self, opened: Lexeme, field: str) -> Node:
        if self._peek().sign is Sign.CLOSE:
            raise self._error("there is nothing between these brackets", opened.at)
        node = self._or(field)
        if self._take().sign is not Sign.CLOSE:
            raise self._error("this bracket is never closed", opened.at)
        return node

    def _field(self, lexeme: Lexeme, outer: str) -> Node:
        name = lexeme.text
        if name not in _ZONES and name not in set(Name):
            known = " ".join(f"{each}:" for each in (*_ZONES, *Name))
            raise self._error(
                f'there is no field "{name}"; the fields are {known} (quote a word that holds a colon)',
                lexeme.at,
            )
        if outer and (outer, name) != ("title", "entity"):
            raise self._error(f"{name}: cannot stand inside {outer}:", lexeme.at)
        if self._peek().sign not in {Sign.OPEN, Sign.CHUNK, Sign.QUOTED} and not (
            name == "title" and self._peek().sign is Sign.FIELD
        ):
            raise self._error(f"{name}: needs a value directly after it", lexeme.at)
        return self._atom("title entity" if outer else name)

    def _leaf(self, lexeme: Lexeme, field: str) -> Node:
        self._leaves += 1
        if self._leaves > MAX_LEAVES:
            raise self._error(f"the query has more than {MAX_LEAVES} words and fields", lexeme.at)
        if field.endswith("entity"):
            return self._entity(lexeme, title=field.startswith("title"))
        if field and field != "title":
            try:
                return Field(name=Name(field), value=values.canonical(Name(field), lexeme.text))
            except ValueError as error:
                raise self._error(str(error), lexeme.at) from None
        return self._words(lexeme, title=field == "title")

    def _entity(self, lexeme: Lexeme, *, title: bool) -> Entity:
        name = self._aliases.find(lexeme.text)
        if name is None:
            raise self._error(f'the alias table has no "{lexeme.text.strip()}"', lexeme.at)
        return Entity(name=name, title=title)

    def _words(self, lexeme: Lexeme, *, title: bool) -> Word | Prefix | Phrase:
        if (
            lexeme.sign is Sign.CHUNK
            and (name := lexeme.text.removesuffix(":").lower()) != lexeme.text.lower()
            and name in (*_ZONES, *Name)
        ):
            raise self._error(f"{name}: needs a value directly after it", lexeme.at)
        pieces = lexeme.text.split() if lexeme.sign is Sign.QUOTED else [lexeme.text]
        parts = [part for piece in pieces for part in self._piece(piece, lexeme.at, title=title)]
        if not parts:
            raise self._error("there is no word here to look for", lexeme.at)
        if len(parts) > MAX_PHRASE:
            raise self._error(f"a phrase has at most {MAX_PHRASE} words", lexeme.at)
        return parts[0] if len(parts) == 1 else Phrase(parts=tuple(parts), title=title)

    def _piece(self, piece: str, at: int, *, title: bool) -> "list[Word | Prefix]":
        starred = _STARRED.fullmatch(piece)
        tokens = TOKEN.findall(starred[1] if starred else piece)
        words: list[Word | Prefix] = [Word(text=token, title=title) for token in tokens]
        if starred and words:
            if len(tokens[-1]) < LEAST_PREFIX:
                raise self._error(f"at least {LEAST_PREFIX} letters must stand before *", at)
            words[-1] = Prefix(text=tokens[-1], title=title)
        if "*" in (starred[1] if starred else piece):
            raise self._error("* can only stand at the end of a word", at)
        return words
