"""Signs other than its status by which an answer says that its article is gone."""

import contextlib
from collections.abc import Collection

from crawlers.discovery import removal
from crawlers.discovery.article_shape import looks_like_article
from crawlers.download import walls
from crawlers.fetched_page import FetchedPage
from news.urls import UrlError, canonical, target


def of_words(page: FetchedPage) -> str:
    """Return the sentence by which a page says that its article was taken down; nothing for none.

    Only where its text has gone: an article may report such a sentence.
    """
    said = removal.sentence(_words(page))

    return f"it says: {said}" if said else ""


def asks_for_account(page: FetchedPage) -> bool:
    """Tell whether a page asks its reader to log in or to subscribe."""
    has_form = b'type="password"' in page.content or b"type='password'" in page.content
    return has_form or removal.names_account(_words(page))


def _words(page: FetchedPage) -> str:
    """Return the words that a reader of a page sees."""
    return b" ".join(walls.words_of(page.content)).decode("utf-8", "replace")


def of_redirects(page: FetchedPage, lists: Collection[str]) -> str:
    """Return by what a page's redirects say that there is no article; nothing where they do not.

    `lists` are the canonical URLs of the outlet's lists: none of them is an article.
    """
    if not page.hops:
        return ""

    with contextlib.suppress(UrlError):
        if canonical(page.exchange.url) in lists:
            return f"redirected to the list {page.exchange.url}"

    try:
        there = target(page.exchange.url).partition("?")[0].strip("/")
        here = target(page.known.url).partition("?")[0].strip("/")
    except UrlError:
        return ""

    if looks_like_article(page.exchange.url):
        # `/?news=12` is an article, whatever lies at the same path without it.
        return ""

    if not there:
        return "redirected to the home page"

    if here.startswith(f"{there}/"):
        return f"redirected to the section /{there}"

    return ""
