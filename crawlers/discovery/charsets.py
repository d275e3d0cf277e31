"""In which charset an XML document was written, whatever its server and its first line say."""

import codecs
import re

from news.charsets import read_marked

_BARE_WIDE = ((b"<\0", "utf-16-le"), (b"\0<", "utf-16-be"))
_DECLARATION = re.compile(rb"<\?xml[^>]{0,200}?\?>")
_NAMED = re.compile(rb"""encoding\s*=\s*["']\s*([\w.:-]{1,40})""", re.IGNORECASE)
_IN_HEADER = re.compile(r"""charset\s*=\s*["']?\s*([\w.:-]{1,40})""", re.IGNORECASE)
_CODE_PAGE = re.compile(r"(?:x-)?(?:windows|win|cp|ms)[-_ ]?(\d{3,4})", re.IGNORECASE)
_LOOKED_AT = 1024  # bytes in which a declaration stands
_CYRILLIC_SHARE = 0.25  # of a text's letters, from which a code page is a Cyrillic one


def to_utf8(body: bytes, content_type: str = "") -> bytes:
    """Return an XML document in UTF-8, without mark and declaration; never raises.

    By RFC 7303 a byte order mark comes first, then the charset of the HTTP header, then the
    document's declaration. Before these two comes what the bytes themselves prove: hardly any text
    in another charset is valid UTF-8. A document that names no charset is judged by its letters.
    """
    marked = read_marked(body)
    if marked is not None:
        text, _ = marked
        return _without_declaration(text.encode())

    for start, name in _BARE_WIDE:
        if body.startswith(start):
            return _without_declaration(body.decode(name, "replace").encode())

    named = _named_charset(body, content_type)

    try:
        text = body.decode("utf-8")
    except UnicodeDecodeError:
        charset = "utf-8" if _is_nearly_utf8(body) else named or guess(body)
        text = body.decode(charset, "replace")
    else:
        # Seven-bit encodings are valid UTF-8 by their nature.
        if named in {"iso2022_jp", "hz", "utf-7"}:
            text = body.decode(named, "replace")

    return _without_declaration(text.encode("utf-8", "replace"))


def _without_declaration(body: bytes) -> bytes:
    """Return a document without its declarations; some have several."""
    return _DECLARATION.sub(b"", body[:_LOOKED_AT]) + body[_LOOKED_AT:]


def _named_charset(body: bytes, content_type: str) -> str | None:
    """Return the codec that the header names, or the document; None where neither does."""
    codec = None
    header = _IN_HEADER.search(content_type)
    if header is not None:
        codec = codec_of(header[1])

    declaration = _DECLARATION.search(body[:_LOOKED_AT])
    inside = _NAMED.search(declaration[0]) if declaration else None

    if codec is None and inside is not None:
        name = inside[1].decode("ascii")
        codec = codec_of(name)

    if codec in {"utf-8", "ascii"}:
        # A text that is no UTF-8 and is said to be: a wrong word.
        return None

    return codec


def codec_of(name: str) -> str | None:
    """Return the codec that a charset's name means, slips such as `cp-1251` included."""
    page = _CODE_PAGE.fullmatch(name.strip())
    try:
        return codecs.lookup(f"cp{page[1]}" if page else name.strip()).name
    except LookupError:
        return None


def _is_nearly_utf8(body: bytes) -> bool:
    """Tell whether a text is UTF-8 but for a few bytes."""
    text = body.decode("utf-8", "replace")
    foreign = sum(letter > "\x7f" for letter in text)

    return text.count("\ufffd") * 2 < foreign


def guess(body: bytes) -> str:
    """Return the codec of a text that is not UTF-8 and names none, by the region's code pages.

    Where many letters are not Latin it is Cyrillic: most letters of a text are small, and those of
    windows-1251 lie where KOI8-R has its capitals. Otherwise the Turkish code page, which holds the
    Western one.
    """
    high = [byte for byte in body if byte >= 0xC0]  # noqa: PLR2004  (letters of a code page)
    latin = sum(chr(byte).isalpha() for byte in body if byte < 0x80)  # noqa: PLR2004

    if len(high) < _CYRILLIC_SHARE * (len(high) + latin) / 2:
        return "cp1254"

    small_in_windows = sum(byte >= 0xE0 for byte in high)  # noqa: PLR2004

    return "cp1251" if small_in_windows * 2 >= len(high) else "koi8-r"
