"""What the analyser makes of many words, as one digest a language.

A change of speed must leave every digest as it was.

`python tests/textgolden.py --write` writes tests/news/golden.json anew; then
storage.archive.terms.VERSION must rise, since stored articles hold the old terms.
"""

import json
import sys
from collections.abc import Callable, Iterator
from hashlib import sha256
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
GOLDEN = ROOT / "tests" / "news" / "golden.json"
LANGUAGES = ("az", "en", "kk", "ky", "tg", "uz")  # one of each manner of reading
_ALPHABETS = {
    "latin": "abcçdeəfgğhxıijkqlmnoöprsştuüvyzwİIáéñßłʻ'’",
    "cyrillic": "абвгғдеёжзиӣйкқлмнңоөпрстуүұӯўфхҳһцчҷшщъыіьэюя'",
    "armenian": "աբգդեզէըթժիլխծկհձղճմյնշոչպջռսվտրցւփքօֆև",
    "georgian": "აბგდევზთიკლმნოპჟრსტუფქღყშჩცძწჭხჯჰ",
    "arabic": "ابپتثجچحخدذرزژسشصضطظعغفقکگلمنوهیءآأؤئةكي\u200cـَّ",
    "odd": "aя9٣۵'ʼ\u0301\u00ad\u200céſﬁǆΩ한e\u0308İi\u0307ıＡ",
}
_MADE = 1500  # words of each alphabet
_ENDINGS = (
    "",
    "lar",
    "lərinin",
    "'nin",
    "ში",
    "ებმა",
    "ով",
    "ություններ",
    "ого",
    "ам",
    "лардың",
    "های",
    "s",
    "ing",
    "edly",
    "нинг",
)


def words() -> Iterator[str]:
    """Yield the words of all lists in three cases, and made-up ones of every script."""
    news = ROOT / "tests" / "news"
    lists = [
        *sorted((news / "forms").glob("*.txt")),
        *(
            news / name
            for name in ("names.txt", "names_fresh.txt", "names_held_out.txt", "names_last.txt")
        ),
    ]
    found = dict.fromkeys(
        word
        for path in lists
        for word in path.read_text(encoding="utf-8").replace("|", " ").split()
    )
    for word in found:
        yield from (word, word.lower(), word[0].upper() + word[1:], word.upper(), word + "'s")
    for number, alphabet in enumerate(_ALPHABETS.values(), 1):
        yield from _made(alphabet, number)


def _made(alphabet: str, seed: int) -> Iterator[str]:
    """Yield words of random letters: of a generator of our own, the same under every Python."""
    state = seed
    for number in range(_MADE):
        letters = []
        for _ in range(1 + number % 11):
            state = (state * 6364136223846793005 + 1442695040888963407) % 2**64
            letters.append(alphabet[(state >> 33) % len(alphabet)])
        word = "".join(letters) + (_ENDINGS[number % len(_ENDINGS)] if number % 3 else "")
        yield word.capitalize() if number % 2 else word


def digests(terms: Callable[[str, str], tuple[str, ...]]) -> dict[str, dict[str, str]]:
    """Return language -> {"stems", "names"} -> digest of the first terms, and of the others.

    Over all words.
    """
    found = {}
    for language in LANGUAGES:
        stems, names = sha256(), sha256()
        for word in dict.fromkeys(words()):
            first, *others = terms(word, language)
            stems.update(f"{word}\t{first}\n".encode())
            names.update(f"{word}\t{' '.join(others)}\n".encode())
        found[language] = {"stems": stems.hexdigest()[:16], "names": names.hexdigest()[:16]}
    return found


def main() -> None:
    """Compare, or write."""
    from news.text import document_terms

    found = digests(document_terms)
    if "--write" in sys.argv:
        GOLDEN.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")
    elif found != json.loads(GOLDEN.read_text(encoding="utf-8")):
        sys.exit("the terms have changed")


if __name__ == "__main__":
    sys.path[:] = [str(ROOT), *(path for path in sys.path if path != str(Path(__file__).parent))]
    main()
