"""Asks a web address that a setting names: once, without redirects, for an answer of bounded size.

The name is resolved once, every address judged, and the connection goes to one that passed.
"""

import http.client
import socket
import ssl
from urllib.parse import urlsplit

import crawlers
from evidence.errors import EvidenceError

_PATIENCE = 30.0  # seconds
_MOST = 1 << 20  # bytes of an answer
_OK = 200
_ABSENT = 404
_AGENT = "khabar"


class AbsentError(EvidenceError):
    """The server says that it has no such thing (404)."""


class _Plain(http.client.HTTPConnection):
    """A connection to an address that was judged, whatever the name says by then."""

    def __init__(self, host: str, port: int, address: str) -> None:
        super().__init__(host, port, timeout=_PATIENCE)
        self._address = address

    def connect(self) -> None:
        """Connect to the judged address."""
        self.sock = socket.create_connection((self._address, self.port), self.timeout)


class _Secure(_Plain):
    """The same by TLS; the certificate must be the name's."""

    def connect(self) -> None:
        """Connect to the judged address, then shake hands."""
        super().connect()
        context = ssl.create_default_context()
        self.sock = context.wrap_socket(self.sock, server_hostname=self.host)


def ask(
    url: str,
    body: bytes | None = None,
    *,
    kind: str = "",
    loopback: bool = False,
) -> bytes:
    """Return what a server answers: to a POST with a body of a media type, else to a GET.

    `loopback`: this machine may be asked. Raises EvidenceError, AbsentError for a 404.
    """
    parts = urlsplit(url)
    host = parts.hostname or ""
    is_secure = parts.scheme == "https"
    port = parts.port or (443 if is_secure else 80)
    path = f"{parts.path or '/'}?{parts.query}" if parts.query else parts.path or "/"
    headers = {"User-Agent": _AGENT, "Accept": "*/*"}
    if kind:
        headers["Content-Type"] = kind

    address = _judged(host, port, loopback=loopback)
    made = _Secure if is_secure else _Plain
    connection = made(host, port, address)
    try:
        connection.request("GET" if body is None else "POST", path, body, headers)
        answer = connection.getresponse()
        data = answer.read(_MOST + 1)
    except (OSError, http.client.HTTPException) as error:
        raise EvidenceError(f"{url} does not answer: {error}") from error
    finally:
        connection.close()

    return _checked(url, answer.status, data)


def _checked(url: str, status: int, data: bytes) -> bytes:
    if status == _ABSENT:
        raise AbsentError(f"{url} answers that there is no such thing")

    if status != _OK:
        raise EvidenceError(f"{url} answers with status {status}")

    if len(data) > _MOST:
        raise EvidenceError(f"{url} answers with more than {_MOST} bytes")

    return data


def _judged(host: str, port: int, *, loopback: bool) -> str:
    """Return an address of a host that may be asked; raises EvidenceError."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise EvidenceError(f"{host} has no address: {error}") from error

    for *_, where in found:
        address = str(where[0])
        is_local = loopback and address == "127.0.0.1"
        if is_local or crawlers.is_public(address):
            return address

    raise EvidenceError(f"{host} is no host on the public internet, and is not asked")
