"""From signs to nodes, by recursive descent.

OR binds least, then AND (or nothing between), then NOT and -, then NEAR/n.
"""

from collections.abc import Callable
from datetime import datetime

from news.query import near, sentences
from news.query.leaves import Leaves
from news.query.lexer import lex
from news.query.nodes import (
    Name,
    Near,
    Node,
    Not,
    Query,
    conjunction,
    disjunction,
)
from news.query.sentences import ZONES
from news.query.signs import Lexeme, Sign
from news.text.aliases import Aliases

MAX_DEPTH = 24  # brackets and NOTs inside each other
MAX_PAIRS = 50  # that one NEAR with ANDs on its sides is read as

_FIELDS = frozenset({*ZONES, *Name})
_CLAUSE_ENDS = frozenset({Sign.OR, Sign.CLOSE, Sign.END})
_VALUES = frozenset({Sign.OPEN, Sign.CHUNK, Sign.QUOTED})  # what may follow the name of a field


def parse(text: str, aliases: Aliases | None = None, *, now: datetime | None = None) -> Query:
    """Return what a query asks.

    Raises QueryError, and nothing else, with the position of what cannot be read. `aliases` are the
    names that `entity:` knows and that capitalised words stand for, the package's by default; the
    query keeps them. `now` (aware) is what `after:7d` counts from; without it such a date is
    refused, for this room knows no clock. What was read otherwise than it looks is in the query's
    `notes`.
    """
    known = aliases if aliases is not None else Aliases.default()
    parser = _Parser(text, known, now)
    root = parser.query()

    return Query(
        root=root,
        aliases=aliases,
        notes=tuple(parser.notes),
    )


class _Parser(Leaves):
    """One pass over the signs of a query.

    `field` is what stands before a bracket, as in title:(a OR b).
    """

    def __init__(self, text: str, aliases: Aliases, now: datetime | None) -> None:
        self._lexemes, notes = lex(text)
        super().__init__(text, aliases, now, notes)
        self._next = 0
        self._depth = 0

    def query(self) -> Node:
        """Read the whole query."""
        first = self._peek()
        if first.sign is Sign.END:
            raise self.error("the query is empty", first.at)

        root = self._or("")

        following = self._peek()
        if following.sign is Sign.CLOSE:
            raise self.error("this bracket closes nothing", following.at)

        return root

    def _peek(self) -> Lexeme:
        return self._lexemes[self._next]

    def _advance(self) -> Lexeme:
        lexeme = self._peek()
        if lexeme.sign is not Sign.END:
            self._next += 1

        return lexeme

    def _or(self, field: str) -> Node:
        start = self._peek().at
        first, mixed = self._and(field)
        parts = [first]
        while self._peek().sign is Sign.OR:
            self._advance()
            part, glued = self._and(field)
            parts.append(part)
            mixed = mixed or glued

        node = disjunction(parts)
        if len(parts) > 1:
            self._remark_or(node, parts, start, mixed=mixed)

        return node

    def _and(self, field: str) -> tuple[Node, bool]:
        """Read a clause; return whether things stand side by side in it, without an AND."""
        parts = [self._unary(field)]
        mixed = False
        while self._peek().sign not in _CLAUSE_ENDS:
            if self._peek().sign is Sign.AND:
                self._advance()
            else:
                mixed = True

            parts.append(self._unary(field))

        return conjunction(parts), mixed

    def _remark_or(self, node: Node, parts: list[Node], at: int, *, mixed: bool) -> None:
        """Say how an OR was read that other engines read otherwise, or that finds too much."""
        if mixed:
            self.note(f"OR binds least: read as {node}; brackets say it otherwise", at)

        if any(isinstance(part, Not) for part in parts):
            self.note("OR with something excluded finds nearly all: AND excludes both", at)

    def _unary(self, field: str) -> Node:
        if self._peek().sign is not Sign.NOT:
            return self._near(field)

        at = self._advance().at

        return Not(part=self._deeper(at, lambda: self._unary(field)))

    def _deeper(self, at: int, read: Callable[[], Node]) -> Node:
        self._depth += 1
        if self._depth > MAX_DEPTH:
            raise self.error(f"more than {MAX_DEPTH} brackets or NOTs inside each other", at)

        node = read()
        self._depth -= 1

        return node

    def _near(self, field: str) -> Node:
        """Read something, and what is asked to stand near it."""
        start = self._peek().at
        left = self._atom(field)
        if self._peek().sign is not Sign.NEAR:
            return left

        sign = self._advance()
        distance = self.distance(sign.text, sign.at)
        right_at = self._peek().at
        right = self._atom(field)

        following = self._peek()
        if following.sign is Sign.NEAR:
            raise self.error(
                "NEAR stands between two things only;"
                " join pairs with AND: (a NEAR/5 b) AND (b NEAR/5 c)",
                following.at,
            )

        self._refuse_side(left, start)
        self._refuse_side(right, right_at)

        pair = self._distributed(left, right, distance, sign.at)
        if not isinstance(pair, Near):
            self.note(f"NEAR of several was read as {pair}", start)

        return pair

    def _refuse_side(self, side: Node, at: int) -> None:
        """Refuse what cannot stand on a side of NEAR."""
        if near.can_stand(side):
            return

        raise self.error("NEAR takes words, phrases, names, or several of them with OR and AND", at)

    def _distributed(self, left: Node, right: Node, distance: int, at: int) -> Node:
        """Return a NEAR as one of pairs; refuse one that an index could not bear."""
        sentence = "too many alternatives on the two sides of NEAR"
        if near.pairs(left, right) > MAX_PAIRS:
            raise self.error(sentence, at)

        pair = near.distributed(left, right, distance)
        if near.cost(pair, self.aliases) > near.MAX_COST:
            raise self.error(sentence, at)

        return pair

    def _atom(self, field: str) -> Node:
        lexeme = self._advance()
        match lexeme.sign:
            case Sign.OPEN:
                return self._deeper(lexeme.at, lambda: self._group(lexeme, field))
            case Sign.FIELD:
                return self._field(lexeme, field)
            case Sign.CHUNK | Sign.QUOTED:
                return self.leaf(lexeme, field)
            case Sign.END:
                sentence = "the query ends where a word was expected"
            case Sign.NEAR:
                sentence = f"a word was expected here, not NEAR/{lexeme.text}"
            case _:
                sentence = f"a word was expected here, not {lexeme.text}"

        raise self.error(sentence, lexeme.at)

    def _group(self, opened: Lexeme, field: str) -> Node:
        following = self._peek()
        if following.sign is Sign.CLOSE:
            raise self.error("there is nothing between these brackets", opened.at)

        node = self._or(field)

        last = self._advance()
        if last.sign is not Sign.CLOSE:
            raise self.error("this bracket is never closed", opened.at)

        return node

    def _field(self, lexeme: Lexeme, outer: str) -> Node:
        """Read what stands after the name of a field, which may stand inside another one."""
        name = lexeme.text
        if name not in _FIELDS:
            raise self.error(sentences.unknown_field(name), lexeme.at)

        in_title = outer == "title" and name == "entity"
        if outer and not in_title:
            raise self.error(f"{name}: cannot stand inside {outer}:", lexeme.at)

        following = self._peek().sign
        if following is Sign.NOT:
            raise self.error(f"{name}: is excluded by -{name}:word", lexeme.at)

        nested = name == "title" and following is Sign.FIELD
        if following not in _VALUES and not nested:
            raise self.error(f"{name}: needs a value directly after it", lexeme.at)

        if outer:
            return self._atom("title entity")

        return self._atom(name)
