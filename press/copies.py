"""How one agency text appears in other outlets.

The kinds of copy, and what later edits do to a text.
"""

from collections.abc import Callable
from dataclasses import replace
from enum import StrEnum
from random import Random

from news.article import Block, BlockKind
from press import names
from press.lexicon import lexicon
from press.prose import Draft

AGENCY = "Hazar Wire"


class Copy(StrEnum):
    """How an article relates to an agency's text."""

    OWN = "own"  # written by the outlet itself
    WIRE = "wire"  # the agency's own page
    EXACT = "exact"  # word for word, credit line at the end
    DATELINE = "dateline"  # dateline and agency in front of the first paragraph
    TRIMMED = "trimmed"  # the tail cut off
    LEAD = "lead"  # the outlet's own first paragraph, the agency's rest
    BOILERPLATE = "boilerplate"  # the outlet's standing paragraph below
    MERGED = "merged"  # two agency texts in one article
    EXCERPT = "excerpt"  # the outlet's own article that quotes some sentences of an agency text


# Kinds whose article is the agency's story itself; MERGED belongs to two, EXCERPT only contains.
WHOLE = frozenset(
    {Copy.WIRE, Copy.EXACT, Copy.DATELINE, Copy.TRIMMED, Copy.LEAD, Copy.BOILERPLATE, Copy.MERGED}
)
_WEIGHTS = {
    Copy.EXACT: 5,
    Copy.DATELINE: 5,
    Copy.TRIMMED: 4,
    Copy.LEAD: 4,
    Copy.BOILERPLATE: 2,
    Copy.MERGED: 2,
    Copy.EXCERPT: 2,
}


def draw(rng: Random) -> Copy:
    """Draw one way to use an agency text."""
    return rng.choices(
        list(_WEIGHTS),
        list(_WEIGHTS.values()),
    )[0]


def credit(language: str) -> str:
    """Return the sentence by which an outlet names the agency."""
    return names.CREDITS[language].format(AGENCY)


def use(
    kind: Copy,
    own: Draft,
    wires: tuple[Draft, ...],
    rng: Random,
    where: str,
) -> Draft:
    """Make an outlet's version.

    `own` is what it would write itself, `wires` one or two agency texts, `where` the dateline's
    town.
    """
    makers: dict[Copy, Callable[[], Draft]] = {
        Copy.OWN: lambda: own,
        Copy.WIRE: lambda: wires[0],
        Copy.EXACT: lambda: replace(
            wires[0],
            blocks=(*wires[0].blocks, _credit(own)),
        ),
        Copy.DATELINE: lambda: _dateline(wires[0], where),
        Copy.TRIMMED: lambda: _trimmed(own, wires[0], rng),
        Copy.LEAD: lambda: replace(
            own,
            blocks=(
                own.blocks[0],
                _credit(own),
                *wires[0].blocks[1:],
            ),
        ),
        Copy.BOILERPLATE: lambda: _with_boilerplate(wires[0], where),
        Copy.MERGED: lambda: replace(
            own,
            blocks=(
                *wires[0].blocks,
                *wires[-1].blocks,
                _credit(own),
            ),
        ),
        Copy.EXCERPT: lambda: _excerpt(own, wires[-1], rng),
    }

    return makers[kind]()


def _credit(draft: Draft) -> Block:
    return _paragraph(credit(draft.language))


def _dateline(wire: Draft, where: str) -> Draft:
    first = replace(
        wire.blocks[0],
        text=f"{where} ({AGENCY}) – {wire.blocks[0].text}",
    )
    return replace(
        wire,
        blocks=(first, *wire.blocks[1:]),
    )


def _trimmed(own: Draft, wire: Draft, rng: Random) -> Draft:
    keep = max(
        3,
        round(len(wire.blocks) * rng.uniform(0.5, 0.75)),
    )
    return replace(
        wire,
        title=own.title,
        blocks=(*wire.blocks[:keep], _credit(own)),
    )


def _with_boilerplate(wire: Draft, where: str) -> Draft:
    below = Block(
        kind=BlockKind.CAPTION,
        text=boilerplate(wire.language, where),
    )
    return replace(wire, blocks=(*wire.blocks, below))


def boilerplate(language: str, outlet: str) -> str:
    """Return the standing paragraph that an outlet puts below agency texts.

    On the page, but no part of the article (a caption).
    """
    labels = lexicon(language).labels
    return f"{outlet}: {labels['newsletter_text']} {labels['rights']}"


def _paragraph(text: str) -> Block:
    return Block(kind=BlockKind.PARAGRAPH, text=text)


def _excerpt(own: Draft, wire: Draft, rng: Random) -> Draft:
    quoted = [block for block in wire.blocks if block.kind is BlockKind.PARAGRAPH][:2]
    index = rng.randrange(1, len(own.blocks))
    blocks = (
        *own.blocks[:index],
        *quoted,
        _paragraph(credit(own.language)),
        *own.blocks[index:],
    )

    return replace(own, blocks=blocks)


class Change(StrEnum):
    """What happens to an article after its publication."""

    SILENT = "silent"  # a figure and a sentence change, nobody says so
    CORRECTED = "corrected"  # the same with a note below
    EXTENDED = "extended"  # new paragraphs and a note on top
    RETITLED = "retitled"  # another headline
    DELETED = "deleted"  # 404 or 410 from then on


def change(draft: Draft, kind: Change, other: Draft, rng: Random) -> Draft:
    """Return a draft after an edit.

    `other` is another telling of the same event, where new words come from.
    """
    notes = lexicon(draft.language)["notes"]
    index = rng.randrange(1, len(draft.blocks))
    added = [block for block in other.blocks[1:] if block not in draft.blocks][:2]

    swapped = (
        *draft.blocks[:index],
        *added[:1],
        *draft.blocks[index + 1 :],
    )
    match kind:
        case Change.SILENT:
            return replace(draft, blocks=swapped)
        case Change.CORRECTED:
            return replace(
                draft,
                blocks=(*swapped, _paragraph(notes[0])),
            )
        case Change.EXTENDED:
            return replace(
                draft,
                blocks=(
                    *draft.blocks,
                    *added,
                    _paragraph(notes[1]),
                ),
            )
        case Change.RETITLED:
            same_title = other.title == draft.title
            return replace(
                draft,
                title=f"{lexicon(draft.language).labels['latest']}: {draft.title}"
                if same_title
                else other.title,
            )
        case Change.DELETED:
            return draft
