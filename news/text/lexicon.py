"""What words have been read: raw words -> index terms, remembered, in bounded memory.

And how a text is cut into them quickly.

A text is cut at white space and at signs that no token holds. Nearly every piece is then one token,
and is looked up as it stands;
pieces of none or several tokens ("Ltd_2", a lone "%") are few, and known by being looked up in
vain.
"""

from collections.abc import Callable
from functools import cache
from itertools import chain

from news.text import scripts
from news.text.terms import document_terms

REMEMBERED = (
    250_000  # words of all languages that are new since the last turn; as many older ones stay
)
LONGEST = 80  # characters of a piece that is remembered: no page may fill the memory with long ones
Terms = tuple[str, ...]

_SIGNS = ',.-:;()/"?!“”„»«–—…|*[]+=&%·•_،؛؟։՝'
# Signs of ASCII and its control characters that stand in no token.
_PLAIN = {code: " " for code in range(128) if not chr(code).isalnum() and chr(code) not in "'`"}
_ASCII = "".join(_PLAIN.get(code, chr(code)) for code in range(128))


def cut(text: str) -> list[str]:
    """Return the pieces of a text: its tokens are the tokens of the pieces.

    About 10 us for 3,000 characters.
    """
    if text.isascii():
        return text.translate(_ASCII).split()

    for sign in _SIGNS:
        text = text.replace(sign, " ")

    return text.split()


class Lexicon(dict[str, Terms]):
    """Piece -> the terms of its only token, remembered.

    Pieces of no or several tokens are never in it.

    `form` says how a term is kept, as itself unless told. Several threads may read with one
    lexicon.
    """

    __slots__ = ("_form", "_language", "_memory", "_odd", "_older", "vain")

    def __init__(
        self, language: str, memory: "Memory", form: Callable[[str], str] | None = None
    ) -> None:
        super().__init__()
        self._language = language
        self._form = form
        self._memory = memory
        self._older: dict[str, Terms] = {}
        self._odd: dict[str, tuple[Terms, ...]] = {}
        self.vain = 0  # look-ups of odd pieces, ever

    def __missing__(self, piece: str) -> Terms:
        terms = self._older.get(piece)
        if terms is None:
            tokens = scripts.TOKEN.findall(piece)
            if len(tokens) != 1:
                self.vain += 1
                return ()

            terms = self._read(tokens[0])

        if len(piece) <= LONGEST:
            self._memory.learned()
            self[piece] = terms

        return terms

    def _read(self, raw: str) -> Terms:
        terms = document_terms(raw, self._language)
        return terms if self._form is None else tuple(map(self._form, terms))

    def odd(self, piece: str) -> tuple[Terms, ...]:
        """Return the terms of each token of a piece that has none or several."""
        found = self._odd.get(piece)
        if found is None:
            found = tuple([self[raw] for raw in scripts.TOKEN.findall(piece)])
            if len(piece) <= LONGEST:
                self._memory.learned()
                self._odd[piece] = found

        return found

    def turn(self) -> None:
        """Forget the words that were not met since the last turn."""
        self._older = self.copy()
        self.clear()
        self._odd.clear()

    def of(self, text: str) -> list[Terms]:
        """Return the terms of each token of a text, in order.

        Costs about 60 us for 3,000 characters of known words.
        """
        pieces = cut(text)
        vain = self.vain
        found = [*map(self.__getitem__, pieces)]
        if self.vain == vain:
            return found

        terms: list[Terms] = []
        for piece, known in zip(pieces, found, strict=True):
            terms += (known,) if known else self.odd(piece)

        return terms

    def anywhere(self, text: str) -> set[str]:
        """Return the terms of a text, without order."""
        return {*chain.from_iterable(self.of(text))}


class Memory:
    """How much the lexicons of one kind remember together.

    At most twice `most` words, the latest.
    """

    def __init__(self, most: int = REMEMBERED, form: Callable[[str], str] | None = None) -> None:
        self._most = most
        self._form = form
        self._new = 0
        self._lexicons: dict[str, Lexicon] = {}

    def lexicon(self, language: str) -> Lexicon:
        """Return the lexicon for texts of a language; languages that are read alike share one."""
        manner = scripts.manner(language)
        found = self._lexicons.get(manner)

        if found is None:
            found = self._lexicons.setdefault(manner, Lexicon(manner, self, self._form))

        return found

    def learned(self) -> None:
        """Count one more word; when they are too many, every lexicon forgets its oldest."""
        self._new += 1
        if self._new > self._most:
            self._new = 0
            for lexicon in [*self._lexicons.values()]:
                lexicon.turn()


@cache
def memory() -> Memory:
    """Return the memory of this process, for terms as they are."""
    return Memory()


def lexicon_of(language: str) -> Lexicon:
    """Return this process's lexicon for texts of a language."""
    return memory().lexicon(language)
