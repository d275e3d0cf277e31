"""What a profile says: of a text, of a slot, of the outlet's template."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the profile says of one text in one slot.

    The rule, 0 to 1 how surely, and how many other articles showed it.
    """

    rule: str
    confidence: float
    others: int


@dataclass(frozen=True, slots=True)
class Usage:
    """What is known of one slot.

    Its texts, how many of them recur on other articles' pages, and its articles.
    """

    texts: int = 0
    recurring: int = 0
    articles: int = 0

    @property
    def share(self) -> float:
        """The share of texts that recur, 0 to 1."""
        return self.recurring / max(1, self.texts)


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened to the outlet's template."""

    name: str
    detail: str
