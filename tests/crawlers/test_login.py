"""An outlet behind a login is read, and its secret goes nowhere but to the outlet's own hosts."""

import base64
import gzip
from collections import defaultdict
from contextlib import closing
from dataclasses import replace
from http.client import HTTPConnection

import pytest

from crawlers import CrawlError, OutletFileError, login, outlet_files
from crawlers import job as jobs
from crawlers.scope import Scope

PASSWORD = "ninth-harbour-key"
SECRET = f"basic reader:{PASSWORD}"
TOKEN = base64.b64encode(f"reader:{PASSWORD}".encode()).decode()


def says_the_password(fields: dict[str, str]) -> bool:
    return fields.get("authorization") == f"Basic {TOKEN}"


def behind_a_door(site, path: str, answer: tuple[int, dict[str, str], bytes], knows=None) -> None:
    """Show a page to those whom the server `knows` by their request's head, 401 to others."""
    refused = (401, {"WWW-Authenticate": "Basic", "Content-Length": "0"}, b"")

    def tell(connection) -> None:
        fields = site.log[-1][2]
        is_known = (knows or says_the_password)(fields)
        status, head, body = answer if is_known else refused
        lines = "".join(f"{name}: {value}\r\n" for name, value in head.items())
        size = f"Content-Length: {len(body)}\r\n" if is_known else ""
        connection.sendall(f"HTTP/1.1 {status} X\r\n{lines}{size}\r\n".encode() + body)

    site.raw(path, tell)


@pytest.fixture
def guarded(site, outlet_of):
    site.feed("/feed", ["/news/1001"])
    behind_a_door(site, "/feed", site.pages["/feed"])
    site.article("/news/1001", "Only for those who have an account.")
    status, head, body = site.pages["/news/1001"]
    behind_a_door(site, "/news/1001", (status, {**head, "Set-Cookie": "sid=fresh-session"}, body))
    return outlet_of(("feed", "/feed"), login="harbour")


def test_an_outlet_behind_a_login_is_read_and_its_secret_stays_out_of_the_folder(
    site, guarded, job_of
):
    job = replace(job_of(guarded), login=SECRET)
    report = jobs.run(job, progress=False)
    assert (report.state, report.new) == ("ok", 1)
    told = [fields.get("authorization") for host, _, fields in site.log if host]
    assert set(told) == {f"Basic {TOKEN}"}
    for path in job.folder.iterdir():
        data = path.read_bytes()
        if path.suffix == ".gz":
            data = gzip.decompress(data)
        for secret in (PASSWORD, TOKEN, "fresh-session"):
            assert secret.encode() not in data, path.name


def test_without_its_secret_an_outlet_is_not_asked_and_says_why(site, guarded, job_of):
    with pytest.raises(CrawlError, match="the secret of the login 'harbour' is neither"):
        jobs.run(job_of(guarded), progress=False)
    assert site.log == []


def test_a_wrong_secret_is_the_outlets_refusal(site, guarded, job_of):
    report = jobs.run(replace(job_of(guarded), login="basic reader:wrong"), progress=False)
    assert (report.state, report.new) == ("blocked", 0)


def test_an_outlet_knows_its_reader_by_the_cookie_of_a_session_that_it_has_opened(
    site, outlet_of, job_of
):
    sessions = ["first-session-5d1c"]
    stranger = f"stranger.localhost:{site.port}/pixel"
    site.page("/login", "Welcome back.", Set_Cookie=f"sid={sessions[0]}; Path=/; HttpOnly")
    site.page("/feed", "", status=301, Location=site.url("/members/feed"))
    site.feed("/members/feed", ["/news/1001", "/news/1002"])
    site.article("/news/1001", "Only for those who have an account.")
    site.page("/news/1002", "", status=302, Location=site.url("/pixel", "stranger.localhost"))
    site.pages[stranger] = (200, {"Content-Type": "text/html"}, b"<p>Somebody else's.</p>")

    def knows(fields: dict[str, str]) -> bool:
        return fields.get("cookie") in {f"sid={session}; lang=en" for session in sessions}

    for path in ("/members/feed", "/news/1001"):
        status, head, body = site.pages[path]
        answer = (status, {**head, "Set-Cookie": "sid=of-the-server; Path=/"}, body)
        behind_a_door(site, path, answer, knows)

    with closing(HTTPConnection("127.0.0.1", site.port)) as browser:
        browser.request("GET", "/login")
        cookie = browser.getresponse().headers["Set-Cookie"].partition(";")[0]

    site.log.clear()
    outlet = outlet_of(("feed", "/feed"), login="harbour")
    job = replace(job_of(outlet), login=f"cookie {cookie}; lang=en\n")
    report = jobs.run(job, progress=False)
    assert (report.state, report.new) == ("ok", 1)
    # What the server sets on the way is not taken for it, and nobody else is told.
    told = defaultdict(set)
    for host, _, fields in site.log:
        told[host.partition(":")[0]].add(fields.get("cookie"))
    assert told["outlet.localhost"] == {f"{cookie}; lang=en"}
    assert told["stranger.localhost"] <= {None}
    for path in job.folder.iterdir():
        data = path.read_bytes()
        data = gzip.decompress(data) if path.suffix == ".gz" else data
        assert sessions[0].encode() not in data, path.name

    # The session has ended: the outlet refuses, and that is what is said of it.
    sessions[0] = "second-session-77ab"
    late = jobs.run(replace(job_of(outlet), login=f"cookie {cookie}; lang=en"), progress=False)
    assert (late.state, late.new) == ("blocked", 0)


def test_the_secret_is_not_told_to_another_host(site, outlet_of, job_of):
    site.page("/feed", "", status=301, Location=site.url("/feed", "stranger.localhost"))
    site.feed("/feed2", [])
    site.pages[f"stranger.localhost:{site.port}/feed"] = site.pages.pop("/feed2")
    outlet = outlet_of(("feed", "/feed"), login="harbour")
    jobs.run(replace(job_of(outlet), login=SECRET), progress=False)
    asked = {host.partition(":")[0]: fields for host, _, fields in site.log}
    assert "authorization" in asked["outlet.localhost"]
    assert "authorization" not in asked["stranger.localhost"]


def test_a_host_to_which_the_outlet_has_moved_is_not_its_own_before_its_file_says_so(outlet_of):
    scope = Scope(outlet_of(("feed", "/feed")))
    scope.move("http://outlet.localhost/", "https://elsewhere.example/")
    assert scope.is_ours("https://elsewhere.example/news/1")
    assert not scope.is_own("https://elsewhere.example/news/1")


def test_cookies_are_told_as_they_are_and_other_secrets_are_refused_unquoted():
    cookies = login.parse("harbour", "cookie sid=1; token=2\n")
    assert (cookies.field, cookies.value) == ("Cookie", "sid=1; token=2")
    for wrong in (PASSWORD, f"basic {PASSWORD}", "cookie a=b\r\nHost: x", "cookie", ""):
        with pytest.raises(CrawlError) as told:
            login.parse("harbour", wrong)
        assert PASSWORD not in str(told.value)
    assert PASSWORD not in repr(login.parse("harbour", SECRET))


def test_only_what_nobody_on_the_way_reads_is_safe():
    assert login.is_safe("https://outlet.example/")
    assert login.is_safe("http://outlet.localhost:8000/")
    assert not login.is_safe("http://outlet.example/")


FILE = """title = "Kanar"
home = "https://kanar.example/"
languages = ["en"]
timezone = "Asia/Baku"
login = "harbour"

[[doors]]
kind = "feed"
url = "https://kanar.example/rss"
"""


def test_an_outlet_file_names_a_secret_and_never_holds_one(tmp_path):
    path = tmp_path / "caspian" / "kanar.toml"
    assert outlet_files.parse_outlet(FILE, path).login == "harbour"
    for old, new, why in (
        ('"harbour"', f'"{SECRET}"', "name of a secret"),
        ('https://kanar.example/"', 'http://kanar.example/"', "https alone"),
        ('login = "harbour"', 'login = "harbour"\nrender = true', "not both"),
    ):
        with pytest.raises(OutletFileError, match=why) as told:
            outlet_files.parse_outlet(FILE.replace(old, new, 1), path)
        assert PASSWORD not in str(told.value)
