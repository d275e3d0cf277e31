"""What a watch would have sent in the last 30 days, before it is saved.

For each rhythm the mails, and what would have been kept back and why, as if the watch had run all
the time; which words do the work, and warnings. Edits that took an article out of the query, and
which left it there, are not seen.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from news.query import Query
from news.query.nodes import Or
from news.text.aliases import Aliases
from news.watch import Rhythm, Watch
from pipeline.alerts.fits import FittingChange, find_fits, subject
from pipeline.alerts.previewed import PreviewedRhythm, previewed_rhythms
from storage import alerts
from storage.alerts import Change, Happened, SavedWatch
from watches.matching import Matcher, parsed

if TYPE_CHECKING:
    from psycopg2.extensions import cursor as Cursor

DAYS = 30
# Articles that are looked at; more than these answer only a query that is too broad anyway.
_MOST = 20_000
_BROAD_MAILS = 60  # a week, at once: nobody reads them
_BROAD_SHARE = 0.05  # of all articles
_ENOUGH_ARTICLES = 200  # fewer say little about a share
_TERMS = 12  # that are shown, as the others
_NEWEST = 5
_IDLE_PARTS = 5
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Part:
    """An alternative of a query, with what it brings."""

    query: str
    articles: int
    alone: int  # articles that only it brings


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """What a watch would have done. `mails` over `days`; `terms` with how many articles each.

    `rhythms` has every rhythm, the watch's own first.
    """

    days: float
    articles: int  # in the archive in that time
    fitting: int
    stories: int
    mails: int
    terms: tuple[tuple[str, int], ...]
    parts: tuple[Part, ...]
    warnings: tuple[str, ...]
    newest: tuple[Change, ...]
    last_fit: datetime | None
    rhythms: tuple[PreviewedRhythm, ...] = ()

    @property
    def kept_back(self) -> tuple[tuple[str, int], ...]:
        """What the watch's own rhythm would have kept back: (reason, how often)."""
        return self.rhythms[0].kept_back

    @property
    def a_week(self) -> float:
        """Mails a week."""
        return 7 * self.mails / self.days if self.days else 0.0


def preview(
    cursor: "Cursor",
    watch: Watch,
    now: datetime,
    aliases: Aliases | None = None,
) -> Preview:
    """Look at the last 30 days of the archive as if the watch had run."""
    since = now - timedelta(days=DAYS)
    query = parsed(watch.query, aliases)
    changes = alerts.recent_changes(
        cursor,
        since,
        _MOST,
        query,
    )
    endless = replace(watch, expires=None)
    trial = SavedWatch(
        id=0,
        watch=endless,
        changed=now,
    )
    fitting = find_fits(
        changes,
        Matcher([watch], aliases),
        [trial],
        now,
    )
    rhythms = previewed_rhythms(cursor, trial, fitting)
    found = _counted(
        cursor,
        watch,
        query,
        fits=_first_fits(fitting),
        rhythms=rhythms,
        now=now,
    )
    new = [change for change in changes if change.happened is Happened.NEW]
    warnings = _breadth_warnings(found, watch, is_cut=len(new) == _MOST)
    warnings += _empty_warnings(found)
    warnings += _unknown_places(watch, alerts.outlet_regions(cursor))

    return replace(found, warnings=tuple(warnings))


def _counted(
    cursor: "Cursor",
    watch: Watch,
    query: Query,
    *,
    fits: Sequence[FittingChange],
    rhythms: tuple[PreviewedRhythm, ...],
    now: datetime,
) -> Preview:
    """Return a preview without its warnings. `fits`: one of each article."""
    since = now - timedelta(days=DAYS)
    articles, first_at = alerts.count_recent_articles(cursor, since)
    seen_at = [item.change.first_seen for item in fits]
    newest = [item.change for item in fits[:_NEWEST]]

    return Preview(
        days=_days(first_at, now),
        articles=articles,
        fitting=len(fits),
        stories=_count_stories(cursor, fits),
        mails=len(rhythms[0].mails),
        terms=_terms(fits),
        parts=_parts(query, watch, fits),
        newest=tuple(newest),
        warnings=(),
        last_fit=max(seen_at, default=None),
        rhythms=rhythms,
    )


def lines(found: Preview) -> list[str]:
    """Return a preview for a terminal."""
    rows = [
        f"last {found.days:.0f} days: {found.fitting} of {found.articles} articles fit, "
        f"{found.stories} stories, {found.mails} mails, about {found.a_week:.1f} a week",
    ]
    if found.terms:
        words = [f"{word} {count}" for word, count in found.terms]
        rows.append(f"words that do the work: {', '.join(words)}")

    for part in found.parts:
        brought = f"{part.articles} articles, {part.alone} only by it"
        rows.append(f"  {part.query}: {brought}")

    rows += _rhythm_lines(found)
    for change in found.newest:
        moment = f"{change.at:%Y-%m-%d %H:%M}"
        headline = f"{change.outlet_title}: {change.text.title}"
        rows.append(f"  {moment}  {headline}")

    rows += [f"warning: {warning}" for warning in found.warnings]

    return rows


def _rhythm_lines(found: Preview) -> list[str]:
    """Return what each rhythm would have sent, and what was kept back."""
    if not found.fitting:
        return []

    counts = [f"{item.rhythm} {len(item.mails)}" for item in found.rhythms]
    rows = [f"mails by rhythm: {', '.join(counts)}"]
    reasons = [f"{reason} {count}" for reason, count in found.kept_back]
    if reasons:
        rows.append(f"kept back: {', '.join(reasons)}")

    return rows


def _first_fits(fitting: Sequence[FittingChange]) -> list[FittingChange]:
    """Return one fit for each article, the newest article first."""
    firsts: dict[int, FittingChange] = {}
    for item in fitting:
        article = item.change.article
        known = firsts.get(article)
        if known is None or item.change.version < known.change.version:
            firsts[article] = item

    def age(item: FittingChange) -> tuple[datetime, int]:
        return item.change.at, item.change.article

    return sorted(firsts.values(), key=age, reverse=True)


def _count_stories(cursor: "Cursor", fits: Sequence[FittingChange]) -> int:
    """Return how many stories articles belong to."""
    facts = alerts.story_facts(cursor, [item.change.article for item in fits])
    stories = {known.story for known in facts.values()}

    return len(stories)


def _days(first_at: datetime | None, now: datetime) -> float:
    """Return how many days the archive can speak of: from 1 to DAYS."""
    if first_at is None:
        return float(DAYS)

    days = (now - first_at) / _DAY

    return min(float(DAYS), max(1.0, days))


def _terms(fits: Sequence[FittingChange]) -> tuple[tuple[str, int], ...]:
    """Return the words that matched most often, with how many articles each brought."""
    words: Counter[str] = Counter()
    for item in fits:
        own_words = {term.casefold() for term in item.fit.terms}
        words.update(own_words)

    return tuple(words.most_common(_TERMS))


def _parts(query: Query, watch: Watch, fits: Sequence[FittingChange]) -> tuple[Part, ...]:
    """Return the alternatives of a query with what each brings, and brings alone."""
    if not isinstance(query.root, Or) or not fits:
        return ()

    subjects = [subject(item.change, item.text) for item in fits]

    texts = [str(Query(root=part)) for part in query.root.parts]
    watches = [
        Watch(
            name=text,
            query=text,
            recipients=(),
            outlets=watch.outlets,
        )
        for text in texts
    ]
    pairs = Matcher(watches, query.aliases).pairs(subjects)
    parts_of_subject = Counter(number for number, _ in pairs)
    articles: Counter[int] = Counter()
    alone: Counter[int] = Counter()
    for number, place in pairs:
        articles[place] += 1
        if parts_of_subject[number] == 1:
            alone[place] += 1

    return tuple(Part(text, articles[place], alone[place]) for place, text in enumerate(texts))


def _breadth_warnings(found: Preview, watch: Watch, *, is_cut: bool) -> list[str]:
    """Return what is wrong with a query that brings too much."""
    warnings: list[str] = []
    if is_cut:
        warnings.append(
            f"too broad: more than {_MOST} articles of {DAYS} days may fit; "
            "only the newest were looked at"
        )

    share = found.fitting / found.articles if found.articles else 0.0
    if watch.rhythm is Rhythm.AT_ONCE and found.a_week > _BROAD_MAILS:
        warnings.append(
            f"too broad: about {found.a_week:.0f} mails a week; narrow the query, "
            "or take a digest (--rhythm daily)"
        )
    elif found.articles > _ENOUGH_ARTICLES and share > _BROAD_SHARE:
        warnings.append(f"broad: {100 * share:.0f}% of all articles fit")

    return warnings


def _empty_warnings(found: Preview) -> list[str]:
    """Return what is wrong with a query, or a part of it, that brings nothing."""
    if not found.articles:
        return ["the archive has no articles yet, so nothing can be said"]

    if not found.fitting:
        return [
            f"nothing of the last {found.days:.0f} days fits ({found.articles} articles); "
            "is a word misspelt, or a field too narrow?"
        ]

    idle = [part.query for part in found.parts if part.articles == 0]
    if not idle:
        return []

    return ["never matched: " + ", ".join(idle[:_IDLE_PARTS])]


def _unknown_places(watch: Watch, known: dict[str, str]) -> list[str]:
    """Return which outlet and region the archive does not know. `known`: outlet -> region."""
    if not known:
        return []

    warnings: list[str] = []
    outlets = sorted(set(watch.outlets) - set(known))
    if outlets:
        warnings.append(f"the archive knows no outlet {outlets[0]!r}")

    regions = sorted(set(watch.regions) - set(known.values()))
    if regions:
        warnings.append(f"the archive knows no region {regions[0]!r}")

    return warnings
