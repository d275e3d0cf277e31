"""Names of invented people and companies and of real places, in each script.

Dates and figures as each language writes them.
"""

from datetime import date
from functools import cache

from press.lexicon import lexicon

# Spelt by sound; `spell` writes them in each script. Any likeness with living people is chance.
FIRST = (
    "Kamran",
    "Leyla",
    "Aram",
    "Nino",
    "Timur",
    "Dana",
    "Orhan",
    "Shirin",
    "Vardan",
    "Tamar",
    "Rustam",
    "Ayla",
    "Davit",
    "Parvin",
    "Marat",
    "Selin",
    "Hayk",
    "Ketevan",
    "Farid",
    "Gulnar",
    "Bahram",
    "Narine",
    "Levan",
    "Zarina",
    "Emin",
    "Mariam",
    "Kaveh",
    "Oksana",
)
LAST = (
    "Sadirli",
    "Gelavani",
    "Tovakyan",
    "Berdiyar",
    "Zerandi",
    "Karabulak",
    "Mirzohid",
    "Yavruoz",
    "Khorasan",
    "Daryush",
    "Ostrakov",
    "Shamkirov",
    "Beridashvan",
    "Norayan",
    "Velibekov",
    "Tasharoz",
    "Gurgenadze",
    "Altunbay",
    "Rovshanli",
    "Parizad",
    "Sevanyan",
    "Demirsu",
    "Kutashvan",
    "Omarzoda",
    "Lernakan",
    "Chalabyar",
    "Ismatov",
    "Yeraskhan",
    "Tokbayev",
    "Gaznavi",
    "Zurabov",
    "Manukar",
)
ORGS = (
    "Novaral",
    "Kaspera",
    "Meridiya",
    "Altavan",
    "Orvela",
    "Tamariks",
    "Bereket",
    "Lumena",
    "Arvanda",
    "Selvira",
    "Dorukan",
    "Mirzon",
    "Karavel",
    "Ostrana",
    "Velidar",
    "Zamira",
    "Torkana",
    "Ekbatan",
    "Shahdag",
    "Irmak",
    "Burulay",
    "Gelendost",
    "Sapfira",
    "Umidvar",
    "Keravan",
    "Aldona",
    "Zerger",
    "Pirimur",
    "Norabats",
    "Luvana",
    "Osmira",
    "Tiragon",
)
_PLACES = """
Baku|Bakı|Bakü|Баку|Բաքու|ბაქო|باکو
Sumgayit|Sumqayıt|Sumgayıt|Сумгаит|Սումգայիթ|სუმგაითი|سومقاییت
Ganja|Gəncə|Gence|Гянджа|Գյանջա|განჯა|گنجه
Lankaran|Lənkəran|Lenkeran|Ленкорань|Լենքորան|ლენქორანი|لنکران
Tbilisi|Tbilisi|Tiflis|Тбилиси|Թբիլիսի|თბილისი|تفلیس
Batumi|Batumi|Batum|Батуми|Բաթումի|ბათუმი|باتومی
Kutaisi|Kutaisi|Kutaisi|Кутаиси|Քութաիսի|ქუთაისი|کوتائیسی
Poti|Poti|Poti|Поти|Փոթի|ფოთი|پوتی
Yerevan|İrəvan|Erivan|Ереван|Երևան|ერევანი|ایروان
Gyumri|Gümrü|Gümrü|Гюмри|Գյումրի|გიუმრი|گیومری
Vanadzor|Vanadzor|Vanadzor|Ванадзор|Վանաձոր|ვანაძორი|وانادزور
Kars|Qars|Kars|Карс|Կարս|ყარსი|قارص
Trabzon|Trabzon|Trabzon|Трабзон|Տրապիզոն|ტრაპიზონი|طرابزون
Erzurum|Ərzurum|Erzurum|Эрзурум|Էրզրում|ერზრუმი|ارزروم
Samsun|Samsun|Samsun|Самсун|Սամսուն|სამსუნი|سامسون
Aktau|Aktau|Aktau|Актау|Ակտաու|აქტაუ|آکتائو
Almaty|Almatı|Almatı|Алматы|Ալմաթի|ალმათი|آلماتی
Tashkent|Daşkənd|Taşkent|Ташкент|Տաշքենդ|ტაშკენტი|تاشکند
Samarkand|Səmərqənd|Semerkant|Самарканд|Սամարղանդ|სამარყანდი|سمرقند
Bishkek|Bişkek|Bişkek|Бишкек|Բիշքեկ|ბიშკეკი|بیشکک
Dushanbe|Düşənbə|Duşanbe|Душанбе|Դուշանբե|დუშანბე|دوشنبه
Rasht|Rəşt|Reşt|Решт|Ռեշտ|რეშთი|رشت
Tabriz|Təbriz|Tebriz|Тебриз|Թավրիզ|თავრიზი|تبریز
Astara|Astara|Astara|Астара|Աստարա|ასტარა|آستارا
"""
_ORDER = ("en", "az", "tr", "ru", "hy", "ka", "fa")
PLACES = tuple(
    dict(zip(_ORDER, line.split("|"), strict=True)) for line in _PLACES.strip().splitlines()
)

_SOUNDS = ("sh", "ch", "kh", "gh", "zh", "ts", "dz", *"abdefghijklmnopqrstuvxyzwc")
_LETTERS = {
    "az": "ş ç x ğ j ts dz a b d e f g h i c k l m n o p q r s t u v ks y z v k",
    "tr": "ş ç h ğ j ts dz a b d e f g h i c k l m n o p k r s t u v ks y z v k",
    "ru": "ш ч х г ж ц дз а б д е ф г х и дж к л м н о п к р с т у в кс й з в к",
    "hy": "շ չ խ ղ ժ ց ձ ա բ դ ե ֆ գ հ ի ջ կ լ մ ն ո պ ք ր ս տ ու վ քս յ զ վ կ",
    "ka": "შ ჩ ხ ღ ჟ ც ძ ა ბ დ ე ფ გ ჰ ი ჯ კ ლ მ ნ ო პ ქ რ ს ტ უ ვ ქს ი ზ ვ კ",
    "fa": "ش چ خ غ ژ تس دز ا ب د ه ف گ ه ی ج ک ل م ن و پ ق ر س ت و و کس ی ز و ک",
}
_IOTATED = (("йа", "я"), ("йу", "ю"), ("йе", "е"), ("йо", "ё"), ("ий ", "ий "))
_IN = {
    "en": "in {}",
    "az": "{} şəhərində",
    "tr": "{} kentinde",
    "ru": "в городе {}",
    "hy": "{} քաղաքում",
    "fa": "در {}",
}
_MILLION = {
    "en": "{} million dollars",
    "az": "{} milyon dollar",
    "tr": "{} milyon dolar",
    "ru": "{} млн долларов",
    "hy": "{} միլիոն դոլար",
    "ka": "{} მილიონი დოლარი",
    "fa": "{} میلیون دلار",
}
_QUOTED = {
    "en": "{}",
    "az": "“{}”",
    "tr": "{}",
    "ru": "«{}»",
    "hy": "«{}»",
    "ka": "„{}“",
    "fa": "«{}»",
}
_RU_MONTHS = (
    "январь",
    "февраль",
    "март",
    "апрель",
    "май",
    "июнь",
    "июль",
    "август",
    "сентябрь",
    "октябрь",
    "ноябрь",
    "декабрь",
)
_PERSIAN_DIGITS = str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹")
CREDITS = {
    "en": "{} reports.",
    "az": "Bu barədə {} agentliyinə istinadən məlumat verilir.",
    "tr": "{} haberine göre gelişmeler sürüyor.",
    "ru": "Об этом сообщает {}.",
    "hy": "Այս մասին հաղորդում է {} գործակալությունը։",
    "ka": "ამის შესახებ იუწყება {}.",
    "fa": "این خبر به نقل از {} منتشر شده است.",
}


@cache
def sounds(language: str) -> dict[str, str]:
    """Return each sound of the names with its letter."""
    return dict(
        zip(
            _SOUNDS,
            _LETTERS[language].split(),
            strict=True,
        )
    )


@cache
def spell(name: str, language: str) -> str:
    """Write a name of FIRST, LAST or ORGS in a language's script."""
    if language == "en":
        return name

    letters = sounds(language)
    out = ""

    rest = name.lower()
    while rest:
        sound = next(sound for sound in _SOUNDS if rest.startswith(sound))
        out += letters[sound]
        rest = rest[len(sound) :]

    if language == "ru":
        for plain, letter in _IOTATED:
            out = out.replace(plain, letter)

    if language == "fa" and name[0] in "OUEI":
        return "ا" + out
    if language == "az" and out.startswith("i"):
        return "İ" + out[1:]
    if language not in {"ka", "fa"}:
        return out[:1].upper() + out[1:]

    return out


def person(number: int, language: str) -> str:
    """Return the name of an invented person."""
    first = FIRST[number % len(FIRST)]
    last = LAST[number // len(FIRST) % len(LAST)]

    return f"{spell(first, language)} {spell(last, language)}"


def org(number: int, language: str) -> str:
    """Return the name of an invented company, with the quotation marks its language gives it."""
    return _QUOTED[language].format(spell(ORGS[number % len(ORGS)], language))


def place(number: int, language: str) -> str:
    """Return a place's name."""
    return PLACES[number % len(PLACES)][language]


def in_place(number: int, language: str) -> str:
    """Return 'in <place>' as the language says it."""
    name = place(number, language)
    if language != "ka":
        return _IN[language].format(name)

    return (name.removesuffix("ი")) + "ში"


def digits(text: str, language: str) -> str:
    """Return a figure in the language's digits."""
    if language == "fa":
        return text.translate(_PERSIAN_DIGITS)

    return text


def decimal(tenths: int, language: str) -> str:
    """Return tenths as a decimal figure: 74 is 7.4, or 7,4 outside English."""
    point = {"en": ".", "fa": "٫"}.get(language, ",")
    return digits(
        f"{tenths // 10}{point}{tenths % 10}",
        language,
    )


def million(tenths: int, language: str) -> str:
    """Return a sum in millions of dollars."""
    return _MILLION[language].format(decimal(tenths, language))


def count(number: int, language: str) -> str:
    """Return a count with the language's thousands mark."""
    mark = {"en": ",", "tr": ".", "fa": "٬"}.get(language, "\u00a0")
    return digits(
        f"{number:,}".replace(",", mark),
        language,
    )


def month(day: date, language: str) -> str:
    """Return a month's name as it stands before 'figures' or 'month'."""
    name = lexicon(language)["months"][day.month - 1]
    if language == "ru":
        return _RU_MONTHS[day.month - 1]

    return {"hy": name[:-1], "ka": name[:-1] + "ის"}.get(
        language,
        name,
    )


def day_month(day: date, language: str) -> str:
    """Return day and month in words, 'on' included where the language inflects for it."""
    name = lexicon(language)["months"][day.month - 1]
    if language == "hy":
        return f"{name} {day.day}-ին"
    if language == "ka":
        return f"{day.day} {name[:-1]}ს"

    return f"{digits(str(day.day), language)} {name}"


def long_date(day: date, language: str) -> str:
    """Return a date in words as sites print it."""
    name = lexicon(language)["months"][day.month - 1]
    shape = {
        "en": f"{name} {day.day}, {day.year}",
        "hy": f"{day.day} {name}, {day.year}",
    }.get(language, f"{day.day} {name} {day.year}")

    return digits(shape, language)
