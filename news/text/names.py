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
from news.text.gazetteer import GEORGIAN_ENDING, GEORGIAN_WORDS, PERSIAN_ENDING, PERSIAN_WORDS

_VOWELS = "aiuy"
_PATTERNED = 4                 # classes of a Persian skeleton up to which its written vowels count; a longer one is rare enough
_FEW = 3                       # classes below which a skeleton says too little without the final vowel


def keys(word: str, folded: str, script: str, group: str) -> tuple[str, ...]:
    """Return the keys of a document's token as terms, none unless it may be a name.

    Where there are capitals, a name has one; a Georgian or Persian word may be a name unless it is known as a common one. An inflected form has
    two keys, of the word as it stands and of the word without its case ending.
    """
    if not _may_be_name(word, folded, script, group):
        return ()
    forms = _forms(word, folded, script, group)
    return tuple(dict.fromkeys(f"~{key}" for sounds in forms if (key := _key(sounds, script))))


def query_keys(word: str, folded: str, script: str, group: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return (whole terms, beginnings of terms) under which a query's word finds names, none unless it may be one."""
    if not _may_be_name(word, folded, script, group):
        return (), ()
    forms = _asked(word, folded, script, group)
    if script == scripts.ARABIC:
        return _read_persian(forms)
    heard = list(dict.fromkeys(other for sounds in forms for other in (sounds, *variants.sounds_like(sounds))))
    english = [other for sounds in heard for other in variants.unmarked(sounds, least=_FEW)] if not word.isascii() else []
    found = dict.fromkeys(f"~{key}" for sounds in (*heard, *english) if (key := _key(sounds, script)))
    plain = _forms(word, folded, script, group)
    near = dict.fromkeys(f"~{other}" for sounds in plain for other in variants.vowels_like(_key(sounds, script)))
    persian = dict.fromkeys(f"~{key}" for sounds in heard for written in variants.to_persian(sounds) for key in _persian_keys(written))
    return tuple({**found, **near, **persian}), ()


def _asked(word: str, folded: str, script: str, group: str) -> list[str]:
    """Return the sounds of a query's word: as a document's, and as it may have been spelled where no rule is kept."""
    spelled, letters = _spelled(word, folded, script, group)
    forms = [read for form in spelled for read in _sounds(form, letters, script)]
    if script == scripts.LATIN:
        forms += [_TURKIC.read(form) for form in variants.marked(spelled[0])] if word.isascii() else []
        forms += [letters.read(spelled[0] + "h")] if word.lower().endswith(_SILENT_H) else []
    breathless = [letters.read(form) for form in map(variants.breathless, spelled) if form not in spelled]
    forms += [sounds for sounds in breathless if len(_runs(sounds)[0]) >= _FEW]
    return list(dict.fromkeys(forms))


def _may_be_name(word: str, folded: str, script: str, group: str) -> bool:
    if script == scripts.GEORGIAN:
        base = stems.cut_georgian(folded).rstrip("იეაოუ")
        return base not in GEORGIAN_WORDS and not GEORGIAN_ENDING.fullmatch(base)
    if script == scripts.ARABIC:
        return PERSIAN_WORDS.isdisjoint((folded, folded.removesuffix("ی"))) and not PERSIAN_ENDING.fullmatch(folded)
    return group in _LETTERS and word[0] != word[0].lower()


_RUSSIAN_CASE = re.compile(r"(?:ом|ем|ым|им|ого|ому|ых|их|ыми|ими|ами|ах|ям|ях)$")
# What a name loses before its second key is taken; final vowels go anyway.
_CUTS: dict[str, Callable[[str], str]] = {
    "R": lambda word: _RUSSIAN_CASE.sub("", word),
    "T": stems.cut_turkic,
    "Z": stems.cut_uzbek,
    "K": stems.cut_kazakh,
    "J": lambda word: word.removesuffix("ро"),
    "H": lambda word: word if word.endswith("ով") else stems.cut_armenian(word),   # -ov ends more surnames than instrumentals
    "G": stems.cut_georgian,
}
_LEAST_CUT = 4                 # letters that a name keeps when its case ending is cut


def _forms(word: str, folded: str, script: str, group: str) -> list[str]:
    """Return the word, and the word without its case ending, in sounds."""
    spelled, letters = _spelled(word, folded, script, group)
    return [read for form in spelled for read in _sounds(form, letters, script)]


def _spelled(word: str, folded: str, script: str, group: str) -> "tuple[list[str], _Letters]":
    """Return the word, and the word without its case ending, and the letters that read them."""
    spelled = folded if script != scripts.LATIN else _spelling(word, group)
    cut = _CUTS[group](folded) if group in _CUTS else folded
    forms = [spelled]
    if _LEAST_CUT <= len(cut) < len(folded):
        forms.append(spelled[:len(cut)])
    return forms, _TURKIC if script == scripts.LATIN and _TURKIC_LETTER.search(spelled) else _LETTERS[group]


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
_ARMENIAN_NAME = re.compile(r".*(?:yan|ian|იან[ი]?)|[ա-ֆ]+")
_BREATH = re.compile(r"^[hհჰ](?=[aeiouաեէիօոაეიოუ])|(?<=[aeiouաեէիօոաաაეიოუ])[hհჰ](?=[aeiouաեէիօოաაეიოუ])|(?<=վ)հ")


def _sounds(form: str, letters: "_Letters", script: str) -> list[str]:
    """Return a form in sounds: more than one where a letter has two (Georgian p that may be f; Persian waw, consonant or vowel)."""
    if script == scripts.ARABIC:
        return [letters.read(spelling) for spelling in _persian_spellings(form)]
    plain = _DOUBLED.sub(r"\1", form)
    sounds = [_LABIAL.sub("m", letters.read(plain))]
    if _ARMENIAN_NAME.fullmatch(plain) and (without := _BREATH.sub("", plain)) != plain:
        sounds.append(letters.read(without))
    return [read.replace("q", other) for read in sounds for other in ("pf" if "q" in read else "q")]


def _persian_spellings(form: str) -> list[str]:
    """Return how a Persian name may be read. A final heh is a vowel, -af is -ov; each of the first two waws inside is a consonant or a vowel, but in -shvili."""
    if len(form) > _LEAST_CUT and form[-1] == "ه":
        form = form[:-1] + "ا"
    form = _PERSIAN_SURNAME.sub("ۆ", form[:1] + form[1:].replace("وو", "و").replace("لله", "لا").replace("اوغلو", "ۆغلۆ"))
    parts = form[1:].replace("شویل", "شwیل").split("و", 2)
    joined = [parts[0]]
    for part in parts[1:]:
        joined = [before + waw + part for before in joined for waw in "wۆ"]
    read = [form[0].replace("و", "w") + rest for rest in joined]
    # Persian puts a vowel before st, sp: استپانیان, Stepanyan.
    return read + [spelling[1:] for spelling in read if _PROSTHETIC.match(spelling)]


_PERSIAN_SURNAME = re.compile("ا(?=ف$|وا$)")      # -ov, -ova
_PROSTHETIC = re.compile("اس[^اوۆwیه]")
_GLIDE = re.compile("[au][yi][aiu]|y[aiu]y[aiu]")         # Soyer, სოიერი
_RUN = re.compile(r"([aiuy]*)([^aiuy]?)")


_LABIAL = re.compile("n(?=[bp])")
_BEFORE_OGLU = re.compile("[db](?=ukl[iu]$)")     # Davudoğlu, Davutoğlu
_VOICELESS = str.maketrans("db", "tp")


def _runs(sounds: str) -> tuple[str, list[tuple[str, str]]]:
    """Return the skeleton, and each run of vowels with the consonant after it."""
    sounds = _BEFORE_OGLU.sub(lambda stop: stop[0].translate(_VOICELESS), _final(sounds))
    runs = [(run, consonant) for run, consonant in _RUN.findall(sounds) if run or consonant]
    skeleton = "a" * (sounds[:1] in _VOWELS) + "".join(consonant for _, consonant in runs)
    return skeleton, runs


def _key(sounds: str, script: str) -> str:
    """Return the key of a name in sounds, empty when too little is left of it."""
    skeleton, runs = _runs(sounds)
    ends_in_vowel = bool(runs) and not runs[-1][1]
    glide = script != scripts.ARABIC and any(_GLIDE.fullmatch(run) for run, _ in runs)
    if len(skeleton) + ends_in_vowel + glide < _FEW or not skeleton.strip("a"):
        return ""
    few = len(skeleton) < _FEW
    if script == scripts.ARABIC:
        written = "".join(_written(run) for run, consonant in runs[1:] if consonant or few)
        return f"{skeleton}/{written if len(skeleton) <= _PATTERNED else ''}/"
    return f"{skeleton}/" + "".join(
        _class(run) for index, (run, consonant) in enumerate(runs) if (consonant or few) and (run or index)
    )


def _persian_keys(sounds: str) -> list[str]:
    """Return the keys under which Persian may have a name: of each vowel inside it writes the length or nothing."""
    skeleton, runs = _runs(sounds)
    if len(skeleton) > _PATTERNED:
        return [f"{skeleton}//"]
    few = len(skeleton) < _FEW
    if few and (not runs or runs[-1][1]):
        return []
    gaps = [["."] * bool(consonant) + list(dict.fromkeys(run.replace("y", "i").replace("u", "ua").upper())) for run, consonant in runs[1:] if consonant or few]
    return [f"{skeleton}/{''.join(written)}/" for written in product(*gaps)]


_READINGS = {"a": "aiu", "i": "ia", "u": "ua", ".": ".aiu"}
_MOST_READINGS = 64
_MOST_OF_OTHERS = 16


def _readings(run: str) -> str:
    """Return the vowels that one written in Persian may be; of two, the second may be the one that counts (Rubio, Giorgi)."""
    return "".join(dict.fromkeys(_READINGS[_written(run).lower()] + run.replace("y", "i")[-1:]))


def _read_persian(forms: list[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return (keys, beginnings of keys) that a Persian name may have: as written, and with vowels supplied; all of a skeleton when these are too many."""
    others = [other for sounds in forms for other in (*variants.sounds_like(sounds, hiatus=False), *variants.from_persian(sounds))]
    others += [other for sounds in (*forms, *others) for other in variants.unmarked(sounds, least=_PATTERNED)]
    whole: dict[str, None] = {}
    beginnings: dict[str, None] = {}
    for most, heard in ((_MOST_READINGS, forms), (_MOST_OF_OTHERS, others)):
        for sounds in heard:
            if not (key := _key(sounds, scripts.ARABIC)):
                continue
            whole[f"~{key}"] = None
            skeleton, readings = _vowelled(sounds, most)
            whole.update(dict.fromkeys(f"~{skeleton}/{vowels}" for vowels in readings))
            if not readings and (heard is forms or len(skeleton) > _PATTERNED):
                beginnings[f"~{skeleton}/"] = None
    return tuple(whole), tuple(beginnings)


def _vowelled(sounds: str, most: int) -> tuple[str, list[str]]:
    """Return the skeleton of a Persian name, and the vowels it may have when these are not more than `most`."""
    skeleton, runs = _runs(sounds)
    few = len(skeleton) < _FEW
    gaps = [_readings(run) if index else "aiu" for index, (run, consonant) in enumerate(runs) if (consonant or few) and (run or index)]
    return skeleton, ["".join(vowels) for vowels in product(*gaps)] if few or prod(map(len, gaps)) <= most else []


def _final(sounds: str) -> str:
    """Names lose their final voice: Rəcəb and Recep, Ahmed and Ahmet, -ov and -off."""
    return sounds[:-1] + {"d": "t", "b": "p", "f": "v", "j": "c"}.get(sounds[-1:], sounds[-1:])


def _class(run: str) -> str:
    """Return the class of a run of vowels: its first one. Glides do not count, and i before one other vowel is a glide."""
    if not run:
        return "."
    vowels = run.replace("y", "") or "i"
    return vowels[1] if len(vowels) == 2 and vowels[0] == "i" else vowels[0]  # noqa: PLR2004


def _written(run: str) -> str:
    return run.replace("y", "i")[:1].upper() or "."


class _Letters:
    """How a script, or a way to write it, sounds; longer spellings first."""

    def __init__(self, *lines: str) -> None:
        pairs = [pair for line in lines for pair in line.split()]
        self._sounds = {spelling: sound.replace("-", "") for pair in pairs for spelling, _, sound in [pair.partition(":")]}
        self._pattern = re.compile("|".join(sorted(map(re.escape, self._sounds), key=len, reverse=True)) + "|(.)", re.DOTALL)

    def read(self, word: str) -> str:
        """Return a word in sounds; letters without one are silent."""
        return self._pattern.sub(lambda found: self._sounds.get(found[0], ""), word)


_LATIN = (
    "a:a b:b d:d e:a f:f g:k h:k i:i j:j k:k l:l m:m n:n o:u p:p q:k r:r s:s t:t u:u v:v w:v y:y z:z",
    "ts:x tz:x dz:x dzh:j dj:j zh:j á:a à:a â:a ä:a ã:a å:a ă:a é:a è:a ê:a ë:a ě:a ę:a ą:a í:i ì:i î:i ï:i ó:u ô:u ò:u õ:u ø:u ő:u ú:u û:u ù:u ű:u ů:u",
    "š:h č:c ž:j ć:c ś:s ź:z ż:j ł:l ñ:n ń:n ň:n ř:r ď:d ť:t ý:y đ:d ß:s ṭ:t ḥ:k ḫ:k ṣ:s ẓ:z",
    "ə:a ı:i ö:u ü:u ş:h ç:c ğ:k",
)
_TURKIC_LETTER = re.compile("[əığşçöü]")
_TURKIC = _Letters(*_LATIN, "c:j x:k")
_LETTERS = {
    "E": _Letters(
        *_LATIN, "kh:k gh:k sh:h ch:c tch:c sch:h ph:p th:t ck:k c:k ce:sa ci:si cy:si x:ks oo:u ee:i ou:u shch:hc",
    ),
    "T": _TURKIC,
    "Z": _Letters(*_LATIN, "sh:h ch:c o':u g':k x:k c:k ':-"),
    "R": _Letters(
        "а:a б:b в:v г:k ґ:k д:d е:a є:ya ж:j з:z и:i і:i ї:yi й:y к:k л:l м:m н:n о:u п:p р:r с:s т:t у:u ф:f х:k ц:x ч:c ш:h щ:hc",
        "ы:i э:a ю:yu я:ya дж:j дз:x тс:x ъ:- ь:-",
    ),
    "H": _Letters(
        "ա:a բ:b գ:k դ:d ե:a զ:z է:a ը:i թ:t ժ:j ի:i լ:l խ:k ծ:x կ:k հ:k ձ:x ղ:k ճ:c մ:m յ:y ն:n շ:h ո:u չ:c պ:p ջ:j ռ:r ս:s վ:v",
        "տ:t ր:r ց:x ւ:v ու:u փ:p ք:k օ:u ֆ:f",
    ),
    "G": _Letters(
        "ა:a ბ:b გ:k დ:d ე:a ვ:v ზ:z თ:t ი:i კ:k ლ:l მ:m ნ:n ო:u პ:p ჟ:j რ:r ს:s ტ:t უ:u ფ:q ქ:k ღ:k ყ:k შ:h ჩ:c ც:x ძ:x წ:x ჭ:c ხ:k ჯ:j ჰ:k",
        "ტს:x",
    ),
    "F": _Letters(
        "ا:a ب:b پ:p ت:t ث:s ج:j چ:c ح:k خ:k د:d ذ:z ر:r ز:z ژ:j س:s ش:h ص:s ض:z ط:t ظ:z ع:a غ:k ف:f ق:k ک:k گ:k ل:l م:m ن:n w:v و:u ۆ:u ه:k ی:y",
        "تس:x دز:x",
    ),
}
_LETTERS["K"] = _LETTERS["J"] = _Letters(
    "а:a ә:a б:b в:v г:k ғ:k д:d е:a ж:j з:z и:i й:y і:i ӣ:i к:k қ:k л:l м:m н:n ң:n о:u ө:u п:p р:r с:s т:t у:u ү:u ұ:u ӯ:u ў:u ф:f х:k ҳ:k һ:k",
    "ц:x ч:c ҷ:j ш:h щ:hc ы:i э:a ю:yu я:ya дж:j дз:x тс:x ъ:- ь:-",
)
