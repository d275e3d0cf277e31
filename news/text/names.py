"""Name keys: one spelling for a name in the scripts of the region.

A key is `skeleton/vowels`. The skeleton has the consonants in classes that the region's transliterations confuse (all of k g q x h kh gh
are one; so are ж дж c and j, dz and ts), and an `a` when the name begins with a vowel. The vowels have one class for each gap
between consonants: a (a e ə), i, u (o ö u ü), or a point for none; glides join the vowel beside them. Persian writes few vowels, so the key of a
Persian name is `skeleton/WRITTEN/`, with the vowels it writes when the skeleton is short and none when it is long.

    Əliyev Aliyev Алиев Ալիև ალიევი   alv/aa          علی‌اف   alv/I/
"""

import re
from collections.abc import Callable
from itertools import product
from math import prod

from news.text import scripts, stems, variants
from news.text.gazetteer import common_georgian, common_persian
from news.text.sounds import (
    FEW,
    LETTERS,
    PATTERNED,
    TURKIC,
    TURKIC_LETTER,
    Letters,
    key,
    runs,
    written,
)


def keys(word: str, folded: str, script: str, group: str) -> tuple[str, ...]:
    """Return the keys of a document's token as terms, none unless it may be a name.

    Where there are capitals, a name has one; a Georgian or Persian word may be a name unless it is known as a common one. An inflected form has
    two keys, of the word as it stands and of the word without its case ending.
    """
    if not _may_be_name(word, folded, script, group):
        return ()
    found = [key(sounds, script) for sounds in _forms(word, folded, script, group)]
    if len(found) == 1:
        return (f"~{found[0]}",) if found[0] else ()
    return tuple(dict.fromkeys([f"~{made}" for made in found if made]))


def query_keys(
    word: str, folded: str, script: str, group: str
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return (whole terms, beginnings of terms) under which a query's word finds names, none unless it may be one."""
    if not _may_be_name(word, folded, script, group):
        return (), ()
    forms = _asked(word, folded, script, group)
    if script == scripts.ARABIC:
        return _read_persian(forms)
    heard = list(
        dict.fromkeys(
            other for sounds in forms for other in (sounds, *variants.sounds_like(sounds))
        )
    )
    english = (
        [other for sounds in heard for other in variants.unmarked(sounds, least=FEW)]
        if not word.isascii()
        else []
    )
    found = dict.fromkeys(
        f"~{made}" for sounds in (*heard, *english) if (made := key(sounds, script))
    )
    plain = _forms(word, folded, script, group)
    near = dict.fromkeys(
        f"~{other}" for sounds in plain for other in variants.vowels_like(key(sounds, script))
    )
    persian = dict.fromkeys(
        f"~{made}"
        for sounds in heard
        for spelled in variants.to_persian(sounds)
        for made in _persian_keys(spelled)
    )
    return tuple({**found, **near, **persian}), ()


def _asked(word: str, folded: str, script: str, group: str) -> list[str]:
    """Return the sounds of a query's word: as a document's, and as it may have been spelled where no rule is kept."""
    spelled, letters = _spelled(word, folded, script, group)
    forms = [read for form in spelled for read in _sounds(form, letters, script)]
    if script == scripts.LATIN:
        forms += (
            [TURKIC.read(form) for form in variants.marked(spelled[0])] if word.isascii() else []
        )
        forms += [letters.read(spelled[0] + "h")] if word.lower().endswith(_SILENT_H) else []
    breathless = [
        letters.read(form) for form in map(variants.breathless, spelled) if form not in spelled
    ]
    forms += [
        sounds for sounds in breathless if len(runs(sounds)[0]) >= FEW or sounds[-1:] not in "aiuy"
    ]
    return list(dict.fromkeys(forms))


def _may_be_name(word: str, folded: str, script: str, group: str) -> bool:
    if script == scripts.GEORGIAN:
        return not common_georgian(stems.cut_georgian(folded))
    if script == scripts.ARABIC:
        return not common_persian(folded)
    return group in LETTERS and word[0] != word[0].lower()


_RUSSIAN_CASE = re.compile(r"(?:ом|ем|ым|им|ого|ому|ых|их|ыми|ими|ами|ах|ям|ях)$")
# What a name loses before its second key is taken; final vowels go anyway.
_CUTS: dict[str, Callable[[str], str]] = {
    "R": lambda word: _RUSSIAN_CASE.sub("", word),
    "T": stems.cut_turkic,
    "Z": stems.cut_uzbek,
    "K": stems.cut_kazakh,
    "J": lambda word: word.removesuffix("ро"),
    "H": lambda word: (
        word if word.endswith("ով") else stems.cut_armenian(word)
    ),  # -ov ends more surnames than instrumentals
    "G": stems.cut_georgian,
}
_LEAST_CUT = 4  # letters that a name keeps when its case ending is cut


def _forms(word: str, folded: str, script: str, group: str) -> list[str]:
    """Return the word, and the word without its case ending, in sounds."""
    spelled, letters = _spelled(word, folded, script, group)
    return [read for form in spelled for read in _sounds(form, letters, script)]


def _spelled(word: str, folded: str, script: str, group: str) -> tuple[list[str], Letters]:
    """Return the word, and the word without its case ending, and the letters that read them."""
    spelled = folded if script != scripts.LATIN else _spelling(word, group)
    cut = _CUTS[group](folded) if group in _CUTS else folded
    forms = [spelled]
    if script == scripts.CYRILLIC and "ё" in (exact := word.lower().replace("'", "")):
        forms.append(exact)  # е by its fold, in the region's names it is ö: Гёкче, Gökçe
    if _LEAST_CUT <= len(cut) < len(folded):
        forms += [form[: len(cut)] for form in forms]
    return forms, TURKIC if script == scripts.LATIN and TURKIC_LETTER.search(spelled) else LETTERS[
        group
    ]


_SILENT_H = ("ah", "eh", "əh", "oh")


def _spelling(word: str, group: str) -> str:
    """Return a Latin word in lower case with its accents, without what follows an apostrophe (or the apostrophe alone)."""
    head, _, tail = word.partition("'")
    if group == "Z":
        return scripts.fold(word, group)
    ends = tail.lower() == "s" if group == "E" else len(head) > 1
    spelled = (head if ends else head + tail).replace("'", "").replace("İ", "i").lower()
    return spelled[:-1] if spelled.endswith(_SILENT_H) else spelled


_DOUBLED = re.compile(r"([^aeiouyıöüəаеиоуыაეიოუաեէիօո])\1+")


# Russian leaves out an Armenian h: Hambardzumyan, Амбарцумян; Անահիտ, Анаит.
_ARMENIAN_ENDINGS = ("yan", "ian", "იან", "იანი")
_ARMENIAN_LETTERS = re.compile("[ա-ֆ]+")
_BREATH = re.compile(
    r"^[hհჰ](?=[aeiouաեէիօոაეიოუ])|(?<=[aeiouաեէիօոաաაეიოუ])[hհჰ](?=[aeiouաեէիօოաაეიოუ])|(?<=վ)հ"
)


def _sounds(form: str, letters: Letters, script: str) -> list[str]:
    """Return a form in sounds: more than one where a letter has two (Georgian p that may be f; Persian waw, consonant or vowel)."""
    if script == scripts.ARABIC:
        return [letters.read(spelling) for spelling in _persian_spellings(form)]
    plain = (
        _DOUBLED.sub(r"\1", form) if _DOUBLED.search(form) else form
    )  # the template alone costs a microsecond
    sounds = [letters.read(plain).replace("nb", "mb").replace("np", "mp")]
    if _is_armenian(plain, script) and (without := _BREATH.sub("", plain)) != plain:
        sounds.append(letters.read(without))
    return (
        [read.replace("q", other) for read in sounds for other in "pf"]
        if "q" in sounds[0]
        else sounds
    )


def _is_armenian(form: str, script: str) -> bool:
    return (
        _ARMENIAN_LETTERS.fullmatch(form) is not None
        if script == scripts.ARMENIAN
        else form.endswith(_ARMENIAN_ENDINGS)
    )


def _persian_spellings(form: str) -> list[str]:
    """Return how a Persian name may be read. -af is -ov; each of the first two waws inside is a consonant or a vowel, but in -shvili."""
    form = _ARABIC_ARTICLE.sub("", form[:1] + form[1:].replace("لله", "لا"))
    if _VOWEL_HEH.search(form):
        form = form[:-1] + "ا"
    form = _PERSIAN_SURNAME.sub(
        "ۆ", form[:1] + form[1:].replace("وو", "و").replace("اوغلو", "ۆغلۆ")
    )
    parts = form[1:].replace("شویل", "شwیل").split("و", 2)
    joined = [parts[0]]
    for part in parts[1:]:
        joined = [before + waw + part for before in joined for waw in "wۆ"]
    read = [form[0].replace("و", "w") + rest for rest in joined]
    # Persian puts a vowel before st, sp: استپانیان, Stepanyan.
    return read + [spelling[1:] for spelling in read if _PROSTHETIC.match(spelling)]


_ARABIC_ARTICLE = re.compile(
    "(?<=.)ال(?=دین)|(?<=عبد)ال(?=[تثدذرزسشصضطظلن])"
)  # assimilated: سراج‌الدین, Siracəddin; عبدالرحمان, Abdurahman
_VOWEL_HEH = re.compile("...[^ا]ه$|..[^اوی]ه$")  # قبله, Qəbələ; but پناه, فقیه
_PERSIAN_SURNAME = re.compile("ا(?=ف$|وا$)")  # -ov, -ova
_PROSTHETIC = re.compile("اس[^اوۆwیه]")


def _persian_keys(sounds: str) -> list[str]:
    """Return the keys under which Persian may have a name: of each vowel inside it writes the length or nothing."""
    skeleton, gaps, last = runs(sounds)
    if len(skeleton) > PATTERNED:
        return [f"{skeleton}//"]
    few = len(skeleton) < FEW
    if few and not last:
        return []
    choices = [[".", *_lengths(run)] for run in gaps[1:]] + (
        [_lengths(last)] if few and gaps else []
    )
    return [f"{skeleton}/{''.join(chosen)}/" for chosen in product(*choices)]


def _lengths(run: str) -> list[str]:
    return list(dict.fromkeys(run.replace("y", "i").replace("u", "ua").upper()))


_READINGS = {"a": "aiu", "i": "ia", "u": "ua", ".": ".aiu"}
_MOST_READINGS = 64
_MOST_OF_OTHERS = 16


def _readings(run: str) -> str:
    """Return the vowels that one written in Persian may be; of two, the second may be the one that counts (Rubio, Giorgi)."""
    return "".join(dict.fromkeys(_READINGS[written(run).lower()] + run.replace("y", "i")[-1:]))


def _read_persian(forms: list[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return (keys, beginnings of keys) that a Persian name may have: as written, and with vowels supplied; all of a skeleton when these are too many."""
    others = [
        other
        for sounds in forms
        for other in (*variants.sounds_like(sounds, hiatus=False), *variants.from_persian(sounds))
    ]
    others += [
        other
        for sounds in (*forms, *others)
        for other in variants.unmarked(sounds, least=PATTERNED)
    ]
    whole: dict[str, None] = {}
    beginnings: dict[str, None] = {}
    for most, heard in ((_MOST_READINGS, forms), (_MOST_OF_OTHERS, others)):
        for sounds in heard:
            if not (made := key(sounds, scripts.ARABIC)):
                continue
            whole[f"~{made}"] = None
            skeleton, readings = _vowelled(sounds, most)
            whole.update(dict.fromkeys(f"~{skeleton}/{vowels}" for vowels in readings))
            if not readings and (heard is forms or len(skeleton) > PATTERNED):
                beginnings[f"~{skeleton}/"] = None
    return tuple(whole), tuple(beginnings)


def _vowelled(sounds: str, most: int) -> tuple[str, list[str]]:
    """Return the skeleton of a Persian name, and the vowels it may have when these are not more than `most`."""
    skeleton, gaps, last = runs(sounds)
    few = len(skeleton) < FEW
    choices = ["aiu"] * bool(gaps[0]) + [
        _readings(run) for run in (*gaps[1:], *([last] if few and last else []))
    ]
    return skeleton, ["".join(vowels) for vowels in product(*choices)] if few or prod(
        map(len, choices)
    ) <= most else []
