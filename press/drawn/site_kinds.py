"""Kinds of outlet that are about a site: addresses, sections, what happens to articles."""

from random import Random
from typing import Any

from press.drawn.places import feed, home, listing, sections
from press.drawn.register import kind
from press.drawn.shape import Gone


@kind("wrongcanonical")
def _wrongcanonical(rng: Random) -> dict[str, Any]:
    """Draw one where the canonical link of many pages names another page."""
    canonical = rng.choice(("latest", "home", "edition"))
    languages = rng.sample(
        ("az", "ru", "en", "tr", "ka"),
        2,
    )
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
        "extra": {"bursts": "yes"},
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
    return {"wall": (begin, begin + rng.uniform(0.3, 0.6)), "places": (home(rng), feed(rng))}


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
    languages = tuple(
        rng.sample(
            ("az", "ru", "en", "tr", "hy", "ka", "fa"),
            3,
        )
    )
    first = languages[0]
    places = [home(rng, language=first)]
    for language in languages[1:]:
        places.append(home(rng, language=language))
    if rng.random() < 0.5:  # noqa: PLR2004
        places.append(feed(rng, language=first))
    return {"languages": languages, "per_day": 30, "places": tuple(places)}


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


@kind("aliases")
def _aliases(rng: Random) -> dict[str, Any]:
    """Draw one that names an article by three addresses at once, each with the right canonical."""
    return {
        "parameters": "aliases",
        "address": rng.choice(("number", "slug-number", "number-slug", "dated", "deep")),
        "places": (home(rng), feed(rng), listing(rng)),
    }


@kind("hop")
def _hop(rng: Random) -> dict[str, Any]:
    """Draw one whose feed leads to articles by way of a counter of clicks."""
    return {
        "parameters": "hop",
        "edits": 0.2,
        "places": (home(rng, limit=5), feed(rng)),
    }


@kind("namedhome")
def _namedhome(rng: Random) -> dict[str, Any]:
    """Draw one whose home page calls another address of itself the right one."""
    return {
        "extra": {"home": rng.choice(("/index.html", "/home/", "/?lang=1"))},
        "places": (home(rng), feed(rng)),
    }
