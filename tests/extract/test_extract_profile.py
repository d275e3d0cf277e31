"""The outlet's profile: the same whatever the order, bounded, deaf to one article crawled often, and it sees a redesign."""

from datetime import UTC, datetime, timedelta
from itertools import permutations

from hypothesis import given, settings
from hypothesis import strategies as st

from extract import api, profile
from news.article import Article, Page
from pipeline.sites import outlet_of
from press.templates import Disguise, render, samples, unknown

NOW = datetime(2026, 10, 1, tzinfo=UTC)
WITNESSES = st.tuples(st.integers(0, 30), st.integers(0, 30))
SIGHTINGS = st.lists(st.builds(
    profile.Sighting, WITNESSES, st.integers(100, 106), st.lists(st.tuples(st.integers(0, 5), st.integers(0, 40)), max_size=8).map(lambda found: tuple(sorted(set(found)))),
    st.lists(st.integers(0, 5), max_size=3, unique=True).map(tuple)), max_size=25)


def pages(seed: int, language: str = "en", count: int = 5, at: datetime = NOW, disguise: Disguise | None = None):
    """Give pages of a drawn template (or of the field theme, disguised) with their truth."""
    articles = samples(seed, language, count + 4)
    for place, article in enumerate(articles[:count]):
        others = [other for other in articles if other is not article]
        others = others[place % 3 :] + others[: place % 3]
        html, truth = render(article, others, disguise=disguise) if disguise else unknown(article, others, seed=seed)
        yield Page(url=truth.url, final_url=truth.url, status=200, headers=(), body=html.encode(), fetched_at=at), truth


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
    many = [profile.Sighting((number, number), 100 + number % 9, tuple((number % 7, number * 31 + step) for step in range(10)), (number % 7,)) for number in range(400)]
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
    twin = Page(url=made[0][0].url + "?utm_source=x", final_url=made[0][0].url.replace("://", "://www."), status=200, headers=(), body=made[0][0].body, fetched_at=NOW)
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
            assert [line for line in truth.clutter if line in lines and line not in truth.paragraphs] == []
            assert [line for line in truth.paragraphs if " ".join(line.split()) not in found.text] == []


def test_a_whole_article_as_one_paragraph_is_pruned_by_what_recurs():
    # No link, no heading, no class: only the outlet's other pages can tell.
    texts = [" ".join(f"Sentence {step} of report {number} names the {word} of the harbour." for step, word in enumerate(("keeper", "master", "pilot", "clerk"))) for number in range(6)]
    bodies = [[f"Report {number}, line {step}: the {word} was seen at dawn and stayed until the evening bell." for step, word in enumerate(("boat", "crane", "gull"))] for number in range(5)]
    made = []
    for number, body in enumerate(bodies):
        html = (f"<html><head><title>Report {number} of the day</title></head><body><div><h1>Report {number} of the day</h1><div class=b>"
                + "".join(f"<p>{line}</p>" for line in body) + f"<div class=z><p>{texts[5]}</p></div></div></div></body></html>")
        made.append(Page(url=f"https://h.example/{number}", final_url=f"https://h.example/{number}", status=200, headers=(), body=html.encode(), fetched_at=NOW))
    outlet = outlet_of(made[0].url)
    site = api.learn(None, made, outlet)
    for page, body in zip(made, bodies, strict=True):
        found = api.extract(page, outlet, site)
        assert isinstance(found, Article)
        assert found.text.split("\n") == body
        assert any(pruned.rule.startswith("profile:") and pruned.text == texts[5] for pruned in found.pruned)


def test_a_redesign_is_noticed():
    old = [page for page, _ in pages(1, count=4, at=NOW)]
    new = [page for page, _ in pages(4, count=4, at=NOW + timedelta(days=8))]
    outlet = outlet_of(old[0].url)
    site = api.learn(None, old, outlet)
    assert site.events() == ()
    assert [event.name for event in api.learn(site, new, outlet).events()] == ["redesign"]
