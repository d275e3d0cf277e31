"""What the first bytes of a text say of its charset."""

import codecs

# The longer marks come first: that of UTF-32 begins with that of UTF-16.
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)


def read_marked(body: bytes) -> tuple[str, str] | None:
    """Return a text and its charset by its byte order mark, which is left out; None without one.

    Bytes that the charset does not know become the replacement character.
    """
    for mark, charset in _MARKS:
        if body.startswith(mark):
            unmarked = body[len(mark) :]
            return unmarked.decode(charset, "replace"), charset

    return None
