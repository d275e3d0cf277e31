"""From signs to nodes, by recursive descent.

OR binds least, then AND (or nothing between), then NOT and -, then NEAR/n.
"""

import re
from collections.abc import Callable
from datetime import UTC, datetime
from itertools import combinations

from news.query import near, sentences, spellings, values
from news.query.errors import QueryError
from news.query.lexer import Lexeme, Sign, lex
from news.query.nodes import (
    Entity,
    Field,
    Name,
    Near,
    Node,
    Not,
    Phrase,
    Prefix,
    Query,
    Word,
    conjunction,
    disjunction,
)
from news.query.notes import Note
from news.query.sentences import LEAST_PREFIX, ZONES
from news.text.aliases import Aliases
from news.text.scripts import TOKEN

MAX_DEPTH = 24  # brackets and NOTs inside each other
MAX_LEAVES = 500  # words, phrases and fields
MAX_PHRASE = 32  # words of a phrase
MAX_TOGETHER = 5  # words of "a b c"~5
MAX_PAIRS = 50  # that one NEAR with ANDs on its sides is read as

_STARRED = re.compile(r"(.*[^*])\*\W*", re.DOTALL)
_INNER_STAR = re.compile(r"\*(?=.*\w)", re.DOTALL)
_OPERATORS = frozenset({"AND", "OR", "NOT", "NEAR"})
_CLAUSE_ENDS = frozenset({Sign.OR, Sign.CLOSE, Sign.END})


def parse(text: str, aliases: Aliases | None = None, *, now: datetime | None = None) -> Query:
    """Return what a query asks.

    Raises QueryError, and nothing else, with the position of what cannot be read. `aliases` are the
    names that `entity:` knows and that capitalised words stand for, the package's by default; the
    query keeps them. `now` (aware) is what `after:7d` counts from, the machine's clock by default.
    What was read otherwise than it looks is in the query's `notes`.
    """
    known = aliases if aliases is not None else Aliases.default()
    moment = now if now is not None else datetime.now(UTC)
    parser = _Parser(text, known, moment)
    root = parser.query()

    return Query(
        root=root,
        aliases=aliases,
        notes=tuple(parser.notes),
    )


class _Parser:
    """One pass over the signs of a query.

    `field` is what stands before a bracket, as in title:(a OR b).
    """

    def __init__(self, text: str, aliases: Aliases, now: datetime) -> None:
        self._text = text
        self._aliases = aliases
        self._now = now
        self._lexemes, self.notes = lex(text)
        self._next = 0
        self._depth = 0
        self._leaves = 0

    def query(self) -> Node:
        """Read the whole query."""
        if self._peek().sign is Sign.END:
            raise self._error("the query is empty", self._peek().at)

        root = self._or("")
        if self._peek().sign is Sign.CLOSE:
            raise self._error("this bracket closes nothing", self._peek().at)

        return root

    def _peek(self) -> Lexeme:
        return self._lexemes[self._next]

    def _advance(self) -> Lexeme:
        lexeme = self._peek()
        self._next += lexeme.sign is not Sign.END

        return lexeme

    def _error(self, sentence: str, at: int) -> QueryError:
        return QueryError(sentence, self._text, at)

    def _note(self, sentence: str, at: int) -> None:
        self.notes.append(Note(sentence, at))

    def _or(self, field: str) -> Node:
        parts = [self._and(field)]
        while self._peek().sign is Sign.OR:
            self._advance()
            parts.append(self._and(field))

        return disjunction(parts)

    def _and(self, field: str) -> Node:
        parts = [self._unary(field)]
        while self._peek().sign not in _CLAUSE_ENDS:
            if self._peek().sign is Sign.AND:
                self._advance()
            parts.append(self._unary(field))

        return conjunction(parts)

    def _unary(self, field: str) -> Node:
        if self._peek().sign is not Sign.NOT:
            return self._near(field)

        at = self._advance().at

        return Not(part=self._deeper(at, lambda: self._unary(field)))

    def _deeper(self, at: int, read: Callable[[], Node]) -> Node:
        self._depth += 1
        if self._depth > MAX_DEPTH:
            raise self._error(f"more than {MAX_DEPTH} brackets or NOTs inside each other", at)

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
        distance = self._distance(sign.text, sign.at)
        right_at = self._peek().at
        right = self._atom(field)
        if self._peek().sign is Sign.NEAR:
            raise self._error(
                "NEAR stands between two things only;"
                " join pairs with AND: (a NEAR/5 b) AND (b NEAR/5 c)",
                self._peek().at,
            )

        for side, at in ((left, start), (right, right_at)):
            if not near.can_stand(side):
                raise self._error(
                    "NEAR takes words, phrases, names, or several of them with OR and AND", at
                )

        too_many = near.pairs(left, right) > MAX_PAIRS
        pair = left if too_many else near.distributed(left, right, distance)
        if too_many or near.cost(pair, self._aliases) > near.MAX_COST:
            raise self._error("too many alternatives on the two sides of NEAR", sign.at)

        if not isinstance(pair, Near):
            self._note(f"NEAR of several was read as {pair}", start)

        return pair

    def _distance(self, text: str, at: int) -> int:
        distance = int(text)
        if not 1 <= distance <= near.MAX_DISTANCE:
            raise self._error(
                f"the distance of NEAR is a number of words from 1 to {near.MAX_DISTANCE}", at
            )

        return distance

    def _atom(self, field: str) -> Node:
        lexeme = self._advance()
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
        if self._advance().sign is not Sign.CLOSE:
            raise self._error("this bracket is never closed", opened.at)

        return node

    def _field(self, lexeme: Lexeme, outer: str) -> Node:
        name = lexeme.text
        if name not in ZONES and name not in set(Name):
            raise self._error(sentences.unknown_field(name), lexeme.at)
        if outer and (outer, name) != ("title", "entity"):
            raise self._error(f"{name}: cannot stand inside {outer}:", lexeme.at)

        following = self._peek().sign
        nested = name == "title" and following is Sign.FIELD
        if following not in {Sign.OPEN, Sign.CHUNK, Sign.QUOTED} and not nested:
            raise self._error(f"{name}: needs a value directly after it", lexeme.at)

        return self._atom("title entity" if outer else name)

    def _leaf(self, lexeme: Lexeme, field: str) -> Node:
        self._leaves += 1
        if self._leaves > MAX_LEAVES:
            raise self._error(f"the query has more than {MAX_LEAVES} words and fields", lexeme.at)
        if field.endswith("entity"):
            return self._entity(lexeme, title=field.startswith("title"))
        if field and field != "title":
            return self._value(Name(field), lexeme)
        if lexeme.distance:
            return self._together(lexeme, title=field == "title")

        words = self._words(lexeme, title=field == "title")
        quoted = lexeme.sign is Sign.QUOTED
        return words if quoted else spellings.either(lexeme.text, words)

    def _value(self, name: Name, lexeme: Lexeme) -> Field:
        """Read a field's value; a date that is written otherwise gets a note."""
        try:
            value = values.canonical(name, lexeme.text, self._now)
        except ValueError as error:
            raise self._error(str(error), lexeme.at) from None

        if name in {Name.AFTER, Name.BEFORE} and not values.is_iso(lexeme.text):
            self._note(f"{name}:{lexeme.text} was read as {name}:{value}", lexeme.at)

        return Field(
            name=name,
            value=value,
        )

    def _entity(self, lexeme: Lexeme, *, title: bool) -> Entity:
        name = self._aliases.find(lexeme.text)
        if name is None:
            raise self._error(f'the alias table has no "{lexeme.text.strip()}"', lexeme.at)

        return Entity(
            name=name,
            title=title,
        )

    def _together(self, lexeme: Lexeme, *, title: bool) -> Node:
        """Read "a b"~5: the words near each other, in any order."""
        distance = self._distance(str(lexeme.distance), lexeme.at)
        words = self._words(lexeme, title=title)
        if not isinstance(words, Phrase):
            return words
        if len(words.parts) > MAX_TOGETHER:
            raise self._error(
                f"~ takes a phrase of at most {MAX_TOGETHER} words: join pairs with NEAR and AND",
                lexeme.at,
            )

        pairs: list[Node] = []
        for left, right in combinations(words.parts, 2):
            pairs.append(
                Near(
                    left=left,
                    right=right,
                    distance=distance,
                )
            )

        node = conjunction(pairs)
        self._note(f'"{lexeme.text}"~{distance} was read as {node}', lexeme.at)

        return node

    def _words(self, lexeme: Lexeme, *, title: bool) -> Word | Prefix | Phrase:
        if lexeme.sign is Sign.CHUNK:
            self._refuse_empty_field(lexeme)
            pieces = [lexeme.text]
        else:
            pieces = lexeme.text.split()
            self._remark_operators(pieces, lexeme.at)

        parts: list[Word | Prefix] = []
        for piece in pieces:
            parts += self._piece(piece, lexeme, title=title)

        if not parts:
            raise self._error("there is no word here to look for", lexeme.at)
        if len(parts) > MAX_PHRASE:
            raise self._error(f"a phrase has at most {MAX_PHRASE} words", lexeme.at)

        return (
            parts[0]
            if len(parts) == 1
            else Phrase(
                parts=tuple(parts),
                title=title,
            )
        )

    def _refuse_empty_field(self, lexeme: Lexeme) -> None:
        name = lexeme.text.removesuffix(":").lower()
        if name != lexeme.text.lower() and name in (*ZONES, *Name):
            raise self._error(
                f"{name}: needs a value directly after it, as in {name}:word", lexeme.at
            )

    def _remark_operators(self, pieces: list[str], at: int) -> None:
        for piece in pieces[1:-1]:
            if piece in _OPERATORS:
                self._note(f"between quotation marks {piece} is a word", at)

    def _piece(self, piece: str, lexeme: Lexeme, *, title: bool) -> "list[Word | Prefix]":
        """Return the words of what stands between two blanks."""
        at = lexeme.at
        starred = _STARRED.fullmatch(piece)
        plain = starred[1] if starred else piece
        if "*" in plain:
            raise self._error(
                sentences.misplaced_star(plain, quoted=lexeme.sign is Sign.QUOTED), at
            )

        tokens = TOKEN.findall(plain)
        words: list[Word | Prefix] = [Word(text=token, title=title) for token in tokens]

        if starred and words:
            if len(tokens[-1]) < LEAST_PREFIX:
                raise self._error(f"at least {LEAST_PREFIX} letters must stand before *", at)
            words[-1] = Prefix(
                text=tokens[-1],
                title=title,
            )

        return words
