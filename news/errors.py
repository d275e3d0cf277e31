"""The root of every expected error.

Its message is one clear sentence that names the thing and what to do.
"""


class KhabarError(Exception):
    """Something outside is wrong, and the message says what to do.

    Each package derives one root of its own from it.
    """
