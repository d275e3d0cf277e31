"""Stories in PostgreSQL: articles, edges, members and links, as whoever forms stories asks for them.

`ArchiveStoryStore` has the methods of dedupe's StoryStore; how a print is read back is handed in,
since this room does not know that one.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Generic

from psycopg2.extras import execute_values

from news.story import Doc, Edge, EdgeKind, Story, StoryChanges, Verdict
from storage.sql.statements import statement
from storage.stories.days import LOOK_BACK, drop_old_fingerprints
from storage.stories.fingerprints import ArchiveWindow, P

if TYPE_CHECKING:
    from psycopg2.extensions import cursor as Cursor

_LOCK = 0x6B73746F7279  # "kstory"
_PAGE = 1000  # rows a statement

_Link = tuple[int, int]  # (later story, earlier story)


@dataclass(frozen=True, slots=True)
class _Home:
    """The story an article is a member of, before it is formed anew."""

    story: int
    lead: int
    reason: str


class ArchiveStoryStore(Generic[P]):
    """The stories of the archive as one transaction sees them.

    Opening it takes the lock that makes formers of stories wait for one another, drops the days
    no look-back reaches, and makes today's partitions if they are missing.
    `now` is aware; `unpack` makes prints of what `pack` returned.
    """

    def __init__(
        self,
        cursor: "Cursor",
        unpack: Callable[[Sequence[bytes]], list[P]],
        *,
        now: datetime,
    ) -> None:
        self._cursor = cursor
        self._now = now
        cursor.execute(statement("fingerprints", "lock"), {"lock": _LOCK})
        drop_old_fingerprints(cursor, now)
        self.window = ArchiveWindow(cursor, unpack, now=now)

    def replace_edges(
        self,
        changed: Collection[int],
        touched: Collection[int],
        edges: Sequence[Edge],
    ) -> set[int]:
        """Write edges over those that lapse; return the articles at the ends of the lapsed."""
        lapsed = self._drop_edges(changed, touched)
        rows = [_edge_row(edge) for edge in edges]
        if rows:
            add = statement("stories", "add_edges")
            execute_values(self._cursor, add, rows, page_size=_PAGE)
        return lapsed

    def companions(self, articles: Collection[int]) -> set[int]:
        """Return who is in a story with some articles or joined to one by the same report."""
        self._cursor.execute(statement("stories", "companions"), {"articles": list(articles)})
        return {row[0] for row in self._cursor.fetchall()}

    def edges(self, articles: Collection[int]) -> list[Edge]:
        """Return all edges of some articles."""
        self._cursor.execute(statement("stories", "edges"), {"articles": list(articles)})
        return [_edge(row) for row in self._cursor.fetchall()]

    def verdicts(self, articles: Collection[int]) -> list[Verdict]:
        """Return what people have said of some articles and any others."""
        self._cursor.execute(statement("stories", "verdicts"), {"articles": list(articles)})
        return [Verdict(left=row[0], right=row[1], same=row[2]) for row in self._cursor.fetchall()]

    def say_verdicts(self, pairs: Collection[tuple[int, int]], *, same: bool) -> None:
        """Remember that pairs of articles are one report, or that they are not."""
        values = {
            "ones": [one for one, _ in pairs],
            "others": [other for _, other in pairs],
            "same": same,
            "now": self._now,
        }
        self._cursor.execute(statement("stories", "say_verdicts"), values)

    def match_again(self, stories: Collection[int]) -> None:
        """Let the leads of stories be matched against the watches, as if they had just come."""
        self._cursor.execute(statement("stories", "match_again"), {"stories": list(stories)})

    def article_at(self, url: str) -> int | None:
        """Return the article at a canonical URL; None when there is none."""
        self._cursor.execute(statement("stories", "article_at"), {"url": url})
        row = self._cursor.fetchone()
        return row[0] if row else None

    def story_of(self, article: int) -> Story | None:
        """Return the story an article is a member of, by its articles; None of one that is gone."""
        home = self._homes([article]).get(article)
        if home is None:
            return None
        self._cursor.execute(statement("stories", "members"), {"story": home.story})
        members: dict[str, list[int]] = {"member": [], "quotes": []}
        for role, number in self._cursor.fetchall():
            members[role].append(number)
        return Story(
            lead=home.lead,
            members=tuple(members["member"]),
            reason=home.reason,
            quoted_by=tuple(members["quotes"]),
        )

    def docs(self, articles: Collection[int]) -> list[Doc]:
        """Return articles with their texts, by id."""
        self._cursor.execute(statement("stories", "docs"), {"articles": list(articles)})
        return [
            Doc(
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
            for row in self._cursor.fetchall()
        ]

    def save(self, stories: Sequence[Story], follow_ups: Sequence[Edge]) -> StoryChanges:
        """Write the stories of whole components over what was there, and the links from them."""
        changes = self._save_stories(stories)
        return replace(changes, follow_ups=self._save_follow_ups(follow_ups, changes.home))

    def forget(self, articles: Collection[int]) -> set[int]:
        """Take articles out of window, edges and stories; return the stories they left."""
        self.window.drop(articles)
        self._drop_edges(articles, articles)
        left = {home.story for home in self._homes(articles).values()}
        self._cursor.execute(statement("stories", "leave"), {"articles": list(articles)})
        return left

    def remove_stories(self, stories: Collection[int]) -> None:
        """Remove stories without members."""
        self._cursor.execute(statement("stories", "remove_stories"), {"stories": sorted(stories)})

    def _drop_edges(self, changed: Collection[int], touched: Collection[int]) -> set[int]:
        """Remove edges that lapse; return the articles they joined."""
        values = {
            "changed": list(changed),
            "touched": list(touched),
            "since": self._now.date() - timedelta(days=LOOK_BACK),
        }
        self._cursor.execute(statement("stories", "drop_edges"), values)
        return {end for row in self._cursor.fetchall() for end in row}

    def _homes(self, articles: Collection[int]) -> dict[int, _Home]:
        """Return the story of each article that has one."""
        self._cursor.execute(statement("stories", "homes"), {"articles": list(articles)})
        return {row[0]: _Home(row[1], row[2], row[3]) for row in self._cursor.fetchall()}

    def _save_stories(self, stories: Sequence[Story]) -> StoryChanges:
        """Write stories and members; return what changed, without follow-ups."""
        articles = [member for story in stories for member in story.members]
        before = self._homes(articles)
        ids = _keep_ids(stories, before)
        kept = [story for story in stories if story.lead in ids]
        made = [story for story in stories if story.lead not in ids]
        ids |= self._make(made)
        home = {member: ids[story.lead] for story in stories for member in story.members}

        self._change(kept, ids, before)
        self._write_members(stories, ids, home)
        merged = _merged(before, home)
        self._merge(merged)

        fresh = {ids[story.lead] for story in made}
        return _changes(before, home, fresh, merged)

    def _make(self, stories: Sequence[Story]) -> dict[int, int]:
        """Make stories; return lead -> id."""
        if not stories:
            return {}
        values = {
            "leads": [story.lead for story in stories],
            "reasons": [story.reason for story in stories],
            "now": self._now,
        }
        self._cursor.execute(statement("stories", "new_stories"), values)
        return {lead: number for number, lead in self._cursor.fetchall()}

    def _change(
        self,
        kept: Sequence[Story],
        ids: Mapping[int, int],
        before: Mapping[int, _Home],
    ) -> None:
        """Write leads and reasons of stories that go on, where they or the members changed."""
        members: defaultdict[int, set[int]] = defaultdict(set)
        heads: dict[int, tuple[int, str]] = {}
        for article, home in before.items():
            members[home.story].add(article)
            heads[home.story] = home.lead, home.reason

        changed = []
        for story in kept:
            number = ids[story.lead]
            same_head = heads[number] == (story.lead, story.reason)
            if not same_head or members[number] != set(story.members):
                changed.append(story)
        values = {
            "stories": [ids[story.lead] for story in changed],
            "leads": [story.lead for story in changed],
            "reasons": [story.reason for story in changed],
            "now": self._now,
        }
        self._cursor.execute(statement("stories", "change_story"), values)

    def _write_members(
        self,
        stories: Sequence[Story],
        ids: Mapping[int, int],
        home: Mapping[int, int],
    ) -> None:
        """Write who is a member of each story, and who quotes it."""
        rows: list[tuple[int, int, str]] = []
        for story in stories:
            number = ids[story.lead]
            rows += [(member, number, "member") for member in story.members]
            rows += [(digest, number, "quotes") for digest in story.quoted_by]
        values = {
            "articles": [row[0] for row in rows],
            "stories": [row[1] for row in rows],
            "roles": [row[2] for row in rows],
        }
        self._cursor.execute(statement("stories", "leave"), {"articles": list(home)})
        self._cursor.execute(statement("stories", "join"), values)

    def _merge(self, merged: Mapping[int, int]) -> None:
        """Keep where stories that are gone are found now (gone -> the one it went into)."""
        values = {"old": list(merged), "new": list(merged.values()), "now": self._now}
        self._cursor.execute(statement("stories", "alias"), values)
        self._cursor.execute(statement("stories", "move_aliases"), values)
        self.remove_stories(merged)

    def _save_follow_ups(
        self,
        links: Sequence[Edge],
        home: Mapping[int, int],
    ) -> tuple[tuple[int, int], ...]:
        """Write the links between stories; return those that are new, (later, earlier).

        A story follows those alone whose leads appeared before its own: no two follow each other,
        and no row of links comes back to where it began.
        """
        outside = {end for link in links for end in (link.left, link.right)} - home.keys()
        story_of = {article: held.story for article, held in self._homes(outside).items()}
        story_of.update(home)
        scores = self._in_order(_link_scores(links, story_of))

        formed = {"stories": list(set(home.values()))}
        self._cursor.execute(statement("stories", "drop_follow_ups"), formed)
        before = set(self._cursor.fetchall())
        if scores:
            rows = [(*pair, score) for pair, score in scores.items()]
            add = statement("stories", "add_follow_ups")
            execute_values(self._cursor, add, rows, page_size=_PAGE)
        return tuple(sorted(scores.keys() - before))

    def _in_order(self, scores: Mapping[_Link, float]) -> dict[_Link, float]:
        """Return the links that lead from a later story to an earlier one."""
        linked = {story for link in scores for story in link}
        self._cursor.execute(statement("stories", "lead_times"), {"stories": list(linked)})
        appeared = dict(self._cursor.fetchall())

        ordered: dict[_Link, float] = {}
        for (later, earlier), score in scores.items():
            if (appeared[later], later) > (appeared[earlier], earlier):
                ordered[later, earlier] = score
        return ordered


def current_story(cursor: "Cursor", story: int) -> int | None:
    """Return the id under which a story is found now; None when all its articles are gone."""
    cursor.execute(statement("stories", "current"), {"story": story})
    row = cursor.fetchone()
    return row[0] if row else None


def _keep_ids(stories: Sequence[Story], before: Mapping[int, _Home]) -> dict[int, int]:
    """Return lead -> id for the stories that go on.

    Each id goes to the story with most of its articles, of several to the one with its lead; the
    older id first.
    """
    votes: Counter[tuple[int, int]] = Counter()
    led: set[tuple[int, int]] = set()
    for story in stories:
        for member in story.members:
            if member in before:
                home = before[member]
                votes[home.story, story.lead] += 1
                if home.lead == member:
                    led.add((home.story, story.lead))

    ids: dict[int, int] = {}
    used: set[int] = set()
    for (number, lead), _ in sorted(
        votes.items(), key=lambda vote: (-vote[1], vote[0] not in led, vote[0])
    ):
        if number not in used and lead not in ids:
            ids[lead] = number
            used.add(number)
    return ids


def _merged(before: Mapping[int, _Home], home: Mapping[int, int]) -> dict[int, int]:
    """Return the stories that are gone, each with the one most of its articles went into."""
    living = set(home.values())
    went: defaultdict[int, Counter[int]] = defaultdict(Counter)
    for article, old in before.items():
        if old.story not in living:
            went[old.story][home[article]] += 1
    return {
        number: min(into, key=lambda story: (-into[story], story)) for number, into in went.items()
    }


def _changes(
    before: Mapping[int, _Home],
    home: Mapping[int, int],
    fresh: Collection[int],
    merged: Mapping[int, int],
) -> StoryChanges:
    """Return what became of stories, by where articles were and where they are."""
    joined: list[tuple[int, int]] = []
    left: list[tuple[int, int]] = []
    for article, story in home.items():
        old = before.get(article)
        if old is not None and old.story == story:
            continue
        if story not in fresh:
            joined.append((story, article))
        if old is not None and old.story not in merged:
            left.append((old.story, article))
    return StoryChanges(
        new=tuple(sorted(fresh)),
        home=home,
        merged=merged,
        grown=_grouped(joined),
        shrunk=_grouped(left),
    )


def _grouped(pairs: Iterable[tuple[int, int]]) -> dict[int, tuple[int, ...]]:
    """Return story -> its articles, both in order."""
    groups: defaultdict[int, list[int]] = defaultdict(list)
    for story, article in pairs:
        groups[story].append(article)
    return {story: tuple(sorted(articles)) for story, articles in sorted(groups.items())}


def _link_scores(
    links: Iterable[Edge],
    story_of: Mapping[int, int],
) -> dict[tuple[int, int], float]:
    """Return the score of each link between two stories, (later, earlier)."""
    scores: dict[tuple[int, int], float] = {}
    for link in links:
        later, earlier = story_of.get(link.left), story_of.get(link.right)
        if later is not None and earlier is not None and later != earlier:
            scores[later, earlier] = max(scores.get((later, earlier), 0.0), link.score)
    return scores


_EdgeRow = tuple[int, int, str, float, float, int, int]


def _edge_row(edge: Edge) -> _EdgeRow:
    """Return an edge as the table's row has it."""
    return (
        edge.left,
        edge.right,
        edge.kind.value,
        edge.score,
        edge.share,
        _signed(edge.left_cover),
        _signed(edge.right_cover),
    )


def _edge(row: _EdgeRow) -> Edge:
    """Return the edge of a row."""
    return Edge(
        left=row[0],
        right=row[1],
        kind=EdgeKind(row[2]),
        score=row[3],
        share=row[4],
        left_cover=_unsigned(row[5]),
        right_cover=_unsigned(row[6]),
    )


def _signed(cover: int) -> int:
    """Return 64 bits as PostgreSQL's bigint has them."""
    return cover - (1 << 64) if cover >> 63 else cover


def _unsigned(cover: int) -> int:
    """Return bigint's 64 bits as a number from 0."""
    return cover & 0xFFFFFFFFFFFFFFFF
