"""Addresses that only lead on to an article: counters of clicks, short links.

A feed may name each article by such an address, and the front page by its own. Once it is known
that addresses built in one way lead on, an article that another door names under the same headline
on the same day is that article, and nobody has to be asked.
"""

from collections.abc import Mapping
from datetime import timedelta

from crawlers.discovery import article_shape, hints

_PROOFS = 2  # redirects by which a way of building addresses is known to lead on
_HEADLINE = 16  # letters; shorter ones are too often the same
_REMEMBERED = 150  # headlines and addresses
_SAME_DAY = timedelta(hours=20)  # between the moments at which two doors showed one article
_AT_MOST = 20  # ways of building addresses

Counts = Mapping[str, tuple[int, int]]  # by pattern: answers that led on, answers that were pages


def enter(counts: Counts, url: str, *, leads_on: bool) -> dict[str, tuple[int, int]]:
    """Return the counts with one more answer; pages count where some have led on."""
    fresh = dict(counts)
    pattern = article_shape.pattern(url)

    if not leads_on and pattern not in fresh:
        return fresh

    led, shown = fresh.pop(pattern, (0, 0))

    if leads_on:
        led += 1
    else:
        shown += 1

    fresh[pattern] = (led, shown)
    in_order = list(fresh.items())

    return dict(in_order[-_AT_MOST:])


def leads_on(counts: Counts, url: str) -> bool:
    """Tell whether addresses built like this one are known to lead on, every one of them."""
    pattern = article_shape.pattern(url)
    led, shown = counts.get(pattern, (0, 0))

    return led >= _PROOFS and not shown


def headline(title: str) -> str:
    """Return what stands for a headline; nothing for one that is too short to tell anything."""
    words = title.split()
    text = " ".join(words).casefold()

    if len(text) < _HEADLINE:
        return ""

    return hints.short(text)


def latest(found: Mapping[str, str]) -> dict[str, str]:
    """Return as many of the last entries as are remembered."""
    in_order = list(found.items())
    return dict(in_order[-_REMEMBERED:])


def is_same_day(left: timedelta) -> bool:
    """Tell whether two articles of one headline may be one, by the time between them."""
    return abs(left) <= _SAME_DAY
