"""Drawing a world's outlets: what a kind leaves open is chosen here, by the seed."""

from random import Random
from typing import Any

from press import names
from press.drawn.addresses import COMMON
from press.drawn.kinds import KINDS
from press.drawn.shape import Shape

_COUNTRIES = {
    "az": (("AZ", "Asia/Baku"),),
    "hy": (("AM", "Asia/Yerevan"),),
    "ka": (("GE", "Asia/Tbilisi"),),
    "tr": (("TR", "Europe/Istanbul"),),
    "fa": (("IR", "Asia/Tehran"),),
    "ru": (("KZ", "Asia/Almaty"), ("UZ", "Asia/Tashkent"), ("KG", "Asia/Bishkek")),
    "en": (("AZ", "Asia/Baku"), ("GE", "Asia/Tbilisi"), ("KZ", "Asia/Almaty")),
}
_WORDS = ("news", "haber", "novosti", "xeber", "article", "read", "post", "story", "view", "n")
_SUFFIXES = ("info", "press", "news", "24", "media", "today", "post", "times")


def shapes(seed: int, only: tuple[str, ...] = ()) -> list[Shape]:
    """Draw a world's outlets, one of each kind; with `only`, those kinds alone."""
    wanted = only or tuple(KINDS)
    return [shape(seed, name) for name in wanted]


def shape(seed: int, name: str) -> Shape:
    """Draw one outlet."""
    rng = Random(f"{seed}:{name}")  # noqa: S311 - reproducible, not cryptographic
    fill = KINDS[name](rng)
    languages = fill.pop("languages", None) or (rng.choice(tuple(_COUNTRIES)),)
    country, zone = rng.choice(_COUNTRIES[languages[0]])
    org = rng.choice(names.ORGS)
    suffix = rng.choice(_SUFFIXES)
    position = list(KINDS).index(name)
    drawn: dict[str, Any] = {
        "kind": name,
        "name": f"{org.lower()}{suffix}{position}",
        "title": f"{names.spell(org, languages[0])} {suffix.capitalize()}",
        "country": country,
        "languages": languages,
        "zone": zone,
        "seed": f"{seed}:{name}",
        "address": rng.choice(COMMON),
        "word": rng.choice(_WORDS),
        "per_day": rng.choice((12, 18, 24, 30)),
        "strangers": tuple(
            rng.sample(
                ("about", "terms", "privacy", "weather"),
                3,
            )
        ),
    }
    return Shape(**(drawn | fill))
