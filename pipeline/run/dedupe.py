"""Stage 3, and its part inside the load: copies among the run's articles, then stories over the archive's window."""

from collections import Counter
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from dedupe import api
from news.article import Article
from pipeline.run import load, run_record
from pipeline.run.run_folder import RunFolder
from storage.archive.batch import Hook
from storage.stories import stories

if TYPE_CHECKING:
    from psycopg2.extensions import cursor as Cursor  # noqa: N812


def dedupe(run: RunFolder) -> dict[str, Any]:
    """Say which of the run's articles are copies of one another; the window of earlier days joins them inside the load.

    Writes dedupe.json: {"articles", "stories", "copies": {outlet: count}}, a copy being a story's member that does not lead.
    """
    articles = [item for folder in run.outlets() for item in load.nouns(Article, folder.articles)]
    documents = {number: document(number, item) for number, item in enumerate(articles, 1)}
    relations = api.relate(
        dict(zip(documents, api.prints([item.text for item in articles]), strict=True)),
        api.MemoryWindow(),
    )
    edges = api.decide(list(documents.values()), relations.edges)
    found = api.stories(list(documents.values()), edges)
    copies = Counter(
        documents[member].outlet
        for story in found
        for member in story.members
        if member != story.lead
    )
    report = {
        "articles": len(articles),
        "stories": len(found),
        "copies": dict(sorted(copies.items())),
    }
    run_record.write_json(run.path / "dedupe.json", report)
    return {"articles": len(articles), "stories": len(found), "copies": copies.total()}


def document(number: int, article: Article) -> api.Doc:
    """Return an article as dedupe sees it."""
    return api.Doc(
        id=number,
        text=article.text,
        title=article.title,
        outlet=article.outlet,
        language=article.language,
        published=article.published,
        url=article.url,
        credit=article.credit,
    )


def hooks(now: datetime) -> list[Hook]:
    """Return what the load calls inside its transaction: stories over the archive's window. `now` is aware, UTC."""
    return [stories.hook(METHODS, now)]


METHODS = stories.Methods(
    prints=api.prints,
    unpack=api.unpack,
    relate=api.relate,
    decide=api.decide,
    doc=api.Doc,
    stories=api.stories,
    follow_ups=api.follow_ups,
)


def leave(cursor: "Cursor", article: int) -> None:
    """Take an article out of its story before it is removed from the archive."""
    stories.remove(cursor, [article], METHODS, now=datetime.now(UTC))
