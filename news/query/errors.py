"""The one error that a query can raise."""

from news.errors import KhabarError

_WINDOW = 60
_MORE = "..."


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
        end = start + _WINDOW
        shown = _printable(self.query[start:end])
        indent = self.position - start

        if start:
            shown = f"{_MORE} {shown}"
            indent += len(_MORE) + 1
        if end < len(self.query):
            shown = f"{shown} {_MORE}"

        caret = " " * indent + "^"
        ordinal = self.position + 1

        return f"{self.sentence} (character {ordinal})\n  {shown}\n  {caret}"


def _printable(text: str) -> str:
    """Return a text with a blank for each character that a line cannot show."""
    shown: list[str] = []
    for character in text:
        if character.isprintable():
            shown.append(character)
        else:
            shown.append(" ")

    return "".join(shown)
