"""What an analyst wants to know, and what she is sent."""

from dataclasses import dataclass
from datetime import datetime, time
from enum import StrEnum


class Rhythm(StrEnum):
    """When matches become mail."""

    AT_ONCE = "at_once"
    HOURLY = "hourly"
    DAILY = "daily"
    BRIEF = "brief"  # daily: the day's events of all watches that have it, by weight
    WEEKLY = "weekly"


class MatchKind(StrEnum):
    """What happened to the story that matched."""

    NEW = "new"
    FOLLOW_UP = "follow_up"
    EDITED = "edited"  # a silent edit
    DELETED = "deleted"
    RETURNED = "returned"  # after a deletion
    PICKED_UP = "picked_up"  # by `Watch.picked_up_by` outlets
    FIRST_MENTION = "first_mention"  # in 30 days
    SPIKE = "spike"  # the watch fits far more than its weekly rhythm


@dataclass(frozen=True, slots=True, kw_only=True)
class Watch:
    """A saved query, its recipients and its rhythm. Empty tuples mean no restriction."""

    name: str
    query: str  # in the language of news.query
    recipients: tuple[str, ...]  # mail addresses, or Apprise URLs
    rhythm: Rhythm = Rhythm.AT_ONCE
    kinds: tuple[MatchKind, ...] = (MatchKind.NEW, MatchKind.FOLLOW_UP)  # what is news
    outlets: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    timezone: str = "UTC"  # the recipient's
    hour: int = 7  # local hour of digests
    weekday: int = 0  # of weekly digests, Monday = 0
    quiet: tuple[time, time] | None = None  # local times between which nothing is sent
    picked_up_by: int = 0
    mute_until: datetime | None = None  # aware
    expires: datetime | None = None  # aware
    paused: bool = False
    settle: int = (
        60  # minutes without a further copy before "picked up" is told, so that it lists them all
    )
    pace: int = 180  # minutes between mails that tell who else reports an event; 0: each at once
    mail_language: str = "en"  # of the mail's own words


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """A story that fits a watch. Unique by (watch, story, kind)."""

    watch: str
    story: int
    article: int
    kind: MatchKind
    terms: tuple[str, ...]  # as they stand in the text
    excerpt: str
    at: datetime  # aware, UTC
