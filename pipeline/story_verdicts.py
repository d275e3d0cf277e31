"""What people say of stories: this is not a copy, these two are the same; and why copies are ones.

What was said is kept with the archive and obeyed by every later forming of stories.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import product

from dedupe import Print, explain_copies, form_batch, unpack_prints
from news.errors import KhabarError
from news.story import Doc, Story
from storage import Archive, ArchiveStoryStore


class StoryError(KhabarError):
    """What was said of a story cannot be; the message says why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Teller:
    """One article of a story: `why` says why it leads, is a copy, or only quotes the report."""

    doc: Doc
    role: str  # lead, copy or quotes
    why: str


def describe_story(archive: Archive, url: str, now: datetime) -> list[Teller]:
    """Return who tells the story of the article at a canonical URL: its lead, copies, quoters.

    Raises StoryError when the archive has no such article.
    """
    with archive.transaction() as cursor:
        store = ArchiveStoryStore(cursor, unpack_prints, now=now)
        story = _story_of(store, url, _find_article(store, url))
        edges = store.edges(story.members)
        verdicts = store.verdicts(story.members)
        why = explain_copies(story.lead, story.members, edges, verdicts)
        members = sorted(store.docs(story.members), key=_by_time)
        quoting = store.docs(story.quoted_by)

    leads: list[Teller] = []
    copies: list[Teller] = []
    for doc in members:
        if doc.id == story.lead:
            leads.append(Teller(doc=doc, role="lead", why=story.reason))
        else:
            copies.append(Teller(doc=doc, role="copy", why=why[doc.id]))

    carries = "it carries this report among others"
    quotes = [Teller(doc=doc, role="quotes", why=carries) for doc in quoting]

    return leads + copies + quotes


def _by_time(doc: Doc) -> tuple[bool, datetime | None, int]:
    """Order articles by time of publication, those without one last."""
    return doc.published is None, doc.published, doc.id


def part_copies(archive: Archive, urls: Sequence[str], now: datetime) -> int:
    """Remember that articles (canonical URLs) are no copies of the rest of their story.

    They leave it, together where they are copies of one another, and are matched against the
    watches as if they had just come: whoever missed them is told. Returns how many new stories
    that makes. Raises StoryError when an article is unknown, leads its story, or is in another
    story than the first.
    """
    with archive.transaction() as cursor:
        store = ArchiveStoryStore(cursor, unpack_prints, now=now)
        numbers = {url: _find_article(store, url) for url in urls}
        story = _story_of(store, urls[0], numbers[urls[0]])
        for url, number in numbers.items():
            if number not in story.members:
                raise StoryError(f"{url} is not in the story of {urls[0]}")
            if number == story.lead:
                raise StoryError(f"{url} is no copy: it leads its story; name its copies instead")

        split_off = set(numbers.values())
        staying = [number for number in story.members if number not in split_off]
        pairs = list(product(sorted(split_off), staying))
        store.say_verdicts(pairs, same=False)
        changes = form_batch(store, {}, story.members)
        store.rematch(changes.new)

    return len(changes.new)


def join_articles(archive: Archive, url: str, other: str, now: datetime) -> None:
    """Remember that the articles at two canonical URLs are the same report: one story holds both.

    Raises StoryError when the archive does not have both.
    """
    with archive.transaction() as cursor:
        store = ArchiveStoryStore(cursor, unpack_prints, now=now)
        one = _find_article(store, url)
        two = _find_article(store, other)
        if one == two:
            raise StoryError("these are one article")

        first = _story_of(store, url, one)
        second = _story_of(store, other, two)
        pairs = _parted_pairs(store, (first, second))
        pairs.add((min(one, two), max(one, two)))
        store.say_verdicts(sorted(pairs), same=True)
        form_batch(store, {}, [one, two])


def _parted_pairs(
    store: "ArchiveStoryStore[Print]",
    stories: tuple[Story, Story],
) -> set[tuple[int, int]]:
    """Return the pairs of two stories' members that were said not to be the same."""
    one, other = (frozenset(story.members) for story in stories)
    parted: set[tuple[int, int]] = set()
    for verdict in store.verdicts(one | other):
        across = {verdict.left, verdict.right}
        if not verdict.same and across & one and across & other:
            parted.add((verdict.left, verdict.right))

    return parted


def _find_article(store: "ArchiveStoryStore[Print]", url: str) -> int:
    """Return the id of the article at a canonical URL; StoryError when there is none."""
    number = store.article_at(url)
    if number is None:
        raise StoryError(f"the archive has no article at {url}")

    return number


def _story_of(
    store: "ArchiveStoryStore[Print]",
    url: str,
    number: int,
) -> Story:
    story = store.story_of(number)
    if story is None:
        raise StoryError(f"{url} is in no story: its load has not formed any")

    return story
