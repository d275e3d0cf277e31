"""The alias table: the names that one thing has, across languages, and that no rule of spelling can join.

A table is text, one thing a line: `Name = form, form, form`. `#` begins a comment. A form may have several words.
"""

from dataclasses import dataclass, field
from functools import cache, lru_cache
from importlib import resources

from news.errors import KhabarError
from news.text.scripts import GROUPS, TOKEN, clean, fold, script_of


class AliasError(KhabarError):
    """A line of an alias table cannot be read."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Aliases:
    """Names by what they name. Make one with `Aliases.default()`, add a user's table with `extended`. A table is equal to itself alone."""

    entities: dict[str, tuple[str, ...]]  # name -> its forms, the name itself first
    known: dict[str, str] = field(default_factory=dict)  # folded form -> name

    @staticmethod
    def default() -> "Aliases":
        """Return the table of the package."""
        return _default()

    def extended(self, table: str, *, where: str = "aliases") -> "Aliases":
        """Return this table with the lines of another; a thing known to both has the forms of both."""
        entities = dict(self.entities)
        known = dict(self.known)
        for number, line in enumerate(table.splitlines(), 1):
            if not (text := line.partition("#")[0].strip()):
                continue
            forms = _forms(text, f"{where}, line {number}")
            name = next((known[_key(form)] for form in forms if _key(form) in known), forms[0])
            entities[name] = tuple(dict.fromkeys((*entities.get(name, ()), *forms)))
            known |= {_key(form): name for form in forms}
        return Aliases(entities=entities, known=known)

    def find(self, form: str) -> str | None:
        """Return what a form names."""
        return self.known.get(_key(form))

    def forms(self, name: str) -> tuple[str, ...]:
        """Return all forms of a thing; an unknown one is its own only form."""
        return self.entities.get(name, (name,))

    def phrases(self, name: str) -> list[tuple[str, ...]]:
        """Return the forms of a thing as words."""
        return [words for form in self.forms(name) if (words := _words(form))]

    def words(self, word: str) -> tuple[str, ...]:
        """Return the forms of one word, itself included, of what this word alone names; none if it names nothing."""
        name = self.known.get(_key(word))
        return tuple(form[0] for form in self.phrases(name) if len(form) == 1) if name else ()


def _forms(text: str, where: str) -> list[str]:
    name, equals, rest = text.partition("=")
    forms = [" ".join(form.split()) for form in (name, *rest.split(","))]
    if not equals or not all(_key(form) for form in forms):
        msg = f"{where}: write a line as `Name = form, form`"
        raise AliasError(msg)
    return forms


@lru_cache(maxsize=100_000)
def _words(form: str) -> tuple[str, ...]:
    return tuple(TOKEN.findall(form))


@lru_cache(maxsize=100_000)
def _key(form: str) -> str:
    words = [clean(raw) for raw in TOKEN.findall(form)]
    return " ".join(fold(word, GROUPS[script_of(word)][0]) for word in words)


@cache
def _default() -> Aliases:
    table = resources.files("news.text").joinpath("aliases.txt").read_text(encoding="utf-8")
    return Aliases(entities={}).extended(table, where="aliases.txt")
