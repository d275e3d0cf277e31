"""The head of a story: which of its articles is the report itself, and why.

The outlet that the others name as their source comes first; then who published first; then whose text is the most complete. Digests
and articles that their outlet has deleted lead only where there is nothing else.
"""

from collections import Counter
from collections.abc import Sequence

from dedupe.credit import named
from news.story import Doc, Story


def head(
    docs: Sequence[Doc], quoted_by: tuple[int, ...], mixed: frozenset[int] = frozenset()
) -> Story:
    """Return the story of these articles; `mixed` are those put together from several reports."""
    lead, reason = _lead(docs, mixed)
    return Story(
        lead=lead.id,
        members=tuple(sorted(doc.id for doc in docs)),
        reason=reason,
        quoted_by=quoted_by,
    )


def _lead(docs: Sequence[Doc], mixed: frozenset[int]) -> tuple[Doc, str]:
    if len(docs) == 1:
        return docs[0], "the only report"
    fit = (
        [doc for doc in docs if not doc.withdrawn and doc.id not in mixed]
        or [doc for doc in docs if not doc.withdrawn]
        or list(docs)
    )
    credits_ = _credits(docs)
    most = max((credits_[doc.outlet] for doc in fit), default=0)
    if most:
        source = [doc for doc in fit if credits_[doc.outlet] == most]
        return _first(source)[
            0
        ], f"named as the source by {most} of {len(docs) - 1} other article{'s' * (len(docs) > 2)}"  # noqa: PLR2004
    return _first(fit)


def _first(docs: Sequence[Doc]) -> tuple[Doc, str]:
    """Return the earliest article, the most complete of several; without times the most complete."""
    times = sorted({doc.published for doc in docs if doc.published is not None})
    if not times:
        return min(docs, key=_complete), "the most complete text"
    earliest = min((doc for doc in docs if doc.published == times[0]), key=_complete)
    if len(times) == 1:
        return earliest, "the most complete text of those published first"
    return earliest, f"the first, {_span((times[1] - times[0]).total_seconds())} before the next"


def _complete(doc: Doc) -> tuple[int, str, int]:
    """Return what orders texts by completeness; the text breaks ties, since ids are given by order of arrival."""
    return -len(doc.text), doc.text, doc.id


def _credits(docs: Sequence[Doc]) -> Counter[str]:
    """Return outlet -> how many articles of other outlets name it as their source."""
    outlets = {doc.outlet: doc.outlet_title for doc in docs if doc.outlet}
    found: Counter[str] = Counter()
    if len(outlets) > 1:
        for doc in docs:
            others = [
                (name, title) for name, title in sorted(outlets.items()) if name != doc.outlet
            ]
            found.update(
                named(f"{doc.text}\n{doc.credit}" if doc.credit else doc.text, doc.language, others)
            )
    return found


def _span(seconds: float) -> str:
    """Return a time as people say it."""
    minutes = int(seconds // 60)
    if minutes < 1:
        return "less than a minute"
    for size, unit in ((1440, "day"), (60, "hour"), (1, "minute")):
        if minutes >= size:
            count = minutes // size
            return f"{count} {unit}{'s' * (count > 1)}"
    raise AssertionError
