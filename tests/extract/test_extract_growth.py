"""Time grows with the page and no faster, whatever stands on it.

What is four times as long takes some four times as long.
"""

import time
from datetime import UTC, datetime

import pytest

from extract import api
from extract.metadata import bylines, persons
from extract.page import head, legacy, title
from news.article import Page
from pipeline.run.sites import outlet_of

FLOOR = 0.01  # seconds of processor time below which a measurement says nothing
MOST = 9  # times as long for four times as much: a square would be sixteen
PROSE = (
    "<p>The ferry left the quay at six in the morning with a hundred and twenty people on "
    "board, said the office.</p>" * 4
)


def cost(work, value) -> float:
    begun = time.process_time()
    work(value)
    return time.process_time() - begun


def assert_linear(work, make, size: int) -> None:
    small = min(cost(work, make(size)) for _ in range(2))
    large = min(cost(work, make(4 * size)) for _ in range(2))
    assert large <= MOST * max(small, FLOOR), (
        f"{size} characters take {small:.3f} s, four times as many {large:.3f} s"
    )


JSON = {
    "white space after it": lambda size: '{"@type":"NewsArticle"}' + " " * size + "x",
    "white space before it": lambda size: " " * size + '<!x {"@type":"NewsArticle"}',
    "slashes after it": lambda size: '{"@type":"NewsArticle"}' + "// " * (size // 3),
    "commas": lambda size: ", " * (size // 2),
    "brackets": lambda size: "[" * size,
}


@pytest.mark.parametrize("name", JSON)
def test_a_script_of_any_length_is_read_in_time(name):
    assert_linear(head._load, JSON[name], 8_000)


@pytest.mark.parametrize(
    "wrapped",
    [
        '<!--{"a":1}-->',
        '//<![CDATA[\n{"a":1}\n//]]>',
        '<![CDATA[{"a":1}]]>',
        ' // <!--\n{"a":1}\n// --> ; ',
        '{"a":1}-->',
        '<!-- {"a":1}',
        '\n{"a":1}\n',
    ],
)
def test_marks_around_a_script_are_taken_off(wrapped):
    assert head._load(wrapped) == {"a": 1}


@pytest.mark.parametrize("sign", ["|", ":", "-", "»"])
def test_a_row_of_signs_in_a_title_is_read_in_time(sign):
    for size in (24, 28, 32, 128):
        assert (
            cost(lambda text: title.strip_site(text, {"kanar"}), f"Ferry {sign * size}x")
            < FLOOR * MOST
        )


@pytest.mark.parametrize("label", ["By ", "Автор: ", "ავტორი: ", "نویسنده: "])
@pytest.mark.parametrize("letter", ["A", "ა", "ب"])
def test_a_long_word_after_a_byline_label_is_read_in_time(label, letter):
    for size in (20, 24, 28, 32, 100):
        assert cost(bylines._NAMED.search, f"{label}{letter * size}!") < FLOOR * MOST


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("By Jane Roe", "Jane Roe"),
        ("By Jane Roe and John Doe | 12 May", "Jane Roe and John Doe"),
        ("Автор: А.Иванов", "А.Иванов"),
        ("By Jane Roe, 12 May", "Jane Roe,"),
        ("Müəllif: Anar Məmmədov, Leyla Əliyeva", "Anar Məmmədov, Leyla Əliyeva"),
        ("ავტორი: ნინო", "ნინო"),
        ("By Jane Mary Ann Roe-Smith (Baku)", "Jane Mary Ann Roe-Smith"),
    ],
)
def test_names_after_a_label_are_read_whole(line, names):
    match = bylines._NAMED.search(line)
    assert match is not None
    assert match[1].strip() == names


def test_a_page_of_angle_brackets_in_an_armenian_font_is_read_in_time():
    assert_linear(legacy.from_armscii_text, lambda size: "³²»Û¨¿Á" * 30 + ">" * size, 40_000)


def test_a_byline_of_any_length_is_read_in_time():
    assert_linear(
        lambda raw: persons.people(raw, set()), lambda size: "photo: " * (size // 7) + "|", 20_000
    )


PAGES = {
    "white space after JSON-LD": lambda size: (
        f'<script type="application/ld+json">{{"@type":"NewsArticle"}}{" " * size}x</script>',
        "",
    ),
    "a byline without end": lambda size: (
        f'<script type="application/ld+json">{{"@type":"NewsArticle",'
        f'"author":"{"photo: " * (size // 7)}|"}}</script>',
        "",
    ),
    "link elements that nobody closes": lambda size: ("<link " * (size // 6), ""),
    "paragraphs": lambda size: (
        "",
        "".join(
            f"<p>Line {number} of it, long enough to count as a text.</p>"
            for number in range(size // 60)
        ),
    ),
    "line breaks": lambda size: (
        "",
        "<div>"
        + "A line of some length that ends with a stop, and that is enough.<br>" * (size // 70)
        + "</div>",
    ),
    "elements that nobody closes": lambda size: ("", "<font face=acadnusx>" * (size // 20) + "abc"),
    "angle brackets": lambda size: ("", ">" * size),
    "state of scripts": lambda size: ("", f"<script>{'={[' * (size // 3)}</script>"),
}


@pytest.mark.parametrize("name", PAGES)
def test_a_page_of_any_make_is_read_in_time(name):
    def make(size: int) -> Page:
        top, rest = PAGES[name](size)
        html = (
            f"<html lang=en><head><title>Ferry is back</title>{top}</head><body><h1>Ferry is "
            f"back</h1>{PROSE}{rest}</body></html>"
        )
        return Page(
            url="https://kanar.az/1",
            final_url="https://kanar.az/1",
            status=200,
            headers=(),
            body=html.encode(),
            fetched_at=datetime(2026, 11, 1, tzinfo=UTC),
        )

    outlet = outlet_of("https://kanar.az/1")
    api.extract(make(100), outlet, None)
    assert_linear(lambda page: api.extract(page, outlet, None), make, 20_000)
