"""One step of an article's way from the door to the mail, and how it went."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Verdict(StrEnum):
    """How a step went."""

    DONE = "ok"
    WAITS = "waiting"
    ENDS = "failed"  # the article went no further


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One step of an article's way: what happened, and what to change where it went no further."""

    name: str
    verdict: Verdict
    sentence: str
    advice: str = ""


def written(moment: datetime | None) -> str:
    """Return a moment for people, in UTC."""
    return f"{moment:%-d %b %Y, %H:%M} UTC" if moment else "an unknown time"
