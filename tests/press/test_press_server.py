"""The press served for real on loopback: doors, habits, faults, restarts."""

import gzip
import http.client
import io
import json
import signal
import socket
import subprocess
import sys
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from press import outlet_files
from press.faults import FAULTS
from press.rosters import roster

ROOT = Path(__file__).resolve().parents[2]
START = "2026-10-01T00:00:00+00:00"


def free_port() -> int:
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        return int(held.getsockname()[1])


class Press:
    """A press in a process of its own."""

    def __init__(self, home: Path, *arguments: str, port: int | None = None) -> None:
        self.home, self.port = home, port or free_port()
        command = [
            sys.executable,
            "-m",
            "press",
            "serve",
            "--port",
            str(self.port),
            "--home",
            str(home),
            *arguments,
        ]
        self.process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
        assert "outlets on" in self.process.stdout.readline()
        end = time.time() + 20
        while time.time() < end:
            try:
                self.get("127.0.0.1", "/_press/health")
                break
            except OSError:
                time.sleep(0.05)

    def get(
        self,
        host: str,
        path: str,
        headers: dict | None = None,
        body: str | None = None,
        timeout: float = 20,
    ):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=timeout)
        try:
            connection.request(
                "POST" if body else "GET",
                path,
                body,
                {"Host": f"{host}:{self.port}", **(headers or {})},
            )
            answer = connection.getresponse()
            return answer.status, dict(answer.getheaders()), answer.read()
        finally:
            connection.close()

    def tell(self, what: str, **values) -> dict:
        status, _, body = self.get("127.0.0.1", f"/_press/{what}", body=json.dumps(values))
        assert status == 200, body
        return json.loads(body)

    def truth(self) -> list[dict]:
        return [json.loads(line) for line in self.get("127.0.0.1", "/_press/truth")[2].splitlines()]

    def stop(self) -> int:
        self.process.send_signal(signal.SIGTERM)
        code = self.process.wait(10)
        self.process.stdout.close()
        return code


def split(url: str) -> tuple[str, str]:
    _, _, host, path = url.split("/", 3)
    return host.partition(":")[0], "/" + path


@pytest.fixture(scope="module")
def month(tmp_path_factory):
    press = Press(tmp_path_factory.mktemp("month"), "--roster", "month", "--now", START)
    press.tell("clock", now="2026-10-02T12:00:00+00:00")
    yield press
    assert press.stop() == 0


def test_every_article_answers_as_the_truth_says(month):
    for told in month.truth()[::9]:
        host, path = split(told["url_now"])
        status, _, body = month.get(host, path)
        assert status in ({404, 410} if told["deleted"] else {200}), told
        charset = "windows-1251" if host == "oldest.localhost" else "utf-8"
        if status == 200 and not told["edits"]:
            assert told["title"].split(":")[0].split("'")[0].split("&")[0] in body.decode(charset)


@pytest.mark.parametrize(
    ("host", "path", "mark"),
    [
        ("overflow", "/feed/", b'<rss version="2.0"'),
        ("oldest", "/rss091.xml", b'<rss version="0.91"'),
        ("rdfone", "/index.rdf", b"<rdf:RDF"),
        ("atomic", "/atom.xml", b"http://www.w3.org/2005/Atom"),
        ("jsonic", "/feed.json", b"jsonfeed.org"),
        ("nested", "/sitemap_index.xml", b"<sitemapindex"),
        ("overmap", "/news-sitemap.xml", b"sitemap-news/0.9"),
        ("press", "/wp-json/wp/v2/posts?per_page=5", b'"content"'),
        ("archive", "/archive/2026/10/01/", b"card-link"),
        ("latest", "/latest/?ajax=1&date=20261001", b"news-list"),
        ("nofeed", "/", b"href"),
        ("pages", "/?page=2", b"href"),
    ],
)
def test_every_kind_of_door_opens(month, host, path, mark):
    status, _, body = month.get(f"{host}.localhost", path)
    assert status == 200
    assert mark in body


def test_a_feed_of_ten_does_not_hold_a_day_of_sixty(month):
    assert month.get("overflow.localhost", "/feed/")[2].count(b"<item>") == 10
    assert (
        sum(told["outlet"] == "overflow" and told["published"] > START for told in month.truth())
        > 80
    )


def test_gzipped_sitemaps_unpack(month):
    body = gzip.decompress(month.get("nested.localhost", "/sitemap-2026-10-1.xml.gz")[2])
    assert body.count(b"<loc>") >= 10


def test_a_liar_says_unchanged_and_an_honest_feed_does_not(month):
    for host, expected in (("liar", 304), ("editor", 200)):
        _, headers, _ = month.get(f"{host}.localhost", "/feed/")
        month.tell(
            "clock",
            now=(
                datetime.fromisoformat(month.tell("clock")["now"]) + timedelta(hours=12)
            ).isoformat(),
        )
        assert (
            month.get(f"{host}.localhost", "/feed/", {"If-None-Match": headers["ETag"]})[0]
            == expected
        )


def test_twins_answer_like_their_originals(month):
    told = next(
        told for told in month.truth() if told["outlet"] == "indexer" and not told["deleted"]
    )
    host, path = split(told["url"])
    assert month.get(host, "/index.php" + path)[2] == month.get(host, path)[2]
    told = next(
        told for told in month.truth() if told["outlet"] == "slashes" and not told["deleted"]
    )
    host, path = split(told["url"])
    assert month.get(host, path.rstrip("/"))[2] == month.get(host, path)[2]


def test_an_amp_twin_names_its_original_and_is_named_by_it(month):
    told = next(
        told
        for told in month.truth()
        if told["outlet"] == "ampsite" and not told["deleted"] and not told["edits"]
    )
    host, path = split(told["url"])
    assert (
        f'rel="amphtml" href="http://{host}:{month.port}/amp{path}"'
        in month.get(host, path)[2].decode()
    )
    twin = month.get(host, "/amp" + path)[2].decode()
    assert f'<link rel="canonical" href="{told["url"]}">' in twin
    assert twin != month.get(host, path)[2].decode()


def test_session_ids_and_tracking_lead_to_the_same_page(month):
    told = next(
        told for told in month.truth() if told["outlet"] == "sessions" and not told["deleted"]
    )
    host, path = split(told["url"])
    assert (
        month.get(host, f"{path}?sid=1")[2]
        == month.get(host, f"{path}?sid=2")[2]
        == month.get(host, path)[2]
    )
    first, second = (month.get(host, "/")[2] for _ in range(2))
    assert first != second
    assert b"utm_source=rss" in month.get("tracker.localhost", "/feed/")[2]


def test_movers_redirect_and_blockers_forbid(tmp_path):
    press = Press(tmp_path, "--roster", "month", "--now", START)
    told = next(told for told in press.truth() if told["outlet"] == "mover")
    host, path = split(told["url"])
    assert press.get(host, path)[0] == 200
    press.tell("clock", now="2026-10-13T01:00:00+00:00")
    status, headers, _ = press.get(host, path)
    assert (status, headers["Location"]) == (301, f"http://movernew.localhost:{press.port}{path}")
    assert press.get("movernew.localhost", path)[0] in {200, 404}
    assert press.get("blocker.localhost", "/feed/")[0] == 403
    assert {press.get("limits.localhost", "/feed/")[0] for _ in range(6)} == {200}
    press.stop()


def test_a_restart_serves_the_same_sites(tmp_path):
    press = Press(tmp_path, "--seed", "9")
    told = press.truth()
    pages = {one["url"]: press.get(*split(one["url"]))[2] for one in told[::9]}
    press.process.kill()
    press.process.wait()
    press.process.stdout.close()
    again = Press(tmp_path, "--seed", "9", port=press.port)
    assert again.truth()[0] == told[0]
    assert {url: again.get(*split(url))[2] for url in pages} == pages
    again.stop()
    lines = [json.loads(line) for line in (tmp_path / "access.jsonl").read_text().splitlines()]
    assert {"t", "host", "path", "status", "ua"} <= set(lines[0])
    assert sum(line["status"] == 200 for line in lines) >= 2 * len(pages)


def test_a_folder_of_another_world_is_refused(tmp_path):
    Press(tmp_path, "--seed", "1").stop()
    done = subprocess.run(
        [
            sys.executable,
            "-m",
            "press",
            "serve",
            "--port",
            str(free_port()),
            "--home",
            str(tmp_path),
            "--seed",
            "2",
        ],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        timeout=20,
    )
    assert done.returncode == 1
    assert "choose another folder" in done.stderr


def read_for(port: int, seconds: float, most: int = 3_000_000) -> bytes:
    """What one request brings within a time, whether or not the answer ends."""
    with socket.create_connection(("127.0.0.1", port), timeout=5) as held:
        held.sendall(b"GET /feed.json HTTP/1.1\r\nHost: jsonic.localhost\r\n\r\n")
        held.settimeout(0.2)
        made, end = b"", time.time() + seconds
        while time.time() < end and len(made) < most:
            try:
                block = held.recv(65_536)
            except TimeoutError:
                continue
            if not block:
                break
            made += block
        return made


@pytest.fixture
def faulty(month):
    """Switch a fault on at one outlet's doors; off again afterwards."""
    yield lambda name: month.tell("fault", outlet="jsonic", fault=name, scope="doors")
    month.tell("fault", outlet="jsonic", fault=None)
    assert month.get("jsonic.localhost", "/feed.json")[0] == 200


@pytest.mark.parametrize(
    "name", sorted(set(FAULTS) - {"slow_body", "slow_headers", "huge_body", "endless_body"})
)
def test_every_fault_is_seen_and_stops_at_its_outlet(month, faulty, name):
    faulty(name)
    try:
        status, headers, body = month.get(
            "jsonic.localhost", "/feed.json", {"Accept-Encoding": "gzip"}, timeout=1.2
        )
    except (OSError, http.client.HTTPException, ValueError) as error:
        status, headers, body = -1, {}, repr(error).encode()
    assert month.get("overflow.localhost", "/feed/")[0] == 200
    fine = (
        status == 200
        and headers["Content-Type"].startswith("application/feed+json")
        and headers["Content-Length"].isdigit()
    )
    if fine:
        with pytest.raises((OSError, EOFError, ValueError, KeyError)):
            json.loads(gzip.GzipFile(fileobj=io.BytesIO(body)).read(200_000))["items"]


@pytest.mark.parametrize(
    ("name", "least", "most"),
    [
        ("slow_body", 50, 600),
        ("slow_headers", 1, 12),
        ("huge_body", 2_000_000, 10**9),
        ("endless_body", 2_000_000, 10**9),
    ],
)
def test_drips_drip_and_floods_flood(month, faulty, name, least, most):
    faulty(name)
    assert least <= len(read_for(month.port, 2.0)) <= most


def test_outlet_files_are_read_by_the_registry(tmp_path):
    registry = pytest.importorskip("crawlers.outlet_files")
    for name in ("tour", "month"):
        made = outlet_files.write(roster(name), tmp_path / name, 8100)
        read = registry.load_outlets(tmp_path / name)
        assert sorted(outlet.name for outlet in read) == sorted(path.stem for path in made)
        assert all(outlet.doors for outlet in read)


def test_the_clock_wants_a_zone(month):
    status, _, body = month.get("127.0.0.1", "/_press/clock", body='{"now": "2026-10-02T12:00:00"}')
    assert status == 400
    assert b"zone" in body
    assert datetime.now(UTC)


def test_a_standing_clock_takes_a_requests_own_time(month):
    def now(told: str | None = None) -> str:
        if told is not None:
            month.get("overflow.localhost", "/feed/", {"Press-Now": told})
        return json.loads(month.get("127.0.0.1", "/_press/health")[2])["now"]

    before = now()
    moment = "2026-10-05T07:30:00+00:00"
    assert now(moment) == moment
    assert [now(told) for told in ("tomorrow", "2026-10-06T00:00:00", "")] == [moment] * 3
    month.tell("clock", speed=1)
    assert now("2031-01-01T00:00:00+00:00")[:4] == "2026"
    month.tell("clock", now=before, speed=0)
    assert now() == before
