"""The page of a package that people read: what it holds, what it proves and what not."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined, Template

from evidence.past import Missing, Past
from evidence.proven import Proven

_RIGHT_TO_LEFT = frozenset({"ar", "fa", "he", "ku", "ckb", "ps", "ur", "yi"})
_SHOWN = 200  # pages that are missing and named here; the file names all


@dataclass(frozen=True, slots=True, kw_only=True)
class Cover:
    """What the page says. `key`: the fingerprint of the house's key; `created`: aware."""

    title: str
    created: datetime
    key: str
    articles: Sequence[Past]
    records: Sequence[Proven]
    missing: Sequence[Missing]
    stamps: int
    last_day: str


def cover_page(cover: Cover) -> bytes:
    """Return the page as HTML. Whatever pages have said of themselves is text in it."""
    by_page: dict[str, list[Proven]] = {}
    for record in cover.records:
        by_page.setdefault(record.page, []).append(record)

    proven = [record for record in cover.records if record.proof]
    html = _template().render(
        cover=cover,
        records_of=by_page,
        proven=len(proven),
        missing=cover.missing[:_SHOWN],
        direction=_direction,
    )

    return html.encode("utf-8", "replace")


def _direction(language: str) -> str:
    return "rtl" if language in _RIGHT_TO_LEFT else "ltr"


@cache
def _template() -> Template:
    environment = Environment(
        loader=PackageLoader("evidence"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["utc"] = _utc

    return environment.get_template("cover.html")


def _utc(moment: datetime) -> str:
    return f"{moment:%Y-%m-%d %H:%M:%S} UTC"
