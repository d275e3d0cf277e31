"""Why an article did not come, or when and how it did: step by step from the door to the mail.

Nothing is guessed: each step says what crawl, archive and outbox have written down, and the first
that fails says what to change.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from news.outlet import Outlet
from news.text.aliases import Aliases
from news.urls import canonical
from news.watch import Watch
from pipeline import steps_to_archive, steps_to_mail
from pipeline.why_steps import Step, Verdict, written
from storage import pages
from storage.pages import AddressTrace, ArticlePage

if TYPE_CHECKING:
    from psycopg2.extensions import cursor as Cursor

__all__ = ["Step", "Verdict", "Why", "explain"]

_LOOKED_BACK = timedelta(days=400)  # pages' outcomes are kept no longer


@dataclass(frozen=True, slots=True, kw_only=True)
class Why:
    """The way of one article. `article` and `story` are its numbers, where it has come so far."""

    url: str
    steps: tuple[Step, ...]
    title: str = ""
    article: int | None = None
    story: int | None = None

    @property
    def end(self) -> Step:
        """Where it stands: the first step that failed or waits, else the last."""
        for step in self.steps:
            if step.verdict is not Verdict.DONE:
                return step

        return self.steps[-1]


def explain(
    cursor: "Cursor",
    address: str,
    outlets: Sequence[Outlet],
    *,
    now: datetime,
    watch: Watch | None = None,
    aliases: Aliases | None = None,
    shown: Callable[[str], str] = str,
) -> Why:
    """Return the way of the article at an address, for one watch or for all.

    `outlets`: those that are followed. `shown`: how a receiver's address may be written. Raises
    news.urls.UrlError for what is no address.
    """
    url = canonical(address)
    (trace,) = pages.trace_addresses(cursor, [url])
    steps = list(steps_to_archive.announced(trace, outlets))
    if trace.article is None:
        fetched = pages.trace_pages(cursor, url, now - _LOOKED_BACK)
        steps += steps_to_archive.read(trace, fetched)
        return Why(url=url, steps=tuple(steps))

    article = pages.article(cursor, trace.article)
    if article is None:
        steps.append(_gone(trace))
        return Why(url=url, steps=tuple(steps))

    story = pages.stories_of(cursor, [trace.article]).get(trace.article)
    steps.append(_archived(article))
    if story is not None:
        steps.append(_place_in_story(cursor, article, story))

    matches = pages.trace_matches(cursor, article.id, [] if story is None else [story])
    if pages.is_waiting_to_be_matched(cursor, article.id):
        words = "it has not been held against the watches yet"
        steps.append(Step(name="Matched", verdict=Verdict.WAITS, sentence=words))
    else:
        steps += steps_to_mail.matched(article, matches, watch, aliases, shown)

    return Why(
        url=url,
        steps=tuple(steps),
        title=article.title,
        article=article.id,
        story=story,
    )


def _gone(trace: AddressTrace) -> Step:
    words = f"article {trace.article} is not in the archive any more"
    return Step(name="Archived", verdict=Verdict.ENDS, sentence=words)


def _archived(article: ArticlePage) -> Step:
    """Return how the article stands in the archive."""
    words = f"archived at {written(article.first_seen_at)} as “{article.title}”"
    if article.deleted_at is not None:
        words += f"; deleted by the outlet at {written(article.deleted_at)}"
    elif article.edits:
        words += f"; edited {article.edits} times since"

    return Step(name="Archived", verdict=Verdict.DONE, sentence=words)


def _place_in_story(cursor: "Cursor", article: ArticlePage, story: int) -> Step:
    """Return in which story the article is told."""
    page = pages.story(cursor, story)
    size = pages.story_sizes(cursor, [story]).get(story)
    others = size.members - 1 if size else 0
    is_lead = page is None or page.lead_id == article.id
    if not others:
        words = "it is a story of its own"
    elif is_lead:
        words = f"it leads a story of {others + 1} articles"
    else:
        words = f"it is one of {others + 1} articles that tell one story; another leads it"

    return Step(name="Story", verdict=Verdict.DONE, sentence=words)
