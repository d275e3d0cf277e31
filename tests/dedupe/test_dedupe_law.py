"""A copy says the same thing: refrains, corrections, spellings, merged wires, new addresses."""

from datetime import UTC, datetime, timedelta

import formgen
import pytest
import storygen

import dedupe
from news.story import Doc, EdgeKind

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
SEEDS = range(6)
REFRAIN = (
    "Dear readers, our newsroom works without advertising and without the money of the state, and"
    " it depends on the support of those who read us every day. Subscribe to our channel, follow"
    " our pages and send us your news by the short number."
)
NAMED_REFRAIN = (
    "Hazar Press has reported from Tamur since 1998. Its reporters work in Gulbek, Farhart and"
    " Minnor, and its editor Kel Arianman answers letters on Mondays in the house of the press."
    " Read Hazar Press in the morning and Hazar Press Evening after work, on paper and on screen."
)
QUAKE = (
    "An earthquake with a magnitude of {} was recorded 34 kilometres from Gulbek on 12 November"
    " at 14:05. The seismological service said that the source lay at a depth of {} kilometres."
    " The tremor was felt with a strength of up to four points in Tamur and in the villages"
    " around it. {} people were injured, the hospital of Tamur said."
)
AZERBAIJANI = (
    "Prezident İlham Rəhimov noyabrın 25-də Gəncə şəhərində yeni məktəbin açılışında iştirak edib."
    " Şəhər icra hakimiyyətinin başçısı bildirib ki, məktəb 960 şagird üçün nəzərdə tutulub və"
    " tikintisinə 12 milyon manat sərf olunub. Açılışda müəllimlər və valideynlər də olublar."
)
UZBEK = (
    "Oʻzbekiston Prezidenti Shavkat Rahimov 25-noyabr kuni Toshkent shahrida yangi maktab"
    " ochilishida ishtirok etdi. Shahar hokimi maktab 960 nafar oʻquvchiga moʻljallanganini va"
    " qurilishga 12 milliard soʻm sarflanganini aytdi. Yigʻilganlar elchi bilan ham uchrashdi."
)
UZBEK_IN_CYRILLIC = (
    "Ўзбекистон Президенти Шавкат Раҳимов 25-ноябрь куни Тошкент шаҳрида янги мактаб очилишида"
    " иштирок этди. Шаҳар ҳокими мактаб 960 нафар ўқувчига мўлжалланганини ва қурилишга 12"
    " миллиард сўм сарфланганини айтди. Йиғилганлар элчи билан ҳам учрашди."
)
RUSSIAN = (
    "Президент республики Рустам Халимов 25 ноября принял участие в открытии новой школы в городе"
    " Тамур. Мэр города сообщил, что школа рассчитана на 960 учеников, на строительство потрачено"
    " 12 миллионов. В открытии участвовали учителя, родители и представители общественности."
)


def edges_of(docs):
    prints = dedupe.make_prints([doc.text for doc in docs])
    numbered = dict(zip([doc.id for doc in docs], prints, strict=True))
    relations = dedupe.relate_batch(numbered, dedupe.MemoryWindow())
    return dedupe.decide_edges(docs, relations.edges)


def homes_of(docs):
    """Return the lead of each article's story."""
    homes = {}
    for story in dedupe.form_stories(docs, edges_of(docs)):
        homes |= dict.fromkeys(story.members, story.lead)
    return [homes[doc.id] for doc in docs]


def homes(*texts):
    return homes_of([Doc(id=number, text=text) for number, text in enumerate(texts)])


def are_one_story(*texts):
    return len(set(homes(*texts))) == 1


def are_all_apart(*texts):
    return len(set(homes(*texts))) == len(texts)


def briefs(seed, count=6):
    """Return reports of different things, without what they say about the company."""
    releases = formgen.family("en", formgen.RELEASE, seed, count=count)
    about = len(formgen.PAGE["en"]["about"])
    return [" ".join(release.sentences[:-about]) for release in releases]


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("count", [2, 3, 6])
def test_briefs_that_open_with_one_refrain_are_each_a_story(seed, count):
    assert are_all_apart(*(f"{REFRAIN} {brief}" for brief in briefs(seed, count)))


def test_briefs_that_an_outlet_opens_with_a_refrain_full_of_names_are_each_a_story():
    texts = [f"{NAMED_REFRAIN} {brief}" for brief in briefs(1)]
    docs = [Doc(id=number, text=text, outlet="hazar") for number, text in enumerate(texts)]
    assert len(set(homes_of(docs))) == len(docs)


def test_briefs_whose_headlines_are_not_about_the_refrain_are_each_a_story():
    one, other = briefs(2, 2)
    docs = [
        Doc(id=1, text=f"{NAMED_REFRAIN} {one}", title=one.partition(".")[0], outlet="a"),
        Doc(id=2, text=f"{NAMED_REFRAIN} {other}", title=other.partition(".")[0], outlet="b"),
    ]
    assert len(set(homes_of(docs))) == 2


@pytest.mark.parametrize("seed", SEEDS)
def test_a_report_with_a_refrain_on_either_side_is_the_report(seed):
    report = formgen.family("en", "crash", seed, count=1)[0].text
    assert are_one_story(report, f"{REFRAIN} {report}", f"{report} {REFRAIN}")


def test_a_magnitude_put_right_is_no_other_report():
    assert are_one_story(QUAKE.format("4.1", 10, 7), QUAKE.format("4.2", 10, 7))


@pytest.mark.parametrize(
    "other",
    [
        QUAKE.format("4.1", 10, 9),
        QUAKE.format("4.2", 10, 9),
        QUAKE.format("6.9", 10, 7),
        QUAKE.format("4.2", 10, 7).replace("14:05", "18:40"),
        QUAKE.format("4.2", 10, 7).replace("Gulbek", "Farhart").replace("Tamur", "Minnor"),
    ],
)
def test_a_toll_another_measure_minute_or_place_is_another_report(other):
    assert are_all_apart(QUAKE.format("4.1", 10, 7), other)


def test_azerbaijani_without_its_diacritics_is_a_copy():
    plain = AZERBAIJANI.translate(str.maketrans("əöüğışçƏÖÜĞİŞÇ", "eougiscEOUGISC"))
    assert are_one_story(AZERBAIJANI, plain)


@pytest.mark.parametrize("sign", ["ʻ", "'", "‘", "’", "ʼ", "`"])
def test_uzbek_in_both_alphabets_and_with_any_apostrophe_is_one_story(sign):
    assert are_one_story(UZBEK.replace("ʻ", sign), UZBEK_IN_CYRILLIC)


def test_letters_that_look_alike_hide_no_copy():
    assert are_one_story(RUSSIAN, RUSSIAN.translate(str.maketrans("аеорсухВМКТ", "aeopcyxBMKT")))


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("kinds", [("football", "quake"), ("obituary", "rates"), ("crash", "fire")])
def test_a_merged_wire_of_texts_that_repeat_themselves_joins_nobody(seed, kinds):
    one, other = (formgen.family("en", kind, seed, count=1)[0].text for kind in kinds)
    twice_one, twice_other = f"{one} {one}", f"{other} {other}"
    for sources in ((one, other), (twice_one, twice_other), (twice_one, other)):
        merged = " ".join(sources)
        docs = [Doc(id=number, text=text) for number, text in enumerate((*sources, merged))]
        stories = dedupe.form_stories(docs, edges_of(docs))
        assert len(stories) == 2
        members = {member for story in stories for member in story.members}
        quoted = {member for story in stories for member in story.quoted_by}
        assert members == {0, 1, 2}
        assert quoted == {2}


def a_day_later(later_text, **fields):
    """Return what an outlet published, and what it published a day later at another address."""
    report = formgen.family("en", "crash", 3, count=1)[0].text
    first = Doc(id=1, text=report, outlet="one", url="http://one.example/1", published=NOON)
    second = Doc(
        id=2,
        text=later_text(report),
        outlet=fields.get("outlet", "one"),
        url="http://one.example/2",
        published=NOON + fields.get("after", timedelta(days=1)),
    )
    return [first, second]


def with_news(report):
    return f"{report} The driver Ar Zimert has been charged, Tamur police said."


def test_an_outlets_new_address_a_day_later_with_something_new_is_a_new_report():
    assert len(set(homes_of(a_day_later(with_news)))) == 2


@pytest.mark.parametrize("change", [str, lambda report: report.replace(". ", ".\n\n")])
def test_an_article_that_moved_is_the_same_report(change):
    assert len(set(homes_of(a_day_later(change)))) == 1


@pytest.mark.parametrize("fields", [{"outlet": "two"}, {"after": timedelta(hours=3)}])
def test_another_outlets_longer_copy_and_the_same_days_are_copies(fields):
    assert len(set(homes_of(a_day_later(with_news, **fields)))) == 1


def test_what_is_told_again_with_news_a_day_later_may_follow_but_never_hides():
    writer = storygen.Writer(4)
    lines = writer.sentences(12)
    first = Doc(id=1, text=storygen.join(lines), outlet="one", url="a", published=NOON)
    later = storygen.join([*writer.sentences(9), *lines[:7]])
    second = Doc(id=2, text=later, outlet="one", url="b", published=NOON + timedelta(days=1))
    edges = edges_of([first, second])
    assert [edge.kind for edge in edges] == [EdgeKind.UPDATES]
    assert [(link.left, link.right) for link in dedupe.find_follow_ups([first, second], edges)] == [
        (2, 1)
    ]
