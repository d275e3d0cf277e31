"""Pages of the plainest make.

Whatever the judge has learnt of rich pages, a bare article is never thrown away.
"""

from datetime import UTC, datetime

import pytest

from extract import api
from news.article import Article, Page
from news.outlet import Outlet

OUTLET = Outlet(
    name="plain",
    region="test",
    title="Plain",
    home="https://plain.example/",
    country="AZ",
    languages=("en",),
    timezone="Asia/Baku",
    doors=(),
)
NOW = datetime(2026, 11, 22, 2, 0, tzinfo=UTC)
ALIKE = [
    f"The harbour office said on day {day} that {day * 7} ships had called and that the "
    "northern quay stays closed."
    for day in range(1, 8)
]
VARIED = [
    "The city council of Kermen voted on Tuesday to rebuild the old grain hall by the river.",
    "Work begins in March and will take two years, the deputy mayor, Selin Okar, told "
    "reporters after the session.",
    "“We have waited a decade for this,” she said.",
    "Opponents of the plan say the money, about 4.2 million, is needed for roads in the "
    "northern districts.",
]


def page(paragraphs: list[str], shape: str) -> Page:
    body = "".join(f"<p>{text}</p>" for text in paragraphs)
    html = shape.format(body=body, breaks="<br><br>".join(paragraphs))
    return Page(
        url="https://plain.example/a-1.html",
        final_url="https://plain.example/a-1.html",
        status=200,
        headers=(),
        body=html.encode(),
        fetched_at=NOW,
    )


@pytest.mark.parametrize("paragraphs", [ALIKE, VARIED], ids=["alike", "varied"])
@pytest.mark.parametrize(
    "shape",
    [
        "<html lang=en><title>Harbour</title><article><h1>Northern quay stays closed</h1>"
        "{body}</article></html>",
        "<title>Harbour</title><h1>Northern quay stays closed</h1>{body}",
        "<html><head><title>Harbour | Plain</title></head><body><div><h2>Northern quay "
        "stays closed</h2><div>{body}</div></div></body></html>",
        "<html><head><title>Harbour</title></head><body><table><tr><td>Menu</td><td><h1>"
        "Northern quay stays closed</h1>{breaks}</td></tr></table></body></html>",
        "<html><head><title>Harbour</title></head><body><div id=c><h1>Northern quay stays "
        "closed</h1>{breaks}</div></body></html>",
    ],
)
def test_a_bare_article_is_kept_whole(paragraphs: list[str], shape: str) -> None:
    found = api.extract(page(paragraphs, shape), OUTLET, None)
    assert isinstance(found, Article), found
    for text in paragraphs:
        assert text in found.text
