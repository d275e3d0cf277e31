"""What is wrong with a thing that should be evidence."""

from news.errors import KhabarError


class EvidenceError(KhabarError):
    """A head, a key, a proof or a package is not what it should be; the message says what."""
