"""What cannot be read in a WARC file is named and left; the rest is read, in bounded memory."""

import gzip
import hashlib
import subprocess
import sys

import pytest

from crawlers.errors import CrawlError
from crawlers.warc import import_files, records
from news.outlet import Door, DoorKind, Outlet

HTTP = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n"


def record(url: str = "https://mavi.az/1", block: bytes = HTTP + b"<p>x", **fields: str) -> bytes:
    named = {
        "WARC-Type": "response",
        "WARC-Target-URI": url,
        "WARC-Date": "2026-11-26T10:00:00Z",
        "Content-Length": str(len(block)),
    } | {name.replace("_", "-"): value for name, value in fields.items()}
    lines = [f"{name}: {value}" for name, value in named.items() if value]
    head = "\r\n".join(["WARC/1.0", *lines, "", ""]).encode()
    return head + block + b"\r\n\r\n"


def read(tmp_path, content: bytes):
    path = tmp_path / "some.warc.gz"
    path.write_bytes(content)
    said: list[str] = []
    urls = [exchange.url for exchange in records.read(path, say=said.append)]
    return urls, said


GOOD = record("https://mavi.az/good")


@pytest.mark.parametrize(
    ("bad", "words"),
    [
        (record(url=""), "names no address"),
        (record(block=b"HTTP/1.1 \xc2\xb200 OK\r\n\r\nx"), "no HTTP answer with a status"),
        (record(block=b"HTTP/1.1 20 OK\r\n\r\nx"), "no HTTP answer with a status"),
        (record(WARC_Date="yesterday"), "its date is none"),
        (record(WARC_Block_Digest="sha1:" + "A" * 32), "its digest disagrees"),
        (record(Content_Length="some"), "its head cannot be read"),
        (b"garbage between two records\n", "belong to no record"),
    ],
)
@pytest.mark.parametrize("pack", [bytes, gzip.compress])
def test_what_cannot_be_read_is_named_and_the_rest_is_read(tmp_path, bad, words, pack):
    urls, said = read(tmp_path, pack(GOOD) + pack(bad) + pack(GOOD))
    assert urls == ["https://mavi.az/good"] * 2
    assert any(words in sentence for sentence in said)


@pytest.mark.parametrize("pack", [bytes, gzip.compress])
def test_a_record_that_is_cut_short_is_named_and_left(tmp_path, pack):
    cut = record(block=HTTP + b"<p>" + b"x" * 500)[:-300]
    urls, said = read(tmp_path, pack(GOOD) + pack(cut))
    assert urls == ["https://mavi.az/good"]
    assert "cut short" in said[0]


def test_a_member_that_breaks_off_is_named(tmp_path):
    urls, said = read(tmp_path, gzip.compress(GOOD) + gzip.compress(record())[:-30])
    assert urls == ["https://mavi.az/good"]
    assert "damaged" in said[0]


def test_damage_in_the_middle_costs_its_member_alone(tmp_path):
    broken = bytearray(gzip.compress(record(block=HTTP + bytes(range(256)) * 20)))
    broken[60:90] = b"\xff" * 30
    urls, said = read(tmp_path, gzip.compress(GOOD) + bytes(broken) + gzip.compress(GOOD))
    assert urls == ["https://mavi.az/good"] * 2
    assert said


def test_digests_of_both_forms_are_believed(tmp_path):
    block = HTTP + b"<p>x"
    sha1 = hashlib.sha1(block, usedforsecurity=False)
    for value in (records.digest(block), f"sha1:{sha1.hexdigest()}", "blake3:whatever"):
        assert read(tmp_path, record(block=block, WARC_Block_Digest=value))[0]


def test_all_records_of_one_member_are_read(tmp_path):
    assert len(read(tmp_path, gzip.compress(GOOD * 3))[0]) == 3


def test_what_is_no_warc_is_said_so(tmp_path):
    with pytest.raises(CrawlError, match="no WARC file"):
        read(tmp_path, b"<html></html>")


@pytest.mark.skipif(sys.platform != "linux", reason="memory is measured by /proc")
def test_a_small_file_takes_little_memory_however_much_it_unpacks_to(tmp_path):
    zeros = b"\0" * (400 << 20)
    path = tmp_path / "bomb.warc.gz"
    path.write_bytes(gzip.compress(record(block=HTTP + zeros), 9) + gzip.compress(GOOD))
    code = (
        "import sys; from pathlib import Path; from crawlers.warc import read\n"
        "urls = [exchange.url for exchange in read(Path(sys.argv[1]))]\n"
        "assert urls == ['https://mavi.az/good'], urls\n"
        "status = Path('/proc/self/status').read_text().splitlines()\n"
        "print([line.split()[1] for line in status if line.startswith('VmHWM')][0])"
    )
    out = subprocess.run(
        [sys.executable, "-c", code, str(path)], capture_output=True, check=True, text=True
    ).stdout
    assert int(out) < 300_000  # kilobytes


def outlet_at(host: str) -> Outlet:
    return Outlet(
        name=host.partition(".")[0],
        region="caspian",
        title=host,
        home=f"https://{host}/",
        country="AZ",
        languages=("az",),
        timezone="Asia/Baku",
        doors=(Door(kind=DoorKind.FEED, url=f"https://{host}/rss"),),
    )


def test_an_import_counts_what_it_left(tmp_path):
    path = tmp_path / "some.warc"
    path.write_bytes(GOOD + record(url="") * 25 + record("https://else.example/1"))
    outlet = outlet_at("mavi.az")
    said: list[str] = []
    found = import_files.sort_pages([path], [outlet], tmp_path / "scratch", said.append)
    assert (found.pages, found.strangers, found.unreadable) == (1, 1, 25)
    assert said[-1] == "some.warc: 5 more records were left"
