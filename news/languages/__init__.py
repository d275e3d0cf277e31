"""The words by which each language is read: months, cues, credits, notes of a correction.

A language is one file beside this one, `az.toml` and so on. Adding a language is adding its file;
what is missing or misspelled in one is an error that names the file and the table.
"""

from news.languages.tables import (
    REGION,
    Calendar,
    Credit,
    Cues,
    Edits,
    Language,
    LanguageError,
    every,
    language,
    languages,
)

__all__ = [
    "REGION",
    "Calendar",
    "Credit",
    "Cues",
    "Edits",
    "Language",
    "LanguageError",
    "every",
    "language",
    "languages",
]
