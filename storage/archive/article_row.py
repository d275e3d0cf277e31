"""An article as a row of the archive, and back: every column once, with type and binary form.

`ArticleRow` is what `load` sends by COPY. A further column is a field of `FoundColumns`, and then
mypy names the place in `article_row` that does not fill it; the article's page and the API have it
by themselves. What a row holds is what `article_of` gives back,
except the pruned blocks, kept as counts.
"""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import UTC, datetime, timedelta, timezone
from operator import attrgetter
from typing import Annotated, Any, get_type_hints
from uuid import UUID

from news.article import Article, Kind
from news.outlet import Outlet
from storage.archive import terms
from storage.archive.rows import (
    at_of,
    blocks_of,
    cleaned,
    details_of,
    hash_of,
    json_of,
    language_of,
    offset_of,
    shape_of,
)
from storage.sql import binary
from storage.sql.values import clean

_BORDER = "\x1f"  # between the items of a list that is hashed


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundColumns:
    """The columns of `articles` that hold what was found on a page, as load, page and API have it.

    Moments are aware. A column that is added here stands in all three.
    """

    at: Annotated[datetime, binary.moment]
    language: Annotated[str, binary.text]
    kind: Annotated[str, binary.text]
    title: Annotated[str, binary.text]
    standfirst: Annotated[str, binary.text]
    body: Annotated[str, binary.text]
    shape: Annotated[str, binary.text]
    authors: Annotated[list[str], binary.texts]
    section: Annotated[str, binary.text]
    tags: Annotated[list[str], binary.texts]
    published_at: Annotated[datetime | None, binary.moment]
    published_offset: Annotated[int | None, binary.int2]  # minutes east of UTC
    modified_at: Annotated[datetime | None, binary.moment]
    modified_offset: Annotated[int | None, binary.int2]
    lead_image: Annotated[str, binary.text]
    credit: Annotated[str, binary.text]
    confidence: Annotated[float, binary.float4]
    extractor: Annotated[str, binary.text]
    words: Annotated[int, binary.int4]
    first_seen_at: Annotated[datetime, binary.moment]


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleRow(FoundColumns):
    """The columns of `articles` that a load writes."""

    outlet_id: Annotated[int, binary.int4]
    details: Annotated[str, binary.json]
    text_key: Annotated[UUID | None, binary.uuid]
    meta_key: Annotated[UUID | None, binary.uuid]
    terms: Annotated[bytes, binary.raw]
    analyser: Annotated[int, binary.int2]


def _format() -> Mapping[str, binary.Encoder]:
    """Return the columns of an article's row with their binary forms."""
    hints = get_type_hints(ArticleRow, include_extras=True)
    return {name: hint.__metadata__[0] for name, hint in hints.items()}


values_of = attrgetter(*[column.name for column in fields(ArticleRow)])  # in the columns' order

NEW: binary.Format = {"id": binary.int8, "run_id": binary.int4, **_format()}
STAGED: binary.Format = {
    "edited": binary.boolean,
    "versions": binary.int4,
    **NEW,
}
# What the outlet's page says now; whose it is and when it was first seen stay, and the terms get
# the marks of its past.
CHANGING = [name for name in _format() if name not in {"outlet_id", "first_seen_at", "terms"}]
SEEN: binary.Format = {
    "ordinal": binary.int4,
    "key": binary.uuid,
    "outlet_id": binary.int4,
    "fetched_at": binary.moment,
    "text_key": binary.uuid,
    "meta_key": binary.uuid,
    "digest": binary.text,
    "gone": binary.boolean,
    "url": binary.text,
    "at": binary.moment,
    "page_lines": binary.raw,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Keys:
    """What an article is compared by: hashes of its text, and of all that is shown beside it."""

    text: UUID | None
    meta: UUID | None


def article_row(
    article: Article,
    outlet: Outlet,
    outlet_id: int,
    *,
    body: str,
    keys: Keys,
    first_seen: datetime,
    vocabulary: set[str] | None = None,
) -> ArticleRow:
    """Return what the archive keeps of an article.

    `body` and `keys` are known by then; `first_seen` (aware) is when the archive first saw it;
    `vocabulary` gains the terms of its words.
    """
    return ArticleRow(
        at=at_of(article.published, first_seen),
        outlet_id=outlet_id,
        language=language_of(article),
        kind=article.kind.value,
        title=clean(article.title),
        standfirst=clean(article.standfirst),
        body=body,
        shape=shape_of(article),
        authors=cleaned(article.authors),
        section=clean(article.section),
        tags=cleaned(article.tags),
        published_at=article.published,
        published_offset=offset_of(article.published),
        modified_at=article.modified,
        modified_offset=offset_of(article.modified),
        lead_image=clean(article.lead_image),
        credit=clean(article.credit),
        details=json_of(details_of(article)),
        confidence=min(1.0, max(0.0, article.confidence)),
        extractor=clean(article.extractor),
        words=len(body.split()),
        text_key=keys.text,
        meta_key=keys.meta,
        first_seen_at=first_seen,
        terms=terms.vector(article, marks_of(outlet, article), body, vocabulary),
        analyser=terms.VERSION,
    )


def marks_of(outlet: Outlet, article: Article) -> list[str]:
    """Return the marks under which an article is found by outlet, country and language."""
    return [
        terms.mark("o", outlet.name),
        terms.mark("c", outlet.country),
        terms.mark("l", language_of(article)),
        *terms.address_marks(article.url),
    ]


def meta_key_of(article: Article) -> UUID:
    """Return a hash of what is searched or shown beside the text.

    Links and images are left out: their URLs change by the fetch.
    """
    published, modified = article.published, article.modified

    return hash_of(
        _BORDER.join(article.authors),
        article.section,
        _BORDER.join(article.tags),
        language_of(article),
        article.kind.value,
        article.credit,
        article.extractor,
        published.isoformat() if published else "",
        modified.isoformat() if modified else "",
        shape_of(article),
    )


def moment_of(moment: datetime | None, offset: int | None) -> datetime | None:
    """Return a stored moment in the zone its page named, `offset` minutes east of UTC."""
    if moment is None:
        return None

    zone = timezone(timedelta(minutes=offset)) if offset else UTC

    return moment.astimezone(zone)


def article_of(row: Mapping[str, Any]) -> Article:
    """Return the article that a row of the statement history.article holds."""
    details = row["details"]

    return Article(
        url=row["url"],
        outlet=row["outlet"],
        title=row["title"],
        standfirst=row["standfirst"],
        language=row["language"],
        blocks=blocks_of(row["body"], row["shape"], details.get("captions", ())),
        fetched_at=row["checked_at"],
        kind=Kind(row["kind"]),
        authors=tuple(row["authors"]),
        section=row["section"],
        tags=tuple(row["tags"]),
        published=moment_of(row["published_at"], row["published_offset"]),
        published_raw=details.get("published_raw", ""),
        published_source=details.get("published_source", ""),
        modified=moment_of(row["modified_at"], row["modified_offset"]),
        lead_image=row["lead_image"],
        links=tuple(details.get("links", ())),
        images=tuple(details.get("images", ())),
        credit=row["credit"],
        confidence=row["confidence"],
        extractor=row["extractor"],
        chosen=details.get("chosen", ""),
    )
