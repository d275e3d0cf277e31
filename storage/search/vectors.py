"""A stored article's terms, read from the text of its tsvector as far as somebody asks: what watches match without another analysis."""

import re

_TERM = re.compile(r"'((?:[^'\\]|''|\\\\)*)'")
_TITLE = "'@t:"  # storage.archive.terms.title_term


class TermVector:
    """Terms and positions as news.text.index_document gave them; marks (terms that begin with @) are there too.

    `text` is PostgreSQL's output of a tsvector: terms in ascending order, each in quotes, its positions after a colon. Only the text is
    kept: thousands of articles in parts would not fit the processor's cache.
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
        return [
            mark[len(_TITLE) - 1 :] for mark in _terms(text[first : end if end >= 0 else len(text)])
        ]

    def positions(self, term: str) -> list[int]:
        """Return the ascending positions of a term; none where it does not stand."""
        if "'" in term or "\\" in term:
            term = term.replace("\\", "\\\\").replace("'", "''")
        text, sought = self._text, f" '{term}':"
        at = text.find(sought)
        if at < 0:
            if not text.startswith(sought[1:]):
                return []
            at = -1
        begin = at + len(sought)
        end = text.find(" ", begin)
        return list(
            map(int, text[begin : end if end >= 0 else len(text)].replace("A", "").split(","))
        )


def _terms(text: str) -> list[str]:
    """Return the terms of a tsvector or a part of one; nearly always all in native code."""
    if "''" in text or "\\" in text:
        return [term.replace("''", "'").replace("\\\\", "\\") for term in _TERM.findall(text)]
    return text.split("'")[1::2]
