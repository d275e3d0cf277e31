"""Kinds of outlet that are about a door: feeds, sitemaps, lists that a script loads."""

from random import Random
from typing import Any

from press import names
from press.drawn.places import FEEDS, feed, home
from press.drawn.register import kind
from press.drawn.shape import Form, Gone, Place


@kind("ampersand")
def _ampersand(rng: Random) -> dict[str, Any]:
    """Draw one whose feed holds `&` as it is in links and titles."""
    return {
        "address": rng.choice(("sid", "joomla", "element-section", "cid")),
        "languages": (rng.choice(("en", "ru", "tr")),),
        "places": (
            home(rng, limit=6),
            feed(
                rng,
                marks=frozenset({"raw-ampersand"}),
            ),
        ),
    }


@kind("headercharset")
def _headercharset(rng: Random) -> dict[str, Any]:
    """Draw one whose feed names its charset in the HTTP header alone, or by an odd name."""
    mark = rng.choice(("header-charset", "cp-1251"))
    return {
        "languages": ("ru",),
        "charset": "windows-1251",
        "places": (
            home(rng, limit=5),
            feed(
                rng,
                marks=frozenset({mark}),
            ),
        ),
    }


@kind("oldatom")
def _oldatom(rng: Random) -> dict[str, Any]:
    """Draw one with Atom 0.3: titles in base64 or escaped, several links of one entry."""
    mark = rng.choice(("base64", "escaped"))
    marks = frozenset({mark, "many-links", "shadowed-title"})
    return {
        "places": (
            home(rng, limit=5),
            feed(
                rng,
                Form.ATOM03,
                marks=marks,
            ),
        )
    }


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
        "places": (
            home(rng, limit=5),
            feed(
                rng,
                marks=frozenset({f"date-{mark}"}),
            ),
        ),
    }


@kind("ajaxdate")
def _ajaxdate(rng: Random) -> dict[str, Any]:
    """Draw one whose list goes on by a script that asks for older articles by date."""
    mark = rng.choice(("stamp", "day", "dotted-day"))
    path = rng.choice(("/latest/?ajax=1&date={}", "/ajax/news?before={}", "/lenta/load?d={}"))
    ajax = Place(
        form=Form.AJAX,
        path=path,
        limit=80,
        page_size=20,
        marks=frozenset({mark}),
    )
    return {"per_day": 48, "extra": {"bursts": "yes"}, "places": (home(rng, limit=8), ajax)}


@kind("jsonlist")
def _jsonlist(rng: Random) -> dict[str, Any]:
    """Draw one whose list goes on by pages of JSON."""
    mark = rng.choice(("html", "items"))
    path = rng.choice(("/api/news?page={}", "/ajax/more.php?p={}", "/wp-admin/feedmore?paged={}"))
    json = Place(
        form=Form.JSON,
        path=path,
        limit=80,
        page_size=20,
        marks=frozenset({mark}),
    )
    return {"per_day": 40, "extra": {"bursts": "yes"}, "places": (home(rng, limit=8), json)}


@kind("nextdata")
def _nextdata(rng: Random) -> dict[str, Any]:
    """Draw one whose lists stand in the data of a script, without a link to any article."""
    return {
        "scripted": rng.choice(("next-url", "next-slug")),
        "address": rng.choice(("number", "slug-number", "short-section", "deep")),
        "places": (home(rng, limit=24),),
    }


@kind("wildmap")
def _wildmap(rng: Random) -> dict[str, Any]:
    """Draw one with a sitemap index that names itself on and on, and dates that do not tell."""
    marks = {"endless-index", rng.choice(("stale", "now")), rng.choice(("gzip2", "gzip", "plain"))}
    sitemap = Place(
        form=Form.SITEMAP,
        path="/sitemap.xml",
        limit=120,
        marks=frozenset(marks),
    )
    return {"places": (home(rng, limit=5), sitemap)}


@kind("textmap")
def _textmap(rng: Random) -> dict[str, Any]:
    """Draw one with a sitemap of plain lines, some of them odd."""
    path = rng.choice(("/sitemap.txt", "/urllist.txt", "/map/news.txt"))
    textmap = Place(
        form=Form.TEXTMAP,
        path=path,
        limit=90,
    )
    return {"places": (home(rng, limit=5), textmap)}


@kind("movingfeed")
def _movingfeed(rng: Random) -> dict[str, Any]:
    """Draw one whose feed dies and lives on elsewhere; the home page names the new place."""
    at = rng.uniform(0.9, 1.4)
    first, second = rng.sample(FEEDS, 2)
    return {
        "places": (
            home(rng, limit=4),
            feed(
                rng,
                path=first,
                until=at,
            ),
            feed(
                rng,
                path=second,
                since=at,
            ),
        ),
        "extra": {"dead": rng.choice(("404", "home", "html", "500"))},
    }


@kind("telegram")
def _telegram(rng: Random) -> dict[str, Any]:
    """Draw a public channel's preview pages; there is no site."""
    channel = f"{rng.choice(names.ORGS).lower()}_{rng.choice(('news', 'live', 'xeber'))}"
    place = Place(
        form=Form.TELEGRAM,
        path=f"/s/{channel}",
        limit=200,
        page_size=20,
    )
    return {
        "address": "channel",
        "word": channel,
        "places": (place,),
        "deletes": 0.1,
        "gone": (Gone.NOT_FOUND,),
        "edits": 0.2,
        "strangers": (),
    }
