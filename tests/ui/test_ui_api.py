"""The API, the feeds and the way out of a mail."""

import json
import re
from dataclasses import fields
from xml.etree import ElementTree as ET

import pytest

from news.watch import Watch
from pipeline import settings
from pipeline.alerts import mail_context
from storage import Archive, pages
from storage.alerts import save_watch
from ui import api_models
from watches.delivery import feed_token, unsubscribe
from watches.delivery.unsubscribe import Request

TOKEN = "planted-feed-token"
ATOM = "{http://www.w3.org/2005/Atom}"
GUARDED = (
    "/api/search?q=gas",
    "/api/facets?q=gas",
    "/api/articles/1",
    "/api/articles/1/revisions",
    "/api/stories/1",
    "/api/outlets",
    "/api/runs",
    "/api/openapi.json",
    "/feed.atom",
    "/feed.json?q=gas",
    "/watch/1.atom",
    "/watch/1.json",
)


@pytest.mark.parametrize("path", GUARDED)
def test_without_a_token_there_is_nothing(stranger, path):
    answer = stranger.get(f"/khabar{path}")
    assert answer.status_code == 401
    assert "error" in answer.json()


@pytest.mark.parametrize("path", GUARDED)
def test_a_wrong_token_opens_nothing(stranger, path):
    assert (
        stranger.get(f"/khabar{path}", headers={"authorization": f"Bearer {TOKEN}x"}).status_code
        == 401
    )


@pytest.mark.parametrize("path", GUARDED)
def test_the_token_opens_every_one(stranger, path):
    assert (
        stranger.get(f"/khabar{path}", headers={"authorization": f"Bearer {TOKEN}"}).status_code
        == 200
    )


def test_a_feed_reader_may_carry_the_token_in_the_address_or_as_a_password(stranger):
    assert stranger.get("/khabar/feed.atom", params={"token": TOKEN}).status_code == 200
    assert stranger.get("/khabar/feed.atom", auth=("reader", TOKEN)).status_code == 200
    assert stranger.get("/khabar/feed.atom", auth=("reader", "wrong")).status_code == 401


def test_the_token_does_not_open_the_pages(stranger):
    assert stranger.get("/khabar/", params={"token": TOKEN}).status_code == 303


def test_openapi_describes_every_route_and_the_token(client):
    described = client.get("/khabar/api/openapi.json").json()
    assert {
        "/api/search",
        "/api/articles/{number}",
        "/api/stories/{number}",
        "/api/outlets",
        "/api/runs",
    } <= set(described["paths"])
    assert all(set(methods) == {"get"} for methods in described["paths"].values())
    assert described["components"]["securitySchemes"]["token"]["scheme"] == "bearer"


def test_search_pages_by_cursor_without_gap_or_double(client):
    seen, cursor = [], ""
    while cursor is not None:
        found = client.get(
            "/khabar/api/search", params={"q": "after:2026-01-01", "limit": 2, "cursor": cursor}
        ).json()
        seen += [article["id"] for article in found["articles"]]
        cursor = found["cursor"]
    assert len(seen) == len(set(seen)) == 6


def test_a_wrong_query_names_the_character(client):
    answer = client.get("/khabar/api/search", params={"q": "gas AND ("})
    assert answer.status_code == 400
    assert answer.json()["position"] == len("gas AND (")


def test_a_foreign_cursor_is_refused(client):
    assert (
        client.get("/khabar/api/search", params={"q": "gas", "cursor": "bm9uc2Vuc2U"}).status_code
        == 400
    )


def test_an_article_and_its_revisions(client):
    number = client.get("/khabar/api/search", params={"q": "railway"}).json()["articles"][0]["id"]
    assert "June" in client.get(f"/khabar/api/articles/{number}").json()["body"]
    revisions = client.get(f"/khabar/api/articles/{number}/revisions").json()
    assert [revision["kind"] for revision in revisions] == ["edit"]
    assert "May" in revisions[0]["before_body"]


def test_a_story_has_both_articles(client):
    number = re.search(r"/khabar/story/(\d+)", client.get("/khabar/?q=compressor").text)[1]
    story = client.get(f"/khabar/api/stories/{number}").json()
    assert {member["article"]["outlet"] for member in story["members"]} == {"bulletin", "herald"}


@pytest.mark.parametrize("path", ["/api/articles/99999", "/api/stories/99999"])
def test_what_is_not_there_is_404_in_json(client, path):
    answer = client.get(f"/khabar{path}")
    assert answer.status_code == 404
    assert "no such" in answer.json()["error"]


@pytest.mark.parametrize("method", ["post", "put", "delete", "patch"])
def test_nothing_can_be_written(client, method):
    assert getattr(client, method)("/khabar/api/outlets").status_code == 405


def test_atom_is_whole_even_with_hostile_text(client):
    feed = ET.fromstring(client.get("/khabar/feed.atom").content)  # noqa: S314  # our own
    assert feed.tag == f"{ATOM}feed"
    for name in ("id", "title", "updated", "author"):
        assert feed.find(f"{ATOM}{name}") is not None
    entries = feed.findall(f"{ATOM}entry")
    assert len(entries) == 5
    ids = [entry.findtext(f"{ATOM}id") for entry in entries]
    assert len(set(ids)) == 5
    assert all(identity.startswith("http://khabar.example/khabar/article/") for identity in ids)
    titles = [entry.findtext(f"{ATOM}title") for entry in entries]
    assert any("<script>" in title for title in titles)
    assert all(entry.findtext(f"{ATOM}updated") for entry in entries)


def test_json_feed_says_the_same(client):
    feed = client.get("/khabar/feed.json").json()
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert len(feed["items"]) == 5
    assert {"id", "url", "title", "content_text", "date_published"} <= set(feed["items"][0])


def test_a_query_narrows_a_feed(client):
    assert len(client.get("/khabar/feed.json", params={"q": "railway"}).json()["items"]) == 1


def test_a_watch_has_a_feed(client):
    items = client.get("/khabar/watch/1.json").json()["items"]
    assert [item["title"] for item in items if "ompressor" in item["title"]]
    assert client.get("/khabar/watch/1.xml").status_code == 404
    assert client.get("/khabar/watch/99.atom").status_code == 404


def test_a_wrong_query_of_a_feed_is_a_sentence(client):
    answer = client.get("/khabar/feed.atom", params={"q": "("})
    assert answer.status_code == 400
    assert "character" in answer.json()["error"]


@pytest.fixture
def link(tmp_path) -> str:
    given = {"KHABAR_HOME": str(tmp_path), "KHABAR_SECRET": "a planted secret for links"}
    secret = mail_context.secret(settings.read(given))
    return unsubscribe.token(secret, Request("analyst@localhost", (1,)))


def recipients(client) -> str:
    return client.get("/khabar/watches", headers={"x-user": "analyst"}).text


def test_asking_changes_nothing_and_posting_unsubscribes(stranger, link, archive_url):
    from storage import Archive, alerts

    asked = stranger.get("/khabar/unsubscribe", params={"t": link})
    assert asked.status_code == 200
    assert "Gas &amp; &lt;oil&gt;" in asked.text
    assert "a…@localhost" in recipients(stranger)
    assert (
        stranger.post("/khabar/unsubscribe", params={"t": link}, data={"other": "x"}).status_code
        == 400
    )
    assert "a…@localhost" in recipients(stranger)
    for _ in range(2):
        assert (
            stranger.post(
                "/khabar/unsubscribe", params={"t": link}, data={"List-Unsubscribe": "One-Click"}
            ).status_code
            == 200
        )
    with Archive(archive_url) as archive, archive.transaction() as cursor:
        assert alerts.load_watches(cursor)[0].watch.recipients == ()


@pytest.mark.parametrize(
    "change",
    [
        lambda t: t[:-1] + ("A" if t[-1] != "A" else "B"),
        lambda t: "x" + t,
        lambda t: t.split(".")[0],
        lambda t: t[:0],
    ],
)
def test_a_changed_link_does_nothing(stranger, link, change):
    answer = stranger.post(
        "/khabar/unsubscribe", params={"t": change(link)}, data={"List-Unsubscribe": "One-Click"}
    )
    assert answer.status_code == 400


def test_a_large_form_is_not_read(stranger, link):
    answer = stranger.post(
        "/khabar/unsubscribe",
        params={"t": link},
        content=b"List-Unsubscribe=One-Click&x=" + b"y" * 100_000,
        headers={"content-type": "application/x-www-form-urlencoded"},
    )
    assert answer.status_code == 400


def test_no_answer_carries_a_token_or_an_address_into_a_log(client, caplog):
    client.get("/khabar/feed.atom", params={"token": TOKEN})
    assert TOKEN not in json.dumps(
        [record.getMessage() for record in caplog.records if record.name.startswith("ui")]
    )


def saved_watch(archive_url: str, name: str, **fields: object) -> int:
    """Return the number of a watch that is saved for one test."""
    with Archive(archive_url) as archive, archive.transaction() as cursor:
        watch = Watch(name=name, query="compressor", recipients=("analyst@localhost",), **fields)
        return save_watch(cursor, watch)


def titles_of(client, number: int) -> list[str]:
    feed = client.get(f"/khabar/watch/{number}.json").json()
    return [item["title"] for item in feed.get("items", [])]


def test_the_feed_of_a_watch_keeps_to_its_regions(client, archive_url):
    inside = saved_watch(archive_url, "Inside", regions=("caspian",))
    outside = saved_watch(archive_url, "Outside", regions=("levant",))
    assert titles_of(client, inside)
    assert titles_of(client, outside) == []


def test_the_feed_of_a_watch_keeps_to_its_outlets_within_its_regions(client, archive_url):
    both = saved_watch(archive_url, "Both", regions=("caspian",), outlets=("herald",))
    neither = saved_watch(archive_url, "Neither", regions=("levant",), outlets=("herald",))
    assert titles_of(client, both) == ["New compressor station at work"]
    assert titles_of(client, neither) == []


def test_a_feed_that_is_not_there_is_said_to_be_so(client):
    assert client.get("/khabar/watch/9999.json").status_code == 404
    assert client.get("/khabar/watch/1.rss").status_code == 404


def test_head_is_answered_as_get_is_without_the_body(client) -> None:
    for path in ("/khabar/api/search?q=the", "/khabar/feed.atom?q=the", "/khabar/outlets"):
        analyst = {"x-user": "analyst"}
        whole, head = client.get(path, headers=analyst), client.head(path, headers=analyst)
        assert (head.status_code, head.content) == (whole.status_code, b""), path
        assert head.headers["content-type"] == whole.headers["content-type"]
        assert head.headers["content-security-policy"]


def test_an_article_is_given_with_every_column_of_its_page_that_is_not_left_out_by_name():
    given = set(api_models.Full.model_fields)
    shown = {column.name for column in fields(pages.ArticlePage)}
    assert shown - given == set(api_models.NOT_GIVEN)
    assert not given & set(api_models.NOT_GIVEN)


def test_a_mails_feed_link_opens_its_watch_and_nothing_else(stranger):
    token = feed_token(b"a planted secret for links", 99)
    own = {"token": token}
    assert stranger.get("/khabar/watch/99.atom", params=own).status_code == 404  # no such watch
    assert stranger.get("/khabar/watch/98.atom", params=own).status_code == 401
    assert stranger.get("/khabar/feed.atom", params=own).status_code == 401
    assert stranger.get("/khabar/watch/99.atom").status_code == 401
