"""Boxes of a page that say by their names whose date stands in them."""

import re
from collections.abc import Collection

from lxml.html import HtmlElement

from extract.metadata.date_lines import names_of

UPDATED = re.compile(r"updat|modif|edited|lastmod")
PUBLISHED = re.compile(r"publish|posted|pubdate|created|entry-date|post-date")
# Boxes where no date is the article's: its readers' words, its footer and menus.
READERS = re.compile(r"comment(?!ary)|\breply|respond|disqus|commentlist|kommentar|yorum|şərh")
CLOSED = re.compile(r"<footer>|<nav>|(?<![a-z-])foot(?:er)?\b|site-footer|\bnav\b|\bmenu\b")
# Boxes that are rarely the article's own: clocks, sidebars, lists of other articles.
FOREIGN = re.compile(
    r"<aside>|<footer>|<nav>|side-?bar|aside|related|recommend|popular|latest|ticker|widget|"
    r"(?<!post-)(?<!entry-)(?<!article-)foot|\bnav|menu|today|current[-_]?(?:date|day|time)|clock|"
    r"weather|calendar|\bnow\b|copyright|teaser|promo\b"
)
# Lines whose date is that of something else: rights, a reader's account, the hour of reading.
OTHER_THINGS = re.compile(
    r"©|copyright|all rights|\(c\)|\b(?:registered|joined|member since|current (?:date|time)|"
    r"registriert|dabei seit|aktuelle zeit|зарегистрирован\w*|на сайте с|текущ\w+ (?:дата|время)|"
    r"qeydiyyat\w*|kayıt tarihi|üyelik)\b",
    re.IGNORECASE,
)
_LEVELS = 7  # boxes round an element by whose names it is judged


def is_named(
    element: HtmlElement,
    pattern: re.Pattern[str],
    held: Collection[HtmlElement],
) -> bool:
    """Tell whether one of the boxes round an element has a name like this.

    `held` are the boxes that hold the headline too: there the search ends.
    """
    box: HtmlElement | None = element

    for _ in range(_LEVELS):
        if box is None or box.tag in {"body", "html"} or box in held:
            return False

        if pattern.search(f"<{box.tag}> {names_of(box)}"):
            return True

        box = box.getparent()

    return False
