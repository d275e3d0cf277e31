"""Authors: persons, from what machines are told and from what readers see."""

import pytest

from extract.metadata import people, persons
from extract.page import dom, head, headline_place, segments, title

SITES = ["Kanar News", "kanar.az", "kanar"]
PROSE = (
    "<p>The ferry across the bay left the quay at six in the morning with a hundred and twenty "
    "people on board.</p>"
)


def authors(body: str, meta: str = "", last: str = "") -> tuple[str, ...]:
    root = dom.parse(
        f"<html><head><title>Ferries run again</title>{meta}</head><body><p>Menu</p>"
        f"{body}</body></html>"
    )
    assert root is not None
    runs = segments.segments(root)
    return people.find(
        head.read(root),
        root,
        SITES,
        runs,
        at=headline_place.locate(runs, "Ferries run again") or 0,
        last=last,
    )


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
    ("14 мая 2026 · Рустам Дерхан", ("Рустам Дерхан",)),
    ("1 სექტემბერი 2026 · ზარინა ლერნაკან", ("ზარინა ლერნაკან",)),
    ("۱۰ شهریور ۱۴۰۵ · کامران لهرناکان", ("کامران لهرناکان",)),
    ("Կարդացեք նաև | 14.03.2026", ()),
    ("Read Also | 14.03.2026", ()),
]


@pytest.mark.parametrize(("line", "expected"), LINES)
@pytest.mark.parametrize("tag", ["h1", "h2"])
def test_a_line_near_the_headline_names_the_author(line, expected, tag):
    assert authors(f"<{tag}>Ferries run again</{tag}><div>{line}</div>{PROSE}") == expected


def test_a_label_may_stand_alone():
    assert authors(f"<h1>Ferries run again</h1><span>Von</span><div>Anna Grün</div>{PROSE}") == (
        "Anna Grün",
    )


def test_a_label_that_means_an_author_counts_under_the_text_too():
    assert authors(f"<h1>Ferries run again</h1>{PROSE * 10}<li>Autorin/Autor Anna Grün</li>") == (
        "Anna Grün",
    )


def test_a_section_beside_the_date_is_no_author():
    for line in ("<p>South Caucasus</p><p>14.03.2026</p>", "<p>14.03.2026 · South Caucasus</p>"):
        assert (
            authors(f"<nav><p>South Caucasus</p></nav><h1>Ferries run again</h1>{line}{PROSE}")
            == ()
        )


@pytest.mark.parametrize("language", ["en", "az", "ru", "ka", "hy", "fa", "tr"])
@pytest.mark.parametrize("theme", ["field", "zox", "center", "column", "tabloid", "app"])
def test_every_theme_of_the_press_that_shows_an_author(theme, language):
    from datetime import UTC, datetime

    from extract import api
    from news.article import Page
    from pipeline.run.sites import outlet_of
    from press.templates import render, samples

    articles = samples(5, language, 4)
    html, truth = render(articles[0], articles[1:], theme=theme)
    page = Page(
        url=truth.url,
        final_url=truth.url,
        status=200,
        headers=(),
        body=html.encode(),
        fetched_at=datetime(2026, 11, 1, tzinfo=UTC),
    )
    assert api.extract(page, outlet_of(truth.url), None).authors == (articles[0].byline,)


def test_names_of_parts_are_joined():
    said = (
        '{"@type": "NewsArticle", "author": [{"@type": "Person", "givenName": "Jane", '
        '"familyName": "Roe"}, {"name": "Kanar News"}]}'
    )
    assert authors(PROSE, f'<script type="application/ld+json">{said}</script>') == ("Jane Roe",)


def test_of_marked_names_those_near_the_headline_count():
    cards = "".join(
        f'<div><a rel="author" href="/p/{place}">{name}</a></div>{PROSE * 3}'
        for place, name in enumerate(("Omar Reis", "Ana Lima"))
    )
    assert authors(
        '<h1>Ferries run again</h1><p>with <a rel="author" href="/p/9">Jane Roe</a> at '
        f"the quay</p>{PROSE * 9}{cards}"
    ) == ("Jane Roe",)


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("Leyla Aslanova", "Leyla Aslanova"),
        ("Анна Гринько", "Анна Гринько"),
        ("Read on", ""),
        ("", ""),
        ("12", ""),
        ("The ferry left the quay.", ""),
        ("კახა ბერიძე", "კახა ბერიძე"),
        ("კარგი ამბავი", ""),
        ("Արամ Մելքոնյան", "Արամ Մելքոնյան"),
        ("Sonstige Figuren", ""),
    ],
)
def test_a_text_may_end_in_its_signature(line, name):
    assert authors(PROSE, last=line) == ((name,) if name else ())


LAST = "<p>The wind may turn on Sunday.</p>"


@pytest.mark.parametrize(
    "signed",
    [
        "<div class=aut><i>Jane Roe</i></div>",
        "<p><b>Jane Roe</b></p>",
        "<p style='text-align: right'>Jane Roe</p>",
        "<div class=byline-x>Jane Roe</div>",
    ],
)
@pytest.mark.parametrize(
    "box", ["<div class=post><div class=txt>{}</div>{}</div>", "<div>{}{}</div>"]
)
def test_a_signature_below_the_text_is_set_apart(signed, box):
    body = "<h2>Ferries run again</h2>" + box.format(PROSE * 3 + LAST, signed)
    assert authors(body, last="The wind may turn on Sunday.") == ("Jane Roe",)


def test_what_stands_below_the_text_is_not_always_a_signature():
    for line in (
        "<p>Jane Roe</p>",
        "<p><a href=/tag/roe><b>Jane Roe</b></a></p>",
        "<h3>Jane Roe</h3>",
        "<p><b>More People</b></p>",
    ):
        assert (
            authors(
                f"<h1>Ferries run again</h1><div>{PROSE * 3}<p>We ask more people.</p>"
                f"{LAST}{line}</div>",
                last="The wind may turn on Sunday.",
            )
            == ()
        )


def test_a_bold_name_above_the_text_is_its_author():
    assert authors(
        f"<h1>Ferries run again</h1><p><strong>Jane Roe/Omar Reis</strong></p>{PROSE * 3}"
    ) == ("Jane Roe", "Omar Reis")
    assert (
        authors(
            "<h1>Ferries run again</h1><p><strong>At The Quay</strong></p><p>They stood "
            "at the quay and sang for the whole of the long night that came before "
            f"this.</p>{PROSE}"
        )
        == ()
    )
    tagged = '<meta property="article:tag" content="Jane Roe">'
    assert (
        authors(f"<h1>Ferries run again</h1><p><strong>Jane Roe</strong></p>{PROSE}", tagged) == ()
    )


@pytest.mark.parametrize(
    ("line", "expected"),
    [("AFP, MANILA", ("AFP",)), ("BAKU, APA", ("APA",)), ("AFP", ()), ("Photo: AFP", ())],
)
def test_an_agency_with_its_place_is_a_credit(line, expected):
    assert authors(f"<h1>Ferries run again</h1><div>{line}</div>{PROSE * 3}") == expected


def test_a_byline_may_stand_far_below_the_headline_just_above_the_text():
    menu = "".join(f"<li><a href=/{number}>Part {number}</a></li>" for number in range(14))
    long = (
        "<h2>"
        + "A second headline that is as long as a paragraph and says what the first one said "
        "in many more words than it " * 2 + "</h2>"
    )
    assert authors(
        f"<h1>Ferries run again</h1><ul>{menu}</ul><p>By Jane Roe, Lille 05.08.2024, "
        "20:59</p><p>2 min</p><p>Photo</p>"
        f"{PROSE.replace('</p>', ' They sang until the morning came.</p>')}"
    ) == ("Jane Roe",)
    assert authors(f"<h1>Ferries run again</h1>{long}<div>AFP, MANILA</div>{PROSE * 3}") == ("AFP",)


def test_an_agency_alone_may_end_the_text():
    assert authors(PROSE, last="(Reuters)") == ("Reuters",)


def test_the_first_account_and_the_editor_give_way_to_a_named_author():
    said = (
        '{"@type": "NewsArticle", "author": {"@type": "Person", "name": "Omar Reis", "url": '
        '"https://kanar.az/author/admin/"}}'
    )
    meta = f'<script type="application/ld+json">{said}</script>'
    assert authors(f"<h1>Ferries run again</h1><p><b>Jane Roe</b></p>{PROSE}", meta) == (
        "Jane Roe",
    )
    assert authors(f"<h1>Ferries run again</h1>{PROSE}", meta) == ("Omar Reis",)
    shown = (
        '<h1>Ferries run again</h1><div class="author-2">Jane Roe</div><div>14.03.2026</div>'
        f'{PROSE}<p>Editor: <a href="/a/1">Omar Reis</a></p>'
    )
    assert authors(shown, meta.replace("admin", "omar")) == ("Jane Roe",)


def test_marks_beside_the_headline_complete_what_json_ld_says():
    said = '{"@type": "NewsArticle", "author": {"@type": "Person", "name": "Jane Roe"}}'
    marks = (
        '<div><a rel="author" href="/a/1">Omar Reis</a> <a rel="author" href="/a/2">Jane '
        "Roe</a></div>"
    )
    assert authors(
        f"<h1>Ferries run again</h1>{marks}{PROSE}",
        f'<script type="application/ld+json">{said}</script>',
    ) == ("Omar Reis", "Jane Roe")


def test_references_in_json_ld_are_followed():
    said = (
        '{"@graph": [{"@type": "Person", "@id": "#p1", "name": "Jane Roe"}, {"@type": '
        '"NewsArticle", "author": {"@id": "#p1"}}]}'
    )
    assert authors(PROSE, f'<script type="application/ld+json">{said}</script>') == ("Jane Roe",)


def test_library_cards_are_turned_round():
    assert authors(
        PROSE,
        '<meta name="citation_author" content="Roe, Jane"><meta name="citation_author" '
        'content="Reis, Omar">',
    ) == ("Jane Roe", "Omar Reis")
    assert authors(PROSE, '<meta name="dc.creator" content="Jane Roe, Omar Reis">') == (
        "Jane Roe",
        "Omar Reis",
    )


def test_script_state_counts_where_the_page_shows_it():
    state = (
        "<script>dataLayer.push({'author': 'Jane Roe', 'x': 1}); var o = {\"author\": \"Omar "
        'Reis"}</script>'
    )
    assert authors(
        f"{state}<h1>Ferries run again</h1><p>Text and pictures: Jane Roe, harbour</p>{PROSE}"
    ) == ("Jane Roe",)
    assert authors(f"{state}<h1>Ferries run again</h1>{PROSE}") == ()


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("The Associated Press", ["The Associated Press"]),
        ("KANAR", []),
        ("Kanar News Agency", []),
        ("Anadolu Ajansı", ["Anadolu Ajansı"]),
        ("Jane Roe, Staff Reporter", ["Jane Roe"]),
        ("Jane Roe (Tbilisi)", ["Jane Roe"]),
        ("jane@kanar.az", []),
        ("red, kanar.az/Agenturen", []),
        ("Jane Roe in Tbilisi and Omar Reis in Baku", ["Jane Roe", "Omar Reis"]),
        ("Jane Roe in Tbilisi, Omar Reis", ["Jane Roe", "Omar Reis"]),
        ("Jane O&#039;Roe", ["Jane O'Roe"]),
        ('<a href="/a">Jane Roe</a><a href="/b">Omar Reis</a>', ["Jane Roe", "Omar Reis"]),
        ("All posts by Jane Roe", ["Jane Roe"]),
        ("Zeige alle Beiträge von Jane Roe", ["Jane Roe"]),
        ("Все статьи автора Анна Гринько", ["Анна Гринько"]),
        ("Jane Roe, PhD", ["Jane Roe"]),
        ("Jane Roe, Lille", ["Jane Roe"]),
        ("Jane Roe, Reuters", ["Jane Roe", "Reuters"]),
        ("Kanar, Baku, Azerbaijan", []),
        ("Photos: Omar Reis", []),
        ("Jane Roe, photo: Omar Reis", ["Jane Roe"]),
        ("Reviewed by Omar Reis", []),
        ("Редактор: Анна Гринько", []),
        ("Корреспондент Анна Гринько", ["Анна Гринько"]),
        ("Müxbir: Leyla Aslanova", ["Leyla Aslanova"]),
        ("خبرنگار: علی رضایی", ["علی رضایی"]),
        ("kahan-admin", []),
        ("jane-roe", ["Jane Roe"]),
        ("Jane Roe Jane Roe", ["Jane Roe"]),
        ("the voice of our harbour", ["the voice of our harbour"][:0]),
        ("Ministry of Harbours", []),
        ("Mətbuat xidməti", []),
        ("Пресс-служба порта", []),
        ("Harbour Union for Peace", []),
        ("Leyla Aslan qızı", ["Leyla Aslan qızı"]),
        ("Анна Гринько и Лейла Асланова", ["Анна Гринько", "Лейла Асланова"]),
        ("Leyla Aslanova və Ayla Demir", ["Leyla Aslanova", "Ayla Demir"]),
        ("კახა ბერიძე და ნინო იანი", ["კახა ბერიძე", "ნინო იანი"]),
        ("Արամ Մելքոնյան և Անի Սարյան", ["Արամ Մելքոնյան", "Անի Սարյան"]),
        ("牛镛、岳弘彬", ["牛镛", "岳弘彬"]),
    ],
)
def test_publishers_and_roles_are_dropped_and_agencies_stay(raw, expected):
    assert persons.people(raw, {title.key(name) for name in SITES}) == expected
