"""A search narrowed by what a person clicks: outlet, language, days. Each can be taken back."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, fields, replace
from datetime import date, timedelta
from http import HTTPStatus
from urllib.parse import urlencode

from fastapi import HTTPException

from ui.pages.numbers import Text

_NAME = re.compile(r"[\w][\w.-]{0,99}")


@dataclass(frozen=True, slots=True)
class Narrowing:
    """What is asked: words, and the bounds that were clicked; an empty text is no bound."""

    q: str = ""
    outlet: str = ""
    lang: str = ""
    first: str = ""  # day, ISO 8601
    last: str = ""

    @property
    def query(self) -> str:
        """All of it in the query language; empty where nothing is asked."""
        bounds = [bound for _, _, bound in self._bounds()]
        words = f"({self.q})" if self.q.strip() and bounds else self.q

        return " ".join(part for part in (words, *bounds) if part.strip())

    @property
    def chosen(self) -> list[tuple[str, str]]:
        """Each bound in words, and the query string of the same search without it."""
        chosen = []
        for name, words, _ in self._bounds():
            without = self.where(**{name: ""})
            chosen.append((words, without))

        return chosen

    def where(self, **changes: str) -> str:
        """Return the query string of this search with other bounds."""
        other = replace(self, **changes)
        named = {}
        for field in fields(other):
            value = getattr(other, field.name)
            if value:
                named[field.name] = value

        return urlencode(named)

    def _bounds(self) -> Iterator[tuple[str, str, str]]:
        """Yield parameter, words and query of each bound."""
        if self.outlet:
            yield "outlet", f"outlet {self.outlet}", f"outlet:{self.outlet}"

        if self.lang:
            yield "lang", f"language {self.lang}", f"lang:{self.lang}"

        if self.first:
            yield "first", f"from {self.first}", f"after:{self.first}"

        if self.last:
            # The last day is meant whole.
            end = date.fromisoformat(self.last) + timedelta(days=1)
            yield "last", f"to {self.last}", f"before:{end.isoformat()}"


def narrowing(
    q: Text = "", outlet: Text = "", lang: Text = "", first: Text = "", last: Text = ""
) -> Narrowing:
    """Return what an address asks; raises 400 in a sentence for a bound that is none."""
    for value in (outlet, lang):
        if value and not _NAME.fullmatch(value):
            raise _refusal(f"{value!r} is no name of an outlet or language.")

    for value in (first, last):
        try:
            date.fromisoformat(value or "2026-01-01")
        except ValueError:
            raise _refusal(f"{value!r} is no day such as 2026-01-31.") from None

    return Narrowing(q, outlet, lang, first, last)


def _refusal(sentence: str) -> HTTPException:
    return HTTPException(HTTPStatus.BAD_REQUEST, sentence)
