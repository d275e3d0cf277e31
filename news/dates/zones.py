"""Zones as texts name them: offsets and abbreviations."""

import re
from datetime import UTC, timedelta, timezone, tzinfo

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
_WORD = re.compile(r"\b([A-Z]{3,4}|мск|МСК|Мск)\b(?!\s*[+-]\d)")
_OFFSET = re.compile(r"\b(?:UTC|GMT)\s*([+-])(\d{1,2})(?::?(\d{2}))?", re.IGNORECASE)
_BESIDE = 16  # characters after a time of day in which its zone stands


def from_offset(text: str) -> tzinfo:
    """Return the zone of "Z", "UTC", "+0400", "+04:00" or "+04"; raises ValueError beyond a day."""
    if text.upper() in {"Z", "UTC", "GMT"}:
        return UTC
    digits = text[1:].replace(":", "").ljust(4, "0")
    minutes = int(digits[:2]) * 60 + int(digits[2:4])
    return timezone(timedelta(minutes=-minutes if text[0] == "-" else minutes))


def from_word(text: str) -> tzinfo | None:
    """Return the zone of the first abbreviation in a text, None when that is none we know."""
    match = _WORD.search(text)
    minutes = _ABBREVIATIONS.get(match.group(1).lower()) if match else None
    return None if minutes is None else timezone(timedelta(minutes=minutes))


def beside_clock(after: str) -> tzinfo | None:
    """Return the zone named right after a time of day: "UTC+4", "(МСК)"."""
    beside = after[:_BESIDE]
    match = _OFFSET.search(beside)
    if match is None:
        return from_word(beside)
    sign, hours, minutes = match[1], match[2].zfill(2), match[3] or "00"
    return from_offset(f"{sign}{hours}{minutes}")
