"""Nothing that an article can say is forgotten on the way from the page."""

from dataclasses import MISSING, fields
from datetime import UTC, datetime

import pytest

from extract import api
from extract.metadata.language import identify
from news import languages
from news.article import Article, Kind, Page
from news.outlet import Outlet

ADDRESS = "https://harbour.example/news/ferry-returns"
OUTLET = Outlet(
    name="harbour",
    region="tests",
    title="Harbour",
    home="https://harbour.example/",
    country="GB",
    languages=("en",),
    timezone="Europe/London",
    doors=(),
)
LEAD = "The ferry to the northern shore sails again after nine days of storm at the pier."
BODY = (
    "The harbour master said on Monday that the pier had held and that no boat was lost in the "
    "storm, which blew for nine days and took the roof of the old customs house with it.",
    "According to Reuters, tickets that were sold before the storm stay valid until the spring, "
    "and whoever does not want to travel any more is paid back in full at the counter.",
    "Two cranes have to be repaired before freight is taken aboard, the port's engineers wrote "
    "in their report, so that lorries will have to wait for another week at the least.",
    "The mayor thanked the crews, who had spent the nights on deck, and promised a new "
    "breakwater, for which the council has put money aside since the storm of last year.",
)
PAGE = f"""<!doctype html><html lang="en"><head>
<title>Live: Ferry returns to the pier - Harbour</title>
<meta property="og:title" content="Ferry returns to the pier">
<meta property="og:type" content="article">
<meta name="description" content="{LEAD}">
<meta property="og:image" content="https://harbour.example/pictures/ferry.jpg">
<meta property="article:section" content="Opinion">
<meta property="article:tag" content="Ferries">
<meta property="article:published_time" content="2026-10-30T09:15:00+01:00">
<meta property="article:modified_time" content="2026-10-30T11:40:00+01:00">
<script type="application/ld+json">{{"@context": "https://schema.org",
"@type": "OpinionNewsArticle", "headline": "Ferry returns to the pier",
"author": {{"@type": "Person", "name": "Nino Beridze"}}}}</script>
</head><body>
<nav><ul><li><a href="/">Front page</a></li><li><a href="/sport">Sport</a></li></ul></nav>
<article><h1>Ferry returns to the pier</h1>
<p class="byline">By <a rel="author" href="/people/nino">Nino Beridze</a></p>
<p class="lead">{LEAD}</p>
<p>{BODY[0]}</p>
<p><img src="/pictures/pier.jpg" alt="The pier"></p>
<p>{BODY[1]} <a href="https://port.example/report">The report</a> is public.</p>
<p>{BODY[2]}</p>
<p>{BODY[3]}</p>
<div class="share"><p>Share this article with your friends on every network you like</p></div>
</article>
<footer><p>© Harbour. All rights reserved. Contact us at the old customs house.</p></footer>
</body></html>"""
# Fields that this page leaves as they are when nothing is found, for a reason.
EXCEPTED: dict[str, str] = {}
# A few sentences of each language of the region, written for this test.
SENTENCES = {
    "az": "Bərə fırtınadan sonra yenidən körpüdədir. Liman idarəsi biletlərin yaza qədər qüvvədə "
    "qaldığını bildirib, sərnişinlər isə buna çox sevinib.",
    "en": "The ferry is back at the pier after the storm. The harbour master said that tickets "
    "stay valid until the spring, and the passengers were glad of it.",
    "fa": "کشتی پس از توفان دوباره کنار اسکله است. اداره بندر گفت که بلیت‌ها تا بهار اعتبار دارند "
    "و مسافران از این خبر خوشحال شدند.",
    "hy": "Լաստանավը փոթորկից հետո կրկին նավամատույցում է։ Նավահանգիստը հայտնեց, որ տոմսերը "
    "գործում են մինչև գարուն, և ուղևորները ուրախացան։",
    "ka": "ბორანი ქარიშხლის შემდეგ ისევ ნავმისადგომთანაა. ნავსადგურმა განაცხადა, რომ ბილეთები "
    "გაზაფხულამდე ძალაშია და მგზავრებს ეს გაუხარდათ.",
    "kk": "Кеме дауылдан кейін айлаққа қайта келді. Порт басшылығы билеттер көктемге дейін "
    "жарамды болады деп хабарлады, жолаушылар бұған қуанды.",
    "ky": "Кеме бороондон кийин кайрадан пирсте турат. Порттун жетекчилиги билеттер жазга чейин "
    "жарактуу болорун билдирди, жүргүнчүлөр буга абдан кубанышты.",
    "ru": "Паром снова стоит у причала после шторма. В порту сообщили, что билеты остаются в силе "
    "до весны, и пассажиры этому очень обрадовались.",
    "tg": "Киштӣ пас аз тӯфон боз дар назди соҳил аст. Раёсати бандар гуфт, ки чиптаҳо то баҳор "
    "эътибор доранд ва мусофирон аз ин хабар хурсанд шуданд.",
    "tr": "Feribot fırtınadan sonra yeniden iskelede. Liman müdürlüğü biletlerin ilkbahara kadar "
    "geçerli olduğunu açıkladı, yolcular da buna çok sevindi.",
    "uz": "Parom bo‘rondan keyin yana pristan yonida turibdi. Port rahbariyati chiptalar "
    "bahorgacha kuchda qolishini ma’lum qildi, yo‘lovchilar bundan juda xursand bo‘ldi.",
}


def rich_article() -> Article:
    page = Page(
        url=ADDRESS,
        final_url=ADDRESS,
        status=200,
        headers=(),
        body=PAGE.encode(),
        fetched_at=datetime(2026, 11, 1, tzinfo=UTC),
    )
    found = api.extract(page, OUTLET)
    assert isinstance(found, Article), found
    return found


def default_of(field):
    return field.default_factory() if field.default is MISSING else field.default


def test_one_rich_page_fills_every_field_of_an_article():
    article = rich_article()
    optional = [
        field
        for field in fields(Article)
        if field.default is not MISSING or field.default_factory is not MISSING
    ]
    empty = {field.name for field in optional if getattr(article, field.name) == default_of(field)}
    assert empty == set(EXCEPTED)


def test_the_rich_page_is_read_as_it_says():
    article = rich_article()
    assert article.title == "Ferry returns to the pier"
    assert article.kind is not Kind.ARTICLE
    assert article.authors == ("Nino Beridze",)
    assert article.credit == "Reuters"
    assert article.images == ("https://harbour.example/pictures/pier.jpg",)


@pytest.mark.parametrize("code", languages.REGION)
def test_a_language_of_the_region_is_told_by_its_text(code):
    assert identify(SENTENCES[code]) == code
