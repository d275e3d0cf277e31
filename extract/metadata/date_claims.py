"""Where a page says when it was published.

What is stated to machines, and what is shown and where.

A claim is a raw string with its rank. What stands in a clock, a sidebar, a teaser
card, a comment or a footer is no claim at all, and neither is a date inside the
headline, a caption or a sentence: those are what the text tells of.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntEnum

from extract.page.head import Head
from news.dates import is_dateline, month

PUBLISHED = (
    "article:published_time",
    "og:published_time",
    "og:article:published_time",
    "datepublished",
    "date",
    "pubdate",
    "publishdate",
    "publish-date",
    "publish_date",
    "article.published",
    "published_at",
    "sailthru.date",
    "parsely-pub-date",
    "dc.date.issued",
    "dc.date",
    "dcterms.created",
    "dcterms.date",
    "dc.date.created",
    "cxenseparse:recs:publishtime",
    "article_date_original",
    "citation_publication_date",
    "originalpublicationdate",
    "timestamp",
    "rnews:datepublished",
    "prism.publicationdate",
    "iso-8601-publish-date",
    "bt:pubdate",
    "shareaholic:article_published_time",
    "datecreated",
    "published-date",
    "publication_date",
    "publicationdate",
    "article:published",
)
MODIFIED = (
    "article:modified_time",
    "og:updated_time",
    "datemodified",
    "lastmod",
    "last-modified",
    "dcterms.modified",
    "dc.date.modified",
    "article:updated_time",
    "cxenseparse:recs:articlemodified",
)

# In addresses: parts set apart may have one digit, parts run together (`/20261120/`,
# `/2026/1120/`) have two.
_URL_DATES = (
    re.compile(
        r"/((?:19|20)\d\d)"
        r"(?:[/-]?(0[1-9]|1[0-2])[/-]?(0[1-9]|[12]\d|3[01])"
        r"|[/-](1[0-2]|0?[1-9])[/-](3[01]|[12]\d|0?[1-9]))"
        r"(?=[/_-]|$)"
    ),
    re.compile(r"(?<=[/_-])((?:19|20)\d\d)-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])(?!\d)"),
)
_URL_MONTH = re.compile(r"/((?:19|20)\d\d)/(0?[1-9]|1[0-2])/")
_URL_IN_WORDS = re.compile(r"/((?:19|20)\d\d)/([a-z]{3,9})/(\d{1,2})/")
_URL_RUN_TOGETHER = re.compile(r"/(0[1-9]|[12]\d|3[01])(0[1-9]|1[0-2])((?:19|20)\d\d)(?=[-_/])")
_BARS = re.compile(r"\s+[|–—]\s+|\s*[|·•]\s*")
_IN_BRACKETS = re.compile(r"\(([^()]{6,60})\)\s*\.?\s*$")
_URL_DAY_FIRST = re.compile(
    r"(?<=[/_-])(0[1-9]|[12]\d|3[01])[-.](0[1-9]|1[0-2])[-.]((?:19|20)\d\d)(?!\d)"
)
_LONGEST_NAME = 300  # characters of a headline or description that are searched
# Names of a date that need not be that of publication: what the page shows comes before them.
_GENERAL = frozenset(
    (
        "date",
        "dc.date",
        "dcterms.date",
        "dcterms.created",
        "dc.date.created",
        "timestamp",
        "datecreated",
    )
)


# Names of meta elements that no list can hold: "w-published-date", "content:publishdate".
_OF_PUBLICATION = re.compile(
    r"publi(?:sh|cation)|pub-?(?:date|day)|fpubli|citation_date|displaydate"
)
_OF_CHANGE = re.compile(r"updat|modif|change|expire|publisher|until|end")


class Rank(IntEnum):
    """How much a claim counts, the most first."""

    STATED = 0  # to machines, of this article
    MARKED = 1  # by an element made for the date of publication, in the article's place
    SHOWN = 2  # between headline and text
    SAID = 3  # to machines, as a date of whatever kind
    ADDRESS = 4
    ABOVE = 5  # over the headline
    ELSEWHERE = 6  # on a line that is called a date, with the article
    OPENING = 7  # before the text's first words
    OTHERWISE = 8  # to machines, of the page
    REVISED = 9  # only the last change is told, beside the headline
    ALOOF = 10  # away from the article; it counts when the page shows no other day
    UPDATED = 11  # only the last change is told, elsewhere or to machines
    WORDED = 12  # in the headline, the description or the address, set apart from their words


@dataclass(frozen=True, slots=True)
class Claim:
    """A string that says when a page was published, and where it stands.

    "json-ld", "meta:NAME", "time".
    """

    source: str
    raw: str
    rank: Rank


def stated(head: Head) -> Iterator[Claim]:
    """Give what the page says of its date to machines."""
    for item in head.articles[:1] if head.matched else head.articles:
        for name in ("datePublished", "dateCreated", "uploadDate"):
            if item.get(name):
                yield Claim("json-ld", str(item[name]), Rank.STATED)

    for name in PUBLISHED:
        rank = Rank.SAID if name in _GENERAL else Rank.STATED
        for value in head.metas.get(name, ())[:1]:
            yield Claim(f"meta:{name}", value, rank)

    for name, values in head.metas.items():
        if name in PUBLISHED or _OF_CHANGE.search(name):
            continue

        if _OF_PUBLICATION.search(name):
            yield Claim(
                f"meta:{name}",
                values[0],
                Rank.SAID,
            )


def otherwise(head: Head) -> Iterator[Claim]:
    """Give what the page says to machines of itself as a page."""
    for item in head.objects:
        for name in ("datePublished", "dateCreated", "uploadDate"):
            if item.get(name):
                yield Claim("json-ld", str(item[name]), Rank.OTHERWISE)


def changes(head: Head) -> Iterator[Claim]:
    """Give what the page says of its last change to machines."""
    for item in head.articles:
        if item.get("dateModified"):
            yield Claim("json-ld", str(item["dateModified"]), Rank.UPDATED)

    for name in MODIFIED:
        for value in head.metas.get(name, ())[:1]:
            yield Claim(f"meta:{name}", value, Rank.UPDATED)


def in_address(url: str) -> Iterator[Claim]:
    """Give the day that an address names as YEAR-MONTH-DAY."""
    for pattern in _URL_DATES:
        match = pattern.search(url)
        if match is not None:
            day = "-".join(part for part in match.groups() if part)
            yield Claim("url", day, Rank.ADDRESS)
            return

    match = _URL_DAY_FIRST.search(url)
    if match is not None:
        yield Claim("url", f"{match[3]}-{match[2]}-{match[1]}", Rank.ADDRESS)
        return

    match = _URL_IN_WORDS.search(url)
    named = month(match[2]) if match is not None else None
    if match is not None and named is not None:
        yield Claim("url", f"{match[1]}-{named}-{match[3]}", Rank.ADDRESS)
        return

    match = _URL_RUN_TOGETHER.search(url)
    if match is not None:
        yield Claim("url", f"{match[3]}-{match[2]}-{match[1]}", Rank.WORDED)


def month_in_address(url: str) -> tuple[int, int] | None:
    """Return the year and the month that an address names, with or without a day."""
    match = _URL_MONTH.search(url)
    if match is None:
        return None

    year = int(match[1])
    number = int(match[2])

    return year, number


def in_words(head: Head, headline: str) -> Iterator[Claim]:
    """Give dates set apart from the words of the headline and the description.

    By a bar in a headline ("12.05.2026 | Evening news"), by brackets at a description's end.
    """
    for named in (headline, head.meta("og:title"), head.title):
        parts = _BARS.split(named[:_LONGEST_NAME])
        if len(parts) < 2:  # noqa: PLR2004 - no bar in it
            continue

        for part in parts:
            if is_dateline(part):
                yield Claim("headline", part, Rank.WORDED)

    described = head.meta("description", "og:description")
    match = _IN_BRACKETS.search(described[-_LONGEST_NAME:])
    if match is not None and is_dateline(match[1]):
        yield Claim("description", match[1], Rank.WORDED)
