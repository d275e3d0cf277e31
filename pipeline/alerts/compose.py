"""From due deliveries to written mails, in the caller's transaction: one mail per story, or one digest, nothing told twice."""

import logging
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING

from news.watch import MatchKind, Rhythm
from pipeline.alerts.mail_context import Office
from storage import alerts, in_savepoint
from storage.alerts import ArticleText, DueDelivery, SavedWatch
from watches.delivery import changes, message, render
from watches.delivery.letter import Copy, Item, Letter, Section, Template, Why
from watches.policy import schedule

if TYPE_CHECKING:
    from psycopg2.extensions import cursor as Cursor

_LOG = logging.getLogger(__name__)
_AT_A_TIME = 5_000  # deliveries of one composition
_MOST_ITEMS = 60  # stories in a digest
_AT_ONCE = 100  # stories that one address gets in mails of their own, of those that fall due together; more come as one digest
_EDITS = timedelta(
    hours=1
)  # from one mail about an article's edits to the next: what is edited meanwhile is one change
_PROMPT = timedelta(
    minutes=2
)  # an "at once" match written later than this had to wait, for quiet hours
_AS_ONE = {MatchKind.FIRST_MENTION: MatchKind.NEW}
_TEMPLATES = {MatchKind.EDITED: Template.EDIT, MatchKind.DELETED: Template.DELETION}


@dataclass(frozen=True, slots=True)
class _Line:
    """One story's part of a mail: its deliveries, most telling first."""

    dues: tuple[DueDelivery, ...]

    @property
    def first(self) -> DueDelivery:
        return self.dues[0]


@dataclass(slots=True)
class _Desk:
    """What one composition works with."""

    cursor: "Cursor"
    office: Office
    saved: dict[int, SavedWatch]
    now: datetime
    skipped: Counter[str] = field(default_factory=Counter)
    mails: int = 0

    def skip(self, dues: Iterable[DueDelivery], reason: str) -> None:
        """Let deliveries be, and count why."""
        rows = [(due.match, due.address, reason) for due in dues]
        self.skipped.update(reason for _ in rows)
        alerts.skip_deliveries(self.cursor, rows)

    def attempt(self, work: Callable[[], object]) -> Exception | None:
        """Do some work; return the error that undid it and what it counted, None if all is well."""
        mails, skipped = self.mails, self.skipped.copy()
        error = in_savepoint(self.cursor, work)
        if error is not None:
            self.mails, self.skipped = mails, skipped
        return error

    def set_aside(self, address: str, dues: Sequence[DueDelivery], error: Exception) -> None:
        """Let deliveries be whose mail cannot be written: counted, and not told."""
        self.skip(dues, alerts.NOT_WRITTEN)
        alerts.retract_notices(self.cursor, address, sorted({_told(due)[1:] for due in dues}))
        numbers = ", ".join(str(due.match) for due in dues)
        _LOG.error("the mail for matches %s could not be written", numbers, exc_info=error)


def compose(
    cursor: "Cursor", office: Office, saved: Iterable[SavedWatch], now: datetime
) -> tuple[int, Counter[str]]:
    """Write all mails that are due into the outbox; return how many, and what was skipped by reason."""
    # A wrong sender is no mail's fault: it stops all of them, and nothing is set aside for it.
    message.address(office.sender)
    desk = _Desk(cursor, office, {item.id: item for item in saved}, now)
    while dues := alerts.due_deliveries(cursor, now, _AT_A_TIME):
        _compose(desk, dues)
    alerts.count_skips(cursor, desk.skipped, now)
    return desk.mails, desk.skipped


def _compose(desk: _Desk, dues: Sequence[DueDelivery]) -> None:
    closed = {address for address, _, _ in alerts.paused_addresses(desk.cursor)}
    wanted, unwanted = [], []
    for due in _without_early_edits(desk, dues):
        reason = _unwanted(desk, due, closed)
        unwanted.append((due, reason)) if reason else wanted.append(due)
    fresh = alerts.record_notices(desk.cursor, sorted({_told(due) for due in wanted}), desk.now)
    unwanted += [(due, "already_told") for due in wanted if _told(due) not in fresh]
    for reason in {reason for _, reason in unwanted}:
        desk.skip([due for due, why in unwanted if why == reason], reason)
    by_address: defaultdict[str, list[DueDelivery]] = defaultdict(list)
    for due in wanted:
        if _told(due) in fresh:
            by_address[due.address].append(due)
    for address, own in by_address.items():
        for rhythm, lines in _sound_bundles(desk, address, own):
            _write_sound(desk, address, rhythm, lines)


def _without_early_edits(desk: _Desk, dues: Sequence[DueDelivery]) -> Iterable[DueDelivery]:
    """Return the deliveries but those of edits whose article's last edit was told less than an hour ago; these wait for the hour's end."""
    edited = [due for due in dues if due.kind is MatchKind.EDITED]
    if not edited:
        return dues
    told = alerts.last_edit_notices(
        desk.cursor,
        {due.address for due in edited},
        {due.story for due in edited},
        desk.now - _EDITS,
    )
    later = {
        (due.match, due.address): schedule.after_quiet(
            desk.saved[due.watch].watch, told[due.address, due.article] + _EDITS
        )
        for due in edited
        if (due.address, due.article) in told
        and due.watch in desk.saved
        and desk.saved[due.watch].watch.rhythm is Rhythm.AT_ONCE
    }
    alerts.postpone_deliveries(desk.cursor, [(*key, at) for key, at in later.items()])
    return [due for due in dues if (due.match, due.address) not in later]


def _unwanted(desk: _Desk, due: DueDelivery, closed: set[str]) -> str:
    """Return why a planned delivery is not made after all."""
    saved = desk.saved.get(due.watch)
    if saved is None or due.address not in saved.watch.recipients:
        return "unsubscribed"
    if saved.watch.paused:
        return "watch_paused"
    if saved.watch.mute_until is not None and desk.now < saved.watch.mute_until:
        return "muted"
    return "address_paused" if due.address in closed else ""


def _told(due: DueDelivery) -> tuple[str, int, str, str]:
    """Return what an address would be told; a first mention tells what a new story tells."""
    return due.address, due.story, _AS_ONE.get(due.kind, due.kind).value, due.occasion


def _sound_bundles(
    desk: _Desk, address: str, dues: Sequence[DueDelivery]
) -> list[tuple[Rhythm, list[_Line]]]:
    """Return the mails that one address gets; deliveries that cannot be ordered are set aside."""
    try:
        return _bundles(desk, dues)
    except Exception as error:  # noqa: BLE001 - one of many: found below, it fails alone
        if len(dues) == 1:
            desk.set_aside(address, dues, error)
            return []
    sound = []
    for due in dues:
        failed = desk.attempt(partial(_bundles, desk, [due]))
        if failed is None:
            sound.append(due)
        else:
            desk.set_aside(address, [due], failed)
    return _bundles(desk, sound)


def _bundles(desk: _Desk, dues: Sequence[DueDelivery]) -> list[tuple[Rhythm, list[_Line]]]:
    """Return the mails that one address gets: prompt stories one by one, what waited together by rhythm."""
    lines: defaultdict[tuple[int, Template, str], list[DueDelivery]] = defaultdict(list)
    for due in dues:
        occasion = str(due.article) if due.kind is MatchKind.EDITED else due.occasion
        lines[due.story, _TEMPLATES.get(due.kind, Template.STORY), occasion].append(due)
    prompt: list[tuple[Rhythm, list[_Line]]] = []
    later: defaultdict[Rhythm, list[_Line]] = defaultdict(list)
    for held in lines.values():
        line = _Line(tuple(sorted(held, key=_telling)))
        rhythms = {desk.saved[due.watch].watch.rhythm for due in held}
        if Rhythm.AT_ONCE not in rhythms:
            later[min(rhythms, key=list(Rhythm).index)].append(line)
        elif any(_prompt(desk, due) for due in held):
            prompt.append((Rhythm.AT_ONCE, [line]))
        else:
            later[Rhythm.AT_ONCE].append(line)
    if (
        len(prompt) > _AT_ONCE
    ):  # an import, a machine's flood, a watch for "the": nobody reads hundreds of mails
        later[Rhythm.AT_ONCE] += [line for _, lines in prompt for line in lines]
        prompt = []
    return prompt + list(later.items())


def _prompt(desk: _Desk, due: DueDelivery) -> bool:
    """Return whether a delivery gets a mail of its own: what waited through quiet hours comes together."""
    if due.kind is MatchKind.EDITED:
        return schedule.after_quiet(desk.saved[due.watch].watch, due.at) == due.at
    return due.kind is MatchKind.PICKED_UP or desk.now - due.at < _PROMPT


def _telling(due: DueDelivery) -> tuple[int, int]:
    """Sort: the kind that says most first, then by match; of edits the last."""
    order = (
        MatchKind.PICKED_UP,
        MatchKind.FIRST_MENTION,
        MatchKind.NEW,
        MatchKind.FOLLOW_UP,
        MatchKind.EDITED,
        MatchKind.DELETED,
    )
    return order.index(due.kind), -due.match if due.kind is MatchKind.EDITED else due.match


def _write_sound(desk: _Desk, address: str, rhythm: Rhythm, lines: list[_Line]) -> None:
    """Write one mail; stories with which it cannot be written are set aside, the others go."""
    error = desk.attempt(lambda: _write(desk, address, rhythm, lines))
    if error is None:
        return
    if len(lines) > 1:
        lines, error = _sound_lines(desk, address, rhythm, lines), None
        if lines:
            error = desk.attempt(lambda: _write(desk, address, rhythm, lines))
    if error is not None:
        desk.set_aside(address, [due for line in lines for due in line.dues], error)


def _sound_lines(desk: _Desk, address: str, rhythm: Rhythm, lines: Sequence[_Line]) -> list[_Line]:
    """Return the stories with which a mail can be written; set aside those with which it cannot."""
    sound = []
    for line in lines:
        error = desk.attempt(partial(_draft, desk, address, rhythm, [line]))
        if error is None:
            sound.append(line)
        else:
            desk.set_aside(address, line.dues, error)
    return sound


def _write(desk: _Desk, address: str, rhythm: Rhythm, lines: list[_Line]) -> None:
    """Write one mail and mark what it tells."""
    for undone in [line for line in lines if _undone(desk, line)]:
        lines = [line for line in lines if line is not undone]
        desk.skip(undone.dues, "edit_undone")
    if not lines:
        return
    dues = [due for line in lines for due in line.dues]
    draft = _draft(desk, address, rhythm, lines)
    if draft is None:
        desk.skip(dues, "article_gone")
        return
    number = alerts.enqueue_message(desk.cursor, draft)
    if number is None:
        desk.skip(dues, "already_told")
        return
    desk.mails += 1
    keys = sorted({_told(due)[1:] for due in dues})
    alerts.mark_written(desk.cursor, number, address, [due.match for due in dues], keys)


def _draft(
    desk: _Desk, address: str, rhythm: Rhythm, lines: list[_Line]
) -> alerts.OutgoingMessage | None:
    """Return a mail as it will be sent; None when none of its articles is left."""
    single = len(lines) == 1 and rhythm is Rhythm.AT_ONCE
    letter = _letter(desk, address, rhythm, lines, single=single)
    if letter is None:
        return None
    rendered = render.render(letter)
    identity = message.message_id(letter.keys, message.address(desk.office.sender).domain)
    envelope = message.Envelope(
        sender=desk.office.sender,
        recipient=address,
        message_id=identity,
        made_at=desk.now,
        list_name=letter.watches[0],
        unsubscribe_url=letter.unsubscribe_url,
        parent=letter.parent,
    )
    return alerts.OutgoingMessage(
        message_id=identity,
        address=address,
        domain=alerts.provider_of(address),
        template=letter.template.value,
        subject=rendered.subject,
        raw=message.build(rendered, envelope),
        made_at=desk.now,
        watches=letter.watches,
        articles=tuple(sorted({due.article for line in lines for due in line.dues})),
        story=lines[0].first.story if single else None,
        parent=letter.parent,
    )


def _letter(
    desk: _Desk, address: str, rhythm: Rhythm, lines: list[_Line], *, single: bool
) -> Letter | None:
    """Return the letter; None when none of its articles is in the archive any more."""
    shown = alerts.mail_articles(desk.cursor, {due.article for line in lines for due in line.dues})
    copies = alerts.story_copies(desk.cursor, {line.first.story for line in lines})
    by_watch: defaultdict[int, list[Item]] = defaultdict(list)
    for line in lines:
        if line.first.article in shown:
            by_watch[min(due.watch for due in line.dues)].append(
                _item(desk, line, shown[line.first.article], copies.get(line.first.story, []))
            )
    if not by_watch:
        return None
    sections = tuple(
        _section(desk.saved[number], items) for number, items in sorted(by_watch.items())
    )
    named = tuple(sorted({due.watch for line in lines for due in line.dues}))
    saved = desk.saved[min(by_watch)].watch
    first = lines[0].first
    return Letter(
        template=_TEMPLATES.get(first.kind, Template.STORY) if single else Template.DIGEST,
        recipient=address,
        sections=sections,
        made_at=desk.now,
        rhythm=rhythm.value,
        language=saved.mail_language,
        timezone=saved.timezone,
        unsubscribe_url=desk.office.unsubscribe(address, named),
        feed_url=desk.office.feed(named[0]) if len(named) == 1 else "",
        parent=alerts.thread_parent(desk.cursor, address, first.story) if single else None,
        keys=(
            address,
            *sorted("/".join(map(str, _told(due)[1:])) for line in lines for due in line.dues),
        ),
    )


def _section(saved: SavedWatch, items: list[Item]) -> Section:
    """Return one watch's part, the weightiest stories first."""
    ordered = sorted(
        items,
        key=lambda item: (-_weight(item), -(item.at.timestamp() if item.at else 0.0), item.story),
    )
    return Section(
        watch=saved.watch.name,
        query=saved.watch.query,
        items=tuple(ordered[:_MOST_ITEMS]),
        more=max(0, len(ordered) - _MOST_ITEMS),
    )


def _weight(item: Item) -> int:
    """How much a story matters: outlets that carry it, words that matched, those in the title twice, changes of old stories."""
    title = item.title.casefold()
    return (
        3 * len(item.copies)
        + len(item.terms)
        + sum(term.casefold() in title for term in item.terms)
        + 2 * (item.kind is not MatchKind.NEW)
    )


def _edited(desk: _Desk, line: _Line) -> tuple[ArticleText, ArticleText] | None:
    """Return an article before the first and after the last of the edits that a line tells; None where it tells of none."""
    versions = [due.version for due in line.dues if due.kind is MatchKind.EDITED]
    return (
        alerts.edit_texts(desk.cursor, line.first.article, min(versions), max(versions))
        if versions
        else None
    )


def _undone(desk: _Desk, line: _Line) -> bool:
    """Return whether the edits of a line leave the text as it was."""
    edited = _edited(desk, line)
    return edited is not None and edited[0] == edited[1]


def _item(
    desk: _Desk, line: _Line, shown: alerts.MailArticle, copies: list[alerts.StoryCopy]
) -> Item:
    due = line.first
    edited = _edited(desk, line)
    why: dict[str, tuple[str, ...]] = {}
    for each in line.dues:
        why.setdefault(desk.saved[each.watch].watch.name, each.terms)
    return Item(
        kind=due.kind,
        title=shown.title,
        outlet=shown.outlet_title,
        url=shown.url,
        archive_url=desk.office.article(due.article),
        language=shown.language,
        at=shown.at,
        excerpt=due.excerpt,
        why=tuple(Why(watch=name, terms=terms) for name, terms in why.items()),
        copies=tuple(
            Copy(outlet=copy.outlet, url=copy.url, at=copy.at)
            for copy in copies
            if copy.article != due.article
        ),
        changes=changes.changes(
            (edited[0].title, edited[0].body), (edited[1].title, edited[1].body)
        )
        if edited
        else (),
        story=due.story,
    )
