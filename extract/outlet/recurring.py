"""What an outlet's other pages say of a page: texts that recur there are taken out, except where the body stands.

That a text stood on other pages is no evidence against it in the place where bodies stand: a statement is quoted, a column
opens with the same line each week, rates are told in the same words each day.
"""

from collections import Counter

from lxml.html import HtmlElement

from extract.blocks.neighbours import Judged, container
from extract.outlet import profile
from extract.outlet.profile import SiteProfile
from extract.page.reading import Reading
from news.article import BlockKind

# What stands among paragraphs and is no paragraph: its own element, its own path, the same text.
_AMONG = frozenset({BlockKind.HEADING, BlockKind.ITEM, BlockKind.QUOTE, BlockKind.ROW})


def ask(judged: list[Judged], reading: Reading, site: SiteProfile) -> None:
    """Take out the kept segments that the outlet's other articles show too and that do not stand in the body's place."""
    who = profile.witness(reading.address, reading.headline)
    kept = [one for one in judged if not one.rule]
    places = {one.segment.index: _place(one, reading) for one in kept}
    bodies = _body_places(kept, places, site)
    boxes = {container(one.segment) for one in kept if places[one.segment.index] in bodies}
    for one in kept:
        where = places[one.segment.index]
        if len(one.segment.text) < profile.LEAST or where in bodies or _among(one, boxes):
            continue
        verdict = site.judge(where, profile.fingerprint(one.segment.key), who)
        if verdict is not None:
            one.rule = f"profile: {verdict.rule}"
            one.confidence = verdict.confidence


def _place(one: Judged, reading: Reading) -> int:
    return profile.place(one.segment.node, in_card=one.segment.index in reading.cards)


def _body_places(kept: list[Judged], places: dict[int, int], site: SiteProfile) -> frozenset[int]:
    """Return where this page's body stands, as the outlet's pages tell it; empty when they do not tell.

    Where no place of the page is a plain body's (a template made for daily rates), it is the place with most prose
    among those that bring each article something of its own.
    """
    shown = frozenset(places.values())
    plain = shown & site.main_places
    if plain:
        return plain
    prose: Counter[int] = Counter()
    for one in kept:
        where = places[one.segment.index]
        if where in site.own_places:
            prose[where] += len(one.segment.text)
    if not prose:
        return frozenset()
    most = max(prose.values())
    return frozenset({min(where for where, length in prose.items() if length == most)})


def _among(one: Judged, boxes: set[HtmlElement | None]) -> bool:
    """Tell whether a heading, item, quote or row stands between the body's paragraphs."""
    box = container(one.segment)
    return one.segment.kind in _AMONG and box is not None and box in boxes
