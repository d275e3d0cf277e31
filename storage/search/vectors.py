"""A stored article's terms, read from the text of its tsvector as far as somebody asks.

It is what watches match without another analysis.
"""

import re

_TERM = re.compile(r"'((?:[^'\\]|''|\\\\)*)'")
_TITLE = "'@t:"  # storage.archive.terms.title_term


class TermVector:
    """Terms and positions as news.text.index_document gave them; marks are there too.

    A mark is a term that begins with @. `text` is PostgreSQL's output of a tsvector: terms in
    ascending order, each in quotes, its positions after a colon. Only the text is kept:
    thousands of articles in parts would not fit the processor's cache.
    """

    __slots__ = ("_text",)

    def __init__(self, text: str) -> None:
        self._text = text

    @property
    def terms(self) -> list[str]:
        """All terms."""
        return _terms(self._text)

    @property
    def in_title(self) -> list[str]:
        """The terms of the title."""
        text = self._text
        first = text.find(_TITLE)
        if first < 0:
            return []

        end = text.find(" ", text.rfind(_TITLE))
        stretch = text[first:end] if end >= 0 else text[first:]
        before = len(_TITLE) - 1

        return [mark[before:] for mark in _terms(stretch)]

    def positions(self, term: str) -> list[int]:
        """Return the ascending positions of a term; none where it does not stand."""
        if "'" in term or "\\" in term:
            term = term.replace("\\", "\\\\").replace("'", "''")

        text = self._text
        sought = f" '{term}':"
        at = text.find(sought)

        if at < 0:
            # The first term has no space before it.
            if not text.startswith(sought[1:]):
                return []

            at = -1

        start = at + len(sought)
        end = text.find(" ", start)
        written = text[start:end] if end >= 0 else text[start:]

        return list(map(int, written.replace("A", "").split(",")))


def _terms(text: str) -> list[str]:
    """Return the terms of a tsvector or a part of one; nearly always all in native code."""
    if "''" not in text and "\\" not in text:
        return text.split("'")[1::2]

    quoted = _TERM.findall(text)

    return [term.replace("''", "'").replace("\\\\", "\\") for term in quoted]
