"""What a fetched page is: an article, another name of one, a deletion, a wall with status 200."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from crawlers import engine, page_text
from crawlers import job as jobs
from crawlers.fetched_page import FetchedPage
from crawlers.page_desk import PageDesk
from crawlers.warc import read_pages, records
from news.crawl import Known
from news.urls import canonical

HOUR = timedelta(hours=1)
NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
LINKS = tuple(f"/news/{number}-a-long-headline-here" for number in range(1, 5))


def body(title: str, text: str, own: str = "") -> str:
    link = f'<link rel="canonical" href="{own}">' if own else ""
    paragraphs = "".join(f"<p>{text}, and so it goes on in part {part}.</p>" for part in range(30))
    return f"<html><head><title>{title}</title>{link}</head><body>{paragraphs}</body></html>"


def text_of(link: str) -> str:
    return f"The story at {link} tells of a bridge over the river"


def known_of(folder) -> dict[str, Known]:
    lines = [json.loads(line) for line in (folder / "crawl.jsonl").read_text().splitlines()]
    return {line["known"]["url"]: line["known"] for line in lines if "known" in line}


def pages_of(folder) -> list[str]:
    return [page.url for page in read_pages(folder / "pages.warc.gz")]


def again(job_of, outlet, job, hours=40):
    """Return a job some hours later that knows what the one before has learnt."""
    later = job_of(outlet, now=job.now + hours * HOUR, all_doors=True)
    (later.folder / "memory.jsonl").write_text((job.folder / "crawl.jsonl").read_text())
    return later


def test_an_article_under_three_addresses_of_one_poll_is_one_page(site, outlet_of, job_of):
    names = (LINKS[0], f"{LINKS[0]}?view=card", f"/m{LINKS[0]}")
    for name in names:
        site.page(name, body("One", text_of("one"), site.url(LINKS[0])))
    site.feed("/feed", list(names))
    outlet = outlet_of(("feed", "/feed"))
    job = job_of(outlet)
    report = jobs.run(job, progress=False)
    assert pages_of(job.folder) == [site.url(LINKS[0])]
    assert report.doubles == 2
    asked = len(site.log)
    jobs.run(again(job_of, outlet, job, hours=2), progress=False)
    assert [item[1] for item in site.log[asked:] if "headline" in item[1]] in ([], [LINKS[0]])


def test_a_translation_that_names_the_original_is_an_article_of_its_own(site, outlet_of, job_of):
    site.page("/az/1-uzun-bir-xeber-var", body("Bir", "Bu xəbər körpüdən danışır və davam edir"))
    site.page("/ru/1-uzun-bir-xeber-var", body("Раз", "Эта новость рассказывает о мосте через"))
    own = site.url("/az/1-uzun-bir-xeber-var")
    site.page("/ru/1-uzun-bir-xeber-var", body("Раз", "Эта новость говорит о мосте", own))
    site.feed("/feed", ["/ru/1-uzun-bir-xeber-var"])
    job = job_of(outlet_of(("feed", "/feed")))
    report = jobs.run(job, progress=False)
    both = {site.url("/az/1-uzun-bir-xeber-var"), site.url("/ru/1-uzun-bir-xeber-var")}
    assert set(pages_of(job.folder)) == both
    assert report.doubles == 0


def test_a_canonical_that_leads_nowhere_loses_nothing(site, outlet_of, job_of):
    site.page(LINKS[0], body("One", text_of("one"), site.url("/news/9-not-here-at-all")))
    site.feed("/feed", [LINKS[0]])
    job = job_of(outlet_of(("feed", "/feed")))
    jobs.run(job, progress=False)
    assert pages_of(job.folder) == [site.url(LINKS[0])]


def test_a_canonical_to_the_home_page_on_every_page_loses_nothing(site, outlet_of, job_of):
    site.page("/", body("Home", "What the home page says to everybody who comes"))
    for link in LINKS:
        site.page(link, body(link, text_of(link), site.url("/")))
    site.feed("/feed", list(LINKS))
    job = job_of(outlet_of(("feed", "/feed")))
    jobs.run(job, progress=False)
    assert len(pages_of(job.folder)) == len(LINKS)


def fetched(site, outlet_of, job_of):
    """Return an outlet and the job that fetched its one article."""
    site.page(LINKS[0], body("One", text_of("one")))
    site.page("/", body("Home", "What the home page says to everybody who comes", site.url("/")))
    site.page("/news/", body("News", "All the news of today in one list for everybody"))
    site.feed("/feed", [LINKS[0]])
    outlet = outlet_of(("feed", "/feed"))
    job = job_of(outlet)
    assert jobs.run(job, progress=False).new == 1
    return outlet, job


@pytest.mark.parametrize(
    ("to", "words"),
    [("/", "redirected to the home page"), ("/news/", "redirected to the section /news")],
)
def test_a_redirect_home_is_a_deletion(site, outlet_of, job_of, to, words):
    outlet, job = fetched(site, outlet_of, job_of)
    site.page(LINKS[0], "", status=302, Location=to)
    later = again(job_of, outlet, job)
    report = jobs.run(later, progress=False)
    assert (report.gone, report.rechecked) == (1, 1)
    [page] = read_pages(later.folder / "pages.warc.gz")
    assert (page.gone, page.final_url) == (words, site.url(LINKS[0]))
    assert known_of(later.folder)[canonical(site.url(LINKS[0]))]["status"] == 410


def test_a_redirect_to_a_list_of_the_outlet_is_a_deletion(site, outlet_of, job_of):
    site.page(LINKS[0], body("One", text_of("one")))
    site.page("/cat?id=3", body("News", "All the news of today in one list for everybody"))
    site.feed("/feed", [LINKS[0]])
    outlet = outlet_of(("feed", "/feed"), ("listing", "/cat?id=3"))
    job = job_of(outlet)
    assert jobs.run(job, progress=False).new == 1
    site.page(LINKS[0], "", status=302, Location="/cat?id=3")
    later = again(job_of, outlet, job)
    assert jobs.run(later, progress=False).gone == 1


def test_a_redirect_to_a_list_that_nobody_has_named_is_a_deletion(site, outlet_of, job_of):
    links = [*LINKS, "/news/5-a-long-headline-here"]
    for link in links:
        site.page(link, body(link, text_of(link)))
    site.feed("/feed", links)
    outlet = outlet_of(("feed", "/feed"))
    job = job_of(outlet)
    assert jobs.run(job, progress=False).new == len(links)
    teasers = "".join(f"<li><a href='{link}'>What {link} tells</a></li>" for link in links[1:])
    site.page("/economy/", f"<html><title>Economy</title><body><ul>{teasers}</ul></body></html>")
    site.page(links[0], "", status=302, Location="/economy/")
    later = again(job_of, outlet, job)
    assert jobs.run(later, progress=False).gone == 1
    pages = {page.url: page for page in read_pages(later.folder / "pages.warc.gz")}
    assert pages[site.url(links[0])].gone.startswith("redirected to a list, ")


def test_a_redirect_to_a_section_that_only_the_menus_name_is_a_deletion(site, outlet_of, job_of):
    crawl = engine.prepare(job_of(outlet_of(("feed", "/feed"))))
    session = crawl.session
    section, article = site.url("/?cat=sport"), site.url(LINKS[0])
    session.change_outlet_notes(
        lambda notes: replace(notes, looks=replace(notes.looks, sections=(section,)))
    )
    known = Known(
        outlet="outlet",
        url=canonical(article),
        address=article,
        first_seen=NOW,
        last_fetched=NOW,
        status=200,
        digest="of the article",
    )
    exchange = records.Exchange(
        asked=article, url=section, status=200, headers=(), body=b"<p>x</p>", fetched_at=NOW
    )
    page = FetchedPage(
        known=known,
        exchange=exchange,
        content=exchange.body,
        way=(),
        hops=(article,),
        own=None,
    )
    PageDesk(session).judge(page)
    assert session.tally.gone == 1
    session.evidence.close()
    crawl.memory.finish()


def test_the_home_page_in_an_articles_place_is_a_deletion(site, outlet_of, job_of):
    outlet, job = fetched(site, outlet_of, job_of)
    site.pages[LINKS[0]] = site.pages["/"]
    later = again(job_of, outlet, job)
    assert jobs.run(later, progress=False).gone == 1
    [page] = read_pages(later.folder / "pages.warc.gz")
    assert page.gone == "it shows the home page"


def test_an_edit_of_an_article_that_names_the_home_page_is_an_edit(site, outlet_of, job_of):
    outlet, job = fetched(site, outlet_of, job_of)
    site.page(LINKS[0], body("One", "An edit of it all that nobody expected", site.url("/")))
    later = again(job_of, outlet, job)
    report = jobs.run(later, progress=False)
    assert (report.changed, report.gone) == (1, 0)


def test_a_redirect_home_of_a_new_article_is_no_article(site, outlet_of, job_of):
    site.page("/", body("Home", "What the home page says to everybody who comes"))
    site.page(LINKS[0], "", status=302, Location="/")
    site.feed("/feed", [LINKS[0]])
    job = job_of(outlet_of(("feed", "/feed")))
    report = jobs.run(job, progress=False)
    assert (report.new, report.faults) == (0, {"soft_gone": 1})


def wall(site) -> None:
    for link in LINKS:
        site.page(link, "<html><title>Hello</title><p>Please come back with a browser.</p></html>")


def test_one_text_under_many_addresses_is_a_wall_and_no_article(site, outlet_of, job_of):
    wall(site)
    site.feed("/feed", list(LINKS))
    job = job_of(outlet_of(("feed", "/feed")))
    report = jobs.run(job, progress=False)
    assert (report.new, report.faults["same_text"]) == (0, len(LINKS))
    assert all(page.gone for page in read_pages(job.folder / "pages.warc.gz"))
    assert report.state == "wall"


def test_a_wall_is_known_again_in_the_next_run(site, outlet_of, job_of):
    wall(site)
    site.feed("/feed", list(LINKS[:3]))
    outlet = outlet_of(("feed", "/feed"))
    job = job_of(outlet)
    jobs.run(job, progress=False)
    site.feed("/feed", list(LINKS))
    later = again(job_of, outlet, job, hours=1)
    report = jobs.run(later, progress=False)
    assert report.new == 0
    assert pages_of(later.folder) == []


def test_a_page_that_changes_around_its_text_is_no_wall(site, outlet_of, job_of):
    outlet, job = fetched(site, outlet_of, job_of)
    for number in range(5):
        page = body("One", text_of("one")) + f"<script>var visit = {number}</script>"
        site.page(LINKS[0], page)
        job = again(job_of, outlet, job)
        assert jobs.run(job, progress=False).faults == {}


def test_runs_of_text_leave_scripts_out():
    text = b"x" * 80
    page = b"<title> A  &amp; B</title><script>" + b"y" * 90 + b"</script><p>" + text + b"</p>"
    assert page_text.sketch(page) == page_text.sketch(page.replace(b"y", b"z"))
    assert page_text.sketch(page).title == "A & B"
    assert not page_text.is_same(page_text.sketch(page), page_text.sketch(b"<p>short</p>"))


def test_a_home_page_of_headlines_alone_in_an_articles_place_is_a_deletion(site, outlet_of, job_of):
    links = [f"/news/{number}-a-long-headline-here" for number in range(1, 8)]
    for link in links:
        site.page(link, body(link, text_of(link)))
    cards = "".join(f'<div><a href="{link}">What happened at {link}</a></div>' for link in links)
    site.page("/", f"<html><title>The outlet</title>{cards}</html>")
    site.feed("/feed", links)
    outlet = outlet_of(("feed", "/feed"))
    job = job_of(outlet)
    assert jobs.run(job, progress=False).new == 7
    for link in links:
        site.pages[link] = site.pages["/"]
    later = again(job_of, outlet, job)
    report = jobs.run(later, progress=False)
    assert report.gone == report.rechecked > 0


def test_the_words_of_a_wall_are_no_edit_of_an_article(site, outlet_of, job_of):
    outlet, job = fetched(site, outlet_of, job_of)
    site.page(LINKS[0], "<html><title>Hello</title><p>Please come back with a browser.</p></html>")
    later = again(job_of, outlet, job)
    report = jobs.run(later, progress=False)
    assert (report.changed, report.gone, report.faults) == (0, 0, {"same_text": 1})
    assert report.state == "ok"  # one page is no wall
    assert pages_of(later.folder) == []
    site.page(LINKS[0], body("One", text_of("one") + " It was edited in the end."))
    last = again(job_of, outlet, later, hours=40)
    assert jobs.run(last, progress=False).changed == 1


def emptied(words: str) -> str:
    return f"<html><head><title>One</title></head><body><h1>One</h1><p>{words}</p></body></html>"


def test_a_title_over_a_few_words_is_a_deletion_at_the_second_look(site, outlet_of, job_of):
    outlet, job = fetched(site, outlet_of, job_of)
    site.page(LINKS[0], emptied("Nobody knows this tongue: qwx zyxt brrl."))
    first = again(job_of, outlet, job)
    assert jobs.run(first, progress=False).gone == 0
    second = again(job_of, outlet, first, hours=1)
    report = jobs.run(second, progress=False)
    assert report.gone == 1
    (page,) = read_pages(second.folder / "pages.warc.gz")
    assert page.gone == "its title stands, and its text has gone"


def test_a_title_over_a_form_for_readers_with_an_account_is_no_deletion(site, outlet_of, job_of):
    outlet, job = fetched(site, outlet_of, job_of)
    site.page(LINKS[0], emptied("Please subscribe to read on."))
    for hours in (40, 1):
        job = again(job_of, outlet, job, hours=hours)
        report = jobs.run(job, progress=False)
    assert (report.gone, report.faults) == (0, {"same_text": 1})
