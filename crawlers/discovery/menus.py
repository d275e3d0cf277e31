"""Which links of a page stand in its menus: they are the same on every day, and seldom articles.

A menu is told by its mark-up, by its name, or by what it looks like: a few links of a word or two
side by side with nothing else between them. Headlines are longer.
"""

import itertools
import re
from collections import defaultdict
from collections.abc import Iterator
from typing import Any

_MENU = re.compile(
    r"(?:^|[\s_-])(?:nav|navbar|navigation|menu|submenu|topbar|footer|foot|breadcrumbs?|copyright)"
    r"(?:$|[\s_-])",
    re.IGNORECASE,
)
_MARKED_UP = (
    "//nav//a[@href] | //footer//a[@href] | //*[@role='navigation']//a[@href] | "
    "//*[@role='contentinfo']//a[@href]"
)
_NAMED = "//div[@class or @id] | //ul[@class or @id] | //ol[@class or @id] | //section[@class]"
_LEAST = 3  # links of a menu that has no name
_LONGEST, _MEAN = 36, 22  # letters of such a link, and of such links on average
_LEVELS = 4  # above a link, at which its menu is looked for
_BETWEEN = 12  # letters beside each link: a mark, a number


def links_of(root: Any) -> frozenset[Any]:
    """Return the anchors of a tree that stand in a menu or at the foot of the page.

    What holds half of the links of a page is no menu, whatever class it has.
    """
    every = _places(root.xpath("//a[@href]"))
    framed: set[Any] = set(root.xpath(_MARKED_UP))

    for element in [*_named(root), *_unnamed(root)]:
        inside = element.xpath(".//a[@href]")
        if len(_places(inside)) * 2 <= len(every):
            framed.update(inside)

    return frozenset(framed)


def _places(anchors: list[Any]) -> set[str]:
    """Return the addresses that anchors lead to, as they are written."""
    return {anchor.get("href") for anchor in anchors}


def _named(root: Any) -> list[Any]:
    """Return the elements that are called a menu or a foot by class or id."""
    found = []
    for element in root.xpath(_NAMED):
        names = f"{element.get('class') or ''} {element.get('id') or ''}"
        if _MENU.search(names):
            found.append(element)

    return found


def _unnamed(root: Any) -> Iterator[Any]:
    """Yield the elements that hold short links and next to nothing else."""
    lengths: defaultdict[Any, list[int]] = defaultdict(list)

    for anchor in root.xpath("//a[@href]"):
        length = _length(anchor)
        above = anchor.iterancestors()
        for element in itertools.islice(above, _LEVELS):
            lengths[element].append(length)

    for element, found in lengths.items():
        if _are_labels(found) and _holds_no_more(element, found):
            yield element


def _length(element: Any) -> int:
    """Return the letters of an element's text, with one space between its words."""
    words = element.text_content().split()
    return len(" ".join(words))


def _are_labels(lengths: list[int]) -> bool:
    """Tell whether links of so many letters may be a menu's."""
    if len(lengths) < _LEAST or not all(lengths):
        return False

    is_short = max(lengths) <= _LONGEST
    mean = sum(lengths) / len(lengths)

    return is_short and mean <= _MEAN


def _holds_no_more(element: Any, lengths: list[int]) -> bool:
    """Tell whether an element holds these links and next to nothing else."""
    links = element.xpath(".//a[@href]")
    if len(links) > len(lengths):
        return False

    beside = _BETWEEN * len(lengths)

    return _length(element) <= sum(lengths) + beside
