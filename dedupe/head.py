"""The head of a story: which of its articles is the report itself, and why."""

from collections.abc import Sequence

from dedupe.doc import Doc
from news.story import Story


def head(docs: Sequence[Doc], quoted_by: tuple[int, ...]) -> Story:
    """Return the story of these articles with its lead: the earliest, then the most complete."""
    lead, reason = _lead(docs)
    return Story(lead=lead.id, members=tuple(sorted(doc.id for doc in docs)), reason=reason, quoted_by=quoted_by)


def _lead(docs: Sequence[Doc]) -> tuple[Doc, str]:
    if len(docs) == 1:
        return docs[0], "the only report"
    dated = [doc for doc in docs if doc.published is not None]
    first = min((doc.published for doc in dated if doc.published), default=None)
    if first is not None:
        return min((doc for doc in dated if doc.published == first), key=lambda doc: (-len(doc.text), doc.id)), "the earliest"
    return min(docs, key=lambda doc: (-len(doc.text), doc.id)), "the most complete"
