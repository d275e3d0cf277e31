"""Name keys: one spelling for a name in the scripts of the region.

A key is `skeleton/vowels`. The skeleton has the consonants in classes that the region's
transliterations confuse (all of k g q x h kh gh are one; so are ж дж c and j, dz and ts), and an
`a` when the name begins with a vowel. The vowels have one class for each gap between consonants:
a (a e ə), i, u (o ö u ü), or a point for none; glides join the vowel beside them. Persian writes
few vowels, so the key of a Persian name is `skeleton/WRITTEN/` (see `persian_names`).

    Əliyev Aliyev Алиев Ալիև ალიევი   alv/aa          علی‌اف   alv/I/
"""

import re
from collections.abc import Callable, Iterable

from news.text import persian_names, scripts, stems, variants
from news.text.gazetteer import common_georgian, common_persian
from news.text.sounds import FEW, LETTERS, TURKIC, TURKIC_LETTER, Letters, key, runs

_RUSSIAN_CASE = re.compile(r"(?:ом|ем|ым|им|ого|ому|ых|их|ыми|ими|ами|ах|ям|ях)$")
_LEAST_CUT = 4  # letters that a name keeps when its case ending is cut
_SILENT_H = ("ah", "eh", "əh", "oh")
_DOUBLED = re.compile(r"([^aeiouyıöüəаеиоуыაეიოუաեէիօո])\1+")
# Russian leaves out an Armenian h: Hambardzumyan, Амбарцумян; Անահիտ, Анаит.
_ARMENIAN_ENDINGS = ("yan", "ian", "იან", "იანი")
_ARMENIAN_LETTERS = re.compile("[ա-ֆ]+")
_BREATH = re.compile(
    "^[hհჰ](?=[aeiouաեէիօոაეიოუ])|(?<=[aeiouաեէիօոաաაეიოუ])[hհჰ](?=[aeiouաեէիօოաაეიოუ])|(?<=վ)հ"
)


def keys(
    word: str,
    folded: str,
    script: str,
    group: str,
) -> tuple[str, ...]:
    """Return the keys of a document's token as terms, none unless it may be a name.

    Where there are capitals, a name has one; a Georgian or Persian word may be a name unless it is
    known as a common one. An inflected form has two keys, of the word as it stands and of the word
    without its case ending.
    """
    if not _may_be_name(
        word,
        folded,
        script,
        group,
    ):
        return ()

    made = [key(sounds, script) for sounds in _forms(word, folded, script, group)]
    if len(made) == 1:  # nearly always: no need for a dictionary
        return (f"~{made[0]}",) if made[0] else ()

    return tuple(_terms(made))


def query_keys(
    word: str,
    folded: str,
    script: str,
    group: str,
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return (whole terms, beginnings of terms) under which a query's word finds names.

    Both are empty unless the word may be a name.
    """
    if not _may_be_name(
        word,
        folded,
        script,
        group,
    ):
        return (), ()

    forms = _asked(
        word,
        folded,
        script,
        group,
    )

    if script == scripts.ARABIC:
        return persian_names.read(forms)

    heard = _heard(forms)
    found = _terms(key(sounds, script) for sounds in heard)

    if not word.isascii():
        for sounds in heard:
            english = variants.unmarked(sounds, least=FEW)
            found.update(_terms(key(other, script) for other in english))

    for sounds in _forms(
        word,
        folded,
        script,
        group,
    ):
        found.update(_terms(variants.vowels_like(key(sounds, script))))

    for sounds in heard:
        for spelled in variants.to_persian(sounds):
            found.update(_terms(persian_names.keys(spelled)))

    return tuple(found), ()


def _terms(made: Iterable[str]) -> dict[str, None]:
    """Return keys as terms of the index, each once and in order; an empty key is none."""
    return {f"~{each}": None for each in made if each}


def _heard(forms: list[str]) -> list[str]:
    """Return forms in sounds, each followed by what it may sound like elsewhere."""
    heard: dict[str, None] = {}
    for sounds in forms:
        heard[sounds] = None
        heard.update(dict.fromkeys(variants.sounds_like(sounds)))

    return list(heard)


def _asked(
    word: str,
    folded: str,
    script: str,
    group: str,
) -> list[str]:
    """Return the sounds of a query's word.

    As a document's, and as it may have been spelled where no rule is kept.
    """
    spelled, letters = _spelled(
        word,
        folded,
        script,
        group,
    )

    forms = _all_sounds(spelled, letters, script)

    if script == scripts.LATIN:
        if word.isascii():
            forms += [TURKIC.read(form) for form in variants.marked(spelled[0])]
        if word.lower().endswith(_SILENT_H):
            forms.append(letters.read(spelled[0] + "h"))

    for form in map(variants.breathless, spelled):
        if form in spelled:
            continue

        sounds = letters.read(form)
        skeleton, _, _ = runs(sounds)

        if len(skeleton) >= FEW or sounds[-1:] not in "aiuy":
            forms.append(sounds)

    return list(dict.fromkeys(forms))


def _may_be_name(
    word: str,
    folded: str,
    script: str,
    group: str,
) -> bool:
    """Tell whether a token may be a name: by its capital, or as no common word of its script."""
    if script == scripts.GEORGIAN:
        return not common_georgian(stems.cut_georgian(folded))
    if script == scripts.ARABIC:
        return not common_persian(folded)

    return group in LETTERS and word[0] != word[0].lower()


def _cut_russian(word: str) -> str:
    """Return a Russian word without its case ending; final vowels go anyway."""
    return _RUSSIAN_CASE.sub("", word)


def _cut_tajik(word: str) -> str:
    """Return a Tajik word without the mark of its object."""
    return word.removesuffix("ро")


def _cut_armenian(word: str) -> str:
    """Return an Armenian word without its case ending.

    -ov ends more surnames than instrumentals.
    """
    return word if word.endswith("ով") else stems.cut_armenian(word)


# What a name loses before its second key is taken, by language group.
_CUTS: dict[str, Callable[[str], str]] = {
    "R": _cut_russian,
    "T": stems.cut_turkic,
    "Z": stems.cut_uzbek,
    "K": stems.cut_kazakh,
    "J": _cut_tajik,
    "H": _cut_armenian,
    "G": stems.cut_georgian,
}


def _forms(
    word: str,
    folded: str,
    script: str,
    group: str,
) -> list[str]:
    """Return the word, and the word without its case ending, in sounds."""
    spelled, letters = _spelled(
        word,
        folded,
        script,
        group,
    )

    return _all_sounds(spelled, letters, script)


def _all_sounds(spelled: list[str], letters: Letters, script: str) -> list[str]:
    """Return every way in which spelled forms may sound, in their order."""
    sounds: list[str] = []
    for form in spelled:
        sounds += _sounds(form, letters, script)

    return sounds


def _spelled(
    word: str,
    folded: str,
    script: str,
    group: str,
) -> tuple[list[str], Letters]:
    """Return the word, the word without its case ending, and the letters that read them."""
    latin = script == scripts.LATIN
    spelled = _spelling(word, group) if latin else folded
    cut = _CUTS[group](folded) if group in _CUTS else folded
    forms = [spelled]

    if script == scripts.CYRILLIC:
        exact = word.lower().replace("'", "")
        if "ё" in exact:  # е by its fold, in the region's names it is ö: Гёкче, Gökçe
            forms.append(exact)

    if _LEAST_CUT <= len(cut) < len(folded):
        forms += [form[: len(cut)] for form in forms]

    if latin and TURKIC_LETTER.search(spelled):
        return forms, TURKIC

    return forms, LETTERS[group]


def _spelling(word: str, group: str) -> str:
    """Return a Latin word in lower case with its accents.

    What follows an apostrophe goes, or the apostrophe alone where it stands inside a name.
    """
    if group == "Z":
        return scripts.fold(word, group)

    head, _, tail = word.partition("'")
    ends = tail.lower() == "s" if group == "E" else len(head) > 1
    kept = head if ends else head + tail
    spelled = kept.replace("'", "").replace("İ", "i").lower()

    return spelled[:-1] if spelled.endswith(_SILENT_H) else spelled


def _sounds(form: str, letters: Letters, script: str) -> list[str]:
    """Return a form in sounds.

    More than one where a letter has two: Georgian p that may be f; Persian waw, consonant or vowel.
    """
    if script == scripts.ARABIC:
        return [letters.read(spelling) for spelling in persian_names.spellings(form)]

    # Most words have no doubled letter, and the template of sub alone costs a microsecond.
    plain = _DOUBLED.sub(r"\1", form) if _DOUBLED.search(form) else form
    sounds = [letters.read(plain).replace("nb", "mb").replace("np", "mp")]

    if _is_armenian(plain, script):
        without = _BREATH.sub("", plain)
        if without != plain:
            sounds.append(letters.read(without))

    if "q" not in sounds[0]:
        return sounds

    both: list[str] = []
    for read in sounds:
        both += [read.replace("q", "p"), read.replace("q", "f")]

    return both


def _is_armenian(form: str, script: str) -> bool:
    """Tell whether a name is Armenian, by its letters or by its ending."""
    if script == scripts.ARMENIAN:
        return _ARMENIAN_LETTERS.fullmatch(form) is not None
    return form.endswith(_ARMENIAN_ENDINGS)
