"""Lead pictures: small landscapes drawn from an address."""

from random import Random


def picture(path: str) -> bytes:
    """Return an SVG landscape; the same path is the same picture."""
    rng = Random(path)  # noqa: S311 - reproducible, not cryptographic
    hue = rng.randrange(360)
    hills = "".join(
        _hill(
            rng,
            hue,
            depth,
        )
        for depth in range(4)
    )

    sun = (
        f'<circle cx="{rng.randrange(80, 720)}" cy="{rng.randrange(60, 180)}" '
        f'r="{rng.randrange(22, 46)}" fill="hsl({hue + 40},90%,88%)"/>'
    )
    sky = (
        f'<linearGradient id="s" x2="0" y2="1"><stop stop-color="hsl({hue},55%,62%)"/>'
        f'<stop offset="1" stop-color="hsl({hue + 40},70%,86%)"/>'
        "</linearGradient>"
    )

    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 800 450" '
        f'preserveAspectRatio="xMidYMid slice"><defs>{sky}</defs>'
        f'<rect width="800" height="450" fill="url(#s)"/>{sun}{hills}</svg>'
    ).encode()


def _hill(rng: Random, hue: int, depth: int) -> str:
    base = 200 + 60 * depth
    points = " ".join(
        f"{x},{base + rng.randrange(-50, 50)}"
        for x in range(
            0,
            900,
            100,
        )
    )

    return (
        f'<polygon points="0,450 {points} 900,450" fill="hsl({hue - 10 * depth},'
        f'{35 + 5 * depth}%,{58 - 11 * depth}%)"/>'
    )
