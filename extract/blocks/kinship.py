"""Which segments are of one family: made alike, and joined to the headline at the level where most prose is.

A second article on the page has a headline of its own and meets the first one's only higher up in the tree; a notice below the
text is built from other elements than the text. Neither needs a name to be seen.
"""

from itertools import accumulate

from lxml.html import HtmlElement

from extract.page.segments import Segment

LENGTHY = 60  # characters of prose from which on a segment speaks for its make
Make = tuple[str, str | None, str, str | None]


class Family:
    """What the segments of a page have in common. `prose`: characters of each that are prose; `title`: the headline's place, or -1."""

    def __init__(
        self, segments: list[Segment], prose: list[int], title: int, best: HtmlElement | None
    ) -> None:
        self.makes: dict[Make, int] = {}
        for segment, length in zip(segments, prose, strict=True):
            if length > LENGTHY and not segment.hidden:
                make = self.make(segment.node)
                self.makes[make] = self.makes.get(make, 0) + length
        self.total, self.most = sum(self.makes.values()) or 1, max(self.makes.values(), default=1)
        self.headlines = [
            *accumulate(
                int(segment.node.tag == "h1" and segment.index > title >= 0) for segment in segments
            )
        ]
        self._chain: dict[HtmlElement, int] = {}
        element = segments[title].node if title >= 0 else None
        while element is not None:
            self._chain[element] = len(self._chain)
            element = element.getparent()
        self._places: dict[HtmlElement, tuple[int, int, HtmlElement]] = {}
        self.joins = self.place(best)[1] if best is not None else 0

    @staticmethod
    def make(node: HtmlElement) -> Make:
        """Return what an element and its parent are built as."""
        parent = node.getparent()
        return (
            node.tag,
            node.get("class"),
            "" if parent is None else parent.tag,
            None if parent is None else parent.get("class"),
        )

    def place(self, node: HtmlElement) -> tuple[int, int, HtmlElement]:
        """Return how many levels lie between an element and the headline's line of ancestors, how far up that line, and the branch there."""
        known = self._places.get(node)
        if known is None:
            parent = node.getparent()
            if node in self._chain or parent is None:
                known = (0, self._chain.get(node, len(self._chain)), node)
            else:
                apart, joins, branch = self.place(parent)
                known = (apart + 1, joins, node if apart == 0 else branch)
            self._places[node] = known
        return known
