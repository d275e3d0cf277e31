"""An article that gets a new headline and with it a new address stays one article."""

from datetime import timedelta

import pytest

from crawlers import job as jobs
from crawlers import moves, page_text
from crawlers.warc import records
from news.outlet import Pace

OLD, NEW = "/post/ministers-meet-in-poti-662455", "/post/talks-end-in-poti-662455"
HOUR = timedelta(hours=1)


def story(number: int, title: str = "A title") -> str:
    paragraphs = "".join(
        f"<p>Paragraph {part} of story {number}, long enough to be running text of its own. </p>"
        for part in range(6)
    )
    frame = "<p>All rights reserved. Nothing may be copied without a link to our pages, ever.</p>"
    return f"<html><head><title>{title}</title></head><body>{paragraphs}{frame}</body></html>"


def crawls(site, outlet_of, job_of, *steps, **options):
    """Crawl after each step of the site; return the pages of the last crawl and its report."""
    job = None
    for number, step in enumerate(steps):
        step()
        before = job
        outlet = outlet_of(("feed", "/feed"), pace=Pace(delay=0.0, concurrency=1))
        job = job_of(outlet, all_doors=True, **options)
        if before is not None:
            job = job_of(
                before.outlet,
                now=before.now + (31 if number == 1 else 192) * HOUR,
                all_doors=True,
                **options,
            )
            memory = (before.folder / "crawl.jsonl").read_text()
            (job.folder / "memory.jsonl").write_text(memory)
        report = jobs.run(job, progress=False)
    return list(records.read_pages(job.folder / "pages.warc.gz")), report


@pytest.mark.parametrize("answer", [404, 301, 200])
def test_a_new_address_with_the_same_number_is_an_edit(site, outlet_of, job_of, answer):
    def first() -> None:
        for number in range(4):
            site.page(f"/post/another-story-77000{number}", story(number))
        site.page(OLD, story(50, "Ministers meet"))
        site.feed("/feed", [OLD, *(f"/post/another-story-77000{number}" for number in range(4))])

    def renamed() -> None:
        site.page(NEW, story(50, "Talks end"))
        if answer == 301:
            site.page(OLD, "", status=301, Location=site.url(NEW))
        elif answer == 404:
            del site.pages[OLD]
        site.feed("/feed", [NEW, *(f"/post/another-story-77000{number}" for number in range(4))])

    pages, report = crawls(site, outlet_of, job_of, first, renamed)
    (page,) = [page for page in pages if b"Talks end" in page.body]
    assert page.final_url == site.url(OLD)
    assert (report.new, report.gone, report.moved) == (0, 0, 1)

    pages, report = crawls(
        site, outlet_of, job_of, first, renamed, lambda: site.page(NEW, story(50, "Talks over"))
    )
    (page,) = [page for page in pages if b"Talks over" in page.body]
    assert page.final_url == site.url(OLD)


def test_reports_of_two_days_are_two_articles(site, outlet_of, job_of):
    def first() -> None:
        site.page("/post/weather-770001", story(1, "Weather"))
        site.feed("/feed", ["/post/weather-770001"])

    def later() -> None:
        site.page("/post/weather-770002", story(1, "Weather of another day"))
        site.feed("/feed", ["/post/weather-770002", "/post/weather-770001"])

    _, report = crawls(site, outlet_of, job_of, first, later)
    assert report.new == 1


def framed(name: str) -> str:
    frame = "".join(
        f"<p>Line {part} of a frame that stands under each text in this language. </p>"
        for part in range(8)
    )
    text = f"<p>The {name} is told of in one paragraph, and in this one alone, on this page.</p>"
    return f"<html><head><title>{name}</title></head><body>{text}{frame}</body></html>"


def test_two_articles_under_one_frame_are_two(site, outlet_of, job_of):
    """Nobody knows yet what the outlet's frame is, and no date says that they are one."""
    first, second, third = "/news/bridge-opens", "/news/port-closes", "/news/road-is-mended"
    for path in (first, second, third):
        site.page(path, framed(path))

    job = job_of(outlet_of(("feed", "/feed")), all_doors=True)
    site.feed("/feed", [first, second])
    assert jobs.run(job, progress=False).new == 2

    site.feed("/feed", [first, second, third])
    later = job_of(job.outlet, now=job.now + HOUR, all_doors=True)
    (later.folder / "memory.jsonl").write_text((job.folder / "crawl.jsonl").read_text())
    assert jobs.run(later, progress=False).new == 1


def sketch(number: int) -> tuple[str, ...]:
    return moves.trace(page_text.sketch(story(number).encode()))


def test_without_numbers_text_and_date_have_to_agree():
    last = moves.LastArticles({})
    last.remember("https://x.az/a/old-slug", sketch(1))
    for number in (2, 3, 4):
        last.remember(f"https://x.az/a/slug-{'abc'[number - 2]}", sketch(number))
    same = sketch(1)
    assert last.former("https://x.az/a/new-slug", same, lambda _: True) == "https://x.az/a/old-slug"
    assert last.former("https://x.az/a/new-slug", same, lambda _: False) is None
    assert last.former("https://x.az/a/new-slug", sketch(9), lambda _: True) is None
    assert last.former("https://x.az/a/new-slug", (), lambda _: True) is None


def test_what_is_remembered_of_an_article_are_its_paragraphs_and_not_its_frame():
    """Ten runs are remembered: a frame of many lines must not crowd out the text."""
    frame = "".join(
        f"<p>Line {part} of a frame of very many lines that stands under each text. </p>"
        for part in range(40)
    )

    def page(name: str) -> str:
        text = "".join(
            f"<p>Paragraph {part} of the report on the {name}, which is told of at some length, "
            "as paragraphs of articles are, and longer than any line of the frame below.</p>"
            for part in range(5)
        )
        return f"<html><body>{text}{frame}</body></html>"

    bridge, port = (moves.trace(page_text.sketch(page(one).encode())) for one in ("bridge", "port"))
    assert len(set(bridge) & set(port)) == 5
    assert len(set(bridge) - set(port)) == 5
    last = moves.LastArticles({})
    last.remember("https://x.az/a/bridge-opens", bridge)
    assert last.former("https://x.az/a/port-closes", port, lambda _: True) is None


def test_only_the_last_articles_are_remembered():
    last = moves.LastArticles({})
    for number in range(400):
        last.remember(f"https://x.az/{number}", ("aa",))
    assert len(last.traces) == 150


@pytest.mark.parametrize(
    "words",
    [
        "This article has been removed at the request of the person concerned.",
        "Bu haber, ilgili kişinin talebi üzerine kaldırılmıştır.",
        "Bu xəbər müraciət əsasında saytdan silinib.",
        "Материал удалён по просьбе редакции.",
        "სტატია წაშლილია ავტორის მოთხოვნით.",
        "Հոդվածը հեռացվել է խմբագրության որոշմամբ։",
        "این خبر به درخواست ذی‌نفع حذف شد.",
        "بنا به درخواست خانوادهٔ ایشان، این گزارش از دسترس خارج شده است.",
        "به تقاضای نویسنده این يادداشت پاک شد.",
        "Removed at the request of the family: this report.",
        "По требованию суда снята публикация.",
        "Avtorun haýyşy boýunça bu makala aýryldy.",
        "Бо дархости муаллиф ин мавод бардошта шуд.",
        "Мақала редакция шешімімен жойылды.",
        "Maqola muallif iltimosiga ko‘ra olib tashlandi.",
    ],
)
def test_a_page_that_says_its_article_is_gone_is_its_deletion(site, outlet_of, job_of, words):
    def first() -> None:
        for number in range(4):
            site.page(f"/post/another-story-77000{number}", story(number))
        site.feed("/feed", [f"/post/another-story-77000{number}" for number in range(4)])

    def removed() -> None:
        page = f"<html><head><title>A title</title></head><body><h1>A title</h1><p>{words}</p>"
        site.page("/post/another-story-770000", page)

    pages, report = crawls(site, outlet_of, job_of, first, removed)
    assert report.gone == 1
    (page,) = [page for page in pages if page.gone]
    assert page.gone.startswith("it says: ")


def test_an_article_that_reports_a_removal_is_none(site, outlet_of, job_of):
    def first() -> None:
        site.page("/post/another-story-770000", story(1))
        site.feed("/feed", ["/post/another-story-770000"])

    def edited() -> None:
        said = "<p>The ministry said that the article was removed at its request.</p></body>"
        site.page("/post/another-story-770000", story(1).replace("</body>", said))

    _, report = crawls(site, outlet_of, job_of, first, edited)
    assert (report.gone, report.changed) == (0, 1)


def test_the_home_page_in_an_articles_place_is_its_deletion(site, outlet_of, job_of):
    teaser = "<p>A teaser of a story as the front page has it, which goes on for a while: {}</p>"
    front = "".join(teaser.format(part) for part in range(40))
    home = f"<html><head><title>The outlet</title></head><body>{front}</body></html>"

    def first() -> None:
        site.page("/", home)
        for number in range(4):
            site.page(f"/post/another-story-77000{number}", story(number))
        site.feed("/feed", [f"/post/another-story-77000{number}" for number in range(4)])

    pages, report = crawls(
        site, outlet_of, job_of, first, lambda: site.page("/post/another-story-770000", home)
    )
    assert report.gone == 1
    assert [page.gone for page in pages if page.gone] == ["it shows the home page"]
