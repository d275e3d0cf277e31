"""The kinds of outlet that are drawn: what each is about is fixed here, all the rest by the seed.

Each kind is a habit of real sites. A kind's function fills in what the habit needs;
`press.drawn.drawing` draws languages, addresses, paths and sizes for the rest.
"""

from collections.abc import Callable
from random import Random
from typing import Any

from press import names
from press.drawn.places import FEEDS, feed, home, listing, sections
from press.drawn.shape import Form, Gone, Place

Fill = Callable[[Random], dict[str, Any]]
KINDS: dict[str, Fill] = {}


def kind(name: str) -> Callable[[Fill], Fill]:
    """Enter a function as a kind."""

    def enter(fill: Fill) -> Fill:
        KINDS[name] = fill
        return fill

    return enter


@kind("ampersand")
def _ampersand(rng: Random) -> dict[str, Any]:
    """Draw one whose feed holds `&` as it is in links and titles."""
    return {
        "address": rng.choice(("sid", "joomla", "element-section", "cid")),
        "languages": (rng.choice(("en", "ru", "tr")),),
        "places": (home(rng, limit=6), feed(rng, marks=frozenset({"raw-ampersand"}))),
    }


@kind("headercharset")
def _headercharset(rng: Random) -> dict[str, Any]:
    """Draw one whose feed names its charset in the HTTP header alone, or by an odd name."""
    mark = rng.choice(("header-charset", "cp-1251"))
    return {
        "languages": ("ru",),
        "charset": "windows-1251",
        "places": (home(rng, limit=5), feed(rng, marks=frozenset({mark}))),
    }


@kind("oldatom")
def _oldatom(rng: Random) -> dict[str, Any]:
    """Draw one with Atom 0.3: titles in base64 or escaped, several links of one entry."""
    mark = rng.choice(("base64", "escaped"))
    marks = frozenset({mark, "many-links", "shadowed-title"})
    return {"places": (home(rng, limit=5), feed(rng, Form.ATOM03, marks=marks))}


@kind("odddates")
def _odddates(rng: Random) -> dict[str, Any]:
    """Draw one whose feed writes its dates in a form of its own."""
    dates = {
        "ru": ("msk", "words", "dotted", "short-offset"),
        "tr": ("words", "dotted", "short-offset"),
        "fa": ("jalali", "words"),
        "en": ("pm", "basic", "short-offset"),
        "az": ("dotted", "words", "basic"),
    }
    language = rng.choice(tuple(dates))
    mark = rng.choice(dates[language])
    return {
        "languages": (language,),
        "places": (home(rng, limit=5), feed(rng, marks=frozenset({f"date-{mark}"}))),
    }


@kind("wrongcanonical")
def _wrongcanonical(rng: Random) -> dict[str, Any]:
    """Draw one where the canonical link of many pages names another page."""
    canonical = rng.choice(("latest", "home", "edition"))
    languages = rng.sample(("az", "ru", "en", "tr", "ka"), 2)
    return {
        "languages": tuple(languages),
        "address": rng.choice(("number", "slug-number", "node", "deep")),
        "canonical": canonical,
        "places": (home(rng), feed(rng)),
    }


@kind("menu")
def _menu(rng: Random) -> dict[str, Any]:
    """Draw one with old articles in every navigation, and more news than a page holds."""
    return {
        "menu_articles": rng.randrange(2, 5),
        "per_day": 70,
        "paging": rng.choice(("query", "path", "offset")),
        "places": (home(rng, limit=6), listing(rng, limit=60, size=12)),
    }


@kind("softgone")
def _softgone(rng: Random) -> dict[str, Any]:
    """Draw one where what was taken away answers 200, or leads home."""
    modes = (Gone.HOME, Gone.TO_HOME, Gone.TO_SECTION, Gone.SOFT, Gone.REMOVED, Gone.NOT_FOUND)
    return {
        "deletes": 0.35,
        "edits": 0.05,
        "gone": modes,
        "sections": 3,
        "places": (home(rng), feed(rng), *sections(rng, 3)),
    }


@kind("wall")
def _wall(rng: Random) -> dict[str, Any]:
    """Draw one where for some hours every article answers with one text and status 200."""
    begin = rng.uniform(0.8, 1.3)
    return {
        "wall": (begin, begin + rng.uniform(0.3, 0.6)),
        "places": (home(rng), feed(rng)),
    }


@kind("element")
def _element(rng: Random) -> dict[str, Any]:
    """Draw one whose articles are told apart by a parameter; there is no feed."""
    return {
        "address": rng.choice(("element", "element-section", "sid", "newsid", "news", "cid")),
        "sections": 3,
        "places": (home(rng, limit=10), *sections(rng, 3)),
        "hides": 0.3,
    }


@kind("joomla")
def _joomla(rng: Random) -> dict[str, Any]:
    """Draw one with id=12:slug, print versions under tmpl=component, no feed."""
    return {
        "address": "joomla",
        "paging": "offset",
        "extra": {"print": "&tmpl=component&print=1"},
        "places": (home(rng, limit=12), listing(rng, limit=60, size=15)),
    }


@kind("drupal")
def _drupal(rng: Random) -> dict[str, Any]:
    """Draw one with /node/12, where pages that are no articles are nodes too."""
    return {
        "address": "node",
        "paging": "query",
        "stranger_form": "like",
        "strangers": ("about", "terms", "privacy", "advertise"),
        "places": (home(rng, limit=10), listing(rng, limit=60, size=10)),
    }


@kind("shortslug")
def _shortslug(rng: Random) -> dict[str, Any]:
    """Draw one with addresses of three words, those of other pages alike."""
    return {
        "address": rng.choice(("short", "short-section")),
        "stranger_form": "like",
        "strangers": ("about", "terms", "privacy", "horoscope", "weather", "currency"),
        "places": (home(rng),),
    }


@kind("sections")
def _sections(rng: Random) -> dict[str, Any]:
    """Draw one whose articles are mostly linked from their section alone."""
    return {
        "sections": 5,
        "hides": 0.7,
        "per_day": 30,
        "places": (home(rng, limit=9), *sections(rng, 5)),
    }


@kind("editions")
def _editions(rng: Random) -> dict[str, Any]:
    """Draw one in three languages, each with a home page of its own, named by hreflang."""
    languages = tuple(rng.sample(("az", "ru", "en", "tr", "hy", "ka", "fa"), 3))
    first = languages[0]
    places = [home(rng, language=first)]
    for language in languages[1:]:
        places.append(home(rng, language=language))
    if rng.random() < 0.5:  # noqa: PLR2004
        places.append(feed(rng, language=first))
    return {"languages": languages, "per_day": 30, "places": tuple(places)}


@kind("ajaxdate")
def _ajaxdate(rng: Random) -> dict[str, Any]:
    """Draw one whose list goes on by a script that asks for older articles by date."""
    mark = rng.choice(("stamp", "day", "dotted-day"))
    path = rng.choice(("/latest/?ajax=1&date={}", "/ajax/news?before={}", "/lenta/load?d={}"))
    ajax = Place(form=Form.AJAX, path=path, limit=80, page_size=20, marks=frozenset({mark}))
    return {"per_day": 48, "places": (home(rng, limit=8), ajax)}


@kind("jsonlist")
def _jsonlist(rng: Random) -> dict[str, Any]:
    """Draw one whose list goes on by pages of JSON."""
    mark = rng.choice(("html", "items"))
    path = rng.choice(("/api/news?page={}", "/ajax/more.php?p={}", "/wp-admin/feedmore?paged={}"))
    json = Place(form=Form.JSON, path=path, limit=80, page_size=20, marks=frozenset({mark}))
    return {"per_day": 40, "places": (home(rng, limit=8), json)}


@kind("nextdata")
def _nextdata(rng: Random) -> dict[str, Any]:
    """Draw one whose lists stand in the data of a script, without a link to any article."""
    return {
        "scripted": rng.choice(("next-url", "next-slug")),
        "address": rng.choice(("number", "slug-number", "short-section", "deep")),
        "places": (home(rng, limit=24),),
    }


@kind("params")
def _params(rng: Random) -> dict[str, Any]:
    """Draw one that links an article with other parameters from each place."""
    return {
        "parameters": "tracking",
        "address": rng.choice(("number", "slug-number", "dated", "newsid", "element")),
        "places": (home(rng), feed(rng), listing(rng)),
    }


@kind("identifying")
def _identifying(rng: Random) -> dict[str, Any]:
    """Draw one where a parameter with a harmless name says which article is meant."""
    return {
        "address": "named",
        "word": rng.choice(("source", "from", "feature", "rss", "share")),
        "places": (home(rng), feed(rng)),
    }


@kind("wildmap")
def _wildmap(rng: Random) -> dict[str, Any]:
    """Draw one with a sitemap index that names itself on and on, and dates that do not tell."""
    marks = {"endless-index", rng.choice(("stale", "now")), rng.choice(("gzip2", "gzip", "plain"))}
    sitemap = Place(form=Form.SITEMAP, path="/sitemap.xml", limit=120, marks=frozenset(marks))
    return {"places": (home(rng, limit=5), sitemap)}


@kind("textmap")
def _textmap(rng: Random) -> dict[str, Any]:
    """Draw one with a sitemap of plain lines, some of them odd."""
    path = rng.choice(("/sitemap.txt", "/urllist.txt", "/map/news.txt"))
    textmap = Place(form=Form.TEXTMAP, path=path, limit=90)
    return {"places": (home(rng, limit=5), textmap)}


@kind("movingfeed")
def _movingfeed(rng: Random) -> dict[str, Any]:
    """Draw one whose feed dies and lives on elsewhere; the home page names the new place."""
    at = rng.uniform(0.9, 1.4)
    first, second = rng.sample(FEEDS, 2)
    return {
        "places": (
            home(rng, limit=4),
            feed(rng, path=first, until=at),
            feed(rng, path=second, since=at),
        ),
        "extra": {"dead": rng.choice(("404", "home", "html", "500"))},
    }


@kind("telegram")
def _telegram(rng: Random) -> dict[str, Any]:
    """Draw a public channel's preview pages; there is no site."""
    channel = f"{rng.choice(names.ORGS).lower()}_{rng.choice(('news', 'live', 'xeber'))}"
    place = Place(form=Form.TELEGRAM, path=f"/s/{channel}", limit=200, page_size=20)
    return {
        "address": "channel",
        "word": channel,
        "places": (place,),
        "deletes": 0.1,
        "gone": (Gone.NOT_FOUND,),
        "edits": 0.2,
        "strangers": (),
    }


@kind("edits")
def _edits(rng: Random) -> dict[str, Any]:
    """Draw one where a third of the articles change without a word, some with their address."""
    return {
        "edits": 0.35,
        "moves": rng.choice(("redirect", "copy", "gone")),
        "address": rng.choice(("slug-number", "dated", "number-slug", "deep")),
        "places": (home(rng), feed(rng)),
    }


@kind("clutter")
def _clutter(rng: Random) -> dict[str, Any]:
    """Draw one with horoscope, rates and weather as cards among the news, and pages of tags."""
    return {
        "strangers": ("horoscope", "weather", "currency", "terms", "privacy", "about", "advertise"),
        "stranger_form": rng.choice(("clean", "like")),
        "in_flow": True,
        "sections": 4,
        "extra": {"tags": "yes", "authors": "yes"},
        "places": (home(rng), *sections(rng, 4)),
    }


@kind("plainlist")
def _plainlist(rng: Random) -> dict[str, Any]:
    """Draw one with a list alone, and bursts that overflow its first page."""
    return {
        "paging": rng.choice(("query", "path", "offset")),
        "per_day": 60,
        "extra": {"bursts": "yes"},
        "places": (home(rng, limit=5), listing(rng, limit=80, size=10)),
    }
