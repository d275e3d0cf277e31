"""Near-duplicate mixtures.

Originals of the press, each edited in every way that editors, syndication and broken feeds edit.
"""

import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from random import Random

from press import facts
from press.edits import KINDS, TODAY, Source, merge
from press.facts import Slots
from press.lexicon import LANGUAGES, lexicon
from press.prose import capital, write

_OTHER_VERB = 0.6  # share of a bulletin's lines with another verb than usual
_OF_TWO = frozenset({"merge_two_wires", "half+half"})  # kinds that hold a second story's text
_BULLETIN = tuple(
    zip(
        (6, 7, 8, 9, 30, 12, 14, 16, 18, 27, 3, 32),
        (0, 1, 3, 4, 6, 9, 0, 3, 10, 1, 7, 4),
        strict=True,
    )
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Variant:
    """One text of a mixture.

    `story` is equal for an original and its edits; `also` names a second story whose text stands in
    it.
    """

    id: int
    story: int
    kind: str
    text: str  # one paragraph a line
    language: str
    also: int | None = None


def _text(
    seed: str,
    number: int,
    language: str,
) -> tuple[str, ...]:
    """Return the lines of one original.

    Title and paragraphs of a long telling of an event of its own.
    """
    draft = write(
        facts.event(
            f"{seed}:{number}",
            TODAY + timedelta(hours=number),
        ),
        language,
        "wire",
        long=True,
    )

    return (
        draft.title,
        *(block.text for block in draft.blocks),
    )


def _bulletin(
    seed: str,
    number: int,
    language: str,
) -> tuple[str, ...]:
    """Return a daily bulletin.

    The same subjects every day, other figures, now and then another verb. Each is its own story,
    and a trap.
    """
    happening = facts.event(
        f"{seed}:{number}",
        TODAY + timedelta(days=number),
        kind=4,
    )

    words = lexicon(language)
    rng = Random(f"{seed}:{number}:bulletin")  # noqa: S311
    verbs = [_verb(usual, rng) for _, usual in _BULLETIN]
    lines = [
        f"{words['quantities'][subject]} {words['quantity-verbs'][verb]}"
        for (subject, _), verb in zip(_BULLETIN, verbs, strict=True)
    ]
    sentences = [
        _fill(
            line.replace(",,", ","),
            Slots(happening, index, language),
            rng,
        )
        for index, line in enumerate(lines)
    ]

    return tuple(f"{capital(sentence, language)}." for sentence in sentences)


def _verb(usual: int, rng: Random) -> int:
    """Return the verb of a bulletin's line: the usual one, or any."""
    if rng.random() < _OTHER_VERB:
        return rng.randrange(12)

    return usual


def _fill(line: str, fillings: Slots, rng: Random) -> str:
    first = re.sub(
        r"\[([^\]]*)\]",
        lambda found: rng.choice(found[1].split("|")),
        line,
    )

    return re.sub(
        r"\{(\w+)\}",
        lambda found: fillings[found[1]],
        first,
    )


def near_duplicates(
    stories: int,
    seed: int,
    *,
    languages: Sequence[str] = LANGUAGES,
    negatives: float = 2.5,
    bulletins: float = 0.5,
    bridges: bool = False,
) -> Iterator[Variant]:
    """Yield `stories` originals with one edit of each kind.

    Then unrelated articles and bulletins (so many per story); ids count from 0.

    Merged texts take their second half from an unrelated article that stands alone; with `bridges`
    each story also has a `bridge`, a digest of two widely copied stories, which must not chain
    them.
    """
    rng = Random(f"mixture:{seed}")  # noqa: S311 - reproducible, not cryptographic
    sources = [
        _source(f"mixture{seed}", number, rng.choice(languages), number)
        for number in range(stories)
    ]
    loners = [
        _source(
            f"neg{seed}",
            number,
            rng.choice(languages),
            stories + number,
        )
        for number in range(round(stories * negatives))
    ]

    ids = itertools.count()
    for source in sources:
        yield from _edited(source, loners, ids, rng)
        if bridges:
            yield from _bridge(source, sources, ids, rng)

    for loner in loners:
        yield _variant(ids, loner, "neg", loner.lines)

    for number in range(round(stories * bulletins)):
        language = rng.choice(languages)
        yield Variant(
            id=next(ids),
            story=stories + len(loners) + number,
            kind="template",
            language=language,
            text="\n".join(_bulletin(f"template{seed}", number, language)),
        )


def _edited(
    source: Source,
    loners: Sequence[Source],
    ids: Iterator[int],
    rng: Random,
) -> Iterator[Variant]:
    """Yield one edit of each kind of an original."""
    for kind, edit in KINDS.items():
        other = _partner(source, loners, rng)
        also = None
        if kind in _OF_TWO and other is not source:
            also = other.story

        yield _variant(
            ids,
            source,
            kind,
            edit(source, other, rng),
            also,
        )


def _bridge(
    source: Source,
    sources: Sequence[Source],
    ids: Iterator[int],
    rng: Random,
) -> Iterator[Variant]:
    """Yield a digest of two stories, if there is another in the same language."""
    other = _partner(source, sources, rng)
    if other is not source:
        yield _variant(
            ids,
            source,
            "bridge",
            merge(source, other, rng),
            other.story,
        )


def _variant(
    ids: Iterator[int],
    source: Source,
    kind: str,
    lines: Sequence[str],
    also: int | None = None,
) -> Variant:
    return Variant(
        id=next(ids),
        story=source.story,
        kind=kind,
        text="\n".join(lines),
        language=source.language,
        also=also,
    )


def _source(seed: str, number: int, language: str, story: int) -> Source:
    return Source(
        story=story,
        language=language,
        lines=_text(seed, number, language),
    )


def _partner(source: Source, among: Sequence[Source], rng: Random) -> Source:
    """Return another source of the same language, the source itself when there is none."""
    fitting = [
        other for other in among if other.language == source.language and other is not source
    ]
    if not fitting:
        return source

    return rng.choice(fitting)
