"""Which of a page's segments are the article, and why the others are not."""

from dataclasses import dataclass

from extract.blocks import (
    boxes,
    cues,
    digests,
    flashes,
    judging,
    model,
    neighbours,
    repeats,
    scripted,
    standfirsts,
    stated,
    trims,
)
from extract.blocks.judging import Opinion
from extract.blocks.neighbours import Judged, kept_of, length_of
from extract.outlet import layouts, recurring
from extract.outlet.profile import SiteProfile
from extract.page.reading import Reading
from extract.page.segments import Segment
from extract.page.title import key
from news.article import Block, BlockKind, Pruned
from news.outlet import Layout

MAX_PRUNED = 300
MAX_PRUNED_TEXT = 10_000  # characters
TOP = 30  # segments from the top in which the headline can stand in any make
SURE = 0.9  # probability from which on the headline's words further down are the text's
LINKS = 0.6  # share of a line that is link from which on links are the reason to leave it out
STATED = 400  # characters of a stated body that can take the place of what the page shows
BUILT = 250  # characters of text below which a page may be built by scripts


@dataclass(frozen=True, slots=True)
class Choice:
    """The blocks of an article, what was left out and why, and how sure that is."""

    blocks: tuple[Block, ...]
    pruned: tuple[Pruned, ...]
    judged: tuple[Judged, ...]
    chosen: str
    confidence: float

    @property
    def text(self) -> str:
        """The body, one block a line."""
        return "\n".join(block.text for block in self.blocks)


def choose(
    reading: Reading,
    site: SiteProfile | None,
    layout: Layout | None = None,
    *,
    judges: model.Judges | None = None,
    explain: bool = False,
) -> Choice:
    """Return what of a page is the article.

    A layout of the outlet file, where there is one, has the last word. `judges`: others
    than those that ship. `explain`: each block that could pass for the article
    carries the strongest evidence for and against it.
    """
    said = stated.paragraphs(stated.from_head(reading.head))
    opinion = judging.judge(reading, said, judges, explain=explain)
    judged = _apply_rules(reading, opinion)

    neighbours.fall_back(judged, opinion.kept)
    neighbours.fill_gaps(judged, reading)
    neighbours.follow_on(judged, reading)
    standfirsts.keep(judged, reading)
    digests.keep_headings(judged)
    digests.keep_items(judged)
    digests.keep_linked(judged)
    digests.keep_cards(judged, reading)
    if site is not None:
        recurring.ask(judged, reading, site)

    if layout is not None:
        _obey(judged, reading, layout)

    repeats.drop(judged)
    trims.drop_headlines(judged, reading)
    trims.drop_datelines(judged)
    trims.drop_notices(judged)
    boxes.drop_bio(judged)
    flashes.keep(judged, reading)
    boxes.drop_foot(judged, reading.headline)

    return _decide(judged, opinion, said, reading)


def _apply_rules(reading: Reading, opinion: Opinion) -> list[Judged]:
    """Return all segments with the judges' probabilities.

    And with the rules that follow from the probabilities alone.
    """
    title = key(reading.headline)
    judged = []

    for segment in reading.segments:
        one = Judged(segment, opinion.chances.get(segment.index, 0.0))
        one.pieces = opinion.pieces.get(segment.index, ())
        one.rule, one.confidence = _rule(one, reading, title, opinion.threshold)
        if segment.index in opinion.readers:
            one.drop("readers", 0.95)

        judged.append(one)

    return judged


def _rule(
    one: Judged,
    reading: Reading,
    title: str,
    threshold: float,
) -> tuple[str, float]:
    """Return which rule takes a segment out, empty when it stays.

    Of several reasons the plainest is named.

    The second value is how sure that is, 0 to 1. `title` is the headline as key, `threshold` the
    probability from which on a segment is kept.
    """
    segment = one.segment
    if not segment.key:
        return "no words", 1.0

    if segment.key == title and _is_headline(one):
        return "headline", 1.0

    if one.chance >= threshold:
        return "", one.chance

    return _reason(segment, reading), 1.0 - one.chance


def _is_headline(one: Judged) -> bool:
    """Tell whether a segment with the headline's words is the headline, and not the text's."""
    segment = one.segment
    return segment.kind is BlockKind.HEADING or one.chance < SURE or segment.index < TOP


def _reason(segment: Segment, reading: Reading) -> str:
    """Return the plainest reason why a segment that the judge leaves out is not the article's."""
    if segment.hidden:
        return "hidden"

    if segment.index in reading.cards:
        return "teaser card"

    found = cues.found(segment.text)
    if found:
        return f"cue: {min(found, key=lambda name: found[name])}"

    if segment.link_share > LINKS:
        return "links"

    if segment.kind is BlockKind.CAPTION:
        return "caption"

    return "unlike the article"


def _obey(judged: list[Judged], reading: Reading, layout: Layout) -> None:
    """Keep and take out what the outlet's own rules say.

    What a reader cannot see, or is another article's, stays out even inside the body
    that the layout names.
    """
    bodies = layouts.elements(reading.root, layout.body)
    dropped = layouts.elements(reading.root, layout.drop)

    for one in judged:
        if layouts.inside(one.segment, dropped):
            one.drop("layout: drop", 1.0)
        elif not bodies:
            continue
        elif not layouts.inside(one.segment, bodies):
            if not one.rule:
                one.drop("layout: outside the body", 1.0)
        elif one.rule not in neighbours.FOREIGN:
            one.keep(1.0)


def _decide(judged: list[Judged], opinion: Opinion, said: list[str], reading: Reading) -> Choice:
    """Choose between the judged segments, the body the page states, and the one in script state.

    What the page states or carries for its scripts wins only where it is more than
    twice as long as what is shown.
    """
    kept = kept_of(judged)
    length = length_of(kept)
    whole = sum(len(line) for line in said)
    if whole > 2 * length and whole > STATED:
        lines = [Block(kind=BlockKind.PARAGRAPH, text=line) for line in said]
        how = "json-ld body: the page shows less than it states"
        return Choice(tuple(lines), (), tuple(judged), how, 0.7)

    if length < BUILT:
        found = scripted.blocks(scripted.find(reading.root))
        if sum(len(block.text) for block in found) > 2 * length:
            how = "script state: the page is built by scripts"
            return Choice(found, (), tuple(judged), how, 0.7)

    blocks = []

    for one in kept:
        segment = one.segment
        blocks.append(Block(kind=segment.kind, text=segment.text, level=segment.level))

    return Choice(
        blocks=tuple(blocks),
        pruned=_pruned(judged, opinion.kept),
        judged=tuple(judged),
        chosen="segments",
        confidence=_confidence(judged, opinion, length),
    )


def _pruned(judged: list[Judged], voted: frozenset[int]) -> tuple[Pruned, ...]:
    """Return what could have passed for the article and is not in it.

    At most `MAX_PRUNED` blocks, in page order, long ones cut.
    """
    found: list[Pruned] = []

    for one in judged:
        if not one.rule or len(found) == MAX_PRUNED:
            continue

        if one.segment.index in voted or one.chance >= neighbours.DOUBT:
            text = one.segment.text[:MAX_PRUNED_TEXT]
            confidence = round(one.confidence, 3)
            found.append(Pruned(text=text, rule=one.rule, confidence=confidence))

    return tuple(found)


def _confidence(judged: list[Judged], opinion: Opinion, length: int) -> float:
    """Return how sure the choice is, 0 to 1.

    The segments' own certainty by length, and agreement with the base, or with the first
    judge where it was sure enough.
    """
    if not length:
        return 0.0

    weight = 0
    certain = 0.0
    union = 0
    both = 0

    for one in judged:
        size = len(one.segment.text)
        kept = not one.rule
        voted = one.segment.index in opinion.kept
        if one.chance >= neighbours.DOUBT:
            weight += size
            certain += size * abs(2 * one.chance - 1)

        if kept or voted:
            union += size

        if kept and voted:
            both += size

    sure = 0.6 * certain / (weight or 1) + 0.4 * both / (union or 1)

    return round(max(0.0, min(1.0, sure)), 3)
