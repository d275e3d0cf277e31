"""The inside of a load: what was seen is classified, written if new, compared if changed."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from operator import itemgetter
from typing import TYPE_CHECKING, Any
from uuid import UUID

from psycopg2 import sql
from psycopg2.extras import RealDictCursor

from news import revisions
from news.article import Article, Rejected
from news.crawl import Known
from storage.archive import article_row, partitions, revision_rows
from storage.archive.batch import Batch, Loaded, OutletBatch, OutletCounts
from storage.archive.counting import count_outcomes
from storage.archive.revision_rows import Kind, Revision, judge
from storage.archive.rows import key_of
from storage.archive.seen import (
    Classified,
    Finding,
    Outcome,
    Page,
    Seen,
    gather,
    new_text,
    old_text,
)
from storage.sql import binary
from storage.sql.copy import copy
from storage.sql.statements import execute, execute_on, fetch_all
from storage.sql.values import clean

if TYPE_CHECKING:
    from psycopg2.extensions import cursor as Cursor

_PAGE_COLUMNS = (
    "fetched_at",
    "key",
    "outlet_id",
    "run_id",
    "status",
    "digest",
    "outcome",
    "detail",
)
_LONGEST_DETAIL = 2000  # characters
_TIME = itemgetter(2)  # of a row of new articles: they are stored in the order of their time
_OUTCOMES = {
    Finding.NEW: Outcome.NEW,
    Finding.SAME: Outcome.UNCHANGED,
    Finding.CHANGED: Outcome.UNCHANGED,  # until it is compared
    Finding.META: Outcome.UNCHANGED,  # until it is compared
    Finding.DELETED: Outcome.DELETED,
    Finding.GONE: Outcome.GONE,
    Finding.UNKNOWN: Outcome.UNKNOWN,
    Finding.STALE: Outcome.STALE,
    Finding.FORGOTTEN: Outcome.FORGOTTEN,
}
_KNOWN = frozenset({Finding.CHANGED, Finding.META, Finding.SAME, Finding.DELETED, Finding.GONE})


@dataclass(slots=True)
class Writer:
    """Writes one batch through one cursor, inside the caller's transaction."""

    cursor: "Cursor"
    run: int
    outlets: Mapping[str, int]
    _ids: defaultdict[Outcome, list[int]] = field(default_factory=lambda: defaultdict(list))
    _articles: dict[int, Article] = field(default_factory=dict)
    _outcomes: dict[int, Outcome] = field(default_factory=dict)  # by ordinal
    _months: set[str] = field(default_factory=set)
    _vocabulary: set[str] = field(default_factory=set)  # terms of what was written

    def write(self, batch: Batch) -> dict[str, OutletCounts]:
        """Write all articles, deletions and pages; return the counts by outlet."""
        seen, doubles = gather(batch)
        classified = self._classify(seen)
        groups: defaultdict[Finding, list[Classified]] = defaultdict(list)
        for item in classified:
            self._outcomes[item.seen.ordinal] = _OUTCOMES[item.finding]
            groups[item.finding].append(item)

        new = [item.seen for item in groups[Finding.NEW]]
        changed = groups[Finding.CHANGED] + groups[Finding.META]
        returned = [item for item in groups[Finding.SAME] if item.was_deleted]
        self._insert(new)
        self._revise(changed)
        self._delete(groups[Finding.DELETED])
        self._return(returned)
        self._keep_lines(classified)
        execute(self.cursor, "load.keep_vocabulary", terms=sorted(self._vocabulary))

        by_key = {item.key: item for item in seen}
        self._write_pages(batch, by_key)

        return count_outcomes(batch, seen, self._outcomes, doubles)

    def loaded(self, run: str) -> Loaded:
        """Return what hooks see."""
        return Loaded(
            run=run,
            run_id=self.run,
            new=tuple(self._ids[Outcome.NEW]),
            revised=tuple(self._ids[Outcome.REVISED]),
            corrected=tuple(self._ids[Outcome.CORRECTED]),
            deleted=tuple(self._ids[Outcome.DELETED]),
            returned=tuple(self._ids[Outcome.RETURNED]),
            articles=self._articles,
        )

    def partitions(self) -> list[str]:
        """Return the partitions of articles that were written to."""
        return sorted(self._months)

    def _classify(self, seen: Sequence[Seen]) -> list[Classified]:
        """Return what was seen with what it is to the archive, in order.

        What is known stays locked until the end of the transaction.
        """
        execute(self.cursor, "load.stage_seen")
        rows = [item.row(self.outlets[item.outlet.name]) for item in seen]
        binary.copy(self.cursor, "staged_seen", article_row.SEEN, rows)
        execute(self.cursor, "load.lock_known")

        by_ordinal = {item.ordinal: item for item in seen}
        classified = []

        for ordinal, identity, finding, was_deleted in fetch_all(self.cursor, "load.classify"):
            item = Classified(
                seen=by_ordinal[ordinal],
                identity=identity,
                finding=Finding(finding),
                was_deleted=was_deleted,
            )

            classified.append(item)

        return classified

    def _row(self, item: Seen, first_seen: datetime) -> tuple[Any, ...]:
        """Return what the archive keeps of an article, in the order of ArticleRow's columns."""
        row = article_row.article_row(
            item.article,
            item.outlet,
            self.outlets[item.outlet.name],
            body=item.body,
            keys=item.keys,
            first_seen=first_seen,
            vocabulary=self._vocabulary,
        )

        month = partitions.month_of(row.at)
        self._months.add(partitions.name_of("articles", month))
        values: tuple[Any, ...] = article_row.values_of(row)

        return values

    def _remember(self, outcome: Outcome, identity: int, item: Seen) -> None:
        """Remember an article for the hooks."""
        self._ids[outcome].append(identity)
        self._articles[identity] = item.article

    def _insert(self, seen: Sequence[Seen]) -> None:
        """Write new articles.

        What another loader brought in the meantime stays as that one wrote it.
        """
        if not seen:
            return

        ordinals = [item.ordinal for item in seen]
        inserted = fetch_all(self.cursor, "load.insert_urls", ordinals=ordinals)
        identities = {UUID(key): identity for identity, key in inserted}
        rows = []

        for item in seen:
            identity = identities.get(item.key)
            if identity is None:
                self._outcomes[item.ordinal] = Outcome.UNCHANGED
                continue

            rows.append((identity, self.run, *self._row(item, item.item.fetched_at)))
            self._remember(Outcome.NEW, identity, item)

        rows.sort(key=_TIME)
        binary.copy(self.cursor, "articles", article_row.NEW, rows)

    def _revise(self, changed: Sequence[Classified]) -> None:
        """Compare changed articles with what stands, write the revisions and the new texts."""
        if not changed:
            return

        current = self._texts(item.identity for item in changed)
        article_rows: list[tuple[Any, ...]] = []
        revision_rows_: list[tuple[Any, ...]] = []

        for item in changed:
            old = current[item.identity]
            steps = self._compare(item, old)
            for number, step in enumerate(steps, 1):
                revision_rows_.append(step.row(item.identity, number, item.seen))

            edited = any(step.kind is Kind.EDIT for step in steps)
            values = self._row(item.seen, old["first_seen_at"])
            article_rows.append((edited, len(steps), item.identity, self.run, *values))

        execute(self.cursor, "load.stage_articles")
        binary.copy(self.cursor, "staged_articles", article_row.STAGED, article_rows)
        self._write_revisions(revision_rows_)
        execute(self.cursor, "load.move_urls")
        execute_on(self.cursor, "load.update_articles", changing=_assignments())

    def _texts(self, identities: Iterable[int]) -> dict[int, Mapping[str, Any]]:
        """Return the texts that stand, by article."""
        with self.cursor.connection.cursor(cursor_factory=RealDictCursor) as cursor:
            rows = fetch_all(cursor, "load.texts", ids=list(identities))

        return {row["id"]: row for row in rows}

    def _compare(self, item: Classified, old: Mapping[str, Any]) -> list[Revision]:
        """Return the versions that an article gains, and remember what became of it."""
        seen = item.seen
        change = revisions.compare(old_text(old, seen), new_text(seen))
        outcome, kind = judge(change, was_deleted=item.was_deleted)
        self._outcomes[seen.ordinal] = outcome

        steps = []
        if item.was_deleted:
            steps.append(Revision(kind=Kind.RETURN))
            self._ids[Outcome.RETURNED].append(item.identity)

        if kind is Kind.EDIT:
            self._remember(Outcome.REVISED, item.identity, seen)

        if kind is Kind.CORRECTION:
            self._remember(Outcome.CORRECTED, item.identity, seen)

        if kind is not None:
            steps.append(Revision(kind=kind, change=change, old=old))

        return steps

    def _write_revisions(self, rows: Sequence[tuple[Any, ...]]) -> None:
        execute(self.cursor, "load.unstage_revisions")
        execute(self.cursor, "load.stage_revisions")
        if copy(self.cursor, "staged_revisions", revision_rows.COLUMNS, rows):
            execute(self.cursor, "load.insert_revisions", run=self.run)

    def _delete(self, gone: Sequence[Classified]) -> None:
        """Mark articles whose page is gone; that is a revision."""
        self._mark(gone, Kind.DELETION, Outcome.DELETED, "load.delete_articles")

    def _return(self, returned: Sequence[Classified]) -> None:
        """Mark deleted articles that are there again, unchanged; that is a revision."""
        self._mark(returned, Kind.RETURN, Outcome.RETURNED, "load.return_articles")

    def _mark(self, items: Sequence[Classified], kind: Kind, outcome: Outcome, path: str) -> None:
        if not items:
            return

        revision = Revision(kind=kind)
        self._write_revisions([revision.row(item.identity, 1, item.seen) for item in items])
        identities = [item.identity for item in items]
        execute(self.cursor, path, ids=identities)
        self._ids[outcome].extend(identities)
        for item in items:
            self._outcomes[item.seen.ordinal] = outcome

    def _keep_lines(self, classified: Sequence[Classified]) -> None:
        """Remember which page was taken into account last, and what stood on it."""
        known, brought = [], []
        for item in classified:
            ordinal = item.seen.ordinal
            if item.finding in _KNOWN:
                known.append(ordinal)
            elif self._outcomes[ordinal] is Outcome.NEW:
                brought.append(ordinal)

        execute(self.cursor, "load.checked", ordinals=known)
        execute(self.cursor, "load.keep_lines", ordinals=brought + known)

    def _write_pages(self, batch: Batch, seen: Mapping[UUID, Seen]) -> None:
        """Keep what became of each page."""
        execute(self.cursor, "load.stage_pages")
        rows: list[tuple[Any, ...]] = []
        for part in batch.outlets:
            known_pages = {item.url: item for item in part.known}
            for page in _pages(part):
                known = known_pages.get(page.url)
                rows.append(self._page_row(part, page, known, seen))

        if copy(self.cursor, "staged_pages", _PAGE_COLUMNS, rows):
            execute(self.cursor, "load.insert_pages")

    def _page_row(
        self,
        part: OutletBatch,
        page: Page,
        known: Known | None,
        seen: Mapping[UUID, Seen],
    ) -> tuple[Any, ...]:
        """Return a page's row; status and digest only where the crawl means this very fetch."""
        status, digest = None, ""
        if known is not None and known.last_fetched == page.fetched_at:
            status, digest = known.status, known.digest

        outcome, detail = self._outcome(page, seen)

        return (
            page.fetched_at,
            key_of(page.url),
            self.outlets[part.outlet.name],
            self.run,
            status,
            clean(digest),
            outcome,
            clean(detail)[:_LONGEST_DETAIL],
        )

    def _outcome(self, page: Page, seen: Mapping[UUID, Seen]) -> tuple[str, str]:
        """Return what became of a page, in a word, and its detail."""
        if isinstance(page, Rejected):
            return page.reason.value, page.detail

        item = seen.get(key_of(page.url))
        if item is None or item.item is not page:
            return Outcome.STALE.value, ""

        return self._outcomes[item.ordinal].value, ""


def _assignments() -> sql.Composed:
    """Return the columns of a changed article, each as it was staged."""
    names = map(sql.Identifier, article_row.CHANGING)
    return sql.SQL(", ").join([sql.SQL("{0} = s.{0}").format(name) for name in names])


def _pages(part: OutletBatch) -> tuple[Page, ...]:
    """Return all pages of an outlet's part of a batch."""
    return (*part.articles, *part.rejected)
