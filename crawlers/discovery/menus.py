"""Which links of a page stand in its menus: they are the same on every day, and seldom articles."""

import re
from typing import Any

_MENU = re.compile(
    r"(?:^|[\s_-])(?:nav|navbar|navigation|menu|submenu|topbar|footer|foot|breadcrumbs?|copyright)"
    r"(?:$|[\s_-])",
    re.IGNORECASE,
)
_TAGS = "//nav | //footer | //*[@role='navigation' or @role='contentinfo']"
_NAMED = "//div[@class or @id] | //ul[@class or @id] | //ol[@class or @id] | //section[@class]"


def links_of(root: Any) -> frozenset[Any]:
    """Return the anchors of a tree that stand in a menu or at the foot of the page.

    What holds half of the links of a page is no menu, whatever it is called.
    """
    every = len(root.xpath("//a[@href]"))
    framed: set[Any] = set()

    for element in [*root.xpath(_TAGS), *_named(root)]:
        inside = element.xpath(".//a[@href]")
        if len(inside) * 2 <= every:
            framed.update(inside)

    return frozenset(framed)


def _named(root: Any) -> list[Any]:
    """Return the elements that are called a menu or a foot by class or id."""
    found = []
    for element in root.xpath(_NAMED):
        names = f"{element.get('class') or ''} {element.get('id') or ''}"
        if _MENU.search(names):
            found.append(element)

    return found
