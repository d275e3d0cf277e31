"""Drawing the places of an outlet that link to articles: home pages, lists, sections, feeds."""

from random import Random
from typing import Any

from press.drawn.shape import Form, Place

FEEDS = (
    "/rss",
    "/rss.xml",
    "/feed/",
    "/rss.php",
    "/export/rss.xml",
    "/index.php?format=feed&type=rss",
    "/backend.php",
    "/xml/news.xml",
    "/rss/all/",
    "/feeds/latest.xml",
    "/export.php?type=rss",
)
LISTS = ("/news/", "/latest", "/lenta/", "/all-news", "/archive/", "/son-haberler", "/novosti/")


def home(rng: Random, *, limit: int | None = None, **further: Any) -> Place:
    """Draw a home page."""
    return Place(
        form=Form.HOME,
        path="/",
        limit=limit or rng.randrange(18, 34),
        **further,
    )


def listing(rng: Random, *, limit: int = 60, size: int = 20, **further: Any) -> Place:
    """Draw a page of latest news with further pages."""
    path = further.pop("path", None) or rng.choice(LISTS)
    return Place(
        form=Form.LISTING,
        path=path,
        limit=limit,
        page_size=size,
        **further,
    )


def feed(rng: Random, form: Form = Form.RSS, **further: Any) -> Place:
    """Draw a feed."""
    limit = further.pop("limit", None) or rng.randrange(15, 31)
    path = further.pop("path", None) or rng.choice(FEEDS)
    return Place(
        form=form,
        path=path,
        limit=limit,
        **further,
    )


def sections(rng: Random, count: int, **further: Any) -> tuple[Place, ...]:
    """Draw so many section pages."""
    size = rng.randrange(12, 21)
    base = rng.choice(("/category/{}", "/{}/", "/section/{}", "/rubric/{}.html", "/cat?id={}"))
    words = ("politics", "economy", "society", "world", "culture", "sport")
    places = []
    for number in range(count):
        label = str(number + 3) if "?" in base else words[number]
        place = Place(
            form=Form.SECTION, path=base.format(label), limit=size, section=number, **further
        )
        places.append(place)
    return tuple(places)
