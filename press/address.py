"""The forms of address in use: paths made from a number, a date, a title."""

from datetime import datetime
from urllib.parse import quote

from press import names

_CYRILLIC = dict(
    zip(
        "абвгдеёжзийклмнопрстуфхцчшщъыьэюя",
        [
            "a",
            "b",
            "v",
            "g",
            "d",
            "e",
            "yo",
            "zh",
            "z",
            "i",
            "y",
            "k",
            "l",
            "m",
            "n",
            "o",
            "p",
            "r",
            "s",
            "t",
            "u",
            "f",
            "kh",
            "ts",
            "ch",
            "sh",
            "shch",
            "",
            "y",
            "",
            "e",
            "yu",
            "ya",
        ],
        strict=True,
    )
)
_LATIN = dict(zip("əıöüşçğâşı", "eiouscgasi", strict=True))
SECTIONS = (
    "energy",
    "transport",
    "economy",
    "agriculture",
    "incidents",
    "culture",
    "sport",
    "health",
    "education",
    "technology",
    "politics",
    "environment",
)


def slug(title: str, language: str, *, upper: bool = False) -> str:
    """Return a title as the words of an address.

    ASCII, at most nine words, except Persian, which keeps its letters.
    """
    letters = _table(language)
    plain = "".join(letters.get(letter, letter) for letter in title.replace("İ", "i").lower())
    kept = "".join(
        letter if letter.isalnum() and (letter.isascii() or language == "fa") else " "
        for letter in plain.replace("\u200c", " ")
    )
    words = kept.split()[:9]

    return "-".join(word.capitalize() if upper else word for word in words) or "story"


def _table(language: str) -> dict[str, str]:
    if language == "ru":
        return _CYRILLIC

    if language in {"hy", "ka"}:
        sounds = {letter: sound for sound, letter in names.sounds(language).items()}
        return {
            **sounds,
            "ქ": "k",
            "წ": "ts",
            "ჭ": "ch",
            "თ": "t",
            "ყ": "q",
            "პ": "p",
            "ო": "o",
            "է": "e",
            "թ": "t",
            "ծ": "ts",
            "ճ": "ch",
            "ռ": "r",
            "փ": "p",
            "և": "ev",
            "ը": "y",
            "օ": "o",
        }

    return _LATIN if language != "fa" else {}


def path(
    form: str,
    language: str,
    *,
    number: int,
    at: datetime,
    title: str,
    section: int,
) -> str:
    """Return the path (and query, if any) of an article's address.

    `number` is unique within the outlet, `at` is local time.
    """
    ident = 410_000 + 7 * number

    words = slug(title, language, upper=form == "haber")
    match form:
        case "wire":
            made = f"/{language}/{SECTIONS[section]}/{3_200_000 + ident}.html"
        case "plain":
            made = (
                f"/news/{words}-{number}"
                if number % 3 == 0
                else f"/news/{words}-{at:%d%m}{number % 100:02d}"
            )
        case "dated":
            made = f"/{at:%Y/%m/%d}/{words}-{number}/"
        case "post":
            made = f"/{language}/post/{words}-{ident}"
        case "number":
            made = f"/{language}/news/{ident}"
        case "numbered":
            made = f"/article/{ident}-{words}"
        case "haber":
            made = f"/haber/{words}-{ident}"
        case "persian":
            made = quote(f"/fa/news/{ident}/{words}")
        case "novosti":
            made = f"/novosti/?id={ident}" if number % 5 == 0 else f"/novosti/{at:%Y}/{ident}/"
        case _:
            made = (
                f"/{language}/news/{at:%Y%m%d%H%M%S}{number % 1000:03d}"
                f"-{slug(title, language, upper=True)}"
            )

    return made
