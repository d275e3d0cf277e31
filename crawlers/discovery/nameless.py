"""Articles that a page's data names by a slug or a number alone, and how their addresses are built.

A page that a script builds carries its articles as objects: `{"title": ..., "slug": "a-story",
"publishedAt": ...}`. The script knows the rest of the address. One link that ends with a slug shows
it; where no link does, the common ways are tried until a page with the article's title answers.
"""

import re
from collections.abc import Iterable, Iterator
from typing import Any
from urllib.parse import quote, urlsplit

from crawlers.discovery import dates, listing_json
from crawlers.discovery.reading import Nameless

PLACE = "{}"  # where a route has the slug
_KEYS = ("slug", "alias", "urlslug", "url_slug", "seo_url", "permalink", "url", "path", "id", "_id")
_TITLES = ("title", "headline", "name")
_DATE = re.compile(r"publish|date|created|posted|time", re.IGNORECASE)
_SLUG = re.compile(r"[^\s/?#<>]{3,200}")
_SHORTEST_TITLE = 12  # letters: shorter ones are labels of sections
_AT_MOST = 100  # of a page
# The folders under which sites keep their articles, the most common first.
_FOLDERS = (
    "news",
    "",
    "article",
    "post",
    "articles",
    "posts",
    "story",
    "read",
    "blog",
    "view",
    "p",
    "n",
    "a",
    "haber",
    "xeber",
    "novosti",
    "item",
    "detail",
    "content",
    "material",
)
GUESSES = tuple(f"/{folder}/{PLACE}".replace("//", "/") for folder in _FOLDERS)


def found_in(data: Any) -> Iterator[Nameless]:
    """Yield the dated articles of a page's data, at most a hundred, each key once."""
    seen = set[str]()

    for found in listing_json.objects(data):
        article = _article(found)
        if article is None or article.key in seen:
            continue

        seen.add(article.key)
        yield article

        if len(seen) >= _AT_MOST:
            return


def _article(found: dict[str, Any]) -> Nameless | None:
    """Return an object as an article without address; None for what is none."""
    fields = {str(name).lower(): value for name, value in found.items()}
    key = _key(fields)
    title = _title(fields)
    moments = [value for name, value in fields.items() if _DATE.search(name)]

    if not key or len(title) < _SHORTEST_TITLE or not any(moments):
        return None

    return Nameless(
        key=key,
        title=title,
        published=_moment(moments),
    )


def _key(fields: dict[str, Any]) -> str:
    """Return what an object is called by; an empty text where it has an address or no name."""
    if listing_json.has_address(fields):
        return ""

    for name in _KEYS:
        value = fields.get(name)
        text = str(value) if isinstance(value, (str, int)) else ""
        key = text.strip("/")
        if _SLUG.fullmatch(key):
            return key

    return ""


def _title(fields: dict[str, Any]) -> str:
    """Return the title of an object in one line; an empty text for none."""
    for name in _TITLES:
        value = fields.get(name)
        if isinstance(value, str):
            return " ".join(value.split())

    return ""


def _moment(values: Iterable[Any]) -> Any:
    """Return the first moment among values that are texts; None for none."""
    for value in values:
        moment = dates.read(value) if isinstance(value, str) else None
        if moment is not None:
            return moment

    return None


def route_of(
    link: str,
    key: str,
) -> str | None:
    """Return the route by which a link leads to the article of this key; None for another link."""
    path = urlsplit(link).path
    bare = path.rstrip("/")
    folder, _, last = bare.rpartition("/")
    tail = path[len(bare) :]

    if last not in {key, quote(key)}:
        return None

    return f"{folder}/{PLACE}{tail}"


def learnt_route(
    links: Iterable[str],
    nameless: Iterable[Nameless],
) -> str | None:
    """Return the route that links to some of these articles show; None where none does."""
    keys = {article.key for article in nameless}

    for link in links:
        last = urlsplit(link).path.rstrip("/").rpartition("/")[2]
        if last in keys:
            return route_of(link, last)

    return None


def address(
    route: str,
    key: str,
) -> str:
    """Return the path at which a route has the article of this key."""
    return route.replace(PLACE, quote(key, safe="%"))
