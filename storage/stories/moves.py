"""What becomes of stories when they are formed anew: which go on, grow, shrink, merge. Pure."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from news.story import Edge, Story, StoryChanges

Link = tuple[int, int]  # (later story, earlier story)


@dataclass(frozen=True, slots=True)
class Home:
    """The story an article is a member of, before it is formed anew."""

    story: int
    lead: int
    reason: str


def keep_ids(stories: Sequence[Story], before: Mapping[int, Home]) -> dict[int, int]:
    """Return lead -> id for the stories that go on.

    Each id goes to the story with most of its articles, of several to the one with its lead; the
    older id first.
    """
    votes: Counter[tuple[int, int]] = Counter()
    led: set[tuple[int, int]] = set()
    for story in stories:
        for member in story.members:
            home = before.get(member)
            if home is None:
                continue
            vote = home.story, story.lead
            votes[vote] += 1
            if home.lead == member:
                led.add(vote)

    ids: dict[int, int] = {}
    used: set[int] = set()
    ranked = sorted(votes, key=lambda vote: (-votes[vote], vote not in led, vote))
    for number, lead in ranked:
        if number not in used and lead not in ids:
            ids[lead] = number
            used.add(number)

    return ids


def find_merged(before: Mapping[int, Home], home: Mapping[int, int]) -> dict[int, int]:
    """Return the stories that are gone, each with the one most of its articles went into."""
    living = set(home.values())
    went: defaultdict[int, Counter[int]] = defaultdict(Counter)
    for article, old in before.items():
        if old.story not in living:
            went[old.story][home[article]] += 1

    return {
        number: min(into, key=lambda story: (-into[story], story)) for number, into in went.items()
    }


def story_changes(
    before: Mapping[int, Home],
    home: Mapping[int, int],
    fresh: Collection[int],
    merged: Mapping[int, int],
) -> StoryChanges:
    """Return what became of stories, by where articles were and where they are."""
    joined: list[tuple[int, int]] = []
    left: list[tuple[int, int]] = []

    for article, story in home.items():
        old = before.get(article)
        if old is not None and old.story == story:
            continue

        if story not in fresh:
            joined.append((story, article))

        if old is not None and old.story not in merged:
            left.append((old.story, article))

    return StoryChanges(
        new=tuple(sorted(fresh)),
        home=home,
        merged=merged,
        grown=_grouped(joined),
        shrunk=_grouped(left),
    )


def _grouped(pairs: Iterable[tuple[int, int]]) -> dict[int, tuple[int, ...]]:
    """Return story -> its articles, both in order."""
    groups: defaultdict[int, list[int]] = defaultdict(list)
    for story, article in pairs:
        groups[story].append(article)

    return {story: tuple(sorted(articles)) for story, articles in sorted(groups.items())}


def link_scores(
    links: Iterable[Edge],
    story_of: Mapping[int, int],
) -> dict[tuple[int, int], float]:
    """Return the score of each link between two stories, (later, earlier)."""
    scores: dict[tuple[int, int], float] = {}
    for link in links:
        later, earlier = story_of.get(link.left), story_of.get(link.right)
        if later is not None and earlier is not None and later != earlier:
            scores[later, earlier] = max(scores.get((later, earlier), 0.0), link.score)

    return scores
