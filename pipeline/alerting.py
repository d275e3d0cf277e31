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
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from news.query import Document
from news.watch import MatchKind, Watch
from pipeline import composing, database, sending
from pipeline.office import Office, office
from pipeline.settings import Settings
from storage import matches, outbox, waking, watches
from storage.archive import Archive
from storage.matches import Change, Facts, Happened, NewMatch, Plan, Text
from storage.watches import Saved
from watches import fate, schedule
from watches.excerpt import excerpt
from watches.fate import Happening, Scene
from watches.match import Matcher, Subject

if TYPE_CHECKING:
    from psycopg2.extensions import cursor as Cursor  # noqa: N812

_BATCH = 1_000                         # changes of one transaction
_REST = 5.0                            # seconds between two looks when nothing wakes us: retries are due by the clock
_TIDY = timedelta(seconds=30)          # between two looks for digests
_CHANGED = {Happened.EDIT: MatchKind.EDITED, Happened.DELETION: MatchKind.DELETED}


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """What a pass of matching did."""

    changes: int = 0
    matches: int = 0
    mails: int = 0
    skipped: Counter[str] = field(default_factory=Counter)

    def __add__(self, other: "Done") -> "Done":
        return Done(changes=self.changes + other.changes, matches=self.matches + other.matches, mails=self.mails + other.mails,
                    skipped=self.skipped + other.skipped)


@dataclass(frozen=True, slots=True)
class _Found:
    """A change that fits a watch."""

    change: Change
    saved: Saved
    terms: tuple[str, ...]
    text: Text                         # the version that fits


def match(settings: Settings, *, now: datetime) -> dict[str, Any]:
    """Match everything that waits; return {"changes", "matches", "mails", "skipped": {reason: count}}."""
    done = Done()
    with Archive(database.url(settings)) as archive:
        while (step := match_once(archive, office(settings), now)).changes:
            done += step
    return {"changes": done.changes, "matches": done.matches, "mails": done.mails, "skipped": dict(done.skipped)}


def alert(settings: Settings, *, now: datetime) -> dict[str, Any]:
    """Write the digests that are due and send what is due; see pipeline.sending for what is returned."""
    with Archive(database.url(settings)) as archive:
        with archive.transaction() as cursor:
            mails, skipped = composing.compose(cursor, office(settings), watches.load(cursor), now)
        return {**sending.send_due(archive, settings, now=now), "composed": mails, "skipped": dict(skipped)}


def follow(settings: Settings, *, most: int | None = None) -> None:
    """Match and send as articles come, for ever (or `most` rounds). Ends with the database's error; whoever keeps it running starts it again."""
    desk, url = office(settings), database.url(settings)
    with Archive(url) as archive, Archive(url) as ear, contextlib.closing(sending.carrier(settings)) as way:
        waking.listen(ear.connection)
        sender, tidied = sending.Sender(way, sending.limits()), datetime.min.replace(tzinfo=UTC)
        for _ in itertools.count() if most is None else range(most):
            while match_once(archive, desk, datetime.now(UTC)).changes:
                sender.send_all(archive)
            if datetime.now(UTC) - tidied > _TIDY:
                tidied = datetime.now(UTC)
                with archive.transaction() as cursor:
                    composing.compose(cursor, desk, watches.load(cursor), tidied)
                sending.tell_operator(archive, settings, way, tidied)
            sender.send_all(archive)
            waking.wait(ear.connection, _REST)


def match_once(archive: Archive, desk: Office, now: datetime, *, limit: int = _BATCH) -> Done:
    """Match one batch and write its mails, in one transaction; `changes` is 0 when nothing waited."""
    with archive.transaction() as cursor:
        matches.take_turn(cursor)
        changes = matches.take(cursor, limit)
        if not changes:
            return Done()
        saved = [item for item in watches.load(cursor) if not fate.over(item.watch, now)]
        skipped: Counter[str] = Counter()
        kept = _keep(cursor, _find(changes, saved), skipped, now)
        outbox.count_skips(cursor, skipped, now)
        mails, more = composing.compose(cursor, desk, saved, now)
    return Done(changes=len(changes), matches=kept, mails=mails, skipped=skipped + more)


def subject(change: Change, text: Text) -> Subject:
    """Return a version of an article as watches see it."""
    flags = {name for name, holds in (("revised", change.happened is Happened.EDIT), ("silent", change.silent), ("deleted", change.deleted)) if holds}
    return Subject(region=change.region, document=Document(
        title=text.title, text=text.body, language=change.language, outlet=change.outlet, authors=change.authors, country=change.country,
        section=change.section, published=change.published, flags=frozenset(flags),
    ))


def _find(changes: Sequence[Change], saved: Sequence[Saved]) -> list[_Found]:
    """Return what fits; an edit fits by its text before or after, and counts once."""
    versions = [(change, text) for change in changes for text in (change.text, change.before) if text is not None]
    fits = _matcher(tuple(item.watch for item in saved)).run([subject(change, text) for change, text in versions])
    found: dict[tuple[int, int, int], _Found] = {}
    for fit in fits:
        change, text = versions[fit.subject]
        found.setdefault((change.article, change.version, fit.watch), _Found(change, saved[fit.watch], fit.terms, text))
    return list(found.values())


@lru_cache(maxsize=2)
def _matcher(held: tuple[Watch, ...]) -> Matcher:
    """Return the matcher of these watches; a process that follows the archive makes it once."""
    return Matcher(held)


@dataclass(slots=True)
class _Pass:
    """One transaction of matching: what is known, and what it learns on the way."""

    now: datetime
    skipped: Counter[str]
    facts: dict[int, Facts]
    known: set[tuple[int, int]]                    # (watch, story) that have matched
    hits: dict[int, datetime] = field(default_factory=dict)

    def scene(self, item: _Found) -> Scene:
        """Return what is known of the story that fits."""
        facts, number = self.facts[item.change.article], item.saved.id
        return Scene(
            story=facts.story, follows=facts.follows, outlets=facts.outlets, last_hit=self.hits.get(number, item.saved.last_hit),
            matched=frozenset(story for story in (facts.story, *facts.follows) if (number, story) in self.known),
        )

    def rows(self, item: _Found) -> Iterator[NewMatch]:
        """Yield the matches that a fit makes."""
        change, saved = item.change, item.saved
        for happening in self.happenings(item):
            yield NewMatch(
                watch=saved.id, story=happening.story, kind=happening.kind, occasion=happening.occasion, article=change.article,
                version=change.version, terms=item.terms, excerpt=excerpt(item.text.body, item.terms),
            )

    def happenings(self, item: _Found) -> list[Happening]:
        """Return what a fit means; `known` and `hits` learn of it."""
        change, saved, story = item.change, item.saved, self.facts[item.change.article].story
        if change.happened in _CHANGED:
            kind = _CHANGED[change.happened]
            return [Happening(kind=kind, story=story, occasion=f"{change.article}.{change.version}")] if kind in saved.watch.kinds else []
        found = fate.of_new(saved.watch, self.scene(item), self.now)
        self.hits[saved.id] = max(change.at, self.hits.get(saved.id, change.at))
        self.known.add((saved.id, story))
        if not found:
            self.skipped["copy"] += len(saved.watch.recipients)
        return found


def _keep(cursor: "Cursor", found: Sequence[_Found], skipped: Counter[str], now: datetime) -> int:
    """Keep matches and plan their mails; return how many matches were new."""
    facts = matches.facts(cursor, {item.change.article for item in found})
    stories = {story for fact in facts.values() for story in (fact.story, *fact.follows)}
    step = _Pass(now, skipped, facts, matches.prior(cursor, stories))
    rows = [(item, row) for item in found for row in step.rows(item)]
    fresh = matches.keep(cursor, [row for _, row in rows], now)
    kept = len(fresh)
    matches.touch(cursor, step.hits.items())
    _resettle(cursor, [(item, facts[item.change.article]) for item in found], now)
    matches.plan(cursor, _plans(rows, fresh, skipped, now))
    return kept


def _plans(
    rows: Sequence[tuple[_Found, NewMatch]], fresh: dict[tuple[int, int, MatchKind, str], int], skipped: Counter[str], now: datetime,
) -> Iterator[Plan]:
    """Yield each new match for each recipient: when it becomes mail, or why not."""
    for item, row in rows:
        number = fresh.pop((row.watch, row.story, row.kind, row.occasion), None)
        if number is None:
            continue
        watch = item.saved.watch
        reason = fate.skipped(watch, row.kind, article_at=item.change.at, now=now) or _history(row.kind, item.change.at, now)
        if reason:
            skipped[reason] += len(watch.recipients)
        for address in watch.recipients:
            yield Plan(match=number, address=address, due_at=schedule.settled(watch, row.kind, now), skipped=reason)


def _history(kind: MatchKind, article_at: datetime, now: datetime) -> str:
    """Return why a story picked up long ago, and found only now, is not mailed: a past that is fetched later is no news."""
    return "too_old" if kind is MatchKind.PICKED_UP and article_at < now - fate.OLD else ""


def _resettle(cursor: "Cursor", found: Sequence[tuple[_Found, Facts]], now: datetime) -> None:
    """Let "picked up" mails that still wait take in the copies that have just come."""
    stories = {facts.story for item, facts in found if item.change.happened is Happened.NEW}
    watched = {item.saved.id: item.saved.watch for item, _ in found}
    waiting = matches.picked_up_waiting(cursor, stories) if stories else []
    matches.resettle(cursor, [
        (watch, story, schedule.settle_again(watched[watch], at, now)) for watch, story, at in waiting if watch in watched
    ])

