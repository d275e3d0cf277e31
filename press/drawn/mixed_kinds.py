"""Outlets that have several habits at once, drawn together at random."""

from random import Random
from typing import Any

from press.drawn.places import feed, home, listing, sections
from press.drawn.register import kind
from press.drawn.shape import Form, Gone, Place
from press.drawn.words import STRANGERS

_COUNT = 6
_DIALECTS = ("raw-ampersand", "date-basic", "date-dotted", "date-short-offset", "plain")


def _chance(rng: Random, share: float) -> bool:
    return rng.random() < share


def _mixed(rng: Random) -> dict[str, Any]:
    """Draw one with habits of many kinds."""
    count = rng.choice((0, 0, 3, 4))
    kept = {
        "sections": count,
        "hides": rng.choice((0.2, 0.4)) if count else 0.0,
        "paging": rng.choice(("query", "path", "offset")),
        "deletes": 0.15,
        "edits": 0.2,
        "gone": tuple(rng.sample(tuple(Gone), 3)),
        "canonical": rng.choice(("self", "self", "none", "home", "latest")),
        "menu_articles": rng.choice((0, 0, 2)),
        "strangers": tuple(rng.sample(STRANGERS, 4)),
        "stranger_form": rng.choice(("clean", "like")),
        "extra": {"authors": "yes", "tags": "yes"} if _chance(rng, 0.5) else {},
        "in_flow": _chance(rng, 0.3),
        "parameters": rng.choice(("", "", "tracking", "aliases", "hop")),
    }
    return kept | {"places": tuple(_places(rng, count))}


def _places(rng: Random, count: int) -> list[Place]:
    """Draw a home page and other places, so that everything is linked for some hours."""
    further: list[Place] = []
    if _chance(rng, 0.5):
        marks = frozenset({rng.choice(_DIALECTS)})
        further.append(feed(rng, marks=marks))
    if _chance(rng, 0.4):
        further.append(listing(rng, size=rng.choice((10, 15, 20))))
    if _chance(rng, 0.2):
        path = rng.choice(("/load.php?page={}", "/more/?p={}"))
        marks = frozenset({rng.choice(("html", "items"))})
        further.append(Place(form=Form.JSON, path=path, limit=60, page_size=20, marks=marks))
    if _chance(rng, 0.2):
        further.append(Place(form=Form.TEXTMAP, path="/sitemap.txt", limit=90))
    small = rng.randrange(6, 13) if further else rng.randrange(20, 31)
    return [home(rng, limit=small), *further, *sections(rng, count)]


for number in range(1, _COUNT + 1):
    kind(f"mixed{number}")(_mixed)
