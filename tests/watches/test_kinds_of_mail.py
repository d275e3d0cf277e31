"""Each kind of mail: what it has of its own, in one place, and nothing that it needs is missing."""

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

import watches.delivery
from news.watch import MatchKind, Rhythm, Watch
from storage import alerts
from watches import (
    StoryContext,
    Template,
    due_of_kind,
    mail_language,
    occurrences_of_article,
    reason_to_skip,
    story_opening_kinds,
    traits,
)
from watches.delivery.letter import Item, Letter, Section, Why
from watches.delivery.render import render
from watches.kinds import Tone

NOW = datetime(2026, 11, 2, 8, 0, tzinfo=UTC)
TEMPLATES = Path(watches.delivery.__file__).parent / "templates"
EVERY = tuple(MatchKind)


def letter(kind, language="en"):
    item = Item(
        kind=kind,
        title="Transit talks",
        outlet="Wire",
        url="https://wire.test/1",
        at=NOW,
        excerpt="Ministers met.",
        why=(Why(watch="Transit", terms=("transit",)),),
    )
    return Letter(
        template=traits(kind).template,
        recipient="ana@reader.test",
        sections=(Section(watch="Transit", query="transit", items=(item,)),),
        made_at=NOW,
        language=language,
    )


@pytest.mark.parametrize("template", Template)
def test_a_template_is_a_folder_of_three_files(template):
    files = {path.name for path in (TEMPLATES / template.value).iterdir()}
    assert files == {"subject.txt", "body.txt", "body.html"}


@pytest.mark.parametrize("language", mail_language.languages())
@pytest.mark.parametrize("kind", EVERY)
def test_a_kind_has_its_words_in_every_language(kind, language):
    own = mail_language._read(language)
    assert kind.value in own
    assert not traits(kind).notice or traits(kind).notice in own


@pytest.mark.parametrize("language", mail_language.languages())
@pytest.mark.parametrize("kind", EVERY)
def test_a_kind_can_be_written_in_every_language(kind, language):
    words = mail_language.labels(language)
    assert kind.value in words
    label = mail_language.counted(language, kind.value, 1)
    mail = render(letter(kind, language))
    assert label.upper() in mail.text
    assert label in mail.html
    assert (f"{label}: " in mail.subject) is traits(kind).labelled
    notice = traits(kind).notice
    assert not notice or words[notice] in mail.text


@pytest.mark.parametrize("tone", Tone)
def test_a_tone_has_its_colours_by_day_and_by_night(tone):
    parts = (TEMPLATES / "_parts.html").read_text(encoding="utf-8")
    layout = (TEMPLATES / "_layout.html").read_text(encoding="utf-8")
    assert f'"{tone.value}": (' in parts
    assert re.search(rf"\.k-{tone.value} {{", layout)


@pytest.mark.parametrize("kind", EVERY)
def test_the_archive_takes_a_kind(world, kind):
    number = world.watch(kinds=(kind,), picked_up_by=2)
    world.publish()
    statement = (
        "insert into matches (watch_id, story_id, kind, article_id, version, terms, excerpt, at) "
        "values (%s, 1, %s, (select max(id) from article_urls), 1, '{}', '', now()) returning id"
    )
    assert world.rows(statement, number, kind.value)
    with world.archive.transaction() as cursor:
        assert alerts.load_watches(cursor)[0].watch.kinds == (kind,)


def test_no_two_kinds_head_a_mail_with_the_same_right():
    order = sorted(EVERY, key=lambda kind: traits(kind).rank)
    assert [kind.value for kind in order] == [
        "picked_up",
        "first_mention",
        "new",
        "follow_up",
        "edited",
        "deleted",
        "returned",
        "spike",
    ]
    assert len({traits(kind).rank for kind in EVERY}) == len(EVERY)


def test_which_mails_look_how():
    looks = {kind.value: (traits(kind).template.value, traits(kind).tone.value) for kind in EVERY}
    assert looks == {
        "new": ("story", "blue"),
        "follow_up": ("story", "blue"),
        "edited": ("edit", "amber"),
        "deleted": ("deletion", "red"),
        "returned": ("story", "green"),
        "spike": ("story", "violet"),
        "picked_up": ("story", "violet"),
        "first_mention": ("story", "green"),
    }


def test_a_first_mention_counts_as_the_new_story_and_every_other_kind_as_itself():
    counted = {kind: traits(kind).counts_as for kind in EVERY}
    assert counted.pop(MatchKind.FIRST_MENTION) is MatchKind.NEW
    assert all(kind is other for kind, other in counted.items())


def test_further_articles_are_copies_after_the_kinds_that_open_a_story():
    assert set(story_opening_kinds()) == {
        MatchKind.NEW,
        MatchKind.FOLLOW_UP,
        MatchKind.FIRST_MENTION,
    }


def test_only_the_plain_kind_has_no_label_and_no_weight():
    plain = [kind for kind in EVERY if not traits(kind).labelled]
    assert plain == [MatchKind.NEW]
    assert {traits(kind).weight for kind in EVERY if kind not in plain} == {2, 6}
    assert traits(MatchKind.SPIKE).weight == 6
    assert traits(MatchKind.NEW).weight == 0


def test_only_edits_add_up_and_only_pickups_wait():
    assert [kind for kind in EVERY if traits(kind).adds_up] == [MatchKind.EDITED]
    assert [kind for kind in EVERY if traits(kind).waits_for_copies] == [MatchKind.PICKED_UP]


WATCH = Watch(
    name="w", query="transit", recipients=(), kinds=EVERY, rhythm=Rhythm.AT_ONCE, picked_up_by=3
)


@pytest.mark.parametrize("kind", EVERY)
def test_what_happens_to_an_old_article_is_told_and_the_old_article_itself_is_not(kind):
    edge = NOW - timedelta(days=3)
    older = edge - timedelta(seconds=1)
    assert reason_to_skip(WATCH, kind, article_at=edge, found_at=NOW, now=NOW) == ""
    happens_to_known = {MatchKind.EDITED, MatchKind.DELETED, MatchKind.RETURNED}
    late = "" if kind in happens_to_known else "too_old"
    assert reason_to_skip(WATCH, kind, article_at=older, found_at=NOW, now=NOW) == late


@pytest.mark.parametrize("kind", EVERY)
def test_why_a_match_is_not_mailed(kind):
    def why(**changes):
        return reason_to_skip(
            replace(WATCH, **changes), kind, article_at=NOW, found_at=NOW, now=NOW
        )

    companions = {kind, traits(kind).comes_with}
    others = tuple(other for other in EVERY if other not in companions)
    assert why(kinds=others) == "kind_not_wanted"
    assert why(paused=True) == "watch_paused"
    assert why(mute_until=NOW + timedelta(seconds=1)) == "muted"
    assert why(mute_until=NOW) == ""


@pytest.mark.parametrize("kind", EVERY)
def test_a_pickup_waits_for_its_copies_and_no_other_kind_does(kind):
    wait = due_of_kind(WATCH, kind, NOW) - NOW
    assert wait == (timedelta(hours=1) if kind is MatchKind.PICKED_UP else timedelta(0))


def test_what_an_article_is_to_a_watch():
    def kinds(watch=WATCH, **known):
        known = {"story": 7, "last_hit": NOW - timedelta(days=1), **known}
        found = occurrences_of_article(watch, StoryContext(**known), NOW)
        return [(item.kind.value, item.story, item.occasion) for item in found]

    assert kinds() == [("new", 7, "")]
    assert kinds(matched=frozenset({7})) == []
    assert kinds(last_hit=None) == [("new", 7, ""), ("first_mention", 7, "")]
    forgotten = NOW - timedelta(days=30)
    assert kinds(last_hit=forgotten) == [("new", 7, "")]
    assert len(kinds(last_hit=forgotten - timedelta(seconds=1))) == 2
    assert kinds(follows=(3, 5), matched=frozenset({5})) == [("follow_up", 5, "7")]
    assert kinds(follows=(3, 5), matched=frozenset({3, 5})) == [("follow_up", 3, "7")]
    assert kinds(follows=(7,)) == [("new", 7, "")]
    assert kinds(outlets=3, matched=frozenset({7})) == [("picked_up", 7, "")]
    assert kinds(outlets=2, matched=frozenset({7})) == []
    silent = replace(WATCH, picked_up_by=0)
    assert kinds(silent, outlets=9, matched=frozenset({7})) == []
    plain = replace(WATCH, kinds=(MatchKind.NEW,))
    assert kinds(plain, outlets=9, last_hit=None) == [("new", 7, "")]
