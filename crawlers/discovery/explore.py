"""A first visit to a site: what doors it has, in which languages it writes, how fast. Asks politely, in the crawl's own process.

Every round is an ordinary crawl of a few pages into a folder of its own, so that robots.txt, limits and the address guard hold here
as everywhere; what came is read from the WARC.
"""

import json
import re
import zoneinfo
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urljoin, urlsplit

from crawlers import job as jobs
from crawlers.discovery import feed, listing, sitemap, wordpress
from crawlers.discovery.reading import Reading
from crawlers.errors import CrawlError
from crawlers.faults import FaultError
from crawlers.warc import records
from news.article import Page
from news.outlet import Door, DoorKind, Expectation, Outlet, Pace
from news.urls import UrlError, host_key

# Where sites keep their doors when no page says so, by the habits of the common systems.
_GUESSES = (
    "/feed/",
    "/rss.xml",
    "/rss",
    "/atom.xml",
    "/feed.json",
    "/sitemap_index.xml",
    "/sitemap.xml",
    "/news-sitemap.xml",
    "/wp-json/wp/v2/posts",
)
_FEED_TYPES = (
    "application/rss+xml",
    "application/atom+xml",
    "application/rdf+xml",
    "application/feed+json",
)
_ZONES = {
    "az": ("AZ", "Asia/Baku"),
    "am": ("AM", "Asia/Yerevan"),
    "ge": ("GE", "Asia/Tbilisi"),
    "kz": ("KZ", "Asia/Almaty"),
    "uz": ("UZ", "Asia/Tashkent"),
    "kg": ("KG", "Asia/Bishkek"),
    "tj": ("TJ", "Asia/Dushanbe"),
    "tm": ("TM", "Asia/Ashgabat"),
    "tr": ("TR", "Europe/Istanbul"),
    "ir": ("IR", "Asia/Tehran"),
    "ru": ("RU", "Europe/Moscow"),
    "ua": ("UA", "Europe/Kyiv"),
    "uk": ("GB", "Europe/London"),
    "de": ("DE", "Europe/Berlin"),
    "eu": ("EU", "Europe/Brussels"),
}
_DAY = re.compile(r"(?P<year>20\d\d)(?P<a>[/.-]?)(?P<month>\d\d)(?P<b>[/.-]?)(?P<day>\d\d)/?$")
_SITEMAP_LINE = re.compile(r"^[ \t]*sitemap:[ \t]*(\S+)", re.IGNORECASE | re.MULTILINE)
_SAMPLES = 5


@dataclass(slots=True)
class Draft:
    """What a visit found. `notes` are sentences for the person who decides; `samples` pages of articles."""

    outlet: Outlet
    notes: list[str] = field(default_factory=list)
    samples: list[Page] = field(default_factory=list)
    report: jobs.CrawlReport | None = None


def visit(
    url: str,
    folder: Path,
    now: datetime,
    options: jobs.CrawlOptions,
    *,
    region: str = "new",
    name: str | None = None,
) -> Draft:
    """Return a draft of an outlet after asking its site some twenty pages; raises CrawlError when the site does not answer."""
    home = url if "://" in url else f"https://{url}"
    try:
        host = host_key(home)
    except UrlError as error:
        raise CrawlError(f"{url!r} is no web address") from error
    bare = host.partition(":")[0]
    country, zone = _ZONES.get(bare.rpartition(".")[2], ("XX", "UTC"))
    blank = Outlet(
        name=name or re.sub(r"[^a-z0-9._-]", "-", bare.removesuffix(".localhost")),
        region=region,
        title=bare,
        home=home,
        country=country,
        languages=("und",),
        timezone=zone,
        doors=(Door(kind=DoorKind.LISTING, url=home),),
        pace=Pace(delay=0.0 if options.allow_loopback else 2.0),
    )
    front, robots = _round(blank, folder / "home", now, options, [home])
    if home not in front:
        raise CrawlError(f"{home} does not answer with a page: {robots['why']}")
    page = front[home]
    candidates = list(
        dict.fromkeys(
            [
                *_announced(page),
                *_named_in(robots["text"]),
                *(urljoin(page.final_url, path) for path in _GUESSES),
            ]
        )
    )[:16]
    answers, _ = _round(blank, folder / "doors", now, options, candidates)
    draft = Draft(outlet=replace(blank, title=_title(page) or bare))
    doors = _doors(
        draft, page, [answers[candidate] for candidate in candidates if candidate in answers], now
    )
    draft.outlet = replace(
        draft.outlet, doors=tuple(doors), source="a first visit", verified=f"visited {now:%Y-%m-%d}"
    )
    return _sampled(draft, page, folder / "sample", now, options)


def _round(
    outlet: Outlet, folder: Path, now: datetime, options: jobs.CrawlOptions, urls: list[str]
) -> tuple[dict[str, Page], dict[str, str]]:
    """Ask for some pages; return those that came by address, and what robots.txt says."""
    job = jobs.CrawlJob(
        outlet=outlet, folder=folder, now=now, options=replace(options, urls=tuple(urls), tries=1)
    )
    report = jobs.run(job, progress=False)
    pages = {
        page.url: page
        for page in records.read_pages(folder / "pages.warc.gz")
        if page.status == 200  # noqa: PLR2004
    }
    lines = [
        json.loads(line)
        for line in (folder / "crawl.jsonl").read_text(encoding="utf-8").splitlines()
    ]
    text = next(
        (
            line["door"].get("data", {}).get("text", "")
            for line in lines
            if line.get("door", {}).get("url", "").endswith("/robots.txt")
        ),
        "",
    )
    return pages, {"text": text, "why": ", ".join(report.faults) or "nothing came"}


def _announced(page: Page) -> Iterator[str]:
    """Yield the feeds and the REST API that a page announces in its head."""
    root = listing.tree(page.body, _kind(page))
    if root is None:
        return
    for link in root.xpath("//link[@href]"):
        rel, kind = (link.get("rel") or "").lower(), (link.get("type") or "").lower()
        if "alternate" in rel and kind in _FEED_TYPES and "comments" not in link.get("href"):
            yield urljoin(page.final_url, link.get("href"))
        elif rel == "https://api.w.org/":
            yield urljoin(urljoin(page.final_url, link.get("href")), "wp/v2/posts")


def _named_in(robots: str) -> list[str]:
    """Return the sitemaps that robots.txt names."""
    return _SITEMAP_LINE.findall(robots)[:4]


def _kind(page: Page) -> str:
    return next((value for name, value in page.headers if name.lower() == "content-type"), "")


def _title(page: Page) -> str:
    root = listing.tree(page.body, _kind(page))
    named = (
        root.xpath("//meta[@property='og:site_name']/@content | //title/text()")
        if root is not None
        else []
    )
    return " ".join(str(named[0]).split())[:80] if named else ""


def _doors(draft: Draft, home: Page, answers: list[Page], now: datetime) -> list[Door]:
    """Return the doors worth keeping: each that answers as one, doubles left out, and the front page, which every site has."""
    doors: list[Door] = []
    seen: set[frozenset[str]] = set()
    for page in answers:
        for kind, reading in _readings(page):
            links = frozenset(entry.url for entry in reading.entries)
            if (not links and not reading.further) or (links and links in seen):
                continue
            seen.add(links)
            doors.append(
                Door(kind=kind, url=_bare(page.url) if kind is DoorKind.WORDPRESS else page.url)
            )
            draft.notes.append(
                f"{kind} {page.url}: {len(reading.entries)} articles{_rate(reading, now)}"
            )
            break
    doors.append(_front(draft, home))
    doors += _archive(draft, home, now)
    return doors


def _readings(page: Page) -> Iterator[tuple[DoorKind, Reading]]:
    """Yield what an answer can be read as."""
    readers: tuple[tuple[DoorKind, Any], ...] = (
        (DoorKind.WORDPRESS, lambda: wordpress.read(page.body, page.url)),
        (DoorKind.FEED, lambda: feed.read(page.body, page.final_url, UTC, _kind(page))),
        (DoorKind.SITEMAP, lambda: sitemap.read(page.body, page.final_url, UTC)),
    )
    for kind, reader in readers:
        if kind is DoorKind.SITEMAP and b"<html" in page.body[:2000].lower():
            continue
        try:
            yield kind, reader()
        except FaultError:
            continue


def _bare(url: str) -> str:
    return url.partition("?")[0]


def _rate(reading: Reading, now: datetime) -> str:
    """Say how fast a door's articles follow one another."""
    dated = sorted(
        entry.published
        for entry in reading.entries
        if entry.published and entry.published <= now + timedelta(days=1)
    )
    if len(dated) < 3 or dated[0] == dated[-1]:  # noqa: PLR2004
        return ""
    return f", about {(len(dated) - 1) / ((dated[-1] - dated[0]) / timedelta(days=1)):.1f} a day"


def _front(draft: Draft, home: Page) -> Door:
    """Return the front page as a door; its following pages are read when it has any."""
    door = Door(kind=DoorKind.LISTING, url=home.url)
    try:
        reading = listing.read(
            home.body,
            home.final_url,
            door,
            frozenset({host_key(home.url), host_key(home.final_url)}),
            _kind(home),
        )
    except FaultError as error:
        draft.notes.append(
            f"the front page shows no articles ({error}); perhaps it needs a browser: try render = true"
        )
        return door
    draft.notes.append(
        f"listing {home.url}: {len(reading.entries)} links that look like articles{', with further pages' if reading.further else ''}"
    )
    return replace(door, pages=5 if reading.further else 1)


def _archive(draft: Draft, home: Page, now: datetime) -> Iterator[Door]:
    """Yield an archive by day that the front page links to."""
    root = listing.tree(home.body, _kind(home))
    for href in root.xpath("//a/@href") if root is not None else ():
        link = urljoin(home.final_url, str(href))
        match = _DAY.search(urlsplit(link).path)
        if (
            match
            and abs(
                (
                    datetime(
                        int(match["year"]), min(max(int(match["month"]), 1), 12), 1, tzinfo=UTC
                    )
                    - now
                ).days
            )
            < 62  # noqa: PLR2004
        ):
            pattern = f"%Y{match['a']}%m{match['b']}%d"
            found = link.replace(
                f"{match['year']}{match['a']}{match['month']}{match['b']}{match['day']}", pattern
            )
            draft.notes.append(f"archive {found}")
            yield Door(kind=DoorKind.ARCHIVE, url=found)
            return


def _sampled(
    draft: Draft, home: Page, folder: Path, now: datetime, options: jobs.CrawlOptions
) -> Draft:
    """Crawl the drafted outlet a little; take its newest pages as samples, languages from their mark-up, the pace from its doors."""
    report = jobs.run(
        jobs.CrawlJob(
            outlet=draft.outlet,
            folder=folder,
            now=now,
            options=replace(options, budget=_SAMPLES * 2, all_doors=True),
        ),
        progress=False,
    )
    draft.report = report
    pages = [page for page in records.read_pages(folder / "pages.warc.gz") if page.status == 200]  # noqa: PLR2004
    draft.samples = pages[:_SAMPLES]
    languages = Counter(language for page in [*pages, home] if (language := _language(page)))
    good = {door.url for door in report.doors if not door.note or door.note == "unchanged"}
    kept = tuple(door for door in draft.outlet.doors if door.url in good) or draft.outlet.doors
    draft.outlet = replace(
        draft.outlet,
        doors=kept,
        languages=tuple(language for language, _ in languages.most_common(6)) or ("und",),
        expects=Expectation(least=0),
        pace=Pace(),
    )
    return draft


def _language(page: Page) -> str:
    match = re.search(rb"<html[^>]*\blang\s*=\s*[\"']?([A-Za-z]{2,3})\b", page.body[:4000])
    return match[1].decode().lower() if match else ""


def as_toml(outlet: Outlet, notes: list[str]) -> str:
    """Return an outlet file."""

    def quoted(value: str) -> str:
        return json.dumps(value, ensure_ascii=False)

    lines = [
        *(f"# {note}" for note in notes),
        f"title = {quoted(outlet.title)}",
        f"home = {quoted(outlet.home)}",
        f"country = {quoted(outlet.country)}",
        f"languages = {json.dumps(list(outlet.languages))}",
        f"timezone = {quoted(outlet.timezone)}",
        f"source = {quoted(outlet.source)}",
        f"verified = {quoted(outlet.verified)}",
    ]
    for door in outlet.doors:
        lines += [
            "",
            "[[doors]]",
            f"kind = {quoted(door.kind)}",
            f"url = {quoted(door.url)}",
            *([f"pages = {door.pages}"] if door.pages > 1 else []),
        ]
    return "\n".join(lines) + "\n"


def zone_is_known(outlet: Outlet) -> bool:
    """Tell whether the draft's time zone is more than a guess."""
    return outlet.timezone != "UTC" and outlet.timezone in zoneinfo.available_timezones()
