"""Who wrote it: persons, not the publisher, not "Staff".

`creators` and `bylines` find bylines, `persons` reads the names in them; here is chosen.
"""

from collections.abc import Iterable, Iterator

from lxml.html import HtmlElement

from extract.metadata import bylines, creators
from extract.metadata.accounts import accounts
from extract.metadata.persons import full, people, plain
from extract.page.head import Head
from extract.page.segments import Segment
from extract.page.title import key

MAX_AUTHORS = 12


def find(
    head: Head,
    root: HtmlElement,
    sites: Iterable[str],
    segments: list[Segment],
    *,
    at: int = 0,
    last: str = "",
) -> tuple[str, ...]:
    """Return the authors as persons' names, in page order.

    `sites` are names of the publisher, `at` is the number of the headline's segment,
    `last` the text's last line. What is said to machines comes first, then labelled
    lines near the headline, elements marked as an author's, and lines that are nothing
    but a name: beside the date, in bold above the text, at the text's end. Who is shown
    as the editor, or owns the content system's first account, counts only when nobody
    else is named; authors marked near the headline complete a shorter list.
    """
    banned = {key(name) for name in sites}
    near = {segment.key for segment in bylines.near(segments, at)}
    doubted = set(accounts(root, head))

    for raw in bylines.editors(segments):
        doubted.update(key(name) for name in people(raw, banned))

    spare: list[str] = []
    sources = _sources(head, root, segments, near, at=at, last=last)

    for number, source in enumerate(sources):
        names = _named(source, banned)
        if not names:
            continue

        if {key(name) for name in names} <= doubted:
            spare = spare or names
            continue

        # What is said to machines is completed by mark-up alone; what is shown, by a label too.
        labelled = [] if number == 0 else list(full(bylines.labelled(segments, at)))
        completed = _completed(names, (creators.strict(root, near), labelled), banned)

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
    yield full(page.beside_date())
    yield creators.said(head, houses=True)
    yield page.opening()
    yield creators.state(root, near)
    yield page.closing(last)
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
) -> list[str]:
    """Return the first source's list that names these authors and more; else these.

    A longer list must name all of the shorter one's persons.
    """
    known = {key(name) for name in names}

    for source in sources:
        more = [name for name in _named(source, banned) if " " in name or key(name) in known]
        if known < {key(name) for name in more}:
            return more

    return names


def _distinct(names: list[str]) -> list[str]:
    """Drop names that are the same person spelled in other case or without accents.

    The first spelling stays.
    """
    seen: dict[str, str] = {}

    for name in names:
        seen.setdefault(plain(key(name)), name)

    return list(seen.values())
