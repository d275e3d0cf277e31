"""A mail's three texts, ready to be put into a message."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Rendered:
    """A mail's three texts."""

    subject: str
    text: str
    html: str
