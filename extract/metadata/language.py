"""Which language a text is in.

Alphabets and tell-tale letters come first, since most of the region's languages have
their own; statistics (py3langid) decide among those that share an alphabet.
"""

import re
import unicodedata
from collections import Counter
from copy import copy
from functools import cache
from typing import Any

SAMPLE = 2_500  # characters that are looked at
LEAST = 12  # letters below which the declared language is better evidence
_OWN_SCRIPT = {
    "ARMENIAN": "hy",
    "GEORGIAN": "ka",
    "HEBREW": "he",
    "GREEK": "el",
    "HANGUL": "ko",
    "HIRAGANA": "ja",
    "KATAKANA": "ja",
    "THAI": "th",
    "ETHIOPIC": "am",
    "BENGALI": "bn",
    "TAMIL": "ta",
}
_CYRILLIC = ("ru", "kk", "ky", "uk", "bg", "sr", "mk", "be", "tg", "mn", "uz")
_ARABIC = ("fa", "ar", "ur", "ps", "ug", "ku")
# Letters that occur in every few words of one language and in no other of its alphabet;
# share of all letters that decides.
_TELLING: dict[str, tuple[tuple[str, re.Pattern[str], float], ...]] = {
    "LATIN": (
        ("az", re.compile("ə"), 0.012),
        ("tk", re.compile("ý(?=.{0,400}[şç])|[şç](?=.{0,400}ý)", re.DOTALL), 0.02),
        ("uz", re.compile(r"[og][ʻ‘’'`ʼ](?=[a-z])|\b(?:va|uchun|bilan|ham|bu)\b"), 0.008),
    ),
    "ARABIC": (
        ("ug", re.compile("[ۈۇۋ]"), 0.03),
        ("ku", re.compile("[ێڵڕۆ]"), 0.02),
        ("ps", re.compile("[ښړډټځڅ]"), 0.012),
        ("ur", re.compile("[ںہےٹڈڑ]"), 0.02),
    ),
}
# Languages of the Cyrillic alphabet, in this order: (language, its letters, their share of all that
# decides, letters of which one must stand in the text, letters that it never has).
_CYRILLIC_LETTERS = (
    ("os", "ӕ", 0.01, "", ""),
    ("cv", "ӑӗӳ", 0.012, "", ""),
    ("ba", "ҡҙҫ", 0.012, "", "ӑӗӳ"),
    ("uk", "їєґі", 0.02, "", "ыэъёўәғқұңөүҳ"),
    ("uk", "їєґ", 0.008, "", "әұңўқғҳ"),
    ("be", "ўі", 0.012, "ў", "әғқұңҳ"),
    ("tg", "ӣӯҷ", 0.006, "", "әіұңў"),
    ("uz", "ўҳқғ", 0.012, "ў", "әіұөүңӣӯҷ"),
    ("tt", "әҗ", 0.012, "", "іғқұҡҙ"),
    ("kk", "әғқұі", 0.02, "әұің", "їєґўҳ"),
    ("ky", "өүң", 0.012, "ң", "әіұғқҳ"),
)
# A headline has few letters: there one that a language's neighbours do not use at all
# is enough. Tried in this order.
_HEADLINE = 120  # letters
_SURE: dict[str, tuple[tuple[str, re.Pattern[str]], ...]] = {
    "CYRILLIC": (
        ("os", re.compile("ӕ")),
        ("cv", re.compile("[ӑӗӳ]")),
        ("ba", re.compile("[ҡҙ]")),
        ("uk", re.compile("[їєґ]")),
        ("tg", re.compile("[ҷӣӯ]")),
        ("uz", re.compile("ў(?=.*[қғҳ])|[қғҳ](?=.*ў)", re.DOTALL)),
        ("be", re.compile("ў")),
        ("tt", re.compile(r"\A(?=.*[әҗ])(?!.*[іғқұҡҙ])", re.DOTALL)),
        ("kk", re.compile("[әұ]|і(?=.*[ңүөқғһы])|[ңүөқғһы](?=.*і)", re.DOTALL)),
        ("ky", re.compile("[ңүө](?=.*[ңүө])(?!.*[қғҳәі])", re.DOTALL)),
        ("uk", re.compile("і(?!.*[ыў])", re.DOTALL)),
    ),
    "LATIN": (
        (
            "az",
            re.compile(
                r"ə|[ışçğ](?=.*(?:[qx]|\w[ıiuü]b(?:lar|dır|dir|dur|dür)?\b))|(?:[qx]|"
                r"\w[ıiuü]b\b)(?=.*[ışçğ])",
                re.DOTALL,
            ),
        ),
        ("tr", re.compile(r"\bve\b(?=.*[ığş])|[ığ](?=.*[ışğ])", re.DOTALL)),
    ),
}


# Languages that their commonest words give away, so that the statistical model, half a
# second to unpack, stays packed for most pages:
# (language, words, share of all words that decides, letters of which one must occur).
_COMMON: dict[str, tuple[tuple[str, frozenset[str], float, str], ...]] = {
    "LATIN": (
        (
            "en",
            frozenset(
                [
                    "the",
                    "of",
                    "and",
                    "to",
                    "that",
                    "for",
                    "with",
                    "from",
                    "by",
                    "was",
                    "were",
                    "has",
                    "have",
                    "been",
                    "said",
                    "will",
                ]
            ),
            0.13,
            "whk",
        ),
        (
            "tr",
            frozenset(
                [
                    "ve",
                    "bir",
                    "bu",
                    "için",
                    "ile",
                    "da",
                    "de",
                    "olarak",
                    "olan",
                    "daha",
                    "kadar",
                    "sonra",
                ]
            ),
            0.06,
            "ığ",
        ),
    ),
    "CYRILLIC": (
        (
            "ru",
            frozenset(
                [
                    "и",
                    "в",
                    "на",
                    "что",
                    "не",
                    "с",
                    "по",
                    "из",
                    "для",
                    "как",
                    "это",
                    "от",
                    "его",
                    "о",
                    "к",
                    "за",
                    "также",
                    "или",
                ]
            ),
            0.1,
            "ыэ",
        ),
    ),
    "ARABIC": (
        (
            "fa",
            frozenset(
                [
                    "و",
                    "در",
                    "به",
                    "از",
                    "که",
                    "این",
                    "را",
                    "با",
                    "است",
                    "برای",
                    "می",
                    "های",
                    "شده",
                    "بود",
                ]
            ),
            0.14,
            "پچژگ",
        ),
    ),
}
_FOREIGN = re.compile("[ўіїєґәөүұңһҡҙҫғқҳҷӣӯӑӗӳӕђјљњћџѓќ]|[ںہےٹڈڑ]|[ەێۆڵڕ]|[ښړډټځڅ]")
_WORD = re.compile(r"[^\W\d_]+")


@cache
def _model() -> Any:
    """Return the statistical model, read once per process."""
    from py3langid import langid

    return langid.LanguageIdentifier.from_model_file(langid.MODEL_FILE)


@cache
def _identifier(among: tuple[str, ...]) -> Any:
    """Return the model for some languages.

    It is unpacked once, and what `set_languages` replaces is the copy's own.
    """
    identifier = copy(_model())
    if among:
        known = [name for name in among if name in identifier.labels]
        identifier.set_languages(known)

    return identifier


def _commonplace(sample: str, script: str) -> str | None:
    """Return the language that common words and a letter of its own give away.

    None leaves it to the model.
    """
    if script not in _COMMON:
        return None

    if script != "LATIN" and _FOREIGN.search(sample):
        return None

    words = _WORD.findall(sample)

    for code, common, share, letters in _COMMON[script]:
        count = sum(word in common for word in words)
        if count < max(4.0, share * len(words)):
            continue

        if any(letter in sample for letter in letters):
            return code

    return None


@cache
def _script(char: str) -> str:
    """Return the script of a letter: the first word of its Unicode name."""
    return unicodedata.name(char, "?").split(" ", 1)[0]


def identify(text: str, declared: str = "", expected: tuple[str, ...] = ()) -> str:
    """Return the ISO 639-1 code of a text's language; "und" when neither text nor mark-up tells.

    `declared` is the page's own claim, `expected` the outlet's languages; both count
    only when there is too little text.
    """
    sample = text[:SAMPLE].casefold()
    counts = Counter(_script(char) for char in sample if char.isalpha())
    total = counts.total()
    if total < LEAST:
        return _claimed(declared, expected)

    script, letters = counts.most_common(1)[0]
    if script == "CJK":
        kana = counts["HIRAGANA"] + counts["KATAKANA"]
        return "ja" if kana > 0.1 * total else "zh"

    if script in _OWN_SCRIPT:
        return _OWN_SCRIPT[script]

    by_letters = _by_letters(sample, script, letters, total)
    if by_letters is not None:
        return by_letters

    common = _commonplace(sample, script)
    if common is not None:
        return common

    among = {"CYRILLIC": _CYRILLIC, "ARABIC": _ARABIC}.get(script, ())

    return str(_identifier(among).classify(sample)[0])


def _claimed(declared: str, expected: tuple[str, ...]) -> str:
    """Return what the page claims, else the outlet's first language, else "und"."""
    claim = declared.strip()[:2].lower()
    if len(claim) == 2 and claim.isalpha():  # noqa: PLR2004
        return claim

    return expected[0] if expected else "und"


def _by_letters(sample: str, script: str, letters: int, total: int) -> str | None:
    """Return the language that letters of its own give away; None when they tell none.

    `letters` are those of the script, `total` all of them.
    """
    if total < _HEADLINE:
        for code, pattern in _SURE.get(script, ()):
            if pattern.search(sample):
                return code

    if script == "CYRILLIC":
        return _by_cyrillic_letters(sample, letters)

    for code, pattern, share in _TELLING.get(script, ()):
        count = len(pattern.findall(sample))
        if count >= max(2, share * letters):
            return code

    return None


def _by_cyrillic_letters(sample: str, letters: int) -> str | None:
    """Return the language whose own letters a Cyrillic text has, and none that it never has.

    `letters` is how many letters the text has; None when none tells.
    """
    present = Counter(sample)

    for code, own, share, must, never in _CYRILLIC_LETTERS:
        if any(letter in present for letter in never):
            continue

        if must and not any(letter in present for letter in must):
            continue

        count = sum(present[letter] for letter in own)
        if count >= max(2, share * letters):
            return code

    return None
