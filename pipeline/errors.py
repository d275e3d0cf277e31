"""Expected errors of the house, and what of an exception a person at a terminal wants to read."""

import errno

from news.errors import KhabarError

# What the system says when there is no room left: on the disk, or in somebody's share of it.
FULL = frozenset({errno.ENOSPC, errno.EDQUOT})


class HouseError(KhabarError):
    """A part of the house does not start, stop or answer; the message says which, and where its log is."""


def explain(error: BaseException) -> str | None:
    """Return one sentence for an expected error, None for a surprise that deserves its traceback."""
    if isinstance(error, KhabarError):
        return str(error)
    if isinstance(error, OSError) and error.errno in FULL:
        return f"the disk is full ({error.filename or 'KHABAR_HOME'}); free some space and run the command again, nothing is lost"
    if (
        isinstance(error, OSError)
        and error.errno in {errno.EACCES, errno.EROFS, errno.ENOENT, errno.EISDIR, errno.ENOTDIR}
        and error.filename
    ):
        return f"{error.filename}: {error.strerror}"
    return None
