"""The nouns of the press's HTTP server."""

import gzip
from dataclasses import dataclass, replace
from urllib.parse import parse_qsl

TEXT = "text/plain; charset=utf-8"


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """One request as parsed. `host` is without port, header names are in lower case."""

    method: str
    host: str
    port: int
    target: str  # path and query as sent
    headers: dict[str, str]
    body: bytes = b""

    @property
    def path(self) -> str:
        """The path without query."""
        return self.target.split("?", 1)[0]

    @property
    def query(self) -> dict[str, str]:
        """The query's values by name, the last one of each."""
        return dict(
            parse_qsl(
                self.target.partition("?")[2],
                keep_blank_values=True,
            )
        )

    @property
    def page_number(self) -> int:
        """Which page of a listing is asked for, from 1."""
        text = self.query.get("page", "")
        if not text.isdigit():
            return 1
        return max(int(text), 1)

    @property
    def conditional(self) -> bool:
        """Whether the client asks 'only if changed'."""
        return "if-none-match" in self.headers or "if-modified-since" in self.headers


@dataclass(frozen=True, slots=True, kw_only=True)
class Response:
    """One answer.

    `door` tells faults whether this is a way in or a page; None for furniture (robots.txt,
    pictures).
    """

    status: int = 200
    body: bytes = b""
    kind: str = "text/html; charset=utf-8"
    headers: tuple[tuple[str, str], ...] = ()
    door: bool | None = None

    def having(self, *headers: tuple[str, str]) -> "Response":
        """Return the response with further headers."""
        return replace(self, headers=(*self.headers, *headers))


def zipped(body: bytes) -> bytes:
    """Return gzip without a time stamp, the same each time."""
    return gzip.compress(body, 5, mtime=0)


REASONS = {
    200: "OK",
    301: "Moved Permanently",
    302: "Found",
    304: "Not Modified",
    400: "Bad Request",
    403: "Forbidden",
    404: "Not Found",
    405: "Method Not Allowed",
    410: "Gone",
    429: "Too Many Requests",
    500: "Internal Server Error",
    503: "Service Unavailable",
}
