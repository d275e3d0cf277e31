"""What a watch would have sent of changes that are known: its policy played again, in memory.

The decisions are those of matching and writing: which matches fits make, when they are due, what
the reader was told already, what waits for her pace, which deliveries share a mail. The clock is
each change's own; stories and events are those that the archive knows by now.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from news.watch import MatchKind
from pipeline.alerts.bundles import Bundle, Known, Line, ReportKey, bundle, report_key
from pipeline.alerts.event_memory import EventMemory
from pipeline.alerts.fits import FittingChange
from pipeline.alerts.gathered import gathered_plans
from pipeline.alerts.occurrences import MatchKey, MatchPass
from pipeline.alerts.pacing import EDITS_PAUSE, Heard, early_edits, early_tellings
from pipeline.alerts.past import Past
from pipeline.alerts.waiting import NEVER, WaitingDeliveries
from storage.alerts import (
    DueDelivery,
    EventNotice,
    Happened,
    NewMatch,
    PlannedDelivery,
    SavedWatch,
)
from watches import (
    due_after_copy,
    traits,
)

READER = "reader@preview.invalid"  # the one address that hears of it


@dataclass(frozen=True, slots=True)
class ReplayedMail:
    """A mail that would have been sent, and when (aware)."""

    at: datetime
    bundle: Bundle


@dataclass(frozen=True, slots=True, kw_only=True)
class Replayed:
    """What a watch would have sent, and how much it would have kept back, by reason."""

    mails: tuple[ReplayedMail, ...]
    kept_back: Counter[str]


def replay(saved: SavedWatch, fitting: Iterable[FittingChange], past: Past) -> Replayed:
    """Return what a watch would have made of changes that fit it, as if nothing held it back."""
    watch = replace(
        saved.watch,
        recipients=(READER,),
        paused=False,
        mute_until=None,
        expires=None,
    )
    played = replace(saved, watch=watch)
    play = _Replay(played, past, EventMemory(played, past))
    play.run(fitting)

    return Replayed(mails=tuple(play.mails), kept_back=+play.kept_back)


@dataclass(slots=True)
class _Replay:
    """One watch's month: what has matched, what waits, what was told."""

    saved: SavedWatch
    past: Past
    events: EventMemory
    mails: list[ReplayedMail] = field(default_factory=list)
    kept_back: Counter[str] = field(default_factory=Counter)
    matched: set[tuple[int, int]] = field(default_factory=set)
    hits: dict[int, datetime] = field(default_factory=dict)
    known: set[MatchKey] = field(default_factory=set)  # matches, of which each is unique
    matches: list[tuple[datetime, NewMatch]] = field(default_factory=list)  # numbered by place
    waiting: WaitingDeliveries = field(default_factory=WaitingDeliveries)
    notices: set[ReportKey] = field(default_factory=set)
    edit_notices: dict[tuple[str, int], datetime] = field(default_factory=dict)
    heard: Heard = field(default_factory=Heard)
    edits: dict[tuple[int, int], FittingChange] = field(default_factory=dict)  # by article, version

    def run(self, fitting: Iterable[FittingChange]) -> None:
        """Play all changes in the order in which they came, and then what still waits."""
        steps: defaultdict[datetime, list[FittingChange]] = defaultdict(list)
        for item in fitting:
            # The watch as it is played: with this reader, under this rhythm.
            played = replace(item, saved=self.saved)
            steps[item.change.queued_at].append(played)
        moments = self.past.moments() | set(steps)
        for moment in sorted(moments):
            self._write_until(moment)
            group = sorted(steps[moment], key=_order)
            self._match(group, moment)
            self._gather(moment)
            self._write(moment)

        self._write_until(NEVER)

    def _match(self, group: Sequence[FittingChange], now: datetime) -> None:
        """Let changes of one moment make their matches, and plan these."""
        step = MatchPass(
            now=now,
            facts=self.past.facts,
            matched=self.matched,
            last_hits=self.hits,
        )
        rows: list[tuple[FittingChange, NewMatch]] = []
        for item in group:
            if item.change.happened is Happened.EDIT:
                self.edits[item.change.article, item.change.version] = item
            rows += [(item, row) for row in step.new_matches(item)]

        kept: dict[MatchKey, int] = {}
        for _, row in rows:
            self._keep(row, now, kept)

        self._postpone_pickups(group, now)
        for plan in step.plans(rows, kept):
            self._plan(plan)

        self.hits.update(step.hits)
        self.kept_back.update(step.skipped)

    def _keep(self, row: NewMatch, now: datetime, kept: dict[MatchKey, int]) -> None:
        """Keep a match that is new, under its number."""
        key = (
            row.watch,
            row.story,
            row.kind,
            row.occasion,
        )
        if key in self.known:
            return

        self.known.add(key)
        kept[key] = len(self.matches)
        self.matches.append((now, row))
        if traits(row.kind).opens_story:
            self.events.note(row, now)

    def _plan(self, plan: PlannedDelivery) -> None:
        """Let a match wait for its moment, unless it is kept back."""
        if plan.skipped:
            return

        matched_at, row = self.matches[plan.match]
        due = DueDelivery(
            match=plan.match,
            watch=row.watch,
            story=row.story,
            kind=row.kind,
            occasion=row.occasion,
            article=row.article,
            version=row.version,
            terms=row.terms,
            excerpt=row.excerpt,
            at=matched_at,
            address=plan.address,
        )
        self.waiting.put(due, plan.due_at)

    def _postpone_pickups(self, group: Sequence[FittingChange], now: datetime) -> None:
        """Let "picked up" mails that wait take in the copies that have just come."""
        stories: set[int] = set()
        for item in group:
            change = item.change
            if change.happened is Happened.NEW:
                facts = self.past.facts[change.article]
                stories.add(facts.story)

        waiting = list(self.waiting.dues.values())
        for due in waiting:
            is_pickup = due.kind is MatchKind.PICKED_UP
            if not is_pickup or due.story not in stories:
                continue

            moment = due_after_copy(
                self.saved.watch,
                due.at,
                now,
            )
            known_moment = self.waiting.due_at[due.match]
            self.waiting.put(due, max(moment, known_moment))

    def _gather(self, now: datetime) -> None:
        """Make the matches that events and crowds make."""
        kept: dict[MatchKey, int] = {}
        for row in self.events.matches(now):
            self._keep(row, now, kept)

        by_id = {self.saved.id: self.saved}
        for plan in gathered_plans(kept, by_id, now, {}):
            self._plan(plan)
            if plan.skipped:
                self.kept_back[plan.skipped] += 1

    def _write_until(self, now: datetime) -> None:
        """Write what falls due before a moment, each at its own."""
        while (moment := self.waiting.next_moment()) < now:
            self._write(moment)

    def _write(self, now: datetime) -> None:
        """Write the mails that are due."""
        dues = self.waiting.pop_due(now)
        topics = self.past.topics
        by_id = {self.saved.id: self.saved}
        prompt = self._without_early_edits(dues, by_id, now)
        paced = early_tellings(
            prompt,
            by_id,
            topics,
            self.heard,
            now,
        )
        self._postpone(prompt, paced.postponed)
        retold = frozenset(match for match, _ in paced.retold)
        result = bundle(
            READER,
            self._unreported(paced.dues),
            by_id,
            now,
            Known(topics, retold=retold),
        )
        for mail in result.mails:
            self._send(mail, now)

    def _postpone(
        self,
        dues: Iterable[DueDelivery],
        postponed: Mapping[tuple[int, str], datetime],
    ) -> None:
        """Let some of the deliveries wait until their moments."""
        for due in dues:
            moment = postponed.get((due.match, due.address))
            if moment is not None:
                self.waiting.put(due, moment)

    def _without_early_edits(
        self,
        dues: Sequence[DueDelivery],
        by_id: Mapping[int, SavedWatch],
        now: datetime,
    ) -> list[DueDelivery]:
        """Return the deliveries but those of edits that wait for the end of their hour."""
        recent: dict[tuple[str, int], datetime] = {}
        for key, at in self.edit_notices.items():
            if at > now - EDITS_PAUSE:
                recent[key] = at

        edited = [due for due in dues if traits(due.kind).adds_up]
        postponed = early_edits(
            edited,
            by_id,
            recent,
        )
        self._postpone(edited, postponed)

        return [due for due in dues if (due.match, due.address) not in postponed]

    def _unreported(self, dues: Iterable[DueDelivery]) -> list[DueDelivery]:
        """Return the deliveries of what the reader was not told before."""
        chosen: list[DueDelivery] = []
        keys: set[ReportKey] = set()
        for due in dues:
            key = report_key(due)
            if key in self.notices:
                self.kept_back["already_told"] += 1
                continue

            keys.add(key)
            chosen.append(due)

        self.notices |= keys

        return chosen

    def _send(self, mail: Bundle, now: datetime) -> None:
        """Send a mail, without the edits that leave a text as it was."""
        lines: list[Line] = []
        for line in mail.lines:
            self._note_edits(line, now)
            if self._is_undone(line):
                self.kept_back["edit_undone"] += len(line.dues)
            else:
                lines.append(line)

        if not lines:
            return

        sent = replace(mail, lines=tuple(lines))
        self.mails.append(ReplayedMail(now, sent))
        for due in sent.dues:
            notice = EventNotice(*report_key(due), now)
            self.heard.note(notice, self.past.topics)

    def _note_edits(self, line: Line, now: datetime) -> None:
        """Remember when the reader was told of an article's edits."""
        for due in line.dues:
            if traits(due.kind).adds_up:
                self.edit_notices[due.address, due.article] = now

    def _is_undone(self, line: Line) -> bool:
        """Return whether the edits of a line leave the text as it was."""
        versions = [due.version for due in line.dues if traits(due.kind).adds_up]
        if not versions:
            return False

        article = line.first.article
        first = self.edits[article, min(versions)].change
        last = self.edits[article, max(versions)].change

        return first.before == last.text


def _order(item: FittingChange) -> tuple[int, int]:
    """Return what to sort changes of one moment by: as the queue has them."""
    return item.change.version, item.change.article
