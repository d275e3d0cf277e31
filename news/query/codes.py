"""Languages and countries as people name them, and the codes under which articles have them."""

from functools import cache

# Code of two letters: its code of three letters, then its names, folded.
_LANGUAGES = """
ar ara arabic العربية арабский
az aze azerbaijani azeri azərbaycan azərbaycanca азербайджанский
be bel belarusian беларуская белорусский
bg bul bulgarian български
cs ces cze czech čeština
de deu ger german deutsch немецкий almanca
el ell gre greek ελληνικά греческий
en eng english английский ingilizce ingilis
es spa spanish español испанский
fa fas per persian farsi فارسی персидский farsça fars
fi fin finnish suomi
fr fra fre french français французский fransızca
he heb hebrew עברית
hi hin hindi हिन्दी
hu hun hungarian magyar
hy hye arm armenian հայերեն армянский ermenice erməni
it ita italian italiano
ja jpn japanese 日本語
ka kat geo georgian ქართული грузинский gürcüce gürcü
kk kaz kazakh қазақ қазақша казахский kazakça
ko kor korean 한국어
ku kur kurdish kurdî курдский
ky kir kyrgyz kirghiz кыргызча кыргыз киргизский
nl nld dut dutch nederlands
no nor norwegian norsk
pl pol polish polski
ps pus pashto پښتو
pt por portuguese português
ro ron rum romanian română
ru rus russian русский rusça rus
sv swe swedish svenska
tg tgk tajik тоҷикӣ таджикский
tk tuk turkmen türkmen туркменский
tr tur turkish türkçe турецкий türk
tt tat tatar татарча татарский
uk ukr ukrainian українська украинский
ur urd urdu اردو
uz uzb uzbek oʻzbek o'zbek oʻzbekcha ўзбек узбекский
zh zho chi chinese 中文 китайский
"""
_COUNTRIES = """
ae are uae emirates
af afg afghanistan афганистан
am arm armenia հայաստան армения ermenistan ermənistan
az aze azerbaijan azərbaycan азербайджан azerbaycan
bg bgr bulgaria
by blr belarus беларусь
cn chn china китай
de deu germany deutschland германия
fr fra france франция
gb gbr britain england uk великобритания
ge geo georgia საქართველო грузия gürcistan gürcüstan
gr grc greece греция
il isr israel израиль
in ind india индия
iq irq iraq ирак
ir irn iran ایران иран
it ita italy италия
kg kgz kyrgyzstan кыргызстан киргизия
kz kaz kazakhstan қазақстан казахстан
md mda moldova молдова
mn mng mongolia монголия
pk pak pakistan пакистан
pl pol poland польша
ro rou romania румыния
ru rus russia россия rusya rusiya
sa sau
sy syr syria сирия
tj tjk tajikistan тоҷикистон таджикистан
tm tkm turkmenistan türkmenistan туркменистан
tr tur turkey türkiye турция turkiye
ua ukr ukraine україна украина
us usa america сша
uz uzb uzbekistan oʻzbekiston ўзбекистон узбекистан
"""
_PHRASES = {
    "united states": "us",
    "united kingdom": "gb",
    "great britain": "gb",
    "saudi arabia": "sa",
    "united arab emirates": "ae",
}
# Codes of countries that are asked for as languages, and of languages as countries.
_SPOKEN = {"cn": "zh", "cz": "cs", "gr": "el", "jp": "ja", "kz": "kk", "ua": "uk", "us": "en"}
_LIVED_IN = {"fa": "ir", "hy": "am", "ka": "ge", "kk": "kz", "en": "gb", "uk": "gb"}


def language(value: str) -> str:
    """Return the code of a language that is named, or written en-US or eng; empty for none."""
    languages, _ = _tables()
    name = _folded(value)

    return _found(name, languages, _SPOKEN)


def country(value: str) -> str:
    """Return the code of a country that is named, or written with three letters; empty for none."""
    name = _folded(value)
    code = _PHRASES.get(name)
    if code is not None:
        return code

    _, countries = _tables()

    return _found(name, countries, _LIVED_IN)


def is_language(code: str) -> bool:
    """Return whether a code of two letters is a language's that has a name here."""
    languages, _ = _tables()

    return code in languages.values()


def _found(name: str, names: dict[str, str], mistaken: dict[str, str]) -> str:
    """Return the code that a name means; empty where it is one already, or means none."""
    if name in mistaken:
        return mistaken[name]
    if name in names:
        return names[name]

    head, _, region = name.partition("-")
    if not region.isalnum():
        return ""

    codes = names.values()

    return head if head in codes else ""


def _folded(value: str) -> str:
    words = value.lower().replace("_", "-").split()
    if words[:1] == ["the"]:
        words = words[1:]

    return " ".join(words)


@cache
def _tables() -> tuple[dict[str, str], dict[str, str]]:
    """Return names and codes of three letters -> codes of two, of languages and of countries."""
    return _read(_LANGUAGES), _read(_COUNTRIES)


def _read(table: str) -> dict[str, str]:
    codes: dict[str, str] = {}
    lines = table.strip().split("\n")

    for line in lines:
        code, *names = line.split()
        for name in names:
            codes[name] = code

    return codes
