"""The one error that a query can raise."""

from news.errors import KhabarError

_WINDOW = 60


class QueryError(KhabarError):
    """The query cannot be read.

    `sentence` says why, `position` (0 to len(query)) is the character it points at.
    """

    def __init__(self, sentence: str, query: str, position: int) -> None:
        super().__init__(sentence, query, position)
        self.sentence = sentence
        self.query = query
        self.position = position

    def __str__(self) -> str:
        """Return the sentence, the query around the place, and a caret under the character."""
        start = max(0, self.position - _WINDOW // 2)
        shown = "".join(c if c.isprintable() else " " for c in self.query[start : start + _WINDOW])
        before = "... " if start else ""
        after = " ..." if start + _WINDOW < len(self.query) else ""
        caret = " " * (len(before) + self.position - start) + "^"

        return (
            f"{self.sentence} (character {self.position + 1})\n  {before}{shown}{after}\n  {caret}"
        )
