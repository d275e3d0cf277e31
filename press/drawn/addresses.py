"""The forms of address that drawn outlets use, and the key by which an address is recognised.

A form is a pattern; `made` fills it. The parameters that a form names say which article is meant;
any other parameter of a request says nothing.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import parse_qsl, quote, unquote

from press import address


@dataclass(
    frozen=True,
    slots=True,
    kw_only=True,
)
class Facts:
    """What an address may be made of."""

    word: str
    number: int
    section: int
    slug: str
    at: datetime  # local


_FORMS: dict[str, str] = {
    "element": "/{word}/detail.php?ELEMENT_ID={number}",
    "element-section": "/{word}/?SECTION_ID={section}&ELEMENT_ID={number}",
    "sid": "/modules.php?name=News&file=article&sid={number}",
    "newsid": "/index.php?newsid={number}",
    "news": "/?news={number}",
    "cid": "/read.php?cid={number}&rub={section}",
    "joomla": "/index.php?option=com_content&view=article&id={number}:{slug}&catid={section}",
    "node": "/node/{number}",
    "short": "/{slug}",
    "short-section": "/{word}/{slug}",
    "dated": "/{at:%Y/%m/%d}/{slug}/",
    "number": "/{word}/{number}",
    "number-html": "/{word}/{number}.html",
    "slug-number": "/{word}/{slug}-{number}",
    "number-slug": "/{number}-{slug}.html",
    "stamp": "/{word}/{at:%Y%m%d}/{number}.html",
    "deep": "/{word}/{section}/{slug}/{number}/",
}
COMMON = tuple(_FORMS)  # that any outlet may have
_FORMS |= {
    "named": "/view.php?{word}={number}",  # the word is the parameter's name
    "channel": "/{word}/{number}",
}
SHORT = frozenset({"short", "short-section"})
# The parameters that say which article is meant, by form.
_NAMES = {
    "element": ("ELEMENT_ID",),
    "element-section": ("ELEMENT_ID",),
    "sid": ("sid",),
    "newsid": ("newsid",),
    "news": ("news",),
    "cid": ("cid",),
    "joomla": ("id",),
}


def made(form: str, facts: Facts) -> str:
    """Return an address: path, and query where the form has one."""
    path = _FORMS[form].format(
        word=facts.word, number=facts.number, section=facts.section, slug=facts.slug, at=facts.at
    )
    return quote(
        path,
        safe="/?&=:.-_%",
    )


def key(form: str, word: str, target: str) -> str:
    """Return what two addresses of one page have in common: path and telling parameters."""
    path, _, query = target.partition("?")
    path = path.removesuffix("index.php")  # what a server shows for a folder
    names = (
        (word,)
        if form == "named"
        else _NAMES.get(
            form,
            (),
        )
    )
    values = [value for name, value in parse_qsl(query) if name in names]
    value = values[-1] if values else ""
    if form == "joomla":
        value = value.partition(":")[0]
    if names and not value:
        return ""
    return f"{unquote(path).rstrip('/')}?{value}"


def slugs(form: str) -> Callable[[str, str], list[str]]:
    """Return how a form makes slugs of a title, the liked ones first."""
    return _short if form in SHORT else _long


def _long(title: str, language: str) -> list[str]:
    words = address.slug(
        title,
        language,
    ).split("-")
    return ["-".join(words[:count]) for count in (8, 9)]


def _short(title: str, language: str) -> list[str]:
    """Three words; more only where the three are taken."""
    words = [
        word
        for word in address.slug(
            title,
            language,
        ).split("-")
        if len(word) > 1
    ]
    made = [
        "-".join(words[first : first + 3])
        for first in range(
            max(
                1,
                len(words) - 2,
            )
        )
    ]
    return [*made, "-".join(words[:4]), "-".join(words[:5]), "-".join(words)]
