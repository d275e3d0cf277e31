"""Pages without a server: no sentence is lost, disguises keep the text, a seed is a template."""

import re

import pytest
from lxml import html as lxml_html

from press.errors import PressError
from press.lexicon import LANGUAGES
from press.templates import THEMES, Disguise, clone, render, samples, unknown


def text_of(page: str) -> str:
    tree = lxml_html.document_fromstring(page)
    for element in tree.xpath("//script|//style|//title"):
        element.drop_tree()
    return " ".join(" ".join(tree.itertext()).split())


def words(page: str) -> list[str]:
    return sorted(text_of(page).split())


@pytest.fixture(scope="module", params=LANGUAGES)
def articles(request):
    return samples(5, request.param, 9)


@pytest.mark.parametrize("theme", THEMES)
def test_every_theme_shows_the_whole_article_once(articles, theme):
    page, truth = render(articles[0], articles[1:], theme=theme)
    shown = text_of(page)
    for paragraph in truth.paragraphs:
        count = shown.count(" ".join(paragraph.split()))
        assert count == 1 or (
            count > 1 and len(paragraph) < 80
        )  # sub-headings and items may come twice
    assert " ".join(truth.title.split()) in shown
    assert "data-press" not in page
    assert "{" not in shown.replace("{{", "")


@pytest.mark.parametrize("theme", THEMES)
def test_a_disguise_changes_mark_up_and_no_word(theme):
    articles = samples(5, "en", 9)
    plain, _ = render(articles[0], articles[1:], theme=theme)
    disguised, _ = render(articles[0], articles[1:], theme=theme, disguise=Disguise(seed=3))
    assert words(disguised) == words(plain)
    assert not re.search(r"<(article|aside|main|header|footer|nav|section|time)\b", disguised)
    names = set(re.findall(r'class="([^"]+)"', plain)) & set(
        re.findall(r'class="([^"]+)"', disguised)
    )
    assert not names
    assert "data-press" not in disguised


def test_cards_move_inside_the_container_of_the_text():
    articles = samples(5, "en", 9)
    page, truth = render(
        articles[0], articles[1:], theme="zox", disguise=Disguise(seed=3, classes=False, tags=False)
    )
    body = lxml_html.document_fromstring(page).xpath("//div[contains(@class, 'zox-post-body ')]")[0]
    assert articles[1].title in " ".join(body.itertext()) or any(
        other.title in " ".join(body.itertext()) for other in articles[1:]
    )
    assert truth.paragraphs[0] in " ".join(body.itertext())


def shape(page: str) -> list[str]:
    tree = lxml_html.document_fromstring(page)
    return [
        f"{element.tag}.{element.get('class', '')}"
        for element in tree.iter()
        if isinstance(element.tag, str) and element.get("class")
    ]


@pytest.mark.parametrize("seed", range(12))
def test_an_unknown_template_is_one_template_for_all_its_pages(seed):
    articles = samples(6, "ru", 8)
    pages = [
        unknown(
            articles[place],
            [other for other in articles if other is not articles[place]],
            seed=seed,
        )
        for place in range(3)
    ]
    for page, truth in pages:
        shown = text_of(page)
        assert all(" ".join(paragraph.split()) in shown for paragraph in truth.paragraphs)
        assert any(other in shown for other in truth.clutter)
    assert len({tuple(shape(page)) for page, _ in pages}) == 1


def test_seeds_draw_different_structures():
    articles = samples(6, "en", 8)
    assert (
        len({tuple(shape(unknown(articles[0], articles[1:], seed=seed)[0])) for seed in range(30)})
        == 30
    )


SEEDS = (
    ("000_commonspace_inbody", clone.DRUPAL),
    ("001_zoxpress", clone.ZOX),
    ("002_commonspace_inbody", clone.DRUPAL),
    ("003_trend_new", clone.WIRE),
)


@pytest.mark.parametrize(("name", "hooks"), SEEDS)
def test_foreign_pages_get_siblings_and_disguises(shared, name, hooks):
    page = (shared / "seeds" / "html" / f"{name}.html").read_text(encoding="utf-8")
    for disguise in (None, Disguise(seed=4)):
        assert words(clone.disguised(page, hooks, disguise)) == words(page)
        made = clone.siblings(page, hooks, samples(8, "en", 5), disguise=disguise)
        assert len(made) == 5
        old = (
            lxml_html.document_fromstring(page).xpath(hooks.body)[0].xpath("./p")[0].text_content()
        )
        for sibling in made:
            shown = text_of(sibling.html)
            assert all(" ".join(paragraph.split()) in shown for paragraph in sibling.paragraphs)
            assert " ".join(old.split()) not in shown
            assert any(line in shown for line in sibling.clutter)
        assert len({tuple(shape(sibling.html))[:12] for sibling in made}) == 1


def test_hooks_of_another_template_are_named():
    with pytest.raises(PressError, match="another template"):
        clone.disguised("<html><body><p>nothing</p></body></html>", clone.ZOX, None)
