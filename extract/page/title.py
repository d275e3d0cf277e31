"""The headline without the site's name around it."""

import re
from collections.abc import Iterable
from urllib.parse import urlsplit

from extract.page.head import Head
from extract.page.segments import HEADINGS, Segment, tidy

_SEPARATOR = re.compile(r"\s+(?:[|–—\-·•«»:/\\]|&raquo;)+\s+|\s*\|\s*|\s+»\s*")
_WORD = re.compile(r"\w+")
_DATE = re.compile(r"\s*\d{1,4}[./-]\d{1,2}[./-]\d{2,4}\s*")
MAX_TITLE, LONGEST = 500, 5_000  # characters of a title, and of what is looked at for one
_SUFFIXES = frozenset(
    (
        "com",
        "co",
        "org",
        "net",
        "gov",
        "edu",
        "ac",
        "info",
        "in",
        "or",
        "ne",
        "en",
        "ru",
        "az",
        "tr",
        "fa",
        "am",
        "ge",
        "news",
        "amp",
        "m",
    )
)
GENERIC = frozenset(
    (
        "home",
        "homepage",
        "news",
        "article",
        "главная",
        "новости",
        "xəbərlər",
        "haberler",
        "start",
        "startseite",
    )
)


def key(text: str) -> str:
    """Return letters and digits alone, in small letters: what two spellings of a title share."""
    return "".join(_WORD.findall(text.casefold())).replace("_", "")


def find(head: Head, segments: list[Segment], names: Iterable[str], hint: str = "") -> str:
    """Return the page's headline; `names` are the site's names, `hint` is what the door said.

    Headline shown, og:title, JSON-LD and document title often differ (print, search and sharing versions): the one that the
    others support most wins, the shown one of equals.
    """
    sites = {key(name) for name in names if name}
    said = [
        tidy(str(item["headline"]))
        for item in head.articles
        if isinstance(item.get("headline"), str)
    ]
    shared, named = head.meta("og:title", "twitter:title", "dc.title", "citation_title"), head.title
    claims = [
        (strip_site(tidy(text[:LONGEST])[:MAX_TITLE], sites), weight)
        for text, weight in (
            (shared, 1.0),
            (said[0] if said else "", 1.0),
            (named, 0.5),
            (hint, 0.5),
        )
    ]
    claims = [(text, weight) for text, weight in claims if text]
    shown = _shown(segments, [text for text, _ in claims], sites)
    if shown and (not claims or any(likeness(shown, text) >= 0.3 for text, _ in claims)):  # noqa: PLR2004
        claims.insert(0, (shown, 0.5))
    if not claims:
        return ""
    best = max(
        claims,
        key=lambda claim: round(
            sum(weight * agreement(claim[0], other) for other, weight in claims), 6
        ),
    )
    return best[0][:MAX_TITLE]


def _shown(segments: list[Segment], claims: list[str], sites: set[str]) -> str:
    """Return the h1 that is nearest to what the page says elsewhere; the first when it says nothing."""
    shown = [
        segment.text
        for segment in segments
        if segment.node.tag == "h1"
        and 3 < len(segment.text) <= MAX_TITLE  # noqa: PLR2004
        and segment.key not in sites
    ]
    return (
        max(shown, key=lambda text: max((agreement(text, claim) for claim in claims), default=0.0))
        if shown
        else ""
    )


def agreement(left: str, right: str) -> float:
    """Return how far two titles are the same, 0 to 1: equal, one inside the other, or sharing most of their words."""
    one, two = key(left), key(right)
    if not one or not two:
        return 0.0
    if one == two:
        return 1.0
    if one in two or two in one:
        return 0.9
    words, others = set(_WORD.findall(left.casefold())), set(_WORD.findall(right.casefold()))
    share = len(words & others) / len(words | others)
    return share if share > 0.5 else 0.0  # noqa: PLR2004


def likeness(left: str, right: str) -> float:
    """Return how much of the shorter title's words stand in the longer one, 0 to 1; one-word titles must be equal."""
    return shared(left, words(right))


def words(text: str) -> frozenset[str]:
    """Return the words of a title."""
    return frozenset(_WORD.findall(text.casefold()))


def shared(left: str, two: frozenset[str]) -> float:
    """Return `likeness` to a title whose words are known."""
    one = words(left) if two else frozenset()
    small = min(len(one), len(two))
    if small <= 1:
        return 1.0 if one == two and one else 0.0
    return len(one & two) / small


def strip_site(text: str, sites: set[str]) -> str:
    """Return a title without parts that are one of the site's names (given as keys)."""
    while match := _last_separator(text):
        left, right = text[: match.start()], text[match.end() :]
        if left and (is_site(right, sites) or _DATE.fullmatch(right)):
            text = left
        elif is_site(left, sites) and right and len(_SEPARATOR.findall(text)) == 1:
            text = right
        else:
            break
    return text.strip()


def place(segments: list[Segment], headline: str) -> int | None:
    """Return the number of the segment that shows the headline: an h1, another heading, any line; the likeliest h1 of none equal; None."""
    sought = key(headline)
    equal = [segment for segment in segments if sought and segment.key == sought]
    if equal:
        return min(
            equal,
            key=lambda segment: (
                segment.node.tag != "h1",
                segment.node.tag not in HEADINGS,
                segment.link_share > 0.5,  # noqa: PLR2004
                segment.index,
            ),
        ).index
    shown = [segment for segment in segments if segment.node.tag == "h1"]
    return max(shown, key=lambda segment: likeness(segment.text, headline)).index if shown else None


def _last_separator(text: str) -> re.Match[str] | None:
    match = None
    for match in _SEPARATOR.finditer(text):  # noqa: B007
        pass
    return match


def is_site(part: str, sites: set[str]) -> bool:
    """Tell whether a part of a title is the site's name, its domain or a bare section word."""
    bare = key(part)
    if not bare or bare in GENERIC:
        return True
    return any(
        bare == site
        or (
            len(site) > 3  # noqa: PLR2004
            and len(bare) < 2 * len(site) + 8
            and (site in bare or (len(bare) > 4 and bare in site))  # noqa: PLR2004
        )
        for site in sites
    )


def site_names(head: Head, url: str, outlet_title: str) -> list[str]:
    """Return what the site is called: by itself, by its outlet file, by its host."""
    host = (urlsplit(url).hostname or "").removeprefix("www.")
    names = [
        outlet_title,
        *head.metas.get("og:site_name", ()),
        *head.metas.get("application-name", ()),
        host,
    ]
    labels = host.split(".")
    names.extend(label for label in labels[:-1] if len(label) > 1 and label not in _SUFFIXES)
    for item in head.articles[:3]:
        publisher = item.get("publisher")
        for one in publisher if isinstance(publisher, list) else [publisher]:
            if isinstance(one, dict) and isinstance(one.get("name"), str):
                names.append(one["name"])
            elif isinstance(one, str) and "/" not in one:
                names.append(one)
    return [name for name in dict.fromkeys(names) if name]
