"""A flash that a door announced is an article; what a house says of its rights is none."""

from datetime import UTC, datetime

import pytest

from extract import api
from news.article import Article, Kind, Page, Reason, Rejected
from pipeline.run.sites import outlet_of

URL = "https://kanar.az/news/77"
NOW = datetime(2026, 11, 1, tzinfo=UTC)
MENU = "".join(f"<li><a href=/{name}>{name}</a></li>" for name in ("politics", "economy", "sport"))
CARDS = "".join(
    f"<li><a href=/news/{number}>The council of district {number} met on Monday</a></li>"
    for number in range(6)
)


def semantic(title: str, body: str) -> str:
    return (
        f"<!doctype html><html><head><title>{title} | Kanar</title></head><body><header><nav><ul>"
        f"{MENU}</ul></nav><a href=/login>Log in</a> Already a subscriber?</header><main><article>"
        f"<h1>{title}</h1><time datetime=2026-10-09T08:00:00+04:00>9 October 2026</time>{body}"
        f"</article><aside><h3>Latest</h3><ul>{CARDS}</ul></aside></main><footer>Kanar, all rights "
        "reserved. Subscribe now to read more</footer></body></html>"
    )


def divs(title: str, body: str) -> str:
    return (
        f"<html><head><title>Kanar - {title}</title></head><body><div class=q><ul>{MENU}</ul></div>"
        f"<div class=z><h2>{title}</h2><div class=y>9 October 2026, 08:00</div><div class=t>{body}"
        "</div></div><div class=q>Kanar 2026</div></body></html>"
    )


def page_of(html: str, hint: str | None = None) -> Page:
    return Page(
        url=URL,
        final_url=URL,
        status=200,
        headers=(("Content-Type", "text/html; charset=utf-8"),),
        body=html.encode(),
        fetched_at=NOW,
        hint_title=hint,
    )


def judged(html: str, hint: str | None = None):
    return api.extract(page_of(html, hint), outlet_of(URL), None)


FLASHES = {
    "en": ("Parliament backs the new budget", "Parliament backed the budget, 87 to 12."),
    "ru": ("Парламент принял бюджет", "Парламент принял бюджет в третьем чтении."),
    "az": ("Parlament büdcəni qəbul etdi", "Milli Məclis büdcəni üçüncü oxunuşda qəbul edib."),
    "tr": ("Meclis bütçeyi kabul etti", "Meclis bütçeyi üçüncü oturumda kabul etti."),
    "hy": (
        "Խորհրդարանն ընդունեց բյուջեն",
        "Խորհրդարանը բյուջեն ընդունեց երրորդ ընթերցմամբ։",
    ),
    "ka": ("პარლამენტმა ბიუჯეტი მიიღო", "პარლამენტმა ბიუჯეტი მესამე მოსმენით მიიღო."),
    "fa": ("مجلس بودجه را تصویب کرد", "مجلس لایحه بودجه را در جلسه علنی تصویب کرد."),
    "kk": ("Мәжіліс бюджетті қабылдады", "Мәжіліс бюджетті үшінші оқылымда қабылдады."),
    "uz": (
        "Parlament byudjetni qabul qildi",
        "Parlament byudjetni uchinchi oʻqishda qabul qildi.",
    ),
}
RIGHTS = {
    "en": (
        "© 2026 Kanar.",
        "All rights reserved.",
        "Materials may be used only with an active hyperlink to Kanar.",
        "The editors do not answer for the content of advertisements.",
    ),
    "ru": (
        "© 2026 Канар.",
        "Все права защищены.",
        "При использовании материалов активная гиперссылка обязательна.",
        "Редакция не несет ответственности за содержание рекламы.",
    ),
    "az": (
        "© 2026 Kanar.",
        "Bütün hüquqlar qorunur.",
        "Materiallardan istifadə edərkən istinad mütləqdir.",
        "Redaksiya reklamların məzmununa görə məsuliyyət daşımır.",
    ),
    "tr": (
        "© 2026 Kanar.",
        "Tüm hakları saklıdır.",
        "Sitedeki içerikler kaynak gösterilmeden ve izin alınmadan kullanılamaz.",
        "Reklamların içeriğinden sorumlu değiliz.",
    ),
    "ka": (
        "© 2026 კანარი.",
        "ყველა უფლება დაცულია.",
        "მასალების გამოყენებისას ბმული სავალდებულოა.",
        "რედაქცია რეკლამის შინაარსზე პასუხს არ აგებს.",
    ),
    "kk": (
        "© 2026 Канар.",
        "Барлық құқықтар қорғалған.",
        "Материалдарды пайдаланғанда сілтеме міндетті.",
        "Редакция жарнама мазмұнына жауап бермейді.",
    ),
    "fa": (
        "© ۱۴۰۵ کانار.",
        "کلیه حقوق محفوظ است.",
        "استفاده از مطالب تنها با ذکر منبع مجاز است.",
        "تحریریه مسئولیتی در برابر محتوای تبلیغات ندارد.",
    ),
}


@pytest.mark.parametrize("layout", [semantic, divs])
@pytest.mark.parametrize("language", FLASHES)
def test_one_sentence_is_an_article_where_a_door_announced_it(layout, language):
    title, sentence = FLASHES[language]
    found = judged(layout(title, f"<p>{sentence}</p>"), title)
    assert isinstance(found, Article), (found.reason, found.detail)
    assert sentence in found.text
    assert found.kind is Kind.BRIEF
    assert "subscriber" not in found.text


@pytest.mark.parametrize("language", FLASHES)
def test_a_door_that_announced_another_headline_makes_no_article(language):
    title, sentence = FLASHES[language]
    alone = judged(divs(title, sentence[:30]), "Ferries stay in port")
    assert isinstance(alone, Rejected)
    assert alone.reason is Reason.TOO_SHORT


@pytest.mark.parametrize("layout", [semantic, divs])
def test_a_sentence_on_something_else_is_no_flash(layout):
    page = layout("Ferries stay in port", "<p>Pages load best on a newer device.</p>")
    found = judged(page, "Ferries stay in port")
    assert isinstance(found, Rejected)


def test_a_form_for_members_beside_a_flash_asks_nobody_to_log_in():
    title, sentence = FLASHES["en"]
    form = "<form><input name=u><input type=password></form>"
    found = judged(divs(title, f"<p>{sentence}</p>{form}"), title)
    assert isinstance(found, Article), (found.reason, found.detail)


@pytest.mark.parametrize("layout", [semantic, divs])
@pytest.mark.parametrize("language", RIGHTS)
def test_lines_on_a_houses_rights_are_no_article(layout, language):
    lines = "".join(f"<p>{line}</p>" for line in RIGHTS[language])
    found = judged(layout(FLASHES[language][0], lines))
    assert isinstance(found, Rejected), found.text


def test_a_photographers_mark_before_a_short_text_leaves_the_text():
    title, sentence = FLASHES["en"]
    more = "The vote on the budget took nine hours, and the speaker closed it after midnight."
    found = judged(semantic(title, f"<p>© 2026 AFP</p><p>{sentence}</p><p>{more}</p>"))
    assert isinstance(found, Article), (found.reason, found.detail)
    assert more in found.text


HEADLINE = "Parliament backs the new budget after nine hours"
TRAILS = {
    "a shared headline without the kicker": (
        f'<ul class="breadcrumb"><li>News</li><li>{HEADLINE}</li></ul>',
        f"<h1>Baku: {HEADLINE}</h1>",
    ),
    "a headline that is no h1": (
        f'<div class="crumbs"><a href="/">News</a><span>{HEADLINE}</span></div>',
        f"<div class=t>{HEADLINE}</div>",
    ),
    "a trail in a nav": (f"<nav><p>{HEADLINE}</p></nav>", f"<div class=t>{HEADLINE}</div>"),
}


@pytest.mark.parametrize("name", TRAILS)
def test_the_headline_stands_below_the_trail_that_ends_with_it(name):
    trail, shown = TRAILS[name]
    html = (
        f'<html><head><title>x</title><meta property="og:title" content="{HEADLINE}"></head>'
        f"<body>{trail}<main>{shown}<p>9 October 2026, 08:00</p>"
        "<p>The vote took nine hours, the speaker said.</p></main></body></html>"
    )
    read, _ = api.examine(page_of(html), outlet_of(URL))
    assert read.at is not None
    assert read.segments[read.at].node.tag in {"h1", "div"}
