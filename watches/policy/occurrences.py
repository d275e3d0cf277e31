"""What a fit means: the kind of match that it makes, and whether it becomes mail for a watch."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from news.watch import MatchKind, Watch
from watches.kinds import traits, wants

NEWS_FOR = timedelta(days=3)  # an article older than this when it is found is history, not news
FORGOTTEN_AFTER = timedelta(days=30)  # what was not mentioned for so long is mentioned anew


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryContext:
    """What is known of the story when an article fits a watch."""

    story: int
    follows: tuple[int, ...] = ()  # stories that the article continues, the closest first
    outlets: int = 1  # how many outlets have the story now
    matched: frozenset[int] = frozenset()  # of story and follows, those matched before
    last_hit: datetime | None = None  # when the watch fitted anything last, this story aside


@dataclass(frozen=True, slots=True, kw_only=True)
class Occurrence:
    """A match to keep: its kind, its story, and what tells it from others of its kind."""

    kind: MatchKind
    story: int
    occasion: str = ""


def occurrences_of_article(watch: Watch, context: StoryContext, now: datetime) -> list[Occurrence]:
    """Return what a new article means to a watch that it fits; empty: one more copy."""
    found: list[Occurrence] = []
    if context.story not in context.matched:
        found += _of_unmatched_story(watch, context, now)
    if _is_picked_up(watch, context):
        found.append(Occurrence(kind=MatchKind.PICKED_UP, story=context.story))

    return found


def reason_to_skip(
    watch: Watch,
    kind: MatchKind,
    *,
    article_at: datetime,
    found_at: datetime,
    now: datetime,
) -> str:
    """Return why a match is not mailed, as counted in the archive; empty: it is mailed.

    An article's age is that at which it was found: it is no less news for having waited for us.
    """
    if not wants(watch, kind):
        return "kind_not_wanted"
    if watch.paused:
        return "watch_paused"
    if watch.mute_until is not None and now < watch.mute_until:
        return "muted"
    if not traits(kind).may_be_old and article_at < found_at - NEWS_FOR:
        return "too_old"

    return ""


def expired(watch: Watch, now: datetime) -> bool:
    """Return whether a watch is over."""
    return watch.expires is not None and now >= watch.expires


def _of_unmatched_story(watch: Watch, context: StoryContext, now: datetime) -> list[Occurrence]:
    """Return what the first fitting article of a story is: a follow-up, or news."""
    for earlier in context.follows:
        if earlier in context.matched and earlier != context.story:
            occasion = str(context.story)
            return [
                Occurrence(
                    kind=MatchKind.FOLLOW_UP,
                    story=earlier,
                    occasion=occasion,
                )
            ]

    found = [Occurrence(kind=MatchKind.NEW, story=context.story)]
    last_hit = context.last_hit
    is_first = last_hit is None or last_hit < now - FORGOTTEN_AFTER
    if is_first and MatchKind.FIRST_MENTION in watch.kinds:
        found.append(
            Occurrence(
                kind=MatchKind.FIRST_MENTION,
                story=context.story,
            )
        )

    return found


def _is_picked_up(watch: Watch, context: StoryContext) -> bool:
    """Return whether so many outlets have a story that the watch wants to hear of it."""
    if not watch.picked_up_by or MatchKind.PICKED_UP not in watch.kinds:
        return False

    return context.outlets >= watch.picked_up_by
