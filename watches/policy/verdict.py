"""What a fit means: the kind of match, and whether it becomes mail for a watch. Pure."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from news.watch import MatchKind, Watch

OLD = timedelta(days=3)  # an article older than this when it is found is history, not news
FIRST = timedelta(days=30)


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """What is known of the story when an article fits a watch."""

    story: int
    follows: tuple[int, ...] = ()  # stories that the article continues
    outlets: int = 1  # how many outlets have the story now
    matched: frozenset[int] = (
        frozenset()
    )  # those of story and follows that the watch has matched before
    last_hit: datetime | None = None  # when the watch fitted anything last, this story aside


@dataclass(frozen=True, slots=True, kw_only=True)
class Happening:
    """A match to keep: kind, story it belongs to, and what tells it from others of its kind."""

    kind: MatchKind
    story: int
    occasion: str = ""


def of_new(watch: Watch, scene: Scene, now: datetime) -> list[Happening]:
    """Return what a new article means to a watch that it fits; empty: one more copy of what was told."""
    found: list[Happening] = []
    earlier = [story for story in scene.follows if story in scene.matched and story != scene.story]
    if scene.story not in scene.matched and earlier:
        found.append(
            Happening(kind=MatchKind.FOLLOW_UP, story=earlier[0], occasion=str(scene.story))
        )
    elif scene.story not in scene.matched:
        found.append(Happening(kind=MatchKind.NEW, story=scene.story))
        if MatchKind.FIRST_MENTION in watch.kinds and (
            scene.last_hit is None or scene.last_hit < now - FIRST
        ):
            found.append(Happening(kind=MatchKind.FIRST_MENTION, story=scene.story))
    if (
        watch.picked_up_by
        and scene.outlets >= watch.picked_up_by
        and MatchKind.PICKED_UP in watch.kinds
    ):
        found.append(Happening(kind=MatchKind.PICKED_UP, story=scene.story))
    return found


def skipped(watch: Watch, kind: MatchKind, *, article_at: datetime, now: datetime) -> str:
    """Return why a match is not mailed; empty: it is."""
    if kind not in watch.kinds:
        return "kind_not_wanted"
    if watch.paused:
        return "watch_paused"
    if watch.mute_until is not None and now < watch.mute_until:
        return "muted"
    if kind not in {MatchKind.EDITED, MatchKind.DELETED} and article_at < now - OLD:
        return "too_old"
    return ""


def over(watch: Watch, now: datetime) -> bool:
    """Return whether a watch has expired."""
    return watch.expires is not None and now >= watch.expires
