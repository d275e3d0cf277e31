"""Who wrote it: persons, not the publisher, not "Staff".

`creators` and `bylines` find bylines, `persons` reads the names in them; here is chosen.
"""

import re
from collections.abc import Iterable, Iterator

from lxml.html import HtmlElement

from extract.metadata import bios, bylines, creators
from extract.metadata.accounts import accounts
from extract.metadata.helpers import helpers
from extract.metadata.names import is_names
from extract.metadata.persons import full, people, plain
from extract.page.head import Head
from extract.page.segments import Segment
from extract.page.title import key

MAX_AUTHORS = 12
MOST_WORDS = 3  # of a person's name that a site can be called by
LEAST_SITE = 5  # letters of a site's name that begins a person's
_TITLE = re.compile(r"^(?:dr|prof|mr|mrs|ms)\b\.?\s+", re.IGNORECASE)


def find(
    head: Head,
    root: HtmlElement,
    sites: Iterable[str],
    segments: list[Segment],
    *,
    at: int = 0,
    last: str = "",
    known: bool = False,
) -> tuple[str, ...]:
    """Return the authors as persons' names, in page order.

    `known` tells that the publisher is an outlet with a title of its own; any other site may be
    named for the person who writes it.

    `sites` are names of the publisher, `at` is the number of the headline's segment,
    `last` the text's last line. What is said to machines comes first, then labelled
    lines near the headline, elements marked as an author's, and lines that are nothing
    but a name: beside the date, in bold above the text, at the text's end. Who is shown
    as the editor, or owns the content system's first account, counts only when nobody
    else is named; authors marked near the headline complete a shorter list.
    """
    near = {segment.key for segment in bylines.near(segments, at)}
    banned = {key(name) for name in sites}
    found = _found(head, root, banned, segments, at=at, last=last, near=near)
    if found or known:
        return found

    owners = _owners(head, root, near, banned)
    if not owners:
        return found

    return _found(head, root, banned - owners, segments, at=at, last=last, near=near)


def _found(
    head: Head,
    root: HtmlElement,
    banned: set[str],
    segments: list[Segment],
    *,
    at: int,
    last: str,
    near: set[str],
) -> tuple[str, ...]:
    """Return the authors, none of whom is called as in `banned`; the rest as for `find`.

    `near` are the lines round the headline, as keys.
    """
    doubted = set(accounts(root, head))

    for raw in bylines.editors(segments):
        doubted.update(key(name) for name in people(raw, banned))

    aside = set(_named(helpers(bylines.near(segments, at)), banned))
    spare: list[str] = []
    sources = _sources(head, root, segments, near, at=at, last=last)

    for number, source in enumerate(sources):
        found = _named(source, banned)
        names = [name for name in found if name not in aside] or found
        if not names:
            continue

        if {key(name) for name in names} <= doubted:
            spare = spare or names
            continue

        # What is said to machines is completed by mark-up alone; what is shown, by a label too.
        labelled = [] if number == 0 else list(full(bylines.labelled(segments, at)))
        more = (creators.strict(root, near), labelled, creators.shown(root, near))
        completed = _completed(names, more, banned, aside)

        return tuple(completed[:MAX_AUTHORS])

    return tuple(spare[:MAX_AUTHORS])


def _sources(
    head: Head,
    root: HtmlElement,
    segments: list[Segment],
    near: set[str],
    *,
    at: int,
    last: str,
) -> Iterator[Iterable[str]]:
    """Give the places where bylines can stand, the surest first, each as its raw bylines."""
    subjects = [head.title]
    subjects += head.metas.get("article:tag", ())
    subjects += head.metas.get("keywords", ())
    page = bylines.Lines(segments, at, subjects)
    yield creators.said(head)
    yield creators.metas(head)
    yield full(bylines.labelled(segments, at))
    yield creators.marked(root, near)
    yield full(bylines.elsewhere(segments))
    yield full(bios.under_label(segments))
    yield full(page.beside_date())
    yield creators.said(head, houses=True)
    yield page.opening()
    yield creators.state(root, near)
    yield page.closing(last)
    yield full(bios.sentence(segments))
    yield full(bios.below_text(segments, last))
    yield page.agency(last)


def _named(source: Iterable[str], banned: set[str]) -> list[str]:
    """Return the distinct persons that a source's bylines name."""
    names: list[str] = []

    for raw in source:
        names += people(raw, banned)

    return _distinct(names)


def _completed(
    names: list[str],
    sources: Iterable[Iterable[str]],
    banned: set[str],
    aside: set[str],
) -> list[str]:
    """Return the first source's list that names these authors and more; else these.

    A longer list must name all of the shorter one's persons. Those `aside` have done something
    else than write.
    """
    known = {_untitled(name) for name in names}

    for source in sources:
        found = [name for name in _named(source, banned) if name not in aside]
        more = [name for name in found if " " in name or key(name) in known]
        if known < {_untitled(name) for name in more}:
            return more

    return names


def _untitled(name: str) -> str:
    """Return the key of a name without a title before it."""
    return key(_TITLE.sub("", name))


def _owners(head: Head, root: HtmlElement, near: set[str], banned: set[str]) -> set[str]:
    """Return those of a site's names that are the person's who is stated as the author.

    "kristian-larsen.example" by Kristian Larsen, "scalzi.example" by John Scalzi.
    """
    owned: set[str] = set()

    for source in (creators.said(head), creators.metas(head), creators.marked(root, near)):
        for raw in source:
            for name in people(raw, set()):
                if MOST_WORDS >= len(name.split()) > 1 and is_names(name):
                    owned |= _owned(name, banned)

    return owned


def _owned(name: str, banned: set[str]) -> set[str]:
    """Return the site's names that a person's name or a word of it is."""
    whole = {key(name), plain(key(name))}
    words = {key(word) for word in name.split()}
    found = banned & (whole | words)

    for site in banned:
        if len(site) > LEAST_SITE and any(one.startswith(site) for one in whole):
            found.add(site)

    return found


def _distinct(names: list[str]) -> list[str]:
    """Drop names that are the same person spelled in other case or without accents.

    The first spelling stays.
    """
    seen: dict[str, str] = {}

    for name in names:
        seen.setdefault(plain(key(name)), name)

    return list(seen.values())
