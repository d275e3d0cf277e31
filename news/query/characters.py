"""The characters of a query, and the one of them at which its reader stands."""

from news.query.errors import QueryError
from news.query.notes import Note
from news.query.signs import Lexeme, Sign


class Characters:
    """A query with the signs that were read of it so far, and what is to be said about them."""

    def __init__(self, query: str) -> None:
        self.lexemes: list[Lexeme] = []
        self.notes: list[Note] = []
        self._query = query
        self._at = 0

    def _pass_over(self, sentence: str, length: int = 1) -> None:
        self._note(sentence)
        self._at += length

    def _add(self, sign: Sign, text: str, length: int) -> None:
        lexeme = Lexeme(sign, text, self._at)
        self.lexemes.append(lexeme)
        self._at += length

    def _note(self, sentence: str) -> None:
        for note in self.notes:
            if note.sentence == sentence:
                return

        self.notes.append(Note(sentence, self._at))

    def _error(self, sentence: str, at: int) -> QueryError:
        return QueryError(sentence, self._query, at)

    def _next(self, offset: int = 1) -> str:
        """Return the character at an offset from this one, a blank past the end."""
        at = self._at + offset
        if at < len(self._query):
            return self._query[at]

        return " "

    def _has_others(self, end: int | None = None) -> bool:
        """Return whether anything stands before this character, or after it, or after an end."""
        if self.lexemes:
            return True

        following = self._at + 1 if end is None else end

        return self._query[following:].strip() != ""
