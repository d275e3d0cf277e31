"""Whom a text names as its source: the words around phrases like "according to", "сообщает", "istinadən", «به نقل از».

News text names its source near its beginning or its end. A phrase is only a cue: what counts is which outlet's name stands beside it,
and names are compared by their keys across scripts, so that an Azerbaijani copy can credit an agency by its Cyrillic name.
"""

import re
from collections.abc import Iterable

from news.text import document_terms

EDGE = 500                 # characters from either end of a text in which it names its source
BEFORE, AFTER = 70, 70     # characters around a cue in which the name stands

_PHRASES = {
    "az": ("istinadən", "istinadla", "məlumatına görə", "xəbər verir", "xəbərinə görə", "məlumat verir", "bildirir", "yazır", "mənbə:"),
    "tr": ("haberine göre", "habere göre", "bildirdi", "aktardı", "aktardığına göre", "duyurdu", "kaynak:", "dayandırdığı", "atıfla"),
    "ru": ("сообщает", "сообщил", "передает", "передаёт", "передал", "пишет", "со ссылкой на", "по данным", "по информации", "источник:", "как стало известно"),
    "uk": ("повідомляє", "з посиланням на", "за даними"),
    "kk": ("хабарлайды", "сілтеме жасап", "мәліметінше"),
    "uz": ("xabar beradi", "xabar bermoqda", "ma'lumotiga ko'ra", "maʼlumotiga koʻra"),
    "en": ("according to", "reports", "reported by", "reported", "citing", "cites", "with reference to", "source:", "courtesy of", "originally appeared", "first published"),
    "ka": ("იუწყება", "იტყობინება", "ცნობით", "ინფორმაციით", "წერს", "წყარო:", "გავრცელებული"),
    "hy": ("հաղորդում է", "հաղորդել է", "փոխանցում է", "փոխանցմամբ", "հաղորդմամբ", "տեղեկացնում է", "հղումով", "գրում է", "ըստ ", "աղբյուր"),
    "fa": ("به نقل از", "به گزارش", "گزارش داد", "گزارش می‌دهد", "اعلام کرد", "منبع:", "به نوشته"),
    "": ("©", "(c)", "//"),
}
_CUES = re.compile("|".join(re.escape(phrase) for phrases in _PHRASES.values() for phrase in phrases), re.IGNORECASE)
_DATELINE = 120            # characters at the very beginning, where agencies put themselves without any phrase: "BAKU, 3 May (Hazar Wire) –"
_WORD = re.compile(r"[\w’'-]+")
_GENERIC = frozenset({"news", "agency", "agentliyi", "the", "info", "az", "am", "ge", "com", "ru", "tr", "press", "агентство", "новости", "xəbər", "haber"})


def zones(text: str) -> list[str]:
    """Return the passages of a text in which its source may be named."""
    ends = [text] if len(text) <= 2 * EDGE else [text[:EDGE], text[-EDGE:]]
    found = [text[:_DATELINE]]
    for end in ends:
        found += [end[max(0, cue.start() - BEFORE):cue.end() + AFTER] for cue in _CUES.finditer(end)]
    return found


def keys(words: str, language: str) -> list[frozenset[str]]:
    """Return what each word of a name or passage is compared by: its keys across scripts, or the word itself."""
    found: list[frozenset[str]] = []
    for word in _WORD.findall(words):
        terms = document_terms(word, language)
        names = frozenset(term for term in terms if term.startswith("~"))
        if word.casefold() not in _GENERIC or not found:
            found.append(names or frozenset({word.casefold()}))
    return found


def named(text: str, language: str, outlets: Iterable[tuple[str, str]]) -> set[str]:
    """Return which of some outlets, given as (name, title), a text names as its source."""
    wanted = {name: [sought for sought in (keys(title, language), keys(name, language)) if sought] for name, title in outlets}
    found: set[str] = set()
    for zone in zones(text) if wanted else ():
        held = keys(zone, language)
        found |= {name for name, forms in wanted.items() if any(_stands(form, held) for form in forms)}
    return found


def _stands(name: list[frozenset[str]], passage: list[frozenset[str]]) -> bool:
    """Tell whether a name's words stand in a passage one after the other."""
    return any(
        all(part & held for part, held in zip(name, passage[start:start + len(name)], strict=True))
        for start in range(len(passage) - len(name) + 1)
    )
