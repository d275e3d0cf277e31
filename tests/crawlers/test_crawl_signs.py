"""A bot check and a parking page are told from articles, also from articles that speak of them.

And quickly on hostile pages.
"""

import time

import pytest
from scrapy.http import HtmlResponse

from crawlers.download import walls
from crawlers.faults import Fault

PROSE = "".join(
    f"<p>{'The port of Aktau took in more barley this year than last. ' * 4}</p>" for _ in range(8)
)


def judged(body: str, status: int = 200, **headers: str) -> Fault | None:
    content = body.encode()
    return walls.fault(
        HtmlResponse(
            "https://x.az/1",
            status=status,
            headers={name.replace("_", "-"): value for name, value in headers.items()},
            body=content,
        ),
        content,
    )


@pytest.mark.parametrize(
    "sign",
    [
        "<title>Just a moment...</title>",
        "<script src='/cdn-cgi/challenge-platform/h/b'></script>",
        "<div data-sitekey='x'>",
    ],
)
@pytest.mark.parametrize("status", [200, 202, 403, 503])
def test_a_bot_check_is_one_whatever_its_status(sign, status):
    assert judged(f"<html>{sign}<body><p>Please wait.</p></body></html>", status) is Fault.CHALLENGE


def test_an_article_about_bot_checks_is_an_article():
    assert (
        judged(
            "<html><title>How _cf_chl_opt and data-sitekey= work; this domain is for "
            f"sale</title>{PROSE}</html>"
        )
        is None
    )


def test_a_refusal_stays_one_however_much_it_says():
    assert judged(f"<html><script>_cf_chl_opt</script>{PROSE}</html>", 403) is Fault.CHALLENGE
    assert judged(PROSE, 200, cf_mitigated="challenge") is Fault.CHALLENGE
    assert judged(PROSE, 451) is Fault.BLOCKED
    assert judged(PROSE, 410) is Fault.GONE


def test_a_parking_page_is_one():
    assert (
        judged(
            "<html><body><h1>x.az</h1><p>This domain is for sale. Buy this domain.</p>"
            "</body></html>"
        )
        is Fault.PARKED
    )


def test_text_inside_scripts_is_no_prose():
    assert (
        judged(
            f"<html><title>Just a moment...</title><script>{'var a = 1; ' * 900}</script></html>"
        )
        is Fault.CHALLENGE
    )


@pytest.mark.parametrize("piece", ["<p", "<p ", "<p>a ", "<", "<p>" + "a" * 59])
def test_a_hostile_page_is_judged_in_time(piece):
    began = time.process_time()
    judged(piece * (50_000 // len(piece)))
    assert time.process_time() - began < 5
