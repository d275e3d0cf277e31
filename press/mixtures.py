"""Near-duplicate mixtures: originals of the press, each edited in every way that editors, syndication and broken feeds edit."""

import itertools
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from random import Random

from press import facts, names
from press.copies import AGENCY, boilerplate
from press.facts import Slots
from press.lexicon import LANGUAGES, lexicon
from press.prose import capital, write

_START = datetime(2026, 2, 1, tzinfo=UTC)
_BULLETIN = tuple(
    zip(
        (6, 7, 8, 9, 30, 12, 14, 16, 18, 27, 3, 32),
        (0, 1, 3, 4, 6, 9, 0, 3, 10, 1, 7, 4),
        strict=True,
    )
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Variant:
    """One text of a mixture. `story` is equal for an original and its edits; `also` names a second story whose text stands in it."""

    id: int
    story: int
    kind: str
    text: str  # one paragraph a line
    language: str
    also: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Source:
    story: int
    language: str
    lines: tuple[str, ...]


def _text(seed: str, number: int, language: str) -> tuple[str, ...]:
    """Return the lines of one original: title and paragraphs of a long telling of an event of its own."""
    draft = write(
        facts.event(f"{seed}:{number}", _START + timedelta(hours=number)),
        language,
        "wire",
        long=True,
    )
    return (draft.title, *(block.text for block in draft.blocks))


def _bulletin(seed: str, number: int, language: str) -> tuple[str, ...]:
    """Return a daily bulletin: the same subjects every day, other figures, now and then another verb. Each is its own story, and a trap."""
    happening = facts.event(f"{seed}:{number}", _START + timedelta(days=number), kind=4)
    words, rng = lexicon(language), Random(f"{seed}:{number}:bulletin")  # noqa: S311
    verbs = [rng.randrange(12) if rng.random() < 0.6 else usual for _, usual in _BULLETIN]  # noqa: PLR2004
    lines = [
        f"{words['quantities'][subject]} {words['quantity-verbs'][verb]}"
        for (subject, _), verb in zip(_BULLETIN, verbs, strict=True)
    ]
    told = [
        _fill(line.replace(",,", ","), Slots(happening, place, language), rng)
        for place, line in enumerate(lines)
    ]
    return tuple(f"{capital(sentence, language)}." for sentence in told)


def _fill(line: str, fillings: Slots, rng: Random) -> str:
    first = re.sub(r"\[([^\]]*)\]", lambda found: rng.choice(found[1].split("|")), line)
    return re.sub(r"\{(\w+)\}", lambda found: fillings[found[1]], first)


def near_duplicates(
    stories: int,
    seed: int,
    *,
    languages: Sequence[str] = LANGUAGES,
    negatives: float = 2.5,
    bulletins: float = 0.5,
    bridges: bool = False,
) -> Iterator[Variant]:
    """Yield `stories` originals with one edit of each kind, then unrelated articles and bulletins (so many per story); ids count from 0.

    Merged texts take their second half from an unrelated article that stands alone; with `bridges` each story also has a `bridge`,
    a digest of two widely copied stories, which must not chain them.
    """
    rng = Random(f"mixture:{seed}")  # noqa: S311 - reproducible, not cryptographic
    sources = [
        _source(f"mixture{seed}", number, rng.choice(languages), number)
        for number in range(stories)
    ]
    loners = [
        _source(f"neg{seed}", number, rng.choice(languages), stories + number)
        for number in range(round(stories * negatives))
    ]
    ids = itertools.count()
    for source in sources:
        for kind, edit in KINDS.items():
            other = _partner(source, loners, rng)
            also = (
                other.story
                if kind in {"merge_two_wires", "half+half"} and other is not source
                else None
            )
            yield Variant(
                id=next(ids),
                story=source.story,
                kind=kind,
                text="\n".join(edit(source, other, rng)),
                language=source.language,
                also=also,
            )
        if bridges and (other := _partner(source, sources, rng)) is not source:
            yield Variant(
                id=next(ids),
                story=source.story,
                kind="bridge",
                language=source.language,
                also=other.story,
                text="\n".join(_merge(source, other, rng)),
            )
    for loner in loners:
        yield Variant(
            id=next(ids),
            story=loner.story,
            kind="neg",
            language=loner.language,
            text="\n".join(loner.lines),
        )
    for number in range(round(stories * bulletins)):
        language = rng.choice(languages)
        yield Variant(
            id=next(ids),
            story=stories + len(loners) + number,
            kind="template",
            language=language,
            text="\n".join(_bulletin(f"template{seed}", number, language)),
        )


def _source(seed: str, number: int, language: str, story: int) -> _Source:
    return _Source(story=story, language=language, lines=_text(seed, number, language))


def _partner(source: _Source, among: Sequence[_Source], rng: Random) -> _Source:
    fitting = [
        other for other in among if other.language == source.language and other is not source
    ]
    return rng.choice(fitting) if fitting else source


_Edit = Callable[[_Source, _Source, Random], Sequence[str]]


def _spaces(source: _Source, _other: _Source, _rng: Random) -> list[str]:
    return [" ".join(source.lines).replace(", ", ",  ").replace(". ", ".\u00a0")]


def _dateline(source: _Source, _other: _Source, rng: Random) -> list[str]:
    town = names.place(rng.randrange(24), source.language)
    return [
        source.lines[0],
        f"{town.upper()}, {names.day_month(_START.date(), source.language)} ({AGENCY}) – {source.lines[1]}",
        *source.lines[2:],
    ]


def _trim(share: float) -> _Edit:
    return lambda source, _other, _rng: source.lines[
        : max(3, round(len(source.lines) * (1 - share)))
    ]


def _boilerplate(source: _Source, _other: _Source, rng: Random) -> list[str]:
    return [*source.lines, boilerplate(source.language, f"Outlet {rng.randrange(12)}")]


def _paraphrase(every: int) -> _Edit:
    """Replace one word in `every` by another of the same article. Of 3-word shingles three times as many change."""

    def edit(source: _Source, _other: _Source, rng: Random) -> list[str]:
        pool = " ".join(source.lines).split()
        return [
            " ".join(
                rng.choice(pool) if rng.randrange(every) == 0 else word for word in line.split()
            )
            for line in source.lines
        ]

    return edit


def _reorder(source: _Source, other: _Source, rng: Random) -> list[str]:
    """Shuffle the paragraphs and put a sentence of another article among them."""
    body = list(source.lines[2:])
    rng.shuffle(body)
    body.insert(rng.randrange(len(body) + 1), re.split(r"(?<=[.։]) ", other.lines[-1])[0])
    return [*source.lines[:2], *body]


def _merge(source: _Source, other: _Source, _rng: Random) -> list[str]:
    return [*source.lines, *other.lines[1:]]


def _halves(source: _Source, other: _Source, _rng: Random) -> list[str]:
    return [*source.lines[: -(-len(source.lines) // 2)], *other.lines[len(other.lines) // 2 :]]


def _noise(source: _Source, _other: _Source, rng: Random) -> list[str]:
    """Change one letter in a hundred, as bad scans and encodings do."""

    def noisy(line: str) -> str:
        return "".join(
            rng.choice(line) if letter.isalpha() and rng.random() < 0.01 else letter  # noqa: PLR2004
            for letter in line
        )

    return [noisy(line) for line in source.lines]


def _combo(source: _Source, other: _Source, rng: Random) -> list[str]:
    lines = tuple(_dateline(source, other, rng))
    lines = tuple(
        _paraphrase(26)(_Source(story=0, language=source.language, lines=lines), other, rng)
    )
    return [
        *lines[: max(3, round(len(lines) * 0.8))],
        boilerplate(source.language, f"Outlet {rng.randrange(12)}"),
    ]


def _excerpt(source: _Source, _other: _Source, _rng: Random) -> list[str]:
    """Keep the title and the first three sentences, and send the reader on."""
    sentences = re.split(r"(?<=[.։]) ", " ".join(source.lines[1:5]))[:3]
    return [source.lines[0], " ".join(sentences), lexicon(source.language).labels["more"] + "..."]


KINDS: dict[str, _Edit] = {
    "base": lambda source, _other, _rng: source.lines,
    "exact+ws": _spaces,
    "dateline": _dateline,
    "trim_tail_30": _trim(0.3),
    "trim_tail_50": _trim(0.5),
    "boilerplate": _boilerplate,
    "para_1in7": _paraphrase(70),
    "para_1in3": _paraphrase(26),
    "reorder+insert": _reorder,
    "merge_two_wires": _merge,
    "half+half": _halves,
    "noise_1pct_chars": _noise,
    "combo": _combo,
    "excerpt_lead3": _excerpt,
}
