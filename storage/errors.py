"""The archive's errors."""

from news.errors import KhabarError


class StorageError(KhabarError):
    """The archive cannot do what was asked; the message says why and what to do."""
