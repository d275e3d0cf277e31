"""What a watch would have sent in the last 30 days, before it is saved: how many mails a week, which words do the work, warnings."""

from collections import Counter
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from news.query import Query
from news.query.nodes import Or
from news.text.aliases import Aliases
from news.watch import Rhythm, Watch
from pipeline.alerts import match
from storage import alerts
from storage.alerts import Change
from watches.matching.matcher import Matcher, Subject, parsed
from watches.policy import schedule

if TYPE_CHECKING:
    from psycopg2.extensions import cursor as Cursor

DAYS = 30
_MOST = 20_000  # articles that are looked at; more than these answer only a query that is too broad anyway
_BROAD_MAILS = 60  # a week, at once: nobody reads them
_BROAD_SHARE = 0.05  # of all articles


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """What a watch would have done. `mails` over `days`; `terms` and `parts` by the number of articles they brought."""

    days: float
    articles: int  # in the archive in that time
    fitting: int
    stories: int
    mails: int
    terms: tuple[tuple[str, int], ...]
    parts: tuple[
        tuple[str, int, int], ...
    ]  # an alternative of the query: articles, articles that only it brings
    warnings: tuple[str, ...]
    newest: tuple[Change, ...]
    last_fit: datetime | None

    @property
    def a_week(self) -> float:
        """Mails a week."""
        return 7 * self.mails / self.days if self.days else 0.0


def preview(
    cursor: "Cursor", watch: Watch, now: datetime, aliases: Aliases | None = None
) -> Preview:
    """Look at the last 30 days of the archive as if the watch had run."""
    since = now - timedelta(days=DAYS)
    articles, first = alerts.count_recent_articles(cursor, since)
    query = parsed(watch.query, aliases)
    changes = alerts.recent_articles(cursor, since, _MOST, query)
    subjects = [match.subject(change, change.text) for change in changes]
    fits = Matcher([watch], aliases).run(subjects)
    fitting = [changes[fit.subject] for fit in fits]
    facts = alerts.story_facts(cursor, [change.article for change in fitting])
    firsts: dict[int, Change] = {}
    for change in reversed(fitting):
        firsts.setdefault(facts[change.article].story, change)
    moments = {schedule.due(watch, change.first_seen) for change in firsts.values()}
    mails = len(firsts) if watch.rhythm is Rhythm.AT_ONCE else len(moments)
    days = (
        min(float(DAYS), max(1.0, (now - first).total_seconds() / 86_400)) if first else float(DAYS)
    )
    words = Counter(word for fit in fits for word in dict.fromkeys(map(str.casefold, fit.terms)))
    found = Preview(
        days=days,
        articles=articles,
        fitting=len(fitting),
        stories=len(firsts),
        mails=mails,
        terms=tuple(words.most_common(12)),
        parts=_parts(query, watch, [subjects[fit.subject] for fit in fits]),
        newest=tuple(fitting[:5]),
        warnings=(),
        last_fit=max((change.first_seen for change in fitting), default=None),
    )
    return _warned(found, watch, alerts.outlet_regions(cursor), cut=len(changes) == _MOST)


def lines(found: Preview) -> list[str]:
    """Return a preview for a terminal."""
    rows = [
        f"last {found.days:.0f} days: {found.fitting} of {found.articles} articles fit, {found.stories} stories, "
        f"{found.mails} mails, about {found.a_week:.1f} a week",
    ]
    if found.terms:
        rows.append(
            "words that do the work: " + ", ".join(f"{word} {count}" for word, count in found.terms)
        )
    rows += [
        f"  {part}: {count} articles, {alone} only by it" for part, count, alone in found.parts
    ]
    rows += [
        f"  {change.at:%Y-%m-%d %H:%M}  {change.outlet_title}: {change.text.title}"
        for change in found.newest
    ]
    return rows + [f"warning: {warning}" for warning in found.warnings]


def _parts(query: Query, watch: Watch, subjects: list[Subject]) -> tuple[tuple[str, int, int], ...]:
    """Return the alternatives of a query with what each brings, and brings alone."""
    if not isinstance(query.root, Or) or not subjects:
        return ()
    texts = [str(Query(root=part)) for part in query.root.parts]
    pairs = Matcher(
        [Watch(name=text, query=text, recipients=(), outlets=watch.outlets) for text in texts],
        query.aliases,
    ).pairs(subjects)
    brought = Counter(subject for subject, _ in pairs)
    return tuple(
        (
            text,
            sum(1 for _, number in pairs if number == place),
            sum(1 for subject, number in pairs if number == place and brought[subject] == 1),
        )
        for place, text in enumerate(texts)
    )


def _warned(found: Preview, watch: Watch, known: dict[str, str], *, cut: bool) -> Preview:
    """Return the preview with its warnings."""
    warnings = []
    if cut:
        warnings.append(
            f"too broad: more than {_MOST} articles of {DAYS} days may fit; only the newest were looked at"
        )
    if watch.rhythm is Rhythm.AT_ONCE and found.a_week > _BROAD_MAILS:
        warnings.append(
            f"too broad: about {found.a_week:.0f} mails a week; narrow the query, or take a digest (--rhythm daily)"
        )
    elif found.articles > 200 and found.fitting > _BROAD_SHARE * found.articles:  # noqa: PLR2004 - fewer say little
        warnings.append(f"broad: {100 * found.fitting / found.articles:.0f}% of all articles fit")
    if not found.articles:
        warnings.append("the archive has no articles yet, so nothing can be said")
    elif not found.fitting:
        warnings.append(
            f"nothing of the last {found.days:.0f} days fits ({found.articles} articles); is a word misspelt, or a field too narrow?"
        )
    idle = [part for part, count, _ in found.parts if count == 0]
    if idle and found.fitting:
        warnings.append("never matched: " + ", ".join(idle[:5]))
    if known and (strange := sorted(set(watch.outlets) - set(known))):
        warnings.append(f"the archive knows no outlet {strange[0]!r}")
    if known and (strange := sorted(set(watch.regions) - set(known.values()))):
        warnings.append(f"the archive knows no region {strange[0]!r}")
    return replace(found, warnings=tuple(warnings))
