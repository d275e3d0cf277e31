"""Pages that only JavaScript builds, in the system's Chromium.

Its own requests reach nothing inside.
"""

import sys

import pytest

from crawlers import job as jobs
from crawlers.download import browser
from crawlers.warc.records import read_pages


@pytest.mark.slow
@pytest.mark.skipif(browser.chromium() is None, reason="no Chromium here")
def test_a_page_that_scripts_build(site, outlet_of, job_of):
    site.page(
        "/",
        "<html><body><div id=a></div><script>document.getElementById('a').innerHTML='<a "
        'href="/news/1-a-built-headline">x</a>\'</script></body></html>',
    )
    inside = f"http://127.0.0.2:{site.port}/inside"
    site.page(
        "/news/1-a-built-headline",
        "<html><body><p id=t></p><script>"
        f"fetch('{inside}',{{mode:'no-cors'}}).catch(()=>0).then(()=>"
        f"{{document.getElementById('t').textContent='built by a script'}})</script></body>"
        "</html>",
    )
    site.page("/inside", "secret")
    job = job_of(outlet_of(("listing", "/"), render=True), timeout=40.0)
    report = jobs.run(job, progress=False)
    assert report.faults == {}
    assert [
        b"built by a script</p>" in page.body for page in read_pages(job.folder / "pages.warc.gz")
    ] == [True]
    assert site.asked("/inside") == 0


def test_without_chromium_it_is_said_so(site, outlet_of, job_of, monkeypatch):
    monkeypatch.setenv("PATH", "/nowhere")
    site.page("/", "<a href='/news/1-a-built-headline'>x</a>")
    report = jobs.run(job_of(outlet_of(("listing", "/"), render=True)), progress=False)
    assert report.faults == {"browser": 1}
    assert "Chromium" in report.doors[0].note


def test_a_browser_that_does_not_start_is_a_fault_of_the_page(site, outlet_of, job_of):
    """What its file does not ask the browser for comes without one."""
    site.page("/", "<a href='/news/1-a-built-headline'>x</a>")
    site.feed("/rss", ["/news/2-a-plain-headline"])
    site.article("/news/2-a-plain-headline")
    outlet = outlet_of(("listing", "/"), ("feed", "/rss"), render=True)
    report = jobs.run(job_of(outlet, chromium=sys.executable, tries=1), progress=False)
    assert report.faults == {"browser": 2}
    assert [door.new for door in report.doors if door.kind == "feed"] == [1]


def test_the_browser_is_the_one_that_is_named_or_the_first_on_the_path(tmp_path, monkeypatch):
    program = tmp_path / "chrome"
    program.write_text("#!/bin/sh\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert browser.chromium() == str(program)
    assert browser.chromium("/opt/chromium") == "/opt/chromium"


@pytest.mark.parametrize(("kind", "is_left_out"), [("image", True), ("document", False)])
def test_what_has_no_text_is_not_fetched(kind, is_left_out):
    class Asked:
        resource_type = kind

    assert browser.light(Asked()) is is_left_out
