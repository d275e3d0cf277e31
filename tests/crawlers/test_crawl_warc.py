"""WARC files: valid for others, read back as they were, a page found again by its offset."""

import gzip
import io
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from warcio.archiveiterator import ArchiveIterator
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from crawlers.errors import CrawlError
from crawlers.warc import records

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)


def exchange(**fields) -> records.Exchange:
    return records.Exchange(
        **{
            "asked": "https://x.az/1",
            "url": "https://x.az/1",
            "status": 200,
            "headers": (("Content-Type", "text/html"),),
            "body": b"<p>hello</p>",
            "fetched_at": NOW,
            **fields,
        }
    )


def written(tmp_path: Path, *exchanges: records.Exchange) -> Path:
    path = tmp_path / "pages.warc.gz"
    writer = records.Writer(path)
    for item in exchanges:
        writer.write(item)
    writer.close()
    return path


def test_what_was_written_is_read(tmp_path):
    path = written(
        tmp_path,
        exchange(hint_title="Xəbər\r\nX-Evil: 1", hint_published=NOW),
        exchange(url="https://x.az/2", asked="https://x.az/two", status=410),
    )
    first, second = records.read_pages(path)
    assert (first.url, first.body, first.status, first.fetched_at) == (
        "https://x.az/1",
        b"<p>hello</p>",
        200,
        NOW,
    )
    assert (first.hint_title, first.hint_published) == ("Xəbər\r\nX-Evil: 1", NOW)
    assert (second.url, second.final_url, second.status) == (
        "https://x.az/two",
        "https://x.az/2",
        410,
    )


def test_revisits_and_redirects_are_no_pages(tmp_path):
    path = written(
        tmp_path,
        exchange(),
        exchange(unchanged_since=NOW - timedelta(days=1)),
        exchange(status=302),
    )
    assert len(list(records.read_pages(path))) == 1
    assert [item.unchanged_since is not None for item in records.read(path)] == [False, True, False]


def test_others_find_it_valid(tmp_path):
    body = gzip.compress(b"<p>zipped</p>" * 50)
    path = written(
        tmp_path,
        exchange(request_headers=(("User-Agent", "Khabar"),), address="93.184.216.34"),
        exchange(body=body, headers=(("Content-Type", "text/html"), ("Content-Encoding", "gzip"))),
        exchange(unchanged_since=NOW),
    )
    done = subprocess.run(
        [sys.executable, "-m", "warcio.cli", "check", "-v", str(path)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout
    assert "digest failed" not in done.stdout
    with path.open("rb") as file:
        kinds = [record.rec_type for record in ArchiveIterator(file)]
    assert kinds == ["warcinfo", "response", "request", "response", "request", "revisit", "request"]
    assert list(records.read_pages(path))[1].body == b"<p>zipped</p>" * 50


def test_a_page_is_found_again_by_its_offset(tmp_path):
    writer = records.Writer(tmp_path / "pages.warc.gz")
    offsets = [
        writer.write(exchange(url=f"https://x.az/{number}", asked=f"https://x.az/{number}"))
        for number in range(5)
    ]
    writer.close()
    for number, offset in enumerate(offsets):
        assert (
            next(records.read(tmp_path / "pages.warc.gz", offset=offset)).url
            == f"https://x.az/{number}"
        )


@pytest.mark.filterwarnings(
    "ignore::pytest.PytestUnraisableExceptionWarning", "ignore::ResourceWarning"
)  # warcio's own temporary files
@pytest.mark.parametrize("version", ["1.0", "1.1"])
def test_anybodys_warc_is_read(tmp_path, version):
    path = tmp_path / "cc.warc.gz"
    with path.open("wb") as file:
        writer = WARCWriter(file, gzip=True, warc_version=version)
        headers = StatusAndHeaders(
            "200 OK",
            [("Content-Type", "text/html"), ("Transfer-Encoding", "chunked")],
            protocol="HTTP/1.1",
        )
        writer.write_record(
            writer.create_warc_record(
                "https://x.az/9",
                "response",
                payload=io.BytesIO(b"5\r\nhello\r\n0\r\n\r\n"),
                http_headers=headers,
            )
        )
        writer.write_record(
            writer.create_warc_record(
                "dns:x.az", "response", payload=io.BytesIO(b"x"), warc_content_type="text/dns"
            )
        )
    assert [(page.url, page.body) for page in records.read_pages(path)] == [
        ("https://x.az/9", b"hello")
    ]


def test_what_is_no_warc_is_one_sentence(tmp_path):
    path = tmp_path / "x.warc.gz"
    path.write_bytes(b"this is no warc file at all\n" * 20)
    with pytest.raises(CrawlError, match="no WARC"):
        list(records.read_pages(path))


@settings(deadline=None, max_examples=50)
@given(cut=st.integers(0, 3000))
def test_a_cut_file_keeps_its_whole_records(tmp_path_factory, cut):
    folder = tmp_path_factory.mktemp("cut")
    path = written(
        folder,
        *(
            exchange(url=f"https://x.az/{number}", asked=f"https://x.az/{number}")
            for number in range(4)
        ),
    )
    part = path.with_name(".pages.warc.gz.part")
    part.write_bytes(path.read_bytes()[:cut])
    kept = records.recover(path)
    assert kept <= cut
    assert len(list(ArchiveIterator(io.BytesIO(part.read_bytes())))) <= 9
