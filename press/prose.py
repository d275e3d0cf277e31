"""From an event's facts to an article in one language.

The same event teller twice shares facts, not sentences.
"""

import re
from dataclasses import dataclass
from random import Random

from news.article import Block, BlockKind
from press import names
from press.facts import FRAME, Event, Point, Slots
from press.lexicon import Lexicon, lexicon

_CHOICE = re.compile(r"\[([^\[\]]*)\]")
_SLOT = re.compile(r"\{(\w+)\}")
_NO_ANSWER = 2  # the closing line that names a day already past
_SUBJECT_FORMS = {
    "quantities": "quantity-verbs",
    "projects": "project-verbs",
    "actors": "actor-verbs",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """An article as written, before an outlet lays it out.

    Blocks hold no headline and no standfirst.
    """

    title: str
    standfirst: str
    blocks: tuple[Block, ...]
    language: str


def write(event: Event, language: str, seed: str, *, long: bool = False) -> Draft:
    """Write up an event.

    `seed` decides which of its points are told, in what order and in which words; `long` tells
    nearly all.
    """
    rng = Random(f"{event.seed}/{language}/{seed}")  # noqa: S311 - reproducible, not cryptographic
    words = lexicon(language)
    teller = _Teller(event, words, rng)
    variant = rng.randrange(2)
    title = teller.line(words["types"][4 * event.kind + variant])
    lead = teller.line(words["types"][4 * event.kind + 2 + variant])
    standfirst = teller.point(_pick(event, rng, "projects"))
    blocks = [
        Block(kind=BlockKind.PARAGRAPH, text=lead),
        *_body(teller, event, rng, long=long),
    ]

    return Draft(
        title=capital(title, language),
        standfirst=standfirst,
        blocks=tuple(blocks),
        language=language,
    )


def headline(event: Event, language: str, seed: str) -> str:
    """Return only the title that `write` would give: cheap, for lists."""
    rng = Random(f"{event.seed}/{language}/{seed}")  # noqa: S311
    words = lexicon(language)

    return capital(
        _Teller(
            event,
            words,
            rng,
        ).line(words["types"][4 * event.kind + rng.randrange(2)]),
        language,
    )


def _pick(event: Event, rng: Random, form: str) -> Point:
    return rng.choice([point for point in event.points if point.form == form])


def _body(teller: "_Teller", event: Event, rng: Random, *, long: bool) -> list[Block]:
    by_form: dict[str, list[Point]] = {}
    for point in event.points:
        by_form.setdefault(point.form, []).append(point)

    facts = [
        *by_form["quantities"],
        *by_form["projects"],
        *by_form["actors"],
    ]

    chosen_facts = rng.sample(
        facts,
        len(facts) - 3 if long else rng.randrange(6, 9),
    )
    blocks = _paragraphs(teller, chosen_facts, rng)

    quotes = rng.sample(
        by_form["quotes"],
        7 if long else rng.randrange(1, 4),
    )
    for point in quotes:
        kind = BlockKind.QUOTE if rng.random() < 0.1 else BlockKind.PARAGRAPH  # noqa: PLR2004
        blocks.insert(
            rng.randrange(len(blocks) + 1),
            Block(kind=kind, text=teller.point(point)),
        )

    blocks.extend(_structure(teller, event, rng))
    older = rng.sample(by_form["background"], 2)
    # The closing sentence has few figures: alone in a paragraph it would stand word for word in
    # other articles.
    closers = 1 if rng.random() < 0.8 else 0  # noqa: PLR2004
    last = [
        *older,
        *rng.sample(by_form["closers"], closers),
    ]

    return [
        *blocks,
        Block(
            kind=BlockKind.PARAGRAPH,
            text=" ".join(teller.point(point) for point in last),
        ),
    ]


def _paragraphs(
    teller: "_Teller",
    points: list[Point],
    rng: Random,
) -> list[Block]:
    blocks = []
    while points:
        size = rng.randrange(2, 4)
        text = " ".join(teller.point(point) for point in points[:size])
        blocks.append(Block(kind=BlockKind.PARAGRAPH, text=text))
        points = points[size:]

    return blocks


def _structure(teller: "_Teller", event: Event, rng: Random) -> list[Block]:
    """Now and then a sub-heading with a list below it."""
    if rng.random() > 0.25:  # noqa: PLR2004
        return []

    subject = teller.words["projects"][_pick(event, rng, "projects").subject]
    town = names.place(event.place, teller.words.language)
    head = Block(
        kind=BlockKind.HEADING,
        text=f"{town}: {subject}",
        level=2,
    )

    # Lines without a figure would stand word for word in other articles' lists.
    verbs = teller.words["quantity-verbs"]

    with_figure = [
        point
        for point in event.points
        if point.form == "quantities" and "{" in verbs[point.predicate]
    ]

    blocks = [head]
    for point in rng.sample(with_figure, 3):
        clause = capital(teller.clause(point), teller.words.language)
        text = f"{clause};"

        blocks.append(Block(kind=BlockKind.ITEM, text=text, level=1))

    return blocks


class _Teller:
    """Turns points into sentences of one language, drawing wordings from its own generator."""

    def __init__(self, event: Event, words: Lexicon, rng: Random) -> None:
        self.event = event
        self.words = words
        self.rng = rng

    def line(
        self,
        template: str,
        number: int = -1,
        extra: dict[str, str] | None = None,
    ) -> str:
        """Fill one line of the words: choices first, then slots."""
        chosen = _CHOICE.sub(
            lambda found: self.rng.choice(found[1].split("|")),
            template,
        )
        if "{" not in chosen:
            return chosen

        fillings = Slots(self.event, number, self.words.language)
        given = extra or {}

        return _SLOT.sub(
            lambda found: given[found[1]] if found[1] in given else fillings[found[1]], chosen
        )

    def clause(self, point: Point) -> str:
        """Subject and predicate of a fact, without capital and full stop."""
        subject = self.words[point.form][point.subject]
        predicate = self.words[_SUBJECT_FORMS[point.form]][point.predicate]
        joined = f"{subject} {predicate}".replace(",,", ",")

        return self.line(joined, point.number)

    def point(self, point: Point) -> str:
        """One whole sentence."""
        if point.form == "quotes":
            return self._quote(point)

        if point.form in {"background", "closers"}:
            return self._plain(point)

        language = self.words.language
        clause = self.clause(point)
        frames = self.words["frames"]

        frame = frames[0]
        if self.rng.random() >= 0.45:  # noqa: PLR2004
            frame = self.rng.choice(frames[1:])

        time = self.rng.choice(self.words["times"])
        time = self.line(time, point.number + FRAME // 2)
        extra = {
            "s": clause,
            "S": capital(clause, language),
            "T": capital(time, language),
        }

        sentence = self.line(
            frame,
            point.number + FRAME,
            extra,
        )

        return capital(sentence, language)

    def _plain(self, point: Point) -> str:
        """One sentence of background, or a closing one."""
        number = point.number
        if point.form == "closers" and point.subject == _NO_ANSWER:
            number += FRAME

        sentence = self.line(
            self.words[point.form][point.subject],
            number,
        )

        return capital(sentence, self.words.language)

    def _quote(self, point: Point) -> str:
        said = self.line(
            self.words["quotes"][point.subject],
            point.number,
        )
        role = self.words["roles"][(point.number + self.event.who) % 10]
        extra = {
            "Q": said,
            "role": role,
            "Role": capital(role, self.words.language),
        }

        return capital(
            self.line(
                self.words["says"][point.predicate],
                point.number,
                extra,
            ),
            self.words.language,
        )


def capital(text: str, language: str) -> str:
    """Return a sentence with its first letter in upper case.

    Turkic i becomes İ, Georgian has no upper case in prose.
    """
    if language == "ka" or not text:
        return text

    first = "İ" if text[0] == "i" and language in {"az", "tr"} else text[0].upper()

    return first + text[1:]
