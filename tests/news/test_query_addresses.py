"""`site:` and `url:`: articles by their address."""

import pytest

from news.query import Document, evaluate, parse
from news.query.addresses import MOST_WORDS, hosts, words


def found(query: str, url: str) -> bool:
    return evaluate(parse(query), Document(title="", text="", url=url)) is not None


@pytest.mark.parametrize(
    ("query", "url"),
    [
        ("site:trend.az", "https://trend.az/a/1.html"),
        ("site:trend.az", "https://en.trend.az/a/1.html"),
        ("site:www.trend.az", "https://trend.az/a"),
        ("site:https://trend.az/", "https://m.trend.az/a"),
        ("site:trend.az/politics", "https://trend.az/politics/1"),
        ("url:politics", "https://trend.az/azerbaijan/Politics/1"),
        ("url:trend.az/politics", "https://trend.az/azerbaijan/politics/1"),
        ("url:1234567", "https://trend.az/az-1234567.html"),
        ("url:газ", "https://trend.az/%D0%B3%D0%B0%D0%B7"),
    ],
)
def test_an_address_is_found(query: str, url: str):
    assert found(query, url)


@pytest.mark.parametrize(
    ("query", "url"),
    [
        ("site:trend.az", "https://mytrend.az/a"),
        ("site:en.trend.az", "https://trend.az/a"),
        ("site:trend.az", ""),
        ("site:trend.az", "https://example.com/trend.az"),
        ("url:polit", "https://trend.az/politics/1"),
        ("url:http", "https://trend.az/politics/1"),
        ("site:trend.az/politics", "https://trend.az/sport/1"),
    ],
)
def test_another_address_is_not(query: str, url: str):
    assert not found(query, url)


def test_what_is_no_address_has_no_host():
    assert hosts("https:///a") == hosts("") == hosts("https://a b/c") == ()


def test_an_address_has_a_bounded_number_of_words():
    assert len(words("https://a.az/" + "-".join(map(str, range(1000))))) == MOST_WORDS
