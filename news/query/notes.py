"""What a query was read as, where it looks like something else.

One sentence for whoever wrote it.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Note:
    """One sentence about a query, and the character (0 to len(query)) that it is about."""

    sentence: str
    position: int

    def __str__(self) -> str:
        """Return the sentence with the character counted as people count."""
        return f"{self.sentence} (character {self.position + 1})"
