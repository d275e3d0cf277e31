"""What stands between quotation marks in a query, and what is glued to the closing one."""

import re

from news.query import dialects
from news.query.characters import Characters
from news.query.signs import Lexeme, Sign

_CLOSING_SINGLE = "'’‘‛›´`"
_AFTER_SINGLE = ")）,.;:!?~^|"  # what may follow a closing one
_AFTER_QUOTE = re.compile(r"~(?P<distance>[0-9]{1,9})|\^(?P<weight>[0-9.]+)|(?P<tilde>~)")


class Quotes(Characters):
    """Reads what stands between quotation marks, double or single ones."""

    def _closes_single(self) -> int | None:
        """Return where a single quotation mark that opens here closes, None when it does not."""
        following = self._next()
        if following.isspace():
            return None

        for at in range(self._at + 2, len(self._query)):
            character = self._query[at]
            if character not in _CLOSING_SINGLE:
                continue

            before = self._query[at - 1]
            after = self._query[at + 1 : at + 2]
            ends = after in _AFTER_SINGLE or after.isspace()  # the end of the query is in it
            if ends and not before.isspace():
                return at

        return None

    def _single_quoted(self) -> None:
        self._note("single quotation marks were read as double ones: a phrase")
        self._quoted(_CLOSING_SINGLE, self._closes_single())

    def _quoted(self, closing: str, end: int | None = None) -> None:
        """Read what stands between quotation marks, and what is glued to the closing one."""
        start = self._at
        if end is None:
            end = self._closing(closing)
        if end is None:
            raise self._error("this quotation mark is never closed", start)

        text = self._query[start + 1 : end]
        self._refuse_escaped(text, start + 1)
        self._at = end + 1
        distance = self._after_quote()
        self.lexemes.append(
            Lexeme(
                Sign.QUOTED,
                text,
                start,
                distance,
            )
        )

    def _closing(self, closing: str) -> int | None:
        """Return where the first of some quotation marks stands after this character."""
        following = self._at + 1
        for at in range(following, len(self._query)):
            character = self._query[at]
            if character in closing:
                return at

        return None

    def _after_quote(self) -> int:
        """Return the distance in "a b"~3, 0 for none; a weight is passed over."""
        found = _AFTER_QUOTE.match(self._query, self._at)
        if found is None:
            return 0

        if found["tilde"]:
            raise self._error('~ needs a distance in words, as in "a b"~5', self._at)
        if found["weight"]:
            self._note(dialects.WEIGHTS)

        self._at = found.end()
        distance = found["distance"] or 0

        return int(distance)

    def _refuse_escaped(self, text: str, at: int) -> None:
        escaped = dialects.escaped(text)
        if escaped is not None:
            raise self._error(escaped.sentence, at + escaped.position)
