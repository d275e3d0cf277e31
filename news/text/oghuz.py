"""Turkish and Azerbaijani: the stem of a noun or an adjective, by its longest ending."""

from functools import lru_cache

from news.text.endings import LEAST, compose, longest_of

# Turkish and Azerbaijani. Folded: dotless i is i. Vowel harmony leaves a e ə and i u ü.
_TURKIC_PLURAL = "- lar ler lər"
_TURKIC_ENDINGS = (
    # case alone, after a consonant or a vowel (Turkish y, Azerbaijani n and y between vowels)
    compose(
        _TURKIC_PLURAL,
        "- i u ü yi yu yü ni nu nü a e ə ya ye yə da de də dan den dən in un ün nin nun nün yla "
        "yle la le lə ca cə",
    )
    # third person possessive, then case with its n
    | compose(
        _TURKIC_PLURAL,
        "i u ü si su sü",
        "- ni nu nü na ne nə nda nde ndə ndan nden ndən nin nun nün yla yle ylə nca ncə",
    )
    # our, your; of things in the plural, my
    | compose(
        _TURKIC_PLURAL,
        "imiz umuz ümüz miz muz müz iniz unuz ünüz niz nuz nüz",
        "- i u ü a e ə da de də dan den dən in un ün la le lə",
    )
    | compose(
        "larim lerim lərim",
        "- i u ü a e ə da de də dan den dən in un ün la le lə",
    )
    # the one that is in
    | compose(
        _TURKIC_PLURAL, "- i u ü si su sü", "daki deki dəki ndaki ndeki ndəki", "- ler lər lar"
    )
    # is
    | compose(_TURKIC_PLURAL, "- i u ü si su sü", "dir dur dür dirlər dirlar", "-")
)
_TURKIC_VOICELESS = compose("ta te tə tan ten tən taki teki tir tur tür")
_TURKIC_ANY = _TURKIC_ENDINGS | _TURKIC_VOICELESS
_TURKIC_LONGEST = longest_of(_TURKIC_ANY)
_TURKIC_VOWELS = "aeəiouöü"
_TURKIC_FINAL = str.maketrans("bcdğqg", "pçtkkk")
# Words whose end only looks like an ending.
_TURKIC_WHOLE = frozenset(
    "meydan vatan vətən erməni ermeni insan zaman liman orman roman mədəni medeni dini yeni səni "
    "düşmən düşman divan xan bostan dastan vətəndaş "
    "vatandaş qadın kadın yaxın yakın alın altın sərin derin dərin uzun bütün gün ordu kənd bank "
    "tank xalq halk yarın qoyun sakin lakin "
    "təyin tayin yəqin din məskən iki yeddi yedi altı gəmi gemi qəti kati "
    "yanvar mühit bakı bakü baku".replace("ı", "i").split()
)
_TURKIC_BEGINNINGS = frozenset(word[:LEAST] for word in _TURKIC_WHOLE)


def is_whole(word: str) -> bool:
    """Return whether a word's end is known to look like an ending.

    The stemmers see to its forms.
    """
    return word in _TURKIC_WHOLE or word == "баку"


def stem(word: str) -> str:
    """Return the stem of a folded word: without its ending, its last vowel, its last voice."""
    left = cut_turkic(word)
    if left in _TURKIC_WHOLE:
        return left

    if len(left) > LEAST and left[-1] in "aeəiuü":
        left = left[:-1]

    if len(left) < LEAST:
        return left

    last = left[-1]

    return left[:-1] + last.translate(_TURKIC_FINAL)


@lru_cache(maxsize=64)
def cut_turkic(word: str) -> str:
    """Cut the longest ending.

    Two letters are enough for a closed syllable before an ending of two or more: ev-de, il-lər.
    """
    if word.endswith("stan") or word in _TURKIC_WHOLE:
        return word

    length = len(word)
    if word[:LEAST] in _TURKIC_BEGINNINGS:
        for start in range(length - 1, LEAST, -1):
            if word[:start] in _TURKIC_WHOLE and word[start:] in _TURKIC_ENDINGS:
                return word[:start]

    earliest = max(2, length - _TURKIC_LONGEST)
    for start in range(earliest, length):
        ending = word[start:]
        if ending not in _TURKIC_ANY:
            continue

        left = word[:start]
        if _turkic_joins(left, ending):
            return _with_k(left, ending)

    return word


def _turkic_joins(left: str, ending: str) -> bool:
    """Vowels do not meet: y, n and s stand between them, and nowhere else.

    T follows a voiceless consonant.
    """
    if len(left) == 2:  # noqa: PLR2004
        is_syllable = left[0] in _TURKIC_VOWELS and left[1] not in _TURKIC_VOWELS
        if not is_syllable or len(ending) < 2:  # noqa: PLR2004
            return False

    if ending in _TURKIC_VOICELESS:
        return left[-1] in "pçtkfhsşq"

    open_syllable = left[-1] in _TURKIC_VOWELS
    if ending[0] in "yns":
        return open_syllable

    return not (open_syllable and ending[0] in _TURKIC_VOWELS)


def _with_k(left: str, ending: str) -> str:
    """Give back an Azerbaijani k that became y between vowels: çörək, çörəyi.

    Nazirlik, nazirliyin.
    """
    first_two = ending[:2]
    if left[-1] == "ə" and first_two == "yi":
        return left + "k"
    if left.endswith(("li", "lü")) and first_two in {"yi", "yü", "yə"}:
        return left + "k"
    if left.endswith(("əy", "liy", "lüy")) and ending[0] in _TURKIC_VOWELS:
        return left[:-1] + "k"

    return left
