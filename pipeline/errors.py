"""Expected errors of the house, and what of an exception a person at a terminal wants to read."""

import errno

from news.errors import KhabarError

# What the system says when there is no room left: on the disk, or in somebody's share of it.
FULL = frozenset({errno.ENOSPC, errno.EDQUOT})
# What it says of a file that cannot be used; the sentence names the file.
_UNUSABLE = frozenset({errno.EACCES, errno.EROFS, errno.ENOENT, errno.EISDIR, errno.ENOTDIR})


class HouseError(KhabarError):
    """A part of the house does not start, stop or answer; the message says which, and its log."""


def explain(error: BaseException) -> str | None:
    """Return one sentence for an expected error, None for a surprise that deserves a traceback."""
    if isinstance(error, KhabarError):
        return str(error)
    if not isinstance(error, OSError):
        return None
    if error.errno in FULL:
        where = error.filename or "KHABAR_HOME"
        remedy = "free some space and run the command again, nothing is lost"
        return f"the disk is full ({where}); {remedy}"
    if error.errno in _UNUSABLE and error.filename:
        return f"{error.filename}: {error.strerror}"
    return None
