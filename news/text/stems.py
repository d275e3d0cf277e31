"""One light stemmer per language group: cut the inflection of nouns and adjectives, keep the word.

A stem is a class of forms, not a dictionary entry. Each stemmer but the Russian and the English one
takes the longest ending it knows, whole (plural, possessive and case at once), and leaves at least
three letters; endings are composed here from their parts.
"""

from collections.abc import Callable
from functools import lru_cache

from news.text import english, oghuz, russian
from news.text.endings import LEAST, compose, cut, longest_of
from news.text.oghuz import cut_turkic, is_whole

__all__ = [
    "GEORGIAN_STEADY",
    "LEAST",
    "cut_armenian",
    "cut_georgian",
    "cut_kazakh",
    "cut_turkic",
    "cut_uzbek",
    "is_whole",
    "stem",
]


def stem(word: str, group: str) -> str:
    """Return the stem of a folded word in a group."""
    stemmer = _STEMMERS.get(group)
    if stemmer is None:
        return word

    return stemmer(word)


_UZBEK_ENDINGS = compose(
    "- lar", "- i si im imiz miz ing ingiz", "- ning ni ga ka qa da dan cha gacha dagi dir"
) | compose("- lar", "ning ni ga ka qa da dan", "mi ham -")
_UZBEK_LONGEST = longest_of(_UZBEK_ENDINGS)


def cut_uzbek(word: str) -> str:
    """Cut an Uzbek case ending."""
    return cut(word, _UZBEK_ENDINGS, _UZBEK_LONGEST)


def _uzbek(word: str) -> str:
    left = cut_uzbek(word)
    if left.endswith("g'"):
        return left[:-2] + "q"

    if left.endswith("g") and not left.endswith("ng"):
        return left[:-1] + "k"

    return left


_KAZAKH_PLURAL = "- лар лер дар дер тар тер лор лөр дор дөр тор төр"
_KAZAKH_CASES = (
    "- ның нің дың дің тың тің нын нин нун нүн дын дин дун дүн тын тин тун түн нинг "
    "ға ге қа ке га го гө ка ко кө ны ні ды ді ты ті ни ну нү ди ду дү ти ту тү "
    "да де до дө та те то тө дан ден дон дөн тан тен тон төн нан нен мен бен пен"
)
_KAZAKH_ENDINGS = (
    compose(_KAZAKH_PLURAL, _KAZAKH_CASES)
    | compose(
        _KAZAKH_PLURAL,
        "ы і и у ү сы сі си су сү",
        "- ның нің нын нин нун нүн нинг на не но нө а е н ны ні ни ну нү нда нде ндо ндө да нан "
        "нен нон нөн дан мен ға га",
    )
    | compose(
        _KAZAKH_PLURAL,
        "ымыз іміз мыз міз ыбыз ибиз быз биз имиз",
        "- дың дің ға ге ды ді да де дан ден дын дин га нинг ни",
    )
    | compose(
        _KAZAKH_PLURAL,
        "- ы і у ү сы сі и си су сү ын ин сын син ун үн",
        "дағы дегі тағы тегі ндағы ндегі дагы деги тагы теги ндагы ндеги даги догу дөгү тогу төгү "
        "ндогу ндөгү",
    )
)
_KAZAKH_LONGEST = longest_of(_KAZAKH_ENDINGS)
_KAZAKH_FINAL = str.maketrans("ғгбқ", "ккпк")
_KAZAKH_VOWELS = "аәеиоөуүұыіэюя"
_KAZAKH_VOICELESS = "пткқсшчхфц"


def _kazakh(word: str) -> str:
    left = cut_kazakh(word)
    if left == "баку":
        return left

    while len(left) > LEAST and left[-1] in "ыіиуүаеоө":
        left = left[:-1]

    if len(left) < LEAST:
        return left

    last = left[-1]

    return left[:-1] + last.translate(_KAZAKH_FINAL)


@lru_cache(maxsize=64)
def cut_kazakh(word: str) -> str:
    """Cut a Kazakh or Kyrgyz ending."""
    is_country = word.endswith("стан") and not word.endswith("ыстан")
    if is_country or word == "баку":
        return word

    length = len(word)
    earliest = max(2, length - _KAZAKH_LONGEST)

    for start in range(earliest, length):
        ending = word[start:]
        if ending not in _KAZAKH_ENDINGS:
            continue

        left = word[:start]
        if not _kazakh_joins(left, ending):
            continue

        # облыс-ы, not облы-сы; but елші-сі
        if ending[0] == "с" and left[-1] in "ыі" and left[-2] != "ш":
            return left + "с"

        return left

    return word


def _kazakh_joins(left: str, ending: str) -> bool:
    """Return whether an ending may follow.

    It takes the voice of what is before it, and vowels do not meet.
    """
    if len(left) == 2:  # noqa: PLR2004
        is_syllable = left[0] in _KAZAKH_VOWELS and left[1] not in _KAZAKH_VOWELS
        if not is_syllable or len(ending) < 2:  # noqa: PLR2004
            return False

    last = left[-1]
    first = ending[0]

    if first in "ткқп":
        return last in _KAZAKH_VOICELESS or last in "бвгд"
    if first in "дғгб":
        return last not in _KAZAKH_VOICELESS
    if first == "н":
        return last in _KAZAKH_VOWELS or last in "мнң"

    if first in "лм":
        return True

    open_syllable = last in _KAZAKH_VOWELS
    before_vowel = first in _KAZAKH_VOWELS

    return open_syllable is not before_vowel


_TAJIK_ENDINGS = compose(
    "- ҳо он гон ён", "- и аш амон атон ашон яш ямон яшон", "- ро у е"
) | compose("е ро еро иву", "-")
_TAJIK_LONGEST = longest_of(_TAJIK_ENDINGS)


def _tajik(word: str) -> str:
    left = cut(word, _TAJIK_ENDINGS, _TAJIK_LONGEST)
    if len(left) > LEAST and left[-1] in "аи":
        return left[:-1]

    return left


_GEORGIAN_ENDINGS = (
    compose("- ებ", "ი მა მ ს სა ის ისა ით ითა ად ადა ო ა ზე ში თან იდან დან მდე ამდე", "- ც ვე აც")
    | compose("- ებ", "ის ი ს -", "თვის გან კენ მიერ გამო ადმი", "- ც აც ვე")
    | compose("თა", "- თვის გან თან")
)
# Stems that keep the vowel of their last syllable in all cases, and without it were another word's.
GEORGIAN_STEADY = frozenset({"სახელ"})
_GEORGIAN_VOWELS = "აეიოუ"
_GEORGIAN_LONGEST = longest_of(_GEORGIAN_ENDINGS)


@lru_cache(maxsize=64)
def cut_georgian(word: str) -> str:
    """Cut a Georgian ending. A word is cut for its stem and for its name keys, in one go."""
    least = LEAST
    if word[0] in _GEORGIAN_VOWELS and word[1:2] not in _GEORGIAN_VOWELS:
        least = 2

    return cut(
        word,
        _GEORGIAN_ENDINGS,
        _GEORGIAN_LONGEST,
        least=least,
    )


def _georgian(word: str) -> str:
    """Return the stem of a Georgian word, without its last vowel in any case.

    Stems lose that vowel in some cases (ქვეყანა, ქვეყნის; წყალი, წყლის), so they lose it in all.
    """
    left = cut_georgian(word)
    while len(left) > LEAST and left[-1] in _GEORGIAN_VOWELS:
        left = left[:-1]

    if len(left) > LEAST + 1 and left.endswith("ებ"):
        left = left[:-2]

    if left in GEORGIAN_STEADY:
        return left

    return _without_dropped(left)


def _without_dropped(left: str) -> str:
    """Return a Georgian stem without the last syllable's vowel, which some cases drop."""
    if len(left) <= LEAST:
        return left

    before = left[-3]
    vowel = left[-2]
    last = left[-1]

    drops = last in "ლნრმ" and vowel in "აეო"
    if not drops or before in _GEORGIAN_VOWELS:
        return left

    return left[:-2] + last


_ARMENIAN_CASES = "- ը ն ի ին ից ով ում ու ուն ուց ւ"
_ARMENIAN_ENDINGS = (
    compose("- եր ներ", _ARMENIAN_CASES, "-")
    | compose("եր ներ", "իս իդ ս դ ի", "- ն ց")
    | compose("- ներ եր", "ս դ", "-")
)
_ARMENIAN_ABSTRACT = compose(
    "ություն ության ությամբ ությունն",
    "- ը ն ներ ից ում ով ներ ների ներին ներից ներով ներում ները ներն",
)
_ARMENIAN_LONGEST = longest_of(_ARMENIAN_ENDINGS)
_ABSTRACT_LONGEST = longest_of(_ARMENIAN_ABSTRACT)


def _armenian(word: str) -> str:
    """Cut; the abstract -ություն becomes -ության and -ությամբ, and keeps two letters of it."""
    if "ությ" not in word:
        return cut_armenian(word)

    left = cut(
        word,
        _ARMENIAN_ABSTRACT,
        _ABSTRACT_LONGEST,
        least=2,
    )
    if left == word:
        return cut_armenian(word)

    return left + "ությ"


@lru_cache(maxsize=64)
def cut_armenian(word: str) -> str:
    """Cut an Armenian ending; a final n after a vowel is mostly the word's own (Երևան)."""
    left = cut(word, _ARMENIAN_ENDINGS, _ARMENIAN_LONGEST)
    ending = word[len(left) :]
    if ending == "ն" and left[-1] in "աոեօ":
        return word

    return left


_PERSIAN_ENDINGS = compose("ها", "- ی یی یم یت یش یمان یتان یشان") | compose(
    "ی یی ای تر ترین ترها تری ش اش"
) - {"ش"}
_PERSIAN_LONGEST = longest_of(_PERSIAN_ENDINGS)


def _persian(word: str) -> str:
    """Cut; a final yeh or heh goes too, since endings hide them: خبرگزاری‌ها, رسانه‌ای."""
    left = word
    length = len(word)
    earliest = max(2, length - _PERSIAN_LONGEST)

    for start in range(earliest, length):
        ending = word[start:]
        if ending not in _PERSIAN_ENDINGS:
            continue

        if start >= LEAST or ending.startswith("ها"):
            left = word[:start]
            break

    while len(left) > LEAST and left[-1] in "یه":
        left = left[:-1]

    return left


_STEMMERS: dict[str, Callable[[str], str]] = {
    "E": english.stem,
    "T": oghuz.stem,
    "Z": _uzbek,
    "R": russian.stem,
    "K": _kazakh,
    "J": _tajik,
    "G": _georgian,
    "H": _armenian,
    "F": _persian,
}
