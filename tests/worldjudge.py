"""The judge of a drawn world: what was linked, what was archived, what was said of it."""

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import psycopg2

from news.urls import canonical
from press.drawn import telegram
from press.drawn.desk import DrawnDesk
from press.drawn.shape import Form, Place
from press.drawn.story import Story
from press.drawn.world import HOP

if TYPE_CHECKING:
    from crawl_world import Diary, Play

# An article is owed when a place linked it for so long, or was polled while it linked it.
LINKED = timedelta(hours=8)
SETTLE = timedelta(hours=2)  # before the end of the play: what came later may still be under way
_LATE = timedelta(hours=2)  # after a planned check, within which it counts as kept
_MAPS = frozenset({Form.SITEMAP, Form.TEXTMAP})
_ROWS = """
    SELECT a.id, a.title, a.deleted_at, a.revision, a.first_seen_at,
           array_agg(u.url ORDER BY u.url) AS urls
    FROM articles a JOIN outlets o ON o.id = a.outlet_id JOIN article_urls u ON u.id = a.id
    WHERE o.name = %s GROUP BY a.id, a.title, a.deleted_at, a.revision, a.first_seen_at
"""
_ASKED = """
    SELECT c.url, c.last_fetched, c.status, (
        SELECT p.outcome || ' ' || p.detail FROM pages p
        WHERE p.key = c.key ORDER BY p.fetched_at DESC LIMIT 1
    )
    FROM crawl_urls c JOIN outlets o ON o.id = c.outlet_id WHERE o.name = %s
"""


@dataclass(frozen=True)
class Row:
    """An article of the archive."""

    title: str
    deleted_at: datetime | None
    revision: int
    first_seen: datetime
    urls: tuple[str, ...]


@dataclass
class Case:
    """One outlet before the judge."""

    desk: DrawnDesk
    diary: "Diary"
    rows: list[Row]
    asked: dict[str, tuple[datetime | None, int | None, str | None]]
    start: datetime
    until: datetime
    log: list[tuple[datetime, str]]  # its requests after the draft: when, path and query
    _polls: dict[Place, list[datetime]] = field(default_factory=dict)
    by_story: dict[int, list[Row]] = field(default_factory=lambda: defaultdict(list))
    strangers: list[str] = field(default_factory=list)
    merged: list[str] = field(default_factory=list)
    unseen: list[dict[str, Any]] = field(default_factory=list)  # deletions that the plan promised

    def sort(self) -> None:
        """Find the article that each row is."""
        for row in self.rows:
            stories = {story.number: story for story in map(self.story, row.urls) if story}
            if not stories:
                self.strangers.append(row.urls[0])
                continue
            number = next(iter(stories))
            if len(stories) > 1:
                self.merged.append(" = ".join(row.urls[:2]))
                number = self._by_title(row, stories)
            self.by_story[number].append(row)

    def _by_title(self, row: Row, stories: dict[int, Story]) -> int:
        for number, story in stories.items():
            if self.desk.outlet.draft(story, self.until).title == row.title:
                return number
        return next(iter(stories))

    def story(self, url: str) -> Story | None:
        """Return the article that an address leads to."""
        parts = urlsplit(url)
        return self.desk.outlet.find(parts.path + (f"?{parts.query}" if parts.query else ""))

    # ---- what was owed

    def owed(self) -> list[Story]:
        """Return the articles that some place linked long enough while outlets were polled."""
        outlet = self.desk.outlet
        return [story for story in outlet.published(self.until - SETTLE) if self._is_owed(story)]

    def _is_owed(self, story: Story) -> bool:
        if self.desk.shape.address == "channel" and telegram.without_text(story):
            return False
        return bool(self.linking(story))

    def linking(self, story: Story) -> list[str]:
        """Return the forms of the places by which an article is owed."""
        forms = []
        for shown in self.desk.outlet.exposure(story):
            since = max(shown.since, self.start)
            until = min(shown.until or self.until, self.until)
            if self._is_past(story, shown.place) or self._walled(since, until):
                continue
            if until - since >= LINKED or self._was_polled(shown.place, story, since, until):
                forms.append(shown.place.form.value)
        return forms

    def _was_polled(self, place: Place, story: Story, since: datetime, until: datetime) -> bool:
        """Tell whether a place was asked for while an article stood on its first page."""
        size = place.page_size or place.limit
        end = min(until, self.until - SETTLE)
        moments = [at for at in self.polls(place) if since < at < end]
        return any(story in self.desk.outlet.shown(place, at)[:size] for at in moments)

    def polls(self, place: Place) -> list[datetime]:
        """Return when a place's first page was asked for."""
        if place not in self._polls:
            path = self.desk.path_of(place)
            self._polls[place] = [at for at, target in self.log if target == path]
        return self._polls[place]

    def _walled(self, since: datetime, until: datetime) -> bool:
        """Tell whether an article was linked only while its outlet showed a wall."""
        if self.desk.shape.wall is None:
            return False
        begin, end = (self.start + timedelta(days=day) for day in self.desk.shape.wall)
        return since < end and max(begin - since, until - end) < LINKED

    def _is_past(self, story: Story, place: Place) -> bool:
        """Tell whether an article was an archive's when the outlet was first read."""
        if story.published >= self.start:
            return False
        if place.form in _MAPS or place.form in {Form.AJAX, Form.JSON}:
            return True
        size = place.page_size or place.limit
        return story not in self.desk.outlet.shown(place, self.start)[:size]

    def why(self, story: Story) -> str:
        """Return why an article is missing, as far as the archive knows."""
        for path in story.paths:
            held = self.asked.get(canonical(self.desk.pages.root + path))
            if held is None:
                continue
            fetched, status, outcome = held
            if fetched is None:
                return "known, never fetched"
            return f"fetched ({status}): {outcome or 'no page kept'}"[:90]
        return "address never known"

    def spent(self) -> Counter[str]:
        """Count the requests by what was asked for: a place, an article for the first time."""
        counts: Counter[str] = Counter()
        asked: set[int] = set()
        places = {self.desk.path_of(place) for place in self.desk.shape.places}
        for _, path in self.log:
            story = self.story(self.desk.pages.root + path)
            if path.startswith(HOP):
                counts["hop"] += 1
            elif story is not None:
                counts["again" if story.number in asked else "article"] += 1
                asked.add(story.number)
            elif path in places:
                counts["place"] += 1
            else:
                counts["robots" if path == "/robots.txt" else "other"] += 1
        return counts

    # ---- deletions

    def deletions(self) -> Counter[str]:
        """Count deletions of archived articles: seen, promised by the plan, promises broken."""
        counts: Counter[str] = Counter()
        for story in self.desk.outlet.published(self.until):
            for row in self.by_story.get(story.number, [])[:1]:
                self._deletion(story, row, counts)
        return counts

    def _deletion(self, story: Story, row: Row, counts: Counter[str]) -> None:
        at = story.deleted
        if at is None or at > self.until:
            counts["falsely"] += row.deleted_at is not None
            return
        if row.first_seen >= at:
            return
        soft = "soft" if story.gone.soft else "hard"
        counts[soft] += 1
        counts[f"{soft} seen"] += row.deleted_at is not None
        counts[f"as {story.gone.value}"] += 1
        counts[f"as {story.gone.value}, seen"] += row.deleted_at is not None
        if self._promised(story, at):
            counts[f"{soft} planned"] += 1
            counts[f"{soft} planned missed"] += row.deleted_at is None
            if row.deleted_at is None:
                self.unseen.append(self._unseen(story, at))

    def _unseen(self, story: Story, at: datetime) -> dict[str, Any]:
        """Return what is known of a deletion that was not seen."""
        later = [fetched for fetched, _ in self._checks(story) if fetched > at]
        return {
            "url": self.desk.pages.root + story.path,
            "gone": story.gone.value,
            "deleted": at.isoformat(),
            "asked since": [fetched.isoformat() for fetched in later],
            "why": self.why(story),
        }

    def _checks(self, story: Story) -> list[tuple[datetime, datetime | None]]:
        """Return when an article was fetched, and the next check planned at each fetch."""
        pairs: list[tuple[datetime, datetime | None]] = []
        for path in story.paths:
            pairs += self.diary.planned.get(canonical(self.desk.pages.root + path), [])
        return sorted(pairs, key=lambda pair: pair[0])

    def _promised(self, story: Story, at: datetime) -> bool:
        """Tell whether a check was planned after a moment, and its time has come."""
        before = [check for fetched, check in self._checks(story) if fetched <= at]
        check = before[-1] if before else None
        return check is not None and at <= check < self.until - _LATE


def judge(play: "Play", until: datetime) -> dict[str, Any]:
    """Return the figures of all outlets, by name."""
    log = play.log()
    days = (until - play.world.start) / timedelta(days=1)
    figures: dict[str, Any] = {}
    with psycopg2.connect(play.url) as connection, connection.cursor() as cursor:
        for name, desk in play.desks.items():
            diary = play.diaries[name]
            case = Case(
                desk=desk,
                diary=diary,
                rows=_rows(cursor, name),
                asked=_asked(cursor, name),
                start=play.world.start,
                until=until,
                log=log[name][diary.visit :],
            )
            case.sort()
            figures[name] = _figures(case, days)
    connection.close()
    return figures


def _rows(cursor: Any, name: str) -> list[Row]:
    cursor.execute(_ROWS, (name,))
    return [Row(row[1], row[2], row[3], row[4], tuple(row[5])) for row in cursor.fetchall()]


def _asked(cursor: Any, name: str) -> dict[str, Any]:
    cursor.execute(_ASKED, (name,))
    return {row[0]: row[1:] for row in cursor.fetchall()}


def _figures(case: Case, days: float) -> dict[str, Any]:
    owed = case.owed()
    missed = [story for story in owed if not case.by_story.get(story.number)]
    doubles = {number: rows for number, rows in case.by_story.items() if len(rows) > 1}
    diary = case.diary
    spent = len(case.log)
    named = sorted({f"{state}: {note}"[:110] for _, state, note in diary.states if state != "ok"})
    return {
        "kind": case.desk.shape.kind,
        "address": case.desk.shape.address,
        "languages": case.desk.shape.languages,
        "doors": diary.doors,
        "places": [f"{place.form} {place.path}" for place in case.desk.shape.places],
        "draft_notes": diary.notes,
        "samples": diary.samples,
        "visit": diary.visit,
        "owed": len(owed),
        "missed": len(missed),
        "rows": len(case.rows),
        "strangers": case.strangers,
        "doubles": [row.urls[0] for rows in doubles.values() for row in rows],
        "double": len(doubles),
        "merged": case.merged,
        "deletions": dict(case.deletions()),
        "unseen": case.unseen,
        "requests": spent,
        "spent": dict(case.spent()),
        "allowed": round(1.3 * len(case.rows) + 30 * days),
        "health": diary.health or "never read",
        "note": diary.told,
        "named": named,
        "misses": [_miss(case, story) for story in missed],
        "lies": bool(missed) and diary.health == "ok",
    }


def _miss(case: Case, story: Story) -> dict[str, Any]:
    return {
        "url": case.desk.pages.root + story.path,
        "published": story.published.isoformat(),
        "deleted": story.deleted.isoformat() if story.deleted else None,
        "linked by": sorted(set(case.linking(story))),
        "why": case.why(story),
    }


# ---- the table


def totals(figures: dict[str, Any]) -> dict[str, float]:
    """Return the figures over all outlets."""
    rows = figures.values()
    owed = sum(row["owed"] for row in rows)
    archived = sum(row["rows"] for row in rows)
    return {
        "owed": owed,
        "recall": 1 - sum(row["missed"] for row in rows) / max(1, owed),
        "strangers": sum(len(row["strangers"]) for row in rows) / max(1, archived),
        "doubles": sum(row["double"] for row in rows),
        "planned missed": sum(
            row["deletions"].get("soft planned missed", 0)
            + row["deletions"].get("hard planned missed", 0)
            for row in rows
        ),
        "requests": sum(row["requests"] for row in rows),
        "allowed": sum(row["allowed"] for row in rows),
        "lies": sum(row["lies"] for row in rows),
    }


def table(figures: dict[str, Any]) -> str:
    """Return the figures as a person reads them, then the misses by kind and reason."""
    head = (
        "kind            owed missed  rows strange double merged   soft   hard  falsely"
        "   req/allowed  health"
    )
    lines = [head]
    for row in figures.values():
        gone = row["deletions"]
        lies = "  LAW BROKEN" if row["lies"] else ""
        lines.append(
            f"{row['kind']:15}{row['owed']:5}{row['missed']:7}{row['rows']:6}"
            f"{len(row['strangers']):8}{row['double']:7}{len(row['merged']):7}"
            f"{_seen(gone, 'soft'):>7}{_seen(gone, 'hard'):>7}{gone.get('falsely', 0):9}"
            f"{row['requests']:6}/{row['allowed']:<6} {row['health']}{lies}"
        )
    lines.append(" ".join(f"{name} {value:.3g}" for name, value in totals(figures).items()))
    for row in figures.values():
        spent = ", ".join(f"{count} {what}" for what, count in sorted(row["spent"].items()))
        lines.append(f"{row['kind']}: asked {spent}")
    for row in figures.values():
        lines += list(_findings(row))
    return "\n".join(lines)


def _seen(gone: dict[str, int], kind: str) -> str:
    """Return deletions seen of those that happened, and broken promises after an exclamation."""
    missed = gone.get(f"{kind} planned missed", 0)
    text = f"{gone.get(f'{kind} seen', 0)}/{gone.get(kind, 0)}"
    return f"{text}!{missed}" if missed else text


def _findings(row: dict[str, Any]) -> list[str]:
    lines = []
    reasons: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for miss in row["misses"]:
        reasons[f"{miss['why']} (linked by {', '.join(miss['linked by'])})"].append(miss)
    for reason, misses in sorted(reasons.items(), key=lambda pair: -len(pair[1])):
        lines.append(f"    {len(misses)} missed: {reason}; {misses[0]['url']}")
    for what in ("strangers", "doubles", "merged"):
        if row[what]:
            lines.append(f"    {what}: {' '.join(row[what][:4])}")
    for gone in row["unseen"]:
        asked = (
            f"asked {len(gone['asked since'])} times since" if gone["asked since"] else "not asked"
        )
        lines.append(f"    deletion unseen: {gone['gone']}, {asked}: {gone['why']}; {gone['url']}")
    if not lines:
        return []
    head = f"{row['kind']} ({row['address']}, {'/'.join(row['languages'])}); health {row['health']}"
    told = [
        f"    places: {'; '.join(row['places'])}",
        f"    doors drafted: {'; '.join(row['doors'])}",
    ]
    told += [f"    said: {said}" for said in row["named"][:4]]
    told += [f"    {note}" for note in row["draft_notes"] if note.startswith("draft failed")]
    return ["", head + (f" ({row['note']})" if row["note"] else ""), *told, *lines]
