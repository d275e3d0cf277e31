"""The proxy in front of the browser connects to what the crawl itself may reach, to no more."""

import asyncio

import pytest

from crawlers.download.tunnel import Tunnel


def serve(site, path: str, text: str) -> None:
    """Answer with a text, and end the connection as servers do that are told to."""
    answer = f"HTTP/1.1 200 OK\r\nContent-Length: {len(text)}\r\nKeep-Alive: 5\r\n\r\n{text}"
    site.raw(path, lambda connection: connection.sendall(answer.encode()))


async def end(tunnel: Tunnel, writer: asyncio.StreamWriter) -> None:
    """Close both ends, and let the tunnel's own tasks see it."""
    writer.close()
    await tunnel.stop()
    await asyncio.sleep(0.05)


def through(port: int, *messages: bytes, ports: frozenset[int]) -> tuple[bytes, set[str]]:
    """Send messages through a tunnel, one after each answer; return all answers, the refused."""

    async def talk() -> tuple[bytes, set[str]]:
        tunnel = Tunnel(ports)
        await tunnel.start()
        reader, writer = await asyncio.open_connection("127.0.0.1", tunnel.port)
        heard = b""
        for number, message in enumerate(messages, 1):
            writer.write(message.replace(b"PORT", str(port).encode()))
            if number < len(messages):
                heard += await asyncio.wait_for(reader.readuntil(b"\r\n\r\n"), 10)
        try:
            heard += await asyncio.wait_for(reader.read(), 10)
        except ConnectionError:
            heard = b""
        await end(tunnel, writer)
        return heard, tunnel.refused

    return asyncio.run(talk())


def test_a_plain_request_is_passed_on_by_its_path(site):
    serve(site, "/news/1?b=2", "the story")
    request = (
        b"GET http://outlet.localhost:PORT/news/1?b=2 HTTP/1.1\r\nHost: outlet.localhost:PORT\r\n"
        b"Proxy-Connection: keep-alive\r\nConnection: keep-alive\r\n\r\n"
    )
    heard, refused = through(site.port, request, ports=frozenset({site.port}))
    head, _, body = heard.partition(b"\r\n\r\n")
    assert body == b"the story"
    assert b"Connection: close" in head
    assert refused == set()
    (_, path, headers) = site.log[0]
    assert path == "/news/1?b=2"
    assert headers["connection"] == "close"
    assert "proxy-connection" not in headers


def test_a_second_request_of_a_connection_is_not_passed_on(site):
    """It would not be judged: it may name another host."""
    serve(site, "/a", "first")
    request = b"GET http://outlet.localhost:PORT/a HTTP/1.1\r\nHost: x\r\n\r\n"
    through(site.port, request + request, ports=frozenset({site.port}))
    assert site.asked("/a") == 1


def test_a_tunnel_passes_bytes_both_ways_to_the_end(site):
    serve(site, "/deep", "behind the tunnel")
    connect = b"CONNECT outlet.localhost:PORT HTTP/1.1\r\nHost: outlet.localhost:PORT\r\n\r\n"
    inside = b"GET /deep HTTP/1.1\r\nHost: outlet.localhost\r\n\r\n"

    async def talk() -> bytes:
        tunnel = Tunnel(frozenset({site.port}))
        await tunnel.start()
        reader, writer = await asyncio.open_connection("127.0.0.1", tunnel.port)
        writer.write(connect.replace(b"PORT", str(site.port).encode()))
        assert b"200" in await reader.readuntil(b"\r\n\r\n")
        writer.write(inside)
        writer.write_eof()
        heard = await asyncio.wait_for(reader.read(), 10)
        await end(tunnel, writer)
        return heard

    assert asyncio.run(talk()).endswith(b"behind the tunnel")


@pytest.mark.parametrize(
    ("target", "host"),
    [
        (b"http://127.0.0.2:PORT/inside", "127.0.0.2"),
        (b"http://169.254.169.254/latest/meta-data", "169.254.169.254"),
        (b"http://10.0.0.7/", "10.0.0.7"),
        (b"http://outlet.localhost:1/", "outlet.localhost"),
    ],
)
@pytest.mark.parametrize("method", [b"GET", b"CONNECT"])
def test_what_lies_inside_is_refused_and_named(site, target, host, method):
    where = target if method == b"GET" else target.partition(b"//")[2].partition(b"/")[0]
    if method == b"CONNECT" and b":" not in where:
        where += b":80"
    request = method + b" " + where + b" HTTP/1.1\r\nHost: x\r\n\r\n"
    heard, refused = through(site.port, request, ports=frozenset())
    assert heard.startswith(b"HTTP/1.1 403")
    assert refused == {host}
    assert site.log == []


@pytest.mark.parametrize(
    "nonsense",
    [
        b"HELLO\r\n\r\n",
        b"GET http://outlet.localhost:99999999/ HTTP/1.1\r\n\r\n",
        b"X" * 70_000 + b"\r\n\r\n",
        b"GET http://outlet.localhost:PORT/silent HTTP/1.1\r\nHost: x\r\n\r\n",
    ],
)
def test_what_goes_wrong_ends_one_connection_and_no_more(site, nonsense):
    site.raw("/silent", lambda connection: connection.close())
    heard, _ = through(site.port, nonsense, ports=frozenset({site.port}))
    assert heard == b""
    serve(site, "/a", "still there")
    request = b"GET http://outlet.localhost:PORT/a HTTP/1.1\r\nHost: x\r\n\r\n"
    heard, _ = through(site.port, request, ports=frozenset({site.port}))
    assert heard.endswith(b"still there")


def test_a_tunnel_that_was_never_opened_is_closed_all_the_same():
    asyncio.run(Tunnel().stop())
