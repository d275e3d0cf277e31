"""Which changes of the archive fit which watches, by the text as it reads now or before an edit."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from news.query import Document
from storage.alerts import ArticleText, Change, Happened, SavedWatch
from storage.search import TermVector
from watches import expired
from watches.matching import Fit, Matcher, Subject


@dataclass(frozen=True, slots=True)
class FittingChange:
    """A change that fits a watch."""

    change: Change
    saved: SavedWatch
    fit: Fit
    text: ArticleText  # the version that fits
    is_edited_in: bool = False  # the text before the edit did not fit


def subject(change: Change, text: ArticleText) -> Subject:
    """Return a version of an article as watches see it."""
    flags: set[str] = set()
    if change.happened is Happened.EDIT:
        flags.add("revised")
    if change.silent:
        flags.add("silent")
    if change.deleted:
        flags.add("deleted")

    document = Document(
        title=text.title,
        text=text.body,
        language=change.language,
        outlet=change.outlet,
        authors=change.authors,
        country=change.country,
        section=change.section,
        url=change.url,
        published=change.published,
        flags=frozenset(flags),
    )
    # The archive's index is that of the text as it reads now.
    is_indexed = bool(change.terms) and text is change.text
    indexed = TermVector(change.terms) if is_indexed else None

    return Subject(
        document=document,
        region=change.region,
        indexed=indexed,
    )


def find_fits(
    changes: Sequence[Change],
    matcher: Matcher,
    saved: Sequence[SavedWatch],
    now: datetime,
) -> list[FittingChange]:
    """Return what fits; an edit fits by its text before or after, and counts once.

    `saved`: the watches in the order in which `matcher` counts them.
    """
    versions: list[tuple[Change, ArticleText]] = []
    for change in changes:
        versions.append((change, change.text))
        if change.before is not None:
            versions.append((change, change.before))

    subjects = [subject(change, text) for change, text in versions]
    fitting: dict[tuple[int, int, int], FittingChange] = {}
    for fit in matcher.run(subjects):
        change, text = versions[fit.subject]
        watch = saved[fit.watch]
        # What came while the watch ran is its news, however late it is matched.
        if expired(watch.watch, min(change.queued_at, now)):
            continue

        key = change.article, change.version, fit.watch
        known = fitting.get(key)
        if known is None:
            is_edited_in = change.before is not None and text is change.text
            fitting[key] = FittingChange(change, watch, fit, text, is_edited_in)
        else:
            # The text before the edit comes second: it fits, too.
            fitting[key] = replace(known, is_edited_in=False)

    return list(fitting.values())
