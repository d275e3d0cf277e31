"""Sites that are named for the person who writes them, and what stands round a name."""

import pytest

from extract.metadata import people
from extract.metadata.persons import people as named
from extract.page import dom, head, segments

TEXT = "<p>The ferry across the bay left the quay at six in the morning and came back at noon.</p>"


def authors(body, said="", sites=("quay.example", "quay"), **more):
    root = dom.parse(f"<html><head>{said}</head><body><h1>Ferries</h1>{body}{TEXT}</body></html>")
    return people.find(head.read(root), root, sites, segments.segments(root), **more)


OWNER = '<meta name="author" content="Jane Harborough">'
SITES = ("Jane Harborough", "janeharborough.example", "janeharborough")


def test_the_person_a_site_is_named_for_is_its_author():
    assert authors("", OWNER, SITES) == ("Jane Harborough",)
    assert authors("", OWNER, ("harborough.example", "harborough")) == ("Jane Harborough",)


def test_an_outlet_with_a_title_of_its_own_is_never_its_author():
    assert authors("", OWNER, SITES, known=True) == ()


def test_somebody_else_comes_before_the_one_a_site_is_named_for():
    assert authors("<p>By Nora Lightwood</p>", OWNER, SITES) == ("Nora Lightwood",)


def test_authors_marked_beside_the_headline_complete_the_one_that_is_stated():
    said = '<meta name="author" content="Nora Lightwood">'
    shown = "".join(
        f'<p class="author-name">{name}</p>' for name in ("Dr Nora Lightwood", "Ivan Quayle")
    )
    assert authors(shown, said) == ("Dr Nora Lightwood", "Ivan Quayle")


@pytest.mark.parametrize(
    ("raw", "names"),
    [
        ("Nora Lightwood Senior Harbour Reporter", ["Nora Lightwood"]),
        ("Nora Lightwood Former Deputy Editor", ["Nora Lightwood"]),
        ("Nora Lightwood Writer", ["Nora Lightwood"]),
        ("Nora Lightwood Dec 14, 2025", ["Nora Lightwood"]),
        ("Guide by Nora Lightwood", ["Nora Lightwood"]),
        ("Articles by Nora Lightwood", ["Nora Lightwood"]),
        ("Updated by Nora Lightwood", []),
        ("Written By", []),
        ("Last Updated:", []),
        ("Quay in the Fog", []),
        ("Centre for Ferry Evaluation and Research", []),
        ("Reuters in Baku", ["Reuters"]),
    ],
)
def test_what_stands_round_a_name_is_no_part_of_it(raw, names):
    assert named(raw, set()) == names
