"""An article as a template gets it, whatever world it comes from."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from random import Random

from news.article import Block, BlockKind
from press import address, facts, names, prose
from press.lexicon import lexicon


@dataclass(frozen=True, slots=True, kw_only=True)
class House:
    """The outlet around an article: its name, address and habits of mark-up."""

    title: str = "Sample Courier"
    base: str = "http://sample.localhost:8000"  # scheme, host and port
    languages: tuple[str, ...] = ("en",)
    charset: str = "utf-8"
    noise: bool = False  # og:title with the site's name, the publisher as author
    dates: bool = True  # False: no date anywhere
    feed: tuple[str, str] | None = None  # media type and URL of the feed announced in the head


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """One article to lay out.

    `published` is aware, in the outlet's zone; `url` absolute and canonical.
    """

    url: str
    number: int
    title: str
    standfirst: str
    byline: str
    published: datetime
    modified: datetime | None
    section: int
    language: str
    blocks: tuple[Block, ...]

    @property
    def text(self) -> str:
        """The whole text as one paragraph, as teaser cards carry it."""
        return " ".join(block.text for block in self.blocks)

    @property
    def excerpt(self) -> str:
        """The first words of the text, cut in mid-sentence."""
        words = self.blocks[0].text.split() if self.blocks else []
        return " ".join(words[:24]) + ("..." if len(words) > 24 else "")  # noqa: PLR2004

    @property
    def image(self) -> str:
        """The path of the lead picture."""
        return f"/img/{self.section}-{self.number}.svg"

    @property
    def section_name(self) -> str:
        """The section's name in the article's language."""
        return lexicon(self.language)["sections"][self.section]


def samples(
    seed: int, language: str, count: int, *, base: str = "http://sample.localhost:8000"
) -> list[Shown]:
    """Return distinct articles without any world, for tests and benches of pages."""
    return list(_samples(seed, language, count, base))


def _samples(
    seed: int,
    language: str,
    count: int,
    base: str,
) -> Iterator[Shown]:
    start = datetime(2026, 9, 1, 6, 30, tzinfo=UTC)
    for number in range(count):
        # reproducible, not cryptographic
        rng = Random(f"sample:{seed}:{language}:{number}")  # noqa: S311
        at = start + timedelta(minutes=rng.randrange(10, 90) + 90 * number)
        happening = facts.event(
            f"sample{seed}:{number}",
            at,
            kind=(number + seed) % facts.KINDS,
        )

        draft = prose.write(happening, language, "sample")
        path = address.path(
            "numbered",
            language,
            number=number + 1,
            at=at,
            title=draft.title,
            section=happening.section,
        )

        yield Shown(
            url=base + path,
            number=number + 1,
            title=draft.title,
            standfirst=draft.standfirst,
            published=at,
            modified=None,
            byline=names.person(rng.randrange(800), language),
            section=happening.section,
            language=language,
            blocks=draft.blocks,
        )


def shorten(article: Shown, blocks: int) -> Shown:
    """Return an article with only its first blocks."""
    return replace(
        article,
        blocks=tuple(
            block for block in article.blocks[:blocks] if block.kind is not BlockKind.HEADING
        ),
    )
