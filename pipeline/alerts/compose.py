"""From due deliveries to written mails, in the caller's transaction; nothing is told twice.

One mail tells one event, or is a digest. A pass has three steps: what is due is chosen, the archive
is read for all of it, and each letter, made of values alone, goes into the outbox together with
what it tells. A delivery whose mail cannot be written is set aside alone, under a counted name.
"""

import logging
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from pipeline.alerts.bundles import Bundle, Known, Line, bundle, report_key
from pipeline.alerts.held import retell_dropped, revive_held
from pipeline.alerts.hourly import postpone, room_within_hour
from pipeline.alerts.letters import make_letter, outgoing_message
from pipeline.alerts.mail_context import MailContext
from pipeline.alerts.material import Material, read_material
from pipeline.alerts.pacing import Paced, without_early_edits, without_early_tellings
from pipeline.alerts.topics import Topics, stories_of
from storage import alerts, in_savepoint
from storage.alerts import DueDelivery, SavedWatch
from watches import address as checked_address
from watches.delivery import Letter, Written, write_letter

if TYPE_CHECKING:
    from psycopg2.extensions import cursor as Cursor

_LOG = logging.getLogger(__name__)
_AT_A_TIME = 5_000  # deliveries of one composition
# A first run that takes longer than this no longer holds up its mails.
_LONGEST_FIRST_RUN = timedelta(hours=6)

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
    if waits_for_first_run and alerts.is_first_run_under_way(cursor, now - _LONGEST_FIRST_RUN):
        return 0, Counter()

    by_id = {item.id: item for item in saved}
    revive_held(cursor, by_id, now)
    retell_dropped(cursor, by_id, now)
    composition = Composition(cursor, context, by_id, now)
    while composition.step():
        pass

    alerts.count_skips(cursor, composition.skipped, now)

    return composition.mails, composition.skipped


@dataclass(slots=True)
class Composition:
    """One pass of writing mails, and what it has counted. `saved`: the watches by their id."""

    cursor: "Cursor"
    context: MailContext
    saved: dict[int, SavedWatch]
    now: datetime
    skipped: Counter[str] = field(default_factory=Counter)
    mails: int = 0

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
            self._write(mail, material)

        return True

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
                self._set_aside([due], error)

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
        heard = alerts.mailed_watches(self.cursor, address, watches)
        retold = frozenset(match for match, to in paced.retold if to == address)

        most = self.context.mails_an_hour
        room = room_within_hour(self.cursor, address, most, self.now)

        return Known(
            topics,
            retold=retold,
            unheard=frozenset(watches - heard),
            room=room,
        )

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
            self._skip(skipped, reason)

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

    def _write(self, mail: Bundle, material: Material) -> None:
        """Write one mail; stories with which it cannot be written are set aside, the others go."""
        mail = self._tellable(mail, material)
        if not mail.lines:
            return

        parent = self._parent(mail)
        try:
            letter, written = self._draft(mail, material, parent)
        except Exception as error:  # noqa: BLE001 - one of many: found below, it fails alone
            if len(mail.lines) == 1:
                self._set_aside(mail.dues, error)
                return

            self._write_sound_lines(mail, material)
            return

        self._store(mail, letter, written)

    def _tellable(self, mail: Bundle, material: Material) -> Bundle:
        """Return a mail without the stories that have nothing to tell; these are skipped."""
        lines: list[Line] = []
        for line in mail.lines:
            if line in material.failed:
                self._set_aside(line.dues, material.failed[line])
                continue

            gone = [due for due in line.dues if due.article not in material.articles]
            self._skip(gone, "article_gone")
            if len(gone) == len(line.dues):
                continue

            if material.is_undone(line):
                self._skip(line.dues, "edit_undone")
            elif gone:
                lines.append(material.without(line, gone))
            else:
                lines.append(line)

        return replace(mail, lines=tuple(lines))

    def _write_sound_lines(self, mail: Bundle, material: Material) -> None:
        """Write a mail that could not be written as a whole, without the stories that are why."""
        sound: list[Line] = []
        for line in mail.lines:
            single = replace(mail, lines=(line,))
            try:
                self._draft(single, material, None)
            except Exception as error:  # noqa: BLE001 - one of many fails alone, and is named
                self._set_aside(line.dues, error)
            else:
                sound.append(line)

        if not sound:
            return

        rest = replace(mail, lines=tuple(sound))
        try:
            letter, written = self._draft(rest, material, self._parent(rest))
        except Exception as error:  # noqa: BLE001 - sound one by one, but not together
            self._set_aside(rest.dues, error)
            return

        self._store(rest, letter, written)

    def _draft(
        self,
        mail: Bundle,
        material: Material,
        parent: str | None,
    ) -> tuple[Letter, Written]:
        """Return a letter, and the mail that it becomes."""
        letter = make_letter(
            mail, material, self.saved, self.context, made_at=self.now, parent=parent
        )

        return letter, write_letter(letter, self.context.sender)

    def _parent(self, mail: Bundle) -> str | None:
        """Return the mail that a single event threads under; None: it is the first, or a digest."""
        if not mail.is_single:
            return None

        stories = {due.story for due in mail.dues}

        return alerts.thread_parent(self.cursor, mail.address, stories)

    def _store(
        self,
        mail: Bundle,
        letter: Letter,
        written: Written,
    ) -> None:
        """Put a mail into the outbox, and mark what it tells."""
        outgoing = outgoing_message(mail, letter, written)
        keys = sorted({report_key(due)[1:] for due in mail.dues})
        numbers: list[int | None] = []

        def put() -> None:
            number = alerts.enqueue_message(self.cursor, outgoing)
            numbers.append(number)
            if number is not None:
                matches = [due.match for due in mail.dues]
                alerts.mark_written(self.cursor, number, mail.address, matches, keys)

        error = in_savepoint(self.cursor, put)
        if error is not None:
            self._set_aside(mail.dues, error)
        elif numbers == [None]:
            self._skip(mail.dues, "already_told")
        else:
            self.mails += 1

    def _skip(self, dues: Iterable[DueDelivery], reason: str) -> None:
        """Let deliveries be, and count why."""
        rows = [(due.match, due.address, reason) for due in dues]
        if not rows:
            return

        self.skipped[reason] += len(rows)
        alerts.skip_deliveries(self.cursor, rows)

    def _set_aside(self, dues: Sequence[DueDelivery], error: Exception) -> None:
        """Let deliveries be whose mail cannot be written: counted, and not told."""
        self._skip(dues, alerts.NOT_WRITTEN)
        keys = {report_key(due)[1:] for due in dues}
        alerts.retract_notices(
            self.cursor,
            dues[0].address,
            sorted(keys),
        )
        matches = [due.match for due in dues]
        _LOG.error("the mail for matches %s could not be written", matches, exc_info=error)
