"""From text to positions: the one way in which index, search and watches read a text."""

from collections import defaultdict
from dataclasses import dataclass
from itertools import chain

from news.text import scripts
from news.text.lexicon import lexicon_of

TITLE_TOKENS = 192  # of a title; further ones are not indexed
BODY_START = 257  # position of the body's first token: no NEAR reaches from the title into the body
BODY_TOKENS = 16_000  # of a body; further ones are not indexed. A tsvector ends at position 16,383
BODY_CHARACTERS = 120_000  # of a body; keeps a tsvector under 1 MB whatever the script
OCCURRENCES = 255  # of one term in one document that are kept; a tsvector keeps 256 a lexeme
_FOLDED = 200_000  # words whose fold is remembered


@dataclass(frozen=True, slots=True, kw_only=True)
class Token:
    """One word of a text.

    As it stands, where it stands (offsets in characters), its position, its index terms.
    """

    surface: str
    start: int
    end: int
    position: int
    terms: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Analysis:
    """A text as its tokens, in order."""

    language: str
    tokens: tuple[Token, ...]


def analyse(text: str, language: str, *, first: int = 1) -> Analysis:
    """Return the tokens of a text with their terms; positions count from `first`."""
    words = lexicon_of(language)
    tokens = tuple(
        Token(
            surface=found.group(),
            start=found.start(),
            end=found.end(),
            position=position,
            terms=words[found.group()],
        )
        for position, found in enumerate(scripts.TOKEN.finditer(text), first)
    )

    return Analysis(
        language=language,
        tokens=tokens,
    )


def analyse_title(title: str, language: str) -> Analysis:
    """Return the indexed tokens of a title, positions 1 to TITLE_TOKENS."""
    whole = analyse(title[:BODY_CHARACTERS], language)
    return Analysis(
        language=language,
        tokens=whole.tokens[:TITLE_TOKENS],
    )


def analyse_body(text: str, language: str) -> Analysis:
    """Return the indexed tokens of a body, positions from BODY_START."""
    whole = analyse(text[:BODY_CHARACTERS], language, first=BODY_START)
    return Analysis(
        language=language,
        tokens=whole.tokens[:BODY_TOKENS],
    )


def index_terms(text: str, language: str) -> list[tuple[str, ...]]:
    """Return the terms of each token of a text, in order, without offsets: the fast path."""
    return lexicon_of(language).of(text)


def index_document(title: str, text: str, language: str) -> dict[str, list[int]]:
    """Return term -> ascending positions, as they go into the index.

    Positions below BODY_START are the title's.

    At most OCCURRENCES positions a term; a term may stand twice at no position.
    """
    words = lexicon_of(language)
    of_title = words.of(title[:BODY_CHARACTERS])[:TITLE_TOKENS]
    of_body = words.of(text[:BODY_CHARACTERS])[:BODY_TOKENS]
    postings: defaultdict[str, list[int]] = defaultdict(list)

    for first, tokens in ((1, of_title), (BODY_START, of_body)):
        for position, terms in enumerate(tokens, first):
            for term in terms:
                postings[term].append(position)

    if len(of_title) + len(of_body) > OCCURRENCES:
        for positions in postings.values():
            del positions[OCCURRENCES:]

    return dict(postings)


def document_term_set(title: str, text: str, language: str) -> tuple[set[str], set[str]]:
    """Return (the terms anywhere in a document, those in its title).

    The keys of index_document, at four fifths of its price.
    """
    words = lexicon_of(language)
    of_title = words.of(title[:BODY_CHARACTERS])
    of_body = words.of(text[:BODY_CHARACTERS])

    in_title = set(chain.from_iterable(of_title[:TITLE_TOKENS]))
    anywhere = in_title.union(*of_body[:BODY_TOKENS])

    return anywhere, in_title


def words(text: str) -> list[str]:
    """Return the folded words of a text, unstemmed and without marks of language.

    For shingles and comparisons.
    """
    return [_folded(raw) for raw in scripts.TOKEN.findall(text)]


class _Folds(dict[str, str]):
    def __missing__(self, raw: str) -> str:
        if len(self) >= _FOLDED:
            self.clear()

        word = scripts.clean(raw)
        folded = self[raw] = scripts.fold(word, scripts.GROUPS[scripts.script_of(word)][0])

        return folded


_folds = _Folds()


def _folded(raw: str) -> str:
    return _folds[raw]
