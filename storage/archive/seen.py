"""What a batch saw: each article or deletion once, with the keys it is compared by. Pure."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from news import revisions
from news.article import DELETED, Article, Rejected
from news.outlet import Outlet
from storage.archive.article_row import Keys, meta_key_of
from storage.archive.batch import Batch, OutletBatch
from storage.archive.rows import at_of, body_of, hash_of, key_of
from storage.sql.values import clean

Page = Article | Rejected


class Finding(StrEnum):
    """What a thing seen is to the archive, as the statement load.classify says."""

    NEW = "new"
    SAME = "same"
    CHANGED = "changed"  # another text
    META = "meta"  # the same text, other things beside it
    DELETED = "deleted"
    GONE = "gone"  # deleted, and known to be
    UNKNOWN = "unknown"  # deleted, and never had
    STALE = "stale"  # a newer page was taken into account already
    FORGOTTEN = "forgotten"  # under a tombstone


class Outcome(StrEnum):
    """What became of a page, as `pages.outcome` keeps it; rejected ones have their reason."""

    NEW = "new"
    REVISED = "revised"
    CORRECTED = "corrected"
    UNCHANGED = "unchanged"
    DELETED = "deleted"
    RETURNED = "returned"
    GONE = "gone"
    UNKNOWN = "unknown"
    STALE = "stale"
    FORGOTTEN = "forgotten"


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """One article or deletion of the batch, with its keys."""

    ordinal: int
    outlet: Outlet
    key: UUID
    item: Page
    digest: str = ""  # of the fetched page, in hexadecimal; empty: not known
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

    @property
    def keys(self) -> Keys:
        """The hashes that an article is compared by."""
        return Keys(text=self.text_key, meta=self.meta_key)

    def row(self, outlet_id: int) -> tuple[Any, ...]:
        """Return its row for classification, in the order of article_row.SEEN."""
        item = self.item

        return (
            self.ordinal,
            self.key,
            outlet_id,
            item.fetched_at,
            self.text_key,
            self.meta_key,
            self.digest,
            self.gone,
            clean(item.url),
            at_of(item.published, item.fetched_at),
            item.page_lines if isinstance(item, Article) else b"",
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Classified:
    """A thing seen, and what it is to the archive. `identity`: the article's id, if it has one."""

    seen: Seen
    identity: int
    finding: Finding
    was_deleted: bool


def gather(batch: Batch) -> tuple[list[Seen], Counter[str]]:
    """Return what was seen, one per URL, the newest fetch of each; and the doubles by outlet."""
    newest: dict[UUID, tuple[OutletBatch, Page]] = {}
    doubles: Counter[str] = Counter()

    for part in batch.outlets:
        for item in _items(part):
            key = key_of(item.url)
            if key in newest:
                doubles[part.outlet.name] += 1
                if not _is_newer(item, newest[key][1]):
                    continue

            newest[key] = part, item

    digests = {id(part): _digests(part) for part in batch.outlets}
    seen = []
    for ordinal, (key, (part, item)) in enumerate(newest.items()):
        digest = digests[id(part)].get(item.url, "")
        seen.append(_seen(ordinal, key, part.outlet, item, clean(digest)))

    return seen, doubles


def _is_newer(item: Page, before: Page) -> bool:
    """Tell whether a page says more of its article than another of the batch: the later does.

    Of one moment is an article that was found at its new address after its old one was gone.
    """
    is_deletion = isinstance(item, Rejected) and not isinstance(before, Rejected)
    if item.fetched_at == before.fetched_at:
        return not is_deletion

    return item.fetched_at > before.fetched_at


def _items(part: OutletBatch) -> Iterator[Page]:
    """Yield an outlet's articles, then its deletions."""
    yield from part.articles
    for item in part.rejected:
        if item.reason in DELETED:
            yield item


def _digests(part: OutletBatch) -> dict[str, str]:
    """Return the digests of fetched pages by URL."""
    return {item.url: item.digest for item in part.known}


def _seen(ordinal: int, key: UUID, outlet: Outlet, item: Page, digest: str) -> Seen:
    if isinstance(item, Rejected):
        return Seen(
            ordinal=ordinal,
            outlet=outlet,
            key=key,
            item=item,
            digest=digest,
        )

    body = body_of(item)
    canonical = revisions.canonical(clean(item.title), clean(item.standfirst), body)

    return Seen(
        ordinal=ordinal,
        outlet=outlet,
        key=key,
        item=item,
        digest=digest,
        text_key=hash_of(*canonical),
        meta_key=meta_key_of(item),
        body=body,
    )


def old_text(row: Mapping[str, Any], item: Seen) -> revisions.Text:
    """Return the text that stands, of a row of load.texts.

    A page fetched at the same moment is the same page.
    """
    digest = row["page_digest"]
    if row["checked_at"] == item.item.fetched_at:
        digest = item.digest or "same"

    return revisions.Text(
        title=row["title"],
        standfirst=row["standfirst"],
        body=row["body"],
        extractor=row["extractor"],
        page_digest=digest,
        authors=tuple(row["authors"]),
        page_lines=bytes(row["page_lines"]),
    )


def new_text(item: Seen) -> revisions.Text:
    """Return the text that was seen."""
    article = item.article

    return revisions.Text(
        title=clean(article.title),
        standfirst=clean(article.standfirst),
        body=item.body,
        extractor=clean(article.extractor),
        page_digest=item.digest or "same",
        authors=article.authors,
        page_lines=article.page_lines,
    )


def fetches(part: OutletBatch) -> Iterable[datetime]:
    """Yield the moments (aware) at which an outlet's pages were fetched."""
    for article in part.articles:
        yield article.fetched_at

    for rejected in part.rejected:
        yield rejected.fetched_at
