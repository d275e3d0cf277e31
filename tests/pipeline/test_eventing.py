"""`khabar events` over a small archive: real vectors, several transactions, and the switch."""

import json
from datetime import UTC, datetime, timedelta
from functools import partial

import pytest
from click.testing import CliRunner

from cli.stages import events
from news.article import Article, Block, BlockKind
from news.outlet import Outlet
from pipeline import settings as environment
from pipeline.run import link_events
from pipeline.run.dedupe import form_hook
from storage import Archive, Batch, OutletBatch

OUTLET = Outlet(
    name="one",
    region="test",
    title="One",
    home="http://one.example/",
    country="GE",
    languages=("en",),
    timezone="UTC",
    doors=(),
)
TOLD = (
    (
        "en",
        "Orvela and Kaspera sign a gas transit deal",
        "The companies Orvela and Kaspera signed a contract on 450 million dollars in "
        "Batumi, minister Leyla Zerandi said.",
    ),
    (
        "ru",
        "«Орвела» и «Каспера» подписали договор о транзите газа",
        "Компании «Орвела» и «Каспера» подписали в Батуми договор на 450 млн долларов, "
        "сообщила министр Лейла Зеранди.",
    ),
    (
        "az",
        "Orvela və Kaspera qaz tranziti müqaviləsi imzalayıb",
        "Orvela və Kaspera şirkətləri Batumidə 450 milyon dollarlıq müqavilə imzalayıb, "
        "nazir Leyla Zerandi bildirib.",
    ),
    (
        "en",
        "Flood cuts off three villages near Kutaisi",
        "Rain has cut off 3 villages near Kutaisi, 1250 people were taken away, the rescue "
        "service said.",
    ),
    ("tr", "Trabzon limanında yeni vinç", "Trabzon limanına 64 metrelik yeni vinç kuruldu."),
)


@pytest.fixture
def now():
    return datetime.now(UTC)


@pytest.fixture
def surroundings(database_url, tmp_path, now):
    articles = tuple(
        Article(
            url=f"http://one.example/{number}",
            outlet="one",
            title=title,
            blocks=(Block(kind=BlockKind.PARAGRAPH, text=text),),
            language=language,
            fetched_at=now,
            published=now - timedelta(minutes=number),
        )
        for number, (language, title, text) in enumerate(TOLD)
    )
    with Archive(database_url) as archive:
        batch = Batch(
            run="one", started=now, outlets=(OutletBatch(outlet=OUTLET, articles=articles),)
        )
        archive.load(batch, hooks=[form_hook(now)])
    return {"KHABAR_DATABASE_URL": database_url, "KHABAR_HOME": str(tmp_path)}


def groups(url):
    """Return the articles of each event."""
    query = (
        "select e.event_id, u.url from story_events e join stories s on s.id = e.story_id join "
        "article_urls u on u.id = s.lead_id"
    )
    found = {}
    with Archive(url) as archive, archive.transaction() as cursor:
        cursor.execute(query)
        for event, address in cursor.fetchall():
            found.setdefault(event, set()).add(int(address.rpartition("/")[2]))
    return sorted(map(sorted, found.values()))


def test_stories_of_one_event_in_three_languages_are_linked_and_nothing_else(surroundings):
    done = CliRunner().invoke(events, env=surroundings, catch_exceptions=False)
    assert json.loads(done.stdout) == {"vectors": 5, "stories_in_events": 3, "events": 1}
    assert groups(surroundings["KHABAR_DATABASE_URL"]) == [[0, 1, 2]]


def test_small_transactions_end_where_one_does_and_a_second_run_makes_no_vector(
    surroundings, now, monkeypatch
):
    link = partial(link_events.link, environment.read(surroundings), now=now)
    monkeypatch.setattr(link_events, "_AT_ONCE", 2)
    assert link() == {"vectors": 5, "stories_in_events": 3, "events": 1}
    assert link() == {"vectors": 0, "stories_in_events": 3, "events": 1}


def test_the_switch_leaves_every_story_by_itself(surroundings):
    done = CliRunner().invoke(
        events, env={**surroundings, "KHABAR_EVENTS": "0"}, catch_exceptions=False
    )
    assert json.loads(done.stdout) == {
        "vectors": 0,
        "stories_in_events": 0,
        "events": 0,
        "off": "KHABAR_EVENTS",
    }
    assert groups(surroundings["KHABAR_DATABASE_URL"]) == []
