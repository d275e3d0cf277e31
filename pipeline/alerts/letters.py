"""Letters out of bundles and the archive's material. Pure: values in, values out."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime

from news.watch import MatchKind, Rhythm, Watch
from pipeline.alerts.bundles import Bundle, Line, report_key
from pipeline.alerts.mail_context import MailContext
from pipeline.alerts.material import Material
from storage import alerts
from storage.alerts import DueDelivery, OutgoingMessage, SavedWatch
from watches import Template, traits
from watches.delivery import Copy, Item, Letter, Piece, Section, Telling, Why, Written, changes

_MOST_ITEMS = 60  # stories of one watch in a digest
_MOST_IN_BRIEF = 20  # events of a daily brief
_COPY_WEIGHT = 3  # of an outlet that carries a story, a matched word weighing one


def make_letter(
    bundle: Bundle,
    material: Material,
    saved: Mapping[int, SavedWatch],
    context: MailContext,
    *,
    made_at: datetime,
    parent: str | None,
) -> Letter:
    """Return the letter of a bundle whose articles are all in the material.

    `saved`: the watches by their id. `parent`: Message-ID of the mail that first told the story.
    """
    sections = _sections(
        bundle,
        material,
        saved,
        context,
    )
    numbers = {due.watch for due in bundle.dues}
    watches = tuple(sorted(numbers))
    oldest = min(_speaker(line) for line in bundle.lines)
    speaker = saved[oldest].watch
    feed_url = ""
    if len(watches) == 1:
        feed_url = context.feed_url(watches[0])

    stop = context.unsubscribe_link(bundle.address, watches)

    return Letter(
        template=_template(bundle),
        recipient=bundle.address,
        sections=sections,
        made_at=made_at,
        rhythm=bundle.rhythm.value,
        language=speaker.mail_language,
        timezone=speaker.timezone,
        unsubscribe_url=stop.url,
        unsubscribes_all=stop.ends_all,
        feed_url=feed_url,
        parent=parent,
        keys=(bundle.address, *sorted(_identity(bundle, made_at))),
        is_late=bundle.is_late,
        is_first=bundle.is_first,
        is_flood=bundle.is_flood,
    )


def outgoing_message(mail: Bundle, letter: Letter, written: Written) -> OutgoingMessage:
    """Return a written mail as the outbox keeps it."""
    articles = {due.article for due in mail.dues}
    story: int | None = None
    if mail.is_single:
        story = mail.lines[0].first.story

    return OutgoingMessage(
        message_id=written.message_id,
        address=mail.address,
        domain=alerts.provider_of(mail.address),
        template=letter.template.value,
        subject=written.subject,
        raw=written.raw,
        made_at=letter.made_at,
        watches=letter.watches,
        articles=tuple(sorted(articles)),
        story=story,
        parent=letter.parent,
    )


def _template(bundle: Bundle) -> Template:
    """Return the folder of templates that a letter is rendered with."""
    if not bundle.is_single:
        return Template.DIGEST

    return traits(bundle.lines[0].first.kind).template


def _identity(bundle: Bundle, made_at: datetime) -> list[str]:
    """Return what tells a letter from all others to the same address.

    What was held up, or stood in a mail that was dropped, is told in another one.
    """
    keys: list[str] = []
    for due in bundle.dues:
        _, story, kind, occasion = report_key(due)
        keys.append(f"{story}/{kind}/{occasion}")
        if due.dropped_alert is not None:
            keys.append(f"again/{due.dropped_alert}")

    if bundle.is_late:
        keys.append(f"late/{made_at.date().isoformat()}")

    return keys


def _speaker(line: Line) -> int:
    """Return the watch under which a story stands: of several the oldest."""
    return min(due.watch for due in line.dues)


def _sections(
    bundle: Bundle,
    material: Material,
    saved: Mapping[int, SavedWatch],
    context: MailContext,
) -> tuple[Section, ...]:
    """Return the stories by watch."""
    by_watch: defaultdict[int, list[Item]] = defaultdict(list)
    for line in bundle.lines:
        by_watch[_speaker(line)].append(_item(line, material, saved, context))

    if bundle.rhythm is Rhythm.BRIEF:
        return (_brief(by_watch, saved),)

    sections: list[Section] = []
    for number in sorted(by_watch):
        url = context.watch_url(number)
        sections.append(_section(saved[number], by_watch[number], url))

    return tuple(sections)


def _section(saved: SavedWatch, items: Sequence[Item], url: str) -> Section:
    """Return one watch's part, the weightiest stories first; `url` lists them all."""
    ordered = sorted(items, key=_order)

    return Section(
        watch=saved.watch.name,
        query=saved.watch.query,
        items=tuple(ordered[:_MOST_ITEMS]),
        url=url,
        more=max(0, len(ordered) - _MOST_ITEMS),
    )


def _brief(by_watch: Mapping[int, Sequence[Item]], saved: Mapping[int, SavedWatch]) -> Section:
    """Return the one part of a daily brief: the weightiest events of all watches."""
    names: list[str] = []
    items: list[Item] = []
    for number, own_items in sorted(by_watch.items()):
        names.append(saved[number].watch.name)
        items.extend(own_items)

    items.sort(key=_order)

    return Section(
        watch=", ".join(names),
        query="",
        items=tuple(items[:_MOST_IN_BRIEF]),
        more=max(0, len(items) - _MOST_IN_BRIEF),
    )


def _order(item: Item) -> tuple[int, float, int]:
    """Return what to sort by: the weightiest first, of equals the newest."""
    moment = item.at.timestamp() if item.at else 0.0

    return -_weight(item), -moment, item.story


def _weight(item: Item) -> int:
    """Return how much a story matters.

    It adds up the outlets that carry it and the other stories of its event, the words that matched,
    those in the title once more, and the weight of its kind.
    """
    title = item.title.casefold()
    in_title: list[str] = []
    for term in item.terms:
        if term.casefold() in title:
            in_title.append(term)

    carried = _COPY_WEIGHT * (len(item.copies) + len(item.tellings))

    return carried + len(item.terms) + len(in_title) + traits(item.kind).weight


def _item(
    line: Line,
    material: Material,
    saved: Mapping[int, SavedWatch],
    context: MailContext,
) -> Item:
    """Return one event as a mail tells it: the telling she reads best, and who else has it."""
    languages = _languages(saved[_speaker(line)].watch)
    due = _head(line, material, languages)
    shown = material.articles[due.article]

    return Item(
        kind=due.kind,
        title=shown.title,
        outlet=shown.outlet_title,
        url=shown.url,
        archive_url=context.article_url(due.article),
        language=shown.language,
        at=shown.at,
        excerpt=due.excerpt,
        why=_why(line, saved),
        copies=_copies(due, material),
        tellings=_tellings(due, material, languages),
        more_url=_more_url(line, due, context),
        changes=_changes(line, material),
        story=due.story,
        is_retold=line.is_retold,
    )


def _more_url(line: Line, due: DueDelivery, context: MailContext) -> str:
    """Return where the tellings stand that a mail does not list; empty: no link."""
    # A spike is a crowd of events: only its watch has them all.
    if due.kind is MatchKind.SPIKE:
        return context.watch_url(_speaker(line))

    return context.article_url(due.article)


def _languages(watch: Watch) -> list[str]:
    """Return the languages that the reader of a watch reads best, the best first."""
    return list(dict.fromkeys((watch.mail_language, *watch.languages)))


def _foreignness(language: str, languages: Sequence[str]) -> int:
    """Return what to sort tellings by: 0 in the language that she reads best."""
    return languages.index(language) if language in languages else len(languages)


def _head(line: Line, material: Material, languages: Sequence[str]) -> DueDelivery:
    """Return the delivery that heads an event: of those that say as much, in her language."""
    rank = traits(line.first.kind).rank

    def order(due: DueDelivery) -> int:
        return _foreignness(material.articles[due.article].language, languages)

    equals = [due for due in line.dues if traits(due.kind).rank == rank]

    return min(equals, key=order)  # of equals the first


def _why(line: Line, saved: Mapping[int, SavedWatch]) -> tuple[Why, ...]:
    """Return the watches that matched, each with the words of its weightiest match."""
    by_watch: dict[str, Why] = {}
    for due in line.dues:
        name = saved[due.watch].watch.name
        why = Why(watch=name, terms=due.terms)
        by_watch.setdefault(name, why)

    return tuple(by_watch.values())


def _copies(due: DueDelivery, material: Material) -> tuple[Copy, ...]:
    """Return the other articles of a delivery's story."""
    story = material.topics.story(due)
    found: list[Copy] = []
    for copy in material.copies.get(story, ()):
        if copy.article == due.article:
            continue

        shown = Copy(
            outlet=copy.outlet,
            url=copy.url,
            at=copy.at,
        )
        found.append(shown)

    return tuple(found)


def _tellings(
    due: DueDelivery,
    material: Material,
    languages: Sequence[str],
) -> tuple[Telling, ...]:
    """Return the event's other stories, in her languages first, then as they came."""
    if due.kind is MatchKind.SPIKE:
        return _crowd(due, material)
    special = traits(due.kind)
    if not special.opens_story and not special.waits_for_copies:
        return ()

    own_story = material.topics.story(due)
    found: list[Telling] = []
    for other in material.tellings.get(material.topics.event(own_story), ()):
        article = material.articles.get(other.article)
        if other.story == own_story or article is None:
            continue

        outlets = [copy.outlet for copy in material.copies.get(other.story, ())]
        telling = Telling(
            title=article.title,
            url=article.url,
            language=article.language,
            at=article.at,
            outlets=tuple(dict.fromkeys((article.outlet_title, *outlets))),
        )
        found.append(telling)

    # Sorting keeps the order of equals.
    return tuple(sorted(found, key=lambda item: _foreignness(item.language, languages)))


def _crowd(due: DueDelivery, material: Material) -> tuple[Telling, ...]:
    """Return the other articles that make a spike."""
    found: list[Telling] = []
    for number in material.crowds.get(due.match, ()):
        article = material.articles.get(number)
        if article is None:
            continue

        telling = Telling(
            title=article.title,
            url=article.url,
            language=article.language,
            at=article.at,
            outlets=(article.outlet_title,),
        )
        found.append(telling)

    return tuple(found)


def _changes(line: Line, material: Material) -> tuple[tuple[Piece, ...], ...]:
    """Return what the edits of a line changed; empty where it tells of none."""
    texts = material.edited.get(line)
    if texts is None:
        return ()

    before, after = texts

    return changes((before.title, before.body), (after.title, after.body))
