"""Today: what happened by weight, and a person's own marks on it."""

import re

import pytest

RAIL = "Railway to open in June"


@pytest.fixture
def reader(client, archive_url):
    """A person who was never here; what the archive got counts as of now."""
    import contextlib

    import psycopg2

    with contextlib.closing(psycopg2.connect(archive_url)) as connection:
        cursor = connection.cursor()
        cursor.execute("update articles set first_seen_at = now() - interval '1 hour'")
        cursor.execute("delete from story_marks")
        cursor.execute("delete from people where name = 'nina'")
        connection.commit()
    client.headers.update({"x-user": "nina", "x-role": "reader"})
    return client


def today(reader, show="unread"):
    return reader.get("/khabar/today", params={"show": show}).text


def press(reader, page, action, **fields):
    csrf = re.search(r'name="csrf" value="([0-9a-f]+)"', page)[1]
    return reader.post(action, data={"csrf": csrf, **fields})


def story_of(page, title):
    line = page[: page.index(title)].rsplit("<h3>", 1)[1]
    return re.search(r"/khabar/story/(\d+)", line)[1]


@pytest.fixture(autouse=True)
def old_news(monkeypatch):
    """The archive's articles are of March: the page looks back as far."""
    from datetime import timedelta

    from ui.pages import today_page

    monkeypatch.setattr(today_page, "_LONGEST", timedelta(days=4000))
    monkeypatch.setattr(today_page, "_DAY", timedelta(days=4000))


def test_the_most_told_comes_first_and_copies_are_one_line(reader):
    page = today(reader)
    first = re.findall(r"<h3><a [^>]*>([^<]+)</a>", page)[0]
    assert first in {"Compressor station switched on", "New compressor station at work"}
    assert "<strong>2 outlets</strong>" in page
    assert page.count("compressor station") + page.count("Compressor station") >= 1
    assert "The last day, since this is your first visit" in page


def test_what_was_opened_is_read_and_can_be_kept_unread(reader):
    number = story_of(today(reader), RAIL)
    page = reader.get(f"/khabar/story/{number}").text
    assert RAIL not in today(reader)
    assert RAIL in today(reader, "all")
    assert press(reader, page, f"/khabar/story/{number}/unread").status_code == 303
    assert RAIL in today(reader)


def test_all_that_was_shown_is_marked_read_and_nothing_else(reader):
    page = today(reader)
    stories = re.findall(r'name="story" value="(\d+)"', page)
    until = re.search(r'name="until" value="([^"]+)"', page)[1]
    done = press(reader, page, "/khabar/today/read", story=stories[:-1], until=until, at="unread")
    assert done.headers["location"] == "/khabar/today?show=unread"
    assert re.findall(r'name="story" value="(\d+)"', today(reader)) == stories[-1:]


def test_what_came_after_the_page_was_made_stays_unread(reader):
    page = today(reader)
    number = story_of(page, RAIL)
    early = "2026-03-01T00:00:00+00:00"
    press(reader, page, "/khabar/today/read", story=number, until=early)
    assert RAIL in today(reader)


def test_a_star_keeps_a_story_and_its_note(reader):
    page = today(reader)
    number = story_of(page, RAIL)
    press(reader, page, f"/khabar/story/{number}/star", at="all")
    done = press(reader, page, f"/khabar/story/{number}/note", at=number, note="<b>ask</b> Leyla")
    assert done.headers["location"] == f"/khabar/story/{number}"
    kept = today(reader, "starred")
    assert RAIL in kept
    assert "&lt;b&gt;ask&lt;/b&gt; Leyla" in kept
    press(reader, page, f"/khabar/story/{number}/unstar")
    assert RAIL not in today(reader, "starred")


def test_nobody_is_shown_anothers_marks(reader):
    page = today(reader)
    number = story_of(page, RAIL)
    press(reader, page, f"/khabar/story/{number}/note", note="mine alone")
    press(reader, page, f"/khabar/story/{number}/star")
    reader.headers["x-user"] = "someone-else"
    assert RAIL not in today(reader, "starred")
    assert "mine alone" not in reader.get(f"/khabar/story/{number}").text


@pytest.mark.parametrize(
    "fields", [{"story": "x"}, {"story": "9" * 40}, {"until": "never"}, {"at": "//evil.example"}]
)
def test_a_form_that_was_tampered_with_does_nothing_and_leads_back_here(reader, fields):
    page = today(reader)
    done = press(reader, page, "/khabar/today/read", **fields)
    assert done.status_code == 303
    assert done.headers["location"] == "/khabar/today?show=unread"
    assert RAIL in today(reader)


def test_a_mark_on_no_story_is_none(reader):
    page = today(reader)
    for mark in ("star", "read", "note", "unread"):
        assert press(reader, page, f"/khabar/story/999999/{mark}").status_code == 303
    assert press(reader, page, f"/khabar/story/{10**30}/star").status_code == 404
    assert press(reader, page, "/khabar/story/1/steal").status_code in {404, 422}
