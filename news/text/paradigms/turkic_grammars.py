"""What the Turkic languages do where a word and its ending meet, as tables. Letters are folded."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Grammar:
    """One language, or several that go alike; news.text.paradigms.turkic says how to read it."""

    low: dict[str, str]  # the last vowel -> the low vowels that may follow it
    high: dict[str, str]  # the same of high vowels
    voiceless: str
    after_vowel: dict[str, str]  # a sign -> what it may be
    after_voiced: dict[str, str]
    after_voiceless: dict[str, str]
    softened: dict[str, str]  # the last consonant -> what it may be before a vowel
    dropped: str  # vowels that the last syllable may lose before an ending's vowel
    endings: tuple[str, ...]  # of a noun; between them they bring out every stem it may keep
    longer: tuple[str, ...] = ()  # that the stemmer leaves on: persons, verbs, adjectives


_OGHUZ = Grammar(
    low={
        "a": "a",
        "o": "a",
        "u": "a",
        "e": "eə",
        "ə": "əe",
        "ö": "eə",
        "ü": "eə",
        "i": "aeə",  # of ı and i, which fold into one
    },
    high={"a": "i", "e": "i", "ə": "i", "i": "i", "o": "u", "u": "u", "ö": "ü", "ü": "ü"},
    voiceless="pçtkfhsşqx",
    after_vowel={"D": "d", "C": "c"},
    after_voiced={"D": "d", "C": "c"},
    after_voiceless={"D": "td", "C": "çc"},
    softened={"k": "ğyg", "q": "ğ", "ç": "c", "p": "b", "t": "d"},
    dropped="iuü",
    endings=(
        *("(y)I", "(n)I", "(y)A", "DA", "DAn", "(n)In", "(y)lA", "DAki", "DIr"),
        *("(s)I", "(s)InI", "(s)InA", "(s)InDA", "(s)InDAn", "(s)InIn", "(s)IylA"),
        *("lAr", "lArI", "lArA", "lArIn", "lArDA", "lArDAn", "lArInI", "lArInDA"),
        *("<I>mIz", "<I>mIzIn", "<I>m", "<I>mDA"),
    ),
    longer=(*("mA", "mAk", "DIk", "(y)AcAk", "(y)An", "DIrmA", "(y)AbIlAcAk"),),
)

_UZBEK = Grammar(
    low={"a": "a", "e": "a", "i": "a", "o": "a", "u": "a"},
    high={"a": "i", "e": "i", "i": "i", "o": "i", "u": "i"},
    voiceless="pthsfkqx",
    after_vowel={"G": "g"},
    after_voiced={"G": "g"},
    after_voiceless={"G": "gkq"},
    softened={"k": "g", "q": "g"},
    dropped="iau",
    endings=(
        *("nI", "nIng", "GA", "dA", "dAn", "dAgI", "chA", "gAchA"),
        *("(s)I", "(s)InI", "(s)IgA", "(s)IdA", "(s)IdAn", "(s)InIng"),
        *("lAr", "lArI", "lArnI", "lArgA", "lArdA", "lArdAn", "lArnIng", "lArInI", "lArIgA"),
        *("<I>mIz", "<I>m", "<I>ng", "<I>ngIz"),
    ),
)

_KAZAKH = Grammar(
    low={
        "а": "а",
        "о": "а",
        "ұ": "а",
        "ы": "а",
        "у": "ае",
        "я": "а",
        "ё": "а",
        "ю": "ае",
        "ә": "е",
        "е": "е",
        "ө": "е",
        "ү": "е",
        "і": "е",
        "и": "ае",
        "э": "е",
    },
    high={
        "а": "ы",
        "о": "ы",
        "ұ": "ы",
        "ы": "ы",
        "у": "ыі",
        "я": "ы",
        "ё": "ы",
        "ю": "ыі",
        "ә": "і",
        "е": "і",
        "ө": "і",
        "ү": "і",
        "і": "і",
        "и": "ыі",
        "э": "і",
    },
    voiceless="пткқсшчщхһцфбвгд",
    after_vowel={"D": "д", "L": "л", "N": "н", "M": "м", "G": "гғ"},
    after_voiced={"D": "д", "L": "лд", "N": "нд", "M": "мб", "G": "гғ"},
    after_voiceless={"D": "т", "L": "т", "N": "т", "M": "п", "G": "кқ"},
    softened={"п": "б", "к": "г", "қ": "ғ"},
    dropped="ыіуұү",
    endings=(
        *("NI", "NIң", "GA", "DA", "DAн", "MAн", "DAғI", "DAгI"),
        *("(с)I", "(с)Iн", "(с)IнA", "(с)IнDA", "(с)IнAн", "(с)IнIң"),
        *("LAр", "LAрI", "LAрдIң", "LAрGA", "LAрдA", "LAрдAн", "LAрIн", "LAрIнA", "LAрIндA"),
        *("<I>мIз", "<I>м", "<I>ң"),
    ),
    longer=("<I>мдI", "<I>ңA"),
)

_KYRGYZ = Grammar(
    low={
        "а": "а",
        "о": "о",
        "у": "а",
        "ы": "а",
        "я": "а",
        "ё": "о",
        "ю": "а",
        "е": "е",
        "э": "е",
        "и": "е",
        "ө": "ө",
        "ү": "ө",
    },
    high={
        "а": "ы",
        "ы": "ы",
        "я": "ы",
        "о": "у",
        "у": "у",
        "ё": "у",
        "ю": "у",
        "е": "и",
        "э": "и",
        "и": "и",
        "ө": "ү",
        "ү": "ү",
    },
    voiceless="пткшсчщхцфбвгд",
    after_vowel={"D": "д", "L": "л", "N": "н", "G": "г"},
    after_voiced={"D": "д", "L": "лд", "N": "нд", "G": "г"},
    after_voiceless={"D": "т", "L": "т", "N": "т", "G": "к"},
    softened={"п": "б", "к": "г"},
    dropped="ыиуү",
    endings=(
        *("NI", "NIн", "GA", "DA", "DAн", "DAгI", "DAй"),
        *("(с)I", "(с)Iн", "(с)IнA", "(с)IнDA", "(с)IнAн", "(с)IнIн", "(с)IнDAгI"),
        *("LAр", "LAрI", "LAрдIн", "LAрGA", "LAрдA", "LAрдAн", "LAрIн", "LAрIнA", "LAрIндA"),
        *("<I>бIз", "<I>м", "<I>ң"),
    ),
    longer=("LIк", "LUU"),
)

GRAMMARS = {"T": (_OGHUZ,), "Z": (_UZBEK,), "K": (_KAZAKH, _KYRGYZ)}
