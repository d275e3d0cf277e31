"""The user's complaint.

Every paragraph of the article, and not one line of the clutter around it.
"""

import json
from datetime import UTC, datetime

import pytest

from extract import api
from news.article import Article, Page
from pipeline.run.sites import outlet_of

NOW = datetime(2026, 11, 1, tzinfo=UTC)
SEEDS = ("000", "001", "002", "003")


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("url", ["http://unknown.invalid/", "https://some.example/news/1"])
def test_seed(shared, seed, url):
    page = next((shared / "seeds" / "html").glob(f"{seed}*.html"))
    gold = json.loads(
        next((shared / "seeds" / "gold").glob(f"{seed}*.json")).read_text(encoding="utf-8")
    )
    found = api.extract(
        Page(
            url=url, final_url=url, status=200, headers=(), body=page.read_bytes(), fetched_at=NOW
        ),
        outlet_of(url),
        None,
    )
    assert isinstance(found, Article)
    assert found.title == gold["title"]
    lines = found.text.split("\n")
    assert [line for line in gold["body"] if " ".join(line.split()) not in lines] == []
    assert [line for line in gold["clutter"] if line in lines] == []
