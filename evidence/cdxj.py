"""The index of a package's WARC (CDXJ), in blocks that a reader can ask for one by one."""

import gzip
import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from urllib.parse import parse_qsl, urlencode, urlsplit

_BLOCK = 1000  # lines
_WWW = re.compile(r"^(https?://)www\d*\.")
_STAMP = "%Y%m%d%H%M%S"
FORMAT = "cdxj-gzip-1.0"


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One answer as the index has it. `digest`: WARC-Payload-Digest; `mime`: of the answer."""

    url: str
    fetched_at: datetime
    status: int
    mime: str
    digest: str
    offset: int
    length: int

    def text(self, filename: str) -> str:
        """Return the line, without its end."""
        moment = self.fetched_at.astimezone(UTC).strftime(_STAMP)
        fields = {
            "url": self.url,
            "mime": self.mime,
            "status": str(self.status),
            "digest": self.digest,
            "length": str(self.length),
            "offset": str(self.offset),
            "filename": filename,
        }

        return f"{sort_key(self.url)} {moment} {json.dumps(fields)}"


def sort_key(url: str) -> str:
    """Return an address as indexes sort it (SURT): host backwards, then path and query."""
    lower = _WWW.sub(r"\1", url).lower()
    parts = urlsplit(lower)
    host = ",".join(reversed((parts.hostname or "").split(".")))
    place = parts.netloc.rpartition("@")[2].partition(":")[2]
    if place and not host.startswith("["):
        host = f"{host}:{place}"

    path = parts.path or "/"
    if not parts.query:
        return f"{host}){path}"

    pairs = parse_qsl(parts.query, keep_blank_values=True)
    pairs.sort(key=_name_of)
    query = urlencode(pairs)

    return f"{host}){path}?{query}"


def _name_of(pair: tuple[str, str]) -> str:
    return pair[0]


def index_files(lines: Sequence[Line], filename: str, index_name: str) -> tuple[bytes, bytes]:
    """Return the index's blocks, compressed, and the list that says where each begins."""
    texts = sorted(line.text(filename) for line in lines)
    blocks = bytearray()
    header = {"format": FORMAT, "filename": index_name}
    listed = [f"!meta 0 {json.dumps(header)}"]
    for place in range(
        0,
        len(texts),
        _BLOCK,
    ):
        block = texts[place : place + _BLOCK]
        joined = "\n".join(block) + "\n"
        packed = gzip.compress(joined.encode(), mtime=0)
        where = {
            "offset": len(blocks),
            "length": len(packed),
            "filename": index_name,
        }
        key, moment, _ = block[0].split(" ", 2)
        listed.append(f"{key} {moment} {json.dumps(where)}")
        blocks += packed

    listing = "\n".join(listed) + "\n"

    return bytes(blocks), listing.encode()
