"""The room's errors."""

from news.errors import KhabarError


class WatchError(KhabarError):
    """A watch, an address or a mail setting is wrong; the message names it and says what to do."""
