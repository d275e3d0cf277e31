"""The pages over a real archive."""

import re

import pytest

PAGES = (
    "/",
    "/?q=railway",
    "/outlets",
    "/outlets/bulletin",
    "/watches",
    "/runs",
    "/runs/2026-03-01T080000Z",
)


def number_of(client, query: str) -> int:
    return client.get("/khabar/api/search", params={"q": query}).json()["articles"][0]["id"]


@pytest.mark.parametrize("path", PAGES)
def test_every_page_answers(client, path):
    assert client.get(f"/khabar{path}").status_code == 200


@pytest.mark.parametrize("path", [*PAGES, "/story/1", "/article/1", "/watch/1", "/watches/x"])
def test_no_page_is_open_to_strangers(stranger, path):
    answer = stranger.get(f"/khabar{path}")
    assert answer.status_code == 303
    assert answer.headers["location"].startswith("/auth/login?next=%2Fkhabar%2F")


@pytest.mark.parametrize("path", ["/docs", "/redoc", "/openapi.json", "/docs/oauth2-redirect"])
def test_the_framework_shows_nothing_of_its_own(client, path):
    assert client.get(f"/khabar{path}").status_code == 404


def test_a_story_stands_once_with_its_copies_counted(client):
    page = client.get("/khabar/").text
    assert page.count("ompressor station") == 1 or page.count("<h3>") == page.count("<li lang")
    assert "2 articles, 2 outlets" in page


def test_the_newest_comes_first(client):
    times = re.findall(r'<time datetime="([^"]+)"', client.get("/khabar/").text)
    assert times == sorted(times, reverse=True)
    assert len(times) == 5


def test_paging_shows_every_story_once(client, monkeypatch):
    monkeypatch.setattr("ui.listings.newest.__defaults__", (2,))
    seen, path = [], "/khabar/"
    while path:
        page = client.get(path).text
        seen += re.findall(r'href="(/khabar/(?:story|article)/\d+)"', page)
        following = re.search(r'<a href="(\?after=[^"]+)" rel="next"', page)
        path = "/khabar/" + following[1].replace("&amp;", "&") if following else ""
    assert len(seen) == len(set(seen)) == 5


def test_found_words_are_marked(client):
    page = client.get("/khabar/?q=valves").text
    assert "<mark>valves</mark>" in page


def test_a_wrong_query_points_at_the_character(client):
    answer = client.get("/khabar/", params={"q": "gas AND ("})
    assert answer.status_code == 400
    lines = re.search(r'<pre class="caret" dir="ltr">(.*?)</pre>', answer.text, re.DOTALL)[1].split(
        "\n"
    )
    assert lines[0].index("gas AND (") + len("gas AND (") == lines[1].index("^")


def test_a_story_lists_its_articles_and_says_why_its_lead_leads(client):
    number = re.search(r"/khabar/story/(\d+)", client.get("/khabar/?q=compressor").text)[1]
    page = client.get(f"/khabar/story/{number}").text
    assert "Bulletin" in page
    assert "Herald" in page
    assert "leads" in page
    assert page.count("<tr>") == 3


def test_an_article_shows_its_text_and_where_everything_comes_from(client):
    page = client.get(f"/khabar/article/{number_of(client, 'outlet:bulletin compressor')}").text
    assert "switched on this morning" in page
    assert "json-ld" in page
    assert "2026-03-01T12:00:00+04:00" in page
    assert "<code>related</code>" in page
    assert "Read also <code>related</code>" in page
    assert 'href="https://bulletin.example/gas" rel="noopener noreferrer nofollow"' in page


def test_an_edit_is_shown_word_by_word(client):
    page = client.get(f"/khabar/article/{number_of(client, 'railway')}").text
    assert "<del>May</del>" in page
    assert "<ins>June</ins>" in page
    assert "silent edit" in page
    assert "1 paragraph unchanged" in page


def test_a_deletion_is_shown_and_the_text_stays(client):
    page = client.get(f"/khabar/article/{number_of(client, 'crane')}").text
    assert "deleted by the outlet" in page
    assert "A crane fell in the harbour" in page


def test_persian_is_written_from_right_to_left(client):
    page = client.get(f"/khabar/article/{number_of(client, 'lang:fa')}").text
    assert 'lang="fa" dir="rtl"' in page


@pytest.mark.parametrize("path", ["/?q=quotes", "/", "/article"])
def test_hostile_text_is_text(client, path):
    if path == "/article":
        path = f"/article/{number_of(client, 'quotes')}"
    page = client.get(f"/khabar{path}").text
    assert "<script" not in page
    assert "<img" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page


def test_only_http_links_are_links(client):
    page = client.get(f"/khabar/article/{number_of(client, 'outlet:bulletin compressor')}").text
    assert 'href="javascript:' not in page
    assert 'href="https://example.org/a"' in page


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/static/khabar.css",
        "/article/999999",
        "/feed.atom",
        "/api/search?q=x",
        "/unsubscribe?t=x",
    ],
)
def test_every_answer_has_the_headers(client, path):
    headers = client.get(f"/khabar{path}").headers
    assert headers["content-security-policy"].startswith("default-src 'none'")
    script = re.search(r"script-src ([^;]*)", headers["content-security-policy"])
    assert script is None or script[1] == "'self'"
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "same-origin"


def test_pages_ask_for_nothing_from_elsewhere(client):
    for path in PAGES:
        page = client.get(f"/khabar{path}").text
        assert not re.findall(r'(?:src|action)="(?:https?:)?//', page)
        assert not re.findall(r'<link[^>]+href="https?:', page)
        assert "<style" not in page
        assert " style=" not in page


@pytest.mark.parametrize(
    "path",
    [
        "/story/0",
        "/story/999999999999999999999",
        "/article/-1",
        "/article/99999999999999999999",
        "/outlets/nobody",
        "/watches/none",
        "/watch/77777",
        "/runs/never",
        "/nothing",
    ],
)
def test_what_is_not_there_is_404(client, path):
    assert client.get(f"/khabar{path}").status_code == 404


@pytest.mark.parametrize(
    "after", ["x", "2026-01-01,", "2026-13-01,5", ",", "2026-01-01T00:00:00+00:00,9" + "9" * 40]
)
def test_a_foreign_cursor_opens_the_first_page(client, after):
    assert client.get("/khabar/", params={"after": after}).status_code == 200


def test_outlets_in_trouble_are_seen(client):
    page = client.get("/khabar/outlets").text
    assert '<span class="dot bad"></span>blocked' in page


def test_a_watch_is_escaped_and_found_by_number(client):
    page = client.get("/khabar/watches").text
    assert "Gas &amp; &lt;oil&gt;" in page
    answer = client.get("/khabar/watch/1")
    assert answer.status_code == 303
    assert client.get(answer.headers["location"]).status_code == 200


def test_a_restarted_database_is_found_again(client, server):
    import contextlib

    import psycopg2

    assert client.get("/khabar/").status_code == 200
    with contextlib.closing(psycopg2.connect(server.url("postgres"))) as connection:
        connection.autocommit = True
        connection.cursor().execute(
            "select pg_terminate_backend(pid) from pg_stat_activity where datname = 'ui_pages'"
        )
    assert client.get("/khabar/").status_code == 200


def test_an_outlets_page_shows_its_journal(client, archive_url):
    from datetime import UTC, datetime

    from storage import Archive, record_outlet_event

    with Archive(archive_url) as archive, archive.transaction() as cursor:
        noticed = [
            record_outlet_event(
                cursor,
                "2026-03-02T080000Z",
                "herald",
                "redesign",
                "5 of <b>6</b> articles",
                at=datetime(2026, 3, day, tzinfo=UTC),
            )
            for day in (2, 9)
        ]
    assert noticed == [True, False]
    page = client.get("/khabar/outlets/herald").text
    assert "<b>redesign</b>" in page
    assert "5 of &lt;b&gt;6&lt;/b&gt; articles" in page
