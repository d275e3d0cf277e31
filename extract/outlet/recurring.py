"""What an outlet's other pages say of a page.

Texts that recur there are taken out, except where the body stands.

That a text stood on other pages is no evidence against it in the slot where bodies
stand: a statement is quoted, a column opens with the same line each week, rates are
told in the same words each day.
"""

from collections import Counter

from lxml.html import HtmlElement

from extract.blocks.neighbours import Judged, container, kept_of
from extract.outlet import sketch
from extract.outlet.profile import SiteProfile
from extract.page.reading import Reading
from news.article import BlockKind

# What stands among paragraphs and is no paragraph: its own element, its own path, the same text.
_AMONG = frozenset({BlockKind.HEADING, BlockKind.ITEM, BlockKind.QUOTE, BlockKind.ROW})


def ask(judged: list[Judged], reading: Reading, site: SiteProfile) -> None:
    """Take out the kept segments that the outlet's other articles show too.

    Those that stand in the body's slot stay.
    """
    who = sketch.witness(reading.address, reading.headline)
    kept = kept_of(judged)
    slots = {one.segment.index: _slot(one, reading) for one in kept}
    bodies = _body_slots(kept, slots, site)
    boxes: set[HtmlElement | None] = set()

    for one in kept:
        if slots[one.segment.index] in bodies:
            boxes.add(container(one.segment))

    for one in kept:
        where = slots[one.segment.index]
        if len(one.segment.text) < sketch.LEAST or where in bodies or _among(one, boxes):
            continue

        verdict = site.judge(where, sketch.fingerprint(one.segment.key), who)
        if verdict is not None:
            one.drop(f"profile: {verdict.rule}", verdict.confidence)


def _slot(one: Judged, reading: Reading) -> int:
    """Return the hash of where a segment stands in the outlet's template."""
    in_card = one.segment.index in reading.cards
    return sketch.slot(one.segment.node, in_card=in_card)


def _body_slots(kept: list[Judged], slots: dict[int, int], site: SiteProfile) -> frozenset[int]:
    """Return where this page's body stands, as the outlet's pages tell it.

    Empty when they do not tell.

    Where no slot of the page is a plain body's (a template made for daily rates), it is
    the slot with most prose among those that bring each article something of its own.
    """
    plain = site.main_slots.intersection(slots.values())
    if plain:
        return plain

    prose: Counter[int] = Counter()

    for one in kept:
        where = slots[one.segment.index]
        if where in site.own_slots:
            prose[where] += len(one.segment.text)

    if not prose:
        return frozenset()

    most = max(prose.values())
    fullest = [where for where, length in prose.items() if length == most]

    return frozenset({min(fullest)})


def _among(one: Judged, boxes: set[HtmlElement | None]) -> bool:
    """Tell whether a heading, item, quote or row stands between the body's paragraphs.

    What stands there has an element and a path of its own, and is the body's all the
    same.
    """
    if one.segment.kind not in _AMONG:
        return False

    box = container(one.segment)

    return box is not None and box in boxes
