"""Outlet files for the sample outlets, as the crawler's registry reads them."""

import json
from pathlib import Path

from press import doors
from press.site import Roster, Site

# What each door is to the registry, and how its links are found where it is a page.
_KINDS = {
    "rss": "feed",
    "atom": "feed",
    "json": "feed",
    "rss091": "feed",
    "rss1": "feed",
    "news-sitemap": "sitemap",
    "sitemap-index": "sitemap",
    "listing": "listing",
    "archive": "archive",
    "latest": "archive",
    "wordpress": "wordpress",
}
_LINKS = {
    "field": ".views-row h2 a",
    "zox": ".zox-blog a[rel=bookmark]",
    "wire": ".main-list a",
    "center": "a.post-link",
    "column": "a.entry-link",
    "tabloid": "a.card-link",
    "app": "a.css-lnk",
    "broad": "a.hl",
}
_NEXT = "a[rel=next]"


def write(roster: Roster, folder: Path, port: int) -> list[Path]:
    """Write one file per outlet to folder/<region>/<name>.toml and return the paths."""
    made = []
    for site in roster.sites:
        path = folder / site.region / f"{site.name}.toml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text(site, port), encoding="utf-8")
        made.append(path)

    return made


def text(site: Site, port: int) -> str:
    """Return the file of one outlet."""
    root = f"http://{site.name}.localhost:{port}"
    habits = site.behaviour
    hosts = [
        f"{name}.localhost"
        for name in ([habits.moves[1]] if habits.moves else [])
        + ([f"m.{site.name}"] if habits.mobile else [])
    ]

    lines = [
        f"title = {_quoted(site.title)}",
        f'home = "{root}/"',
        f"country = {_quoted(site.country)}",
        f"languages = {json.dumps(site.languages)}",
        f'timezone = "{site.zone}"',
        *([f"hosts = {json.dumps(hosts)}"] if hosts else []),
        'source = "the sample press"',
        'verified = "served by ourselves"',
        "",
        "[pace]",
        f"delay = {habits.crawl_delay or 0.0:.1f}",
        "concurrency = 2",
        "budget = 3000",
        "shortest = 30.0",
        "longest = 86400.0",
    ]
    for door in site.doors:
        lines += ["", *_door(site, door, root)]

    return "\n".join(lines) + "\n"


def _door(site: Site, door: str, root: str) -> list[str]:
    kind = _KINDS[door]
    lines = [
        "[[doors]]",
        f'kind = "{kind}"',
        f"url = {_quoted(root + doors.path_of(site, door))}",
    ]

    if kind == "listing":
        lines += [
            f"links = {_quoted(_LINKS[site.theme])}",
            f"next_page = {_quoted(_NEXT)}",
            "pages = 5",
        ]

    return lines


def _quoted(value: str) -> str:
    return json.dumps(value, ensure_ascii=False)
