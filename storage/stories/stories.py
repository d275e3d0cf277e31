"""Stories in PostgreSQL: articles, edges, members and links, as whoever forms them asks.

`ArchiveStoryStore` has the methods of dedupe's StoryStore; how a print is read back is handed in,
since this room does not know that one.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Generic

from news.story import Doc, Edge, Story, StoryChanges, Verdict
from storage.sql.statements import execute, execute_many, fetch_all, fetch_value
from storage.stories.days import LOOK_BACK, drop_old_fingerprints
from storage.stories.edges import edge_row, read_edge
from storage.stories.fingerprints import ArchiveWindow, P
from storage.stories.moves import Home, Link, find_merged, keep_ids, link_scores, story_changes

if TYPE_CHECKING:
    from psycopg2.extensions import cursor as Cursor

_LOCK = 0x6B73746F7279  # "kstory"


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
        execute(cursor, "fingerprints.lock", lock=_LOCK)
        drop_old_fingerprints(cursor, now)

        self.window = ArchiveWindow(
            cursor,
            unpack,
            now=now,
        )

    def replace_edges(
        self,
        changed: Collection[int],
        touched: Collection[int],
        edges: Sequence[Edge],
    ) -> set[int]:
        """Write edges over those that lapse; return the articles at the ends of the lapsed."""
        lapsed = self._drop_edges(changed, touched)
        rows = [edge_row(edge) for edge in edges]

        if rows:
            execute_many(self._cursor, "stories.add_edges", rows)

        return lapsed

    def companions(self, articles: Collection[int]) -> set[int]:
        """Return who is in a story with some articles or joined to one by the same report."""
        execute(self._cursor, "stories.companions", articles=list(articles))
        return {row[0] for row in self._cursor.fetchall()}

    def edges(self, articles: Collection[int]) -> list[Edge]:
        """Return all edges of some articles."""
        rows = fetch_all(self._cursor, "stories.edges", articles=list(articles))
        return [read_edge(row) for row in rows]

    def verdicts(self, articles: Collection[int]) -> list[Verdict]:
        """Return what people have said of some articles and any others."""
        rows = fetch_all(self._cursor, "stories.verdicts", articles=list(articles))
        return [Verdict(left=row[0], right=row[1], same=row[2]) for row in rows]

    def say_verdicts(self, pairs: Collection[tuple[int, int]], *, same: bool) -> None:
        """Remember that pairs of articles are one report, or that they are not."""
        execute(
            self._cursor,
            "stories.say_verdicts",
            ones=[one for one, _ in pairs],
            others=[other for _, other in pairs],
            same=same,
            now=self._now,
        )

    def rematch(self, stories: Collection[int]) -> None:
        """Let the leads of stories be matched against the watches, as if they had just come."""
        execute(self._cursor, "stories.rematch", stories=list(stories))

    def article_at(self, url: str) -> int | None:
        """Return the article at a canonical URL; None when there is none."""
        article: int | None = fetch_value(self._cursor, "stories.article_at", url=url)
        return article

    def story_of(self, article: int) -> Story | None:
        """Return the story an article is a member of, by its articles; None of one that is gone."""
        home = self._homes([article]).get(article)
        if home is None:
            return None

        members: dict[str, list[int]] = {"member": [], "quotes": []}
        for role, number in fetch_all(self._cursor, "stories.members", story=home.story):
            members[role].append(number)

        return Story(
            lead=home.lead,
            members=tuple(members["member"]),
            reason=home.reason,
            quoted_by=tuple(members["quotes"]),
        )

    def docs(self, articles: Collection[int]) -> list[Doc]:
        """Return articles with their texts, by id."""
        execute(self._cursor, "stories.docs", articles=list(articles))

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
        execute(self._cursor, "stories.leave", articles=list(articles))

        return left

    def remove_stories(self, stories: Collection[int]) -> None:
        """Remove stories without members."""
        execute(self._cursor, "stories.remove_stories", stories=sorted(stories))

    def _drop_edges(self, changed: Collection[int], touched: Collection[int]) -> set[int]:
        """Remove edges that lapse; return the articles they joined."""
        lapsed = fetch_all(
            self._cursor,
            "stories.drop_edges",
            changed=list(changed),
            touched=list(touched),
            since=self._now.date() - timedelta(days=LOOK_BACK),
        )

        ends: set[int] = set()
        for edge in lapsed:
            ends.update(edge)
        return ends

    def _homes(self, articles: Collection[int]) -> dict[int, Home]:
        """Return the story of each article that has one."""
        rows = fetch_all(self._cursor, "stories.homes", articles=list(articles))
        return {article: Home(story, lead, reason) for article, story, lead, reason in rows}

    def _save_stories(self, stories: Sequence[Story]) -> StoryChanges:
        """Write stories and members; return what changed, without follow-ups."""
        lead_of: dict[int, int] = {}
        for story in stories:
            lead_of.update(dict.fromkeys(story.members, story.lead))

        before = self._homes(lead_of)
        ids = keep_ids(stories, before)
        kept = [story for story in stories if story.lead in ids]
        made = [story for story in stories if story.lead not in ids]
        ids |= self._make(made)
        home = {member: ids[lead] for member, lead in lead_of.items()}

        self._change(kept, ids, before)
        self._write_members(stories, ids, home)
        merged = find_merged(before, home)
        self._merge(merged)

        fresh = {ids[story.lead] for story in made}

        return story_changes(
            before,
            home,
            fresh,
            merged,
        )

    def _make(self, stories: Sequence[Story]) -> dict[int, int]:
        """Make stories; return lead -> id."""
        if not stories:
            return {}

        values = {
            "leads": [story.lead for story in stories],
            "reasons": [story.reason for story in stories],
            "now": self._now,
        }

        execute(self._cursor, "stories.new_stories", **values)

        return {lead: number for number, lead in self._cursor.fetchall()}

    def _change(
        self,
        kept: Sequence[Story],
        ids: Mapping[int, int],
        before: Mapping[int, Home],
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

        execute(self._cursor, "stories.change_story", **values)

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

        execute(self._cursor, "stories.leave", articles=list(home))
        execute(self._cursor, "stories.join", **values)

    def _merge(self, merged: Mapping[int, int]) -> None:
        """Keep where stories that are gone are found now (gone -> the one it went into)."""
        values = {
            "old": list(merged),
            "new": list(merged.values()),
            "now": self._now,
        }

        execute(self._cursor, "stories.alias", **values)
        execute(self._cursor, "stories.move_aliases", **values)
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
        ends = {link.left for link in links} | {link.right for link in links}
        outside = self._homes(ends - home.keys())
        story_of = {article: kept.story for article, kept in outside.items()}
        story_of.update(home)
        scores = self._in_order(link_scores(links, story_of))

        formed = list(set(home.values()))
        before = set(fetch_all(self._cursor, "stories.drop_follow_ups", stories=formed))

        if scores:
            rows = [(*pair, score) for pair, score in scores.items()]
            execute_many(self._cursor, "stories.add_follow_ups", rows)

        return tuple(sorted(scores.keys() - before))

    def _in_order(self, scores: Mapping[Link, float]) -> dict[Link, float]:
        """Return the links that lead from a later story to an earlier one."""
        linked = {later for later, _ in scores} | {earlier for _, earlier in scores}
        appeared = dict(fetch_all(self._cursor, "stories.lead_times", stories=list(linked)))

        ordered: dict[Link, float] = {}
        for (later, earlier), score in scores.items():
            if (appeared[later], later) > (appeared[earlier], earlier):
                ordered[later, earlier] = score

        return ordered


def current_story(cursor: "Cursor", story: int) -> int | None:
    """Return the id under which a story is found now; None when all its articles are gone."""
    number: int | None = fetch_value(cursor, "stories.current", story=story)
    return number
