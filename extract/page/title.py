"""The headline without the site's name around it."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from extract.page.head import Head
from extract.page.segments import Segment, tidy

_SEPARATOR = re.compile(r"\s+(?:[|–—\-·•«»:/\\]|&raquo;)+\s+|\s*\|\s*|\s+»\s*")
_WORD = re.compile(r"\w+")
_DATE = re.compile(r"\s*\d{1,4}[./-]\d{1,2}[./-]\d{2,4}\s*")
SHORTEST = 3  # characters: an h1 of no more is no headline
STEM = 4  # letters that the forms of a word share
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


@dataclass(frozen=True, slots=True)
class _Claim:
    """One form of the headline, and how much the place where it stands counts."""

    text: str
    weight: float


def find(head: Head, segments: list[Segment], names: Iterable[str], hint: str = "") -> str:
    """Return the page's headline; `names` are the site's names, `hint` is what the door said.

    Headline shown, og:title, JSON-LD and document title often differ (print, search and
    sharing versions): the one that the others support most wins, the shown one of
    equals.
    """
    sites = {key(name) for name in names if name}
    claims = [
        _Claim(head.meta("og:title", "twitter:title", "dc.title", "citation_title"), 1.0),
        _Claim(_stated_headline(head), 1.0),
        _Claim(head.title, 0.5),
        _Claim(hint, 0.5),
    ]
    cleaned = []

    for claim in claims:
        text = strip_site(tidy(claim.text[:LONGEST])[:MAX_TITLE], sites)
        if text:
            cleaned.append(_Claim(text, claim.weight))

    cleaned = _of_this_page(cleaned, segments)
    shown = _shown(segments, [claim.text for claim in cleaned], sites)
    if shown and _is_supported(shown, cleaned):
        cleaned.insert(0, _Claim(shown, 0.5))

    if not cleaned:
        return ""

    best = max(cleaned, key=lambda claim: _support(claim, cleaned))

    return best.text[:MAX_TITLE]


def _of_this_page(claims: list[_Claim], segments: list[Segment]) -> list[_Claim]:
    """Return the claims without a stated headline that is another article's.

    Such a one is like none of the other claims, while one of them is what the page shows as its h1.
    """
    shown = [segment.text for segment in segments if segment.node.tag == "h1"]
    confirmed = []

    for claim in claims:
        if any(likeness(claim.text, text) >= 0.6 for text in shown):  # noqa: PLR2004
            confirmed.append(claim)

    if not confirmed:
        return claims

    kept = []

    for claim in claims:
        near = max(likeness(claim.text, other.text) for other in confirmed)
        if near >= 0.3:  # noqa: PLR2004
            kept.append(claim)

    return kept


def _stated_headline(head: Head) -> str:
    """Return the first headline that the page's JSON-LD states; empty when it states none."""
    for item in head.articles:
        headline = item.get("headline")
        if isinstance(headline, str):
            return tidy(headline)

    return ""


def _is_supported(shown: str, claims: list[_Claim]) -> bool:
    """Tell whether a shown headline is like one of the claims, if there are any."""
    if not claims:
        return True

    return any(likeness(shown, claim.text) >= 0.3 for claim in claims)  # noqa: PLR2004


def _support(claim: _Claim, claims: list[_Claim]) -> float:
    """Return how much all claims together agree with one of them.

    Rounded, so that the order of equals does not hang on the last digit.
    """
    total = 0.0

    for other in claims:
        total += other.weight * agreement(claim.text, other.text)

    return round(total, 6)


def _shown(segments: list[Segment], claims: list[str], sites: set[str]) -> str:
    """Return the h1 that is nearest to what the page says elsewhere.

    The first when it says nothing.
    """
    best = ""
    most = -1.0

    for segment in segments:
        text = segment.text
        if segment.node.tag != "h1" or segment.key in sites:
            continue

        if not SHORTEST < len(text) <= MAX_TITLE:
            continue

        agreed = max((agreement(text, claim) for claim in claims), default=0.0)
        if agreed > most:
            best = text
            most = agreed

    return best


def agreement(left: str, right: str) -> float:
    """Return how far two titles are the same, 0 to 1.

    Equal, one inside the other, or sharing most of their words.

    Case, punctuation and spaces do not count.
    """
    one = key(left)
    two = key(right)
    if not one or not two:
        return 0.0

    if one == two:
        return 1.0

    if one in two or two in one:
        return 0.9

    left_words = words(left)
    right_words = words(right)
    share = len(left_words & right_words) / len(left_words | right_words)

    return share if share > 0.5 else 0.0  # noqa: PLR2004


def likeness(left: str, right: str) -> float:
    """Return how much of the shorter title's words stand in the longer one, 0 to 1.

    One-word titles must be equal.
    """
    return shared(left, words(right))


def shares_word(left: str, right: str) -> bool:
    """Tell whether two lines share a word, give or take its ending."""
    common = _stems(left) & _stems(right)

    return bool(common)


def _stems(text: str) -> frozenset[str]:
    """Return the first letters of a line's longer words: what the forms of a word share."""
    found = set()

    for word in words(text):
        if len(word) >= STEM:
            found.add(word[:STEM])

    return frozenset(found)


def words(text: str) -> frozenset[str]:
    """Return the words of a title."""
    return frozenset(_WORD.findall(text.casefold()))


def shared(left: str, two: frozenset[str]) -> float:
    """Return `likeness` to a title whose words are known."""
    if not two:
        return 0.0

    one = words(left)
    small = min(len(one), len(two))
    if small <= 1:
        return 1.0 if one == two else 0.0

    return len(one & two) / small


def strip_site(text: str, sites: set[str]) -> str:
    """Return a title without parts that are one of the site's names (given as keys).

    A date at its end goes too.
    """
    while match := _last_separator(text):
        left = text[: match.start()]
        right = text[match.end() :]
        if left and (is_site(right, sites) or _DATE.fullmatch(right)):
            text = left
        elif right and is_site(left, sites) and len(_SEPARATOR.findall(text)) == 1:
            text = right
        else:
            break

    return text.strip()


def _last_separator(text: str) -> re.Match[str] | None:
    """Return the last separator between parts of a title."""
    match = None

    for match in _SEPARATOR.finditer(text):  # noqa: B007 - only the last one is wanted
        pass

    return match


def is_site(part: str, sites: set[str]) -> bool:
    """Tell whether a part of a title is the site's name, its domain or a bare section word."""
    bare = key(part)
    if not bare or bare in GENERIC:
        return True

    return any(_is_name(bare, site) for site in sites)


def _is_name(bare: str, site: str) -> bool:
    """Tell whether a part of a title is a site's name (both as keys), give or take some words.

    A longer part is the name when it is not much longer; short names must be equal.
    """
    if bare == site:
        return True

    if len(site) <= 3 or len(bare) >= 2 * len(site) + 8:  # noqa: PLR2004
        return False

    return site in bare or (len(bare) > 4 and bare in site)  # noqa: PLR2004


def site_names(head: Head, url: str, outlet_title: str) -> list[str]:
    """Return what the site is called: by itself, by its outlet file, by its host."""
    host = (urlsplit(url).hostname or "").removeprefix("www.")
    names = [outlet_title]
    names += head.metas.get("og:site_name", ())
    names += head.metas.get("application-name", ())
    names.append(host)

    for label in host.split(".")[:-1]:
        if len(label) > 1 and label not in _SUFFIXES:
            names.append(label)

    for item in head.articles[:3]:
        names += _publishers(item.get("publisher"))

    return [name for name in dict.fromkeys(names) if name]


def _publishers(value: Any) -> Iterator[str]:
    """Give the names of the publishers that an article's JSON-LD states."""
    for publisher in value if isinstance(value, list) else [value]:
        name = publisher.get("name") if isinstance(publisher, dict) else publisher
        if not isinstance(name, str):
            continue

        if isinstance(publisher, dict) or "/" not in name:
            yield name
