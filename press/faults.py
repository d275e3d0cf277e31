"""What can go wrong with a server, each by name.

Every fault is bounded in time and bytes, and switched per outlet.
"""

import asyncio
import gzip
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from functools import cache

from press import broken_wire
from press.errors import PressError
from press.http import TEXT, Request, Response

Wire = Callable[[asyncio.StreamWriter, bytes], Awaitable[None]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """One thing that goes wrong: another response, or another way to send it.

    `sentence` says what the client sees.
    """

    name: str
    sentence: str
    swap: Callable[[Request, Response], Response] | None = None
    wire: Wire | None = None  # gets the complete HTTP message that would have been sent
    doors_only: bool = False  # makes sense on doors alone


@dataclass(frozen=True, slots=True, kw_only=True)
class Switch:
    """A fault switched on for an outlet.

    On `doors`, `pages` or `all` (robots.txt is spared unless `robots`), each `every`-th request.
    """

    fault: Fault
    scope: str = "all"
    every: int = 1
    robots: bool = False

    def hits(self, request: Request, response: Response, number: int) -> bool:
        """Whether this request is the victim."""
        if number % self.every:
            return False
        if request.path == "/robots.txt":
            return self.robots

        door = bool(response.door)
        wanted = {
            "all": True,
            "doors": door,
            "pages": response.door is False,
        }[self.scope]

        return wanted and (door or not self.fault.doors_only)


# ---- other responses


def _status(
    status: int, *headers: tuple[str, str], text: str = ""
) -> Callable[[Request, Response], Response]:
    def swap(_request: Request, response: Response) -> Response:
        body = text or f"<html><title>{status}</title><h1>{status}</h1></html>"
        return Response(
            status=status,
            body=body.encode(),
            headers=headers,
            door=response.door,
        )

    return swap


def _to(location: Callable[[Request], str]) -> Callable[[Request, Response], Response]:
    def swap(request: Request, response: Response) -> Response:
        return Response(
            status=302,
            headers=(("Location", location(request)),),
            door=response.door,
        )

    return swap


def _further(request: Request) -> str:
    step = request.query.get("hop", "0")
    return f"{request.path}?hop={int(step) + 1 if step.isdigit() else 1}"


def _body(
    make: Callable[[bytes], bytes], kind: str | None = None, *headers: tuple[str, str]
) -> Callable[[Request, Response], Response]:
    def swap(_request: Request, response: Response) -> Response:
        return replace(
            response,
            status=200,
            body=make(response.body),
            kind=response.kind if kind is None else kind,
            headers=(*response.headers, *headers),
        )

    return swap


def _page(title: str, text: str) -> Callable[[bytes], bytes]:
    return lambda _body: (
        f"<!DOCTYPE html><html><head><title>{title}</title></head><body><h1>{title}</h1><p>"
        f"{text}</p></body></html>".encode()
    )


def _broken_gzip(body: bytes) -> bytes:
    packed = gzip.compress(body, mtime=0)
    return packed[: len(packed) // 2] + b"\x00" * 40


@cache
def _bomb() -> bytes:
    """256 MB of spaces in about 256 kB, as one gzip member repeated."""
    return gzip.compress(b" " * 16_000_000, 9, mtime=0) * 16


_LAUGHS = (
    '<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a0 "ha">'
    + "".join(f'<!ENTITY a{level} "{f"&a{level - 1};" * 10}">' for level in range(1, 11))
    + ']><rss version="2.0"><channel><title>&a10;</title></channel></rss>'
).encode()
_OUTSIDE = (
    b'<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/passwd">]><rss '
    b'version="2.0"><channel><title>&x;</title></channel></rss>'
)
_CHALLENGE = (
    "Checking your browser before accessing the site. This process is automatic. Please enable "
    "JavaScript and cookies to continue."
)

_ALL = (
    Fault(name="timeout", sentence="The server accepts and never answers.", wire=broken_wire.never),
    Fault(
        name="slow_headers",
        sentence="The head comes one byte every half second.",
        wire=broken_wire.drip_head,
    ),
    Fault(
        name="slow_body",
        sentence="The body comes one byte every half second.",
        wire=broken_wire.drip,
    ),
    Fault(
        name="reset", sentence="The connection is reset before an answer.", wire=broken_wire.reset
    ),
    Fault(
        name="reset_midway",
        sentence="The connection is reset in the middle of the body.",
        wire=broken_wire.reset_midway,
    ),
    Fault(
        name="half_body",
        sentence="The connection ends before Content-Length is reached.",
        wire=broken_wire.half,
    ),
    Fault(
        name="half_chunk",
        sentence="A chunked body ends inside a chunk.",
        wire=broken_wire.half_chunk,
    ),
    Fault(
        name="huge_body",
        sentence="A body of 1 GB with its length announced.",
        wire=broken_wire.huge,
    ),
    Fault(name="endless_body", sentence="A body of 1 GB without length.", wire=broken_wire.endless),
    Fault(name="huge_headers", sentence="A megabyte of headers.", wire=broken_wire.huge_headers),
    Fault(name="garbage", sentence="Something that is not HTTP.", wire=broken_wire.garbage),
    Fault(
        name="bad_length",
        sentence="A Content-Length that is no number.",
        wire=broken_wire.bad_length,
    ),
    Fault(
        name="bad_gzip",
        sentence="Content-Encoding gzip over a broken stream.",
        swap=_body(_broken_gzip, None, ("Content-Encoding", "gzip")),
    ),
    Fault(
        name="gzip_bomb",
        sentence="256 kB that unpack to 256 MB.",
        swap=_body(lambda _: _bomb(), None, ("Content-Encoding", "gzip")),
    ),
    Fault(
        name="wrong_charset",
        sentence="The declared charset is not that of the text.",
        swap=_body(
            lambda body: body.replace(b'charset="utf-8"', b'charset="koi8-r"'),
            "text/html; charset=koi8-r",
        ),
    ),
    Fault(
        name="wrong_type",
        sentence="HTML declared as a picture.",
        swap=_body(lambda body: body, "image/png"),
    ),
    Fault(name="empty", sentence="200 with no body.", swap=_body(lambda _: b"")),
    Fault(name="error_500", sentence="500 on every request.", swap=_status(500)),
    Fault(name="storm_503", sentence="503 without a word on when to come back.", swap=_status(503)),
    Fault(
        name="busy_503",
        sentence="503 with Retry-After of an hour.",
        swap=_status(503, ("Retry-After", "3600")),
    ),
    Fault(
        name="limited_429",
        sentence="429 with Retry-After of five minutes.",
        swap=_status(429, ("Retry-After", "300")),
    ),
    Fault(name="forbidden", sentence="403 on every request.", swap=_status(403)),
    Fault(
        name="challenge",
        sentence="A bot check instead of pages.",
        swap=_status(
            503,
            ("Server", "cloudflare"),
            ("cf-mitigated", "challenge"),
            text=_page("Just a moment...", _CHALLENGE)(b"").decode(),
        ),
    ),
    Fault(
        name="redirect_loop",
        sentence="Every address redirects to itself.",
        swap=_to(lambda request: request.target),
    ),
    Fault(
        name="redirect_chain", sentence="Every redirect leads to a further one.", swap=_to(_further)
    ),
    Fault(
        name="redirect_private",
        sentence="A redirect to an address inside a private network.",
        swap=_to(lambda _: "http://169.254.169.254/latest/meta-data/"),
    ),
    Fault(
        name="redirect_file",
        sentence="A redirect to a file of the crawler's machine.",
        swap=_to(lambda _: "file:///etc/passwd"),
    ),
    Fault(
        name="soft_404",
        sentence="A 'not found' page served as 200.",
        swap=_body(_page("Page not found", "The page you are looking for does not exist.")),
    ),
    Fault(
        name="parked",
        sentence="A parking page for a domain on sale.",
        swap=_body(
            _page(
                "This domain is for sale", "Buy this domain. The domain owner has parked this page."
            )
        ),
    ),
    Fault(
        name="html_feed",
        sentence="HTML where a feed should be.",
        doors_only=True,
        swap=_body(_page("Welcome", "Our new site is here."), "text/html"),
    ),
    Fault(
        name="broken_xml",
        sentence="A feed cut in the middle of a tag.",
        doors_only=True,
        swap=_body(lambda body: body[: len(body) * 2 // 3] + b"<ite"),
    ),
    Fault(
        name="xml_bomb",
        sentence="A feed whose entities unfold to 20 GB.",
        doors_only=True,
        swap=_body(lambda _: _LAUGHS, "application/rss+xml"),
    ),
    Fault(
        name="xml_outside",
        sentence="A feed whose entity names a local file.",
        doors_only=True,
        swap=_body(lambda _: _OUTSIDE, "application/rss+xml"),
    ),
    Fault(
        name="binary",
        sentence="Bytes of no format at all.",
        swap=_body(lambda _: bytes(range(256)) * 64, "text/html"),
    ),
    Fault(
        name="text_only",
        sentence="A line of plain text.",
        swap=_body(lambda _: b"temporarily unavailable", TEXT),
    ),
)
FAULTS: dict[str, Fault] = {fault.name: fault for fault in _ALL}


def fault(name: str) -> Fault:
    """Return a fault by its name."""
    if name not in FAULTS:
        raise PressError(f"no fault {name!r}: there are {', '.join(FAULTS)}")

    return FAULTS[name]
