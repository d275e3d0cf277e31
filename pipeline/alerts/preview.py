"""What a watch would have sent in the last 30 days, before it is saved.

How many mails a week, which words do the work, and warnings.
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
from pipeline.alerts.fits import subject
from storage import alerts
from storage.alerts import Change
from watches import due_at
from watches.matching import Fit, Matcher, Subject, parsed

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
    """What a watch would have done. `mails` over `days`; `terms` with how many articles each."""

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
    articles, first_at = alerts.count_recent_articles(cursor, since)
    query = parsed(watch.query, aliases)
    changes = alerts.recent_articles(cursor, since, _MOST, query)
    subjects = [subject(change, change.text) for change in changes]
    fits = Matcher([watch], aliases).run(subjects)
    fitting = [changes[fit.subject] for fit in fits]
    firsts = _first_of_each_story(cursor, fitting)
    found = Preview(
        days=_days(first_at, now),
        articles=articles,
        fitting=len(fitting),
        stories=len(firsts),
        mails=_count_mails(watch, firsts),
        terms=_terms(fits),
        parts=_parts(query, watch, [subjects[fit.subject] for fit in fits]),
        newest=tuple(fitting[:_NEWEST]),
        warnings=(),
        last_fit=max((change.first_seen for change in fitting), default=None),
    )
    warnings = _breadth_warnings(found, watch, is_cut=len(changes) == _MOST)
    warnings += _empty_warnings(found)
    warnings += _unknown_places(watch, alerts.outlet_regions(cursor))

    return replace(found, warnings=tuple(warnings))


def lines(found: Preview) -> list[str]:
    """Return a preview for a terminal."""
    rows = [
        f"last {found.days:.0f} days: {found.fitting} of {found.articles} articles fit, "
        f"{found.stories} stories, {found.mails} mails, about {found.a_week:.1f} a week",
    ]
    if found.terms:
        words = ", ".join(f"{word} {count}" for word, count in found.terms)
        rows.append(f"words that do the work: {words}")

    for part in found.parts:
        brought = f"{part.articles} articles, {part.alone} only by it"
        rows.append(f"  {part.query}: {brought}")

    for change in found.newest:
        moment = f"{change.at:%Y-%m-%d %H:%M}"
        headline = f"{change.outlet_title}: {change.text.title}"
        rows.append(f"  {moment}  {headline}")

    rows += [f"warning: {warning}" for warning in found.warnings]

    return rows


def _first_of_each_story(cursor: "Cursor", fitting: Sequence[Change]) -> list[Change]:
    """Return the oldest fitting article of each story; `fitting` has the newest first."""
    facts = alerts.story_facts(cursor, [change.article for change in fitting])
    firsts: dict[int, Change] = {}
    for change in reversed(fitting):
        firsts.setdefault(facts[change.article].story, change)

    return list(firsts.values())


def _days(first_at: datetime | None, now: datetime) -> float:
    """Return how many days the archive can speak of: from 1 to DAYS."""
    if first_at is None:
        return float(DAYS)

    days = (now - first_at) / _DAY

    return min(float(DAYS), max(1.0, days))


def _count_mails(watch: Watch, firsts: Sequence[Change]) -> int:
    """Return how many mails stories would have made: one each, or those due together as one."""
    if watch.rhythm is Rhythm.AT_ONCE:
        return len(firsts)

    moments = {due_at(watch, change.first_seen) for change in firsts}

    return len(moments)


def _terms(fits: Sequence[Fit]) -> tuple[tuple[str, int], ...]:
    """Return the words that matched most often, with how many articles each brought."""
    words: Counter[str] = Counter()
    for fit in fits:
        words.update({term.casefold() for term in fit.terms})

    return tuple(words.most_common(_TERMS))


def _parts(query: Query, watch: Watch, subjects: list[Subject]) -> tuple[Part, ...]:
    """Return the alternatives of a query with what each brings, and brings alone."""
    if not isinstance(query.root, Or) or not subjects:
        return ()

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
