"""Random documents and queries over one small vocabulary, so that many of the pairs match.

For every agreement test.

random = Random(7) documents = [document(random) for _ in range(1000)] queries = [query(random) for
_ in range(1000)] # parsed; str(query) is the text

Whoever answers queries (index, search, watches) compares its answers with news.query.evaluate over
these.
"""

from datetime import UTC, datetime, timedelta
from random import Random

from news.query import Document, Query, parse

# Words with endings, names in several scripts, numbers; few enough that random pairs meet.
_LISTS = {
    "en": "parliament parliaments sanction sanctions gas pipeline pipelines border borders talks "
    "minister ministers said Baku Aliyev's "
    "Tbilisi Yerevan Pashinyan Turkey Erdoğan U.S. Kobakhidze new New York 2026 3.5 agreed "
    "agreement well-known the of and",
    "az": "parlament parlamentin sanksiya sanksiyalar qaz qazın sərhəd sərhəddə nazir nazirlər "
    "dedi Bakı Bakıda Əliyev Əliyevin İlham "
    "Tiflis Ermənistan Paşinyan Türkiyə Qarabağda və ki bu 2026 danışıqlar",
    "tr": "meclis meclisin yaptırım yaptırımlar gaz gazın sınır sınırda bakan bakanlar dedi "
    "Bakü'de Aliyev'in İlham Tiflis Ermenistan "
    "Paşinyan Türkiye'nin Karabağ ve bu 2026 görüşmeler",
    "ru": "парламент парламента санкции санкций газ газа граница границе министр министра сказал "
    "Баку Алиев Алиева Ильхам Тбилиси Ереван "
    "Пашинян Пашиняна Турция Нью-Йорк Карабахе и в на 2026 переговоры",
    "ka": "პარლამენტი პარლამენტის სანქციები სანქციების გაზი საზღვარი საზღვარზე მინისტრი "
    "მინისტრმა ბაქო ალიევი ალიევმა თბილისი თბილისში "
    "ერევანი ფაშინიანი თურქეთი NATO-ს და რომ 2026 მოლაპარაკება",
    "hy": "խորհրդարան խորհրդարանի պատժամիջոցներ գազ գազի սահման սահմանին նախարար նախարարը Բաքու "
    "Ալիև Ալիևի Իլհամ Թբիլիսի Երևան Երևանում "
    "Փաշինյան Փաշինյանի Թուրքիա և է 2026 բանակցություններ",
    "fa": "مجلس تحریم تحریم‌ها گاز مرز مرزی وزیر باکو علی‌اف الهام تفلیس ایروان پاشینیان ترکیه و "
    "در که ۲۰۲۶ مذاکرات",
    "kk": "парламент парламенттің санкциялар газ шекара министр министрлер Баку Әлиев Тоқаев "
    "Тоқаевтың Астана Астанада және 2026",
    "uz": "parlament parlamentning sanksiyalar gaz chegara vazir vazirlar Boku Aliyev Mirziyoyev "
    "O‘zbekiston O‘zbekistonda va 2026",
    "und": "gaz Baku Aliyev ΑΘΗΝΑ 北京 2026",
}
WORDS = {language: tuple(words.split()) for language, words in _LISTS.items()}
OUTLETS = ("trend", "haqqin", "1news.az", "civil-ge", "armenpress")
COUNTRIES = ("az", "am", "ge", "tr")
SECTIONS = ("", "Politics", "Economy & Energy", "Сиясәт")
URLS = (
    "",
    "https://en.trend.az/azerbaijan/politics/12345.html",
    "https://haqqin.az/news/2026/11/gas-pipeline",
    "https://civil.ge/archives/99?page=gas%20border",
)
ADDRESSES = ("site:trend.az", "site:en.trend.az", "site:www.haqqin.az", "url:gas", "url:news/2026")
AUTHORS = ("Ali Aliyev", "Nino Beridze", "Əli Həsənov", "Анна Ким-Петрова", "")
ENTITIES = ("Turkey", "Kyiv", "New York")
_JOINERS = (" ",) * 12 + (", ", ". ", "\n", " – ", "; ")
_START = datetime(2026, 1, 1, tzinfo=UTC)


def document(random: Random, *, longest: int = 40) -> Document:
    """Return a document of up to `longest` words, mostly of one language."""
    language = random.choice(tuple(WORDS))
    return Document(
        title=_text(random, language, random.randint(0, 8)),
        text=_text(random, language, random.randint(0, longest)),
        language=language,
        outlet=random.choice(OUTLETS),
        authors=tuple(random.sample(AUTHORS, random.randint(0, 2))),
        country=random.choice(COUNTRIES),
        section=random.choice(SECTIONS),
        url=random.choice(URLS),
        published=_START + timedelta(minutes=random.randrange(300 * 24 * 60))
        if random.random() < 0.9
        else None,
        flags=frozenset(flag for flag in ("revised", "deleted", "silent") if random.random() < 0.3),
    )


def _text(random: Random, language: str, length: int) -> str:
    words = [
        _word(random, language if random.random() < 0.9 else random.choice(tuple(WORDS)))
        for _ in range(length)
    ]
    return "".join(word + random.choice(_JOINERS) for word in words)


def _word(random: Random, language: str) -> str:
    word = random.choice(WORDS[language])
    chance = random.random()
    return (
        word.upper() if chance < 0.03 and word != "and" else word.lower() if chance < 0.06 else word
    )


def query(random: Random, *, depth: int = 3, fields: bool = True) -> Query:
    """Return a query of all node kinds; `fields=False` leaves out what is not about the text."""
    return parse(query_text(random, depth=depth, fields=fields))


def query_text(random: Random, *, depth: int = 3, fields: bool = True) -> str:
    """Return the text of a query that parses."""
    kind = random.random() if depth else 1.0
    if kind < 0.2:
        return " ".join(
            f"({query_text(random, depth=depth - 1, fields=fields)})"
            for _ in range(random.randint(2, 3))
        )
    if kind < 0.45:
        return " OR ".join(
            f"({query_text(random, depth=depth - 1, fields=fields)})"
            for _ in range(random.randint(2, 4))
        )
    if kind < 0.55:
        return f"-({query_text(random, depth=depth - 1, fields=fields)})"
    if kind < 0.68:
        return f"{_operand(random)} NEAR/{random.choice((1, 2, 3, 5, 10, 50))} {_operand(random)}"
    if kind < 0.75 and fields:
        return _field(random)
    return _leaf(random)


def _operand(random: Random) -> str:
    if random.random() < 0.3:
        return f"({' OR '.join(_leaf(random) for _ in range(random.randint(2, 3)))})"
    return _leaf(random)


def _leaf(random: Random) -> str:
    kind = random.random()
    language = random.choice(tuple(WORDS))
    zone = "title:" if random.random() < 0.15 else ""
    if kind < 0.6:
        return zone + _word(random, language)
    if kind < 0.8:
        return f'{zone}"{" ".join(_word(random, language) for _ in range(random.randint(2, 3)))}"'
    if kind < 0.92:
        word = "".join(c for c in _word(random, language) if c.isalnum())
        return f"{zone}{word[: random.randint(2, 6)]}*" if len(word) > 1 else zone + word
    return f'{zone and "title:("}entity:"{random.choice(ENTITIES)}"{zone and ")"}'


def _field(random: Random) -> str:
    day = (_START + timedelta(days=random.randrange(300))).date().isoformat()
    return random.choice(
        (
            f"outlet:{random.choice(OUTLETS)}",
            f"country:{random.choice(COUNTRIES)}",
            f"lang:{random.choice(tuple(WORDS))}",
            f"after:{day}",
            f"before:{day}",
            f"after:{day[:7]}",
            f"before:{day}T12:30+04:00",
            "is:revised",
            "is:deleted",
            "is:silent",
            *ADDRESSES,
            f'section:"{random.choice(SECTIONS[1:])}"',
            f'author:"{random.choice(("Aliyev", "Ali Aliyev", "həsənov", "Петрова", "ber"))}"',
        )
    )
