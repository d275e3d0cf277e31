"""What can be wrong when the press is asked for something."""

from news.errors import KhabarError


class PressError(KhabarError):
    """The press cannot do what was asked, and the message says why."""
