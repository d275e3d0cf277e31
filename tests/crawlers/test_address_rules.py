"""Addresses that an outlet's own pages have proved to be one are asked for once."""

import pytest

from crawlers import job as jobs
from crawlers.discovery import address_rules

ROOT = "https://x.az"


@pytest.mark.parametrize(
    ("url", "canonical", "rule"),
    [
        ("/m/12-a", "/12-a", "first m"),
        ("/12-a/amp", "/12-a", "last amp"),
        ("/12-a?from=list", "/12-a", "parameter from"),
        ("/?id=12&from=list", "/?id=12", "parameter from"),
        ("/?id=12", "/?id=13", None),
        ("/?id=12&a=1&b=2", "/?id=12", None),
        ("/12-a/13", "/12-a", None),
        ("/az/news/12-a", "/12-a", None),
        ("/12-a", "/13-b", None),
    ],
)
def test_a_rule_is_what_two_addresses_differ_by(url, canonical, rule):
    assert address_rules.between(ROOT + url, ROOT + canonical) == rule


def test_two_proofs_make_a_rule_and_one_page_against_it_ends_it():
    one = address_rules.enter({}, "first m", is_proof=True)
    assert address_rules.without(f"{ROOT}/m/14-c", one) == f"{ROOT}/m/14-c"
    two = address_rules.enter(one, "first m", is_proof=True)
    assert address_rules.without(f"{ROOT}/m/14-c", two) == f"{ROOT}/14-c"
    assert address_rules.without(f"{ROOT}/m/", two) == f"{ROOT}/m/"
    ended = address_rules.enter(two, "first m", is_proof=False)
    assert address_rules.without(f"{ROOT}/m/14-c", ended) == f"{ROOT}/m/14-c"


@pytest.mark.parametrize(
    ("rule", "url", "same"),
    [
        ("parameter from", "/12-a?from=x&id=3", "/12-a?id=3"),
        ("parameter from", "/12-a?id=3", "/12-a?id=3"),
        ("last amp", "/12-a/amp", "/12-a"),
        ("last amp", "/amp", "/amp"),
        ("first m", "/12-a", "/12-a"),
    ],
)
def test_a_rule_is_left_off_where_it_stands(rule, url, same):
    proofs = {rule: (2, 0)}
    assert address_rules.without(ROOT + url, proofs) == ROOT + same


def test_a_host_before_the_outlets_own_is_left_off():
    rule = address_rules.between("https://m.x.az/12-a", f"{ROOT}/12-a")
    assert rule == "host m"
    assert address_rules.without("https://m.x.az/13-b", {rule: (2, 0)}) == f"{ROOT}/13-b"


def test_what_was_proved_is_not_asked_for_twice(site, outlet_of, job_of):
    def page(number: int, words: str = "") -> None:
        head = f'<link rel="canonical" href="/{number}-a-story"><title>{number}</title>'
        prose = f"Story {number} is told here in as many words as it takes. " * 40
        for path in (f"/m/{number}-a-story", f"/{number}-a-story"):
            site.page(path, f"<html><head>{head}</head><body><p>{prose}{words}</p></body></html>")

    for number in range(101, 106):
        page(number)
    site.feed("/feed", ["/m/101-a-story", "/m/102-a-story", "/m/103-a-story"])
    job = job_of(outlet_of(("feed", "/feed")))
    assert jobs.run(job, progress=False).new == 3
    site.feed("/feed", ["/m/104-a-story", "/m/105-a-story"])
    later = job_of(job.outlet, now=job.now, all_doors=True)
    (later.folder / "memory.jsonl").write_text((job.folder / "crawl.jsonl").read_text())
    assert jobs.run(later, progress=False).new == 2
    assert site.asked("/m/104-a-story") == 0
    assert site.asked("/104-a-story") == 1


def test_a_redirect_to_an_article_that_is_known_is_not_followed(site, outlet_of, job_of):
    site.article("/news/101-a-story", "story " * 300)
    site.page("/go?to=101", "", status=302, Location=site.url("/news/101-a-story"))
    site.feed("/feed", ["/news/101-a-story", "/go?to=101"])
    report = jobs.run(job_of(outlet_of(("feed", "/feed"))), progress=False)
    assert (report.new, report.doubles) == (1, 1)
    assert site.asked("/news/101-a-story") == 1
