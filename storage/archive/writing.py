"""The inside of a load: what was seen is classified, new articles are written, changed ones compared and revised."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from operator import itemgetter
from typing import TYPE_CHECKING, Any
from uuid import UUID

from psycopg2.extras import RealDictCursor

from news import revisions as changes
from news.article import DELETED, Article, Rejected
from news.outlet import Outlet
from storage.archive import columns, partitions, terms
from storage.archive.batch import Batch, Loaded, OutletCounts
from storage.archive.rows import (
    at_of,
    body_of,
    clean,
    cleaned,
    details_of,
    hash_of,
    json_of,
    key_of,
    language_of,
    meta_key_of,
    offset_of,
    shape_of,
)
from storage.sql import binary
from storage.sql.copy import copy
from storage.sql.statements import statement

if TYPE_CHECKING:
    from psycopg2.extensions import cursor as Cursor

_REVISION_COLUMNS = (
    "article_id",
    "step",
    "seen_at",
    "kind",
    "silent",
    "note",
    "signed",
    "changes",
    "before_title",
    "before_standfirst",
    "before_body",
    "before_shape",
    "before_extractor",
    "page_digest",
)


@dataclass(frozen=True, slots=True)
class Seen:
    """One article or deletion of the batch, with its keys."""

    ordinal: int
    outlet: Outlet
    key: UUID
    item: Article | Rejected
    digest: str = ""
    text_key: UUID | None = None
    meta_key: UUID | None = None
    body: str = ""

    @property
    def gone(self) -> bool:
        """Whether this is a deletion."""
        return isinstance(self.item, Rejected)

    @property
    def article(self) -> Article:
        """The article; never asked of a deletion."""
        if isinstance(self.item, Rejected):
            raise TypeError
        return self.item


@dataclass(slots=True)
class Writer:
    """Writes one batch through one cursor, inside the caller's transaction."""

    cursor: "Cursor"
    run: int
    outlets: Mapping[str, int]
    _ids: defaultdict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    _articles: dict[int, Article] = field(default_factory=dict)
    _outcomes: dict[int, str] = field(default_factory=dict)
    _months: set[str] = field(default_factory=set)

    def write(self, batch: Batch) -> dict[str, OutletCounts]:
        """Write all articles, deletions and pages; return the counts by outlet."""
        seen, doubles = gather(batch)
        verdicts = self._classify(seen)
        groups: defaultdict[str, list[tuple[Seen, int]]] = defaultdict(list)
        for item in seen:
            identity, verdict, was_deleted = verdicts[item.ordinal]
            self._outcomes[item.ordinal] = _OUTCOMES.get(verdict, verdict)
            groups["returned" if verdict == "same" and was_deleted else verdict].append(
                (item, identity)
            )
        deleted = {ordinal for ordinal, (_, _, was_deleted) in verdicts.items() if was_deleted}
        self._insert([item for item, _ in groups["new"]])
        self._revise(groups["changed"] + groups["meta"], deleted)
        self._delete_and_return(groups["deleted"], groups["returned"])
        known = [
            item
            for name in ("changed", "meta", "same", "returned", "deleted", "gone")
            for item, _ in groups[name]
        ]
        self._checked(known)
        brought = [item for item, _ in groups["new"] if self._outcomes[item.ordinal] == "new"]
        self._execute("keep_lines", ordinals=[item.ordinal for item in (*brought, *known)])
        self._write_pages(batch, {item.key: item for item in seen})
        return count(batch, seen, self._outcomes, doubles)

    def loaded(self, run: str) -> Loaded:
        """Return what hooks see."""
        found = {
            name: tuple(self._ids[name])
            for name in ("new", "revised", "corrected", "deleted", "returned")
        }
        return Loaded(run=run, run_id=self.run, articles=self._articles, **found)

    def partitions(self) -> list[str]:
        """Return the partitions of articles that were written to."""
        return sorted(self._months)

    def _execute(self, name: str, **values: Any) -> list[tuple[Any, ...]]:
        self.cursor.execute(statement("load", name), values)
        return self.cursor.fetchall() if self.cursor.description else []

    def _classify(self, seen: Sequence[Seen]) -> dict[int, tuple[int, str, bool]]:
        """Return (id, verdict, whether it was deleted) by ordinal; what is known stays locked until the end."""
        self._execute("stage_seen")
        binary.copy(
            self.cursor,
            "staged_seen",
            columns.SEEN,
            (
                (
                    item.ordinal,
                    item.key,
                    self.outlets[item.outlet.name],
                    item.item.fetched_at,
                    item.text_key,
                    item.meta_key,
                    item.digest,
                    item.gone,
                    clean(item.item.url),
                    at_of(item.item.published, item.item.fetched_at),
                    b"" if item.gone else item.article.page_lines,
                )
                for item in seen
            ),
        )
        self._execute("lock_known")
        return {
            ordinal: (identity, verdict, was_deleted)
            for ordinal, identity, verdict, was_deleted in self._execute("classify")
        }

    def _row(self, item: Seen, first_seen: datetime) -> tuple[Any, ...]:
        """Return what the archive keeps of an article, in the order of columns.ARTICLE."""
        article = item.article
        at = at_of(article.published, first_seen)
        self._months.add(partitions.name_of("articles", partitions.month_of(at)))
        return (
            at,
            self.outlets[item.outlet.name],
            language_of(article),
            article.kind.value,
            clean(article.title),
            clean(article.standfirst),
            item.body,
            shape_of(article),
            cleaned(article.authors),
            clean(article.section),
            cleaned(article.tags),
            article.published,
            offset_of(article.published),
            article.modified,
            offset_of(article.modified),
            clean(article.lead_image),
            clean(article.credit),
            json_of(details_of(article)),
            min(1.0, max(0.0, article.confidence)),
            clean(article.extractor),
            len(item.body.split()),
            item.text_key,
            item.meta_key,
            first_seen,
            terms.vector(article, marks_of(item.outlet, article), item.body),
            terms.VERSION,
        )

    def _keep(self, kind: str, identity: int, item: Seen) -> None:
        """Remember an article for the hooks."""
        self._ids[kind].append(identity)
        self._articles[identity] = item.article

    def _insert(self, seen: Sequence[Seen]) -> None:
        """Write new articles. What another loader brought in the meantime stays as that one wrote it."""
        if not seen:
            return
        found = self._execute("insert_urls", ordinals=[item.ordinal for item in seen])
        identities = {UUID(key): identity for identity, key in found}
        rows = []
        for item in seen:
            if item.key in identities:
                rows.append(
                    (identities[item.key], self.run, *self._row(item, item.item.fetched_at))
                )
                self._keep("new", identities[item.key], item)
            else:
                self._outcomes[item.ordinal] = "unchanged"
        binary.copy(self.cursor, "articles", columns.NEW, sorted(rows, key=_TIME))

    def _revise(self, seen: Sequence[tuple[Seen, int]], deleted: set[int]) -> None:
        """Compare changed articles with what stands, write the revisions and the new texts."""
        if not seen:
            return
        with self.cursor.connection.cursor(cursor_factory=RealDictCursor) as reader:
            reader.execute(statement("load", "texts"), {"ids": [identity for _, identity in seen]})
            present = {row["id"]: row for row in reader.fetchall()}
        rows: list[tuple[Any, ...]] = []
        revisions: list[tuple[Any, ...]] = []
        for item, identity in seen:
            old = present[identity]
            change = changes.compare(old_text(old, item), new_text(item))
            steps: list[tuple[str, changes.Change | None]] = (
                [("return", None)] if item.ordinal in deleted else []
            )
            if change.verdict is not changes.Verdict.NOISE:
                steps.append((change.verdict.value, change))
            outcome = (
                "revised"
                if change.verdict is changes.Verdict.EDIT
                else "corrected"
                if change.verdict is changes.Verdict.CORRECTION
                else "unchanged"
            )
            self._outcomes[item.ordinal] = (
                "returned" if item.ordinal in deleted and outcome != "revised" else outcome
            )
            revisions.extend(
                (identity, number, *revision_row(item, step, old))
                for number, step in enumerate(steps, 1)
            )
            rows.append(
                (identity, outcome == "revised", len(steps), *self._row(item, old["first_seen_at"]))
            )
            if outcome != "unchanged":
                self._keep(outcome, identity, item)
            if item.ordinal in deleted:
                self._ids["returned"].append(identity)
        self._execute("stage_articles")
        binary.copy(self.cursor, "staged_articles", columns.STAGED, rows)
        self._revisions(revisions)
        self._execute("move_urls")
        self._execute("update_articles")

    def _revisions(self, rows: Sequence[tuple[Any, ...]]) -> None:
        self.cursor.execute("drop table if exists staged_revisions")
        self._execute("stage_revisions")
        if copy(self.cursor, "staged_revisions", _REVISION_COLUMNS, rows):
            self._execute("insert_revisions", run=self.run)

    def _delete_and_return(
        self, deleted: Sequence[tuple[Seen, int]], returned: Sequence[tuple[Seen, int]]
    ) -> None:
        """Write deletions and returns, which are revisions too."""
        if not deleted and not returned:
            return
        self._revisions(
            [
                *(
                    (identity, 1, *revision_row(item, ("deletion", None), {}))
                    for item, identity in deleted
                ),
                *(
                    (identity, 1, *revision_row(item, ("return", None), {}))
                    for item, identity in returned
                ),
            ]
        )
        for kind, name, group in (
            ("deleted", "delete_articles", deleted),
            ("returned", "return_articles", returned),
        ):
            identities = [identity for _, identity in group]
            self._execute(name, ids=identities)
            self._ids[kind].extend(identities)
            self._outcomes.update((item.ordinal, kind) for item, _ in group)

    def _checked(self, seen: Sequence[Seen]) -> None:
        self._execute("checked", ordinals=[item.ordinal for item in seen])

    def _write_pages(self, batch: Batch, seen: Mapping[UUID, Seen]) -> None:
        """Keep what became of each page."""
        self._execute("stage_pages")
        rows = []
        for part in batch.outlets:
            known = {item.url: item for item in part.known}
            number = self.outlets[part.outlet.name]
            pages: tuple[Article | Rejected, ...] = (*part.articles, *part.rejected)
            for page in pages:
                memory = known.get(page.url)
                fresh = memory is not None and memory.last_fetched == page.fetched_at
                status, digest = (
                    (memory.status, memory.digest) if memory is not None and fresh else (None, "")
                )
                outcome, detail = self._outcome(page, seen)
                rows.append(
                    (
                        page.fetched_at,
                        key_of(page.url),
                        number,
                        self.run,
                        status,
                        clean(digest),
                        outcome,
                        clean(detail)[:2000],
                    )
                )
        if copy(
            self.cursor,
            "staged_pages",
            ("fetched_at", "key", "outlet_id", "run_id", "status", "digest", "outcome", "detail"),
            rows,
        ):
            self._execute("insert_pages")

    def _outcome(self, page: Article | Rejected, seen: Mapping[UUID, Seen]) -> tuple[str, str]:
        if isinstance(page, Rejected):
            return page.reason.value, page.detail
        item = seen.get(key_of(page.url))
        return (
            "stale" if item is None or item.item is not page else self._outcomes[item.ordinal]
        ), ""


_TIME = itemgetter(2)  # of a row of new articles: they lie in the order of their time
_OUTCOMES = {"same": "unchanged", "changed": "unchanged", "meta": "unchanged"}


def marks_of(outlet: Outlet, article: Article) -> list[str]:
    """Return the marks under which an article is found by its outlet, country and language."""
    return [
        terms.mark("o", outlet.name),
        terms.mark("c", outlet.country),
        terms.mark("l", language_of(article)),
    ]


def gather(batch: Batch) -> tuple[list[Seen], Counter[str]]:
    """Return what was seen, one per URL, the newest fetch of each; and the doubles by outlet."""
    found: dict[UUID, tuple[Outlet, Article | Rejected, str]] = {}
    doubles: Counter[str] = Counter()
    for part in batch.outlets:
        digests = {item.url: item.digest for item in part.known}
        items: list[Article | Rejected] = [
            *part.articles,
            *(item for item in part.rejected if item.reason in DELETED),
        ]
        for item in items:
            key = key_of(item.url)
            if (other := found.get(key)) is not None:
                doubles[part.outlet.name] += 1
                if other[1].fetched_at > item.fetched_at:
                    continue
            found[key] = (part.outlet, item, clean(digests.get(item.url, "")))
    return [
        _seen(ordinal, key, *entry) for ordinal, (key, entry) in enumerate(found.items())
    ], doubles


def _seen(ordinal: int, key: UUID, outlet: Outlet, item: Article | Rejected, digest: str) -> Seen:
    if isinstance(item, Rejected):
        return Seen(ordinal, outlet, key, item, digest)
    body = body_of(item)
    text_key = hash_of(*changes.canonical(clean(item.title), clean(item.standfirst), body))
    return Seen(ordinal, outlet, key, item, digest, text_key, meta_key_of(item), body)


def count(
    batch: Batch, seen: Sequence[Seen], outcomes: Mapping[int, str], doubles: Mapping[str, int]
) -> dict[str, OutletCounts]:
    """Return the counts of each outlet."""
    found: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for item in seen:
        outcome = outcomes[item.ordinal]
        found[item.outlet.name][
            "unchanged" if outcome == "stale" and not item.gone else outcome
        ] += 1
    names = ("new", "revised", "corrected", "unchanged", "deleted", "returned", "forgotten")
    return {
        part.outlet.name: OutletCounts(
            outlet=part.outlet.name,
            fetched=part.fetched,
            doubles=doubles.get(part.outlet.name, 0),
            rejected=dict(Counter(item.reason.value for item in part.rejected)),
            **{name: found[part.outlet.name][name] for name in names},
        )
        for part in batch.outlets
    }


def old_text(row: Mapping[str, Any], item: Seen) -> changes.Text:
    """Return the text that stands. A page fetched at the same moment is the same page."""
    digest = (
        item.digest or "same" if row["checked_at"] == item.item.fetched_at else row["page_digest"]
    )
    return changes.Text(
        title=row["title"],
        standfirst=row["standfirst"],
        body=row["body"],
        extractor=row["extractor"],
        page_digest=digest,
        authors=tuple(row["authors"]),
        page_lines=bytes(row["page_lines"]),
    )


def new_text(item: Seen) -> changes.Text:
    """Return the text that was seen."""
    article = item.article
    return changes.Text(
        title=clean(article.title),
        standfirst=clean(article.standfirst),
        body=item.body,
        extractor=clean(article.extractor),
        page_digest=item.digest or "same",
        authors=article.authors,
        page_lines=article.page_lines,
    )


def revision_row(
    item: Seen, step: tuple[str, changes.Change | None], old: Mapping[str, Any]
) -> tuple[Any, ...]:
    """Return a revision's row; deletions and returns keep no text, since none was replaced."""
    kind, change = step
    before = (
        (None,) * 5
        if change is None
        else (old["title"], old["standfirst"], old["body"], old["shape"], old["extractor"])
    )
    described = (
        ("", "", "{}")
        if change is None
        else (change.note, clean(change.signed), json_of(change.as_json()))
    )
    return (
        item.item.fetched_at,
        kind,
        bool(change and change.silent),
        *described,
        *before,
        item.digest,
    )
