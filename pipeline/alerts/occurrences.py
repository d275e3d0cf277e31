"""Fits become matches to keep: what each means to its watch, and when or why not it is mailed."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, assert_never

from news.watch import MatchKind
from pipeline.alerts.fits import FittingChange
from storage import alerts
from storage.alerts import (
    Happened,
    NewMatch,
    PlannedDelivery,
    StoryFacts,
)
from watches import (
    Occurrence,
    StoryContext,
    due_after_copy,
    due_at,
    due_of_kind,
    occurrences_of_article,
    reason_to_skip,
    story_opening_kinds,
    wants,
)
from watches.matching import excerpt

if TYPE_CHECKING:
    from psycopg2.extensions import cursor as Cursor

LATE = timedelta(hours=1)  # from here on a mail that was held up says so
RESTORED = "restored"  # the counted reason: the house told it before the archive was restored
COPY = "copy"  # the counted reason: one more article of a story that was told

_MatchKey = tuple[int, int, MatchKind, str]  # watch, story, kind, occasion


@dataclass(slots=True)
class MatchPass:
    """One transaction of matching: what is known, and what it learns on the way.

    `restored`: nothing of it is mailed, the house told it before the archive was restored.
    """

    now: datetime
    restored: bool = False
    skipped: Counter[str] = field(default_factory=Counter)
    facts: Mapping[int, StoryFacts] = field(default_factory=dict)  # by article
    matched: set[tuple[int, int]] = field(default_factory=set)  # (watch, story), before and now
    last_hits: Mapping[int, datetime] = field(default_factory=dict)  # by watch, before
    hits: dict[int, datetime] = field(default_factory=dict)  # by watch, now
    copies: list[FittingChange] = field(default_factory=list)  # of stories that were matched

    def keep(self, cursor: "Cursor", fitting: Sequence[FittingChange]) -> int:
        """Keep matches and plan their mails; return how many matches were new."""
        self._read(cursor, fitting)
        rows: list[tuple[FittingChange, NewMatch]] = []
        for item in fitting:
            rows += [(item, row) for row in self._new_matches(item)]

        kept = self._save(cursor, rows)
        alerts.record_hits(cursor, self.hits.items())
        self._postpone_for_copies(cursor, fitting)
        alerts.plan_deliveries(cursor, self._plans(rows, kept))
        self._revive_untold(cursor)

        return len(kept)

    def _save(
        self,
        cursor: "Cursor",
        rows: Sequence[tuple[FittingChange, NewMatch]],
    ) -> dict[_MatchKey, int]:
        """Keep matches; return the number of each that is new.

        What waited long because nobody matched is dated back, so that its mail knows that it is
        late.
        """
        prompt: list[NewMatch] = []
        late: list[NewMatch] = []
        queued_at = self.now
        for item, row in rows:
            if self.now - item.change.queued_at > LATE:
                late.append(row)
                queued_at = min(queued_at, item.change.queued_at)
            else:
                prompt.append(row)

        kept = dict(alerts.save_matches(cursor, prompt, self.now))
        kept.update(alerts.save_matches(cursor, late, queued_at))

        return kept

    def _read(self, cursor: "Cursor", fitting: Sequence[FittingChange]) -> None:
        """Read what is known of the stories and watches of some fits."""
        articles = {item.change.article for item in fitting}
        watches = {item.saved.id for item in fitting}
        self.facts = alerts.story_facts(cursor, articles)
        self.last_hits = alerts.last_hits(cursor, watches)

        stories: set[int] = set()
        for facts in self.facts.values():
            stories.update((facts.story, *facts.follows))

        opening_kinds = story_opening_kinds()
        self.matched = alerts.prior_matches(cursor, stories, opening_kinds)

    def _new_matches(self, item: FittingChange) -> Iterator[NewMatch]:
        """Yield the matches that a fit makes."""
        for occurrence in self._occurrences(item):
            yield NewMatch(
                watch=item.saved.id,
                story=occurrence.story,
                kind=occurrence.kind,
                occasion=occurrence.occasion,
                article=item.change.article,
                version=item.change.version,
                terms=item.fit.terms,
                excerpt=excerpt(item.text.body, item.fit.terms),
            )

    def _occurrences(self, item: FittingChange) -> list[Occurrence]:
        """Return what a fit means; `matched` and `hits` learn of it."""
        match item.change.happened:
            case Happened.EDIT:
                return self._of_edit(item)
            case Happened.DELETION:
                return self._of_version(item, MatchKind.DELETED)
            case Happened.RETURN:
                return self._of_version(item, MatchKind.RETURNED)
            case Happened.NEW:
                return self._of_article(item)
            case _:
                assert_never(item.change.happened)

    def _of_edit(self, item: FittingChange) -> list[Occurrence]:
        """Return what an edit means: an article that fits only now is a new one to its watch."""
        story = self.facts[item.change.article].story
        if item.is_edited_in and (item.saved.id, story) not in self.matched:
            return self._of_article(item)

        return self._of_version(item, MatchKind.EDITED)

    def _of_version(self, item: FittingChange, kind: MatchKind) -> list[Occurrence]:
        """Return what a later version of an article means; nothing where the kind is not wanted."""
        if not wants(item.saved.watch, kind):
            return []

        change = item.change
        story = self.facts[change.article].story
        occasion = f"{change.article}.{change.version}"

        return [
            Occurrence(
                kind=kind,
                story=story,
                occasion=occasion,
            )
        ]

    def _of_article(self, item: FittingChange) -> list[Occurrence]:
        """Return what a new article means; nothing if it is a copy."""
        saved, change = item.saved, item.change
        context = self._context(item)
        found = occurrences_of_article(saved.watch, context, self.now)

        self._note_hit(saved.id, change.at)
        self.matched.add((saved.id, context.story))
        if not found:
            readers = saved.watch.recipients
            self.skipped[COPY] += len(readers)
            self.copies.append(item)

        return found

    def _note_hit(self, watch: int, at: datetime) -> None:
        """Remember when a watch fitted an article last."""
        latest = self.hits.get(watch, at)
        self.hits[watch] = max(at, latest)

    def _revive_untold(self, cursor: "Cursor") -> None:
        """Let a copy bring up its story for whoever was not told of it when it came."""
        stories: list[tuple[int, int, datetime]] = []
        for item in self.copies:
            if self._reason_to_skip(item, MatchKind.NEW):
                continue

            story = self.facts[item.change.article].story
            moment = due_at(item.saved.watch, self.now)
            stories.append((item.saved.id, story, moment))

        revived = alerts.revive_stories(cursor, stories)
        self.skipped[COPY] -= len(revived)

    def _context(self, item: FittingChange) -> StoryContext:
        """Return what is known of the story that fits."""
        facts = self.facts[item.change.article]
        watch = item.saved.id
        stories = (facts.story, *facts.follows)
        matched = frozenset(story for story in stories if (watch, story) in self.matched)

        return StoryContext(
            story=facts.story,
            follows=facts.follows,
            outlets=facts.outlets,
            last_hit=self.hits.get(watch, self.last_hits.get(watch)),
            matched=matched,
        )

    def _plans(
        self,
        rows: Sequence[tuple[FittingChange, NewMatch]],
        kept: Mapping[_MatchKey, int],
    ) -> Iterator[PlannedDelivery]:
        """Yield each new match for each recipient: when it becomes mail, or why not."""
        unplanned = dict(kept)
        for item, row in rows:
            key = row.watch, row.story, row.kind, row.occasion
            number = unplanned.pop(key, None)
            if number is None:
                continue

            watch = item.saved.watch
            reason = self._reason_to_skip(item, row.kind)
            if reason:
                self.skipped[reason] += len(watch.recipients)

            due_at = due_of_kind(watch, row.kind, self.now)
            for address in watch.recipients:
                yield PlannedDelivery(
                    match=number,
                    address=address,
                    due_at=due_at,
                    skipped=reason,
                )

    def _reason_to_skip(self, item: FittingChange, kind: MatchKind) -> str:
        """Return why a match is not mailed; empty: it is."""
        watch = item.saved.watch
        found_at = min(item.change.queued_at, self.now)
        reason = reason_to_skip(
            watch,
            kind,
            article_at=found_at if item.is_edited_in else item.change.at,
            found_at=found_at,
            now=self.now,
        )
        if reason:
            return reason

        return RESTORED if self.restored else ""

    def _postpone_for_copies(self, cursor: "Cursor", fitting: Sequence[FittingChange]) -> None:
        """Let "picked up" mails that still wait take in the copies that have just come."""
        stories: set[int] = set()
        for item in fitting:
            if item.change.happened is Happened.NEW:
                stories.add(self.facts[item.change.article].story)

        if not stories:
            return

        by_id = {item.saved.id: item.saved.watch for item in fitting}
        moved: list[tuple[int, int, datetime]] = []
        for watch, story, matched_at in alerts.waiting_pickups(cursor, stories):
            if watch not in by_id:
                continue

            moment = due_after_copy(by_id[watch], matched_at, self.now)
            moved.append((watch, story, moment))

        alerts.delay_pickups(cursor, moved)
