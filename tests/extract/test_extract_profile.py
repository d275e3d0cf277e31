"""The outlet's profile.

The same whatever the order, bounded, deaf to one article crawled often, and it sees a redesign.
"""

from datetime import UTC, datetime, timedelta
from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extract import api
from extract.outlet import profile, sketch
from news.article import Article, Page
from pipeline.run.sites import outlet_of
from press.templates import Disguise, render, samples, unknown

NOW = datetime(2026, 10, 1, tzinfo=UTC)
WITNESSES = st.tuples(st.integers(0, 30), st.integers(0, 30))
SIGHTINGS = st.lists(
    st.builds(
        sketch.Sighting,
        WITNESSES,
        st.integers(100, 106),
        st.lists(st.tuples(st.integers(0, 5), st.integers(0, 40)), max_size=8).map(
            lambda found: tuple(sorted(set(found)))
        ),
        st.lists(st.integers(0, 5), max_size=3, unique=True).map(tuple),
    ),
    max_size=25,
)


def pages(
    seed: int,
    language: str = "en",
    count: int = 5,
    at: datetime = NOW,
    disguise: Disguise | None = None,
):
    """Give pages of a drawn template (or of the field theme, disguised) with their truth."""
    articles = samples(seed, language, count + 4)
    for place, article in enumerate(articles[:count]):
        others = [other for other in articles if other is not article]
        others = others[place % 3 :] + others[: place % 3]
        html, truth = (
            render(article, others, disguise=disguise)
            if disguise
            else unknown(article, others, seed=seed)
        )
        yield (
            Page(
                url=truth.url,
                final_url=truth.url,
                status=200,
                headers=(),
                body=html.encode(),
                fetched_at=at,
            ),
            truth,
        )


@given(SIGHTINGS, st.randoms())
@settings(deadline=None, max_examples=60)
def test_order_and_grouping_do_not_matter(sightings, random):
    shuffled = list(sightings)
    random.shuffle(shuffled)
    middle = len(shuffled) // 2
    once = profile.SiteProfile().merged(sightings)
    apart = profile.SiteProfile().merged(shuffled[:middle]).merged(shuffled[middle:])
    assert once.dumps() == apart.dumps()
    assert profile.SiteProfile.loads(once.dumps()).dumps() == once.dumps()
    assert once.merged(sightings).dumps() == once.dumps()


def test_the_sketch_is_bounded(monkeypatch):
    monkeypatch.setattr(profile, "TEXTS", 50)
    many = [
        sketch.Sighting(
            (number, number),
            100 + number % 9,
            tuple((number % 7, number * 31 + step) for step in range(10)),
            (number % 7,),
        )
        for number in range(400)
    ]
    one, two = profile.SiteProfile().merged(many), profile.SiteProfile().merged(reversed(many))
    assert one.dumps() == two.dumps()
    assert sorted(one.weeks) == [106, 107, 108]
    assert all(len(entries) <= 50 for entries in one.weeks.values())


def test_any_order_of_pages_gives_the_same_articles():
    made = list(pages(3))
    outlet = outlet_of(made[0][0].url)
    results = set()
    for order in list(permutations(range(5)))[::40]:
        site = api.learn(None, [made[place][0] for place in order], outlet)
        results.add(tuple(api.extract(page, outlet, site).text for page, _ in made))
    assert len(results) == 1


def test_no_body_is_lost_when_a_page_is_crawled_fifty_times():
    made = list(pages(2, count=3))
    outlet = outlet_of(made[0][0].url)
    site = api.learn(None, [page for page, _ in made], outlet)
    for _ in range(50):
        site = api.learn(site, [made[0][0]], outlet)
    twin = Page(
        url=made[0][0].url + "?utm_source=x",
        final_url=made[0][0].url.replace("://", "://www."),
        status=200,
        headers=(),
        body=made[0][0].body,
        fetched_at=NOW,
    )
    site = api.learn(site, [twin], outlet)
    for page, truth in made:
        found = api.extract(page, outlet, site)
        assert isinstance(found, Article)
        assert [line for line in truth.paragraphs if " ".join(line.split()) not in found.text] == []


def test_templates_nobody_wrote_with_five_pages():
    for seed in (0, 1, 4):
        made = list(pages(seed, ("en", "ru", "az", "tr", "ka")[seed % 5]))
        outlet = outlet_of(made[0][0].url)
        site = api.learn(None, [page for page, _ in made], outlet)
        for page, truth in made:
            found = api.extract(page, outlet, site)
            assert isinstance(found, Article)
            lines = found.text.split("\n")
            assert [
                line for line in truth.clutter if line in lines and line not in truth.paragraphs
            ] == []
            assert [
                line for line in truth.paragraphs if " ".join(line.split()) not in found.text
            ] == []


def test_a_whole_article_as_one_paragraph_is_pruned_by_what_recurs():
    # No link, no heading, no class: only the outlet's other pages can tell.
    texts = [
        " ".join(
            f"Sentence {step} of report {number} names the {word} of the harbour."
            for step, word in enumerate(("keeper", "master", "pilot", "clerk"))
        )
        for number in range(6)
    ]
    bodies = [
        [
            f"Report {number}, line {step}: the {word} was seen at dawn and stayed until "
            "the evening bell."
            for step, word in enumerate(("boat", "crane", "gull"))
        ]
        for number in range(5)
    ]
    made = []
    for number, body in enumerate(bodies):
        html = (
            f"<html><head><title>Report {number} of the day</title></head><body><div><h1>"
            f"Report {number} of the day</h1><div class=b>"
            + "".join(f"<p>{line}</p>" for line in body)
            + f"<div class=z><p>{texts[5]}</p></div></div></div></body></html>"
        )
        made.append(
            Page(
                url=f"https://h.example/{number}",
                final_url=f"https://h.example/{number}",
                status=200,
                headers=(),
                body=html.encode(),
                fetched_at=NOW,
            )
        )
    outlet = outlet_of(made[0].url)
    site = api.learn(None, made, outlet)
    for page, body in zip(made, bodies, strict=True):
        found = api.extract(page, outlet, site)
        assert isinstance(found, Article)
        assert found.text.split("\n") == body
        assert any(
            pruned.rule.startswith("profile:") and pruned.text == texts[5]
            for pruned in found.pruned
        )


def test_a_redesign_is_noticed():
    old = [page for page, _ in pages(1, count=4, at=NOW)]
    new = [page for page, _ in pages(4, count=4, at=NOW + timedelta(days=8))]
    outlet = outlet_of(old[0].url)
    site = api.learn(None, old, outlet)
    assert site.events() == ()
    assert [event.name for event in api.learn(site, new, outlet).events()] == ["redesign"]


def made_of(texts: list[list[str]], template: str, headline: str = "Note {} of the harbour"):
    """Give pages of one template, each with its paragraphs and the same clutter outside of them."""
    for number, lines in enumerate(texts):
        title, url = headline.format(number), f"https://h.example/note/{number}"
        html = template.format(title=title, body="".join(f"<p>{line}</p>" for line in lines))
        yield Page(
            url=url,
            final_url=url,
            status=200,
            headers=(),
            body=f"<html><head><title>{title}</title></head><body>{html}</body></html>".encode(),
            fetched_at=NOW,
        )


CHANNEL = "Join the harbour's own channel, where the news of the quay stands first of all."
TEMPLATES = {
    "classes": "<div class=top><a href='/'>Harbour</a></div><h1>{title}</h1><div class=note>"
    "{body}</div><div class=join><p>" + CHANNEL + "</p></div>",
    "table of old": "<table><tr><td><a href='/'>Harbour</a> <a href='/x'>Old notes</a></td></tr>"
    "<tr><td><b>{title}</b><br>{body}</td></tr></table>",
    "article element": "<header><a href='/'>Harbour</a></header>"
    "<article><h1>{title}</h1>{body}</article>"
    "<aside><p>" + CHANNEL + "</p></aside>",
}
TIDES = [
    [
        "The harbour office has read the water marks of the day for masters and pilots of the bay.",
        f"At the northern mark the water stood at {number * 3 + 41} centimetres, at the "
        f"southern mark at {number * 5 + 38}.",
        "The marks count for loading, for the pilots' dues and for the books of the lock.",
        "They hold until the next reading, which follows on the morning of the next day.",
    ]
    for number in range(9)
]
LETTERS = [
    [
        "Each Sunday the keeper of the light writes in this place of those who pass below "
        "the tower.",
        f"This time it is the {word}, whom hardly one of you has ever met on the stairs of "
        "the pier.",
        f"It was raining when the {word} told me of the winter in which the whole bay froze over.",
        "The keeper has lived below the lamp for twenty years and paints boats when the "
        "fog is thick.",
    ]
    for word in ("diver", "baker", "singer", "cooper", "warden", "tailor", "joiner")
]
SHARED = [
    "The board of the port declared that the eastern mole will be closed to all boats from "
    "the first of the month.",
    "Masters who moored there will find a berth at the inner basin, at the same price and "
    "with the same rights.",
    "The work will take two winters, and the board has asked the owners of the yards to be "
    "patient until then.",
]
QUOTED = [
    SHARED,
    ["The board of the port had more to say than usual on this evening.", *SHARED],
    [
        "Owners of the yards met in the old hall and read the paper aloud.",
        SHARED[0],
        SHARED[1],
        "They will meet again when the first stone is lifted, said the eldest of them.",
    ],
    [
        "What does the board leave unsaid, asks the guild in its own answer.",
        SHARED[0],
        "Nobody has counted the boats that lie there in winter, the guild says.",
    ],
    *[
        [
            f"The choir of street {number} sang at the pier for the {number}th time this year.",
            f"About {number * 13 + 20} people came, and {number + 2} songs were new.",
        ]
        for number in range(4)
    ],
]


@pytest.mark.parametrize(
    "texts",
    [TIDES, LETTERS, QUOTED, TIDES[:2], LETTERS[:3], QUOTED[:4], [*TIDES, *LETTERS, *QUOTED]],
    ids=[
        "daily notes",
        "columns",
        "a statement quoted",
        "two notes",
        "three columns",
        "four quotes",
        "all of them",
    ],
)
@pytest.mark.parametrize("template", TEMPLATES)
def test_nothing_is_lost_where_the_body_stands_however_often_it_is_said(texts, template):
    made = list(made_of(texts, TEMPLATES[template]))
    outlet = outlet_of(made[0].url)
    site = api.learn(None, made, outlet)
    for page, lines in zip(made, texts, strict=True):
        found = api.extract(page, outlet, site)
        assert isinstance(found, Article)
        assert [line for line in lines if line not in found.text.split("\n")] == []


@pytest.mark.parametrize("template", ["classes", "article element"])
@pytest.mark.parametrize(
    "texts", [TIDES, LETTERS, QUOTED], ids=["daily notes", "columns", "a statement quoted"]
)
def test_what_stands_beside_the_body_on_every_page_goes(texts, template):
    made = list(made_of(texts, TEMPLATES[template]))
    outlet = outlet_of(made[0].url)
    site = api.learn(None, made, outlet)
    assert [
        page.url for page in made if CHANNEL in getattr(api.extract(page, outlet, site), "text", "")
    ] == []


def test_lists_and_tables_between_the_bodys_paragraphs_stay():
    rows = (
        "<table><tr><td>Northern mark</td><td>Quay of the pilots, stone step</td></tr><tr><td>"
        "Southern mark</td><td>Lock of the millers, iron rod</td></tr></table>"
    )
    items = (
        "<ul><li>Loading is allowed from six in the morning on.</li><li>The lock is closed "
        "while the lamp is red.</li></ul>"
    )
    template = (
        "<h1>{title}</h1><div class=note>{body}<h2>Where the marks of the water are set</h2>"
        + rows
        + items
        + "<p>More is told by the office at the gate, {title}, to all who come in time.</p></div>"
    )
    made = list(made_of(TIDES, template))
    outlet = outlet_of(made[0].url)
    site = api.learn(None, made, outlet)
    for page in made:
        alone, together = api.extract(page, outlet, None), api.extract(page, outlet, site)
        assert isinstance(alone, Article)
        assert isinstance(together, Article)
        assert "Quay of the pilots" in alone.text
        assert together.text == alone.text
