"""What a box's name says where structure says nothing: the page's foot, who the author is."""

from datetime import UTC, datetime

import pytest

from extract import extract
from news.article import Article, Page, Rejected
from pipeline.run.sites import outlet_of

NOW = datetime(2026, 11, 27, 9, tzinfo=UTC)
URL = "https://kanar.az/news/77"
LINES = (
    "The harbour office counted forty boats that left the northern quay before noon on Friday.",
    "Masons repaired the lighthouse stairs, said the keeper, and closed the old gate for two days.",
    "Engineers measured the depth of the channel and found sand where the old stones had been.",
    "The council will vote on the price of water after the holidays, its speaker told the paper.",
    "Two hundred passengers took the evening train, which is more than in any week of the year.",
)
BODY = "".join(f"<p>{line}</p>" for line in LINES)
FEET = (
    "Registered with the office of printers on 3 May 2009 under number 77, in the lower harbour "
    "street. The editors do not answer for what is said in advertisements of the house.",
    "Bütün hüquqlar qorunur. Materiallardan istifadə zamanı sayta istinad mütləqdir, əks halda "
    "müəlliflik hüququ pozulmuş sayılır.",
    "Все права защищены. При использовании материалов ссылка на сайт обязательна. Редакция не "
    "несёт ответственности за содержание рекламных объявлений.",
)
BIO = (
    "Nora Quill has written for the paper since the old mole broke. She lives above the lock, "
    "keeps bees and has told of the harbour in three books."
)


def read(html):
    page = Page(url=URL, final_url=URL, status=200, headers=(), body=html.encode(), fetched_at=NOW)
    return extract(page, outlet_of(URL), None)


@pytest.mark.parametrize("foot", FEET)
@pytest.mark.parametrize(
    "box",
    ["<footer><p>{}</p></footer>", "<div class='site-footer'><div>{}</div></div>"],
)
def test_a_page_of_a_headline_and_a_foot_is_no_article(box, foot):
    found = read(
        "<html><head><title>Boats leave the quay</title></head><body><h1>Boats leave the quay</h1>"
        f"<div class='c'></div>{box.format(foot)}</body></html>"
    )
    assert isinstance(found, Rejected)


@pytest.mark.parametrize("sentences", [1, 5])
def test_an_article_about_rights_or_in_a_footer_of_its_own_is_one(sentences):
    body = "".join(f"<p>{line}</p>" for line in LINES[:sentences])
    found = read(
        "<html><head><title>Rights</title></head><body><article><h1>Whose are the rights?</h1>"
        f"{body}<footer><p>All rights reserved, said the speaker of the council.</p></footer>"
        "</article></body></html>"
    )
    assert isinstance(found, Article)
    assert [line for line in LINES[:sentences] if line not in found.text] == []


@pytest.mark.parametrize("name", ["author-bio", "about-the-author", "post-author-box", "bio"])
def test_who_the_author_is_goes_from_the_end_of_the_text(name):
    found = read(
        f"<html><body><article><h1>Boats leave the quay</h1><div>{BODY}</div>"
        f"<div class='{name}'><p>{BIO}</p></div></article></body></html>"
    )
    assert isinstance(found, Article)
    assert BIO not in found.text
    assert found.text.split("\n")[-1] == LINES[-1]


def test_a_life_that_is_the_text_stays_whatever_its_box_is_called():
    found = read(
        f"<html><body><h1>Nora Quill</h1><div class='author-bio'>{BODY}<p>{BIO}</p></div>"
        "</body></html>"
    )
    assert isinstance(found, Article)
    assert BIO in found.text


def test_linked_lines_in_bold_few_and_far_between_are_other_articles():
    offer = "<p><b><a href='/n/{0}'>KEEPER OF THE OLD GATE FOUND A BELL IN THE BAY {0}</a></b></p>"
    parts = [offer.format(number) + BODY.replace("</p>", f" {number}.</p>") for number in range(3)]
    found = read(
        "<html><body><article><h1>Boats leave the quay</h1><div>"
        f"{''.join(parts)}</div></article></body></html>"
    )
    assert isinstance(found, Article)
    assert "KEEPER" not in found.text
    assert found.text.count("forty boats") == 3
