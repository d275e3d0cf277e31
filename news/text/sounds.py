"""How names sound: the letters of each script, and the key of a name in sounds.

Sounds are the classes of names.py, one ASCII letter each: a i u the vowels, y the glide, all others
consonants.
"""

import re
from itertools import product, repeat

from news.text import scripts

# Classes of a Persian skeleton up to which its written vowels count; a longer one is rare enough.
PATTERNED = 4
FEW = 3  # classes below which a skeleton says too little without the final vowel
_VOWELS = frozenset("aiuy")


class Letters:
    """How a script, or a way to write it, sounds; longer spellings first."""

    def __init__(self, *lines: str) -> None:
        sounds: dict[str, str] = {}
        for pair in " ".join(lines).split():
            spelling, _, sound = pair.partition(":")
            sounds[spelling] = sound.replace("-", "")

        long = [spelling for spelling in sounds if len(spelling) > 1]
        long.sort(key=len, reverse=True)
        any_long = "|".join(map(re.escape, long))

        # A spelling of several letters becomes one control character first: no cleaned word has
        # any.
        self._signs = {spelling: chr(code) for code, spelling in enumerate(long, 1)}
        self._long = re.compile(any_long or "(?!)")
        self._sounds: dict[str, str] = {}

        for spelling, sound in sounds.items():
            sign = self._signs.get(spelling, spelling)
            self._sounds[sign] = sound

    def read(self, word: str) -> str:
        """Return a word in sounds; letters without one are silent."""
        signs = self._long.sub(self._sign, word)
        sounds = map(self._sounds.get, signs, repeat(""))

        return "".join(sounds)

    def _sign(self, found: re.Match[str]) -> str:
        spelling = found[0]

        return self._signs[spelling]


# Two syllables without a consonant between them say as much as one does: Soyer, სოიერი; between
# two consonants Zaur, Rauf, Niyaz, Гоар, too.
_GLIDE = re.compile("[au][yi][aiu]|y[aiu]y[aiu]")
_HIATUS = re.compile("y*(?:ay*[iu]|uy*[ai]|iy*[au])[aiuy]*")
_NO_VOWELS = dict.fromkeys(map(ord, _VOWELS))
_GAPS = {code: "|" for code in range(128) if chr(code) not in _VOWELS}
_BEFORE_OGLU = ("dukli", "duklu", "bukli", "buklu")  # Davudoğlu, Davutoğlu
_VOICELESS = {"d": "t", "b": "p"}
_FINAL = {"d": "t", "b": "p", "f": "v", "j": "c"}


def runs(sounds: str) -> tuple[str, list[str], str]:
    """Return the skeleton, the run of vowels before each consonant, and the one after the last.

    Names lose their final voice: Rəcəb and Recep, Ahmed and Ahmet, -ov and -off.
    """
    final = sounds[-1:]
    if final in _FINAL:
        sounds = sounds[:-1] + _FINAL[final]

    if sounds.endswith(_BEFORE_OGLU):
        before = sounds[:-5]
        voiced = sounds[-5]
        oglu = sounds[-4:]
        sounds = before + _VOICELESS[voiced] + oglu

    skeleton = sounds.translate(_NO_VOWELS)
    if sounds[:1] in _VOWELS:
        skeleton = "a" + skeleton

    *gaps, last = sounds.translate(_GAPS).split("|")

    return skeleton, gaps, last


def key(sounds: str, script: str) -> str:
    """Return the key of a name in sounds, empty when too little is left of it."""
    skeleton, gaps, last = runs(sounds)
    persian = script == scripts.ARABIC
    if not gaps or _too_little(
        skeleton,
        gaps,
        last,
        persian=persian,
    ):
        return ""

    if len(skeleton) < FEW and last:
        gaps.append(last)

    if persian:
        if len(skeleton) > PATTERNED:
            return f"{skeleton}//"

        vowels = "".join(map(written, gaps[1:]))

        return f"{skeleton}/{vowels}/"

    vowels = "".join([_CLASSES[run] if run in _CLASSES else _class(run) for run in gaps])
    if gaps[0]:
        return f"{skeleton}/{vowels}"

    return f"{skeleton}/{vowels[1:]}"


def _too_little(
    skeleton: str,
    gaps: list[str],
    last: str,
    *,
    persian: bool,
) -> bool:
    """Return whether what is left of a name could be anybody's."""
    classes = len(skeleton)
    if last:
        classes += 1

    if classes >= FEW:
        return False
    if persian or classes < FEW - 1:
        return True

    return not _two_syllables(gaps, last)


def _two_syllables(gaps: list[str], last: str) -> bool:
    """Return whether somewhere two vowels stand for two syllables."""
    all_runs = (*gaps, last)
    glides = map(_GLIDE.fullmatch, all_runs)
    if any(glides):
        return True

    inner_runs = gaps[1:]
    hiatuses = map(_HIATUS.fullmatch, inner_runs)

    return any(hiatuses)


def _class(run: str) -> str:
    """Return the class of a run of vowels: its first one.

    Glides do not count, and i before one other vowel is a glide.
    """
    if not run:
        return "."

    vowels = run.replace("y", "") or "i"
    one_more = len(vowels) == 2  # noqa: PLR2004
    if one_more and vowels[0] == "i":
        return vowels[1]

    return vowels[0]


# The classes of the runs that occur all the time.
_PAIRS = map("".join, product("aiuy", repeat=2))
_CLASSES = {run: _class(run) for run in ("", *"aiuy", *_PAIRS)}


def written(run: str) -> str:
    """Return the vowel that Persian writes for a run."""
    vowels = run.replace("y", "i")
    if not vowels:
        return "."

    return vowels[0].upper()


_LATIN = (
    "a:a b:b d:d e:a f:f g:k h:k i:i j:j k:k l:l m:m n:n o:u p:p q:k r:r s:s t:t u:u v:v w:v y:y",
    "z:z",
    "ts:x tz:x dz:x dzh:j dj:j zh:j á:a à:a â:a ä:a ã:a å:a ă:a é:a è:a ê:a ë:a ě:a ę:a ą:a í:i",
    "ì:i î:i ï:i ó:u ô:u ò:u õ:u ø:u ő:u ú:u û:u ù:u ű:u ů:u",
    "š:h č:c ž:j ć:c ś:s ź:z ż:j ł:l ñ:n ń:n ň:n ř:r ď:d ť:t ý:y đ:d ß:s ṭ:t ḥ:k ḫ:k ṣ:s ẓ:z",
    "ə:a ı:i ö:u ü:u ş:h ç:c ğ:k",
)
TURKIC_LETTER = re.compile("[əığşçöü]")
TURKIC = Letters(*_LATIN, "c:j x:k")
LETTERS = {
    "E": Letters(
        *_LATIN,
        "kh:k gh:k sh:h ch:c tch:c sch:h ph:p th:t ck:k c:k ce:sa ci:si cy:si x:ks oo:u ee:i",
        "ou:u shch:hc",
    ),
    "T": TURKIC,
    "Z": Letters(*_LATIN, "sh:h ch:c o':u g':k x:k c:k ':-"),
    "R": Letters(
        "а:a б:b в:v г:k ґ:k д:d е:a є:ya ж:j з:z и:i і:i ї:yi й:y к:k л:l м:m н:n о:u п:p р:r",
        "с:s т:t у:u ф:f х:k ц:x ч:c ш:h щ:hc",
        "ы:i э:a ю:yu я:ya ё:yu дж:j дз:x тс:x ъ:- ь:-",
    ),
    "H": Letters(
        "ա:a բ:b գ:k դ:d ե:a զ:z է:a ը:i թ:t ժ:j ի:i լ:l խ:k ծ:x կ:k հ:k ձ:x ղ:k ճ:c մ:m յ:y ն:n",
        "շ:h ո:u չ:c պ:p ջ:j ռ:r ս:s վ:v",
        "տ:t ր:r ց:x ւ:v ու:u փ:p ք:k օ:u ֆ:f",
    ),
    "G": Letters(
        "ა:a ბ:b გ:k დ:d ე:a ვ:v ზ:z თ:t ი:i კ:k ლ:l მ:m ნ:n ო:u პ:p ჟ:j რ:r ს:s ტ:t უ:u ფ:q ქ:k",
        "ღ:k ყ:k შ:h ჩ:c ც:x ძ:x წ:x ჭ:c ხ:k ჯ:j ჰ:k",
        "ტს:x",
    ),
    "F": Letters(
        "ا:a ب:b پ:p ت:t ث:s ج:j چ:c ح:k خ:k د:d ذ:z ر:r ز:z ژ:j س:s ش:h ص:s ض:z ط:t ظ:z ع:a غ:k",
        "ف:f ق:k ک:k گ:k ل:l م:m ن:n w:v و:u ۆ:u ه:k ی:y",
        "تس:x دز:x",
    ),
}
LETTERS["K"] = LETTERS["J"] = Letters(
    "а:a ә:a б:b в:v г:k ғ:k д:d е:a ж:j з:z и:i й:y і:i ӣ:i к:k қ:k л:l м:m н:n ң:n о:u ө:u п:p",
    "р:r с:s т:t у:u ү:u ұ:u ӯ:u ў:u ф:f х:k ҳ:k һ:k",
    "ц:x ч:c ҷ:j ш:h щ:hc ы:i э:a ю:yu я:ya ё:yu дж:j дз:x тс:x ъ:- ь:-",
)
