"""How a text is read: tokens, light stemmers, name keys across scripts.

One analyser for index, search and watches.
"""

from news.text.lexicon import Lexicon, Memory, cut, lexicon_of
from news.text.terms import document_terms, guessed_terms, prefix_terms, query_terms
from news.text.tokens import (
    BODY_START,
    BODY_TOKENS,
    OCCURRENCES,
    TITLE_TOKENS,
    Analysis,
    Token,
    analyse,
    analyse_body,
    analyse_title,
    document_term_set,
    index_document,
    index_terms,
    words,
)

__all__ = [
    "BODY_START",
    "BODY_TOKENS",
    "OCCURRENCES",
    "TITLE_TOKENS",
    "Analysis",
    "Lexicon",
    "Memory",
    "Token",
    "analyse",
    "analyse_body",
    "analyse_title",
    "cut",
    "document_term_set",
    "document_terms",
    "guessed_terms",
    "index_document",
    "index_terms",
    "lexicon_of",
    "prefix_terms",
    "query_terms",
    "words",
]
