"""Bytes to text: what the page says of its charset is a hint, what its bytes say decides."""

import codecs
import re
from dataclasses import dataclass

from w3lib.encoding import html_body_declared_encoding, http_content_type_encoding

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"), (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"),
)


@dataclass(frozen=True, slots=True)
class Decoded:
    """Text, the charset it was read in, and how that was known."""

    text: str
    charset: str
    how: str


def decode(body: bytes, content_type: str = "") -> Decoded | None:
    """Return the text of a page; None when no charset makes text of it."""
    for bom, charset in _BOMS:
        if body.startswith(bom):
            return Decoded(body[len(bom):].decode(charset, "replace"), charset, "byte order mark")
    try:
        return Decoded(body.decode("utf-8"), "utf-8", "valid utf-8")
    except UnicodeDecodeError:
        pass
    declared = http_content_type_encoding(content_type) or html_body_declared_encoding(body) or "cp1252"
    return Decoded(body.decode(declared, "replace"), declared, "declared")
