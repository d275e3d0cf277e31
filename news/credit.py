"""Where a text names its source, and which news agency that is: "according to", "сообщает", "istinadən", «به نقل از».

News text names its source near its beginning or its end. A phrase is only a cue: what counts is the name that stands beside it.
"""

import re
from collections.abc import Iterator

EDGE = 500  # characters from either end of a text in which it names its source
BEFORE, AFTER = 70, 70  # characters around a cue in which the name stands
BESIDE = 20  # of them, where little but that name has room
CLOSE = 45  # of them, where an agency's name stands that no outlet's file knows

_PHRASES = {
    "az": (
        "istinadən",
        "istinadla",
        "məlumatına görə",
        "xəbər verir",
        "xəbərinə görə",
        "məlumat verir",
        "bildirir",
        "yazır",
        "mənbə:",
    ),
    "tr": (
        "haberine göre",
        "habere göre",
        "bildirdi",
        "aktardı",
        "aktardığına göre",
        "duyurdu",
        "kaynak:",
        "dayandırdığı",
        "atıfla",
    ),
    "ru": (
        "сообщает",
        "сообщил",
        "передает",
        "передаёт",
        "передал",
        "пишет",
        "со ссылкой на",
        "по данным",
        "по информации",
        "источник:",
        "как стало известно",
    ),
    "uk": ("повідомляє", "з посиланням на", "за даними"),
    "kk": ("хабарлайды", "сілтеме жасап", "мәліметінше"),
    "uz": ("xabar beradi", "xabar bermoqda", "ma'lumotiga ko'ra", "maʼlumotiga koʻra"),
    "en": (
        "according to",
        "reports",
        "reported by",
        "reported",
        "citing",
        "cites",
        "with reference to",
        "source:",
        "courtesy of",
        "originally appeared",
        "first published",
    ),
    "ka": ("იუწყება", "იტყობინება", "ცნობით", "ინფორმაციით", "წერს", "წყარო:", "გავრცელებული"),
    "hy": (
        "հաղորդում է",
        "հաղորդել է",
        "փոխանցում է",
        "փոխանցմամբ",
        "հաղորդմամբ",
        "տեղեկացնում է",
        "հղումով",
        "գրում է",
        "ըստ ",
        "աղբյուր",
    ),
    "fa": ("به نقل از", "به گزارش", "گزارش داد", "گزارش می‌دهد", "اعلام کرد", "منبع:", "به نوشته"),
    "": ("©", "(c)", "//"),
}
_CUES = re.compile(
    "|".join(re.escape(phrase) for phrases in _PHRASES.values() for phrase in phrases),
    re.IGNORECASE,
)
_DATELINE = 120  # characters at the very beginning, where agencies put themselves without any phrase: "BAKU, 3 May (Hazar Wire) –"


def zones(text: str) -> list[str]:
    """Return the passages of a text in which its source may be named."""
    ends = [text] if len(text) <= 2 * EDGE else [text[:EDGE], text[-EDGE:]]
    found = [text[:_DATELINE]]
    for end in ends:
        found += [
            end[max(0, cue.start() - BEFORE) : cue.end() + AFTER] for cue in _CUES.finditer(end)
        ]
    return found


def sources(text: str) -> list[str]:
    """Return what stands right beside a text's cues: whom it names as its source, little else."""
    ends = [text] if len(text) <= 2 * EDGE else [text[:EDGE], text[-EDGE:]]
    return [beside for end in ends for beside in _beside(end)]


def _beside(end: str) -> Iterator[str]:
    for cue in _CUES.finditer(end):
        yield end[max(0, cue.start() - BESIDE) : cue.end() + BESIDE]


# Agencies by the name they are shown by, and how texts of the region spell them. A stem takes endings (Интерфаксу, TASS-ın).
_AGENCIES = {
    "AFP": "AFP|Agence France-Presse",
    "AP": "Associated Press|Ассошиэйтед Пресс",
    "Reuters": "Reuters|Рейтер|Röyters|Reyters|Ռոյթերս|Ռեյթեր|როიტერ|رویترز",
    "Bloomberg": "Bloomberg|Блумберг|بلومبرگ",
    "dpa": "Deutsche Presse-Agentur",
    "Xinhua": "Xinhua|Синьхуа|Sinxua|شینهوا",
    "TASS": "TASS|ТАСС|ՏԱՍՍ|تاس",
    "Interfax": "Interfax|İnterfaks|Интерфакс|Ինտերֆաքս|ინტერფაქს",
    "RIA Novosti": "RIA Novosti|РИА Новости|ՌԻԱ Նովոստի|RİA Novosti",
    "Anadolu": "Anadolu|Анадолу|Անադոլու|ანადოლუ|آناتولی",
    "İHA": "İHA|İhlas Haber",
    "DHA": "Demirören Haber",
    "AZERTAC": "AZƏRTAC|AZERTAC|АЗЕРТАДЖ|Азертадж",
    "APA": "APA",
    "Turan": "Turan|Туран",
    "Armenpress": "Armenpress|Арменпресс|Արմենպրես",
    "Interpressnews": "Interpressnews|ინტერპრესნიუს|Интерпрессньюс",
    "IRNA": "IRNA|ИРНА|ایرنا",
    "ISNA": "ISNA|ИСНА|ایسنا",
    "Kazinform": "Kazinform|Qazinform|Казинформ|Қазинформ",
    "Kabar": "Кабар|Kabar",
    "UzA": "UzA|ЎзА|УзА",
    "Ukrinform": "Ukrinform|Укринформ|Укрінформ",
    "Khovar": "Ховар|Khovar",
}
# Names that are also words stand for an agency only in quotes, before an ending on a hyphen, or beside the word "agency".
_WORDS = {"Report": "Report", "Trend": "Trend|Тренд"}
_ENDING = r"(?:[-'’][^\W\d_]{1,5}|[^\W\d_]{0,2})"
_SPELT = "|".join(
    f"(?P<n{place}>{forms})" for place, forms in enumerate((*_AGENCIES.values(), *_WORDS.values()))
)
_NAMES = (*_AGENCIES, *_WORDS)
_NAME = re.compile(rf"(?<![\w@.-])(?<!\w/)(?:{_SPELT}){_ENDING}(?![\w@]|[./]\w)")
_FORMS = tuple(
    form for forms in (*_AGENCIES.values(), *_WORDS.values()) for form in forms.split("|")
)
_QUOTED = re.compile(r"[\"«“„'‘]$")
_AGENCY_WORD = re.compile(
    r"^[\"»”’']|^\s*(?:[\"»”])?\s*(?i:news agency|agency|информагентств|агентств|informasiya agentliyi|xəbər agentliyi|agentliy|haber ajans)|^[-’'][^\W\d_]"
)
_BRACKET = re.compile(r"[(/\[]\s*$")


def agency(text: str) -> str:
    """Return the news agency that a text names as its source; empty when it names none.

    In the dateline it stands in brackets or slashes or before a dash; elsewhere close to a cue.
    """
    edges = text if len(text) <= 2 * EDGE else f"{text[:EDGE]} {text[-EDGE:]}"
    if not any(form in edges for form in _FORMS):
        return ""
    return next(
        (name for passage, sure in _passages(text) if (name := _agency_in(passage, sure=sure))), ""
    )


def _passages(text: str) -> Iterator[tuple[str, bool]]:
    """Give passages in which an agency may be named, and whether a cue stands there."""
    yield text[:_DATELINE], False
    ends = [text] if len(text) <= 2 * EDGE else [text[:EDGE], text[-EDGE:]]
    for end in ends:
        for cue in _CUES.finditer(end):
            yield end[max(0, cue.start() - CLOSE) : cue.end() + CLOSE], True


def _agency_in(passage: str, *, sure: bool) -> str:
    for match in _NAME.finditer(passage):
        name = _NAMES[int((match.lastgroup or "n0")[1:])]
        before, after = passage[: match.start()], passage[match.end(match.lastgroup or 0) :]
        if name in _WORDS and not (_QUOTED.search(before) or _AGENCY_WORD.search(after)):
            continue
        if (
            sure
            or (_BRACKET.search(before) and re.match(r"\s*[)/\]]", after))
            or re.match(r"\s*[–—]\s|\s+-\s", after)
        ):
            return name
    return ""
