"""Letters go into the outbox together with what they tell; what cannot be written fails alone.

A delivery whose mail cannot be written is set aside alone, under a counted name.
"""

import logging
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import TYPE_CHECKING

from pipeline.alerts.bundles import Bundle, Line, report_key
from pipeline.alerts.letters import make_letter, outgoing_message
from pipeline.alerts.mail_context import MailContext
from pipeline.alerts.material import Material
from storage import alerts, in_savepoint
from storage.alerts import DueDelivery, SavedWatch
from watches.delivery import Letter, Written, write_letter

if TYPE_CHECKING:
    from psycopg2.extensions import cursor as Cursor

_LOG = logging.getLogger(__name__)


@dataclass(slots=True)
class MailWriter:
    """Writes mails in the caller's transaction, and counts. `saved`: the watches by their id."""

    cursor: "Cursor"
    context: MailContext
    saved: Mapping[int, SavedWatch]
    now: datetime
    skipped: Counter[str] = field(default_factory=Counter)
    mails: int = 0

    def write(self, mail: Bundle, material: Material) -> None:
        """Write one mail; stories with which it cannot be written are set aside, the others go."""
        mail = self._tellable(mail, material)
        if not mail.lines:
            return

        parent = self._parent(mail)
        try:
            letter, written = self._draft(mail, material, parent)
        except Exception as error:  # noqa: BLE001 - one of many: found below, it fails alone
            if len(mail.lines) == 1:
                self.set_aside(mail.dues, error)
                return

            self._write_sound_lines(mail, material)
            return

        self._store(mail, letter, written)

    def _tellable(self, mail: Bundle, material: Material) -> Bundle:
        """Return a mail without the stories that have nothing to tell; these are skipped."""
        lines: list[Line] = []
        for line in mail.lines:
            if line in material.failed:
                self.set_aside(line.dues, material.failed[line])
                continue

            gone = [due for due in line.dues if due.article not in material.articles]
            self.skip(gone, "article_gone")
            if len(gone) == len(line.dues):
                continue

            if material.is_undone(line):
                self.skip(line.dues, "edit_undone")
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
                self.set_aside(line.dues, error)
            else:
                sound.append(line)

        if not sound:
            return

        rest = replace(mail, lines=tuple(sound))
        try:
            letter, written = self._draft(rest, material, self._parent(rest))
        except Exception as error:  # noqa: BLE001 - sound one by one, but not together
            self.set_aside(rest.dues, error)
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
            self.set_aside(mail.dues, error)
        elif numbers == [None]:
            self.skip(mail.dues, "already_told")
        else:
            self.mails += 1

    def skip(self, dues: Iterable[DueDelivery], reason: str) -> None:
        """Let deliveries be, and count why."""
        rows = [(due.match, due.address, reason) for due in dues]
        if not rows:
            return

        self.skipped[reason] += len(rows)
        alerts.skip_deliveries(self.cursor, rows)

    def set_aside(self, dues: Sequence[DueDelivery], error: Exception) -> None:
        """Let deliveries be whose mail cannot be written: counted, and not told."""
        self.skip(dues, alerts.NOT_WRITTEN)
        keys = {report_key(due)[1:] for due in dues}
        alerts.retract_notices(
            self.cursor,
            dues[0].address,
            sorted(keys),
        )
        matches = [due.match for due in dues]
        _LOG.error("the mail for matches %s could not be written", matches, exc_info=error)
