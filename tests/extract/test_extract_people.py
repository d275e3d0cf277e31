"""Authors: persons, from what machines are told and from what readers see."""

import pytest

from extract import bylines, dom, head, people, segments, title

SITES = ["Kanar News", "kanar.az", "kanar"]
PROSE = "<p>The ferry across the bay left the quay at six in the morning with a hundred and twenty people on board.</p>"


def authors(body: str, meta: str = "", last: str = "") -> tuple[str, ...]:
    root = dom.parse(f"<html><head><title>Ferries run again</title>{meta}</head><body><p>Menu</p>{body}</body></html>")
    assert root is not None
    runs = segments.segments(root)
    return people.find(head.read(root), root, SITES, runs, at=title.place(runs, "Ferries run again") or 0, last=last)


LINES = [
    ("By Leyla Aslan and Omar Reis", ("Leyla Aslan", "Omar Reis")),
    ("Von Anna Grün, Baku", ("Anna Grün",)),
    ("Автор: Анна Гринько", ("Анна Гринько",)),
    ("Müəllif: Leyla Aslanova", ("Leyla Aslanova",)),
    ("Yazar: Ayla Demir | 12 Mart 2026", ("Ayla Demir",)),
    ("by Kanar News March 14, 2026", ()),
    ("By Jane Roe March 14, 2026", ("Jane Roe",)),
    ("14 March 2026 · Jane Roe", ("Jane Roe",)),
    ("Leyla Aslanova | 14.03.2026", ("Leyla Aslanova",)),
    ("14 March 2026 · Local government and parks", ()),
]


@pytest.mark.parametrize(("line", "expected"), LINES)
@pytest.mark.parametrize("tag", ["h1", "h2"])
def test_a_line_near_the_headline_names_the_author(line, expected, tag):
    assert authors(f"<{tag}>Ferries run again</{tag}><div>{line}</div>{PROSE}") == expected


def test_a_label_may_stand_alone():
    assert authors(f"<h1>Ferries run again</h1><span>Von</span><div>Anna Grün</div>{PROSE}") == ("Anna Grün",)


def test_a_label_that_means_an_author_counts_under_the_text_too():
    assert authors(f"<h1>Ferries run again</h1>{PROSE * 10}<li>Autorin/Autor Anna Grün</li>") == ("Anna Grün",)


def test_a_section_beside_the_date_is_no_author():
    body = f"<nav><p>South Caucasus</p></nav><h1>Ferries run again</h1><p>South Caucasus</p><p>14.03.2026</p>{PROSE}"
    assert authors(body) == ()


def test_names_of_parts_are_joined():
    said = '{"@type": "NewsArticle", "author": [{"@type": "Person", "givenName": "Jane", "familyName": "Roe"}, {"name": "Kanar News"}]}'
    assert authors(PROSE, f'<script type="application/ld+json">{said}</script>') == ("Jane Roe",)


def test_of_marked_names_those_near_the_headline_count():
    cards = "".join(f'<div><a rel="author" href="/p/{place}">{name}</a></div>{PROSE * 3}' for place, name in enumerate(("Omar Reis", "Ana Lima")))
    assert authors(f'<h1>Ferries run again</h1><p>with <a rel="author" href="/p/9">Jane Roe</a> at the quay</p>{PROSE * 9}{cards}') == ("Jane Roe",)


@pytest.mark.parametrize(("line", "name"), [("Leyla Aslanova", "Leyla Aslanova"), ("Анна Гринько", "Анна Гринько"), ("Read on", ""), ("", ""), ("12", ""),
                                            ("The ferry left the quay.", ""), ("კახა ბერიძე", "")])
def test_a_text_may_end_in_its_signature(line, name):
    assert bylines.signature(line) == name
    assert authors(PROSE, last=line) == ((name,) if name else ())


@pytest.mark.parametrize(("raw", "expected"), [("The Associated Press", ["The Associated Press"]), ("KANAR", []), ("Kanar News Agency", []), ("Anadolu Ajansı", ["Anadolu Ajansı"]),
                                               ("Jane Roe, Staff Reporter", ["Jane Roe"]), ("Jane Roe (Tbilisi)", ["Jane Roe"]), ("jane@kanar.az", []),
                                               ("red, kanar.az/Agenturen", []), ("Jane Roe in Tbilisi and Omar Reis in Baku", ["Jane Roe", "Omar Reis"]), ("Jane Roe in Tbilisi, Omar Reis", ["Jane Roe", "Omar Reis"])])
def test_publishers_and_roles_are_dropped_and_agencies_stay(raw, expected):
    assert people.people(raw, {title.key(name) for name in SITES}) == expected
