"""How a batch of texts changes the stories of an archive, whoever keeps that archive.

Everything is formed from the articles and edges of whole components, so that it does not matter
in which batches articles came.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Protocol

from dedupe.decide import decide_edges
from dedupe.fingerprints import make_prints
from dedupe.follow_ups import find_follow_ups
from dedupe.graph import ends_of
from dedupe.relate import Relations, relate_batch, relate_known
from dedupe.stories import form_stories
from dedupe.verdicts import obey_verdicts
from dedupe.window import Window
from news.story import Doc, Edge, EdgeKind, Story, StoryChanges, Verdict

_ROUNDS = 40  # of looking for companions
_MOST = 20_000  # articles formed at once; what lies beyond stays as it is


class StoryStore(Protocol):
    """What forming stories asks of whoever keeps articles, edges and stories.

    One store is one transaction, alone at its stories. storage.stories has the one in
    PostgreSQL. Articles and stories are named by the store's ids.
    """

    @property
    def window(self) -> Window:
        """The prints of the last days."""

    def replace_edges(
        self,
        changed: Collection[int],
        touched: Collection[int],
        edges: Sequence[Edge],
    ) -> set[int]:
        """Write edges over those of articles that were judged anew.

        All edges of `changed` lapse, and those of `touched` to articles inside the window.
        Returns the articles at the ends of the edges that lapsed.
        """

    def companions(self, articles: Collection[int]) -> set[int]:
        """Return who is in a story with some articles, or is the same report by edge or verdict."""

    def edges(self, articles: Collection[int]) -> list[Edge]:
        """Return all edges of some articles, in order of their ends."""

    def verdicts(self, articles: Collection[int]) -> list[Verdict]:
        """Return what people have said of some articles and any others."""

    def docs(self, articles: Collection[int]) -> list[Doc]:
        """Return articles with their texts, by id; those that are gone are missing."""

    def save(
        self,
        stories: Sequence[Story],
        follow_ups: Sequence[Edge],
    ) -> StoryChanges:
        """Write the stories of whole components over what was there, and the links from them."""

    def forget(self, articles: Collection[int]) -> set[int]:
        """Take articles out of window, edges and stories; return the stories they left."""

    def remove_stories(self, stories: Collection[int]) -> None:
        """Remove stories without members."""


def form_batch(
    store: StoryStore,
    texts: Mapping[int, str],
    others: Iterable[int] = (),
) -> StoryChanges:
    """Compare new and changed texts (article -> body) with the window; form the stories anew.

    `others` are further articles whose stories are to be formed anew (deleted ones, for
    instance: they do not lead any more).
    """
    touched = set(others)
    if texts:
        touched |= _relate_texts(store, texts)

    return _form_component(store, _component(store, touched))


def recompare(
    store: StoryStore,
    articles: Collection[int],
) -> StoryChanges:
    """Compare articles of the window with all others once more; form their stories anew.

    For articles whose prints were made in another way, while their texts have not changed: what
    joins them to articles outside the window stays.
    """
    prints = store.window.prints(articles)
    relations = relate_known(prints, store.window)
    touched = _keep_relations(store, relations, set())

    return _form_component(store, _component(store, touched))


def forget_articles(
    store: StoryStore,
    articles: Collection[int],
) -> StoryChanges:
    """Take articles out of everything, and form the stories they leave anew."""
    remaining = _component(store, set(articles)) - set(articles)
    abandoned = store.forget(articles)
    changes = _form_component(store, remaining)
    store.remove_stories(abandoned - set(changes.home.values()))

    return changes


def _relate_texts(
    store: StoryStore,
    texts: Mapping[int, str],
) -> set[int]:
    """Find and keep the edges of texts; return every article whose edges changed."""
    prints = make_prints(list(texts.values()))
    relations = relate_batch(dict(zip(texts, prints, strict=True)), store.window)

    return _keep_relations(store, relations, set(texts))


def _keep_relations(
    store: StoryStore,
    relations: Relations,
    changed: set[int],
) -> set[int]:
    """Keep the edges found; return every article whose edges changed.

    All edges of `changed` texts lapse, those of the others only as far as the window goes.
    """
    edges = _decide(store, relations.edges)
    lapsed = store.replace_edges(changed, relations.touched, edges)

    ends = ends_of(edges)

    return lapsed | relations.touched | ends


def _decide(
    store: StoryStore,
    edges: Sequence[Edge],
) -> list[Edge]:
    """Return the edges as the texts at their ends leave them; no text is read without need."""
    proposed = [edge for edge in edges if edge.kind is not EdgeKind.UPDATES]
    if not proposed:
        return list(edges)

    ends = ends_of(proposed)

    return decide_edges(store.docs(ends), edges)


def _component(
    store: StoryStore,
    start: set[int],
) -> set[int]:
    """Return articles with everything in a story with them or joined to them, and so on."""
    component, fresh = set(start), set(start)
    for _ in range(_ROUNDS):
        if not fresh or len(component) > _MOST:
            break

        fresh = store.companions(fresh) - component
        component |= fresh

    return component


def _form_component(
    store: StoryStore,
    articles: set[int],
) -> StoryChanges:
    """Form the stories of whole components and keep them."""
    verdicts = store.verdicts(articles)
    edges = obey_verdicts(store.edges(articles), verdicts)
    ends = ends_of(edges)
    docs = store.docs(articles | ends)
    inside = [doc for doc in docs if doc.id in articles]
    stories = form_stories(inside, edges, verdicts)

    return store.save(stories, find_follow_ups(docs, edges))
