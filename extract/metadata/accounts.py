"""Accounts that are nobody's in person: what content systems call the one who set the site up."""

import re
from collections.abc import Iterator
from typing import Any

from lxml.html import HtmlElement

from extract.page.head import Head
from extract.page.title import key

# Accounts that are not a person's: what content systems call the one who set the site up.
_MAYBE = re.compile("/(?:author|autor|user|profile)")
_ACCOUNT = re.compile(
    r"/(?:author|autor|user|users|profile)s?/(?:\w*admin|administrator|editor|redaktor|"
    r"redaksiya|redakcia|redaction|news|webmaster)/?$",
    re.IGNORECASE,
)


def accounts(root: HtmlElement, head: Head) -> Iterator[str]:
    """Give the keys of names that belong to an account which is nobody's in person.

    The page's links and JSON-LD tell.

    Content systems give the one who set the site up an account, and sites publish under
    it.
    """
    for link in root.iter("a"):
        href = link.get("href") or ""
        if not _MAYBE.search(href) or not _ACCOUNT.search(href):
            continue

        name = key(" ".join(link.itertext()))
        if name:
            yield name

    for item in (*head.articles[:2], *head.objects):
        value = item.get("author")
        authors = value if isinstance(value, list) else [value]

        for author in (item, *authors):
            if not isinstance(author, dict):
                continue

            called = author.get("name")
            if isinstance(called, str) and _is_account(author):
                yield key(called)


def _is_account(author: dict[str, Any]) -> bool:
    """Tell whether a JSON-LD object's addresses are those of a content system's own account."""
    for address in (author.get("url"), author.get("@id")):
        if isinstance(address, str) and _ACCOUNT.search(address):
            return True

    return False
