"""From due deliveries to written mails, in the caller's transaction; nothing is told twice.

One mail tells one event, or is a digest. A pass has three steps: what is due is chosen, the archive
is read for all of it, and each letter, made of values alone, goes into the outbox together with
what it tells.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from pipeline.alerts.bundles import Bundle, Known, Line, bundle, report_key
from pipeline.alerts.held import retell_dropped, revive_held
from pipeline.alerts.hourly import postpone, room_within_hour
from pipeline.alerts.mail_context import MailContext
from pipeline.alerts.mail_writer import MailWriter
from pipeline.alerts.material import read_material
from pipeline.alerts.pacing import Paced, without_early_edits, without_early_tellings
from pipeline.alerts.topics import Topics, stories_of
from storage import alerts
from storage.alerts import DueDelivery, SavedWatch
from watches import address as checked_address

if TYPE_CHECKING:
    from psycopg2.extensions import cursor as Cursor

_AT_A_TIME = 5_000  # deliveries of one composition
# A first run that takes longer than this no longer holds up its mails.
_LONGEST_FIRST_RUN = timedelta(hours=6)
# A first run that has loaded nothing for this long was cut short.
_LIFELESS = timedelta(hours=1)

_Deliveries = defaultdict[str, list[DueDelivery]]  # by reason, or by address


def compose(
    cursor: "Cursor",
    context: MailContext,
    saved: Iterable[SavedWatch],
    now: datetime,
    *,
    waits_for_first_run: bool = False,
) -> tuple[int, Counter[str]]:
    """Write all mails that are due into the outbox.

    `waits_for_first_run`: while an archive's first run goes on nothing is written, so that what it
    brings is one digest.

    Return how many, and how many deliveries were skipped by reason. Raises WatchError on a sender
    that is no address.
    """
    # A wrong sender is no mail's fault: it stops all of them, and nothing is set aside for it.
    checked_address(context.sender)
    if waits_for_first_run and _is_first_run_under_way(cursor, now):
        return 0, Counter()

    by_id = {item.id: item for item in saved}
    revive_held(cursor, by_id, now)
    retell_dropped(cursor, by_id, now)
    writer = MailWriter(cursor, context, by_id, now)
    composition = Composition(writer)
    while composition.step():
        pass

    alerts.count_skips(cursor, writer.skipped, now)

    return writer.mails, writer.skipped


def _is_first_run_under_way(cursor: "Cursor", now: datetime) -> bool:
    """Return whether an archive's first run may still bring something."""
    since = now - _LONGEST_FIRST_RUN
    alive_since = now - _LIFELESS

    return alerts.is_first_run_under_way(cursor, since, alive_since)


@dataclass(slots=True)
class Composition:
    """One pass of choosing what is told, in which mails. `unheard` is as the pass began."""

    writer: MailWriter
    unheard: dict[tuple[str, int], bool] = field(default_factory=dict)  # by address and watch

    def step(self) -> bool:
        """Write the mails of so many deliveries; whether any were due."""
        dues = alerts.due_deliveries(self.cursor, self.now, _AT_A_TIME)
        if not dues:
            return False

        topics = self._topics(dues)
        bundles = self._bundles(dues, topics)
        lines: list[Line] = []
        for mail in bundles:
            lines.extend(mail.lines)

        material = read_material(self.cursor, lines, topics)
        for mail in bundles:
            self.writer.write(mail, material)

        return True

    @property
    def cursor(self) -> "Cursor":
        """The caller's transaction."""
        return self.writer.cursor

    @property
    def saved(self) -> Mapping[int, SavedWatch]:
        """The watches by their id."""
        return self.writer.saved

    @property
    def now(self) -> datetime:
        """The moment of the pass (aware)."""
        return self.writer.now

    def _bundles(self, dues: Sequence[DueDelivery], topics: Topics) -> list[Bundle]:
        """Return the mails to write of deliveries that are due."""
        prompt = without_early_edits(
            self.cursor,
            dues,
            self.saved,
            self.now,
        )
        paced = without_early_tellings(
            self.cursor,
            prompt,
            self.saved,
            topics,
            self.now,
        )
        bundles: list[Bundle] = []
        for address, own in self._chosen(paced.dues).items():
            known = self._known(
                address,
                own,
                topics,
                paced,
            )
            result = bundle(
                address,
                own,
                self.saved,
                self.now,
                known,
            )
            for due, error in result.failed:
                self.writer.set_aside([due], error)

            postpone(self.cursor, address, result.postponed, self.now)
            bundles += result.mails

        return bundles

    def _topics(self, dues: Sequence[DueDelivery]) -> Topics:
        """Return which events the stories of deliveries tell of."""
        articles = {due.article for due in dues}
        own_stories: dict[int, int] = {}
        for article, facts in alerts.story_facts(self.cursor, articles).items():
            own_stories[article] = facts.story

        named = set(own_stories.values())
        for due in dues:
            named |= stories_of(due)

        events = alerts.events_of_stories(self.cursor, named)

        return Topics(events, own_stories)

    def _known(
        self,
        address: str,
        dues: Sequence[DueDelivery],
        topics: Topics,
        paced: Paced,
    ) -> Known:
        """Return what is known of an address when its mails are ordered."""
        watches = {due.watch for due in dues}
        unheard = self._unheard(address, watches)
        retold = frozenset(match for match, to in paced.retold if to == address)

        most = self.writer.context.mails_an_hour
        room = room_within_hour(self.cursor, address, most, self.now)

        return Known(
            topics,
            retold=retold,
            unheard=unheard,
            room=room,
        )

    def _unheard(self, address: str, watches: set[int]) -> frozenset[int]:
        """Return the watches of which an address had no mail before this pass.

        What is due to it may take several steps: the later ones are first matches as well.
        """
        unknown = [watch for watch in watches if (address, watch) not in self.unheard]
        heard = alerts.mailed_watches(self.cursor, address, unknown)
        for watch in unknown:
            self.unheard[address, watch] = watch not in heard

        return frozenset(watch for watch in watches if self.unheard[address, watch])

    def _chosen(self, dues: Sequence[DueDelivery]) -> dict[str, list[DueDelivery]]:
        """Return the deliveries to make, by address; the others are postponed or skipped."""
        paused = {item.address for item in alerts.paused_addresses(self.cursor)}
        wanted: list[DueDelivery] = []
        unwanted: _Deliveries = defaultdict(list)
        for due in dues:
            reason = self._reason_against(due, paused)
            if reason:
                unwanted[reason].append(due)
            else:
                wanted.append(due)

        keys = sorted({report_key(due) for due in wanted})
        unreported = alerts.record_notices(self.cursor, keys, self.now)
        by_address: _Deliveries = defaultdict(list)
        for due in wanted:
            if report_key(due) in unreported:
                by_address[due.address].append(due)
            else:
                unwanted["already_told"].append(due)

        for reason, skipped in unwanted.items():
            self.writer.skip(skipped, reason)

        return by_address

    def _reason_against(self, due: DueDelivery, paused: set[str]) -> str:
        """Return why a planned delivery is not made after all; empty: it is."""
        saved = self.saved.get(due.watch)
        if saved is None or due.address not in saved.watch.recipients:
            return "unsubscribed"

        watch = saved.watch
        if watch.paused:
            return "watch_paused"
        if watch.mute_until is not None and self.now < watch.mute_until:
            return "muted"

        return "address_paused" if due.address in paused else ""
