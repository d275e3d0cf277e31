"""A record as programs that show old pages look it up."""

import re
from io import BytesIO

from evidence.cdxj import Line
from evidence.exchanges import Exchange, field_of, members

_TYPE = re.compile(rb"^content-type:[ \t]*([^;\r\n]+)", re.IGNORECASE | re.MULTILINE)
_REVISIT = "warc/revisit"


def line_of(exchange: Exchange, data: bytes, offset: int) -> Line:
    """Return the index's line of an exchange whose bytes begin at an offset of the archive."""
    answer = next(members(BytesIO(data)))
    mime = _REVISIT if exchange.leaf.kind == "revisit" else _mime(answer.data)

    return Line(
        url=exchange.url,
        fetched_at=exchange.leaf.fetched_at,
        status=exchange.leaf.status,
        mime=mime,
        digest=field_of(answer.data, b"WARC-Payload-Digest"),
        offset=offset,
        length=answer.length,
    )


def _mime(record: bytes) -> str:
    """Return what an answer says it is, by its HTTP head."""
    _, _, block = record.partition(b"\r\n\r\n")
    head, _, _ = block.partition(b"\r\n\r\n")
    found = _TYPE.search(head)

    return found[1].decode("ascii", "replace").strip() if found else "unk"
