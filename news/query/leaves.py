"""What stands between the operators of a query: words, phrases, values of fields, names."""

import re
from datetime import datetime
from itertools import combinations

from news.query import addresses, codes, near, sentences, spellings, values
from news.query.errors import QueryError
from news.query.nodes import (
    Entity,
    Field,
    Name,
    Near,
    Node,
    Phrase,
    Prefix,
    Word,
    conjunction,
)
from news.query.notes import Note
from news.query.sentences import LEAST_PREFIX, ZONES
from news.query.signs import Lexeme, Sign
from news.text.aliases import Aliases
from news.text.scripts import TOKEN

MAX_LEAVES = 500  # words, phrases and fields
MAX_PHRASE = 32  # words of a phrase
MAX_TOGETHER = 5  # words of "a b c"~5

_STARRED = re.compile(r"(.*[^*])\*\W*", re.DOTALL)
_OPERATORS = frozenset({"AND", "OR", "NOT", "NEAR"})


class Leaves:
    """Reads the leaves of one query; its `notes` say what was read otherwise than it looks."""

    def __init__(
        self,
        text: str,
        aliases: Aliases,
        now: datetime | None,
        notes: list[Note],
    ) -> None:
        self.aliases = aliases
        self.notes = notes
        self._text = text
        self._now = now
        self._leaves = 0

    def error(self, sentence: str, at: int) -> QueryError:
        """Return the error of a character of the query."""
        return QueryError(sentence, self._text, at)

    def note(self, sentence: str, at: int) -> None:
        """Say one thing about a character of the query."""
        self.notes.append(Note(sentence, at))

    def distance(self, text: str, at: int) -> int:
        """Return the distance of a NEAR."""
        distance = int(text)
        if not 1 <= distance <= near.MAX_DISTANCE:
            raise self.error(
                f"the distance of NEAR is a number of words from 1 to {near.MAX_DISTANCE}", at
            )

        return distance

    def leaf(self, lexeme: Lexeme, field: str) -> Node:
        """Read one word, phrase or value; `field` is what stands before it."""
        self._leaves += 1
        if self._leaves > MAX_LEAVES:
            raise self.error(f"the query has more than {MAX_LEAVES} words and fields", lexeme.at)
        match field:
            case "" | "title":
                return self._text_leaf(lexeme, title=field == "title")
            case "entity" | "title entity":
                return self._entity(lexeme, title=field != "entity")
            case Name.SITE:
                return self._site(lexeme)
            case _:
                name = Name(field)
                return self._value(name, lexeme)

    def _text_leaf(self, lexeme: Lexeme, *, title: bool) -> Node:
        """Read a word or phrase of the text or of the title."""
        if lexeme.distance:
            return self._together(lexeme, title=title)

        words = self._words(lexeme, title=title)
        if lexeme.sign is Sign.QUOTED:
            return words

        return spellings.either(lexeme.text, words)

    def _value(self, name: Name, lexeme: Lexeme) -> Field:
        """Read a field's value; a date or code that is written otherwise gets a note."""
        refusal = values.misread(name, lexeme.text)
        if refusal:
            raise self.error(refusal, lexeme.at)

        written = self._named(name, lexeme)
        try:
            value = values.canonical(name, written, self._now)
        except ValueError as error:
            sentence = str(error)
            raise self.error(sentence, lexeme.at) from None

        is_date = name in {Name.AFTER, Name.BEFORE}
        if is_date and not values.is_iso(lexeme.text):
            self.note(f"{name}:{lexeme.text} was read as {name}:{value}", lexeme.at)

        if name is Name.URL and " " in value:
            words = value.replace(" ", ", ")
            self.note(f"url: asks for whole words of the address, in any order: {words}", lexeme.at)

        return Field(
            name=name,
            value=value,
        )

    def _named(self, name: Name, lexeme: Lexeme) -> str:
        """Return a value, a language's or country's code in the place of what it is called."""
        text = lexeme.text
        code = ""
        if name is Name.LANG:
            code = codes.language(text)
        elif name is Name.COUNTRY:
            code = codes.country(text)

        if code:
            self.note(f"{name}:{text} was read as {name}:{code}", lexeme.at)
        elif name is Name.LANG and not codes.is_language(text.strip().lower()):
            self.note(f"{name}:{text} is no language that is known here", lexeme.at)

        return code or text

    def _site(self, lexeme: Lexeme) -> Node:
        """Read site:trend.az or site:trend.az/politics: the host, and the words of the path."""
        host = self._value(Name.SITE, lexeme)
        path = addresses.path_of(lexeme.text)
        if not path:
            return host

        path_lexeme = Lexeme(lexeme.sign, path, lexeme.at)
        words = self._value(Name.URL, path_lexeme)
        self.note(f"site:{lexeme.text} was read as {host} {words}", lexeme.at)

        return conjunction([host, words])

    def _entity(self, lexeme: Lexeme, *, title: bool) -> Entity:
        name = self.aliases.find(lexeme.text)
        if name is None:
            written = lexeme.text.strip()
            raise self.error(f'the alias table has no "{written}"', lexeme.at)

        return Entity(
            name=name,
            title=title,
        )

    def _together(self, lexeme: Lexeme, *, title: bool) -> Node:
        """Read "a b"~5: the words near each other, in any order."""
        distance = self.distance(str(lexeme.distance), lexeme.at)
        words = self._words(lexeme, title=title)
        if not isinstance(words, Phrase):
            return words

        if len(words.parts) > MAX_TOGETHER:
            raise self.error(
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
        self.note(f'"{lexeme.text}"~{distance} was read as {node}', lexeme.at)

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
            raise self.error("there is no word here to look for", lexeme.at)
        if len(parts) > MAX_PHRASE:
            raise self.error(f"a phrase has at most {MAX_PHRASE} words", lexeme.at)

        if len(parts) == 1:
            return parts[0]

        return Phrase(
            parts=tuple(parts),
            title=title,
        )

    def _refuse_empty_field(self, lexeme: Lexeme) -> None:
        written = lexeme.text.lower()
        name = written.removesuffix(":")
        if name == written:
            return

        if sentences.is_known_elsewhere(name):
            sentence = sentences.unknown_field(name)
            raise self.error(sentence, lexeme.at)

        if name in (*ZONES, *Name):
            raise self.error(
                f"{name}: needs a value directly after it, as in {name}:word", lexeme.at
            )

    def _remark_operators(self, pieces: list[str], at: int) -> None:
        for piece in pieces[1:-1]:
            if piece in _OPERATORS:
                self.note(f"between quotation marks {piece} is a word", at)

    def _piece(self, piece: str, lexeme: Lexeme, *, title: bool) -> "list[Word | Prefix]":
        """Return the words of what stands between two blanks."""
        at = lexeme.at
        starred = _STARRED.fullmatch(piece)
        plain = piece
        if starred is not None:
            plain = starred[1]

        if "*" in plain:
            quoted = lexeme.sign is Sign.QUOTED
            sentence = sentences.misplaced_star(plain, quoted=quoted)
            raise self.error(sentence, at)

        tokens = TOKEN.findall(plain)
        words: list[Word | Prefix] = []
        for token in tokens:
            words.append(Word(text=token, title=title))

        if starred is None or not words:
            return words

        letters = tokens[-1]
        if len(letters) < LEAST_PREFIX:
            raise self.error(f"at least {LEAST_PREFIX} letters must stand before *", at)

        words[-1] = Prefix(
            text=letters,
            title=title,
        )

        return words
