"""One request and its answer, as the WARC keeps it."""

import base64
import hashlib
from dataclasses import dataclass
from datetime import datetime

Headers = tuple[tuple[str, str], ...]


@dataclass(
    frozen=True,
    slots=True,
    kw_only=True,
)
class Exchange:
    """One request and its answer. `body` is after transfer decoding, before content decoding."""

    asked: str  # the URL before redirects
    url: str
    status: int
    headers: Headers
    body: bytes
    fetched_at: datetime
    request_headers: Headers = ()
    address: str = ""  # the IP address that answered
    truncated: str = ""  # "length", "time", "disconnect"
    unchanged_since: datetime | None = None  # a revisit of the page fetched then
    gone: str = ""  # how it shows that its article is gone, where its status does not
    known_as: str = ""  # the canonical URL of its article, which has changed its address since
    hint_title: str | None = None
    hint_published: datetime | None = None
    digest: str = ""  # of `body`, where it is known already; not read back


def digest(data: bytes) -> str:
    """Return a SHA-1 digest as WARC files write it."""
    sha1 = hashlib.sha1(data, usedforsecurity=False).digest()

    return "sha1:" + base64.b32encode(sha1).decode("ascii")
