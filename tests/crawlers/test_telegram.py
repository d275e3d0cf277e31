"""A public Telegram channel as a door: posts whole, edits, deletions, forwards, the past."""

from datetime import UTC, date, datetime, timedelta

import pytest

from crawlers import job as jobs
from crawlers.discovery import telegram
from crawlers.faults import FaultError
from crawlers.warc import read_pages
from extract import extract
from news.article import Article
from news.outlet import DoorKind

HOUR = timedelta(hours=1)
START = datetime(2026, 11, 22, 6, tzinfo=UTC)
TEXT = "Мост через реку откроют весной. Об этом сообщили в министерстве транспорта"


def post(number: int, text: str, origin: str = "") -> str:
    """Return one post as the preview page shows it."""
    moment = (START + number * timedelta(minutes=5)).isoformat()
    forwarded = (
        f'<div class="tgme_widget_message_forwarded_from">Forwarded from '
        f'<a class="tgme_widget_message_forwarded_from_name" href="#">{origin}</a></div>'
        if origin
        else ""
    )
    words = f'<div class="tgme_widget_message_text js-message_text">{text}</div>' if text else ""
    return (
        f'<div class="tgme_widget_message_wrap"><div class="tgme_widget_message" '
        f'data-post="mavi_xeber/{number}">{forwarded}{words}<div class="tgme_widget_message_info">'
        f'<a class="tgme_widget_message_date" href="https://t.me/mavi_xeber/{number}">'
        f'<time datetime="{moment}">x</time></a></div></div></div>'
    )


def page(posts: dict[int, str], older: str = "") -> str:
    link = f'<a class="tme_messages_more" href="{older}">more</a>' if older else ""
    shown = "".join(post(number, text) for number, text in sorted(posts.items()))
    return f'<html><body><div class="tgme_channel_info">M</div>{link}{shown}</body></html>'


def story(number: int) -> str:
    return f"Story number {number} of the day.<br><br>It tells of a bridge, and of river {number}."


@pytest.fixture
def channel(site, outlet_of, job_of):
    """Poll the channel with what is known by then; return the report and the pages."""
    outlet = outlet_of(("telegram", "/s/mavi_xeber"))
    before: list[object] = []

    def poll(posts: dict[int, str], older: str = "", **options: object):
        site.page("/s/mavi_xeber", page(posts, older))
        now = START + 6 * HOUR + len(before) * HOUR
        job = job_of(outlet, now=now, all_doors=True, **options)
        if before:
            held = (before[-1].folder / "crawl.jsonl").read_text()
            (job.folder / "memory.jsonl").write_text(held)
        before.append(job)
        report = jobs.run(job, progress=False)
        return report, list(read_pages(job.folder / "pages.warc.gz"))

    return poll


def test_posts_are_kept_whole_and_never_asked_for(channel, site):
    report, pages = channel({number: story(number) for number in range(1, 6)})
    assert (report.new, report.requests, report.state) == (5, 2, "ok")
    assert {item.url for item in pages} == {
        site.url(f"/mavi_xeber/{number}") for number in range(1, 6)
    }
    report, pages = channel({number: story(number) for number in range(1, 7)})
    assert (report.new, len(pages)) == (1, 1)


def test_an_edit_is_a_new_body_and_a_missing_post_is_a_deletion(channel, site):
    posts = {number: story(number) for number in range(1, 6)}
    channel(posts)
    posts[2] = story(2).replace("bridge", "tunnel")
    del posts[4]
    report, pages = channel(posts)
    assert (report.changed, report.gone) == (2, 1)
    by_url = {item.url: item for item in pages}
    assert "tunnel" in by_url[site.url("/mavi_xeber/2")].body.decode()
    assert by_url[site.url("/mavi_xeber/4")].gone == "not in the channel any more"
    assert channel(posts)[0].gone == 0


def test_what_was_missed_is_found_on_older_pages(channel, site):
    channel({number: story(number) for number in range(1, 11)})
    site.page("/s/mavi_xeber?before=31", page({number: story(number) for number in range(8, 31)}))
    fresh = {number: story(number) for number in range(31, 41)}
    report, _ = channel(fresh, older="/s/mavi_xeber?before=31")
    assert report.new == 30
    assert report.doors[0].note == "overflow"


def test_a_backfill_walks_the_channel_back(channel, site):
    site.page("/s/mavi_xeber?before=11", page({number: story(number) for number in range(1, 11)}))
    posts = {number: story(number) for number in range(11, 21)}
    report, _ = channel(posts, older="/s/mavi_xeber?before=11", since=date(2026, 11, 20))
    assert report.new == 20


def test_a_post_without_a_text_is_counted(channel):
    report, _ = channel({1: story(1), 2: ""})
    assert (report.new, report.doors[0].without_text) == (1, 1)


def test_a_private_channel_is_named(site, outlet_of, job_of):
    site.page("/s/closed", "<html><body>View in Telegram</body></html>")
    report = jobs.run(job_of(outlet_of(("telegram", "/s/closed"))), progress=False)
    assert report.doors[0].note.startswith("not_channel")
    with pytest.raises(FaultError):
        telegram.read(b"", "https://t.me/s/x")


def test_a_channels_address_is_its_preview():
    assert telegram.address("https://t.me/mavi_xeber") == "https://t.me/s/mavi_xeber"
    assert telegram.address("https://t.me/s/mavi_xeber/") == "https://t.me/s/mavi_xeber"


def test_who_wrote_a_forwarded_post_is_said():
    text = f"<html>{post(7, TEXT, origin='Хабары Баку')}</html>".encode()
    [entry] = telegram.read(text, "https://t.me/s/mavi_xeber").entries
    assert b'<meta name="author" content="\xd0\xa5' in entry.content
    assert entry.published == START + timedelta(minutes=35)
    assert entry.title == TEXT


def test_a_post_becomes_an_article(channel, outlet_of):
    long = f"{TEXT}.<br><br>" + "Работы идут с прошлой осени, сказал представитель ведомства. " * 6
    _, pages = channel({1: long})
    outlet = outlet_of(("telegram", "/s/mavi_xeber"))
    article = extract(pages[0], outlet)
    assert isinstance(article, Article)
    assert article.title.startswith("Мост через реку откроют весной")
    assert "Работы идут с прошлой осени" in article.text
    assert article.published == START + timedelta(minutes=5)


def test_the_kind_is_one_of_a_file():
    assert DoorKind("telegram") is DoorKind.TELEGRAM
