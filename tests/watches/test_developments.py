"""A watch as it is saved tells what is news: developments, and what an edit brings in."""

from datetime import timedelta

import pytest

from news.watch import MatchKind


def subjects(world):
    return [str(mail["subject"]) for mail in world.mails()]


def kinds(world):
    return [kind for (kind,) in world.rows("select kind from matches order by id")]


def test_a_watch_tells_developments_under_the_storys_first_mail(world):
    world.watch()
    world.publish(title="Transit contract signed", story="a")
    world.mails()
    world.later(days=1)
    world.publish("daily", title="Consortium walks away", story="b", follows="a")
    first, second = world.mails()
    assert second["subject"] == "Transit: Follow-up: Consortium walks away"
    assert second["references"] == first["message-id"]


def test_a_watch_that_wants_new_stories_only_is_silent_on_developments(world):
    world.watch(kinds=(MatchKind.NEW,))
    world.publish(title="Transit contract signed", story="a")
    world.mails()
    world.later(days=1)
    world.publish("daily", title="Consortium walks away", story="b", follows="a")
    assert len(subjects(world)) == 1
    assert world.skips() == {"kind_not_wanted": 1}


BEFORE = "Three ships left the port of Poti this morning."
AFTER = "Three ships left the port of Poti this morning, a railway official said."


def edit(world, text=AFTER, **later):
    """Let the article read otherwise some time later."""
    world.later(**(later or {"hours": 2}))
    world.publish(text=text, path="x")


def test_an_article_that_fits_only_after_an_edit_is_told_as_new(world):
    world.watch(query="railway")
    world.publish(text=BEFORE, path="x", story="a")
    assert subjects(world) == []
    edit(world)
    (mail,) = world.mails()
    assert mail["subject"] == "Transit: Transit talks"
    assert "*railway* official" in mail.get_body(("plain",)).get_content()
    assert kinds(world) == ["new"]


def test_an_old_article_that_is_edited_in_is_news_now(world):
    world.watch(query="railway")
    world.publish(text=BEFORE, path="x", story="a")
    world.mails()
    edit(world, days=20)
    assert len(subjects(world)) == 1


def test_an_article_that_is_edited_out_and_in_again_is_told_once(world):
    world.watch(query="railway")
    world.publish(text=BEFORE, path="x", story="a")
    for text in (AFTER, BEFORE, AFTER):
        edit(world, text)
        world.mails()
    assert len(subjects(world)) == 1
    assert kinds(world) == ["new"]


@pytest.mark.parametrize("query", ["railway", "poti AND railway"])
def test_who_wants_edits_hears_of_one_into_the_query_as_new_and_of_the_next_as_an_edit(
    world, query
):
    world.watch(query=query, kinds=(MatchKind.NEW, MatchKind.EDITED))
    world.publish(text=BEFORE, path="x", story="a")
    world.match()
    edit(world)
    world.mails()
    edit(world, AFTER + " A ship came back.")
    assert subjects(world)[-1] == "Transit: Edited after publication: Transit talks"
    assert kinds(world) == ["new", "edited"]


def test_an_edit_of_an_article_that_fitted_before_is_no_new_story(world):
    world.watch(query="poti")
    world.publish(text=BEFORE, path="x", story="a")
    world.mails()
    edit(world)
    assert len(subjects(world)) == 1
    assert kinds(world) == ["new"]


def test_a_copy_that_is_edited_into_the_query_is_a_copy_of_what_was_told(world):
    world.watch(query="railway")
    world.publish(text=AFTER, story="a")
    world.publish("daily", text=BEFORE, path="x", story="a")
    world.mails()
    world.later(hours=2)
    world.publish("daily", text=AFTER, path="x")
    assert len(subjects(world)) == 1


def test_an_article_edited_into_the_query_waits_with_the_outage(world):
    world.watch(query="railway")
    world.publish(text=BEFORE, path="x", story="a")
    world.match()
    edit(world)
    world.rows("update match_queue set at = %s", world.now)
    world.later(days=5)
    (mail,) = world.mails()
    assert str(mail["subject"]).startswith("Held back, arriving late: ")
    assert world.now - timedelta(days=5) > world.rows("select min(at) from matches")[0][0] - (
        timedelta(seconds=1)
    )
