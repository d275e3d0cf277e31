"""What is found of one part of a package: an outcome and a sentence."""

from dataclasses import dataclass
from enum import StrEnum


class Outcome(StrEnum):
    """Whether a part holds."""

    YES = "yes"
    NO = "no"
    ABSENT = "not present"
    OPEN = "undecided"  # what is there is whole; deciding takes what is not in the package


@dataclass(frozen=True, slots=True)
class Finding:
    """One part's outcome; `sentence` says what was looked at, or what is wrong with what."""

    part: str
    outcome: Outcome
    sentence: str


def yes(part: str, sentence: str) -> Finding:
    """Return that a part holds."""
    return Finding(
        part,
        Outcome.YES,
        sentence,
    )


def no(part: str, sentence: str) -> Finding:
    """Return that a part does not hold."""
    return Finding(
        part,
        Outcome.NO,
        sentence,
    )


def absent(part: str, sentence: str) -> Finding:
    """Return that a part is not there."""
    return Finding(
        part,
        Outcome.ABSENT,
        sentence,
    )


def undecided(part: str, sentence: str) -> Finding:
    """Return that a part is whole, and that more is needed to say whether it holds."""
    return Finding(
        part,
        Outcome.OPEN,
        sentence,
    )
