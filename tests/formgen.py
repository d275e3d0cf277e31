"""Reports of one form with other facts, and true copies of each: from a seed and forms.toml."""

import random
import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads(Path(__file__).with_name(name).read_text(encoding="utf-8"))


PAGE = _read("forms.toml")
for language, more in _read("forms_more.toml").items():
    PAGE[language]["forms"] |= more["forms"]
for name, part in _read("forms_east.toml").items():
    PAGE[name] = PAGE.get(name, {}) | part
LANGUAGES = tuple(name for name, held in PAGE.items() if "forms" in held)
RELEASE = "release"


@dataclass(frozen=True, slots=True)
class Filling:
    """A report of a form, as its sentences, and what made it."""

    language: str
    kind: str
    sentences: tuple[str, ...]

    @property
    def text(self) -> str:
        """Return the report."""
        return " ".join(self.sentences)


def forms() -> list[tuple[str, str]]:
    """Return every form as (language, kind).

    Releases tell of different things above the same words about the company: one form.
    """
    found = [(language, kind) for language in LANGUAGES for kind in PAGE[language]["forms"]]
    return [*found, *((name, RELEASE) for name in LANGUAGES if "releases" in PAGE[name])]


def family(language: str, kind: str, seed: int, count: int = 6) -> list[Filling]:
    """Return that many reports of one form, their facts drawn by the seed."""
    draw = random.Random(f"{language} {kind} {seed}")
    held: set[str] = set()
    found = []
    for number in range(count):
        named = facts(language, draw, held)
        lines = tuple(line.format(**named) for line in _lines(language, kind, number))
        found.append(Filling(language, kind, lines))
    return found


def copies(report: Filling, seed: int) -> dict[str, str]:
    """Return what other outlets make of a report, by kind."""
    draw = random.Random(f"{report.text} {seed}")
    lines = list(report.sentences)
    page = PAGE[report.language]
    own = page["inserted"].format(**facts(report.language, draw, set()))
    place = draw.randint(1, len(lines) - 1)
    return {
        "dateline": page["datelines"][0] + report.text,
        "other dateline": page["datelines"][1] + report.text,
        "cut": " ".join(lines[:-1]),
        "inserted": " ".join([*lines[:place], own, *lines[place:]]),
        "paragraphs": "\n\n".join(lines),
    }


def facts(language: str, draw: random.Random, held: set[str]) -> dict[str, str]:
    """Return facts for one report: no name among those `held`, days and numbers as they fall."""
    name = _namer(PAGE[language]["script"], draw, held)
    found = {f"p{number}": f"{name('')} {name('family')}" for number in range(4)}
    found |= {f"t{number}": name("") for number in range(3)}
    found |= {f"c{number}": name("") for number in range(2)}
    found |= {f"n{number}": str(draw.randint(11, 89)) for number in range(10)}
    found |= {f"k{number}": str(draw.randint(2, 9)) for number in range(3)}
    return found | {"d": str(draw.randint(1, 30))}


def _namer(script: str, draw: random.Random, held: set[str]) -> Callable[[str], str]:
    """Return what makes a new name, of a family if told so."""

    def name(kind: str) -> str:
        made = "".join(draw.sample(PAGE["syllables"][script], 2)).capitalize()
        if kind:
            made += draw.choice(PAGE["endings"][script])
        if made in held:
            return name(kind)
        held.add(made)
        return made

    return name


def _lines(language: str, kind: str, number: int) -> list[str]:
    """Return the sentences of a form, before they are filled in."""
    page = PAGE[language]
    if kind != RELEASE:
        return list(page["forms"][kind])
    releases = list(page["releases"].values())
    return [*releases[number % len(releases)], *page["about"]]
