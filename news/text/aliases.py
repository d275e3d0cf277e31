"""The alias table: the names of one thing, across languages, that no rule of spelling can join.

A table is text, one thing a line: `Name = form, form, form`. `#` begins a comment. A form may have
several words.
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
    """Names by what they name; a table is equal to itself alone.

    Make one with `Aliases.default()`, add a user's table with `extended`.
    """

    entities: dict[str, tuple[str, ...]]  # name -> its forms, the name itself first
    known: dict[str, str] = field(default_factory=dict)  # folded form -> name

    @staticmethod
    def default() -> "Aliases":
        """Return the table of the package."""
        return _default()

    def extended(self, table: str, *, where: str = "aliases") -> "Aliases":
        """Return this table with the lines of another; what both know has the forms of both.

        Raises AliasError with `where` and the line's number.
        """
        entities = dict(self.entities)
        known = dict(self.known)

        for number, line in enumerate(table.splitlines(), 1):
            text = line.partition("#")[0].strip()
            if not text:
                continue

            forms = _forms(text, f"{where}, line {number}")
            form_keys = [_key(form) for form in forms]
            names = [known[form_key] for form_key in form_keys if form_key in known]
            name = names[0] if names else forms[0]
            entities[name] = tuple(dict.fromkeys((*entities.get(name, ()), *forms)))
            known |= dict.fromkeys(form_keys, name)

        return Aliases(
            entities=entities,
            known=known,
        )

    def find(self, form: str) -> str | None:
        """Return what a form names."""
        return self.known.get(_key(form))

    def forms(self, name: str) -> tuple[str, ...]:
        """Return all forms of a thing; an unknown one is its own only form."""
        return self.entities.get(name, (name,))

    def phrases(self, name: str) -> list[tuple[str, ...]]:
        """Return the forms of a thing as words; a form without any is left out."""
        return list(filter(None, map(_words, self.forms(name))))

    def words(self, word: str) -> tuple[str, ...]:
        """Return the one-word forms, itself included, of what this word alone names.

        None if it names nothing.
        """
        name = self.known.get(_key(word))
        if not name:
            return ()

        return tuple(form[0] for form in self.phrases(name) if len(form) == 1)


def _forms(text: str, where: str) -> list[str]:
    """Return the forms of one line, the name first; raises AliasError."""
    name, equals, rest = text.partition("=")
    forms = [" ".join(form.split()) for form in (name, *rest.split(","))]

    if not equals or not all(map(_key, forms)):
        msg = f"{where}: write a line as `Name = form, form`"
        raise AliasError(msg)

    return forms


@lru_cache(maxsize=100_000)
def _words(form: str) -> tuple[str, ...]:
    """Return the words of a form."""
    return tuple(TOKEN.findall(form))


@lru_cache(maxsize=100_000)
def _key(form: str) -> str:
    """Return a form's words folded: what makes two spellings of it the same."""
    folded: list[str] = []
    for raw in TOKEN.findall(form):
        word = clean(raw)
        group = GROUPS[script_of(word)][0]
        folded.append(fold(word, group))

    return " ".join(folded)


@cache
def _default() -> Aliases:
    """Return the package's table, read once."""
    table = resources.files("news.text").joinpath("aliases.txt").read_text(encoding="utf-8")
    return Aliases(entities={}).extended(table, where="aliases.txt")
