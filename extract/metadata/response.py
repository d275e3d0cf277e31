"""What a response tells before it is read: its status, its size, whether it is HTML."""

import re

from news.article import Page, Reason

Found = tuple[Reason, str]  # why a page is no article, and what shows it
_HTML = re.compile(
    rb"<\s*(?:!doctype|html|head|body|div|p|meta|title|article|script)\b", re.IGNORECASE
)
_BINARY = (
    b"%PDF",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"PK\x03\x04",
    b"\x1f\x8b",
    b"RIFF",
    b"\x00\x00\x00\x18ftyp",
    b"\x00\x00\x00 ftyp",
)


def by_response(page: Page, most: int) -> Found | None:
    """Return why a response cannot be an article, judged without reading it.

    `most` bytes are an article at most.
    """
    if page.status in {404, 410}:
        return Reason.GONE, str(page.status)

    if page.gone:
        return Reason.GONE, page.gone

    if page.status >= 400:  # noqa: PLR2004
        return Reason.HTTP_ERROR, str(page.status)

    if len(page.body) > most:
        return Reason.TOO_LARGE, f"{len(page.body)} bytes"

    if not page.body.strip(b"\0 \t\r\n"):
        return Reason.EMPTY, "no bytes"

    return _by_format(page)


def _by_format(page: Page) -> Found | None:
    """Return why a response's bytes are no HTML, or None."""
    start = page.body[:4096]
    if start.startswith(_BINARY):
        return Reason.NOT_HTML, "a file of another kind"

    if _HTML.search(start):
        return None

    content_type = ""

    for name, value in page.headers:
        if name.lower() == "content-type":
            content_type = value.lower()
            break

    if content_type and "html" not in content_type and "xml" not in content_type:
        return Reason.NOT_HTML, content_type[:80]

    if start.lstrip()[:1] in {b"{", b"["}:
        return Reason.NOT_HTML, "JSON"

    return None
