"""The lead of a story: which of its articles is the report itself, and why.

The outlet that the others name as their source comes first; then who published first; then whose
text is the most complete. Digests and articles that their outlet has deleted lead only where
there is nothing else.
"""

from collections import Counter
from collections.abc import Sequence

from dedupe.credit import named_outlets
from news.story import Doc, Story

_UNITS = ((1440, "day"), (60, "hour"), (1, "minute"))  # minutes in each


def make_story(
    docs: Sequence[Doc],
    quoted_by: tuple[int, ...],
    mixed: frozenset[int] = frozenset(),
) -> Story:
    """Return the story of these articles; `mixed` are those put together from several reports."""
    lead, reason = _lead(docs, mixed)

    return Story(
        lead=lead.id,
        members=tuple(sorted(doc.id for doc in docs)),
        reason=reason,
        quoted_by=quoted_by,
    )


def _lead(
    docs: Sequence[Doc],
    mixed: frozenset[int],
) -> tuple[Doc, str]:
    """Return the article that leads, and why."""
    if len(docs) == 1:
        return docs[0], "the only report"

    candidates = _candidates(docs, mixed)
    credits_ = _count_credits(docs)
    named = [credits_[doc.outlet] for doc in candidates]
    most = max(named, default=0)
    if not most:
        return _first(candidates)

    sources = [doc for doc in candidates if credits_[doc.outlet] == most]
    source, _ = _first(sources)
    others = len(docs) - 1
    article = "article" if others == 1 else "articles"

    return source, f"named as the source by {most} of {others} other {article}"


def _candidates(
    docs: Sequence[Doc],
    mixed: frozenset[int],
) -> Sequence[Doc]:
    """Return who may lead: those that still stand and are one report, as far as there are any."""
    current = [doc for doc in docs if not doc.withdrawn]
    whole = [doc for doc in current if doc.id not in mixed]

    return whole or current or docs


def _first(docs: Sequence[Doc]) -> tuple[Doc, str]:
    """Return the earliest article, the most complete of several; without times that one."""
    known = {doc.published for doc in docs if doc.published is not None}
    if not known:
        most_complete = min(docs, key=_by_completeness)
        return most_complete, "the most complete text"

    earliest_time, *later_times = sorted(known)
    first = [doc for doc in docs if doc.published == earliest_time]
    earliest = min(first, key=_by_completeness)
    if not later_times:
        return earliest, "the most complete text of those published first"

    ahead = later_times[0] - earliest_time
    span = _span(ahead.total_seconds())

    return earliest, f"the first, {span} before the next"


def _by_completeness(doc: Doc) -> tuple[int, str, int]:
    """Return what orders texts, the most complete first.

    The text breaks ties, since ids are given by order of arrival.
    """
    return -len(doc.text), doc.text, doc.id


def _count_credits(docs: Sequence[Doc]) -> Counter[str]:
    """Return outlet -> how many articles of other outlets name it as their source."""
    titles = {doc.outlet: doc.outlet_title for doc in docs if doc.outlet}
    credits_: Counter[str] = Counter()
    if len(titles) <= 1:
        return credits_

    for doc in docs:
        others = sorted(titles.items())
        others = [pair for pair in others if pair[0] != doc.outlet]
        text = f"{doc.text}\n{doc.credit}" if doc.credit else doc.text
        named = named_outlets(
            text,
            doc.language,
            others,
        )

        credits_.update(named)

    return credits_


def _span(seconds: float) -> str:
    """Return a time as people say it."""
    minutes = int(seconds // 60)
    for size, unit in _UNITS:
        if minutes >= size:
            count = minutes // size
            return f"{count} {unit}" if count == 1 else f"{count} {unit}s"

    return "less than a minute"
