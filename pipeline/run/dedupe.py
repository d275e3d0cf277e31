"""Stage 3: copies among the run's articles; and its part inside the load: the archive's stories."""

from collections import Counter
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from dedupe import (
    MemoryWindow,
    decide_edges,
    forget_articles,
    form_batch,
    form_stories,
    make_prints,
    relate_batch,
    unpack_prints,
)
from news.article import Article
from news.story import Doc, StoryChanges
from pipeline.run import run_record
from pipeline.run.noun_files import nouns
from pipeline.run.run_folder import RunFolder
from storage import ArchiveStoryStore, Hook, Loaded

if TYPE_CHECKING:
    from psycopg2.extensions import cursor as Cursor


def dedupe(run: RunFolder) -> dict[str, Any]:
    """Say which of the run's articles are copies of one another.

    The window of earlier days joins them inside the load. Writes dedupe.json: {"articles",
    "stories", "copies": {outlet: count}}, a copy being a story's member that does not lead.
    """
    articles: list[Article] = []
    for folder in run.outlets():
        articles.extend(nouns(Article, folder.articles))
    documents = {number: document(number, item) for number, item in enumerate(articles, 1)}
    docs = list(documents.values())
    prints = make_prints([doc.text for doc in docs])
    relations = relate_batch(
        dict(
            zip(
                documents,
                prints,
                strict=True,
            )
        ),
        MemoryWindow(),
    )
    stories = form_stories(docs, decide_edges(docs, relations.edges))
    copies: Counter[str] = Counter()
    for story in stories:
        members = (member for member in story.members if member != story.lead)
        copies.update(documents[member].outlet for member in members)
    report = {
        "articles": len(articles),
        "stories": len(stories),
        "copies": dict(sorted(copies.items())),
    }
    run_record.write_json(run.deduped, report)
    return {
        "articles": len(articles),
        "stories": len(stories),
        "copies": copies.total(),
    }


def document(number: int, article: Article) -> Doc:
    """Return an article as dedupe sees it."""
    return Doc(
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
    """Return what the load calls inside its transaction. `now` is aware, UTC."""
    return [form_hook(now)]


def form_hook(now: datetime, tell: Callable[[StoryChanges], None] | None = None) -> Hook:
    """Return the hook that forms the stories of what was loaded, over the archive's window.

    `tell` gets the changes, still inside the transaction.
    """

    def form(cursor: "Cursor", loaded: Loaded) -> Mapping[str, int]:
        written = (*loaded.new, *loaded.revised, *loaded.corrected)
        texts = {number: loaded.articles[number].text for number in written}
        store = ArchiveStoryStore(
            cursor,
            unpack_prints,
            now=now,
        )
        changes = form_batch(store, texts, (*loaded.deleted, *loaded.returned))
        if tell is not None:
            tell(changes)
        return changes.counts()

    return form


def leave_story(cursor: "Cursor", article: int) -> None:
    """Take an article out of its story before it is removed from the archive."""
    store = ArchiveStoryStore(
        cursor,
        unpack_prints,
        now=datetime.now(UTC),
    )
    forget_articles(store, [article])
