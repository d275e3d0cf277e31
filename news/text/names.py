"""Name keys: one spelling for a name in the scripts of the region.

A key is `skeleton/vowels`. The skeleton has the consonants in classes that the region's transliterations confuse (all of k g q x h kh gh
are one; so are p and f, ж дж c and j, dz and ts), and an `a` when the name begins with a vowel. The vowels have one class for each gap
between consonants: a (a e ə), i, u (o ö u ü), or a point for none; glides join the vowel beside them. Persian writes few vowels, so a Persian
name has the skeleton alone, and is looked up as the beginning `skeleton/`.

    Əliyev Aliyev Алиев Ալիև ალიევი   alv/ai          علی‌اف   alv/
"""

import re
from collections.abc import Callable

from news.text import scripts, stems
from news.text.gazetteer import GEORGIAN_NAMES, PERSIAN_NAMES

_VOWELS = "aiuy"


def keys(word: str, folded: str, script: str, group: str) -> tuple[str, ...]:
    """Return the keys of a document's token as terms, none unless it may be a name.

    Where there are capitals, a name has one; Georgian and Persian names are told by their endings or by a list. An inflected form has
    two keys, of the word as it stands and of the word without its case ending.
    """
    if not _may_be_name(word, folded, script, group):
        return ()
    return tuple(f"~{key}" for key in _keys(word, folded, script, group))


def query_keys(word: str, folded: str, script: str, group: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return (whole terms, beginnings of terms) under which a query's word finds names, none unless it may be one."""
    found = keys(word, folded, script, group)
    if script == scripts.ARABIC:
        return (), found
    skeletons = dict.fromkeys(key.partition("/")[0] + "/" for key in found)
    return (*found, *skeletons), ()


def _may_be_name(word: str, folded: str, script: str, group: str) -> bool:
    if script == scripts.GEORGIAN:
        return _listed(folded, _georgian_base(folded), _GEORGIAN_END, GEORGIAN_NAMES)
    if script == scripts.ARABIC:
        return _listed(folded, folded.removesuffix("ی"), _PERSIAN_END, PERSIAN_NAMES)
    return group in _LETTERS and word[0] != word[0].lower()


def _listed(folded: str, base: str, ending: re.Pattern[str], names: frozenset[str]) -> bool:
    return base in names or folded in names or (ending.fullmatch(base) is not None)


_GEORGIAN_END = re.compile(r".{2,}(?:შვილ|ძ|ევ|ოვ|სკ|ჩუკ)|.{3,}იან")
_PERSIAN_END = re.compile(r".{2,}(?:اف|وف|یف|زاده|پور|نژاد|شویلی|دزه|اوغلو|سکی)|.{3,}یان")


def _georgian_base(folded: str) -> str:
    return _CUTS["G"](folded).rstrip("იეა")


_RUSSIAN_CASE = re.compile(r"(?:ом|ем|ым|им|ого|ому|ых|их|ыми|ими|ами|ах|ям|ях)$")
# What a name loses before its second key is taken; final vowels go anyway.
_CUTS: dict[str, Callable[[str], str]] = {
    "R": lambda word: _RUSSIAN_CASE.sub("", word),
    "T": stems.cut_turkic,
    "Z": stems.cut_uzbek,
    "K": stems.cut_kazakh,
    "J": lambda word: word.removesuffix("ро"),
    "H": stems.cut_armenian,
    "G": stems.cut_georgian,
}
_LEAST_CUT = 4                 # letters that a name keeps when its case ending is cut


def _keys(word: str, folded: str, script: str, group: str) -> list[str]:
    spelled = folded if script != scripts.LATIN else _spelling(word, group)
    cut = _CUTS[group](folded) if group in _CUTS else folded
    forms = [spelled]
    if _LEAST_CUT <= len(cut) < len(folded):
        forms.append(spelled[:len(cut)])
    letters = _TURKIC if script == scripts.LATIN and _TURKIC_LETTER.search(spelled) else _LETTERS[group]
    found = [key for form in forms for sounds in _sounds(form, letters, script) if (key := _key(sounds, script))]
    return list(dict.fromkeys(found))


def _spelling(word: str, group: str) -> str:
    """Return a Latin word in lower case with its accents, without what follows an apostrophe (or the apostrophe alone)."""
    head, _, tail = word.partition("'")
    if group == "Z":
        return scripts.fold(word, group)
    ends = tail.lower() == "s" if group == "E" else len(head) > 1
    return (head if ends else head + tail).replace("'", "").replace("İ", "i").lower()


def _sounds(form: str, letters: "_Letters", script: str) -> list[str]:
    if script == scripts.ARABIC and "و" in form[1:]:
        return [letters.read(form[0] + form[1:].replace("و", other)) for other in ("ا", "و")]
    return [letters.read(form)]


_RUN = re.compile(r"([aiuy]*)([^aiuy]?)")
_DOUBLE = re.compile(r"([^aiuy])\1+")


def _key(sounds: str, script: str) -> str:
    """Return the key of a name in sounds, empty when too little is left of it."""
    sounds = _final(_DOUBLE.sub(r"\1", sounds))
    runs = [(run, consonant) for run, consonant in _RUN.findall(sounds) if run or consonant]
    skeleton = "a" * (sounds[:1] in _VOWELS) + "".join(consonant for _, consonant in runs)
    few = len(skeleton) <= 2  # noqa: PLR2004
    vowels = "".join(
        _class(run, first=index == 0) for index, (run, consonant) in enumerate(runs) if (consonant or few) and (run or index)
    )
    if len(skeleton) + (few and sounds[-1:] in _VOWELS) < 2 or not any(consonant for _, consonant in runs):  # noqa: PLR2004
        return ""
    return f"{skeleton}/" if script == scripts.ARABIC else f"{skeleton}/{vowels}"


def _final(sounds: str) -> str:
    """Names lose their final voice: Rəcəb and Recep, Ahmed and Ahmet, -ov and -off."""
    return sounds[:-1] + {"d": "t", "b": "p", "f": "v"}.get(sounds[-1:], sounds[-1:])


def _class(run: str, *, first: bool) -> str:
    """Return the class of a run of vowels and glides: its first vowel; an initial y counts only alone."""
    if not run:
        return "."
    vowel = (run.lstrip("y") or "i")[0] if first else run[0]
    return "i" if vowel == "y" else vowel


class _Letters:
    """How a script, or a way to write it, sounds; longer spellings first."""

    def __init__(self, *lines: str) -> None:
        pairs = [pair for line in lines for pair in line.split()]
        self._sounds = {spelling: sound.replace("-", "") for pair in pairs for spelling, _, sound in [pair.partition(":")]}
        self._pattern = re.compile("|".join(sorted(map(re.escape, self._sounds), key=len, reverse=True)) + "|(.)", re.DOTALL)

    def read(self, word: str) -> str:
        """Return a word in sounds; letters without one are silent."""
        read = self._pattern.sub(lambda found: self._sounds.get(found[0], ""), word)
        return read[:-1].replace("f", "p") + read[-1:]


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
        "ა:a ბ:b გ:k დ:d ე:a ვ:v ზ:z თ:t ი:i კ:k ლ:l მ:m ნ:n ო:u პ:p ჟ:j რ:r ს:s ტ:t უ:u ფ:p ქ:k ღ:k ყ:k შ:h ჩ:c ც:x ძ:x წ:x ჭ:c ხ:k ჯ:j ჰ:k",
        "ტს:x",
    ),
    "F": _Letters(
        "ا:a ب:b پ:p ت:t ث:s ج:j چ:c ح:k خ:k د:d ذ:z ر:r ز:z ژ:j س:s ش:h ص:s ض:z ط:t ظ:z ع:a غ:k ف:f ق:k ک:k گ:k ل:l م:m ن:n و:v ه:k ی:y",
        "تس:x دز:x",
    ),
}
_LETTERS["K"] = _LETTERS["J"] = _Letters(
    "а:a ә:a б:b в:v г:k ғ:k д:d е:a ж:j з:z и:i й:y і:i ӣ:i к:k қ:k л:l м:m н:n ң:n о:u ө:u п:p р:r с:s т:t у:u ү:u ұ:u ӯ:u ў:u ф:f х:k ҳ:k һ:k",
    "ц:x ч:c ҷ:j ш:h щ:hc ы:i э:a ю:yu я:ya дж:j дз:x тс:x ъ:- ь:-",
)
