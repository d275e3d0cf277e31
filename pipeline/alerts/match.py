"""Stages 5 and 6: what is new in the archive against the watches, mails into the outbox, mails out of it.

`match` takes a batch from the queue and commits its matches, deliveries and written mails in one transaction: a crash leaves
the queue as it was. `alert` writes what digests and quiet hours have held back, then sends what is due.
"""

import contextlib
import itertools
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from news.query import Document
from news.watch import MatchKind
from pipeline import aliases, database
from pipeline.alerts import compose, send
from pipeline.alerts.mail_context import Office, office
from pipeline.alerts.watch_cache import Roll
from pipeline.settings import Settings
from storage import Archive, alerts
from storage.alerts import (
    ArticleText,
    Change,
    Happened,
    NewMatch,
    PlannedDelivery,
    SavedWatch,
    StoryFacts,
)
from storage.search import TermVector
from watches.matching.excerpt import excerpt
from watches.matching.matcher import Fit, Subject
from watches.policy import schedule, verdict
from watches.policy.verdict import Happening, Scene

if TYPE_CHECKING:
    from psycopg2.extensions import cursor as Cursor

_BATCH = 1_000  # changes of one transaction
_REST = 5.0  # seconds between two looks when nothing wakes us: retries are due by the clock
_TIDY = timedelta(seconds=30)  # between two looks for digests
_CHANGED = {Happened.EDIT: MatchKind.EDITED, Happened.DELETION: MatchKind.DELETED}


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """What a pass of matching did."""

    changes: int = 0
    matches: int = 0
    mails: int = 0
    skipped: Counter[str] = field(default_factory=Counter)

    def __add__(self, other: "Done") -> "Done":
        return Done(
            changes=self.changes + other.changes,
            matches=self.matches + other.matches,
            mails=self.mails + other.mails,
            skipped=self.skipped + other.skipped,
        )


@dataclass(frozen=True, slots=True)
class _Found:
    """A change that fits a watch."""

    change: Change
    saved: SavedWatch
    fit: Fit
    text: ArticleText  # the version that fits


def match(settings: Settings, *, now: datetime) -> dict[str, Any]:
    """Match everything that waits; return {"changes", "matches", "mails", "skipped": {reason: count}}."""
    done = Done()
    with Archive(database.url(settings), aliases.table(settings)) as archive:
        roll = Roll(archive.aliases)
        while (step := match_once(archive, office(settings), now, roll=roll)).changes:
            done += step
    return {
        "changes": done.changes,
        "matches": done.matches,
        "mails": done.mails,
        "skipped": dict(done.skipped),
    }


def alert(settings: Settings, *, now: datetime) -> dict[str, Any]:
    """Write the digests that are due and send what is due; see pipeline.alerts.send for what is returned."""
    with Archive(database.url(settings)) as archive:
        with archive.transaction() as cursor:
            mails, skipped = compose.compose(
                cursor, office(settings), alerts.load_watches(cursor), now
            )
        return {
            **send.send_due(archive, settings, now=now),
            "composed": mails,
            "skipped": dict(skipped),
        }


def follow(settings: Settings, *, most: int | None = None) -> None:
    """Match and send as articles come, for ever (or `most` rounds). Ends with the database's error; whoever keeps it running starts it again."""
    desk, url = office(settings), database.url(settings)
    with (
        Archive(url, aliases.table(settings)) as archive,
        Archive(url) as ear,
        contextlib.closing(send.carrier(settings)) as way,
    ):
        alerts.listen_for_articles(ear.connection)
        sender, roll, tidied = (
            send.Sender(way, send.limits(settings)),
            Roll(archive.aliases),
            datetime.min.replace(tzinfo=UTC),
        )
        for _ in itertools.count() if most is None else range(most):
            while match_once(archive, desk, datetime.now(UTC), roll=roll).changes:
                sender.send_all(archive)
            if datetime.now(UTC) - tidied > _TIDY:
                tidied = datetime.now(UTC)
                with archive.transaction() as cursor:
                    compose.compose(cursor, desk, roll.call(cursor), tidied)
                send.tell_operator(archive, settings, way, tidied)
            sender.send_all(archive)
            alerts.wait_for_articles(ear.connection, _REST)


def match_once(
    archive: Archive,
    desk: Office,
    now: datetime,
    *,
    roll: Roll | None = None,
    limit: int = _BATCH,
    told: bool = False,
) -> Done:
    """Match one batch and write its mails, in one transaction; `changes` is 0 when nothing waited.

    `roll` keeps the watches from one call to the next. `told`: nothing of the batch is mailed, an archive that was restored has told it before.
    """
    with archive.transaction() as cursor:
        alerts.lock_matching(cursor)
        changes = alerts.dequeue_changes(cursor, limit)
        if not changes:
            return Done()
        known = roll if roll is not None else Roll(archive.aliases)
        saved = known.call(cursor)
        step = _Pass(now, told=told)
        kept = _keep(cursor, _find(changes, known, now), step)
        skipped = step.skipped
        alerts.count_skips(cursor, skipped, now)
        mails, more = compose.compose(
            cursor, desk, [item for item in saved if not verdict.over(item.watch, now)], now
        )
    return Done(changes=len(changes), matches=kept, mails=mails, skipped=skipped + more)


def after_restore(archive: Archive, desk: Office, now: datetime) -> int:
    """Keep a restored archive from telling again what the house has told since the backup; return how many mails that were.

    What waited in the outbox and what has been due since is given up; what waited to be matched is matched and kept, and not mailed.
    """
    with archive.transaction() as cursor:
        given_up = alerts.drop_restored(cursor, now)
    while (step := match_once(archive, desk, now, told=True)).changes:
        given_up += step.skipped["restored"]
    return given_up


def subject(change: Change, text: ArticleText) -> Subject:
    """Return a version of an article as watches see it."""
    flags = {
        name
        for name, holds in (
            ("revised", change.happened is Happened.EDIT),
            ("silent", change.silent),
            ("deleted", change.deleted),
        )
        if holds
    }
    indexed = TermVector(change.terms) if change.terms and text is change.text else None
    return Subject(
        region=change.region,
        indexed=indexed,
        document=Document(
            title=text.title,
            text=text.body,
            language=change.language,
            outlet=change.outlet,
            authors=change.authors,
            country=change.country,
            section=change.section,
            published=change.published,
            flags=frozenset(flags),
        ),
    )


def _find(changes: Sequence[Change], roll: Roll, now: datetime) -> list[_Found]:
    """Return what fits; an edit fits by its text before or after, and counts once."""
    versions = [
        (change, text)
        for change in changes
        for text in (change.text, change.before)
        if text is not None
    ]
    found: dict[tuple[int, int, int], _Found] = {}
    for fit in roll.matcher.run([subject(change, text) for change, text in versions]):
        change, text = versions[fit.subject]
        saved = roll.saved[fit.watch]
        if not verdict.over(saved.watch, now):
            found.setdefault(
                (change.article, change.version, fit.watch), _Found(change, saved, fit, text)
            )
    return list(found.values())


@dataclass(slots=True)
class _Pass:
    """One transaction of matching: what is known, and what it learns on the way."""

    now: datetime
    told: bool = False  # all of it, before the archive was restored
    skipped: Counter[str] = field(default_factory=Counter)
    facts: dict[int, StoryFacts] = field(default_factory=dict)
    known: set[tuple[int, int]] = field(default_factory=set)  # (watch, story) that have matched
    last: dict[int, datetime] = field(default_factory=dict)  # when watches fitted anything before
    hits: dict[int, datetime] = field(default_factory=dict)  # and now

    def scene(self, item: _Found) -> Scene:
        """Return what is known of the story that fits."""
        facts, number = self.facts[item.change.article], item.saved.id
        return Scene(
            story=facts.story,
            follows=facts.follows,
            outlets=facts.outlets,
            last_hit=self.hits.get(number, self.last.get(number)),
            matched=frozenset(
                story for story in (facts.story, *facts.follows) if (number, story) in self.known
            ),
        )

    def rows(self, item: _Found) -> Iterator[NewMatch]:
        """Yield the matches that a fit makes."""
        change, saved = item.change, item.saved
        for happening in self.happenings(item):
            yield NewMatch(
                watch=saved.id,
                story=happening.story,
                kind=happening.kind,
                occasion=happening.occasion,
                article=change.article,
                version=change.version,
                terms=item.fit.terms,
                excerpt=excerpt(item.text.body, item.fit.terms),
            )

    def happenings(self, item: _Found) -> list[Happening]:
        """Return what a fit means; `known` and `hits` learn of it."""
        change, saved, story = item.change, item.saved, self.facts[item.change.article].story
        if change.happened in _CHANGED:
            kind = _CHANGED[change.happened]
            return (
                [Happening(kind=kind, story=story, occasion=f"{change.article}.{change.version}")]
                if kind in saved.watch.kinds
                else []
            )
        found = verdict.of_new(saved.watch, self.scene(item), self.now)
        self.hits[saved.id] = max(change.at, self.hits.get(saved.id, change.at))
        self.known.add((saved.id, story))
        if not found:
            self.skipped["copy"] += len(saved.watch.recipients)
        return found


def _keep(cursor: "Cursor", found: Sequence[_Found], step: _Pass) -> int:
    """Keep matches and plan their mails; return how many matches were new."""
    step.facts = alerts.story_facts(cursor, {item.change.article for item in found})
    stories = {story for fact in step.facts.values() for story in (fact.story, *fact.follows)}
    step.known = alerts.prior_matches(cursor, stories)
    step.last = alerts.last_hits(cursor, {item.saved.id for item in found})
    rows = [(item, row) for item in found for row in step.rows(item)]
    fresh = alerts.save_matches(cursor, [row for _, row in rows], step.now)
    kept = len(fresh)
    alerts.record_hits(cursor, step.hits.items())
    _resettle(cursor, [(item, step.facts[item.change.article]) for item in found], step.now)
    alerts.plan_deliveries(cursor, _plans(rows, fresh, step))
    return kept


def _plans(
    rows: Sequence[tuple[_Found, NewMatch]],
    fresh: dict[tuple[int, int, MatchKind, str], int],
    step: _Pass,
) -> Iterator[PlannedDelivery]:
    """Yield each new match for each recipient: when it becomes mail, or why not."""
    for item, row in rows:
        number = fresh.pop((row.watch, row.story, row.kind, row.occasion), None)
        if number is None:
            continue
        watch = item.saved.watch
        reason = verdict.skipped(watch, row.kind, article_at=item.change.at, now=step.now) or (
            "restored" if step.told else ""
        )
        if reason:
            step.skipped[reason] += len(watch.recipients)
        for address in watch.recipients:
            yield PlannedDelivery(
                match=number,
                address=address,
                due_at=schedule.settled(watch, row.kind, step.now),
                skipped=reason,
            )


def _resettle(cursor: "Cursor", found: Sequence[tuple[_Found, StoryFacts]], now: datetime) -> None:
    """Let "picked up" mails that still wait take in the copies that have just come."""
    stories = {facts.story for item, facts in found if item.change.happened is Happened.NEW}
    watched = {item.saved.id: item.saved.watch for item, _ in found}
    waiting = alerts.waiting_pickups(cursor, stories) if stories else []
    alerts.delay_pickups(
        cursor,
        [
            (watch, story, schedule.settle_again(watched[watch], at, now))
            for watch, story, at in waiting
            if watch in watched
        ],
    )
