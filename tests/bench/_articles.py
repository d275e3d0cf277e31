"""Articles by the million for the archive's bench.

Made-up words with the frequencies of real ones (Zipf), seven languages, five years, 15% copies.

Deterministic: chunk n is the same in every process. Dates rise with the chunk, as they do in life.
"""

import os
import pickle
import random
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path

import numpy as np

from news.article import Article, Block, BlockKind
from news.outlet import Outlet

END = datetime(2026, 11, 22, tzinfo=UTC)
YEARS = 5
CHUNK = 1000
COPIES = 0.15
_WORDS = 120_000  # of each language; the tail is where rare words come from
_SHARES = {"az": 0.25, "ru": 0.25, "en": 0.20, "tr": 0.10, "hy": 0.08, "ka": 0.07, "fa": 0.05}
_LETTERS = {
    "az": ("bcçdfgğhjklmnpqrsştvxyz", "aəeıioöuü"),
    "tr": ("bcçdfgğhjklmnprsştvyz", "aeıioöuü"),
    "en": ("bcdfghjklmnprstvwz", "aeiou"),
    "ru": ("бвгджзклмнпрстфхцчш", "аеиоуыюя"),
    "hy": ("բգդզթժլխծկհձղճմյնշպջռսվտրցփքֆ", "աեէըիոու"),
    "ka": ("ბგდვზთკლმნპჟრსტფქღყშჩცძწჭხჯჰ", "აეიოუ"),
    "fa": ("بپتجچحخدرزژسشصطعغفقکگلمنهو", "ای"),
}


def outlets(count: int = 60) -> list[Outlet]:
    """Return the outlets; each has its language."""
    languages = [
        language for language, share in _SHARES.items() for _ in range(max(1, round(share * count)))
    ][:count]
    return [
        Outlet(
            name=f"outlet-{number:02}",
            region="bench",
            title=f"Outlet {number}",
            home=f"http://outlet-{number:02}.localhost/",
            country=("az", "am", "ge", "ru", "tr")[number % 5],
            languages=(language,),
            timezone="UTC",
            doors=(),
        )
        for number, language in enumerate(languages)
    ]


@cache
def vocabulary(language: str) -> tuple[np.ndarray, np.ndarray]:
    """Return (words by rank, cumulated frequencies). Frequent words are short, as in life."""
    chance = random.Random(language)
    consonants, vowels = _LETTERS[language]
    found: dict[str, None] = {}
    while len(found) < _WORDS:
        syllables = 1 + min(4, int(len(found) ** 0.13)) if len(found) > 30 else 1
        word = "".join(chance.choice(consonants) + chance.choice(vowels) for _ in range(syllables))
        found[word + chance.choice(consonants) * chance.randrange(2)] = None
    frequencies = 1.0 / (np.arange(_WORDS) + 2.7)
    return np.array(list(found), dtype=object), np.cumsum(frequencies / frequencies.sum())


def chunk(number: int, size: int, of: list[Outlet], kept: Path | None = None) -> list[Article]:
    """Return chunk `number` of an archive of `size` articles, in the order of their publication.

    `kept`: a folder where made ones lie.
    """
    if kept is None:
        return _chunk(number, size, of)
    file = kept / f"{size}-{number}.pkl"
    if not file.exists():
        kept.mkdir(parents=True, exist_ok=True)
        staging = kept / f"{file.name}.{os.getpid()}"
        staging.write_bytes(pickle.dumps(_chunk(number, size, of)))
        staging.rename(file)
    # type: ignore[no-any-return]
    return pickle.loads(file.read_bytes())  # noqa: S301 - our own file


def _chunk(number: int, size: int, of: list[Outlet]) -> list[Article]:
    rng = np.random.default_rng(number + 1)
    step = timedelta(days=365.25 * YEARS) / size
    made: list[Article] = []
    for index in range(number * CHUNK, min(size, (number + 1) * CHUNK)):
        at = END - step * (size - index)
        original = made[int(rng.integers(len(made)))] if made and rng.random() < COPIES else None
        outlet = of[int(rng.integers(len(of)))]
        made.append(
            _copy(original, index, outlet, at) if original else _new(rng, index, outlet, at)
        )
    return made


def _copy(original: Article, index: int, outlet: Outlet, at: datetime) -> Article:
    return replace(
        original,
        url=_url(outlet, index),
        outlet=outlet.name,
        published=at,
        fetched_at=at + timedelta(minutes=20),
        blocks=original.blocks[:-1] or original.blocks,
    )


def _url(outlet: Outlet, index: int) -> str:
    return f"{outlet.home}news/{index}"


def _new(rng: np.random.Generator, index: int, outlet: Outlet, at: datetime) -> Article:
    language = outlet.languages[0]
    words, cumulated = vocabulary(language)
    count = int(rng.lognormal(5.45, 0.45)) + 50
    drawn = words[np.searchsorted(cumulated, rng.random(count + 9))].tolist()
    title, body = " ".join(drawn[:9]).capitalize(), drawn[9:]
    blocks = tuple(
        Block(
            kind=BlockKind.PARAGRAPH,
            text=f"{' '.join(body[start : start + 23])}, "
            f"{' '.join(body[start + 23 : start + 45])}.".capitalize(),
        )
        for start in range(0, len(body), 45)
    )
    return Article(
        url=_url(outlet, index),
        outlet=outlet.name,
        title=title,
        blocks=blocks,
        language=language,
        published=at,
        fetched_at=at + timedelta(minutes=10),
        authors=(f"{drawn[-1]} {drawn[-2]}".title(),),
        section=drawn[int(rng.integers(3))],
        extractor="bench",
    )
