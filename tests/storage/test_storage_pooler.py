"""A pooler in front of the server, such as pgbouncer: it refuses options among the first words."""

import contextlib
import socket
import struct
import threading
from urllib.parse import urlsplit, urlunsplit

import pytest
from archivegen import NOW, article, batch

from storage import Archive, upkeep

SSL_REQUEST = 80877103
REFUSAL = b"SFATAL\0C08P01\0Munsupported startup parameter: options\0\0"


def carry(source, target):
    with contextlib.suppress(OSError):
        while piece := source.recv(1 << 16):
            target.sendall(piece)
        target.shutdown(socket.SHUT_RDWR)


def serve(client, port: int):
    """Read the first words as pgbouncer does; hand on what it would."""
    with contextlib.suppress(OSError, struct.error), client:
        while True:
            head = client.recv(8, socket.MSG_WAITALL)
            length, code = struct.unpack("!ii", head)
            if code != SSL_REQUEST:
                break
            client.sendall(b"N")
        words = client.recv(length - 8, socket.MSG_WAITALL)
        if b"options\0" in words:
            client.sendall(b"E" + struct.pack("!i", len(REFUSAL) + 4) + REFUSAL)
            return
        with socket.create_connection(("127.0.0.1", port)) as server:
            server.sendall(head + words)
            threading.Thread(target=carry, args=(server, client), daemon=True).start()
            carry(client, server)


@pytest.fixture
def pooled(server, database_url):
    """The URL of a fresh archive behind a pooler."""
    listener = socket.create_server(("127.0.0.1", 0))

    def accept():
        with contextlib.suppress(OSError):
            while True:
                client, _ = listener.accept()
                threading.Thread(target=serve, args=(client, server.port), daemon=True).start()

    threading.Thread(target=accept, daemon=True).start()
    parts = urlsplit(database_url)
    host = parts.netloc.rpartition(":")[0]
    yield urlunsplit(parts._replace(netloc=f"{host}:{listener.getsockname()[1]}"))
    listener.close()


def test_an_archive_behind_a_pooler_is_loaded_and_searched(pooled):
    assert upkeep.migrate(pooled) == []
    with Archive(pooled) as archive:
        archive.load(batch(article(1)))
        assert [hit.id for hit in archive.search("council", now=NOW).hits]
        with archive.transaction() as cursor:
            cursor.execute("show timezone")
            assert cursor.fetchone() == ("UTC",)


def test_an_archive_behind_a_pooler_is_backed_up(pooled, tmp_path):
    with Archive(pooled) as archive:
        archive.load(batch(article(1)))
    made = upkeep.back_up(pooled, tmp_path / "all.khabar", NOW)
    assert made.tables["articles"].rows == 1
