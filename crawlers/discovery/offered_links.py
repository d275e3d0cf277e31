"""The links that a listing offers: which are articles', which might be, which it only describes."""

from typing import Any

from crawlers.discovery import nameless
from crawlers.discovery.article_shape import looks_like_article, may_be_article
from crawlers.discovery.reading import Entry, Nameless
from news.outlet import Door
from news.urls import UrlError, host_key

_MOST = 2000
_LONGEST_TITLE = 1000


class Links:
    """The article links of one listing, in its order, each with its longest title."""

    def __init__(
        self,
        door: Door,
        hosts: frozenset[str],
        learnt: frozenset[str],
    ) -> None:
        self._door = door
        self._hosts = hosts
        self._learnt = learnt
        self.titles: dict[str, str] = {}
        self.nameless: dict[str, Nameless] = {}
        self.doubtful: dict[str, str] = {}

    def offer(
        self,
        link: str | None,
        title: str,
        *,
        in_menu: bool = False,
    ) -> None:
        """Take a link as an article's, or as one that might be an article's."""
        if link is None or not is_inside(link, self._hosts):
            return

        by_rule = self._door.links or self._door.articles
        is_article = not in_menu and looks_like_article(link, self._learnt)
        line = " ".join(title.split())[:_LONGEST_TITLE]

        if by_rule or is_article:
            _add(self.titles, link, line)
        elif may_be_article(link):
            _add(self.doubtful, link, line)

    def collect_nameless(self, data: Any) -> None:
        """Take the articles that data describes without their addresses."""
        for article in nameless.found_in(data):
            self.nameless[article.key] = article

    @property
    def is_empty(self) -> bool:
        """Whether nothing was found that may be an article."""
        return not (self.titles or self.doubtful or self.nameless)

    def entries(self) -> tuple[Entry, ...]:
        """Return the articles."""
        return tuple(Entry(url=link, title=title or None) for link, title in self.titles.items())

    def doubtful_entries(self) -> tuple[Entry, ...]:
        """Return the links that might be articles, without those that stand as one elsewhere."""
        entries = []
        for link, title in self.doubtful.items():
            if link not in self.titles:
                entries.append(Entry(url=link, title=title or None))

        return tuple(entries)


def _add(
    titles: dict[str, str],
    link: str,
    title: str,
) -> None:
    """Keep a link with the longest of its titles, as long as there is room."""
    if link in titles or len(titles) < _MOST:
        titles[link] = max(titles.get(link, ""), title, key=len)


def is_inside(
    link: str,
    hosts: frozenset[str],
) -> bool:
    """Tell whether a link leads to one of the outlet's hosts."""
    try:
        return host_key(link) in hosts
    except UrlError:
        return False
