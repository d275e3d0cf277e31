"""A package opens in ReplayWeb.page, in a browser: the pages stand there as they were received."""

import functools
import shutil
import subprocess
import tarfile
import threading
import zipfile
from collections.abc import Iterator
from datetime import timedelta
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from evidencehouse import EDIT, NOW, PAGES, TOMORROW, URLS
from kept_runs import kept, passed

from evidence.verify import verify
from pipeline.evidence import days, packing
from pipeline.evidence.selection import Kind
from storage import Archive

REPLAY = "replaywebpage@2.5.3"
PAGE = """<!doctype html><html><head><meta charset="utf-8"><script src="/ui.js"></script></head>
<body style="margin:0"><replay-web-page style="height:100vh" source="/story.wacz"
replayBase="/replay/" {more}></replay-web-page></body></html>"""


class Handler(SimpleHTTPRequestHandler):
    """Serves a folder, parts of files too: the reader asks for ranges of the package."""

    def do_GET(self) -> None:
        asked = self.headers.get("Range")
        if not asked:
            super().do_GET()
            return
        data = Path(self.translate_path(self.path)).read_bytes()
        first, _, last = asked.removeprefix("bytes=").partition("-")
        begin = int(first) if first else max(0, len(data) - int(last))
        end = min(int(last), len(data) - 1) if first and last else len(data) - 1
        self.send_response(206)
        self.send_header("Content-Range", f"bytes {begin}-{end}/{len(data)}")
        self.send_header("Content-Length", str(end + 1 - begin))
        self.send_header("Accept-Ranges", "bytes")
        self.end_headers()
        self.wfile.write(data[begin : end + 1])

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def package(house, tmp_path) -> Path:
    """A story of which an article was edited, then deleted, packed."""
    url, _ = PAGES[0]
    passed(house, kept(house, NOW - timedelta(hours=1), [(url, "gone")], status=404))
    with Archive(house.database_url) as archive:
        days.close_days(archive, house, TOMORROW)
    file = tmp_path / "story.wacz"
    done = packing.export(house, URLS[0], file, kind=Kind.STORY, now=NOW)
    assert done.records >= 3
    return file


@pytest.fixture
def site(tmp_path, package) -> Iterator[str]:
    """ReplayWeb.page and the package, served on loopback."""
    if not shutil.which("npm") or not shutil.which("chromium"):
        pytest.skip("npm and chromium are not here")
    packed = subprocess.run(
        ["npm", "pack", REPLAY], cwd=tmp_path, check=False, capture_output=True, text=True
    )
    if packed.returncode:
        pytest.skip(f"{REPLAY} is not to be had: {packed.stderr[-200:]}")
    with tarfile.open(tmp_path / packed.stdout.split()[-1]) as archive:
        archive.extractall(tmp_path, filter="data")
    root = tmp_path / "site"
    (root / "replay").mkdir(parents=True)
    for name in ("ui.js", "replay/ui.js", "replay/sw.js"):
        shutil.copy(tmp_path / "package" / Path(name).name, root / name)
    shutil.copy(package, root / "story.wacz")
    (root / "list.html").write_text(PAGE.format(more=""))
    for hours, name in ((3, "first"), (2, "edited")):
        moment = NOW - timedelta(hours=hours)
        more = f'url="{PAGES[0][0]}" ts="{moment:%Y%m%d%H%M%S}"'
        (root / f"{name}.html").write_text(PAGE.format(more=more))
    handler = functools.partial(Handler, directory=str(root))
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
    thread.join()


def text_of(page, needle: str) -> str:
    """Wait until a frame shows some words; return its text."""
    for _ in range(200):
        for frame in page.frames:
            if "/replay/" in frame.url and "mp_" in frame.url:
                text = frame.evaluate("document.body ? document.body.innerText : ''")
                if needle in text:
                    return text
        page.wait_for_timeout(100)
    urls = [frame.url for frame in page.frames]
    raise AssertionError(f"{needle!r} never showed: {urls}")


def test_a_story_with_an_edit_and_a_deletion_is_packed_whole(package):
    with package.open("rb") as file:
        assert [item.sentence for item in verify(file) if item.outcome == "no"] == []
    with zipfile.ZipFile(package) as opened:
        articles = opened.read("proof/articles.jsonl").decode()
        records = opened.read("proof/records.jsonl").decode()
    assert '"kind": "edit"' in articles
    assert '"kind": "deletion"' in articles
    assert "status 404" in records


@pytest.mark.slow
def test_the_page_as_it_stood_and_as_it_was_edited_are_shown_by_replayweb_page(site, tmp_path):
    from playwright.sync_api import sync_playwright

    with sync_playwright() as play:
        browser = play.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox"]
        )
        page = browser.new_page(viewport={"width": 1200, "height": 800})
        page.goto(f"{site}/first.html")
        assert EDIT.strip() not in text_of(page, " ")
        page.screenshot(path=str(tmp_path / "first.png"))
        page.goto(f"{site}/edited.html")
        assert EDIT.strip() in text_of(page, EDIT.strip())
        page.screenshot(path=str(tmp_path / "edited.png"))
        page.goto(f"{site}/list.html")
        page.wait_for_timeout(4000)
        page.screenshot(path=str(tmp_path / "list.png"))
        assert page.evaluate("document.querySelector('replay-web-page') !== null")
        browser.close()
