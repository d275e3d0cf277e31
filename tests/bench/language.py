"""Language: stemmers on forms they have not seen, names across scripts, speed of reading.

Peers: Snowball where it has the language.

./khabar bench language [--write]
"""

import sys
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from random import Random

ROOT = Path(__file__).resolve().parents[2]
# The root first: tests/news must not stand in for the package of that name.
sys.path[:0] = [str(ROOT)]
sys.path.append(str(ROOT / "tests"))

import _forms_found  # noqa: E402
import namepairs  # noqa: E402
import snowballstemmer  # noqa: E402
import wordforms  # noqa: E402
from _table import machine, markdown, section  # noqa: E402

from news.text import document_terms, index_document, lexicon_of  # noqa: E402
from news.text.aliases import Aliases  # noqa: E402
from news.text.scripts import TOKEN  # noqa: E402

_SNOWBALL = {"en": "english", "tr": "turkish", "ru": "russian", "hy": "armenian", "az": "turkish"}
_FORMS_FOUND = (
    "Forms found by a query for the dictionary form, on lists of nouns with the forms seen in"
    " treebanks and in paradigms by others; the half kept back is one by which no rule was written:"
)
_NAMES = {
    "names.txt": "looked at while the rules were made",
    "names_held_out.txt": "looked at when they were generalised",
    "names_fresh.txt": "the same",
    "names_last.txt": "the same",
    "names_unseen.txt": "the same",
    "names_new.txt": "written before that, measured after it, nothing changed since",
}


def share(language: str, stem: Callable[[str], str]) -> float:
    """Return the share of held-out forms with the most common stem of their word."""
    total = right = 0
    for forms in wordforms.paradigms(language):
        total += len(forms)
        right += Counter(
            stem(form.lower().replace("'", "’").partition("’")[0]) for form in forms
        ).most_common(1)[0][1]
    return right / total


def stemmers() -> str:
    """Return the table of stemmers."""
    rows = []
    for language in wordforms.LANGUAGES:
        score = wordforms.conflation(language)
        pairs, merged = wordforms.merged(language)
        peer = _SNOWBALL.get(language)
        peers = (
            f"{share(language, snowballstemmer.stemmer(peer).stemWord):.3f} ({peer})"
            if peer
            else "-"
        )
        rows.append(
            (language, score.forms, f"{score.share:.3f}", peers, f"{len(merged)} of {pairs}")
        )
    return markdown(
        ("language", "held-out forms", "joined", "Snowball", "different words made one"), rows
    )


def names() -> str:
    """Return the table of names."""
    others = namepairs.background()
    rows = []
    for file, what in _NAMES.items():
        found = namepairs.rows(file)
        with_table = namepairs.measure(found, Aliases.default(), others)
        without = namepairs.measure(found, Aliases(entities={}), others)
        crossing = [
            {language: word for language, word in row.items() if language != "fa"} for row in found
        ]
        no_persian = namepairs.measure(crossing, Aliases.default(), others)
        rows.append(
            (
                f"{file} ({what})",
                len(found),
                with_table.wanted,
                f"{with_table.recall:.3f} / {with_table.precision:.3f}",
                f"{without.recall:.3f} / {without.precision:.3f}",
                f"{no_persian.recall:.3f} / {no_persian.precision:.3f}",
            )
        )
    heads = (
        "list",
        "names",
        "pairs",
        "recall / precision",
        "without alias table",
        "without Persian",
    )
    return (
        markdown(heads, rows)
        + f"\n\nBackground of {len(others)} capitalised common words: a match with one "
        "counts as false."
    )


def article(random: Random, language: str, length: int = 3000) -> str:
    """Return a text of a language's word forms and names, about one word in eight a name."""
    forms = [
        form
        for held_out in (False, True)
        for row in wordforms.paradigms(language, held_out=held_out)
        for form in row
    ]
    known = [row[language] for row in namepairs.rows() if language in row] or ["Алиев", "Тоқаев"]
    text = ""
    while len(text) < length:
        text += (random.choice(known) if random.random() < 0.125 else random.choice(forms)) + " "
    return text


def speed() -> str:
    """Return the table of speeds.

    CPU time per article of 3,000 characters, words remembered and not.
    """
    rows = []
    for language in wordforms.LANGUAGES:
        random = Random(1)
        articles = [article(random, language) for _ in range(300)]
        vocabulary = Counter(word for text in articles for word in TOKEN.findall(text))
        made_up = [
            word[::-1].capitalize() if number % 8 == 0 else word + word
            for number, word in enumerate(vocabulary)
        ]
        # called at once
        words = [*vocabulary, *made_up]
        cold = _each(lambda word: document_terms(word, language), words)  # noqa: B023
        for text in articles:
            index_document("", text, language)
        known = lexicon_of(language)
        warm = _each(lambda text: index_document("", text, language), articles)  # noqa: B023
        words = sum(vocabulary.values()) / len(articles)
        terms = sum(
            len(places)
            for text in articles
            for places in index_document("", text, language).values()
        ) / len(articles)
        rows.append(
            (
                language,
                f"{words:.0f}",
                f"{terms / words:.2f}",
                f"{warm:.0f}",
                f"{_each(known.of, articles):.0f}",
                f"{_each(TOKEN.findall, articles):.0f}",
                f"{cold:.1f}",
            )
        )
    return markdown(
        (
            "language",
            "words an article",
            "terms a word",
            "us an article, positions",
            "terms alone",
            "for comparison: cutting it by the pattern",
            "us a new word",
        ),
        rows,
    )


def _each(read: Callable[[str], object], texts: list[str]) -> float:
    """Return microseconds of CPU a text, the best of three passes.

    The first text is read beforehand.
    """
    read(texts[0])
    best = float("inf")
    for _ in range(3):
        start = time.process_time()
        for text in texts:
            read(text)
        best = min(best, time.process_time() - start)
    return best / len(texts) * 1e6


def main() -> None:
    """Measure and print; --write puts the tables into docs/benchmarks.md."""
    parts = [
        "## Language",
        machine(),
        "Stemmers, on forms not used in writing them (tests/news/forms):",
        stemmers(),
        _FORMS_FOUND,
        _forms_found.table(),
        "Names, every spelling asked of every other in seven spellings each:",
        names(),
        "Reading a text of 3,000 characters into index terms, one core, CPU time:",
        speed(),
    ]
    text = "\n\n".join(parts)
    section("language", text, write="--write" in sys.argv)


if __name__ == "__main__":
    main()
