"""The shapes of the HTTP API's answers. Their fields are a promise to programs: none goes away."""

from datetime import datetime
from typing import Any, get_type_hints

from pydantic import BaseModel, ConfigDict, Field, create_model

from storage import pages


class Model(BaseModel):
    """What all answers have in common: made from rows by their names."""

    model_config = ConfigDict(from_attributes=True)


class Brief(Model):
    """An article in a list. Times are UTC."""

    id: int
    url: str
    outlet: str
    country: str
    language: str
    title: str
    standfirst: str
    at: datetime = Field(
        description="The article's own time: its publication,"
        " or its first sighting where the page names none."
    )
    published_at: datetime | None
    first_seen_at: datetime
    edits: int = Field(description="How many times the outlet changed the text.")
    deleted_at: datetime | None
    words: int
    kind: str


class _Described(Brief):
    """An article, whole: the fields that have a description of their own."""

    body: str = Field(description="One block a line.")
    credit: str = Field(description="The agency the text itself names as its source.")
    confidence: float = Field(description="The extractor's own, 0 to 1.")
    details: dict[str, Any] = Field(
        description="Provenance: where the date came from, which candidate won,"
        " what was pruned by which rule."
    )


# What an article's page shows and the API does not give, for a reason.
NOT_GIVEN = {
    "shape": "kinds of the blocks: `body` has one block a line",
    "published_offset": "times are UTC",
    "modified_offset": "times are UTC",
    "revision": "stands in the list of revisions",
    "outlet_title": "stands at the outlet",
    "region": "stands at the outlet",
    "timezone": "the outlet's own: times are UTC",
    "checked_at": "when we looked, not what was found",
    "page_digest": "our own judge of unchanged pages",
    "run": "stands in the list of runs",
}


def _whole_article() -> type[_Described]:
    """Return the answer for one article: every column of its page that is not left out by name."""
    columns: dict[str, Any] = {}
    for name, kind in get_type_hints(pages.ArticlePage).items():
        if name not in NOT_GIVEN and name not in _Described.model_fields:
            columns[name] = (kind, ...)

    return create_model("Full", __base__=_Described, __doc__="An article, whole.", **columns)


Full = _whole_article()


class Revision(Model):
    """A change of an article; `before_*` is what it replaced."""

    number: int
    seen_at: datetime
    kind: str = Field(description="edit, correction (our own), deletion or return")
    silent: bool = Field(description="An edit without a note of correction.")
    note: str
    before_title: str | None
    before_standfirst: str | None
    before_body: str | None


class SearchPage(Model):
    """One page of search results, newest first or by relevance."""

    articles: list[Brief]
    cursor: str | None = Field(
        description="Give it as `cursor` for the next page; null: this was the last."
    )
    ranked: int | None = Field(
        default=None,
        description="By relevance: of more results, so many of the newest were put in order.",
    )
    notes: list[str] = Field(
        default=[],
        description="How the query was read, where it looks otherwise; mostly empty.",
    )


class Facet(Model):
    """Counts over the newest 1,000 results, over fewer by a query of more than 128 words."""

    outlets: dict[str, int]
    days: dict[str, int]
    languages: dict[str, int]
    total: int
    complete: bool = Field(description="False: there are more results than were counted.")


class Member(Model):
    """An article of a story."""

    article: Brief
    role: str = Field(description="member, or quotes: carries this report among others")
    score: float | None = Field(
        description="Share of the smaller text that stands in the larger, compared with the lead."
    )


class Story(Model):
    """The same report in any number of outlets."""

    id: int
    lead: int | None
    reason: str = Field(description="Why the lead leads.")
    formed_at: datetime
    members: list[Member]
    later: list[int] = Field(description="Stories that carry this one on.")
    earlier: list[int]
    event: list[int] = Field(description="Other stories of the same event.")


class Outlet(Model):
    """An outlet and how it fared in its last run."""

    name: str
    title: str
    region: str
    country: str
    languages: list[str]
    home: str
    active: bool
    state: str | None
    run: str | None
    new: int | None
    days: list[int] = Field(description="New articles of the last fourteen days, today last.")


class Run(Model):
    """One pass of the pipeline."""

    name: str
    started_at: datetime
    finished_at: datetime | None
    outlets: int
    fetched: int
    new: int
    revised: int
    deleted: int
    ailing: int = Field(description="Outlets that were not well.")


class Fault(Model):
    """What went wrong."""

    error: str
    position: int | None = Field(
        default=None, description="The character of the query, from 0, that the error points at."
    )
