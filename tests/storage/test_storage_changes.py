import random

import pytest
from archivegen import BODY
from hypothesis import given
from hypothesis import strategies as st

from news.page_lines import pack, unpack
from news.revisions import Text, Verdict, canonical, compare, is_noise, plain

COUNTERS = (
    "Views: 1 234",
    "1,234 views",
    "Просмотров: 512",
    "Baxılıb: 77",
    "Oxunub 1 204",
    "Okunma: 12",
    "Դիտումներ՝ 45",
    "ნახვა: 81",
    "بازدید: ۱۲",
    "Comments (14)",
    "5 minutes ago",
    "2 saat əvvəl",
    "10 минут назад",
    "👁 532",
    "12:45",
    "22.11.2026 14:05",
    "3 min read",
    "Қаралды: 90",
)
STAMPS = (
    "Updated: 22.11.2026 14:05",
    "Last updated 3 November 2026, 10:00",
    "Обновлено: 12:30",
    "Son yenilənmə: 14:10",
    "Güncelleme: 12.11.2026 - 10:11",
    "განახლდა 10:30",
    "Թարմացվել է 12:00",
    "Published 2026-11-20",
)
TEXTS = (
    "12 people were killed in the blast",
    "Baku, 22 November",
    "The price rose to 90 dollars.",
    "It was read by the minister on 5 May.",
    "Views of the region differ",
    "5 arrested",
    "Три человека погибли 22 ноября",
    "9 nəfər həlak olub",
    "Yanvarda 100 manat",
    "NATO",
    "Day 3 of the talks in Baku",
    "5 ministers",
    "3 days",
    "12 | 15",
    "Day 3",
)


@pytest.mark.parametrize("line", COUNTERS + STAMPS)
def test_counters_clocks_and_stamps_are_noise(line):
    assert is_noise(plain(line))


@pytest.mark.parametrize("line", TEXTS)
def test_short_lines_with_numbers_that_say_something_are_not(line):
    assert not is_noise(plain(line))


def text(body=BODY, **fields):
    return Text(
        **{"title": "Council meets", "standfirst": "", "body": body, "extractor": "1", **fields}
    )


NOISE = (
    lambda body, _: body.replace(" ", "  "),
    lambda body, _: body.replace(" ", " \u00a0", 1),
    lambda body, _: body.replace(".", "\u200b."),
    lambda body, chance: body + "\n" + f"Views: {chance.randrange(10_000)}",
    lambda body, chance: f"{chance.randrange(24)}:{chance.randrange(60):02}\n" + body,
    lambda body, chance: body + f"\nUpdated: {chance.randrange(1, 29)}.11.2026 14:05",
    lambda body, _: body.replace("-", "–"),
    lambda body, _: body.replace('"', "“"),
    lambda body, _: body.replace("\n", "\n\n"),
    lambda body, chance: body + f"\nComments ({chance.randrange(99)})",
    lambda body, chance: body + f"\n{chance.randrange(60)} минут назад",
)


def test_ten_thousand_refetches_with_noise_are_no_revision():
    chance = random.Random(5)
    words = [
        "council",
        "bridge",
        "minister",
        "talks",
        "said",
        "would",
        "not",
        "agree",
        "on",
        "gas",
        "prices",
        "next",
        "week",
        "in",
        "Baku",
        "and",
        "Tbilisi",
        "“quoted”",
        "-",
        "a",
        "long-standing",
        "1,200",
        "issue",
    ]
    false = []
    for number in range(10_000):
        body = "\n".join(
            " ".join(chance.choices(words, k=chance.randrange(8, 30))) + "."
            for _ in range(chance.randrange(2, 6))
        )
        noisy = body
        for change in chance.sample(NOISE, 3):
            noisy = change(noisy, chance)
        if canonical("t", "", body) != canonical("t", "", noisy):
            false.append((number, body, noisy))
    assert not false[:3]


def test_every_edit_of_one_word_is_seen():
    chance = random.Random(6)
    words = [f"word{number}" for number in range(500)]
    missed = 0
    for _ in range(3000):
        lines = [
            [*chance.choices(words, k=chance.randrange(3, 25))]
            for _ in range(chance.randrange(1, 6))
        ]
        body = "\n".join(" ".join(line) + "." for line in lines)
        line = chance.choice(lines)
        place = chance.randrange(len(line))
        line[place] = chance.choice(["12", "other", line[place].upper(), line[place] + "s", "не"])
        edited = "\n".join(" ".join(line) + "." for line in lines)
        change = compare(text(body), text(edited))
        missed += change.verdict is not Verdict.EDIT or not change.silent
    assert missed == 0


@given(st.text(max_size=300), st.text(max_size=300))
def test_comparing_any_texts_never_fails_and_equal_ones_are_noise(left, right):
    assert compare(text(left), text(left)).verdict is Verdict.NOISE
    change = compare(text(left), text(right))
    assert (change.verdict is Verdict.NOISE) == (
        canonical("", "", left) == canonical("", "", right)
    )


@given(st.text(max_size=200))
def test_the_compared_form_is_stable(value):
    assert plain(plain(value)) == plain(value)


def test_a_changed_headline_is_an_edit():
    change = compare(text(), text(title="Council met"))
    assert (change.verdict, change.headline, change.added, change.removed) == (
        Verdict.EDIT,
        True,
        ("met",),
        ("meets",),
    )


def test_who_signed_a_change_is_named():
    assert compare(text(authors=("A",)), text(BODY + " More.", authors=("A", "B"))).signed == "B"


@pytest.mark.parametrize(
    "note",
    [
        "Correction: it was Monday.",
        "Düzəliş: bazar ertəsi idi.",
        "Исправлено: в понедельник.",
        "შესწორება: ორშაბათს.",
        "Ուղղում. երկուշաբթի։",
        "اصلاح: دوشنبه بود.",
        "Düzeltme: pazartesi.",
        "An earlier version of this article misstated the day.",
    ],
)
def test_an_edit_that_owns_up_is_not_silent(note):
    change = compare(text(), text(f"{BODY.replace('Friday', 'Monday')}\n{note}"))
    assert change.verdict is Verdict.EDIT
    assert not change.silent
    assert change.note == plain(note)


CLUTTER = "Subscribe to our channel and be the first to know."
PAGE = ("Council meets", *BODY.split("\n"), CLUTTER, "Views: 12", "Another story of the day")


def on(page, body=BODY, **fields):
    return text(body, page_lines=pack(page), **fields)


def later(page):
    return (
        *(line for line in page if "story of the day" not in line),
        "Views: 77",
        "A story nobody knew of before",
    )


@pytest.mark.parametrize("extractor", ["1", "2"])
@pytest.mark.parametrize(
    ("before", "after"),
    [
        (BODY + "\n" + CLUTTER, BODY),
        (BODY, BODY + "\n" + CLUTTER),
        (BODY, BODY.split("\n", 1)[1]),
        (BODY.split("\n", 1)[0], BODY.split("\n", 1)[1]),
    ],
    ids=["clutter goes", "clutter comes", "a paragraph goes", "all is chosen otherwise"],
)
def test_another_choice_among_the_same_lines_is_a_correction_whatever_made_it(
    before, after, extractor
):
    assert (
        compare(on(PAGE, before), on(later(PAGE), after, extractor=extractor)).verdict
        is Verdict.CORRECTION
    )


def test_another_of_the_pages_headlines_is_a_correction():
    page = (*PAGE, "Council meets in Baku")
    assert (
        compare(on(page), on(later(page), title="Council meets in Baku")).verdict
        is Verdict.CORRECTION
    )
    assert compare(on(PAGE), on(page, title="Council meets in Baku")).verdict is Verdict.EDIT


@pytest.mark.parametrize(
    "other",
    [
        (*PAGE[:-1], "Nobody spoke against it, but for one."),
        tuple(line for line in PAGE if line != PAGE[2]),
        (*PAGE, "The mayor was absent."),
    ],
    ids=["another line", "a line less", "a line more"],
)
def test_what_the_page_itself_lost_or_gained_is_an_edit(other):
    body = "\n".join(line for line in other if line not in {PAGE[0], CLUTTER, *PAGE[-2:]})
    change = compare(on(PAGE, BODY + "\n" + CLUTTER), on(other, body))
    assert change.verdict is Verdict.EDIT


def test_letters_and_order_are_the_outlets():
    shouted = tuple(line.upper() if line == PAGE[1] else line for line in PAGE)
    assert (
        compare(on(PAGE), on(shouted, BODY.replace(PAGE[1], PAGE[1].upper()))).verdict
        is Verdict.EDIT
    )
    turned = "\n".join(reversed(BODY.split("\n")))
    assert compare(on(PAGE), on(PAGE[::-1], turned)).verdict is Verdict.EDIT


def test_other_quotation_marks_on_the_page_are_no_other_line():
    page = (*PAGE, "The “old” bridge – 1,200 metres")
    body = f'{BODY}\nThe "old" bridge - 1,200 metres'
    assert (
        compare(on(page), on((*PAGE, 'The "old" bridge - 1,200 metres'), body)).verdict
        is Verdict.CORRECTION
    )


@pytest.mark.parametrize("known", ["old", "new", "neither"])
def test_where_the_lines_of_a_page_are_not_known_another_choice_is_an_edit_as_before(known):
    old, new = on(PAGE, BODY + "\n" + CLUTTER), on(later(PAGE))
    old = old if known == "old" else text(old.body)
    new = new if known == "new" else text(new.body)
    assert compare(old, new).verdict is Verdict.EDIT


@given(st.lists(st.text(max_size=80), max_size=20))
def test_packed_lines_are_the_same_in_any_order(found):
    assert pack(found) == pack(reversed([*found, *found]))
    assert len(pack(found)) == 4 * len(unpack(pack(found)))
