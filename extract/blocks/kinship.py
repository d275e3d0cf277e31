"""Which segments are of one family.

Made alike, and joined to the headline at the level where most prose is.

A second article on the page has a headline of its own and meets the first one's only
higher up in the tree; a notice below the text is built from other elements than the
text. Neither needs a name to be seen.
"""

from itertools import accumulate

from lxml.html import HtmlElement

from extract.page.segments import Segment

LENGTHY = 60  # characters of prose from which on a segment speaks for its make
Make = tuple[str, str | None, str, str | None]
Location = tuple[int, int, HtmlElement]


class Family:
    """What the segments of a page have in common.

    `prose` are the characters of each segment that are prose, `title` is the number of
    the headline's segment, or -1, and `best` the container with most prose.
    """

    def __init__(
        self,
        segments: list[Segment],
        prose: list[int],
        title: int,
        best: HtmlElement | None,
    ) -> None:
        self.makes = self._weigh_makes(segments, prose)
        self.total = sum(self.makes.values()) or 1
        self.most = max(self.makes.values(), default=1)
        self.headlines = _count_headlines(segments, title)
        self._chain: dict[HtmlElement, int] = {}
        if title >= 0:
            self._link_ancestors(segments[title].node)

        self._locations: dict[HtmlElement, Location] = {}
        self.joins = 0
        if best is not None:
            self.joins = self.locate(best)[1]

    def _weigh_makes(self, segments: list[Segment], prose: list[int]) -> dict[Make, int]:
        """Return the characters of prose of each make.

        Hidden segments and short ones have no say.
        """
        makes: dict[Make, int] = {}

        for segment, length in zip(segments, prose, strict=True):
            if length <= LENGTHY or segment.hidden:
                continue

            make = self.make(segment.node)
            makes[make] = makes.get(make, 0) + length

        return makes

    def _link_ancestors(self, node: HtmlElement) -> None:
        """Give an element and its ancestors their numbers, from the inside out."""
        element: HtmlElement | None = node

        while element is not None:
            self._chain[element] = len(self._chain)
            element = element.getparent()

    @staticmethod
    def make(node: HtmlElement) -> Make:
        """Return what an element and its parent are built as: tag and class of both.

        Two segments of one make are paragraphs of one text, or items of one list.
        """
        parent = node.getparent()
        if parent is None:
            return node.tag, node.get("class"), "", None

        return node.tag, node.get("class"), parent.tag, parent.get("class")

    def locate(self, node: HtmlElement) -> Location:
        """Return where an element stands to the headline's line of ancestors.

        That is: how many levels lie between the two, how far up the line they meet, and
        the branch there.
        """
        known = self._locations.get(node)
        if known is not None:
            return known

        parent = node.getparent()
        if node in self._chain or parent is None:
            known = (0, self._chain.get(node, len(self._chain)), node)
        else:
            apart, joins, branch = self.locate(parent)
            if apart == 0:
                branch = node

            known = (apart + 1, joins, branch)

        self._locations[node] = known

        return known


def _count_headlines(segments: list[Segment], title: int) -> list[int]:
    """Return, for each segment, how many further headlines stand between the page's own and it."""
    flags = []

    for segment in segments:
        further = segment.node.tag == "h1" and segment.index > title >= 0
        flags.append(int(further))

    return list(accumulate(flags))
