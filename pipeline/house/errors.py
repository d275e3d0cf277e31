"""What can go wrong when the house is started or stopped."""

from news.errors import KhabarError


class HouseError(KhabarError):
    """A part of the house does not start, stop or answer; the message says which, and where its log is."""
