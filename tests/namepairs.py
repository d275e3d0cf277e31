"""How well names find each other.

Every spelling asked of every other, over news/names.txt, with a background of common words.

A row's spellings must match each other and nothing else. The background is the words of news/forms,
capitalised as at the beginning of a sentence: a match with one of them is a false one.
"""

from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

import wordforms

from news.text import document_terms, query_terms
from news.text.aliases import Aliases

COLUMNS = ("en", "az", "tr", "ru", "hy", "ka", "fa")


@dataclass(frozen=True, slots=True)
class Pairs:
    """Outcome of asking every spelling of every spelling."""

    wanted: int  # pairs of different spellings of one name
    found: int
    false: int
    missed: tuple[str, ...]
    wrong: tuple[str, ...]

    @property
    def recall(self) -> float:
        """Found of wanted."""
        return self.found / self.wanted

    @property
    def precision(self) -> float:
        """Right of found."""
        return self.found / (self.found + self.false)


def rows(name: str = "names.txt") -> list[dict[str, str]]:
    """Return the names: language -> spelling."""
    lines = (Path(__file__).parent / "news" / name).read_text(encoding="utf-8").splitlines()
    cells = [
        [cell.strip() for cell in line.split("|")]
        for line in lines
        if line and not line.startswith("#")
    ]
    return [
        {lang: cell for lang, cell in zip(COLUMNS, row, strict=True) if cell != "-"}
        for row in cells
    ]


# Words of the lists that are names, where no capital shows it.
_NAMES = {"თბილისი", "ქუთაისი", "ბათუმი", "რუსეთი", "საქართველო", "ایران"}


def background() -> list[tuple[str, str]]:
    """Return common words as (word, language), capitalised where the script can."""
    return [
        (form[0].upper() + form[1:] if language != "ka" else form, language)
        for language in wordforms.LANGUAGES
        for held_out in (False, True)
        for forms in wordforms.paradigms(language, held_out=held_out)
        if forms[0] not in _NAMES
        for form in forms
        if not form[0].isupper()
    ]


def measure(names: list[dict[str, str]], aliases: Aliases, others: list[tuple[str, str]]) -> Pairs:
    """Ask every spelling as a query of every spelling as a document's token."""
    index: defaultdict[str, set[tuple[int, str, str]]] = defaultdict(set)
    tokens = [
        (number, word, language)
        for number, row in enumerate(names)
        for language, word in row.items()
    ]
    tokens += [(-1, word, language) for word, language in others]
    for token in tokens:
        for term in document_terms(token[1], token[2]):
            index[term].add(token)
    wanted, missed, wrong, found = 0, [], [], 0
    for number, row in enumerate(names):
        for asked in set(row.values()):
            matched = _matched(asked, aliases, index)
            # a plain spelling is found by its stem; only what crosses spellings counts
            own = {(number, word, language) for language, word in row.items() if word != asked}
            wanted += len(own)
            found += len(own & matched)
            missed += [f"{asked}>{word}" for _, word, _ in sorted(own - matched)]
            wrong += [
                f"{asked}>{word} {language}"
                for other, word, language in sorted(matched)
                if other != number and word != asked
            ]
    return Pairs(wanted, found, len(wrong), tuple(missed), tuple(wrong))


def _matched(
    asked: str, aliases: Aliases, index: dict[str, set[tuple[int, str, str]]]
) -> set[tuple[int, str, str]]:
    whole, beginnings = query_terms(asked, aliases=aliases)
    terms = {
        term for term in index if term in whole or (beginnings and term.startswith(beginnings))
    }
    return {token for term in terms for token in index[term]}
