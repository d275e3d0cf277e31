"""Who is named beside the author, who is named below the text, and who only comments."""

import pytest

from extract.metadata import people
from extract.page import dom, head, headline_place, segments

PROSE = (
    "<p>The ferry across the bay left the quay at six in the morning with a hundred and twenty "
    "people on board.</p>"
)

HEADLINE = "<h1>Ferries run again</h1>"
ROE = '<a class="byline" href="/author/1">Jane Roe</a>'
REIS = '<a class="byline" href="/author/2">Omar Reis</a>'


def authors(body: str, meta: str = "", last: str = "") -> tuple[str, ...]:
    root = dom.parse(f"<html><head>{meta}</head><body><p>Menu</p>{body}</body></html>")
    assert root is not None
    runs = segments.segments(root)
    at = headline_place.locate(runs, "Ferries run again") or 0
    return people.find(head.read(root), root, ["Kanar News"], runs, at=at, last=last)


@pytest.mark.parametrize(
    "label",
    [
        "Fact-checked by",
        "Medically reviewed by",
        "Tested by:",
        "Contributions From:",
        "Geprüft von",
    ],
)
def test_who_checked_or_tested_is_no_author(label):
    line = f"<div>By {ROE} – Updated Sep 9, 2025 | {label} {REIS}</div>"
    assert authors(f"{HEADLINE}{line}{PROSE}") == ("Jane Roe",)

    alone = f"<div>By {ROE}</div><p>{label}</p><p>{REIS}</p>"
    assert authors(f"{HEADLINE}{alone}{PROSE}") == ("Jane Roe",)


def test_two_who_wrote_are_both_authors():
    assert authors(f"{HEADLINE}<div>By {ROE} and {REIS}</div>{PROSE}") == ("Jane Roe", "Omar Reis")


def test_who_comments_is_no_author():
    reader = '<div class="comment"><span class="comment-author-name">Omar Reis</span></div>'
    assert authors(f"{HEADLINE}{PROSE}{reader}") == ()


def test_a_heading_that_says_author_names_the_lines_below():
    for items in ("<p>Jane Roe</p>", "<ul><li>Jane Roe</li></ul>"):
        assert authors(f"{HEADLINE}{PROSE * 9}<h3>Author(s)</h3>{items}") == ("Jane Roe",)

    both = "<ul><li>Jane Roe</li><li>Omar Reis</li></ul>"
    assert authors(f"{HEADLINE}{PROSE * 9}<h3>Author</h3>{both}") == ("Jane Roe", "Omar Reis")


def test_a_box_below_the_text_tells_who_wrote_it():
    last = "The ferry was full."
    box = "<h3>Jane Roe</h3><p>Jane Roe is the head of harbours at the paper.</p>"
    assert authors(f"{HEADLINE}{PROSE}<p>{last}</p>{box}", last=last) == ("Jane Roe",)
    # In the text such a heading introduces whom it is about.
    assert authors(f"{HEADLINE}{box}{PROSE}<p>{last}</p>", last=last) == ()


def test_a_sentence_says_who_wrote():
    said = "<p>This post was written by Jane Roe, MD, gastroenterologist.</p>"
    assert authors(f"{HEADLINE}{said}{PROSE}") == ("Jane Roe",)


@pytest.mark.parametrize("line", ["by Jane Roe on Friday", "By Jane Roe on behalf of the council"])
def test_what_follows_on_is_no_name(line):
    meta = f'<meta name="author" content="{line}">'
    assert authors(f"{HEADLINE}{PROSE}", meta) == ("Jane Roe",)


def test_a_weekday_is_nobody_and_a_glued_label_no_name():
    assert authors(f"{HEADLINE}{PROSE}", '<meta name="author" content="Sat">') == ()
    assert authors(f"{HEADLINE}{PROSE}", '<meta name="author" content="ByJane Roe">') == (
        "Jane Roe",
    )
