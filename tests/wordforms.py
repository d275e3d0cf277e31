"""How well the stemmers join the forms of a word, and keep words apart.

Measured on hand-written lists in news/forms.

`<language>.txt` has one word a line with its forms; what stands after "# held out" was written
without looking at the stemmer and is what counts. `apart.txt` has words of one language a line that
look alike and must not become one.
"""

from collections import Counter
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path

from news.text import document_terms

FORMS = Path(__file__).parent / "news" / "forms"
LANGUAGES = tuple(sorted(path.stem for path in FORMS.glob("??.txt")))


@dataclass(frozen=True, slots=True)
class Score:
    """Of one language.

    How many forms, which share of them has the stem of most forms of its word, which fell out.
    """

    forms: int
    share: float
    astray: tuple[str, ...]


def term(word: str, language: str) -> str:
    """Return the stem term of a word."""
    return document_terms(word, language)[0]


def paradigms(language: str, *, held_out: bool = True) -> list[list[str]]:
    """Return the words of a list with their forms."""
    tuning, _, rest = (
        (FORMS / f"{language}.txt").read_text(encoding="utf-8").partition("# held out\n")
    )
    lines = (rest if held_out else tuning).splitlines()
    return [line.split() for line in lines if line and not line.startswith("#")]


def conflation(language: str, *, held_out: bool = True) -> Score:
    """Return the share of forms whose stem is the most common stem of their word."""
    total, astray = 0, []
    for forms in paradigms(language, held_out=held_out):
        stems = [term(form, language) for form in forms]
        common = Counter(stems).most_common(1)[0][0]
        total += len(forms)
        astray += [
            f"{form}>{stem[1:]} ({common[1:]})"
            for form, stem in zip(forms, stems, strict=True)
            if stem != common
        ]
    return Score(total, 1 - len(astray) / total, tuple(astray))


def merged(language: str) -> tuple[int, list[str]]:
    """Return how many pairs of different words there are (lists and look-alikes).

    And those that share a stem.
    """
    words = [
        forms[0] for held_out in (False, True) for forms in paradigms(language, held_out=held_out)
    ]
    pairs = list(combinations(words, 2)) + look_alikes(language)
    return len(pairs), [f"{a}={b}" for a, b in pairs if term(a, language) == term(b, language)]


def look_alikes(language: str) -> list[tuple[str, str]]:
    """Return pairs of words that look alike and are different words."""
    lines = (FORMS / "apart.txt").read_text(encoding="utf-8").splitlines()
    lists = [line.split()[1:] for line in lines if line.startswith(f"{language} ")]
    return [pair for words in lists for pair in combinations(words, 2)]
