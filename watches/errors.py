"""The errors of watches and their mails."""

from news.errors import KhabarError


class WatchError(KhabarError):
    """A watch, an address or a mail setting is wrong; the message names it and says what to do."""
