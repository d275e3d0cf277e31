"""The law of canonical URLs.

Idempotent, never merging two outlets or two articles, never splitting one.
"""

import csv
import re
from random import Random
from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from news.urls import UrlError, canonical, host_key, same_article

SAME = (
    (
        "https://commonspace.eu/news/a-day-in-ganja",
        "http://www.commonspace.eu/index.php/news/a-day-in-ganja/",
    ),
    ("https://site.az/x/1234", "https://m.site.az/x/1234?utm_source=rss&fbclid=IwAR0#top"),
    ("https://site.az/x/1234", "https://amp.site.az/x/1234/amp/"),
    ("https://site.az/x/1234", "https://site.az/amp/x/1234"),
    ("https://site.az/x/1234.html", "https://site.az/x/1234.amp.html"),
    ("https://site.az/x/1234", "https://site.az/x/1234?outputType=amp"),
    ("https://site.az/x/1234?a=1&b=2", "https://site.az/x/1234?b=2&a=1"),
    ("https://site.az/x/1234", "https://site.az:443/x//./y/../1234"),
    (
        "https://site.az/x/1234",
        "https://site.az/x/1234;jsessionid=AF09.node1?PHPSESSID=0a1b2c3d4e5f6071",
    ),
    (
        "https://1news.az/az/news/20231122033445123-Bakida-Yeni-Park",
        "https://1news.az/az/news/20231122033445123-bakida-yeni-park",
    ),
    ("https://site.az/xəbər/şəhər", "https://site.az/x%c9%99b%C9%99r/%C5%9F%C9%99h%C9%99r"),
    ("https://ишлет.рф/а/1", "https://xn--e1afj3a1a.xn--p1ai/%D0%B0/1"),
    ("https://site.az/?p=1234", "https://site.az/index.php?p=1234"),
    ("https://site.tr/haber/a-b-c-99", "https://site.tr/haber/a-b-c-99?sid=12345678"),
    ("https://site.az/x/1234", "https://site.az/x/1234?erid=2VtzqwQ5&gad_source=1"),
    ("https://site.az/x/1234", "https://site.az/x/1234?srsltid=AfmBOo&mibextid=Zxz2cZ"),
    ("https://site.az/x/1234", "https://site.az/x/1234?tg_rhash=0a1b2c3d4e5f60"),
    ("https://site.az/x/1234", "https://site.az/x/1234?tmpl=component"),
    ("https://site.az/x/1234", "https://site.az/x/1234?share=facebook&feature=youtu.be"),
    ("https://site.az/x/1234", "https://site.az/x/1234?cmp=share_btn_tw&from=mainpage"),
    ("https://site.az/x/1234", "https://site.az/x/1234?rss=1"),
    ("https://site.az/news", "https://site.az/news?source=rss&ref=haqqin.az"),
)
DIFFERENT = (
    ("https://news.am/eng/1", "https://news.az/eng/1"),
    ("https://am/eng/1", "https://news.am/eng/1"),
    ("https://news.az/1", "https://media.az/1"),
    ("https://az.trend.az/1", "https://en.trend.az/1"),
    ("https://en.trend.az/1", "https://trend.az/1"),
    ("https://m.com.tr/1", "https://com.tr/1"),
    ("https://m.az/1", "https://az/1"),
    ("https://site.az/aB3x", "https://site.az/Ab3x"),
    ("https://site.az/?id=1", "https://site.az/?id=2"),
    ("https://site.az/view.php?sid=12345678", "https://site.az/view.php?sid=12345679"),
    ("https://site.az/a", "https://site.az/b"),
    ("https://site.az/x?page=2", "https://site.az/x"),
    ("https://site.az/x?lang=en", "https://site.az/x?lang=ru"),
    ("https://site.az/en/1", "https://site.az/ru/1"),
    ("https://site.az/a%2Fb", "https://site.az/a/b"),
    ("https://site.az:8443/a", "https://site.az/a"),
    ("https://site.az/x?q=a%26b=1", "https://site.az/x?q=a&b=1"),
    ("https://site.az/?ref=1234", "https://site.az/?ref=1235"),
    ("https://www.site.az/a#!/1", "https://www.site.az/a#!/2"),
    ("https://site.az/view?source=5", "https://site.az/view?source=6"),
    ("https://site.az/view?from=7", "https://site.az/view?from=8"),
    ("https://site.az/timetable?from=baku", "https://site.az/timetable?from=ganja"),
    ("https://site.az/view?feature=3", "https://site.az/view?feature=4"),
    ("https://site.az/view?share=1", "https://site.az/view?share=2"),
    ("https://site.az/view?cmp=1", "https://site.az/view?cmp=2"),
    ("https://site.az/view?spm=1", "https://site.az/view?spm=2"),
    ("https://site.az/index.php?rss=12", "https://site.az/index.php?rss=13"),
    ("https://site.az/#/news/1", "https://site.az/#/news/2"),
    ("https://site.az/x/1234?source=5", "https://site.az/x/1234?source=6"),
)


@pytest.mark.parametrize(("left", "right"), SAME)
def test_one_article_has_one_name(left, right):
    assert canonical(left) == canonical(right)


@pytest.mark.parametrize(("left", "right"), DIFFERENT)
def test_two_articles_keep_two_names(left, right):
    assert canonical(left) != canonical(right)


@pytest.mark.parametrize(
    "bad",
    [
        "",
        "ftp://site.az/",
        "javascript:alert(1)",
        "http://",
        "http://[::1",
        "//",
        "http://a b/",
        "http://site.az:99999/",
        "mailto:a@b",
    ],
)
def test_what_is_no_web_address_is_said_so(bad):
    with pytest.raises(UrlError):
        canonical(bad)


LABEL = st.from_regex(r"[a-z0-9əышж]([a-z0-9-]{0,10}[a-z0-9])?", fullmatch=True).filter(
    lambda text: not text.startswith("xn--")
)
HOST = st.lists(LABEL, min_size=1, max_size=3).map(lambda labels: ".".join([*labels, "az"]))
PATH = st.lists(
    st.text(st.characters(codec="utf-8", exclude_characters="/?#\\"), max_size=12), max_size=4
).map(lambda parts: "/" + "/".join(parts))
QUERY = st.text(st.characters(codec="utf-8", exclude_characters="#"), max_size=30)


@given(HOST, PATH, QUERY)
def test_the_form_is_stable(host, path, query):
    try:
        once = canonical(f"http://{host}{path}?{query}")
    except UrlError:
        return
    assert canonical(once) == once
    assert host_key(once) == host_key(f"http://{host}/")


@given(HOST, HOST, PATH)
def test_two_outlets_are_never_merged(left, right, path):
    def bare(host: str) -> str:
        return re.sub(r"^((www\d?|m|mobile|amp|wap)\.)+", "", host)

    try:
        merged = canonical(f"https://{left}{path}") == canonical(f"https://{right}{path}")
    except UrlError:
        return
    if merged:
        assert bare(left).encode("idna") == bare(right).encode("idna")


@given(
    st.integers(100, 10**12),
    st.integers(100, 10**12),
    st.sampled_from(
        ["/news/{}", "/{}.html", "/az/news/{}-basliq", "/?id={}", "/a/{}/", "/post/slug-slug-{}"]
    ),
)
def test_numbers_are_never_merged(left, right, form):
    assert same_article(
        f"https://site.az{form.format(left)}", f"https://site.az{form.format(right)}"
    ) == (left == right)


def test_the_regions_own_hosts_stay_apart(shared):
    with (shared / "outlets.csv").open(encoding="utf-8") as file:
        domains = [row["domain"] for row in csv.DictReader(file)]
    assert len({host_key(f"https://{domain}/") for domain in domains}) == len(set(domains))
    assert all(
        urlsplit(canonical(f"https://www.{domain}/a/1")).netloc == domain for domain in domains
    )


TRACKERS = (
    "utm_{word}",
    "itm_{word}",
    "bsft_{word}",
    "oft_{word}",
    "adjust_{word}",
    "hsa_{word}",
    "piwik_{word}",
    "{word}clid",
    "{word}_campaign",
    "mindbox-{word}",
    "at_{word}",
    "cm_{word}",
)
NUMBERED = ("id", "news", "sid", "item", "article_id", "cat", "page", "tid", "ELEMENT_ID")


def _word(random: Random) -> str:
    return "".join(random.choices("abcdefghijklmnoprstuvz", k=random.randint(3, 9)))


@pytest.mark.parametrize("seed", range(40))
def test_what_makers_of_trackers_append_makes_no_second_article(seed):
    random = Random(seed)
    address = f"https://{_word(random)}.az/{_word(random)}-{random.randint(1000, 99999)}"
    name = random.choice(TRACKERS).format(word=_word(random))
    value = "".join(random.choices("abcdefgh0123456789", k=random.randint(9, 30))) + "x7"
    assert same_article(address, f"{address}?{name}={value}")
    assert same_article(f"{address}?page=2", f"{address}?{name}={value}&amp;page=2")


@pytest.mark.parametrize("seed", range(40))
def test_numbers_of_two_articles_are_two_whatever_is_appended(seed):
    random = Random(seed)
    address = f"https://{_word(random)}.az/{_word(random)}.php"
    name = random.choice(NUMBERED)
    one, two = random.sample(range(1000, 99999), 2)
    appended = random.choice(TRACKERS).format(word=_word(random))
    assert not same_article(f"{address}?{name}={one}", f"{address}?{name}={two}")
    assert not same_article(f"{address}?{name}={one}&{appended}=x", f"{address}?{name}={two}")
    assert not same_article(f"{address}?cm_{name}={one}", f"{address}?cm_{name}={two}")


def test_letters_are_composed_and_an_empty_query_is_none():
    assert same_article(
        "https://site.az/\u043d\u043e\u0432\u044b\u0438\u0306", "https://site.az/новый"
    )
    assert same_article("https://site.az/x/1234/&", "https://site.az/x/1234")
    assert same_article("https://site.az/x/1234~amp.html", "https://site.az/x/1234.html")
    assert same_article("https://site.az/x?display=amp", "https://site.az/x")
    assert not same_article("https://site.az/x?display=1", "https://site.az/x")
    assert not same_article("https://site.az/%C9", "https://site.az/%C8")
