"""`khabar watch`: saved queries from the first word to the last, on a real archive."""

import io
import json
from pathlib import Path

import pytest

from watches import WatchError

TO = ("--to", "analyst@localhost")


@pytest.fixture
def saved(archive: str, khabar):
    """An archive in which one watch is saved."""
    done = khabar("watch", "add", "council", "council", *TO)
    assert done.exit_code == 0, done.output
    return done


def test_a_watch_is_saved_listed_changed_and_removed(saved, khabar) -> None:
    assert "saved: council" in saved.stdout
    assert khabar("watch", "list").stdout.startswith("council: council  ->  analyst@localhost")
    changed = khabar("watch", "edit", "council", "--query", "rain", "--rhythm", "daily", "--pause")
    assert "saved: council" in changed.stdout
    [line] = khabar("watch", "list", "--json").stdout.splitlines()
    row = json.loads(line)
    assert (row["query"], row["rhythm"], row["paused"]) == ("rain", "daily", True)
    assert "council (paused): rain" in khabar("watch", "list").stdout
    assert "removed: council" in khabar("watch", "remove", "council").stdout
    assert "no watches yet" in khabar("watch", "list").stderr


def test_a_watch_that_is_changed_keeps_what_is_not_named(saved, khabar) -> None:
    khabar("watch", "edit", "council", "--quiet", "22:00-07:00", "--zone", "Asia/Baku")
    khabar(
        "watch", "edit", "council", "--mute-until", "2036-01-01T10:00", "--kind", "first_mention"
    )
    row = json.loads(khabar("watch", "list", "--json").stdout)
    assert row["timezone"] == "Asia/Baku"
    assert row["mute_until"].startswith("2036-01-01T10:00")
    assert row["kinds"] == ["first_mention"]
    khabar("watch", "edit", "council", "--quiet", "none", "--mute-until", "none")
    row = json.loads(khabar("watch", "list", "--json").stdout)
    assert (row.get("quiet"), row.get("mute_until")) == (None, None)


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("add", "x", "rain"), "a watch needs somebody to tell"),
        (("add", "council", "rain", *TO), "there is a watch 'council' already"),
        (("remove", "nobody"), "there is no watch 'nobody'"),
        (("edit", "nobody", "--pause"), "there is no watch 'nobody'"),
        (("history", "nobody"), "there is no watch 'nobody'"),
        (("export", "nobody"), "there is no watch 'nobody'"),
        (("edit", "council", "--expires", "soon"), "'soon' is no moment"),
    ],
)
def test_what_cannot_be_is_a_sentence(saved, khabar, words, sentence) -> None:
    with pytest.raises(WatchError, match=sentence):
        khabar("watch", *words)


def test_a_test_says_what_would_have_been_sent_and_saves_nothing(saved, khabar) -> None:
    for words in (("council",), ("--query", "rain"), ("council", "--query", "rain")):
        assert khabar("watch", "test", *words).stdout
    assert len(khabar("watch", "list").stdout.splitlines()) == 1


def test_watches_go_through_a_file(saved, khabar, tmp_path: Path) -> None:
    written = khabar("watch", "export").stdout
    assert khabar("watch", "export", "council").stdout == written
    file = tmp_path / "watches.toml"
    file.write_text(written.replace("council", "rain"), encoding="utf-8")
    assert "saved: 1 watches" in khabar("watch", "import", file).stdout
    assert len(khabar("watch", "list").stdout.splitlines()) == 2


def test_history_shows_what_was_matched(saved, khabar) -> None:
    assert "no match yet" in khabar("watch", "history", "council").stderr
    khabar("match")
    khabar("alert")
    from archivegen import NOW, article, batch

    from storage import Archive

    with Archive(_url()) as opened:
        opened.load(batch(article(7), run="c", outlet=_outlet()))
    khabar("match")
    del NOW
    lines = khabar("watch", "history", "council").stdout.splitlines()
    rows = khabar("watch", "history", "council", "--json").stdout.splitlines()
    assert len(lines) == len(rows)


def _url() -> str:
    from pipeline import settings

    return settings.read().database_url or ""


def _outlet():
    from archivegen import OUTLET

    return OUTLET


def test_a_watch_has_a_feed(saved, khabar) -> None:
    assert khabar("watch", "feed", "council").stdout.startswith("<?xml")


def test_watches_filter_lines(environment, khabar, tmp_path: Path) -> None:
    file = tmp_path / "watches.toml"
    file.write_text('[[watch]]\nname = "rain"\nquery = "rain"\nrecipients = ["a@b.test"]\n')
    lines = [{"id": 1, "title": "Rain falls", "text": "It rains."}, {"id": 2, "text": "Sun."}]
    given = "".join(json.dumps({"title": "", **line}) + "\n" for line in lines)
    done = khabar("watch", "match", "--watches", file, "--jsonl", input=given)
    [row] = [json.loads(line) for line in done.stdout.splitlines()]
    assert (row["id"], row["watch"]) == (1, "rain")


def test_text_that_is_no_terminal_is_flushed() -> None:
    assert io.StringIO().isatty() is False
