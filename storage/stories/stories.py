"""Stories in the archive: what a batch changes about them, written in the caller's transaction.

`hook` is what a load calls. How texts are compared and stories formed is handed in as Methods, since this room does not know that one.
Everything is formed from the articles and edges of whole components, so that it does not matter in which batches articles came.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, Protocol

from psycopg2.extras import execute_values

from news.story import Edge, EdgeKind, Story
from storage.archive.batch import Hook, Loaded
from storage.sql.statements import statement
from storage.stories.fingerprints import LOOK_BACK, ArchiveWindow, Printed, housekeeping

if TYPE_CHECKING:
    from psycopg2.extensions import cursor as Cursor  # noqa: N812

_LOCK = 0x6B73746F7279  # "kstory"
_ROUNDS = 40  # of looking for companions
_MOST = 20_000  # articles formed at once; what lies beyond stays as it is


class Relations(Protocol):
    """What relating a batch gives: the edges of the articles that were touched."""

    @property
    def edges(self) -> Sequence[Edge]:
        """The edges."""

    @property
    def touched(self) -> Collection[int]:
        """The articles all of whose edges these are."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Methods:
    """The room that compares texts, as dedupe.api.METHODS offers it; docs are made of the keyword arguments `doc` takes."""

    prints: Callable[[Sequence[str]], Sequence[Any]]
    unpack: Callable[[Sequence[bytes]], list[Any]]
    relate: Callable[[Mapping[int, Any], Any], Any]
    decide: Callable[[Sequence[Any], Iterable[Edge]], list[Edge]]
    doc: Callable[..., Any]
    stories: Callable[[Sequence[Any], Iterable[Edge]], list[Story]]
    follow_ups: Callable[[Sequence[Any], Iterable[Edge]], list[Edge]]


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryChanges:
    """What became of stories. Ids are those of the archive."""

    new: tuple[int, ...] = ()  # stories that were not there before
    grown: Mapping[int, tuple[int, ...]] = field(
        default_factory=dict
    )  # story -> articles that joined it
    shrunk: Mapping[int, tuple[int, ...]] = field(
        default_factory=dict
    )  # story -> articles that left it
    merged: Mapping[int, int] = field(
        default_factory=dict
    )  # story that is gone -> the one that took it in
    follow_ups: tuple[tuple[int, int], ...] = ()  # (later story, earlier story), new links only
    home: Mapping[int, int] = field(
        default_factory=dict
    )  # article -> its story, of every article that was formed

    def counts(self) -> dict[str, int]:
        """Return the figures for a report."""
        return {
            "stories_new": len(self.new),
            "stories_grown": len(self.grown),
            "stories_merged": len(self.merged),
            "copies": sum(map(len, self.grown.values())),
            "follow_ups": len(self.follow_ups),
        }


def hook(
    methods: Methods, now: datetime, *, tell: Callable[[StoryChanges], None] | None = None
) -> Hook:
    """Return the hook for a load: it forms the stories of what was loaded; `tell` gets the changes, still inside the transaction."""

    def form(cursor: "Cursor", loaded: Loaded) -> Mapping[str, int]:
        texts = {
            number: loaded.articles[number].text
            for number in (*loaded.new, *loaded.revised, *loaded.corrected)
        }
        changes = reform(cursor, texts, methods, now=now, again=(*loaded.deleted, *loaded.returned))
        if tell is not None:
            tell(changes)
        return changes.counts()

    return form


def reform(
    cursor: "Cursor",
    texts: Mapping[int, str],
    methods: Methods,
    *,
    now: datetime,
    again: Iterable[int] = (),
) -> StoryChanges:
    """Compare new and changed texts (article -> body) with the look-back, keep what was found, form the stories anew that it touches.

    `again` are further articles whose stories are to be formed anew (deleted ones, for instance: they do not lead any more).
    """
    cursor.execute(statement("fingerprints", "lock"), {"lock": _LOCK})
    start = set(again)
    if texts:
        start |= _relate(cursor, texts, methods, now)
        housekeeping(cursor, now)
    return _form(cursor, _component(cursor, start), methods, now)


def remove(
    cursor: "Cursor", articles: Collection[int], methods: Methods, *, now: datetime
) -> StoryChanges:
    """Take articles out of window, edges and stories, before they are forgotten; form the stories they leave anew."""
    cursor.execute(statement("fingerprints", "lock"), {"lock": _LOCK})
    left = _component(cursor, set(articles)) - set(articles)
    ArchiveWindow(cursor, methods.unpack, now=now).drop(articles)
    _drop_edges(cursor, articles, articles, now)
    stories = {story for story, _, _ in _homes(cursor, articles).values()}
    cursor.execute(statement("stories", "leave"), {"articles": list(articles)})
    changes = _form(cursor, left, methods, now)
    cursor.execute(
        statement("stories", "remove_stories"),
        {"stories": sorted(stories - set(changes.home.values()))},
    )
    return changes


def current(cursor: "Cursor", story: int) -> int | None:
    """Return the id under which a story is found now; None when all its articles are gone."""
    cursor.execute(statement("stories", "current"), {"story": story})
    row = cursor.fetchone()
    return row[0] if row else None


def _relate(
    cursor: "Cursor", texts: Mapping[int, str], methods: Methods, now: datetime
) -> set[int]:
    """Find and keep the edges of texts; return every article whose edges changed."""
    window: ArchiveWindow[Printed] = ArchiveWindow(cursor, methods.unpack, now=now)
    found: Relations = methods.relate(
        dict(zip(texts, methods.prints(list(texts.values())), strict=True)), window
    )
    changed = _drop_edges(cursor, texts, found.touched, now)
    edges = _decide(cursor, found.edges, methods)
    rows = [
        (
            e.left,
            e.right,
            e.kind.value,
            e.score,
            e.share,
            _signed(e.left_cover),
            _signed(e.right_cover),
        )
        for e in edges
    ]
    if rows:
        execute_values(cursor, statement("stories", "add_edges"), rows, page_size=1000)
    return (
        changed
        | set(found.touched)
        | {end for edge in found.edges for end in (edge.left, edge.right)}
    )


def _decide(cursor: "Cursor", edges: Sequence[Edge], methods: Methods) -> list[Edge]:
    """Return the edges as the texts at their ends leave them; no text is read without need."""
    proposed = [edge for edge in edges if edge.kind is not EdgeKind.UPDATES]
    ends = {end for edge in proposed for end in (edge.left, edge.right)}
    return methods.decide(_docs(cursor, ends, methods), edges) if ends else list(edges)


def _drop_edges(
    cursor: "Cursor", changed: Iterable[int], touched: Iterable[int], now: datetime
) -> set[int]:
    """Remove edges that lapse; return the articles they joined."""
    cursor.execute(
        statement("stories", "drop_edges"),
        {
            "changed": list(changed),
            "touched": list(touched),
            "since": now.date() - timedelta(days=LOOK_BACK),
        },
    )
    return {end for row in cursor.fetchall() for end in row}


def _component(cursor: "Cursor", start: set[int]) -> set[int]:
    """Return the articles with everything that stands in a story with them or is joined to them, and so on."""
    found, fresh = set(start), set(start)
    for _ in range(_ROUNDS):
        if not fresh or len(found) > _MOST:
            break
        cursor.execute(statement("stories", "companions"), {"articles": list(fresh)})
        fresh = {row[0] for row in cursor.fetchall()} - found
        found |= fresh
    return found


def _form(cursor: "Cursor", articles: set[int], methods: Methods, now: datetime) -> StoryChanges:
    """Form the stories of whole components and write what has changed."""
    edges = _edges(cursor, articles)
    docs = _docs(
        cursor, articles | {end for edge in edges for end in (edge.left, edge.right)}, methods
    )
    inside = [doc for doc in docs if doc.id in articles]
    formed = methods.stories(inside, edges)
    changes = _save(cursor, formed, now)
    links = _follow(cursor, methods.follow_ups(docs, edges), changes.home)
    return StoryChanges(
        new=changes.new,
        grown=changes.grown,
        shrunk=changes.shrunk,
        merged=changes.merged,
        home=changes.home,
        follow_ups=links,
    )


def _edges(cursor: "Cursor", articles: Collection[int]) -> list[Edge]:
    cursor.execute(statement("stories", "edges"), {"articles": list(articles)})
    return [
        Edge(
            left=row[0],
            right=row[1],
            kind=EdgeKind(row[2]),
            score=row[3],
            share=row[4],
            left_cover=_unsigned(row[5]),
            right_cover=_unsigned(row[6]),
        )
        for row in cursor.fetchall()
    ]


def _docs(cursor: "Cursor", articles: Collection[int], methods: Methods) -> list[Any]:
    cursor.execute(statement("stories", "docs"), {"articles": list(articles)})
    return [
        methods.doc(
            id=row[0],
            title=row[1],
            text=row[2],
            language=row[3],
            published=row[4],
            credit=row[5],
            withdrawn=row[6],
            outlet=row[7],
            outlet_title=row[8],
            url=row[9],
        )
        for row in cursor.fetchall()
    ]


def _homes(cursor: "Cursor", articles: Collection[int]) -> dict[int, tuple[int, int, str]]:
    """Return article -> (story, its lead, the reason)."""
    cursor.execute(statement("stories", "homes"), {"articles": list(articles)})
    return {row[0]: (row[1], row[2], row[3]) for row in cursor.fetchall()}


def _save(cursor: "Cursor", formed: Sequence[Story], now: datetime) -> StoryChanges:
    """Write the stories of some components over what was there."""
    articles = [member for story in formed for member in story.members]
    before = _homes(cursor, articles)
    ids = _keep_ids(formed, {article: held[0] for article, held in before.items()})
    made = [story for story in formed if story.lead not in ids]
    if made:
        cursor.execute(
            statement("stories", "new_stories"),
            {
                "leads": [story.lead for story in made],
                "reasons": [story.reason for story in made],
                "now": now,
            },
        )
        ids |= {lead: number for number, lead in cursor.fetchall()}
    home = {member: ids[story.lead] for story in formed for member in story.members}
    _change(cursor, [story for story in formed if story not in made], (ids, before), now)
    merged = _move(
        cursor, formed, (ids, home, {article: held[0] for article, held in before.items()}), now
    )
    moved = {
        article: story
        for article, story in home.items()
        if before.get(article, (None,))[0] != story
    }
    fresh = {ids[story.lead] for story in made}
    return StoryChanges(
        new=tuple(sorted(fresh)),
        home=home,
        merged=merged,
        grown=_grouped((story, article) for article, story in moved.items() if story not in fresh),
        shrunk=_grouped(
            (before[article][0], article)
            for article in moved
            if article in before and before[article][0] not in merged
        ),
    )


def _keep_ids(formed: Sequence[Story], before: Mapping[int, int]) -> dict[int, int]:
    """Return lead -> id for the stories that go on: each id to the story with most of its articles, the older id first."""
    votes = Counter(
        (before[member], story.lead)
        for story in formed
        for member in story.members
        if member in before
    )
    ids: dict[int, int] = {}
    used: set[int] = set()
    for (number, lead), _ in sorted(votes.items(), key=lambda vote: (-vote[1], vote[0])):
        if number not in used and lead not in ids:
            ids[lead] = number
            used.add(number)
    return ids


def _change(
    cursor: "Cursor",
    kept: Sequence[Story],
    state: tuple[Mapping[int, int], Mapping[int, tuple[int, int, str]]],
    now: datetime,
) -> None:
    """Write the leads and reasons of stories that go on, where they or the members have changed."""
    ids, before = state
    old: defaultdict[int, set[int]] = defaultdict(set)
    heads: dict[int, tuple[int, str]] = {}
    for article, (number, lead, reason) in before.items():
        old[number].add(article)
        heads[number] = lead, reason
    changed = [
        story
        for story in kept
        if heads[ids[story.lead]] != (story.lead, story.reason)
        or old[ids[story.lead]] != set(story.members)
    ]
    cursor.execute(
        statement("stories", "change_story"),
        {
            "stories": [ids[story.lead] for story in changed],
            "leads": [story.lead for story in changed],
            "reasons": [story.reason for story in changed],
            "now": now,
        },
    )


def _move(
    cursor: "Cursor",
    formed: Sequence[Story],
    state: tuple[Mapping[int, int], Mapping[int, int], Mapping[int, int]],
    now: datetime,
) -> dict[int, int]:
    """Write the members; return the stories that went into others."""
    ids, home, before = state
    rows = [(member, ids[story.lead], "member") for story in formed for member in story.members]
    rows += [(digest, ids[story.lead], "quotes") for story in formed for digest in story.quoted_by]
    cursor.execute(statement("stories", "leave"), {"articles": list(home)})
    cursor.execute(
        statement("stories", "join"),
        {
            "articles": [row[0] for row in rows],
            "stories": [row[1] for row in rows],
            "roles": [row[2] for row in rows],
        },
    )
    went: defaultdict[int, Counter[int]] = defaultdict(Counter)
    for article, number in before.items():
        if number not in ids.values():
            went[number][home[article]] += 1
    merged = {
        number: min(into, key=lambda story: (-into[story], story)) for number, into in went.items()
    }
    names = {"old": list(merged), "new": list(merged.values()), "now": now}
    for step in ("alias", "move_aliases"):
        cursor.execute(statement("stories", step), names)
    cursor.execute(statement("stories", "remove_stories"), {"stories": list(merged)})
    return merged


def _follow(
    cursor: "Cursor", links: Sequence[Edge], home: Mapping[int, int]
) -> tuple[tuple[int, int], ...]:
    """Write the links between stories; return those that are new."""
    outside = {end for link in links for end in (link.left, link.right)} - home.keys()
    known = {**{article: held[0] for article, held in _homes(cursor, outside).items()}, **home}
    rows: dict[tuple[int, int], float] = {}
    for link in links:
        later, earlier = known.get(link.left), known.get(link.right)
        if later is not None and earlier is not None and later != earlier:
            rows[later, earlier] = max(rows.get((later, earlier), 0.0), link.score)
    cursor.execute(statement("stories", "drop_follow_ups"), {"stories": list(set(home.values()))})
    before = set(cursor.fetchall())
    if rows:
        execute_values(
            cursor,
            statement("stories", "add_follow_ups"),
            [(*pair, score) for pair, score in rows.items()],
            page_size=1000,
        )
    return tuple(sorted(rows.keys() - before))


def _grouped(pairs: Iterable[tuple[int, int]]) -> dict[int, tuple[int, ...]]:
    found: defaultdict[int, list[int]] = defaultdict(list)
    for story, article in pairs:
        found[story].append(article)
    return {story: tuple(sorted(articles)) for story, articles in sorted(found.items())}


def _signed(cover: int) -> int:
    """Return 64 bits as PostgreSQL's bigint has them."""
    return cover - (1 << 64) if cover >> 63 else cover


def _unsigned(cover: int) -> int:
    return cover & 0xFFFFFFFFFFFFFFFF
