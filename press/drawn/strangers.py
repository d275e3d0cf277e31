"""Pages of a drawn outlet that are no articles: terms, weather, rates, authors, tags."""

from dataclasses import dataclass
from datetime import datetime
from random import Random
from zoneinfo import ZoneInfo

from press import names
from press.address import slug
from press.drawn.shape import Shape
from press.drawn.words import words

_CLEAN = {
    "horoscope": "/horoscope/",
    "weather": "/weather/",
    "currency": "/currency/usd",
    "terms": "/terms-of-use",
    "privacy": "/privacy",
    "about": "/about/",
    "advertise": "/reklama",
}


@dataclass(
    frozen=True,
    slots=True,
    kw_only=True,
)
class StrangerPage:
    """A page that is no article, as it stands on a day."""

    name: str
    path: str
    title: str
    lines: tuple[str, ...]


def pages(shape: Shape, now: datetime) -> list[StrangerPage]:
    """Return an outlet's strangers as they stand at an instant."""
    return [
        _page(
            shape,
            name,
            now,
        )
        for name in shape.strangers
    ]


def _page(shape: Shape, name: str, now: datetime) -> StrangerPage:
    language = shape.languages[0]
    local = now.astimezone(ZoneInfo(shape.zone)).date()
    rng = Random(f"{shape.seed}:{name}:{local}")  # noqa: S311
    held = words(language).strangers[name]
    fixed = Random(f"{shape.seed}:{name}")  # noqa: S311
    values = {
        "d": names.long_date(
            local,
            language,
        ),
        "p": names.place(
            fixed.randrange(20),
            language,
        ),
    }

    def filled(text: str) -> str:
        return text.format(
            n=rng.randrange(
                3,
                40,
            ),
            k=rng.randrange(
                600,
                800,
            ),
            **values,
        )

    title = filled(held.title)
    lasting = held.title.format(
        d="",
        p=values["p"],
    )
    lines = tuple(filled(line) for line in held.lines)
    return StrangerPage(
        name=name,
        path=_path(
            shape,
            name,
            lasting,
            fixed,
        ),
        title=title,
        lines=lines,
    )


def _path(shape: Shape, name: str, title: str, rng: Random) -> str:
    """Return its address: clean, or built like those of articles."""
    if shape.stranger_form == "clean":
        return _CLEAN[name]
    number = rng.randrange(
        2,
        60,
    )
    made = (
        slug(
            title,
            shape.languages[0],
        )
        if shape.languages[0] != "fa"
        else f"{name}-of-site"
    )
    match shape.address:
        case "node":
            return f"/node/{number}"
        case "short" | "dated":
            return f"/{made}"
        case "short-section" | "slug-number" | "deep":
            return f"/{shape.word}/{made}-{number}"
        case "number" | "number-html" | "stamp":
            return f"/page/{number}.html"
        case "number-slug":
            return f"/{number}-{made}.html"
    return f"/index.php?page={name}&id={number}"
