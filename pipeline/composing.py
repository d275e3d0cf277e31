"""From due deliveries to written mails, in the caller's transaction: one mail per story, or one digest, nothing told twice."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from news.watch import MatchKind, Rhythm
from pipeline.office import Office
from storage import matches, outbox, watches
from storage.matches import Due
from storage.watches import Saved
from watches import changes, message, render
from watches.letter import Copy, Item, Letter, Section, Template, Why

if TYPE_CHECKING:
    from psycopg2.extensions import cursor as Cursor  # noqa: N812

_AT_A_TIME = 5_000             # deliveries of one composition
_MOST_ITEMS = 60               # stories in a digest
_AT_ONCE = 20                  # stories that one address gets in mails of their own, of those that fall due together; more come as one digest
_PROMPT = timedelta(minutes=2) # an "at once" match written later than this had to wait, for quiet hours
_AS_ONE = {MatchKind.FIRST_MENTION: MatchKind.NEW}
_TEMPLATES = {MatchKind.EDITED: Template.EDIT, MatchKind.DELETED: Template.DELETION}


@dataclass(frozen=True, slots=True)
class _Line:
    """One story's part of a mail: its deliveries, most telling first."""

    dues: tuple[Due, ...]

    @property
    def first(self) -> Due:
        return self.dues[0]


@dataclass(slots=True)
class _Desk:
    """What one composition works with."""

    cursor: "Cursor"
    office: Office
    saved: dict[int, Saved]
    now: datetime
    skipped: Counter[str] = field(default_factory=Counter)
    mails: int = 0


def compose(cursor: "Cursor", office: Office, saved: Iterable[Saved], now: datetime) -> tuple[int, Counter[str]]:
    """Write all mails that are due into the outbox; return how many, and what was skipped by reason."""
    desk = _Desk(cursor, office, {item.id: item for item in saved}, now)
    while dues := matches.due(cursor, now, _AT_A_TIME):
        _compose(desk, dues)
    outbox.count_skips(cursor, desk.skipped, now)
    return desk.mails, desk.skipped


def _compose(desk: _Desk, dues: Sequence[Due]) -> None:
    closed = {address for address, _, _ in outbox.paused(desk.cursor)}
    wanted, unwanted = [], []
    for due in dues:
        reason = _unwanted(desk, due, closed)
        unwanted.append((due.match, due.address, reason)) if reason else wanted.append(due)
    fresh = matches.tell(desk.cursor, sorted({_told(due) for due in wanted}), desk.now)
    unwanted += [(due.match, due.address, "already_told") for due in wanted if _told(due) not in fresh]
    desk.skipped.update(reason for _, _, reason in unwanted)
    matches.skip(desk.cursor, unwanted)
    by_address: defaultdict[str, list[Due]] = defaultdict(list)
    for due in wanted:
        if _told(due) in fresh:
            by_address[due.address].append(due)
    for address, own in by_address.items():
        for rhythm, lines in _bundles(desk, own):
            _write(desk, address, rhythm, lines)


def _unwanted(desk: _Desk, due: Due, closed: set[str]) -> str:
    """Return why a planned delivery is not made after all."""
    saved = desk.saved.get(due.watch)
    if saved is None or due.address not in saved.watch.recipients:
        return "unsubscribed"
    if saved.watch.paused:
        return "watch_paused"
    if saved.watch.mute_until is not None and desk.now < saved.watch.mute_until:
        return "muted"
    return "address_paused" if due.address in closed else ""


def _told(due: Due) -> tuple[str, int, str, str]:
    """Return what an address would be told; a first mention tells what a new story tells."""
    return due.address, due.story, _AS_ONE.get(due.kind, due.kind).value, due.occasion


def _bundles(desk: _Desk, dues: Sequence[Due]) -> list[tuple[Rhythm, list[_Line]]]:
    """Return the mails that one address gets: prompt stories one by one, what waited together by rhythm."""
    lines: defaultdict[tuple[int, Template, str], list[Due]] = defaultdict(list)
    for due in dues:
        lines[due.story, _TEMPLATES.get(due.kind, Template.STORY), due.occasion].append(due)
    prompt: list[tuple[Rhythm, list[_Line]]] = []
    later: defaultdict[Rhythm, list[_Line]] = defaultdict(list)
    for held in lines.values():
        line = _Line(tuple(sorted(held, key=_telling)))
        rhythms = {desk.saved[due.watch].watch.rhythm for due in held}
        if Rhythm.AT_ONCE not in rhythms:
            later[min(rhythms, key=list(Rhythm).index)].append(line)
        elif any(due.kind is MatchKind.PICKED_UP or desk.now - due.at < _PROMPT for due in held):
            prompt.append((Rhythm.AT_ONCE, [line]))
        else:
            later[Rhythm.AT_ONCE].append(line)
    if len(prompt) > _AT_ONCE:     # an import, a machine's flood, a watch for "the": nobody reads a hundred mails
        later[Rhythm.AT_ONCE] += [line for _, lines in prompt for line in lines]
        prompt = []
    return prompt + list(later.items())


def _telling(due: Due) -> tuple[int, int]:
    """Sort: the kind that says most first, then by match."""
    order = (MatchKind.PICKED_UP, MatchKind.FIRST_MENTION, MatchKind.NEW, MatchKind.FOLLOW_UP, MatchKind.EDITED, MatchKind.DELETED)
    return order.index(due.kind), due.match


def _write(desk: _Desk, address: str, rhythm: Rhythm, lines: list[_Line]) -> None:
    """Write one mail and mark what it tells."""
    single = len(lines) == 1 and rhythm is Rhythm.AT_ONCE
    letter = _letter(desk, address, rhythm, lines, single=single)
    if letter is None:
        gone = [(due.match, due.address, "article_gone") for line in lines for due in line.dues]
        desk.skipped.update(reason for _, _, reason in gone)
        matches.skip(desk.cursor, gone)
        return
    first = lines[0].first
    dues = [due for line in lines for due in line.dues]
    rendered = render.render(letter)
    identity = message.message_id(letter.keys, message.address(desk.office.sender).domain)
    raw = message.build(rendered, message.Envelope(
        sender=desk.office.sender, recipient=address, message_id=identity, made_at=desk.now, list_name=letter.watches[0],
        unsubscribe_url=letter.unsubscribe_url, parent=letter.parent,
    ))
    number = outbox.enqueue(desk.cursor, outbox.Outgoing(
        message_id=identity, address=address, domain=watches.domain_of(address), template=letter.template.value, subject=rendered.subject, raw=raw,
        made_at=desk.now, watches=letter.watches, articles=tuple(sorted({due.article for due in dues})),
        story=first.story if single else None, parent=letter.parent,
    ))
    if number is not None:
        desk.mails += 1
        keys = sorted({_told(due)[1:] for due in dues})
        matches.written(desk.cursor, number, address, [due.match for due in dues], keys)
    else:
        matches.skip(desk.cursor, [(due.match, due.address, "already_told") for due in dues])


def _letter(desk: _Desk, address: str, rhythm: Rhythm, lines: list[_Line], *, single: bool) -> Letter | None:
    """Return the letter; None when none of its articles is in the archive any more."""
    shown = matches.shown(desk.cursor, {due.article for line in lines for due in line.dues})
    copies = matches.copies(desk.cursor, {line.first.story for line in lines})
    by_watch: defaultdict[int, list[Item]] = defaultdict(list)
    for line in lines:
        if line.first.article in shown:
            by_watch[min(due.watch for due in line.dues)].append(_item(desk, line, shown[line.first.article], copies.get(line.first.story, [])))
    if not by_watch:
        return None
    sections = tuple(_section(desk.saved[number], items) for number, items in sorted(by_watch.items()))
    named = tuple(sorted({due.watch for line in lines for due in line.dues}))
    saved = desk.saved[min(by_watch)].watch
    first = lines[0].first
    return Letter(
        template=_TEMPLATES.get(first.kind, Template.STORY) if single else Template.DIGEST,
        recipient=address, sections=sections, made_at=desk.now, rhythm=rhythm.value, language=saved.mail_language, timezone=saved.timezone,
        unsubscribe_url=desk.office.unsubscribe(address, named), feed_url=desk.office.feed(named[0]) if len(named) == 1 else "",
        parent=matches.thread(desk.cursor, address, first.story) if single else None,
        keys=(address, *sorted("/".join(map(str, _told(due)[1:])) for line in lines for due in line.dues)),
    )


def _section(saved: Saved, items: list[Item]) -> Section:
    """Return one watch's part, the weightiest stories first."""
    ordered = sorted(items, key=lambda item: (-_weight(item), -(item.at.timestamp() if item.at else 0.0), item.story))
    return Section(watch=saved.watch.name, query=saved.watch.query, items=tuple(ordered[:_MOST_ITEMS]), more=max(0, len(ordered) - _MOST_ITEMS))


def _weight(item: Item) -> int:
    """How much a story matters: outlets that carry it, words that matched, those in the title twice, changes of old stories."""
    title = item.title.casefold()
    return 3 * len(item.copies) + len(item.terms) + sum(term.casefold() in title for term in item.terms) + 2 * (item.kind is not MatchKind.NEW)


def _item(desk: _Desk, line: _Line, shown: matches.Shown, copies: list[matches.Copied]) -> Item:
    due = line.first
    edited = matches.edit(desk.cursor, due.article, due.version) if due.kind is MatchKind.EDITED else None
    why: dict[str, tuple[str, ...]] = {}
    for each in line.dues:
        why.setdefault(desk.saved[each.watch].watch.name, each.terms)
    return Item(
        kind=due.kind, title=shown.title, outlet=shown.outlet_title, url=shown.url, archive_url=desk.office.article(due.article),
        language=shown.language, at=shown.at, excerpt=due.excerpt, why=tuple(Why(watch=name, terms=terms) for name, terms in why.items()),
        copies=tuple(Copy(outlet=copy.outlet, url=copy.url, at=copy.at) for copy in copies if copy.article != due.article),
        changes=changes.changes((edited[0].title, edited[0].body), (edited[1].title, edited[1].body)) if edited else (),
        story=due.story,
    )
