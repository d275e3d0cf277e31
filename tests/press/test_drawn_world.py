"""Worlds drawn from a seed: deterministic, varied, and true to what they say of themselves."""

from datetime import UTC, datetime, timedelta
from html import unescape

import pytest

from press.drawn import maps, strangers
from press.drawn.application import DrawnApplication, DrawnSettings, truth
from press.drawn.desk import DrawnDesk
from press.drawn.kinds import KINDS
from press.drawn.shape import Form, Gone
from press.drawn.world import Outlet, World
from press.http import Request, Response

START = datetime(2026, 3, 1, tzinfo=UTC)
NOW = START + timedelta(hours=30)
PORT = 8100


@pytest.fixture(scope="module")
def world() -> World:
    return World(11, START, days=4)


def desk(world: World, kind: str) -> DrawnDesk:
    outlet = next(one for one in world.outlets.values() if one.shape.kind == kind)
    return DrawnDesk(outlet, PORT)


def ask(asked: DrawnDesk, target: str, at: datetime = NOW) -> Response:
    request = Request(method="GET", host="", port=PORT, target=target, headers={})
    return asked.answer(request, at)


def standing(outlet: Outlet, at: datetime = NOW) -> list:
    return [story for story in outlet.published(at) if story.visible(at)]


def test_a_seed_draws_the_same_world_and_another_seed_another():
    first, second, third = (World(seed, START, ("menu",), days=2) for seed in (5, 5, 6))
    stories = [next(iter(one.outlets.values())).stories for one in (first, second, third)]
    assert stories[0] == stories[1] != stories[2]
    names = [set(one.outlets) for one in (first, third)]
    assert names[0].isdisjoint(names[1])


def test_there_are_at_least_twenty_kinds_and_each_has_a_host_of_its_own(world):
    assert len(KINDS) >= 20
    assert len(world.outlets) == len(KINDS)


@pytest.mark.parametrize("kind", KINDS)
def test_every_article_answers_under_its_address_while_it_stands(world, kind):
    asked = desk(world, kind)
    wall = asked.shape.wall
    for story in standing(asked.outlet)[-6:]:
        assert asked.outlet.find(story.path) is story
        body = ask(asked, story.path_at(NOW)).body.decode(asked.shape.charset)
        if wall is None and kind != "telegram":
            assert asked.outlet.draft(story, NOW).blocks[0].text[:20] in unescape(body)


@pytest.mark.parametrize("kind", KINDS)
def test_no_two_articles_of_an_outlet_share_an_address(world, kind):
    outlet = desk(world, kind).outlet
    paths = [path for story in outlet.stories for path in story.paths]
    assert len(paths) == len(set(paths))
    assert all(outlet.find(path) for path in paths)


@pytest.mark.parametrize("kind", KINDS)
def test_a_place_shows_an_article_from_when_to_when_the_truth_says(world, kind):
    outlet = desk(world, kind).outlet
    moments = [NOW + timedelta(hours=7 * step) for step in range(4)]
    for story in outlet.published(NOW)[-25:]:
        spans = {shown.place: shown for shown in outlet.exposure(story)}
        for place in outlet.shape.places:
            for at in moments:
                span = spans.get(place)
                expected = span is not None and span.since <= at
                expected = expected and (span.until is None or at < span.until)
                is_shown = outlet.is_open(place, at) and story in outlet.shown(place, at)
                # A deletion lets an older article back in: shown for longer than said, never less.
                assert is_shown or not expected


@pytest.mark.parametrize("kind", KINDS)
def test_strangers_answer_and_are_no_articles(world, kind):
    asked = desk(world, kind)
    for page in strangers.pages(asked.shape, NOW):
        assert ask(asked, page.path).status == 200
        assert asked.outlet.find(page.path) is None


def test_what_was_taken_away_answers_as_its_habit_says(world):
    asked = desk(world, "softgone")
    home = ask(asked, "/").body
    seen = set()
    later = NOW + timedelta(days=3)
    for story in asked.outlet.published(NOW):
        if story.visible(later):
            continue
        answer = ask(asked, story.path, later)
        seen.add(story.gone)
        match story.gone:
            case Gone.NOT_FOUND | Gone.GONE:
                assert answer.status in {404, 410}
            case Gone.TO_HOME | Gone.TO_SECTION:
                assert answer.status == 302
            case Gone.HOME:
                assert len(answer.body) > len(home) / 2
            case Gone.SOFT | Gone.REMOVED:
                assert answer.status == 200
    assert len(seen) > 3


def test_a_wall_is_one_text_under_all_addresses_for_a_while(world):
    asked = desk(world, "wall")
    assert asked.shape.wall is not None
    during = START + timedelta(days=sum(asked.shape.wall) / 2)
    after = START + timedelta(days=asked.shape.wall[1] + 0.1)
    stories = standing(asked.outlet, during)[-5:]
    assert len({ask(asked, story.path_at(during), during).body for story in stories}) == 1
    assert len({ask(asked, story.path_at(after), after).body for story in stories}) > 1


def test_the_index_of_sitemaps_names_itself_without_an_end(world):
    asked = desk(world, "wildmap")
    place = asked.shape.places[1]
    assert maps.child_path(place).encode() in ask(asked, place.path).body
    assert b"?p=8" in ask(asked, f"{place.path}?p=2").body
    assert maps.child_path(place).encode() not in ask(asked, f"{place.path}?p=2").body


def test_the_feed_dies_and_the_home_page_names_the_new_one(world):
    asked = desk(world, "movingfeed")
    home, old, new = asked.shape.places
    late = START + timedelta(days=2)
    assert ask(asked, old.path, START).kind.startswith("application/rss+xml")
    assert ask(asked, new.path, START).status == 404
    assert b"<rss" not in ask(asked, old.path, late).body
    assert ask(asked, new.path, late).kind.startswith("application/rss+xml")
    page = ask(asked, home.path, late).body.decode().replace("&amp;", "&")
    assert f'href="{new.path}"' in page
    assert f'href="{old.path}"' not in page


def test_a_channel_shows_posts_edits_and_the_way_to_older_ones(world):
    asked = desk(world, "telegram")
    place = asked.shape.places[0]
    assert place.form is Form.TELEGRAM
    page = ask(asked, place.path, NOW + timedelta(days=1)).body.decode()
    assert page.count('class="tgme_widget_message_wrap') == place.page_size
    assert "tgme_widget_message_text" in page
    before = page.partition("?before=")[2].partition('"')[0]
    older = ask(asked, f"{place.path}?before={before}", NOW + timedelta(days=1)).body.decode()
    numbers = [part.partition('"')[0] for part in older.split('data-post="')[1:]]
    assert numbers
    assert all(int(number.rpartition("/")[2]) < int(before) for number in numbers)


def test_the_truth_says_of_every_article_when_it_was_linked(world):
    lines = list(truth(world))
    assert {line["kind"] for line in lines} == set(KINDS)
    assert all(line["paths"] and line["published"] for line in lines)
    linked = sum(bool(line["linked"]) for line in lines)
    assert linked > 0.9 * len(lines)


def test_the_application_follows_the_time_of_a_request():
    settings = DrawnSettings(port=PORT, home=None, seed=3, now=START, only=("menu",))  # type: ignore[arg-type]
    application = DrawnApplication(settings)
    application.set_time(NOW.isoformat())
    application.set_time("no instant")
    assert application.clock.now() == NOW
    host = next(iter(application.desks))
    request = Request(method="GET", host=host, port=PORT, target="/", headers={})
    assert application.answer(request, NOW)[0].status == 200
    lost = Request(method="GET", host="elsewhere", port=PORT, target="/", headers={})
    assert application.answer(lost, NOW)[0].status == 404
