"""Zones as texts name them: offsets and abbreviations."""

import re
from datetime import UTC, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo

# Minutes east of Greenwich, of the abbreviations that news of the region uses.
_ABBREVIATIONS = {
    "utc": 0,
    "gmt": 0,
    "z": 0,
    "cet": 60,
    "cest": 120,
    "msk": 180,
    "мск": 180,
    "eet": 120,
    "eest": 180,
    "trt": 180,
    "est": -300,
    "edt": -240,
    "cst": -360,
    "cdt": -300,
    "mst": -420,
    "mdt": -360,
    "pst": -480,
    "pdt": -420,
    "bst": 60,
    "ist": 330,
    "jst": 540,
    "kst": 540,
    "irst": 210,
    "azt": 240,
    "get": 240,
    "amt": 240,
}
# Zones that are told by a word beside a time of day: two letters, or the name of a city.
_AMERICAN = {
    "ET": "America/New_York",
    "CT": "America/Chicago",
    "MT": "America/Denver",
    "PT": "America/Los_Angeles",
}
_CITIES = {
    "baku": "Asia/Baku",
    "bakı": "Asia/Baku",
    "баку": "Asia/Baku",
    "бакин": "Asia/Baku",
    "tbilisi": "Asia/Tbilisi",
    "тбилис": "Asia/Tbilisi",
    "yerevan": "Asia/Yerevan",
    "ереван": "Asia/Yerevan",
    "istanbul": "Europe/Istanbul",
    "moscow": "Europe/Moscow",
    "москов": "Europe/Moscow",
    "москв": "Europe/Moscow",
    "tehran": "Asia/Tehran",
    "тегеран": "Asia/Tehran",
    "tashkent": "Asia/Tashkent",
    "ташкент": "Asia/Tashkent",
    "astana": "Asia/Almaty",
    "астан": "Asia/Almaty",
    "bishkek": "Asia/Bishkek",
    "бишкек": "Asia/Bishkek",
    "dushanbe": "Asia/Dushanbe",
    "душанбин": "Asia/Dushanbe",
    "ashgabat": "Asia/Ashgabat",
    "london": "Europe/London",
}
_CITY = re.compile(rf"\b({'|'.join(_CITIES)})", re.IGNORECASE)
_TIME = re.compile(r"\btime\b|\bvaxtı|\bврем[яе]|\bпо\s|\bsaati", re.IGNORECASE)
_TWO_LETTERS = re.compile(r"\b(ET|CT|MT|PT)\b")
_SIGNED = re.compile(r"^[\s(]*([+-]\d{2}:?\d{2})\b")
_WORD = re.compile(r"\b([A-Z]{3,4}|мск|МСК|Мск)\b(?!\s*[+-]\d)")
_OFFSET = re.compile(r"\b(?:UTC|GMT)\s*([+-])(\d{1,2})(?::?(\d{2}))?", re.IGNORECASE)
_BESIDE_CITY = 30  # characters in which a city's time is named
_BESIDE = 16  # characters after a time of day in which its zone stands


def from_offset(text: str) -> tzinfo:
    """Return the zone of "Z", "UTC", "+0400", "+04:00" or "+04"; raises ValueError beyond a day."""
    if text.upper() in {"Z", "UTC", "GMT"}:
        return UTC

    digits = text[1:].replace(":", "").ljust(4, "0")
    hours = int(digits[:2])
    minutes = int(digits[2:4])
    east = timedelta(hours=hours, minutes=minutes)

    if text.startswith("-"):
        return timezone(-east)

    return timezone(east)


def from_word(text: str) -> tzinfo | None:
    """Return the zone of the first abbreviation in a text, None when that is none we know."""
    match = _WORD.search(text)
    if match is None:
        return None

    abbreviation = match[1].lower()
    minutes = _ABBREVIATIONS.get(abbreviation)
    if minutes is None:
        return None

    return timezone(timedelta(minutes=minutes))


def beside_clock(after: str) -> tzinfo | None:
    """Return the zone named right after a time of day: "UTC+4", "(МСК)"."""
    beside = after[:_BESIDE]
    match = _OFFSET.search(beside)
    if match is None:
        return _named(beside, after[:_BESIDE_CITY])

    sign, hours, minutes = match.groups(default="00")
    two_digits = hours.zfill(2)

    return from_offset(f"{sign}{two_digits}{minutes}")


def _named(beside: str, further: str) -> tzinfo | None:
    """Return the zone of a bare offset, an abbreviation or a city's time."""
    signed = _SIGNED.match(beside)
    if signed is not None:
        return from_offset(signed[1])

    american = _TWO_LETTERS.search(beside)
    if american is not None:
        return ZoneInfo(_AMERICAN[american[1]])

    known = from_word(beside)
    if known is not None:
        return known

    city = _CITY.search(further)
    if city is None or not _TIME.search(further):
        return None

    return ZoneInfo(_CITIES[city[1].lower()])
