"""Names in Persian spelling, which writes few vowels.

The key of a Persian name is `skeleton/WRITTEN/`: with the vowels it writes when the skeleton is
short, and none when it is long. A name of another script has several such keys, since any of its
vowels may have been left out; a Persian one has many keys of other scripts, since any vowel may
stand where none is written.
"""

import re
from itertools import product
from math import prod

from news.text import scripts, variants
from news.text.sounds import FEW, PATTERNED, key, runs, written

# Assimilated: سراج‌الدین, Siracəddin; عبدالرحمان, Abdurahman.
_ARABIC_ARTICLE = re.compile("(?<=.)ال(?=دین)|(?<=عبد)ال(?=[تثدذرزسشصضطظلن])")
_VOWEL_HEH = re.compile("...[^ا]ه$|..[^اوی]ه$")  # قبله, Qəbələ; but پناه, فقیه
_PERSIAN_SURNAME = re.compile("ا(?=ف$|وا$)")  # -ov, -ova
_PROSTHETIC = re.compile("اس[^اوۆwیه]")
_READINGS = {"a": "aiu", "i": "ia", "u": "ua", ".": ".aiu"}
_MOST_READINGS = 64
_MOST_OF_OTHERS = 16


def spellings(form: str) -> list[str]:
    """Return how a Persian name may be read.

    -af is -ov; each of the first two waws inside is a consonant or a vowel, but not in -shvili.
    """
    form = _respelled(form)
    first = form[0].replace("و", "w")
    rest = form[1:].replace("شویل", "شwیل")
    start, *others = rest.split("و", 2)
    read = [first + start]

    for part in others:
        longer: list[str] = []
        for before in read:
            longer.append(f"{before}w{part}")
            longer.append(f"{before}ۆ{part}")

        read = longer

    # Persian puts a vowel before st, sp: استپانیان, Stepanyan.
    prosthetic = filter(_PROSTHETIC.match, read)
    without_vowel = [spelling[1:] for spelling in prosthetic]

    return read + without_vowel


def _respelled(form: str) -> str:
    """Return a name without its article, its vowels as signs of their own where they are known."""
    first = form[:1]
    rest = form[1:].replace("لله", "لا")
    form = _ARABIC_ARTICLE.sub("", first + rest)
    if _VOWEL_HEH.search(form):
        form = form[:-1] + "ا"

    first = form[:1]
    rest = form[1:].replace("وو", "و").replace("اوغلو", "ۆغلۆ")

    return _PERSIAN_SURNAME.sub("ۆ", first + rest)


def keys(sounds: str) -> list[str]:
    """Return the keys under which Persian may have a name of another script, in sounds.

    Of each vowel inside it Persian writes the length or nothing.
    """
    skeleton, gaps, last = runs(sounds)
    if len(skeleton) > PATTERNED:
        return [f"{skeleton}//"]

    few = len(skeleton) < FEW
    if few and not last:
        return []

    choices: list[list[str]] = []
    for run in gaps[1:]:
        lengths = _lengths(run)
        choices.append([".", *lengths])

    if few and gaps:
        choices.append(_lengths(last))

    made: list[str] = []
    for chosen in product(*choices):
        vowels = "".join(chosen)
        made.append(f"{skeleton}/{vowels}/")

    return made


def read(forms: list[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return (terms, beginnings of terms) that a Persian name, in sounds, may have.

    As written, and with vowels supplied; all of a skeleton when these are too many.
    """
    whole: dict[str, None] = {}
    beginnings: dict[str, None] = {}

    for sounds in forms:
        _add(
            sounds,
            _MOST_READINGS,
            whole,
            beginnings,
        )

    for sounds in _otherwise(forms):
        _add(
            sounds,
            _MOST_OF_OTHERS,
            whole,
            beginnings,
        )

    return tuple(whole), tuple(beginnings)


def _otherwise(forms: list[str]) -> list[str]:
    """Return the other sounds that Persian names may stand for."""
    others: list[str] = []
    for sounds in forms:
        others += variants.sounds_like(sounds, hiatus=False)
        others += variants.from_persian(sounds)

    unmarked: list[str] = []
    for sounds in (*forms, *others):
        unmarked += variants.unmarked(sounds, least=PATTERNED)

    return others + unmarked


def _add(
    sounds: str,
    most: int,
    whole: dict[str, None],
    beginnings: dict[str, None],
) -> None:
    """Add one reading's terms; its whole skeleton where it has more than `most` readings.

    A reading of the name as written may always be asked for by its skeleton, another one only when
    the skeleton is long enough to say something.
    """
    made = key(sounds, scripts.ARABIC)
    if not made:
        return

    whole[f"~{made}"] = None
    skeleton, readings = _vowelled(sounds, most)
    for vowels in readings:
        whole[f"~{skeleton}/{vowels}"] = None

    as_written = most == _MOST_READINGS

    if not readings and (as_written or len(skeleton) > PATTERNED):
        beginnings[f"~{skeleton}/"] = None


def _vowelled(sounds: str, most: int) -> tuple[str, list[str]]:
    """Return the skeleton of a Persian name, and the vowels it may have, none if more than `most`.

    A name of few consonants has them all.
    """
    skeleton, gaps, last = runs(sounds)
    few = len(skeleton) < FEW
    choices: list[str] = []

    if gaps[0]:
        choices.append("aiu")

    for run in gaps[1:]:
        choices.append(_readings(run))

    if few and last:
        choices.append(_readings(last))

    if not few:
        combinations = prod(map(len, choices))
        if combinations > most:
            return skeleton, []

    vowels = map("".join, product(*choices))

    return skeleton, list(vowels)


def _lengths(run: str) -> list[str]:
    """Return the lengths that Persian may write for a run of vowels, each once."""
    vowels = run.replace("y", "i")
    readings = vowels.replace("u", "ua")
    written_lengths = readings.upper()

    return list(dict.fromkeys(written_lengths))


def _readings(run: str) -> str:
    """Return the vowels that one written in Persian may be.

    Of two, the second may be the one that counts (Rubio, Giorgi).
    """
    first = written(run).lower()
    second = run.replace("y", "i")[-1:]
    readings = _READINGS[first] + second

    return "".join(dict.fromkeys(readings))
