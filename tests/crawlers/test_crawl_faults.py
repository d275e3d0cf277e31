"""Thirty ways to fail, each on an outlet of its own, crawled in one process.

Each gets its name, nothing is lost beside it.
"""

import gzip
import os
import socket
import struct
import time

import crawl_fleet

from crawlers import job as jobs
from crawlers.faults import Fault
from crawlers.warc.records import read_pages
from news.outlet import Pace

HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"


def reset(connection: socket.socket) -> None:
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    connection.close()


def half(connection: socket.socket) -> None:
    connection.sendall(HEAD + b"Content-Length: 5000\r\n\r\n<html>half of")


def half_chunk(connection: socket.socket) -> None:
    connection.sendall(HEAD + b"Transfer-Encoding: chunked\r\n\r\n10\r\nonly a pa")


def hang(connection: socket.socket) -> None:
    time.sleep(8)


def drip(connection: socket.socket) -> None:
    connection.sendall(HEAD + b"Content-Length: 50000\r\n\r\n")
    for _ in range(80):
        try:
            connection.sendall(b"x")
        except OSError:
            return
        time.sleep(0.1)


def drip_head(connection: socket.socket) -> None:
    for byte in b"HTTP/1.1 200 OK\r\nX-Slow: " + b"y" * 80:
        try:
            connection.sendall(bytes([byte]))
        except OSError:
            return
        time.sleep(0.1)


def rubbish(connection: socket.socket) -> None:
    connection.sendall(b"\x16\x03\x01\x02\x00 this is no HTTP\r\n\r\n")


def endless(connection: socket.socket) -> None:
    connection.sendall(HEAD + b"\r\n")
    block = b"<p>never ends</p>" * 4096
    for _ in range(16_000):  # a gigabyte
        try:
            connection.sendall(block)
        except OSError:
            return


def announced(connection: socket.socket) -> None:
    connection.sendall(HEAD + b"Content-Length: 1073741824\r\n\r\n<p>")
    hang(connection)


def hang_up(connection: socket.socket) -> None:
    connection.shutdown(socket.SHUT_RDWR)


def headers_bomb(connection: socket.socket) -> None:
    try:
        connection.sendall(b"HTTP/1.1 200 OK\r\n" + b"X-A: b\r\n" * 2_000_000)
    except OSError:
        return


PAGE = b"<html><p>" + b"a text of some length " * 50 + b"</p></html>"
RAW = {
    "reset": (reset, Fault.RESET),
    "half": (half, Fault.HALF_BODY),
    "half_chunk": (half_chunk, Fault.HALF_BODY),
    "hang": (hang, Fault.TIMEOUT),
    "drip": (drip, Fault.TIMEOUT),
    "drip_head": (drip_head, Fault.TIMEOUT),
    "rubbish": (rubbish, Fault.BAD_ANSWER),
    "endless": (endless, Fault.TOO_LARGE),
    "announced": (announced, Fault.TOO_LARGE),
    "hang_up": (hang_up, Fault.RESET),
}
ANSWERS = {
    "server_error": ((500, {}, b"broken"), Fault.SERVER_ERROR),
    "bad_gateway": ((502, {}, b"broken"), Fault.SERVER_ERROR),
    "unavailable": ((503, {}, b""), Fault.SERVER_ERROR),
    "busy": ((503, {"Retry-After": "3000"}, b""), Fault.RATE_LIMITED),
    "limited": ((429, {"Retry-After": "7200"}, b""), Fault.RATE_LIMITED),
    "forbidden": ((403, {}, b"no"), Fault.BLOCKED),
    "teapot": ((418, {}, b"no"), Fault.BLOCKED),
    "unauthorised": ((401, {}, b"no"), Fault.BLOCKED),
    "legal": ((451, {}, b"no"), Fault.BLOCKED),
    "missing": ((404, {}, b"no"), Fault.GONE),
    "bad_request": ((400, {}, b"no"), Fault.CLIENT_ERROR),
    "challenge": (
        (403, {"cf-mitigated": "challenge"}, b"<title>Just a moment...</title>"),
        Fault.CHALLENGE,
    ),
    "challenge_200": (
        (
            200,
            {},
            b"<html><title>DDoS-Guard</title><script src='//ddos-guard.net/x.js'></script></html>",
        ),
        Fault.CHALLENGE,
    ),
    "loop": ((302, {"Location": "/door"}, b""), Fault.REDIRECT_LOOP),
    "nowhere": ((302, {}, b""), Fault.BAD_REDIRECT),
    "ftp": ((302, {"Location": "ftp://example.org/x"}, b""), Fault.BAD_REDIRECT),
    "inside": ((302, {"Location": "http://10.1.2.3/"}, b""), Fault.PRIVATE_ADDRESS),
    "metadata": (
        (301, {"Location": "http://169.254.169.254/latest/meta-data"}, b""),
        Fault.PRIVATE_ADDRESS,
    ),
    "torn_gzip": (
        (200, {"Content-Encoding": "gzip"}, gzip.compress(os.urandom(5000))[:2000]),
        Fault.BAD_ENCODING,
    ),
    "bad_gzip": (
        (200, {"Content-Encoding": "gzip"}, gzip.compress(PAGE)[:30] + b"rubbish" * 30),
        Fault.BAD_ENCODING,
    ),
    "bomb": (
        (200, {"Content-Encoding": "gzip"}, gzip.compress(b"\0" * (300 << 20), 1)),
        Fault.BOMB,
    ),
    "bomb_twice": (
        (
            200,
            {"Content-Encoding": "gzip, gzip"},
            gzip.compress(gzip.compress(b"\0" * (300 << 20), 1)),
        ),
        Fault.BOMB,
    ),
    "empty": ((200, {}, b""), Fault.EMPTY),
    "spaces": ((200, {}, b" \n " * 100), Fault.EMPTY),
    "no_feed": ((200, {"Content-Type": "text/html"}, PAGE), Fault.NOT_FEED),
    "json_rubbish": ((200, {"Content-Type": "application/json"}, b"{]"), Fault.NOT_FEED),
    "parked": (
        (
            200,
            {},
            b"<html><body>This domain is for sale <script "
            b"src='https://sedoparking.com/x.js'></script></body></html>",
        ),
        Fault.PARKED,
    ),
}


def test_every_fault_has_its_name_and_the_others_lose_nothing(site, outlet_of, job_of):
    """All outlets are crawled at once, as the pipeline does; the run ends in time."""
    for name, (write, _) in RAW.items():
        site.pages[f"{name}.localhost:{site.port}/door"] = write
    for name, ((status, headers, body), _) in ANSWERS.items():
        site.pages[f"{name.replace('_', '-')}.localhost:{site.port}/door"] = (status, headers, body)
    for name in [name for name in RAW if "_" in name]:
        site.pages[f"{name.replace('_', '-')}.localhost:{site.port}/door"] = RAW[name][0]
    links = [f"/news/{number}-one-good-article" for number in range(20)]
    for good in ("good", "fine"):
        site.feed(f"/{good}", links, host=f"{good}.localhost")
    for link in links:
        site.article(link)
    expected = {name: fault for table in (RAW, ANSWERS) for name, (_, fault) in table.items()}

    def job(name: str, path: str):
        outlet = outlet_of(
            ("feed", path), host=f"{name.replace('_', '-')}.localhost", name=name.replace("_", "-")
        )
        return job_of(outlet, timeout=8.0, tries=1, max_door_bytes=5 << 20, seconds=90.0)

    asked = {
        name: job(name, f"/{name}" if name in {"good", "fine"} else "/door")
        for name in [*expected, "good", "fine"]
    }
    crawl_fleet.run(list(asked.values()), seconds=240)  # raises when the run does not end
    reports = {name: (jobs.report_of(made.folder), made.folder) for name, made in asked.items()}
    assert {name: list(reports[name][0].faults) for name in expected} == {
        name: [str(fault)] for name, fault in expected.items()
    }
    for good in ("good", "fine"):
        report, folder = reports[good]
        assert (report.new, report.faults) == (20, {})
        assert len(list(read_pages(folder / "pages.warc.gz"))) == 20


def test_a_host_that_fails_again_and_again_is_left_alone(site, outlet_of, job_of):
    site.feed("/rss", [f"/news/{number}-an-article" for number in range(30)])
    for number in range(30):
        site.page(f"/news/{number}-an-article", "broken", status=500)
    report = jobs.run(
        job_of(outlet_of(("feed", "/rss"), pace=Pace(delay=0.0, concurrency=1)), tries=1),
        progress=False,
    )
    assert report.faults["server_error"] == 5
    assert report.faults["halted"] == 25
    assert report.pending == 30


def test_what_failed_before_its_host_was_left_alone_keeps_its_own_name(site, outlet_of, job_of):
    links = [f"/news/{number}-an-article" for number in range(12)]
    site.feed("/rss", links)
    for link in links:
        site.page(link, "broken", status=500)
    slow = Pace(delay=0.0, concurrency=1)
    report = jobs.run(job_of(outlet_of(("feed", "/rss"), pace=slow), tries=3), progress=False)
    asked = sum(site.asked(link) > 0 for link in links)
    assert 0 < asked < len(links)
    assert report.faults == {"server_error": asked, "halted": len(links) - asked}


def test_a_wrong_charset_is_passed_on_untouched(site, outlet_of, job_of):
    body = "<html><meta charset=utf-8><p>Новости дня</p></html>".encode("windows-1251")
    site.feed("/rss", ["/news/1-an-article"])
    site.page("/news/1-an-article", body, "text/html; charset=utf-8")
    job = job_of(outlet_of(("feed", "/rss")))
    jobs.run(job, progress=False)
    assert [page.body for page in read_pages(job.folder / "pages.warc.gz")] == [body]


def test_plain_text_called_gzip_is_passed_on_untouched(site, outlet_of, job_of):
    site.feed("/rss", ["/news/1-an-article"])
    site.pages["/news/1-an-article"] = (
        200,
        {"Content-Encoding": "gzip", "Content-Type": "text/html"},
        PAGE,
    )
    job = job_of(outlet_of(("feed", "/rss")))
    jobs.run(job, progress=False)
    assert [page.body for page in read_pages(job.folder / "pages.warc.gz")] == [PAGE]


def test_retry_after_is_kept_to(site, outlet_of, job_of):
    site.page("/rss", "", status=429, Retry_After="7200")
    job = job_of(outlet_of(("feed", "/rss")), tries=1)
    report = jobs.run(job, progress=False)
    assert report.state == "rate_limited"
    line = next(
        line for line in (job.folder / "crawl.jsonl").read_text().splitlines() if '/rss"' in line
    )
    import json
    from datetime import datetime, timedelta

    assert datetime.fromisoformat(json.loads(line)["door"]["next_poll"]) - job.now >= timedelta(
        seconds=7200
    )
