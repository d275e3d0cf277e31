"""Pages made by seed: the same questions in other words, order and mark-up."""

import random
from datetime import UTC, datetime

import pytest

from extract import extract
from news.article import Article, Page
from pipeline.run.sites import outlet_of

FETCHED = datetime(2026, 11, 27, 9, tzinfo=UTC)
SEEDS = range(24)
SENTENCES = (
    "The harbour office counted forty boats that left the northern quay before noon.",
    "Masons repaired the lighthouse stairs and closed the old gate for two days.",
    "A baker from the hill quarter offered bread to everyone who waited for the bus.",
    "Engineers measured the depth of the channel and found sand where stones had been.",
    "The council will vote on the price of water after the winter holidays.",
    "Teachers asked for a second heater in the school that stands above the river.",
    "Two hundred passengers took the evening train, more than in any week of the year.",
    "The museum keeps a bronze bell that fishermen pulled out of the bay in spring.",
    "Farmers of the valley sold their apples early because the road was dry.",
)
READERS = (
    "I waited at that quay for an hour and nobody came to tell us anything.",
    "My uncle built those stairs, he would laugh at the new ones.",
    "Who pays for all of this in the end, that is what I want to know.",
    "Finally somebody looks at the channel, we have said it for years.",
)
MENU = '<div><a href="/">Home</a> <a href="/a">Politics</a> <a href="/b">Economy</a></div>'
HEADLINE = "Boats leave the northern quay again"


def page(rng, middle, *, head="", before="", after="", sentences=5):
    """Return a page: menu, headline, what is between it and the text, text, what follows."""
    tag = rng.choice(("p", "p", "div"))
    text = "".join(f"<{tag}>{line}</{tag}>" for line in rng.sample(SENTENCES, sentences))
    inner = rng.choice(("news-text", "c7", "entry", "x1"))
    outer = rng.choice(("wrap", "c2", "detail"))
    return (
        f"<!doctype html><html><head><title>{HEADLINE}</title>{head}</head><body>{MENU}{before}"
        f'<div class="{outer}"><h1>{HEADLINE}</h1>{middle}<div class="{inner}">{text}</div>{after}'
        f'</div><div class="f1"><a href="/c">Contacts</a></div></body></html>'
    )


def read(html, host="quay.example"):
    url = f"https://{host}/news/77"
    asked = Page(
        url=url, final_url=url, status=200, headers=(), body=html.encode(), fetched_at=FETCHED
    )
    found = extract(asked, outlet_of(url), None)
    assert isinstance(found, Article), found
    return found


def box(rng, text):
    """Return a date's element, called one or not."""
    tag = rng.choice(("div", "span", "p"))
    name = rng.choice(("date", "meta", "q3", "when"))
    return f'<{tag} class="{name}">{text}</{tag}>'


SHOWN = [
    ("{d} noyabr 2026, 14:05", "az"),
    ("{d} Noy 2026 14:05", "az"),
    ("{d} ноября 2026 г. 14:05", "ru"),
    ("14:05 / {d} Kas 2026", "tr"),
    ("2026 yil {d} noyabr, 14:05", "uz"),
    ("{d} նոյ, 2026 14:05", "am"),
    ("{d} ნოე, 2026 / 14:05", "ge"),
    ("{d}/11/2026 14:05", "az"),
    ("{d} November 2026 2:05 p.m.", "example"),
    ("{d} November, 14:05", "example"),
]


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize(("shape", "region"), SHOWN)
def test_a_date_between_headline_and_text_is_the_pages_whatever_else_the_page_dates(
    seed, shape, region
):
    rng = random.Random(f"{seed} {shape}")
    day = rng.randint(13, 24)
    shown = box(rng, shape.format(d=day))
    clutter = rng.choice(
        (
            "",
            '<div class="today"><time>26 November 2026, 09:00</time></div>',
            f'<div class="{rng.choice(("clock", "current-date"))}">26 November 2026</div>',
        )
    )
    update = rng.choice(("", '<div class="date">Updated: 25.11.2026 10:00</div>'))
    middle = rng.choice((update + shown, shown + update))
    after = rng.choice(
        (
            "",
            '<div class="comments"><p><time datetime="2026-11-26T08:00">1 day ago</time></p></div>',
            "<p>© 2019-2026. Launched 5 May 2019</p>",
        )
    )
    found = read(page(rng, middle, before=clutter, after=after), f"quay.{region}")
    assert found.published is not None
    assert (found.published.day, found.published.month) == (day, 11)
    assert (found.published.hour, found.published.minute) == (14, 5)


@pytest.mark.parametrize("seed", SEEDS)
def test_what_the_text_tells_of_is_no_date_of_publication(seed):
    rng = random.Random(seed)
    told = rng.choice(
        (
            "<p>The old mole broke on 3 May 2019.</p>",
            "<figure><img src=a.jpg><figcaption>From the archive, 3 May 2019</figcaption></figure>",
            "<p>Мост закрыли 3 мая 2019 года в 14:30, и пути не было.</p>",
            "<h2>Fair to be held on 5 October 2026</h2>",
        )
    )
    after = rng.choice(
        (
            "",
            '<div class="comments"><div><time datetime="2026-11-21T10:00Z">1 day ago</time> '
            "<b>Reader</b><p>Good news for all of us.</p></div></div>",
            "<p>Copyright 2019-2026. Site launched 5 May 2019</p>",
        )
    )
    assert read(page(rng, told, after=after)).published is None


def test_the_page_that_changed_says_when_it_was_published():
    rng = random.Random(1)
    both = "Son Güncelleme: 26.11.2026 18:40 Yayınlanma: 25.11.2026 09:10"
    found = read(page(rng, f"<div>{both}</div>"), "quay.tr")
    assert found.published is not None
    assert found.published.astimezone(UTC).isoformat() == "2026-11-25T06:10:00+00:00"


@pytest.mark.parametrize(
    ("first", "second"),
    [("8 aprel 2026", "23:47"), ("23:47", "8 aprel 2026")],
)
@pytest.mark.parametrize(
    "shape", ["<div>{0}</div><div>{1}</div>", "<span>{0}</span><span>{1}</span>"]
)
def test_day_and_time_in_elements_of_their_own_are_one_moment(first, second, shape):
    found = read(page(random.Random(2), shape.format(first, second)), "quay.az")
    assert found.published is not None
    assert found.published.astimezone(UTC).isoformat() == "2026-04-08T19:47:00+00:00"


def test_a_stated_article_of_another_page_dates_nothing():
    other = '{"@type":"NewsArticle","headline":"Masks in the museum","datePublished":"2026-11-25"}'
    own = (
        f'{{"@type":"NewsArticle","headline":"{HEADLINE}","datePublished":"2026-11-20T09:00:00Z"}}'
    )
    state = f'<script type="application/ld+json">[{other},{own}]</script>'
    found = read(page(random.Random(3), "", head=state))
    assert found.published is not None
    assert found.published.day == 20


THREADS = (
    (
        '<div id="comments"><h2>{n} comments</h2><ol>{units}</ol></div>',
        '<li class="comment"><b>{name}</b> says: <a href="#c">November 20, 2026</a>'
        "<p>{text}</p></li>",
    ),
    (
        '<div class="q1"><h3>Комментарии ({n})</h3><ul class="q2">{units}</ul></div>',
        '<li class="q3"><div><b>{name}</b><span> 20.11.2026 10:00</span></div><p>{text}</p></li>',
    ),
    (
        '<details class="CommentBox" open><summary>Comments</summary>{units}</details>',
        '<div class="CommentBody"><p>{text}</p></div>',
    ),
    (
        '<section class="z1"><h4>Şərhlər</h4>{units}</section>',
        '<article class="z2"><header><b>{name}</b> 20.11.2026</header><div>{text}</div></article>',
    ),
)


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("thread", range(len(THREADS)))
@pytest.mark.parametrize("sentences", [2, 6])
def test_what_readers_wrote_is_not_the_article(seed, thread, sentences):
    rng = random.Random(f"{seed} {thread}")
    whole, unit = THREADS[thread]
    said = [rng.choice(READERS) for _ in range(rng.randint(3, 14))]
    units = "".join(unit.format(name=f"reader{n}", text=text) for n, text in enumerate(said))
    after = whole.format(n=len(said), units=units)
    html = page(rng, "<div>20 November 2026, 09:00</div>", after=after, sentences=sentences)
    text = read(html).text
    assert not [line for line in READERS if line in text]
    assert sum(line in text for line in SENTENCES) == sentences


@pytest.mark.parametrize(
    "item",
    [
        '<h3><a href="/n/{n}">{title}</a></h3><p>{text}</p>',
        '<div class="item"><h3><a href="/n/{n}">{title}</a></h3><p>{text}</p></div>',
        '<p><b><a href="https://paper{n}.example/a">{title}</a></b></p><p>{text} {text2}</p>',
    ],
)
def test_the_linked_headings_of_a_digest_are_its_text(item):
    titles = ("Talks begin at the border", "Bank keeps its rate", "Line reaches the plain")
    items = "".join(
        item.format(n=n, title=title, text=SENTENCES[n], text2=SENTENCES[n + 1])
        for n, title in enumerate(titles)
    )
    intro = "<p>Here is what happened on the coast this week, chosen by our editors.</p>"
    body = f'<div class="t">{intro}{items}</div>'
    html = (
        f"<html><title>The week</title><body>{MENU}<div><h1>The week</h1>{body}</div></body></html>"
    )
    text = read(html).text
    assert all(line in text for line in (*titles, *SENTENCES[:3]))


def test_a_sentence_that_is_one_link_between_paragraphs_stays():
    linked = f'<p><a href="/n/5"><strong>{SENTENCES[1]}</strong></a></p>'
    body = f"<div><p>{SENTENCES[0]}</p>{linked}<p>{SENTENCES[2]}</p><p>{SENTENCES[3]}</p></div>"
    html = (
        f"<html><title>{HEADLINE}</title><body><div><h1>{HEADLINE}</h1>{body}</div></body></html>"
    )
    assert SENTENCES[1] in read(html).text


@pytest.mark.parametrize(
    "lines",
    [
        ("Нашли ошибку? Выделите её и нажмите Ctrl+Enter.", "Подписывайтесь на нас в Telegram."),
        ("Telegram kanalımıza abunə olun!", "Mətni seçib Ctrl+Enter düyməsini basın."),
        ("Follow us on Facebook and Instagram.",),
    ],
)
def test_notices_under_the_text_go_on_a_lone_page(lines):
    body = "".join(f"<p>{line}</p>" for line in (*SENTENCES[:5], *lines))
    html = (
        f"<html><title>{HEADLINE}</title><body><h1>{HEADLINE}</h1><div>{body}</div></body></html>"
    )
    text = read(html).text
    assert not [line for line in lines if line in text]
    assert SENTENCES[4] in text


@pytest.mark.parametrize(
    "name",
    ["Megan Haberstroh", "Адам Авторинский", "Rosa Redakowski", "Xatirə Xəbərova", "Ida Pressel"],
)
def test_a_name_is_no_house_because_of_how_it_begins(name):
    stated = f'<script type="application/ld+json">{{"@type":"NewsArticle","headline":"{HEADLINE}",'
    stated += f'"author":{{"@type":"Person","name":"{name}"}}}}</script>'
    assert read(page(random.Random(4), "", head=stated)).authors == (name,)


def test_a_shown_byline_comes_before_an_organisation_in_mark_up():
    stated = f'<script type="application/ld+json">{{"@type":"NewsArticle","headline":"{HEADLINE}",'
    stated += '"author":{"@type":"Organization","name":"Northern Herald"}}</script>'
    html = page(random.Random(5), '<div class="byline">By Lola Rzayeva</div>', head=stated)
    assert read(html).authors == ("Lola Rzayeva",)


def test_an_agencys_list_of_what_it_offers_is_nobody():
    meta = '<meta name="author" content="خبرگزاری ساحل | آخرین اخبار ایران و جهان | SHL">'
    assert read(page(random.Random(6), "", head=meta)).authors == ()


def test_a_house_in_capitals_behind_a_name_is_not_part_of_it():
    html = page(random.Random(7), '<div class="byline">Brian Stone COAST TODAY</div>')
    assert read(html).authors == ("Brian Stone",)
