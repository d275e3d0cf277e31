"""Which of a page's segments are the article, and why the others are not."""

from dataclasses import dataclass

from extract.blocks import cues, features, model, neighbours, repeats, scripted, stated
from extract.blocks import vote as body
from extract.blocks.neighbours import Judged
from extract.metadata import dates
from extract.outlet import layouts, recurring
from extract.outlet.profile import SiteProfile
from extract.page.reading import Reading
from extract.page.segments import Segment, tidy
from extract.page.title import key
from news.article import Block, BlockKind, Pruned
from news.outlet import Layout

ALL_LINK = 0.95  # share of a line that is link
THRESHOLD = 0.45  # probability from which on a segment is the article's
NOTICE = 500  # characters: a longer block at the end is no notice
MAX_PRUNED = 300
MAX_PRUNED_TEXT = 10_000  # characters


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
    judge: model.Model | None = None,
) -> Choice:
    """Return what of a page is the article; a layout of the outlet file, where there is one, has the last word. `judge`: other weights."""
    segments = reading.segments
    vote = body.vote(reading.root, segments)
    said = stated.paragraphs(stated.from_head(reading.head))
    evidence = features.Evidence(
        title=reading.headline,
        description=tidy(reading.head.meta("og:description", "description", "twitter:description")),
        body_key=key(" ".join(said)),
        kept=vote.kept,
        cards=reading.cards,
    )
    # Lines that are nothing but links, and that the base did not take, are menus and tickers: no evidence is gathered for them.
    wanted = [
        segment
        for segment in segments
        if segment.link_share < ALL_LINK or segment.index in vote.kept
    ]
    chances = dict(
        zip(
            (segment.index for segment in wanted),
            model.judge(features.matrix(segments, evidence, wanted), judge),
            strict=True,
        )
    )
    judged = [Judged(segment, float(chances.get(segment.index, 0.0))) for segment in segments]
    for one in judged:
        one.rule, one.confidence = _rule(one, reading)
    neighbours.fall_back(judged, vote.kept)
    neighbours.fill_gaps(judged, reading)
    neighbours.follow_on(judged, reading)
    if site is not None:
        recurring.ask(judged, reading, site)
    if layout is not None:
        _obey(judged, reading, layout)
    repeats.drop(judged)
    _trim_headlines(judged, reading)
    _trim_head(judged)
    _trim_tail(judged)
    return _settle(judged, vote, said, reading)


def _rule(one: Judged, reading: Reading) -> tuple[str, float]:
    """Return which rule takes a segment out, empty when it stays; of several reasons the plainest is named."""
    segment = one.segment
    text = segment.key
    if not text:
        return "no words", 1.0
    if text == key(reading.headline) and (
        segment.kind is BlockKind.HEADING or one.chance < 0.9 or segment.index < 30  # noqa: PLR2004
    ):
        return "headline", 1.0
    if one.chance >= THRESHOLD:
        return "", one.chance
    return _reason(segment, reading), 1.0 - one.chance


def _reason(segment: Segment, reading: Reading) -> str:
    if segment.hidden:
        return "hidden"
    if segment.index in reading.cards:
        return "teaser card"
    found = cues.found(segment.text)
    if found:
        return f"cue: {min(found, key=lambda name: found[name])}"
    if segment.link_share > 0.6:  # noqa: PLR2004
        return "links"
    return "caption" if segment.kind is BlockKind.CAPTION else "unlike the article"


def _obey(judged: list[Judged], reading: Reading, layout: Layout) -> None:
    """Keep and take out what the outlet's own rules say."""
    body_boxes, dropped = (
        layouts.elements(reading.root, layout.body),
        layouts.elements(reading.root, layout.drop),
    )
    for one in judged:
        if layouts.inside(one.segment, dropped):
            one.rule, one.confidence = "layout: drop", 1.0
        elif body_boxes:
            if layouts.inside(one.segment, body_boxes):
                one.rule, one.confidence = (
                    ("", 1.0) if one.rule not in neighbours.FOREIGN else (one.rule, one.confidence)
                )
            elif not one.rule:
                one.rule, one.confidence = "layout: outside the body", 1.0


HEAD_BLOCKS, DATELINE = (
    3,
    140,
)  # blocks and characters in which a line of date and byline can stand before the text
LED, LABEL = 0.5, 30  # share of a line that is link, and characters of the label before it
HEADLINE = 12  # letters and digits of a part of the headline that a heading repeats


def _trim_headlines(judged: list[Judged], reading: Reading) -> None:
    """Take out headings before the text's first paragraph that are the headline in another form: with its kicker, or cut short."""
    title = key(reading.headline)
    for one in [one for one in judged if not one.rule][:HEAD_BLOCKS]:
        segment, text = one.segment, one.segment.key
        if segment.kind is not BlockKind.HEADING:
            if len(segment.text) >= DATELINE:
                break
        elif (
            segment.node.tag == "h1"
            or (title and title in text)
            or (len(text) > HEADLINE and text in title)
            or (reading.at is not None and segment.index < reading.at)
        ):
            one.rule, one.confidence = "headline", 0.9


def _trim_head(judged: list[Judged]) -> None:
    """Take out lines before the text that say only when and by whom it was published."""
    for one in [one for one in judged if not one.rule][:HEAD_BLOCKS]:
        text = one.segment.text
        if len(text) > DATELINE:
            break
        if dates.is_dateline(text) or (
            "byline" in cues.found(text)
            and not neighbours.SENTENCE.search(text)
            and len(text) < DATELINE / 2
        ):
            one.rule, one.confidence = "date and byline", 0.9


_LABELS = ("share", "newsletter", "advert", "related")
_TAIL = ("rights", "newsletter", "tags")
_TAIL_BLOCKS = 4  # blocks from the end of an article in which a notice can stand


def _trim_tail(judged: list[Judged]) -> None:
    """Take out lines that are nothing but a label for sharing, subscribing or reading on, and notices at the article's end."""
    kept = [one for one in judged if not one.rule]
    for one in kept:
        if cues.whole(one.segment.text, *_LABELS):
            one.rule, one.confidence = "label", 0.9
        elif _leads_away(one.segment):
            one.rule, one.confidence = "read also", 0.9
    body = [one for one in kept if not one.rule]
    for one in body[-_TAIL_BLOCKS:]:
        name = next((name for name in _TAIL if cues.mentions(one.segment.text, name)), "")
        if (
            name
            and len(one.segment.text) < NOTICE
            and len(body) > _TAIL_BLOCKS
            and one.chance < 0.99  # noqa: PLR2004
        ):
            one.rule, one.confidence = f"notice: {name}", 0.8


def _leads_away(segment: Segment) -> bool:
    """Tell whether a line is a label and links: "Read also: another headline". In any language when a colon ends the label."""
    if segment.link_share < LED or not segment.hrefs:
        return False
    label = segment.text[: max(0, len(segment.text) - segment.linked)].rstrip()
    return cues.opens(segment.text, "related") or (
        label.endswith((":", "։", "：")) and 1 < len(label) <= LABEL and segment.linked > HEADLINE
    )


def _settle(judged: list[Judged], vote: body.Vote, said: list[str], reading: Reading) -> Choice:
    """Choose between the judged segments, the body the page states, the one in script state, and the base's vote."""
    kept = [one for one in judged if not one.rule]
    length = sum(len(one.segment.text) for one in kept)
    whole = sum(len(line) for line in said)
    if whole > 2 * length and whole > 400:  # noqa: PLR2004
        blocks = tuple(Block(kind=BlockKind.PARAGRAPH, text=line) for line in said)
        return Choice(
            blocks, (), tuple(judged), "json-ld body: the page shows less than it states", 0.7
        )
    if length < 250:  # noqa: PLR2004
        found = scripted.blocks(scripted.find(reading.root))
        if sum(len(block.text) for block in found) > 2 * length:
            return Choice(
                found, (), tuple(judged), "script state: the page is built by scripts", 0.7
            )
    blocks = tuple(
        Block(kind=one.segment.kind, text=one.segment.text, level=one.segment.level) for one in kept
    )
    return Choice(
        blocks,
        _pruned(judged, vote.kept),
        tuple(judged),
        "segments",
        _confidence(judged, vote, length),
    )


def _pruned(judged: list[Judged], voted: frozenset[int]) -> tuple[Pruned, ...]:
    """Return what could have passed for the article and is not in it."""
    found = [
        Pruned(
            text=one.segment.text[:MAX_PRUNED_TEXT],
            rule=one.rule,
            confidence=round(one.confidence, 3),
        )
        for one in judged
        if one.rule and (one.segment.index in voted or one.chance >= neighbours.DOUBT)
    ]
    return tuple(found[:MAX_PRUNED])


def _confidence(judged: list[Judged], vote: body.Vote, length: int) -> float:
    """Return how sure the choice is: the segments' own certainty by length, and agreement with the base."""
    if not length:
        return 0.0
    weight = sum(len(one.segment.text) for one in judged if one.chance >= neighbours.DOUBT) or 1
    sure = (
        sum(
            len(one.segment.text) * abs(2 * one.chance - 1)
            for one in judged
            if one.chance >= neighbours.DOUBT
        )
        / weight
    )
    kept = {one.segment.index for one in judged if not one.rule}
    union = (
        sum(len(one.segment.text) for one in judged if one.segment.index in kept | vote.kept) or 1
    )
    both = sum(len(one.segment.text) for one in judged if one.segment.index in kept & vote.kept)
    return float(round(max(0.0, min(1.0, 0.6 * sure + 0.4 * both / union)), 3))
