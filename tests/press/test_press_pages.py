"""The pages of an outlet besides articles and doors, asked of the application without a server."""

import json
from datetime import UTC, datetime, timedelta

import pytest

from press.address import SECTIONS
from press.application import Application, Settings
from press.http import Request

START = datetime(2026, 3, 1, 6, tzinfo=UTC)
NOW = START + timedelta(days=2)


@pytest.fixture(scope="module")
def tour(tmp_path_factory):
    home = tmp_path_factory.mktemp("press")
    application = Application(Settings(home=home, port=8123, now=START))
    application.clock.set(NOW)
    return application


def request(host: str, target: str, body: bytes = b"", method: str = "GET") -> Request:
    return Request(method=method, host=host, port=8123, target=target, headers={}, body=body)


def ask(application: Application, host: str, target: str):
    response, _ = application.answer(request(host, target), NOW)
    return response


def command(application: Application, what: str, **wish: object):
    body = json.dumps(wish).encode()
    asked = request("127.0.0.1", f"/_press/{what}", body, "POST")
    return application.answer(asked, NOW)[0]


def test_the_start_page_leads_to_every_outlet(tour):
    page = ask(tour, "127.0.0.1", "/").body.decode()
    assert all(f"http://{name}.localhost:8123/" in page for name in tour.world.sites)


def test_robots_says_how_fast_and_where_the_sitemaps_lie(tour):
    lines = ask(tour, "bozkirgazete.localhost", "/robots.txt").body.decode().splitlines()
    assert "Disallow: /_press/" in lines
    assert "Sitemap: http://bozkirgazete.localhost:8123/news-sitemap.xml" in lines
    slow = ask(tour, "khazarnameh.localhost", "/robots.txt").body.decode()
    assert "Crawl-delay: 0.5" in slow


def test_a_picture_is_the_same_each_time(tour):
    first = ask(tour, "harbourtimes.localhost", "/img/3-4.svg")
    assert first.kind == "image/svg+xml"
    assert first.body == ask(tour, "goriposta.localhost", "/img/3-4.svg").body


@pytest.mark.parametrize("path", ["/about", "/contacts"])
def test_furniture_pages_answer(tour, path):
    assert ask(tour, "harbourtimes.localhost", path).status == 200


def test_a_section_lists_its_newest_articles(tour):
    latest = tour.world.latest("harbourtimes", NOW, 400)
    section = latest[0].section
    page = ask(tour, "harbourtimes.localhost", f"/section/{SECTIONS[section]}").body.decode()
    listed = [piece for piece in latest if piece.section == section][:20]
    assert all(piece.path in page for piece in listed)


def test_what_is_not_there_is_not_found(tour):
    assert ask(tour, "harbourtimes.localhost", "/nothing/at/all").status == 404
    assert ask(tour, "harbourtimes.localhost", "/?page=999").status == 404
    assert ask(tour, "nobody.localhost", "/").status == 404


def test_a_day_of_the_archive_holds_the_articles_of_that_day(tour):
    day = (NOW - timedelta(days=1)).astimezone(tour.world.sites["dagmedia"].timezone)
    page = ask(tour, "dagmedia.localhost", f"/archive/{day:%Y/%m/%d}/").body.decode()
    pieces = tour.world.pieces("dagmedia", NOW)
    today = [piece for piece in pieces if piece.published.date() == day.date()]
    assert today
    assert all(piece.path in page for piece in today if piece.visible(NOW))
    assert ask(tour, "dagmedia.localhost", "/archive/2026/13/40/").status == 404


def test_status_and_truth_are_told(tour):
    status = json.loads(ask(tour, "127.0.0.1", "/_press/status").body)
    assert status["outlets"] == sorted(tour.world.sites)
    until = START.isoformat().replace("+00:00", "Z")
    truth = ask(tour, "127.0.0.1", f"/_press/truth?until={until}").body
    assert 0 < truth.count(b"\n") < 500


def test_a_wish_that_makes_no_sense_is_refused_in_a_sentence(tour):
    assert b"no outlet 'nobody'" in command(tour, "fault", outlet="nobody", fault="empty").body
    wrong = command(tour, "fault", outlet="dagmedia", fault="empty", scope="half")
    assert wrong.status == 400
    assert b"there are all, doors, pages" in wrong.body
    assert b"names no zone" in command(tour, "clock", now="2026-03-01T00:00:00").body


def test_a_folder_with_a_broken_state_is_named(tmp_path):
    (tmp_path / "press.json").write_text("{", encoding="utf-8")
    with pytest.raises(Exception, match=r"press\.json is not the press's state any more"):
        Application(Settings(home=tmp_path, port=8123))
