"""Golden folders: page.html, page.json (address, zone, outlet), article.json, absent.txt.

A folder without article.json gets one and fails until someone has read it.
"""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from extract import api
from news.article import Article, Page
from news.outlet import Outlet

GOLDEN = sorted(path for path in (Path(__file__).parent / "golden").iterdir() if path.is_dir())
FIELDS = (
    "title",
    "blocks",
    "standfirst",
    "authors",
    "published",
    "published_source",
    "language",
    "kind",
    "links",
    "credit",
)


def article_of(folder: Path) -> Article:
    about = json.loads((folder / "page.json").read_text(encoding="utf-8"))
    outlet = Outlet(
        name="golden",
        region="tests",
        title=about["title"],
        home=about["url"],
        country="az",
        languages=(),
        timezone=about["timezone"],
        doors=(),
    )
    page = Page(
        url=about["url"],
        final_url=about["url"],
        status=200,
        headers=(),
        body=(folder / "page.html").read_bytes(),
        fetched_at=datetime(2026, 11, 1, tzinfo=UTC),
    )
    found = api.extract(page, outlet, None)
    assert isinstance(found, Article), found
    return found


def plain(article: Article) -> dict[str, object]:
    found = {name: getattr(article, name) for name in FIELDS}
    found["blocks"] = [
        f"{block.kind.value}{block.level or ''} {block.text}" for block in article.blocks
    ]
    found["published"] = article.published.isoformat() if article.published else None
    return json.loads(json.dumps(found, ensure_ascii=False))


@pytest.mark.parametrize("folder", GOLDEN, ids=lambda folder: folder.name)
def test_nothing_absent_is_in_the_text(folder):
    text = article_of(folder).text
    for sentence in (folder / "absent.txt").read_text(encoding="utf-8").splitlines():
        assert sentence not in text


@pytest.mark.parametrize("field", FIELDS)
@pytest.mark.parametrize("folder", GOLDEN, ids=lambda folder: folder.name)
def test_golden_field(folder, field):
    expected = folder / "article.json"
    found = plain(article_of(folder))
    if not expected.exists():
        expected.write_text(
            json.dumps(found, ensure_ascii=False, indent=1) + "\n", encoding="utf-8"
        )
        pytest.fail(f"{expected} was written; read it, then run the test again")
    assert found[field] == json.loads(expected.read_text(encoding="utf-8"))[field]
