"""The nouns of a drawn outlet: how it is built and what its habits are."""

from dataclasses import dataclass, field
from enum import StrEnum


class Form(StrEnum):
    """What a place is that links to articles."""

    HOME = "home"
    SECTION = "section"
    LISTING = "listing"  # a page of latest news, with further pages or without
    RSS = "rss"
    RDF = "rdf"
    ATOM = "atom"
    ATOM03 = "atom03"
    SITEMAP = "sitemap"  # one file of addresses, perhaps below an index
    TEXTMAP = "textmap"
    AJAX = "ajax"  # a list in HTML that a script asks for, by date or page
    JSON = "json"  # the same, wrapped in JSON
    TELEGRAM = "telegram"


class Gone(StrEnum):
    """What stands in the place of an article that was taken away."""

    NOT_FOUND = "404"
    GONE = "410"
    HOME = "home with status 200"
    TO_HOME = "redirect to the home page"
    TO_SECTION = "redirect to the section"
    SOFT = "not found with status 200"
    REMOVED = "removed at the request of"

    @property
    def soft(self) -> bool:
        """Whether the status does not say it."""
        return self not in {Gone.NOT_FOUND, Gone.GONE}


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Something of an outlet that links to its articles.

    `since` and `until` are days after the start of the world; None: for ever. `section` None: all.
    """

    form: Form
    path: str
    limit: int  # how many of the newest it shows, over all its pages
    language: str | None = None
    section: int | None = None
    since: float | None = None
    until: float | None = None
    marks: frozenset[str] = frozenset()  # its dialect: see press.drawn.feeds
    announced: bool = True  # in the head of the home page
    page_size: int = 0  # 0: all on one page


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """A drawn outlet."""

    kind: str
    name: str  # its host is NAME.localhost
    title: str
    country: str
    languages: tuple[str, ...]
    zone: str
    seed: str
    address: str  # see press.drawn.addresses
    word: str  # of the paths: news, haber...
    places: tuple[Place, ...]
    charset: str = "utf-8"
    per_day: float = 24
    backlog: float = 3  # days
    sections: int = 0
    paging: str = "none"  # none, query, path, offset
    deletes: float = 0.06
    gone: tuple[Gone, ...] = (Gone.NOT_FOUND, Gone.GONE)
    edits: float = 0.12
    moves: str = ""  # what an edit does to the address: "", redirect, copy
    canonical: str = "self"  # self, none, latest, edition, home
    wall: tuple[float, float] | None = None  # days
    menu_articles: int = 0  # links to old articles in the navigation of every page
    strangers: tuple[str, ...] = ("about", "terms")
    stranger_form: str = "clean"  # clean, like (addresses built like those of articles)
    in_flow: bool = False  # strangers stand as cards among the articles
    parameters: str = ""  # of the links to articles: "", tracking, identifying
    hides: float = 0.0  # share of articles that only their section links
    scripted: str = ""  # "", next: lists stand only in the data of a script
    extra: dict[str, str] = field(default_factory=dict)
