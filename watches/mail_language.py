"""The words of mails, labels/<language>.toml, and the direction in which a language is written."""

import re
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

_FOLDER = Path(__file__).parent / "delivery" / "labels"
_FALLBACK = "en"
_RIGHT_TO_LEFT = {"ar", "ckb", "fa", "he", "ps", "ur", "yi"}
_CODE = re.compile(r"[a-z]{2,3}")


@cache
def labels(language: str) -> dict[str, Any]:
    """Return the labels of a language, English where it has none."""
    words = _read(_FALLBACK)
    if _CODE.fullmatch(language) and (_FOLDER / f"{language}.toml").exists():
        words |= _read(language)

    return words


@cache
def languages() -> tuple[str, ...]:
    """Return the languages that mails can be written in, in alphabetical order."""
    return tuple(sorted(path.stem for path in _FOLDER.glob("*.toml")))


def direction(language: str) -> str:
    """Return "rtl" or "ltr"."""
    base, _, _ = language.partition("-")

    return "rtl" if base in _RIGHT_TO_LEFT else "ltr"


def _read(language: str) -> dict[str, Any]:
    """Return the labels of a language's file."""
    path = _FOLDER / f"{language}.toml"

    return tomllib.loads(path.read_text(encoding="utf-8"))
