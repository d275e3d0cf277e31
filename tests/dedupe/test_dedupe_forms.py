"""Reports of one form: no story holds two of them, and every copy of one is still found."""

import itertools
import random
from datetime import UTC, date, datetime, timedelta

import formgen
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import dedupe
from dedupe.decide import form_alone
from dedupe.difference import other_report
from dedupe.facts import read
from news.story import Doc, Edge, EdgeKind

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
SEED = date.today().toordinal()  # noqa: DTZ011 - any number of today's
FORMS = formgen.forms()
DECREE = (
    "By the order of President Rustam Halim, {} has been appointed ambassador of the Republic to"
    " {}. By another order {} has been recalled from the post. The order takes effect on the day"
    " of its signing."
)
CRASH = (
    "A bus overturned on the road from Tamur to Gulbek, killing {} people and injuring {}."
    " Governor Kel Arianman said that the driver had lost control on the wet road. The injured"
    " were taken to the hospital of Gulbek. The road was closed for three hours, and an inquiry"
    " has been opened, the regional office of the prosecutor said on Monday."
)
WIRE = (
    "The parliament of Tamur has passed the law on water after a debate of two days. Speaker Ar"
    " Solidze said that the law would save the rivers of the Minnor valley. The opposition, led by"
    " Yas Lorian, left the hall before the vote. The law takes effect on 1 January 2027, and the"
    " Ministry of Ecology will report on it every 6 months."
)


def edges_of(texts):
    docs = [Doc(id=number, text=text) for number, text in enumerate(texts)]
    proposed = dedupe.relate_batch(
        dict(enumerate(dedupe.make_prints(texts))), dedupe.MemoryWindow()
    ).edges
    return docs, dedupe.decide_edges(docs, proposed)


def homes(texts):
    """Return the lead of each text's story."""
    found = {}
    for story in dedupe.form_stories(*edges_of(texts)):
        found |= dict.fromkeys(story.members, story.lead)
    return [found[number] for number in range(len(texts))]


def count(language, kind, seed):
    """Return how many pairs of one report, how many of those apart, how many false pairs."""
    texts, owners = [], []
    for number, report in enumerate(formgen.family(language, kind, seed)):
        made = [report.text, *formgen.copies(report, seed).values()]
        texts += made
        owners += [number] * len(made)
    leads = homes(texts)
    pairs = list(itertools.combinations(range(len(texts)), 2))
    true = [leads[a] == leads[b] for a, b in pairs if owners[a] == owners[b]]
    false = [leads[a] == leads[b] for a, b in pairs if owners[a] != owners[b]]
    return len(true), true.count(False), false.count(True)


@pytest.fixture(scope="module")
def counts():
    return {form: count(*form, SEED) for form in FORMS}


@pytest.mark.parametrize("form", FORMS, ids=" ".join)
def test_no_story_holds_two_fillings_of_one_form(counts, form):
    assert counts[form][2] == 0


def test_the_forms_are_sixty_families_of_twenty_kinds():
    assert len(FORMS) >= 60
    assert len({kind for _, kind in FORMS}) >= 20


def test_copies_of_such_reports_are_found_all_but_one_in_a_hundred(counts):
    pairs = sum(found[0] for found in counts.values())
    apart = sum(found[1] for found in counts.values())
    assert apart <= 0.01 * pairs


def test_decrees_of_two_days_are_two_stories():
    texts = [
        DECREE.format("Ar Solidze", "Canada", "Kel Lorian"),
        DECREE.format("Min Urman", "Japan", "Yas Norert"),
    ]
    assert len(set(homes(texts))) == 2


def test_releases_with_one_paragraph_about_the_company_are_each_a_story():
    releases = formgen.family("en", formgen.RELEASE, 5)
    assert len(set(homes([release.text for release in releases]))) == len(releases)


def test_a_toll_that_has_risen_is_told_again():
    assert len(set(homes([CRASH.format(16, 23), CRASH.format(19, 27)]))) == 2


def test_a_text_like_both_joins_one_of_two_fillings_and_never_both():
    ends = [(0, 2, EdgeKind.COPY_OF), (1, 2, EdgeKind.COPY_OF), (0, 1, EdgeKind.UPDATES)]
    edges = [
        Edge(left=left, right=right, kind=kind, score=0.9, share=0.9) for left, right, kind in ends
    ]
    docs = [Doc(id=number, text=f"text {number}") for number in range(3)]
    found = dedupe.form_stories(docs, edges)
    assert sorted(len(story.members) for story in found) == [1, 2]
    assert not any({0, 1} <= set(story.members) for story in found)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("BAKU, Nov 21 (Hazar Wire) - ", "Tbilisi, 20 November. "),
        ("BAKU /Hazar Wire/ - ", "ТБИЛИСИ (Кура) – "),
        ("", "Gulbek, November 19, Kura Press\n"),
    ],
)
def test_copies_with_other_datelines_say_the_same(one, other):
    assert not other_report(read(one + WIRE), read(other + WIRE))


@pytest.mark.parametrize("line", ["{} reports.", "This was reported by {}.", "According to {}."])
def test_copies_that_name_other_sources_say_the_same(line):
    one, other = (f"{WIRE} {line.format(name)}" for name in ("Kura Press", "Hazar Wire"))
    assert not other_report(read(one), read(other))


@pytest.mark.parametrize(
    ("written", "otherwise"),
    [
        ("Solidze", "Solidse"), ("Yas Lorian", "Yass Lorean"), ("Minnor", "Mynnor"),
        ("2027", "2,027"), ("6 months", "six months"), ("Tamur", "TAMUR"),
    ],
)  # fmt: skip
def test_another_spelling_is_no_other_fact(written, otherwise):
    assert not other_report(read(WIRE), read(WIRE.replace(written, otherwise)))


def test_what_one_text_alone_has_makes_no_other_report():
    draw = random.Random(3)
    own = formgen.PAGE["en"]["inserted"].format(**formgen.facts("en", draw, set()))
    assert not other_report(read(f"{own} {WIRE}"), read(WIRE))
    assert not other_report(read(WIRE), read(f"{WIRE} {own}"))


def test_other_names_in_the_same_sentences_make_another_report():
    other = WIRE.replace("Tamur", "Gulbek").replace("Ar Solidze", "Kel Urman")
    assert other_report(read(WIRE), read(other.replace("Minnor", "Farhart")))


def test_a_text_in_capitals_is_its_copy():
    assert not other_report(read(WIRE), read(WIRE.upper()))


@given(st.sampled_from(FORMS), st.integers(0, 10**6))
@settings(max_examples=20, deadline=None)
def test_neither_side_nor_ids_have_a_say(form, seed):
    one, other = (read(report.text) for report in formgen.family(*form, seed, count=2))
    assert other_report(one, other) == other_report(other, one)
    cut = read(formgen.copies(formgen.family(*form, seed, count=1)[0], seed)["cut"])
    assert other_report(cut, other) == other_report(other, cut)


@given(st.text(), st.text())
def test_any_two_texts_can_be_compared(one, other):
    assert other_report(read(one), read(other)) == other_report(read(other), read(one))


def test_digits_of_every_script_are_one_number():
    assert read("۱۴۰۵").numbers == read("1405").numbers == read("१४०५").numbers
    assert read("1,200.50").numbers == read("1.200,50").numbers
    assert read("x₁ ² ½").numbers == frozenset()
    assert read("9" * 6000).numbers == {"#" + "9" * 6000}


def test_fillings_of_one_form_quote_and_follow_nothing():
    texts = [DECREE.format(f"Ar {name}", name, f"Kel {name}") for name in ("Urman", "Zimert")]
    docs, edges = edges_of(texts)
    (edge,) = edges
    assert edge.kind is EdgeKind.UPDATES
    assert form_alone(edge)
    dated = [Doc(id=doc.id, text=doc.text, published=NOON + timedelta(days=doc.id)) for doc in docs]
    assert dedupe.find_follow_ups(dated, edges) == []


def test_an_edge_of_an_article_that_is_gone_stays_as_it_is():
    texts = [DECREE.format(f"Ar {name}", name, f"Kel {name}") for name in ("Urman", "Zimert")]
    proposed = dedupe.relate_batch(
        dict(enumerate(dedupe.make_prints(texts))), dedupe.MemoryWindow()
    ).edges
    assert dedupe.decide_edges([Doc(id=0, text=texts[0])], proposed) == list(proposed)


LECTURES = {
    "fa": (
        "{} در دانشگاه {} سخنرانی می‌کند. این نشست با موضوع تاریخ ادبیات و هنر منطقه در تالار اصلی"
        " برگزار می‌شود و ورود برای همه آزاد است. پس از سخنرانی حاضران می‌توانند پرسش‌های خود را"
        " مطرح کنند و از نمایشگاه کتاب دیدن کنند. روابط عمومی گفت فیلم این نشست در سایت منتشر"
        " خواهد شد.",
        (("نینو گلاوانی", "رشت"), ("کامران صادقی", "تبریز"), ("لیلا زرندی", "آستارا")),
    ),
    "ka": (
        "{} ლექციას წაიკითხავს ქალაქ {} უნივერსიტეტში. შეხვედრის თემაა რეგიონის ლიტერატურისა და"
        " ხელოვნების ისტორია, დასწრება თავისუფალია ყველა მსურველისთვის. ლექციის შემდეგ მსმენელებს"
        " კითხვების დასმა და წიგნის გამოფენის დათვალიერება შეეძლებათ. ჩანაწერი მოგვიანებით საიტზე"
        " გამოქვეყნდება, აცხადებენ უნივერსიტეტში.",
        (("ნინო გელავანი", "ფოთის"), ("არამ თოვაკიანი", "ბათუმის"), ("ლეილა ზერანდი", "გორის")),
    ),
}


@pytest.mark.parametrize("language", LECTURES)
def test_one_outlets_forms_without_capitals_and_numbers_are_told_apart_by_a_name_alone(language):
    form, facts = LECTURES[language]
    docs = []
    for number, (person, place) in enumerate(facts):
        text = form.format(person, place)
        docs.append(Doc(id=2 * number, text=text, outlet="one", url=f"/{number}"))
        copy = f"({person[:4]}) {text}"
        docs.append(Doc(id=2 * number + 1, text=copy, outlet=f"other {number}", url=f"/{number}"))
    prints = dedupe.make_prints([doc.text for doc in docs])
    proposed = dedupe.relate_batch(dict(enumerate(prints)), dedupe.MemoryWindow()).edges
    stories = dedupe.form_stories(docs, dedupe.decide_edges(docs, proposed))
    assert {story.members for story in stories} == {(0, 1), (2, 3), (4, 5)}


def test_a_word_that_another_outlet_replaced_makes_no_other_report_where_there_are_no_capitals():
    form, facts = LECTURES["fa"]
    text = form.format(*facts[0])
    docs = [
        Doc(id=0, text=text, outlet="one", url="/0"),
        Doc(id=1, text=text.replace("موضوع", "محور"), outlet="two", url="/1"),
    ]
    prints = dedupe.make_prints([doc.text for doc in docs])
    proposed = dedupe.relate_batch(dict(enumerate(prints)), dedupe.MemoryWindow()).edges
    assert len(dedupe.form_stories(docs, dedupe.decide_edges(docs, proposed))) == 1
